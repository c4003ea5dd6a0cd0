"""The benchmark's segments on the sample shop: the members of queries written by hand."""

from collections.abc import Iterator
from typing import get_args

import duckdb
import pytest

from benchmarks.bench_queries import KEPT, generated, listed
from benchmarks.measuring import CATALOGUE, SHOP, segments
from segments.codec import from_text
from segments.definition import All, Any, Condition, Not, leaves
from segments.engine.duckdb_engine import Engine

CASES = {case["name"]: case for case in segments()}


@pytest.fixture(scope="module")
def shop() -> Iterator[tuple[Engine, duckdb.DuckDBPyConnection]]:
    with (
        Engine.open(SHOP, CATALOGUE) as engine,
        duckdb.connect(str(engine.path), read_only=True) as prepared,
    ):
        engine.keep(KEPT, lambda _: ())
        prepared.register("called", listed(prepared))
        yield engine, prepared


@pytest.mark.parametrize("name", CASES)
def test_generated_sql_gives_the_members_of_sql_by_hand(
    name: str, shop: tuple[Engine, duckdb.DuckDBPyConnection]
) -> None:
    engine, prepared = shop
    by_hand = sorted(prepared.execute(CASES[name]["prepared"]).fetchall())
    assert by_hand
    assert sorted(prepared.execute(generated(engine, CASES[name]["means"])).fetchall()) == by_hand


def test_they_are_of_every_kind() -> None:
    saved = [each.definition for each in KEPT.segments.values() if each.definition is not None]
    conditions = [*saved, *(from_text(case["means"]) for case in CASES.values())]
    kinds = {type(leaf) for condition in conditions for leaf in leaves(condition)}
    assert kinds >= set(get_args(Condition)) - {All, Any, Not}
