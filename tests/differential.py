"""The members by SQL against the members by plain Python, for random definitions and shops.

The interpreter was written from what `segments.definition` says and knows nothing of the compiler.
Start at `differences`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import duckdb
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from segments.codec import to_text
from segments.compile import compile_members, to_sql
from segments.definition import Condition
from tests.interpreter import Interpreter
from tests.random_shop import RandomShop, random_shop
from tests.strategies import conditions_of, people_of


@dataclass(frozen=True, slots=True)
class Case:
    """A definition asked of a shop; a closed source counts nothing from its as-of day on."""

    number: int
    condition: Condition
    closed: bool

    @property
    def shop(self) -> RandomShop:
        """The shop."""
        return random_shop(self.number)

    @property
    def ceiling(self) -> datetime | None:
        """The instant from which nothing counts."""
        return self.shop.as_of if self.closed else None

    def by_sql(self) -> list[int]:
        """The keys that the compiled query gives."""
        select = compile_members(self.condition, self.shop.catalogue, self.shop.as_of, self.ceiling)
        found = _connection(self.number).execute(to_sql(select, pretty=False)).fetchall()
        return sorted(row[0] for row in found)

    def by_hand(self) -> list[int]:
        """The keys that the interpreter gives."""
        shop = self.shop
        plain = Interpreter(
            shop.catalogue,
            shop.members,
            shop.own_rows,
            shop.part_rows,
            self.shop.as_of,
            self.ceiling,
        )
        return sorted(plain.answer(self.condition))

    def told(self) -> str:
        """What is needed to see the difference again."""
        source = "closed" if self.closed else "open"
        return (
            f"shop {self.number}, {self.shop.as_of}, {source}: {to_text(self.condition)}\n"
            f"  SQL {self.by_sql()}, plain Python {self.by_hand()}"
        )


@cache
def _connection(number: int) -> duckdb.DuckDBPyConnection:
    return random_shop(number).prepared()


def cases(number: int, *, people: bool = False) -> st.SearchStrategy[Case]:
    """Cases of one shop; of `people` those on the members who share a value."""
    drawn = people_of if people else conditions_of
    conditions = drawn(random_shop(number).catalogue)
    return st.builds(Case, st.just(number), conditions, st.booleans())


def differences(
    shops: range, definitions: int, *, shrink: bool = True, people: bool = False
) -> Iterator[Case]:
    """One case at most of each shop, the smallest found, where the two answers differ."""
    for number in shops:
        different = difference(number, definitions, shrink=shrink, people=people)
        if different is not None:
            yield different
        _connection(number).close()
        _connection.cache_clear()


def difference(
    number: int, definitions: int, *, shrink: bool = True, people: bool = False
) -> Case | None:
    """The first of so many cases of a shop where the two answers differ, made small if asked."""
    found: list[Case] = []

    @seed(number)
    @settings(
        max_examples=definitions,
        deadline=None,
        database=None,
        phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(cases(number, people=people))
    def agree(case: Case) -> None:
        if case.by_sql() != case.by_hand():
            found.append(case)
            raise Different

    try:
        agree()
    except Different:
        return found[-1]
    return None


class Different(Exception):
    """The two answers differ."""
