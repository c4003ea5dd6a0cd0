"""The numbers of a segment that playbooks ask about, exact from the data.

In: members, the data. Out: numbers by name; what the catalogue has no role for is not there. Start
at `Numbers.of`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from assistant.answers.facts_data import RECENT, Data, Spread
from assistant.answers.figures import years
from segments.catalogue import Event, Type
from segments.compile.inquiries import members_by, records_by, records_total
from segments.compile.portraits import Scope, days_of_field, gaps, last_days, records_of_each
from segments.definition import Aggregate, All, Condition, Kind, Rank, Records, Side
from segments.rewrites import simplify

TOPS = (10, 20)


class Numbers:
    """Asks for numbers."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.catalogue = data.catalogue

    def top(self, definition: Condition, count: int) -> int | None:
        """The smallest of some per cents, counted by what they have spent, that holds them all."""
        event = self.data.event("purchase")
        if event is None or event.amount is None:
            return None
        spent = Aggregate(Kind.SUM, Records(event.name), event.amount.name)
        for percent in TOPS:
            rank = Rank(Side.TOP, percent, True, spent)  # noqa: FBT003 - the tree's own field
            if self.data.counts.of(simplify(All((definition, rank)))) == count:
                return percent
        return None

    def of(self, scope: Scope, count: int) -> dict[str, Decimal]:
        """The numbers of some members, by name."""
        found: dict[str, Decimal | None] = {
            "age_median": self._age(scope),
            "business_share": self._known_share(scope, "company", count),
            **self._since(scope),
            **self._purchases(scope, count),
            "opened_share": self._took_part(scope, "open", count),
            "returned_share": self._took_part(scope, "return", count),
            "complained_share": self._took_part(scope, "support", count),
            "subscribed_share": self._took_part(scope, "subscription", count, always=True),
        }
        return {name: value for name, value in found.items() if value is not None}

    def _purchases(self, scope: Scope, count: int) -> dict[str, Decimal | None]:
        event = self.data.event("purchase")
        if event is None:
            return {}
        orders = self.data.spread(records_of_each(scope, event.name))
        buyers = sum(orders.values())
        least = min(orders, default=0) if buyers == count else 0
        found: dict[str, Decimal | None] = {
            "buyers_share": Decimal(buyers) / count,
            "orders_median": _middle(orders),
            "orders_least": Decimal(least),
            "orders_most": Decimal(max(orders, default=0)),
            "discount_share": self._record_share(scope, event, "on_sale", yes=(True,)),
            "eco_share": self._record_share(scope, event, "eco", yes=(True,)),
            "store_share": self._record_share(scope, event, "channel", yes=_codes(event, "store")),
        }
        if event.time is not None and buyers:
            quiet = self._ages(self.data.spread(last_days(scope, event.name)))
            found["quiet_days_median"] = _middle(quiet)
            found["quiet_days_least"] = Decimal(min(quiet))
            found["gap_days_median"] = self._gap(scope, event)
        if event.amount is not None:
            asked = (event.name, event.amount.name, None)
            instants = (scope.instant, scope.ceiling)
            row = self.data.rows(records_total(scope.members, asked, self.catalogue, instants))[0]
            found["spend_mean"] = Decimal(row[2]) / count
        return found

    def _gap(self, scope: Scope, event: Event) -> Decimal | None:
        """The middle of the members' own average gaps in days."""
        spread: Counter[Decimal] = Counter()
        for days, records, members in self.data.rows(gaps(scope, event.name)):
            spread[Decimal(days) / (records - 1)] += members
        return _middle(spread)

    def _record_share(
        self, scope: Scope, event: Event, role: str, *, yes: Sequence[object]
    ) -> Decimal | None:
        """The part of their records with one of these values."""
        attribute = event.by_role(role)
        if attribute is None or not yes:
            return None
        asked, instants = (event.name, attribute.name, None), (scope.instant, scope.ceiling)
        rows = self.data.rows(records_by(scope.members, asked, self.catalogue, instants))
        whole = self.data.rows(
            records_total(scope.members, (event.name, None, None), self.catalogue, instants)
        )[0][1]
        return Decimal(sum(row[2] for row in rows if row[0] in yes)) / whole if whole else None

    def _took_part(
        self, scope: Scope, role: str, count: int, *, always: bool = False
    ) -> Decimal | None:
        """The part of them with a record of the event, in the last 90 days unless `always`."""
        event = self.data.event(role)
        if event is None or (event.time is None and not always):
            return None
        asked = (event.name, None, None if always else RECENT)
        row = self.data.rows(
            records_total(scope.members, asked, self.catalogue, (scope.instant, scope.ceiling))
        )[0]
        return Decimal(row[0]) / count

    def _age(self, scope: Scope) -> Decimal | None:
        field = self.catalogue.field_by_role("age")
        if field is None or not field.numeric:  # bands of ages have no middle
            return None
        rows = self.data.rows(members_by(scope.members, field.name))
        spread: Counter[int] = Counter()
        for value, members in rows:
            if isinstance(value, date):
                spread[years(value, self.data.day)] += members
            elif value is not None:
                spread[int(value)] += members
        return _middle(spread)

    def _since(self, scope: Scope) -> dict[str, Decimal | None]:
        field = self.catalogue.field_by_role("registered")
        if field is None or field.type not in (Type.DATE, Type.TIME):
            return {}
        ages = self._ages(self.data.spread(days_of_field(scope, field.name)))
        return {
            "member_days_median": _middle(ages),
            "member_days_least": Decimal(min(ages)) if ages else None,
            "member_days_most": Decimal(max(ages)) if ages else None,
        }

    def _ages(self, days: Spread) -> Counter[int]:
        """Days become how many days ago they were; unknown ones are left out."""
        found: Counter[int] = Counter()
        for day, members in days.items():
            if day is not None:
                found[(self.data.day - day) // timedelta(days=1)] += members
        return found

    def _known_share(self, scope: Scope, role: str, count: int) -> Decimal | None:
        field = self.catalogue.field_by_role(role)
        if field is None:
            return None
        known = sum(
            n for value, n in self.data.rows(members_by(scope.members, field.name)) if value
        )
        return Decimal(known) / count


def _middle(spread: Mapping[Any, int]) -> Decimal | None:
    """The middle value of a spread, the lower one of two; None of nothing."""
    total, seen = sum(spread.values()), 0
    for value, members in sorted(spread.items()):
        seen += members
        if 2 * seen >= total:
            return Decimal(value)
    return None


def _codes(event: Event, role: str) -> tuple[str, ...]:
    """The codes of the event's channel that mean this to every language."""
    channel = event.by_role("channel")
    return tuple(v.code for v in channel.values if v.role == role) if channel is not None else ()
