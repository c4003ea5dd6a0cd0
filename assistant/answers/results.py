"""What came of a file that was handed over: those it reached beside those held out, in words.

In: a shop, a line of the log with its keys, how many days count. Out: `Results`, every sentence
with its interval, or what there is too little of. Two segments can be held against each other by a
field of their members too. Start at `results_of`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assistant.answers.shop import Shop
from assistant.answers.table import Telling, rounded
from segments.catalogue import Attribute, Event, Type
from segments.compile import compile_members
from segments.definition import Condition
from segments.errors import Shown
from segments.problems import BadResults, UnknownField
from segments.results import (
    Counted,
    Effect,
    Measured,
    Need,
    Outcome,
    effect_of,
    field_values,
    orders_since,
    revenue_since,
)
from segments.store import Download, Store

DAYS = 30  # after the file was made
_RARE = 0.05  # smaller shares have a decimal more
NUMBERS = (Type.NUMBER, Type.MONEY, Type.YES_NO)


@dataclass(frozen=True, slots=True)
class Group:
    """One side: its members, how many of them bought, their orders and amounts."""

    members: int
    buyers: int
    orders: int
    revenue: Decimal | None  # None in a shop without amounts
    gone: int  # no longer in the shop


@dataclass(frozen=True, slots=True)
class Results:
    """What came of one download, from when it was fetched on. The first day counts, the last too;
    `end` lies before `start` when the data stops before anything could come of it."""

    download: Download
    start: date
    end: date
    reached: Group
    held_out: Group
    buyers: Effect | Need | None  # None: nobody was held out
    revenue: Effect | Need | None
    said: tuple[str, ...]


def results_of(
    shop: Shop, store: Store, download: Download, language: str, days: int = DAYS
) -> Results:
    """Measure one download; raises Shown in a shop without purchases that have a time."""
    event = purchases_of(shop)
    start = _start(shop, download)
    newest = shop.engine.as_of()[0]
    end = min(start + timedelta(days=days), newest)
    telling = _telling(shop, language)
    if end <= start:
        nobody = Group(0, 0, 0, None, 0)
        early = telling.say("result_early", end=telling.day(newest.date()))
        last = start.date() - timedelta(days=1)
        return Results(download, start.date(), last, nobody, nobody, None, None, (early,))
    keys = list(store.downloaded(download.id))
    orders = orders_since(shop.engine, keys, event, start, end)
    revenue = None
    if event.amount is not None:
        revenue = revenue_since(shop.engine, keys, event, start, end)
    last = (end - timedelta(microseconds=1)).date()
    said = [telling.say("result_window", start=telling.day(start.date()), end=telling.day(last))]
    bought = spent = None
    if orders.held_out.members:
        bought = effect_of(Outcome.SHARE, orders.reached.values, orders.held_out.values)
        said += _said(bought, telling, money=False)
        if revenue is not None:
            spent = effect_of(Outcome.MEAN, revenue.reached.values, revenue.held_out.values)
            said += _said(spent, telling, money=True)
        if elsewhere := _elsewhere(shop, store, download, keys, end):
            said.append(telling.say("result_elsewhere", n=telling.count(elsewhere)))
    else:
        said.append(telling.say("result_no_holdout"))
    if download.ended_at is None:
        said.append(telling.texts.page("download_broken_off"))
    if gone := orders.reached.unknown + orders.held_out.unknown:
        said.append(telling.say("result_gone", n=telling.count(gone)))
    groups = _groups(orders, revenue)
    return Results(download, start.date(), last, *groups, bought, spent, tuple(said))


def effect_between(
    shop: Shop, reached: Condition, others: Condition, field: str, language: str
) -> tuple[Effect | Need, tuple[str, ...]]:
    """Hold two segments against each other by a field: the share of those with yes, or the mean
    of a number. Raises Shown for a field that is neither."""
    attribute = shop.catalogue.fields.get(field)
    if attribute is None:
        raise Shown(UnknownField("field", field, tuple(shop.catalogue.fields)))
    if attribute.type not in NUMBERS:
        raise Shown(BadResults("field", "no_number", field, _numbered(shop)))
    outcome = Outcome.SHARE if attribute.type is Type.YES_NO else Outcome.MEAN
    groups = [_values(shop, each, field) for each in (reached, others)]
    effect = effect_of(outcome, groups[0].values, groups[1].values)
    telling = _telling(shop, language)
    said = list(_said(effect, telling, money=attribute.type is Type.MONEY, field=attribute))
    if unknown := groups[0].unknown + groups[1].unknown:
        said.append(telling.say("result_unknown", n=telling.count(unknown)))
    return effect, tuple(said)


def _values(shop: Shop, definition: Condition, field: str) -> Counted:
    select = compile_members(definition, shop.catalogue, *shop.engine.as_of())
    return field_values(shop.engine, select, field)


def _numbered(shop: Shop) -> str:
    return ", ".join(name for name, each in shop.catalogue.fields.items() if each.type in NUMBERS)


def purchases_of(shop: Shop) -> Event:
    """The purchases that results are counted in; raises Shown in a shop that has none."""
    event = shop.catalogue.event_by_role("purchase")
    if event is None or event.time is None:
        raise Shown(BadResults("purchase", "no_purchases", ""))
    return event


def _start(shop: Shop, download: Download) -> datetime:
    """From when something can have come of it, in the shop's time: after the day the file was made
    of, and not before it was fetched."""
    after = datetime.combine(download.as_of + timedelta(days=1), time())
    return max(after, _fetched(shop, download))


def _elsewhere(
    shop: Shop,
    store: Store,
    download: Download,
    keys: Sequence[tuple[bool, pa.Array]],
    end: datetime,
) -> int:
    """How many of those held out were in other files, fetched from this one on until the end."""
    pieces = [each.cast(pa.string()) for held_out, each in keys if held_out]
    held = pa.chunked_array(pieces, pa.string()).combine_chunks()
    found = np.zeros(len(held), dtype=bool)
    for other in store.downloads():
        if other.id != download.id and download.at <= other.at and _fetched(shop, other) < end:
            for held_out, each in store.downloaded(other.id):
                if not held_out:
                    found |= pc.is_in(held, each.cast(pa.string())).to_numpy(zero_copy_only=False)
    return int(found.sum())


def _fetched(shop: Shop, download: Download) -> datetime:
    """When it was fetched, in the shop's time."""
    return download.at.astimezone(ZoneInfo(shop.catalogue.time_zone)).replace(tzinfo=None)


