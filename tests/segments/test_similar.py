"""Who is most like a group: SQL against plain Python in shops drawn at random, and by hand."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from segments import closeness
from segments.catalogue import Catalogue, Type
from segments.codec import from_text, to_text
from segments.compile import closeness as compiled
from segments.compile import compile_members, to_sql
from segments.definition import Condition
from tests.interpreter import Interpreter
from tests.random_shop import RandomShop, random_shop
from tests.sample_shop import sample
from tests.strategies import similar_of

SHOPS, DEFINITIONS, AT_MOST = 8, 12, 60


def _with_roles(catalogue: Catalogue) -> Catalogue:
    """The shop, knowing what its first event, its dates and its texts are of."""
    fields = {
        name: replace(field, role={Type.AGE: "age"}.get(field.type, field.role))
        for name, field in catalogue.fields.items()
    }
    fields["joined"] = replace(fields["joined"], role="registered")
    name, event = next(iter(catalogue.events.items()))
    texts = [a.name for a in event.attributes.values() if a.type is Type.TEXT]
    attributes = {
        key: replace(each, role="category") if key in texts[:1] else each
        for key, each in event.attributes.items()
    }
    bought = replace(event, role="purchase", attributes=attributes)
    return replace(catalogue, fields=fields, events={**catalogue.events, name: bought})


def _shop(number: int) -> RandomShop:
    shop = random_shop(number)
    return replace(shop, catalogue=_with_roles(shop.catalogue))


def _difference(number: int) -> str:
    """The first definition of a shop where the two answers differ."""
    shop, found = _shop(number), list[str]()
    connection = shop.prepared()

    @seed(number)
    @settings(
        max_examples=DEFINITIONS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(similar_of(shop.catalogue))
    def agree(condition: Condition) -> None:
        sql = to_sql(compile_members(condition, shop.catalogue, shop.as_of), pretty=False)
        by_sql = {row[0] for row in connection.execute(sql).fetchall()}
        rows = (shop.members, shop.own_rows, shop.part_rows, shop.as_of)
        by_hand = Interpreter(shop.catalogue, *rows).answer(condition)
        if by_sql != by_hand:
            found.append(f"shop {number}: {to_text(condition)}: {by_sql}, by hand {by_hand}")

    agree()
    return next(iter(found), "")


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closeness, "LEAST", 1)


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("first", range(0, SHOPS, 2))
def test_the_nearest_are_those_that_plain_python_finds(first: int) -> None:
    assert [d for n in range(first, first + 2) if (d := _difference(n))] == []


BUGS: dict[str, tuple[str, Callable[..., Any]]] = {
    "amounts that are not made smaller": ("_log", lambda value: compiled._rounded(value.copy())),
    "a spend below nought": (
        "_not_below",
        lambda value: compiled.exp.Abs(this=value.copy()),
    ),
    "the group's own members": ("_is_of", lambda _: compiled.exp.false()),
}


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, *BUGS[bug])
    assert any(_difference(number) for number in range(AT_MOST))


def test_one_thread_and_four_give_the_same_members_again_and_again(tmp_path: Path) -> None:
    engine = sample().engine
    instant, ceiling = engine.as_of()
    condition = from_text('nearest 7.5 % to (city = "Malmö") among (gender = "female")')
    sql = to_sql(compile_members(condition, engine.catalogue, instant, ceiling), pretty=False)
    found = set()
    alone = shutil.copy(engine.path, tmp_path / "shop.duckdb")  # the engine's own is locked
    with duckdb.connect(alone, read_only=True) as connection:
        for threads in (1, 4, 1, 4):
            connection.execute(f"SET threads = {threads}")
            keys = sorted(row[0] for row in connection.execute(sql).fetchall())
            found.add(tuple(keys))
    assert len(found) == 1
    assert len(found.pop()) > 100


def test_a_group_of_fewer_than_thirty_has_nobody_like_it() -> None:
    few = from_text("nearest 10 to (top 29 by sum(purchase.amount))")
    enough = from_text("nearest 10 to (top 30 by sum(purchase.amount))")
    assert sample().members(few) == set()
    assert len(sample().members(enough)) == 10
