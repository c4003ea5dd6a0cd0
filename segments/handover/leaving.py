"""Whom a file leaves out, and why: no consent, on a suppression list, no address, held out.

In: a select of members, terms. Out: rows with their reason, and how many there are of each. Every
member has one reason, the first that holds. Start at `reasoned` and `count_reasons`.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc
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
from segments.handover.cells import address_of, call, country_of
from segments.handover.terms import Terms, addresses, consent_of
from segments.handover.tools import Address

REASON = "=reason"
_PARTS = 2**32  # of a hash's first eight hexadecimal digits


class Reason(StrEnum):
    """Why somebody is not in the file; `SENT` is in it."""

    SENT = "sent"
    CONSENT = "consent"  # the recorded answer is no
    UNANSWERED = "unanswered"  # none is recorded
    SUPPRESSED = "suppressed"
    ADDRESS = "address"
    HELD_OUT = "held_out"


def given(address: Address) -> str:
    """The column of `reasoned` that an address has there, NULL where it is not to be given."""
    return f"={address}"


def reasoned(
    chosen: exp.Query, terms: Terms, catalogue: Catalogue, fields: Sequence[str]
) -> exp.Select:
    """Every chosen member with these fields, its addresses that may be used and its reason, by
    rising key: the engine keeps that order through all that follows."""
    key = column("member")
    kept = in_query(key, _select(chosen))
    found = addresses(terms, catalogue)
    country = country_of(catalogue.field_by_role("country"), catalogue.home)
    usable = []
    for each in dict.fromkeys((*found, *_listing(terms, catalogue))):
        field = catalogue.field_by_role(each)
        if field is not None:
            value = address_of(each, column(field.name), country)
            usable.append(exp.alias_(value, given(each), quoted=True))
    wanted = dict.fromkeys((*fields, *_needed(terms, catalogue, found)))
    inner = select(table("members"), [key, *map(column, wanted), *usable])
    inner.set("where", exp.Where(this=kept))
    inner.set("order", exp.Order(expressions=[exp.Ordered(this=key.copy())]))
    shown: list[exp.Expr] = [column("member"), *map(column, fields)]
    for each in found:
        allowed = _allowed(each, terms, catalogue)
        value = exp.Case().when(allowed, column(given(each)))
        shown.append(exp.alias_(value, given(each), quoted=True))
    shown.append(exp.alias_(_reason(terms, catalogue, found), REASON, quoted=True))
    return select(named(inner, "chosen"), shown)


def count_reasons(
    engine: Engine, chosen: exp.Query, terms: Terms, job: Job | None = None
) -> dict[Reason, int]:
    """How many of the chosen members there are of each reason; all reasons are there."""
    query = named(reasoned(chosen, terms, engine.catalogue, ()), "reasoned")
    counted = select(query, [column(REASON), exp.Count(this=exp.Star())])
    counted.set("group", exp.Group(expressions=[column(REASON)]))
    found = {Reason(reason): int(count) for reason, count in engine.rows(counted, job)}
    return {reason: found.get(reason, 0) for reason in Reason}


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
    return literal(str(reason))


def _select(chosen: exp.Query) -> exp.Select:
    return exp.select(column("member")).from_(chosen.copy().subquery("kept"))


def key_pieces(
    engine: Engine, chosen: exp.Query, terms: Terms, job: Job | None = None
) -> Iterator[tuple[Reason, pa.Array]]:
    """The keys of those in the file and of those held out, piece by piece."""
    kept = (Reason.SENT, Reason.HELD_OUT)
    query = named(reasoned(chosen, terms, engine.catalogue, ()), "reasoned")
    keys = select(query, [column("member"), column(REASON)])
    held = exp.In(this=column(REASON), expressions=[_said(each) for each in kept])
    keys.set("where", exp.Where(this=held))
    for batch in engine.batches(keys, job):
        for reason in kept:
            mine = batch.filter(pc.equal(batch.column(1), str(reason)))
            if mine.num_rows:
                yield reason, mine.column(0)
