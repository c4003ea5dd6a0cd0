"""What the members of a segment did over time: month by month, or week by week.

In: a shop, a definition, a unit. Out: a `Course`. A stage is of those who were in the segment when
it began, so that nobody is in it for what they did later. Start at `course_of`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from dateutil.relativedelta import MO, relativedelta

from assistant.answers.results import purchases_of
from assistant.answers.shop import Shop
from assistant.answers.table import Cell, Row, Table, Telling, rounded
from segments.catalogue import Event, Type
from segments.check import check
from segments.compile import compile_members
from segments.compile.inquiries import first_record, records_total
from segments.definition import All, Condition, DateField, Not, Span
from segments.errors import Shown
from segments.rewrites import simplify
from segments.windows import as_of_day

MOST = 12  # stages
FEW = 100  # members; of fewer a single order moves the numbers


class Beat(StrEnum):
    """How long a stage is."""

    MONTH = "month"
    WEEK = "week"  # from Monday

    @property
    def length(self) -> relativedelta:
        """The time from one stage to the next."""
        return relativedelta(months=1) if self is Beat.MONTH else relativedelta(weeks=1)

    def begins(self, day: date) -> date:
        """The first day of the stage that a day is in."""
        return day.replace(day=1) if self is Beat.MONTH else day + relativedelta(weekday=MO(-1))


@dataclass(frozen=True, slots=True)
class Stage:
    """One month or week, from `start` to `end`, both inclusive: the members when it began, how many
    of them bought in it, their orders and amounts. `whole` is whether it is over."""

    start: date
    end: date
    whole: bool
    members: int
    buyers: int
    orders: int
    revenue: Decimal | None  # None in a shop without amounts

    @property
    def orders_each(self) -> Decimal | None:
        """Orders a member; None of nobody."""
        return rounded(Decimal(self.orders) / self.members) if self.members else None

    @property
    def revenue_each(self) -> Decimal | None:
        """The amount a member; None of nobody, or without amounts."""
        if self.revenue is None or not self.members:
            return None
        return rounded(self.revenue / self.members)


@dataclass(frozen=True, slots=True)
class Course:
    """The stages, the oldest first. `registered`: who joined the shop later is left out of each."""

    beat: Beat
    stages: tuple[Stage, ...]
    registered: bool


def course_of(shop: Shop, definition: Condition, beat: Beat = Beat.MONTH) -> Course:
    """The stages up to the newest data, none before the first order. Raises Shown for a definition
    with problems, and in a shop without purchases that have a time."""
    if problems := check(definition, shop.catalogue):
        raise Shown(*problems)
    event = purchases_of(shop)
    today = as_of_day(shop.engine.as_of()[0])
    ((first,),) = shop.engine.rows(first_record(event.name))
    if first is None:
        return Course(beat, (), registered=False)
    begun = beat.begins(today)
    starts = (begun - place * beat.length for place in range(MOST))
    known = list(takewhile(lambda start: start >= first.date(), starts))
    joined = _joined(shop)
    stages = (_stage(shop, definition, event, start, beat) for start in reversed(known))
    return Course(beat, tuple(stages), registered=joined is not None)


def _stage(shop: Shop, definition: Condition, event: Event, start: date, beat: Beat) -> Stage:
    last = start + beat.length - timedelta(days=1)
    now = shop.engine.as_of()
    wanted = definition
    if (joined := _joined(shop)) is not None:
        wanted = All((definition, Not(DateField(joined, Span(start)))))
    then = shop.engine.as_of(start - timedelta(days=1))
    members = compile_members(simplify(wanted), shop.catalogue, *then)
    amount = event.amount.name if event.amount is not None else None
    asked = (event.name, amount, Span(start, last))
    row = shop.engine.rows(records_total(members, asked, shop.catalogue, now))[0]
    return Stage(
        start,
        min(last, as_of_day(now[0])),
        last < as_of_day(now[0]),
        shop.engine.count(members),
        int(row[0]),
        int(row[1]),
        None if amount is None else rounded(Decimal(row[2])),
    )


def _joined(shop: Shop) -> str | None:
    """The field with the day a member joined the shop, if it has one."""
    field = shop.catalogue.field_by_role("registered")
    return field.name if field is not None and field.type in (Type.DATE, Type.TIME) else None


def said_of(shop: Shop, course: Course, language: str) -> Table:
    """The stages as a table in words, with what has to be known to read it right."""
    telling = Telling(shop.speaker(language, as_of_day(shop.engine.as_of()[0])), language)
    money = any(each.revenue is not None for each in course.stages)
    columns = ["members", "buyers", "orders_each", *(["revenue_each"] if money else [])]
    heads = ("", *(telling.say(f"course_{each}") for each in columns))
    notes = [telling.say("course_fields")]
    if course.registered:
        notes.append(telling.say("course_registered"))
    if not course.stages:
        notes = [telling.say("course_none")]
    elif min(each.members for each in course.stages) < FEW:
        notes.append(telling.say("course_few", n=telling.count(FEW)))
    rows = tuple(_row(each, course.beat, telling, money=money) for each in course.stages)
    return Table("", heads, rows, tuple(notes))


def _row(stage: Stage, beat: Beat, telling: Telling, *, money: bool) -> Row:
    label = telling.month(stage.start)
    if beat is Beat.WEEK:
        label = telling.say("course_week", day=telling.day(stage.start))
    if not stage.whole:
        label = telling.say("course_so_far", when=label)
    share = telling.share(stage.buyers, stage.members).text
    cells = [
        telling.number(stage.members),
        Cell(stage.buyers, f"{telling.count(stage.buyers)} ({share})"),
        telling.number(stage.orders_each),
    ]
    return Row(label, (*cells, telling.money(stage.revenue_each)) if money else tuple(cells))