def _groups(orders: Measured, revenue: Measured | None) -> tuple[Group, Group]:
    made = []
    for place in ("reached", "held_out"):
        bought: Counted = getattr(orders, place)
        spent: Counted | None = getattr(revenue, place) if revenue is not None else None
        made.append(
            Group(
                bought.members,
                sum(count for value, count in bought.values.items() if value),
                int(bought.total),
                None if spent is None else rounded(Decimal(repr(spent.total))),
                bought.unknown,
            )
        )
    return made[0], made[1]


def _said(
    effect: Effect | Need, telling: Telling, *, money: bool, field: Attribute | None = None
) -> list[str]:
    """The two numbers, their difference with its interval, and whether that could be chance."""
    if isinstance(effect, Need):
        found, wanted = telling.count(effect.found), telling.count(effect.wanted)
        return [telling.say(f"result_short_{effect.short}", found=found, wanted=wanted)]
    kind = "field" if field is not None else "money" if money else "share"
    fine = max(effect.reached, effect.others) < _RARE
    number = _Number(telling, effect.outcome is Outcome.SHARE, money, "0.01" if fine else "0.1")
    lines = [
        telling.say(
            f"result_{kind}",
            reached=number.plain(effect.reached),
            others=number.plain(effect.others),
        ),
        telling.say(
            "result_difference",
            difference=number.signed(effect.difference),
            low=number.signed(effect.low),
            high=number.signed(effect.high),
        ),
    ]
    if effect.shown:
        lines.append(telling.say("result_more" if effect.difference > 0 else "result_less"))
    else:
        least = number.plain(effect.detectable, points=True)
        lines.append(telling.say("result_chance", least=least))
    return lines


@dataclass(frozen=True, slots=True)
class _Number:
    """How one kind of number is written."""

    telling: Telling
    share: bool
    money: bool
    to: str  # a share's last decimal, in per cent

    def plain(self, value: float, *, points: bool = False) -> str:
        number = Decimal(repr(value))
        if self.share:
            share = rounded(number * 100, self.to)
            if points:
                return self.telling.say("points", n=self.telling.values.number(share))
            return self.telling.values.percent(share)
        if self.money:
            return self.telling.values.money(rounded(number))
        return self.telling.values.number(rounded(number))

    def signed(self, value: float) -> str:
        said = self.plain(abs(value), points=True)
        return f"−{said}" if value < 0 else f"+{said}"


def _telling(shop: Shop, language: str) -> Telling:
    day = shop.engine.as_of()[0].date()
    return Telling(shop.speaker(language, day), language)
