"""Whom a file leaves out, and why: no consent, on a suppression list, no address, held out.

In: a select of members, terms. Out: the reason of every member, one byte each, and from it how many
there are of each reason and who. Every member has one reason, the first that holds. Start at
`decide`.

Nothing is sorted and no row is held: what is decided is kept by the members' places, which go by
rising key, and whoever needs the rows of some reads them by their places, so many at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlglot import exp

from segments.audiences import KeyList, folded
from segments.catalogue import Catalogue
from segments.compile.nodes import (
    as_listed,
    column,
    every,
    in_query,
    literal,
    named,
    select,
    some,
    table,
)
from segments.engine.duckdb_engine import Engine
from segments.engine.job import Job
from segments.engine.layout import MEMBERS, PLACE
from segments.handover.cells import address_of, call, country_of
from segments.handover.terms import Terms, addresses, consent_of
from segments.handover.tools import Address

Chosen = exp.Query  # members, as `compile_members` gives them

TOGETHER = 250_000  # members whose rows are asked for at once: two threads have work
_PARTS = 2**32  # of a hash's first eight hexadecimal digits
_LISTED = "krets_chosen"


class Reason(StrEnum):
    """Why somebody is not in the file; `SENT` is in it."""

    SENT = "sent"
    CONSENT = "consent"  # the recorded answer is no
    UNANSWERED = "unanswered"  # none is recorded
    SUPPRESSED = "suppressed"
    ADDRESS = "address"
    HELD_OUT = "held_out"


_NUMBERS = {reason: number for number, reason in enumerate(Reason, start=1)}


def given(address: Address) -> str:
    """The column of `reasoned` that an address has there, NULL where it is not to be given."""
    return f"={address}"


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """The reason of every member, by its place: a number of `_NUMBERS`, 0 for who is not chosen."""

    terms: Terms
    reasons: npt.NDArray[np.uint8]

    @property
    def counts(self) -> Mapping[Reason, int]:
        """How many of the chosen members there are of each reason; all reasons are there."""
        found = np.bincount(self.reasons, minlength=len(_NUMBERS) + 1)
        return {reason: int(found[number]) for reason, number in _NUMBERS.items()}

    def batches(
        self, engine: Engine, reason: Reason, shown: list[exp.Expr], job: Job | None = None
    ) -> Iterator[pa.RecordBatch]:
        """What is shown of the members of a reason, by rising key, so many at a time; of nobody
        one batch without rows."""
        for places in self._places(reason):
            query = _at(places, shown, self.terms, engine.catalogue)
            yield from engine.batches(query, job, {_LISTED: pa.table({PLACE: places})})

    def keys(self, engine: Engine, reason: Reason, job: Job | None = None) -> Iterator[pa.Array]:
        """The keys of the members of a reason, by rising key, so many at a time."""
        for batch in self.batches(engine, reason, [column("member")], job):
            if batch.num_rows:
                yield batch.column(0)

    def _places(self, reason: Reason) -> Iterator[npt.NDArray[np.int64]]:
        """The places of the members of a reason, so many at a time; of nobody none, once."""
        waiting, given_any = np.empty(0, np.int64), False
        for first in range(0, len(self.reasons), TOGETHER):
            of_reason = self.reasons[first : first + TOGETHER] == _NUMBERS[reason]
            waiting = np.concatenate((waiting, np.flatnonzero(of_reason) + first))
            if len(waiting) >= TOGETHER:
                yield waiting[:TOGETHER]
                waiting, given_any = waiting[TOGETHER:], True
        if len(waiting) or not given_any:
            yield waiting


def decide(engine: Engine, chosen: Chosen, terms: Terms, job: Job | None = None) -> Decided:
    """Give every chosen member its reason."""
    reasons = np.zeros(engine.total, np.uint8)
    for batch in engine.batches(_reasoned(chosen, terms, engine.catalogue), job):
        places, numbers = (each.to_numpy() for each in batch.columns)
        reasons[places] = numbers
    return Decided(terms, reasons)


def _reasoned(chosen: Chosen, terms: Terms, catalogue: Catalogue) -> exp.Select:
    """The place and the reason of every chosen member, in no order."""
    found = addresses(terms, catalogue)
    wanted = dict.fromkeys(_needed(terms, catalogue, found))
    usable = _usable((*found, *_listing(terms, catalogue)), catalogue)
    inner = _rows_of(chosen)
    inner.set("expressions", [column(PLACE), column("member"), *map(column, wanted), *usable])
    reason = exp.cast(_reason(terms, catalogue, found), exp.DType.UTINYINT)
    return select(named(inner, "chosen"), [column(PLACE), exp.alias_(reason, "reason")])


def _rows_of(chosen: Chosen) -> exp.Select:
    """A select of the rows of the chosen members. Where their rows tell it already, these
    are tested as they pass; else against the keys, which the engine holds for that."""
    used = {name for name, value in chosen.args.items() if value}
    if isinstance(chosen, exp.Select) and used <= {"expressions", "from_", "where"}:
        source = chosen.args["from_"].this
        if isinstance(source, exp.Table) and source.name == MEMBERS:
            return chosen.copy()
    keys = exp.select(column("member")).from_(chosen.copy().subquery("kept"))
    rows = select(table(MEMBERS), [])
    rows.set("where", exp.Where(this=in_query(column("member"), keys)))
    return rows


def _at(
    places: npt.NDArray[np.int64], shown: list[exp.Expr], terms: Terms, catalogue: Catalogue
) -> exp.Select:
    """What is shown of the members at these places, by rising key: the engine keeps the order of
    the inner select through the outer one. The ends let it pass over all other rows unread."""
    found = addresses(terms, catalogue)
    given_ = [
        exp.alias_(exp.Case().when(_allowed(each, terms, catalogue), value.this), value.alias)
        for each, value in zip(found, _usable(found, catalogue), strict=True)
    ]
    rows = select(table(MEMBERS), [exp.Star(), *given_])
    listed = in_query(column(PLACE), select(table(_LISTED), [column(PLACE)]))
    ends = [int(places[0]), int(places[-1])] if len(places) else [0, 0]
    inside = exp.Between(this=column(PLACE), low=literal(ends[0]), high=literal(ends[1]))
    rows.set("where", exp.Where(this=every([inside, listed])))
    rows.set("order", exp.Order(expressions=[exp.Ordered(this=column(PLACE))]))
    return select(named(rows, "chosen"), [each.copy() for each in shown])


def _usable(found: Iterable[Address], catalogue: Catalogue) -> list[exp.Expr]:
    """The addresses of a member in the form that can be used."""
    country = country_of(catalogue.field_by_role("country"), catalogue.home)
    fields = {each: catalogue.field_by_role(each) for each in found}
    return [
        exp.alias_(address_of(each, column(field.name), country), given(each), quoted=True)
        for each, field in fields.items()
        if field is not None
    ]


def _reason(terms: Terms, catalogue: Catalogue, found: Sequence[Address]) -> exp.Expr:
    reason = exp.Case()
    if found:
        allowed = [_allowed(each, terms, catalogue) for each in found]
        if terms.consent:
            silent = exp.Not(this=exp.Paren(this=some(_refused(found, terms, catalogue))))
            none = exp.Not(this=exp.Paren(this=some(allowed)))
            reason = reason.when(every([none, silent]), _said(Reason.UNANSWERED))
            reason = reason.when(none.copy(), _said(Reason.CONSENT))
    for name in terms.suppress:
        reason = reason.when(_listed(name, catalogue), _said(Reason.SUPPRESSED))
    if found:
        reached = [
            every([_allowed(each, terms, catalogue), _known(column(given(each)))]) for each in found
        ]
        reason = reason.when(exp.Not(this=exp.Paren(this=some(reached))), _said(Reason.ADDRESS))
    if terms.holdout:
        reason = reason.when(held_out(terms), _said(Reason.HELD_OUT))
    return reason.else_(_said(Reason.SENT)) if reason.args.get("ifs") else _said(Reason.SENT)


def held_out(terms: Terms) -> exp.Expr:
    """Whether a member is kept out: MD5 of "seed:key", its first eight hexadecimal digits as a
    number, lies in the share of all such numbers. The same on every machine and every day."""
    key = exp.cast(column("member"), exp.DType.VARCHAR)
    text = exp.DPipe(this=literal(f"{terms.seed}:"), expression=key)
    digits = call("substr", call("md5", text), literal(1), literal(8))
    number = exp.cast(exp.DPipe(this=literal("0x"), expression=digits), exp.DType.BIGINT)
    return exp.LT(this=number, expression=literal(int(terms.holdout * Decimal(_PARTS))))


def _allowed(address: Address, terms: Terms, catalogue: Catalogue) -> exp.Expr:
    """Whether the member said yes; not known is no."""
    if not terms.consent:
        return exp.true()
    consent = consent_of(address, terms.of, catalogue)
    if consent is None:
        return exp.false()
    return exp.Coalesce(this=column(consent.name), expressions=[exp.false()])


def _refused(found: Sequence[Address], terms: Terms, catalogue: Catalogue) -> list[exp.Expr]:
    """For each address with a consent, whether the member said no."""
    asked = (consent_of(each, terms.of, catalogue) for each in found)
    return [
        exp.Not(this=exp.Coalesce(this=column(each.name), expressions=[exp.true()]))
        for each in asked
        if each is not None
    ]


def _listed(name: str, catalogue: Catalogue) -> exp.Expr:
    kept: KeyList = catalogue.audiences.lists[folded(name)]
    entries = select(table(kept.table), [column("entry")])
    if kept.field is None:
        return in_query(column("member"), entries)
    same = [exp.Paren(this=in_query(as_listed(column(kept.field)), entries))]
    if (address := _address(kept.field, catalogue)) is not None:
        # What is sent to is compared too: the list may write it in another way than the shop.
        usable = address_of(address, column("entry"), literal(catalogue.home))
        read = exp.alias_(usable, "entry", quoted=True)
        readable = select(named(select(table(kept.table), [read]), "listed"), [column("entry")])
        readable.set("where", exp.Where(this=_known(column("entry"))))
        same.append(exp.Paren(this=in_query(column(given(address)), readable)))
    told = [exp.Coalesce(this=each, expressions=[exp.false()]) for each in same]
    return exp.Paren(this=some(told))


def _address(field: str, catalogue: Catalogue) -> Address | None:
    """The address that a field is, if it is one."""
    role = catalogue.fields[field].role
    return Address(role) if role in set(Address) else None


def _listing(terms: Terms, catalogue: Catalogue) -> list[Address]:
    """The addresses that suppression lists hold."""
    fields = [catalogue.audiences.lists[folded(name)].field for name in terms.suppress]
    found = [_address(each, catalogue) for each in fields if each is not None]
    return [each for each in found if each is not None]


def _needed(terms: Terms, catalogue: Catalogue, found: Sequence[Address]) -> list[str]:
    """The fields that the reasons look at."""
    consents = [consent_of(each, terms.of, catalogue) for each in found]
    lists = [catalogue.audiences.lists[folded(name)].field for name in terms.suppress]
    return [each.name for each in consents if each] + [each for each in lists if each]


def _known(value: exp.Expr) -> exp.Expr:
    return exp.Not(this=exp.Is(this=value, expression=exp.null()))


def _said(reason: Reason) -> exp.Expr:
    return literal(_NUMBERS[reason])
