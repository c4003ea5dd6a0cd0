"""The days between a member's records in time order: boolean expressions on a member key.

Days are differences of dates. An average gap is the days from the first record to the last against
the number of gaps, compared crosswise and never divided. Start at `spaced` and `overdue`.
"""

from fractions import Fraction

from sqlglot import exp

from segments.compile.aggregates import FUNCTION, count_all, ratio_passes
from segments.compile.comparisons import known, plain
from segments.compile.edges import let_through
from segments.compile.levels import Shop, source
from segments.compile.nodes import (
    column,
    grouped,
    in_query,
    literal,
    multiplied,
    named,
    select,
    where,
)
from segments.definition import Gap, Kind, Overdue, Records
from segments.windows import as_of_day


def spaced(key: exp.Expr, gap: Gap, shop: Shop) -> exp.Expr:
    """The average, least or greatest number of days between records passes the test."""
    rows = _timed(gap.records, shop)
    member = column("member")
    if gap.kind is Kind.AVERAGE:
        several = exp.GTE(this=count_all(), expression=literal(2))
        passing = exp.Paren(this=ratio_passes(_first_to_last(), _gaps(), gap.test))
        return in_query(key, grouped(rows, [member], [several, passing]))
    earlier = exp.Window(
        this=exp.Lag(this=_day(column("at"))),
        partition_by=[member.copy()],
        order=exp.Order(expressions=[exp.Ordered(this=column("at"), nulls_first=True)]),
    )
    rows.set("expressions", [member, exp.alias_(_day(column("at")), "day", quoted=True)])
    rows.append("expressions", exp.alias_(earlier, "earlier", quoted=True))
    days = exp.alias_(_days(column("earlier"), column("day")), "days", quoted=True)
    gaps = where(select(named(rows, "dated"), [column("member"), days]), [known(column("earlier"))])
    found = FUNCTION[gap.kind](this=column("days"))
    members = select(named(gaps, "gaps"), [column("member")])
    return in_query(key, grouped(members, [column("member")], [plain(found, gap.test)]))


def overdue(key: exp.Expr, condition: Overdue, shop: Shop) -> exp.Expr:
    """More days since the last record than so many of the member's average gaps."""
    often = Fraction(condition.times)
    last = _day(exp.Max(this=column("at")))
    since = exp.Mul(
        this=exp.Paren(this=_days(last, literal(as_of_day(shop.as_of)))), expression=_gaps()
    )
    having = [
        exp.GTE(this=count_all(), expression=literal(3)),
        exp.GT(this=_first_to_last(), expression=literal(0)),
        exp.GT(
            this=multiplied(since, often.denominator),
            expression=multiplied(_first_to_last(), often.numerator),
        ),
    ]
    return in_query(key, grouped(_timed(condition.records, shop), [column("member")], having))


def _timed(records: Records, shop: Shop) -> exp.Select:
    """The member keys of the records that have a time, one row each."""
    rows = source(records, shop)
    conditions = [known(column("at")), *let_through(rows)]
    return where(select(rows.of_records(), [column("member")]), conditions)


def _first_to_last() -> exp.Expr:
    first, last = (_day(end(this=column("at"))) for end in (exp.Min, exp.Max))
    return exp.Paren(this=_days(first, last))


def _gaps() -> exp.Expr:
    return exp.Paren(this=exp.Sub(this=count_all(), expression=literal(1)))


def _days(start: exp.Expr, end: exp.Expr) -> exp.Expr:
    return exp.DateDiff(this=end, expression=start, unit=exp.var("DAY"))


def _day(moment: exp.Expr) -> exp.Expr:
    return exp.cast(moment, exp.DType.DATE)
