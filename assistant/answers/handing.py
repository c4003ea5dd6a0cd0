"""A segment is handed over: whom the file would hold, the file itself, the line in the log.

In: a shop, a definition, a day, terms. Out: counts by reason, and bytes whose leaving is taken down
in the store: before the first, with the keys, and after the last. Start at `handing`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from assistant.answers.shop import Shop
from segments.compile import compile_members
from segments.definition import Condition
from segments.engine.job import Job
from segments.handover import (
    Chosen,
    Decided,
    Reason,
    Terms,
    checked_terms,
    decide,
    file_pieces,
    headers,
)
from segments.store import Cause, Download, Handed, Store, Version


class Clock(Protocol):
    """What tells the time of day."""

    def __call__(self) -> datetime:
        """The instant, with its zone."""
        ...


@dataclass(frozen=True, slots=True)
class Handing:
    """A segment with its terms, checked, in one shop."""

    shop: Shop
    definition: Condition
    day: date
    terms: Terms

    def counts(self, job: Job | None = None) -> Mapping[Reason, int]:
        """How many members of the segment the file holds, and how many it leaves out, by reason."""
        return self._decided(job).counts

    def columns(self) -> tuple[str, ...]:
        """The names of the file's columns."""
        return headers(self.terms, self.shop.catalogue)

    def pieces(
        self, store: Store, by: str, clock: Clock, version: Version | None, job: Job | None = None
    ) -> Iterator[bytes]:
        """The file, piece by piece; the log tells when it began, whom it held and that it ended."""
        decided = self._decided(job)
        begun = self._begin(decided, store, by, clock, version, job)
        yield from file_pieces(self.shop.engine, decided, self.day, job)
        store.end_download(begun.id, clock())

    def _begin(
        self,
        decided: Decided,
        store: Store,
        by: str,
        clock: Clock,
        version: Version | None,
        job: Job | None,
    ) -> Download:
        terms = self.terms
        counts = {str(reason): count for reason, count in decided.counts.items()}
        handed = Handed(
            terms.name,
            self.definition,
            self.day,
            terms.tool,
            self.columns(),
            counts,
            version,
            terms.consent,
            terms.suppress,
            terms.holdout,
            terms.seed,
        )
        begun = store.begin_download(handed, by, clock())
        if version is not None:
            members, total = sum(counts.values()), self.shop.engine.total
            store.record_size(version.id, members, total, self.day, Cause.DOWNLOAD, clock())
        place = 0
        for reason in (Reason.SENT, Reason.HELD_OUT):
            for keys in decided.keys(self.shop.engine, reason, job):
                store.add_keys(begun.id, place, keys, held_out=reason is Reason.HELD_OUT)
                place += 1
        return begun

    def _decided(self, job: Job | None) -> Decided:
        return decide(self.shop.engine, self._select(), self.terms, job)

    def _select(self) -> Chosen:
        instant, ceiling = self.shop.engine.as_of(self.day)
        return compile_members(self.definition, self.shop.catalogue, instant, ceiling)


def handing(shop: Shop, definition: Condition, day: date, terms: Terms) -> Handing:
    """Check the terms against the shop; raises Shown with what it cannot do of them."""
    seeded = terms if terms.seed else replace(terms, seed=terms.name)
    return Handing(shop, definition, day, checked_terms(seeded, shop.catalogue))


def suppressing(store: Store) -> tuple[str, ...]:
    """The lists whose people are in no file."""
    return tuple(each.name for each in store.lists() if each.suppresses)


def as_share(written: str) -> Decimal:
    """A share written as 0.1, 0,1 or 10 %; raises ValueError."""
    plain = written.strip().replace(",", ".")
    per_cent = plain.endswith("%")
    try:
        share = Decimal(plain.rstrip("% "))
    except ArithmeticError:
        raise ValueError(written) from None
    if not share.is_finite():
        raise ValueError(written)
    return share / 100 if per_cent else share
