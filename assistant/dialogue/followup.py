"""A follow-up and a definition -> every definition it can mean, with what changed.

In: the definition in hand, what was heard, the reader. Out: outcomes; one is done, several are
asked about. Raises Misfit for what fits nowhere: the definition then stays as it was. Start at
`outcomes`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from assistant.dialogue.hearing import Heard
from assistant.dialogue.joining_events import join_event, join_group, turn_round
from assistant.dialogue.joining_fields import join_field
from assistant.dialogue.joining_numbers import (
    exclude_window,
    join_compare,
    join_duration,
    join_window,
)
from assistant.dialogue.joining_values import exchange_values, join_values
from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.removing import holds, remove, remove_condition, without_any_time
from assistant.dialogue.spots import Edit, Misfit, Outcome, about, add, field_of, put, ranked, spots
from assistant.grammar.fragments import Fragment
from assistant.grammar.listening import Hears
from assistant.grammar.meaning.unclear import foreign_money
from assistant.grammar.pieces import Amount, Compare, FieldWord, When
from assistant.grammar.reading import Reading, Status
from assistant.grammar.sense import contradicts, sense
from segments.catalogue import Catalogue, Type
from segments.check import check
from segments.definition import All, Any, Condition, DateField, Field, Not, Unit
from segments.rewrites import simplify

MOST = 5
TIE = 0.25


def outcomes(
    whole: Condition, heard: Heard, reader: Hears, newest: Collection[Condition] = ()
) -> tuple[Outcome, ...]:
    """Every sensible outcome, the likeliest first; `newest` is what the turn before changed
    something to. Raises Misfit when there is none."""
    said = (
        turn_round(whole, newest)
        if heard.manner is Manner.OPPOSITE and not heard.rest
        else _found(whole, heard, reader)
    )
    found = list(islice(_sensible(said, reader.catalogue), MOST + 1))
    changed = [each for each in found if each.definition != whole]
    if not found:
        raise Misfit("edit_fits_nowhere", heard.rest)
    if not changed:
        raise Misfit("edit_changes_nothing", heard.rest)
    return tuple(changed[:MOST])


def _found(whole: Condition, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    if heard.without:
        taken = tuple(_taken_out(whole, heard, reader))
        yield from taken
        if taken:
            return
    match heard.manner:
        case Manner.REMOVE if heard.time:
            yield from without_any_time(whole)
        case Manner.REMOVE:
            yield from _removed(whole, heard.rest, heard, reader)
        case _ if heard.target:
            yield from _exchanged(whole, heard, reader)
        case Manner.ABOUT:
            instead = tuple(_joined(whole, heard, Manner.REPLACE, reader))
            yield from instead or _joined(whole, heard, Manner.BARE, reader)
        case manner:
            yield from _joined(whole, heard, manner, reader)


def _taken_out(whole: Condition, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    """As in "without the age". Of a yes or no and of what was done, "without" is a condition too:
    "without consent", "without hair care"."""
    topics = reader.fragments(heard.without, heard.language)
    for each in topics:
        match each.named:
            case FieldWord(name):
                yield from remove(whole, each, part=heard.part)
                if reader.catalogue.fields[name].type is Type.YES_NO:
                    held = [s for s in spots(whole) if field_of(s.leaf) == name and not s.negated]
                    yield from (put(whole, spot, Not(spot.leaf)) for spot in held)
            case None:
                without = replace(each, negated=True)
                yield from join_values(whole, without, heard.manner, reader.catalogue)
            case _:
                pass


def _sensible(found: Iterable[Outcome], catalogue: Catalogue) -> Iterator[Outcome]:
    """Without those that nobody can match, that the shop cannot answer, or that were there."""
    seen: set[object] = set()
    for each in found:
        key = None if each.definition is None else sense(each.definition)
        if key not in seen and _answerable(each.definition, catalogue):
            seen.add(key)
            yield each


def _answerable(definition: Condition | None, catalogue: Catalogue) -> bool:
    if definition is None:
        return True
    return not contradicts(definition, catalogue) and not check(definition, catalogue)


# --- taking away ----------------------------------------------------------------------------


def _removed(whole: Condition, words: str, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    for named in reader.fragments(words, heard.language):
        found = tuple(remove(whole, named, part=heard.part))
        if found and not named.negated:
            yield from found
            return
    reading = reader.read(words, heard.language)
    if reading.definition is not None:
        yield from remove_condition(whole, simplify(reading.definition))


def _exchanged(whole: Condition, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    """As in "change Stockholm to Malmö": only where the first was said."""
    said = reader.fragments(heard.target, heard.language)
    if any(isinstance(each.named, Compare | When) for each in said):
        for each in _joined(whole, heard, Manner.REPLACE, reader):
            before = each.edits[0].before if each.edits else None
            if before is not None and any(holds(before, number) for number in said):
                yield each
        return
    targets = tuple(_removed(whole, heard.target, heard, reader))
    befores = [edit.before for each in targets for edit in each.edits]
    others = [each for each in reader.fragments(heard.rest, heard.language) if each.values]
    swapped = [
        outcome
        for target in said
        for other in others
        for outcome in exchange_values(whole, target, other)
    ]
    if swapped:
        yield from swapped
        return
    for each in targets:
        edit = each.edits[0]
        if edit.after is not None and each.definition is not None:  # one value of several
            for after in _joined(each.definition, heard, Manner.WIDEN, reader):
                new = after.edits[0].after if after.edits else None
                yield Outcome(after.definition, (Edit(edit.before, new),), after.notes)
            return
    for each in _joined(whole, heard, Manner.REPLACE, reader):
        if any(edit.before in befores for edit in each.edits):
            yield each


# --- joining --------------------------------------------------------------------------------


def _joined(whole: Condition, heard: Heard, manner: Manner, reader: Hears) -> Iterator[Outcome]:
    reading = reader.read(heard.rest, heard.language)
    if reading.as_of is not None:  # it would hold for all that was said before
        raise Misfit("day_in_first_sentence", heard.rest)
    named = reader.fragments(heard.rest, heard.language)
    values = [each for each in named if each.values]
    here = [o for each in values for o in join_values(whole, each, manner, reader.catalogue)]
    guessed = any(note.code == "number_as_age" for note in reading.defaults)
    numbers: list[Outcome] = []
    if reading.status is not Status.ANSWERED or (guessed and not heard.people):
        numbers = _numbers(whole, named, (heard, manner), reader.catalogue)
    if not guessed:
        here += numbers
    yield from here
    match reading:
        case Reading(status=Status.ANSWERED, definition=said) if said is not None:
            for each in _conditions(whole, simplify(said), manner, reader.catalogue):
                yield Outcome(each.definition, each.edits, (*each.notes, *reading.defaults))
            if guessed:  # "over 60" may be the number that was there
                yield from numbers
        case Reading(status=Status.ASKS) if not here:
            yield from _choices(whole, reading, manner, reader.catalogue)
        case _ if not here and reading.reasons:
            if heard.without:
                raise Misfit("edit_fits_nowhere", heard.without)
            words = reading.reasons[0].values.get("words", heard.rest)
            raise Misfit("edit_not_read", words)
        case _:
            pass


def _numbers(
    whole: Condition,
    named: Iterable[Fragment],
    told: tuple[Heard, Manner],
    catalogue: Catalogue,
) -> list[Outcome]:
    """What a lone time or number changes, by the likeliest way to take it that fits, and by those
    that are as likely: "the last year" is two times."""
    found: list[Outcome] = []
    cheapest = None
    for each in named:
        if cheapest is not None and each.cost > cheapest + TIE:
            break
        if more := list(_number(whole, each, told, catalogue)):
            cheapest = each.cost if cheapest is None else cheapest
            found += more
    return found


def _number(
    whole: Condition, each: Fragment, told: tuple[Heard, Manner], catalogue: Catalogue
) -> Iterator[Outcome]:
    heard, manner = told
    match each.named:
        case When() as when if each.negated:
            yield from exclude_window(whole, when)
        case _ if each.negated:
            return
        case When() as when:
            yield from join_window(whole, when, manner)
        case Compare(unit=Amount(int() as count, unit=Unit() as unit), bare=True):
            yield from join_duration(whole, count, unit)
        case Compare() as compare:
            if foreign_money(compare, catalogue):
                raise Misfit("edit_currency", str(compare.unit.money))
            yield from join_compare(whole, compare, manner, catalogue, people=heard.people)
        case _:
            return


def _choices(
    whole: Condition, reading: Reading, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """A follow-up that is itself open: each of its choices joins."""
    open_ = [choice.definition for question in reading.questions[:1] for choice in question.choices]
    found = [
        outcome
        for said in open_
        if said is not None
        for outcome in islice(_conditions(whole, simplify(said), manner, catalogue), 1)
    ]
    changed = [each for each in found if each.definition != whole]
    if len(changed) == 1 < len(found):  # one way to take it holds already: the other is no answer
        yield Outcome(whole, ())
    else:
        yield from changed


def _conditions(
    whole: Condition, said: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """Each condition that was said joins after the one before."""
    if manner in MORE and isinstance(said, All):  # "or gold members in Lund": both hold of them
        yield from join_group(whole, said, manner)
        return
    found = [Outcome(whole, ())]
    joined: set[str] = set()
    for part in said.parts if isinstance(said, All) else (said,):
        # "VIP and staff" are said together: the second never takes the place of the first.
        beside = about(part) in joined
        joined.add(about(part))
        found = [
            Outcome(after.definition, (*before.edits, *after.edits), after.notes)
            for before in found
            if before.definition is not None
            for after in (
                (add(before.definition, part),)
                if beside
                else _condition(before.definition, part, manner, catalogue)
            )
        ][: MOST + 1]
    yield from found


def _condition(
    whole: Condition, part: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    for each in _one(whole, part, manner, catalogue):
        yield each
        if [edit.before for edit in each.edits] == [None]:
            yield from ranked(whole, part)


def _one(
    whole: Condition, part: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    match part:
        case Field() | DateField() | Not(Field() | DateField()):
            yield from join_field(whole, part, manner, catalogue)
        case All() | Any() | Not(All() | Any() | Not()):
            yield from join_group(whole, part, manner)
        case _:
            yield from join_event(whole, part, manner)
