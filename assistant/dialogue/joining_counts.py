"""One number in the place of another: "not 90, 60", "make it 60" where only one number was said.

In: the whole, the numbers. Out: every outcome, one for each place that has the number. Start at
`exchange_numbers`.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.dialogue.edits import with_test, with_window
from assistant.dialogue.spots import Outcome, filters_of, put, spots, window_of
from assistant.grammar.fragments import Named
from assistant.grammar.pieces import Compare, MeasureWord
from segments.definition import (
    Aggregate,
    Ago,
    Condition,
    Distance,
    Field,
    Gap,
    Measure,
    Near,
    Rank,
    Rolling,
    Test,
    Value,
    Within,
)


def exchange_numbers(whole: Condition, old: Named | None, new: Named | None) -> Iterator[Outcome]:
    """As in "not 90, 60": wherever the first number was said, whatever it counts; the second may
    say what it counts only as the first does."""
    match old, new:
        case (
            Compare(Test(values=(before,)), unit, bare=True),
            Compare(Test(values=(int() | Decimal() as after,)), other, bare=True),
        ) if replace(other, value=unit.value) == unit:
            for spot in spots(whole):
                for leaf in _with_number(spot.leaf, before, after):
                    yield put(whole, spot, spot.as_signed(leaf))
        case _:
            return


def any_number(whole: Condition, said: Compare) -> Iterator[Outcome]:
    """As in "make it 60" where no threshold was said: the number of days, of kilometres, of those
    that are ranked."""
    for spot in spots(whole):
        for old in _numbers(spot.leaf):
            for new in said.test.values:
                if isinstance(new, int | Decimal):
                    for leaf in _with_number(spot.leaf, old, new):
                        yield put(whole, spot, spot.as_signed(leaf))


def _numbers(leaf: Condition) -> Iterator[Value]:
    """The numbers that say how long and how far."""
    match leaf, window_of(leaf):
        case Distance(test=test), _:
            yield from test.values
        case _, Rolling(count) | Near(within=Within(count)):
            yield count
        case _, Ago(test):
            yield from test.values
        case _:
            return


def rank_by(whole: Condition, said: MeasureWord) -> Iterator[Outcome]:
    """A ranking by another number: "by number of orders instead"."""
    for spot in spots(whole):
        match spot.leaf:
            case Rank(aggregate=Aggregate(records=records) as old) if records.event == said.event:
                aggregate = replace(old, kind=said.kind, of=said.of)
                yield put(whole, spot, replace(spot.leaf, aggregate=aggregate))
            case _:
                pass


def _with_number(leaf: Condition, old: Value, new: int | Decimal) -> Iterator[Condition]:
    """The leaf with a number in the place of another, once for each place that has it: of its test,
    a filter, its time, its size."""
    match leaf:
        case Field(test=test) | Measure(test=test) | Distance(test=test) | Gap(test=test):
            if old in test.values:
                yield replace(leaf, test=_swapped(test, old, new))
        case Rank(amount=amount) if amount == old:
            yield replace(leaf, amount=new)
        case _:
            pass
    for place, each in enumerate(filters_of(leaf)):
        if old in each.test.values:
            yield with_test(leaf, place, _swapped(each.test, old, new))
    window = window_of(leaf)
    if isinstance(new, int):
        match window:
            case Rolling(count) if count == old:
                yield with_window(leaf, replace(window, count=new))
            case Ago(test) if old in test.values:
                yield with_window(leaf, replace(window, test=_swapped(test, old, new)))
            case Near(within=Within(count) as within) if count == old:
                yield with_window(leaf, replace(window, within=replace(within, count=new)))
            case _:
                pass


def _swapped(test: Test, old: Value, new: int | Decimal) -> Test:
    return replace(test, values=tuple(new if each == old else each for each in test.values))
