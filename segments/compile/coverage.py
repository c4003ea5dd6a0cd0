"""How far the data reaches: when an event last happened, on how many days, what is unknown.

In: names of a catalogue. Out: sqlglot trees of one row; the columns are told by each function.
Start at `days_of`.
"""

from datetime import timedelta

from sqlglot import exp

from segments.catalogue import Attribute, Event
from segments.compile.levels import only_of_parts
from segments.compile.nodes import column, literal, named, select, table, where

_YEAR = timedelta(days=365)


def days_of(event: str) -> exp.Select:
    """The newest time of an event, and of the year up to it the first time and the number of days
    with any; NULL and 0 without records."""
    newest = select(table(event), [exp.Max(this=column("at"))])
    since = exp.Sub(
        this=exp.Subquery(this=newest),
        expression=exp.Interval(this=literal(str(_YEAR.days)), unit=exp.var("DAY")),
    )
    year = where(
        select(table(event), [column("at")]), [exp.GTE(this=column("at"), expression=since)]
    )
    day = exp.cast(column("at"), exp.DType.DATE)
    days = exp.Count(this=exp.Distinct(expressions=[day]))
    columns = [exp.Max(this=column("at")), exp.Min(this=column("at")), days]
    return select(named(year, "year"), columns)


def table_of(event: Event, attribute: Attribute) -> str:
    """Where an attribute stands: with the records, or only with their parts."""
    return f"{event.name}_parts" if only_of_parts(attribute) else event.name


def unknown_of(owner: str, name: str) -> exp.Select:
    """How many rows a table (an event, or "members") has, and how many of them leave a column
    unknown; a list without items is unknown too."""
    known = exp.Count(
        this=exp.Anonymous(
            this="nullif",
            expressions=[
                exp.cast(column(name), exp.DType.VARCHAR),
                literal("[]"),
            ],
        )
    )
    everything = exp.Count(this=exp.Star())
    return select(table(owner), [everything, exp.Sub(this=everything.copy(), expression=known)])
