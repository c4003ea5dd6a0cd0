"""Which prepared table a condition on events reads: the records, or the parts of records.

The parts (order lines) carry every attribute, the records only those with a value of their own, so
the parts are read when a filter or the aggregate speaks of what only a part has.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from segments.catalogue import Attribute, Catalogue, Event
from segments.compile.comparisons import compare, plain
from segments.compile.near import near_rows
from segments.compile.nodes import column, hour, named, negated, table, weekday, within
from segments.definition import HOUR, Filter, Near, Records
from segments.windows import Bounds, as_of_day, stretches


@dataclass(frozen=True, slots=True)
class Shop:
    """What every part of one compilation needs: the catalogue and the instants."""

    catalogue: Catalogue
    as_of: datetime
    ceiling: datetime | None = None  # nothing at or after it counts


@dataclass(frozen=True, slots=True)
class Source:
    """The rows that a condition on events reads; `conditions()` builds new nodes at each call."""

    event: Event
    records: Records
    of_parts: bool
    shop: Shop
    instead: exp.Select | None = None  # the rows in place of those of the prepared table

    def table(self) -> exp.Expr:
        """The prepared table, or what is read in its place; of rows around a date of their member
        those alone."""
        if self.instead is not None:
            return named(self.instead.copy(), "joined")
        return self._near(f"{self.event.name}_parts" if self.of_parts else self.event.name)

    def of_records(self) -> exp.Expr:
        """The same of whole records, whatever of them is asked."""
        return self._near(self.event.name)

    @property
    def near(self) -> Near | None:
        """The window, when it is another for each member."""
        window = self.records.window
        return window if isinstance(window, Near) else None

    def _near(self, name: str) -> exp.Expr:
        if self.near is None:
            return table(name)
        return near_rows(table(name), self.near, self.shop.catalogue, self.shop.ceiling)

    def conditions(self) -> list[exp.Expr]:
        """The filters, then the window when it is the same for all, then the ceiling."""
        return self.filters() + within(column("at"), self.stretches())

    def filters(self) -> list[exp.Expr]:
        """The filters alone."""
        return [self.filter(each) for each in self.records.filters]

    def filter(self, restriction: Filter) -> exp.Expr:
        """One of the filters."""
        attribute = self.event.attributes.get(restriction.attribute)
        if attribute is None:
            of_time = hour if restriction.attribute == HOUR else weekday
            condition = plain(of_time(column("at")), restriction.test)
        else:
            subject = column(attribute.name)
            condition = compare(subject, attribute, restriction.test, as_of_day(self.shop.as_of))
        return negated(condition) if restriction.negated else condition

    def stretches(self) -> tuple[Bounds, ...]:
        """The window, up to the ceiling."""
        window, ceiling = self.records.window, self.shop.ceiling
        fixed = None if isinstance(window, Near) else window
        found = (Bounds(),) if fixed is None else stretches(fixed, self.shop.as_of)
        if self.event.time is None or ceiling is None:
            return found
        return tuple(
            Bounds(each.start, ceiling if each.end is None else min(each.end, ceiling))
            for each in found
        )


def source(records: Records, shop: Shop, *of: str | None) -> Source:
    """The rows for these records and the attributes that are counted, added up or compared."""
    event = shop.catalogue.events[records.event]
    names = {restriction.attribute for restriction in records.filters} | set(filter(None, of))
    spoken_of = [event.attributes[name] for name in names if name in event.attributes]
    return Source(event, records, any(only_of_parts(each) for each in spoken_of), shop)


def only_of_parts(attribute: Attribute) -> bool:
    """Whether a record has no value of its own: amounts of parts add up to one, prices do not."""
    return attribute.path is None and attribute.part is not None and not attribute.additive
