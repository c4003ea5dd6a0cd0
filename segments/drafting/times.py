"""When things happened: the column of a table that tells, and the newest day of all.

In: tables. Out: the name of a column; a day. Start at `time_of`.
"""

from datetime import date, timedelta

from segments.drafting import names
from segments.drafting.guesses import dated
from segments.engine.looking import Column, Seen

OLD = timedelta(days=60)  # a source whose newest event is older is taken for a closed one


def time_of(seen: Seen) -> str:
    """Give the column that says when a row happened, "" when there is none."""
    ranked = sorted((_rank(seen, place), place) for place in range(len(seen.columns)))
    return seen.columns[ranked[0][1]].name if ranked and ranked[0][0] < _NEVER else ""


_NEVER = 10_000


def _rank(seen: Seen, place: int) -> int:
    column = seen.columns[place]
    if not dated(column) or not column.known or names.role("fields", column.name) == "birth_date":
        return _NEVER
    unknown = 1000 if column.known < seen.rows * 0.9 else 0
    named = names.place("times", column.name, seen.name)
    return unknown + (named if named is not None else 500 + place)


def newest(columns: list[Column], today: date) -> date | None:
    """Give the newest day that is not in the future."""
    days = [
        date.fromisoformat(column.most[:10])
        for column in columns
        if len(column.most) >= len("2026-01-01") and column.most[4] == "-"
    ]
    return max((day for day in days if day <= today), default=None)
