"""SQL against plain Python in shops drawn at random, and bugs that are planted to be found so.

A long run of the same: `python -m benchmarks.differential`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlglot import exp

from segments.compile import (
    aggregates,
    comparing,
    groups,
    keysets,
    levels,
    members,
    sequences,
    together,
)
from segments.compile.nodes import in_query, literal
from segments.definition import Share, Window
from segments.windows import Bounds
from tests.differential import differences

SHOPS, DEFINITIONS = 10, 50
AT_MOST = 120  # shops in which a planted bug has to be found


@pytest.mark.parametrize("first", range(0, SHOPS, 2))
def test_any_definition_of_any_shop_gives_the_members_that_plain_python_gives(first: int) -> None:
    different = list(differences(range(first, first + 2), DEFINITIONS))
    assert not different, "\n".join(case.told() for case in different)


def test_any_condition_on_people_gives_the_members_that_plain_python_gives() -> None:
    different = list(differences(range(6), DEFINITIONS, people=True))
    assert not different, "\n".join(case.told() for case in different)


@pytest.mark.parametrize("part", ["holds", "known"])
def test_a_bug_in_counting_people_is_found(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = {"holds": lambda *_: False, "known": lambda _: exp.true()}
    monkeypatch.setattr(members, part, planted[part])
    assert any(differences(range(6), DEFINITIONS, shrink=False, people=True))


def _a_day_less(
    window: Window, as_of: datetime, whole: Callable[..., Any] = levels.stretches
) -> tuple[Bounds, ...]:
    return tuple(
        Bounds(each.start and each.start + timedelta(days=1), each.end)
        for each in whole(window, as_of)
    )


def _end_included(
    moment: exp.Expr,
    stretches: Sequence[Bounds],
    whole: Callable[..., Any] = levels.within,
) -> list[exp.Expr]:
    found: list[exp.Expr] = whole(moment, stretches)
    return [_with(each, exp.LT, exp.LTE) for each in found]


def _fanned_out(one: exp.Expr, whole: Callable[..., Any] = aggregates.distinct) -> exp.Expr:
    counted: exp.Expr = aggregates.count_all() if one.name == "record" else whole(one)
    return counted


def _rows_in_order(*side: object, whole: Callable[..., Any] = keysets._place) -> exp.Expr:
    return _with(whole(*side), exp.Rank, exp.RowNumber)


def _at_once_too(*step: object, whole: Callable[..., Any] = sequences.ties) -> list[exp.Expr]:
    return [_with(each, exp.GT, exp.GTE) for each in whole(*step)]


def _of_an_empty_whole(key: exp.Expr, share: Share, shop: levels.Shop) -> exp.Expr:
    sides = comparing._sides(share.part, share.whole, shop)
    hundredfold = exp.Mul(this=literal(100), expression=sides.one)
    passing = aggregates.ratio_passes(hundredfold, sides.other, share.test)
    return in_query(key, sides.members(passing))


def _other_end(
    *found: Any,  # noqa: ANN401 - the rows and names, as they come
    latest: bool,
    whole: Callable[..., Any] = sequences._outermost,
) -> exp.Select:
    query: exp.Select = whole(*found, latest=not latest)
    return query


def _known_on_both_sides(
    *sides: Any,  # noqa: ANN401 - the two and the shop, as they come
    whole: Callable[..., Any] = comparing._joined,
) -> comparing.Sides:
    found: comparing.Sides = whole(*sides)

    def members(passing: exp.Expr) -> exp.Select:
        query = found.members(passing)
        query.args["joins"][0].set("side", None)
        return query

    return comparing.Sides(found.one, found.other, members)


def _with(tree: exp.Expr, right: type[exp.Expr], wrong: type[exp.Expr]) -> exp.Expr:
    return tree.transform(lambda node: wrong(**node.args) if type(node) is right else node)


BUGS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "a window that begins a day late": (levels, "stretches", _a_day_less),
    "a window that holds its end": (levels, "within", _end_included),
    "a join that counts parts as records": (aggregates, "distinct", _fanned_out),
    "a negation that loses the unknown": (members, "negated", lambda part: exp.Not(this=part)),
    "a filter's negation that loses the unknown": (
        *(levels, "negated"),
        lambda part: exp.Not(this=exp.Paren(this=part)),
    ),
    "ranks without ties": (keysets, "_place", _rows_in_order),
    "a count of none lost": (keysets, "holds", lambda *_: False),
    "a sequence of what is at once": (sequences, "ties", _at_once_too),
    "a share of nothing": (members, "shared", _of_an_empty_whole),
    "no groups lost": (groups, "holds", lambda *_: False),
    "one number's rows counted for another": (together.Together, "own", lambda *_: []),
    "rows left out that one number alone counts": (
        *(together.Together, "conditions"),
        lambda both: both.rows[0].conditions(),
    ),
    "the nearest record for the furthest": (sequences, "_outermost", _other_end),
    "one side of a comparison lost": (comparing, "_joined", _known_on_both_sides),
    "a set of keys with one twice": (members, "_of_each_once", lambda _: True),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*BUGS[bug])
    assert any(differences(range(AT_MOST), DEFINITIONS, shrink=False))
