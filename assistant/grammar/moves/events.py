"""Events and measures: what members do, and the numbers made of it."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Measured, State
from assistant.grammar.moves.called import of_anything
from assistant.grammar.moves.context import (
    Context,
    article,
    begin,
    fill,
    of_nobody,
    state_is_comma_clause,
)
from assistant.grammar.moves.edges import of_edge
from assistant.grammar.moves.every import on_every
from assistant.grammar.moves.fields import is_said
from assistant.grammar.moves.groupings import so_many
from assistant.grammar.moves.groups import same_record, wants_noun
from assistant.grammar.moves.joining import parted, plain
from assistant.grammar.moves.of_nouns import named
from assistant.grammar.moves.places import dearer
from assistant.grammar.moves.rankings import highest
from assistant.grammar.moves.sent import waits_for_sent, were_sent
from assistant.grammar.moves.sides import divided, named_other, taken
from assistant.grammar.moves.vague import FREQUENCY
from assistant.grammar.moves.verb_last import counts_different
from assistant.grammar.pieces import (
    Compare,
    EventWord,
    MeasureWord,
    Owned,
    Piece,
    Rhythm,
    Sort,
    Spaced,
    Structure,
    VagueWord,
)
from segments.definition import Kind

States = Sequence[State]
_SENT = ("receive", "noun")
_ADDRESSES = frozenset({"email", "phone"})
_SENT_BY = frozenset({"receive", "open", "click", "unsubscribe"})


def event(context: Context, state: State, piece: Piece) -> States:
    """A verb or noun for something members do."""
    assert isinstance(piece.payload, EventWord)
    word = piece.payload
    measured = _spent(context, word)
    if _no_event(context, state, piece, word) or (word.form == "spend" and measured is None):
        return []
    top, pending = state.top, state.pending
    if (again := were_sent(state, word)) is not None:
        return fill(state, piece, state.open, again)
    if wants_noun(pending) or pending.of_noun is not None:
        return _of_noun(context, state, piece, word)
    other = taken(context, state, piece, word)
    if other is None:
        other = on_every(context, state, piece, word)
    if other is not None:
        return other
    if (ranked := _in_ranking(context, state, piece, word, measured)) is not None:
        return ranked
    if top is not None and top.kind is FrameKind.HEADLESS and not pending.connector:
        headed = _headed(context, state, piece, word, measured)
        apart = of_anything(context, state) if headed and word.form == "noun" else None
        others = _begun(context, apart, piece, word, measured) if apart is not None else []
        return [*headed, *others]
    if (one := of_edge(context, state, piece, word)) is not None:
        return one
    if _names_open(context, state, word):
        assert top is not None
        form = "measure" if top.form == "measure" else "noun"
        return fill(state, piece, state.open, top._replace(form=form, nameless=False))
    if _ranks_kinds(top) and word.form == "noun" and not (pending.connector or pending.relative):
        return []  # in the cart, not those who have one
    if counts_different(state, word):
        assert top is not None
        return fill(state, piece, state.open, top._replace(form=word.form, nameless=False))
    if _counts_open(context, state, word):
        assert top is not None
        measured = None if _placed(state, piece, top) else top.measured
        filled = top._replace(compare=pending.compare, measured=measured)
        apart = of_anything(context, state)
        others = _begun(context, apart, piece, word, None) if apart is not None else []
        return [*fill(state, piece, state.open, filled), *others]
    if not word.completes and _got(context, state, word):
        assert top is not None
        compare = pending.compare or top.compare
        filled = top._replace(event=word.event, form="noun", compare=compare, one=word.one)
        return fill(state, piece, state.open, filled)
    return [] if word.completes else _begins(context, state, piece, word, measured)


def _begins(
    context: Context, state: State, piece: Piece, word: EventWord, measured: Measured | None
) -> States:
    begun = _begun(context, state, piece, word, measured)
    return [*begun, *so_many(state, piece, word)] if word.form == "noun" else begun


def _in_ranking(
    context: Context, state: State, piece: Piece, word: EventWord, measured: Measured | None
) -> States | None:
    """What the open ranking is by; None where there is none, or it is complete."""
    ranking, pending = state.event, state.pending
    if ranking is None or ranking.kind is not FrameKind.RANK:
        return None
    if ranking.form == "measure":
        if word.event != ranking.event or word.form != "noun" or pending.connector:
            return []
        return fill(state, piece, state.open, ranking._replace(nameless=False))
    if ranking.event is not None:
        return None
    ranked = _ranked(state, piece, word, measured)
    named = state.last is not None and state.last.end == piece.start
    if (ranking.by or pending.by or named) and not pending.connector:
        return ranked
    return [*ranked, *_begun(context, state, piece, word, measured)]


def _of_noun(context: Context, state: State, piece: Piece, word: EventWord) -> States:
    """The noun of what was said to be the same, or of which something is asked."""
    if state.pending.of_noun is None:
        return same_record(state, piece, word)
    match named(context, state, piece, word):
        case (State() as free, MeasureWord() as measured):
            return _measured_by(context, free, piece, measured)
        case states:
            return states


def _no_event(context: Context, state: State, piece: Piece, word: EventWord) -> bool:
    """Whether what was said before it makes the word something else."""
    listed = word.form == "buyers" and _next_value(context, state, piece)
    # "email status is subscribed": that is what it is, nothing they did
    # "where nobody clicked": of others than the customers
    nobody = of_nobody(state.pending) and word.form in ("verb", "spend")
    sent = (context.catalogue.events[word.event].role, word.form) == _SENT
    other = waits_for_sent(state) and not sent
    told = is_said(state) or _no_verb(state, word) or _of_its_own_time(state, word)
    return listed or nobody or other or told or _of_everyone(state, word)


def _of_everyone(state: State, word: EventWord) -> bool:
    """Whether the number of everyone was named, and the noun is that of another number: "as high as
    the average visits in May"."""
    top = state.top
    if top is None or top.versus is None or not top.versus.norm or state.pending.connector:
        return False
    return top.form == "measure" and word.form == "noun" and top.event == word.event


def _of_its_own_time(state: State, word: EventWord) -> bool:
    """Whether a time before it was taken as more of what was said, and it begins a clause of its
    own, as in "bought shoes last year, but this year they have not bought anything"."""
    top, pending = state.top, state.pending
    if top is None or not (top.elliptic and top.connector and word.form in ("verb", "spend")):
        return False
    if pending.connector or pending.relative or any(p.sort is not Sort.WINDOW for p in top.pieces):
        return False
    since = (p.payload for p in state.path if p.start >= top.pieces[-1].end)
    they = any(isinstance(word, Structure) and "subject" in word.flags for word in since)
    return pending.auxiliary or they


def _next_value(context: Context, state: State, piece: Piece) -> bool:
    """Whether the noun is one more value of a list: "CEOs, purchasers or assistants"."""
    top = state.top
    if top is None or not top.field or not top.restrictions or not state.pending.connector:
        return False
    said = context.tokens[piece.start : piece.end]
    found = context.shop.words.named(token.key for token in said)
    owned = [word for _, word in found if isinstance(word, Owned)]
    return plain(state) and any((o.event, o.name) == (None, top.field) for o in owned)


def _no_verb(state: State, word: EventWord) -> bool:
    """Whether what looks like a verb is none: "about to buy", "an order"."""
    return word.form in ("verb", "spend") and (_intended(state) or article(state))


def _intended(state: State) -> bool:
    """Whether the verb is only what somebody is to do: "about to buy"."""
    last = state.path[-1] if state.path else None
    return (
        last is not None
        and isinstance(last.payload, Structure)
        and "infinitive" in last.payload.flags
    )


def _spent(context: Context, word: EventWord) -> Measured | None:
    """A verb of spending measures the amount."""
    amount = context.catalogue.events[word.event].amount
    if word.form != "spend" or amount is None:
        return None
    return Measured(Kind.SUM, amount.name)


def _ranked(state: State, piece: Piece, word: EventWord, measured: Measured | None) -> States:
    """What a ranking goes by: named after "by", or done by "the most"."""
    top, pending = state.event, state.pending
    assert top is not None
    by = pending.by or top.by
    clause = pending.connector and not state_is_comma_clause(pending)
    if clause or pending.negated or pending.loose():
        return []
    if pending.by and word.form == "verb":
        return []  # "by orders" names them
    adjacent = state.last is not None and state.last.end == piece.start
    by = by or (adjacent and word.form == "noun")
    if not (by or pending.relative or pending.auxiliary or adjacent):
        return []
    filled = top._replace(event=word.event, form=word.form, measured=measured, by=by)
    return fill(state, piece, state.open, filled)


def _headed(
    context: Context, state: State, piece: Piece, word: EventWord, measured: Measured | None
) -> States:
    top, pending = state.top, state.pending
    assert top is not None
    if pending.relative and _of_those_before(state, top):
        return []  # "new members in September who have not bought": of the members, not the buying
    if (pending.relative or top.interest) and top.restrictions:
        # "with frizzy hair who bought": two things
        return _begun(context, state, piece, word, measured)
    if pending.compare is not None:
        counted = word.form == "noun" or isinstance(pending.compare, VagueWord)
        if not counted or top.compare is not None:
            return []
    if not top.had_by(word.event) or parted(state, top):
        return []
    if pending._replace(which=None, compare=None, mode="", versus=None, share=None).loose():
        return []
    headed = top._replace(
        kind=FrameKind.EVENT,
        event=word.event,
        form=word.form,
        measured=measured,
        which=top.which or pending.which,
        mode=top.mode or pending.mode,
        compare=pending.compare or top.compare,
        counts_things=top.counts_things and word.form != "noun",  # "3 online orders" are orders
        negated=top.negated != pending.negated,
        relative=top.relative or pending.relative,
        auxiliary=top.auxiliary or pending.auxiliary,
    )
    filled = divided(headed, pending.share or top.share)
    made = fill(state, piece, state.open, filled) if filled is not None else []
    return [dearer(one) for one in made] if headed.counts_things else made  # rather the noun


def _of_those_before(state: State, top: Frame) -> bool:
    """Whether only a time was said of those named before it."""
    apart = top.relative or top.connector
    return len(state.frames) > 1 and top.window is not None and not (apart or top.restrictions)


def _names_open(context: Context, state: State, word: EventWord) -> bool:
    """Whether the noun only completes the verb: "redeemed a coupon". Something bought by that name
    may be a product, so purchases do not."""
    top, pending = state.top, state.pending
    if _after_its_value(state, word):
        return True
    return (
        top is not None
        and (_head_only(top) or _told_by(state, top) or _ranks_kinds(top))
        and _of_verb(context, top, word)
        and top.form in ("verb", "measure")
        and word.form == "noun"
        and (top.form == "measure" or context.catalogue.events[word.event].role != "purchase")
        and not (pending.connector or pending.relative or pending.loose() or pending.every)
    )


def _of_verb(context: Context, top: Frame, word: EventWord) -> bool:
    """Whether the noun is what the verb is done with: its own, or the message that was opened."""
    if top.event == word.event or top.event is None:
        return top.event is not None
    roles = [context.catalogue.events[event].role for event in (top.event, word.event)]
    return top.form == "verb" and roles[0] in ("open", "click") and roles[1] == "receive"


def _got(context: Context, state: State, word: EventWord) -> bool:
    """Whether the noun says what was got, which is no message: "received a quote"."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.EVENT or top.form != "verb" or not top.fresh():
        return False
    got = context.catalogue.events[top.event or ""].role == "receive"
    own = context.catalogue.events[word.event].role is None
    joined = pending.connector or pending.relative or pending._replace(compare=None).loose()
    return got and own and word.form == "noun" and not (joined or pending.negated)


def _after_its_value(state: State, word: EventWord) -> bool:
    """Whether the noun follows what took over its verb: "an online order but no store order"."""
    top, last = state.top, state.last
    taken = top is not None and top.elliptic and (top.event, word.form) == (word.event, "noun")
    told = last is not None and last.sort is Sort.VALUE and last is state.path[-1]
    return taken and told and top is not None and last in top.pieces[-1:]


def _head_only(frame: Frame) -> bool:
    """Whether only the head of an event has been said, perhaps as what a ranking goes by."""
    return frame._replace(kind=FrameKind.EVENT, which=None).barely() and frame.event is not None


def _told_by(state: State, top: Frame) -> bool:
    """Whether a number of each was said right before: "a four-star review"."""
    bare = top._replace(number_filter=None).fresh()
    return bare and state.last is not None and state.last in top.pieces[-1:]


def _ranks_kinds(frame: Frame | None) -> bool:
    """Whether a ranking was just said to be by kinds: "put the most brands in the cart"."""
    return frame is not None and frame.kind is FrameKind.RANK and frame.distinct is not None


def _counts_open(context: Context, state: State, word: EventWord) -> bool:
    """Whether the noun says what a number after the same event's verb counts."""
    top, pending = state.top, state.pending
    return (
        top is not None
        and top.kind is FrameKind.EVENT
        and _of_verb(context, top, word)
        and state.open == len(state.frames) - 1
        and word.form == "noun"
        and pending.compare is not None
        and top.compare is None
        and not _inside(state)
        and not (article(state) and not _counts(state))  # "over 1500 in a purchase" counts none
        and not pending.connector
        and not pending._replace(compare=None).loose()
    )


def _placed(state: State, piece: Piece, top: Frame) -> bool:
    """Whether so many were placed, where that verb is also one of spending: "placed three orders",
    but not "spent 500 on orders"."""
    said, last = state.pending.compare, state.path[-1] if state.path else None
    plain = isinstance(said, Compare) and said.unit.money is None
    adjacent = last is not None and last.sort is Sort.COMPARE and last.end == piece.start
    return top.form == "spend" and plain and adjacent


def _inside(state: State) -> bool:
    """Whether a bare number says in how many something was: "shampoo and soap in one order"."""
    compare = state.pending.compare
    if not isinstance(compare, Compare) or not compare.bare:
        return False
    at = max((i for i, p in enumerate(state.path) if p.payload is compare), default=0)
    before = state.path[at - 1].payload if at else None
    return isinstance(before, Structure) and "place_preposition" in before.flags


def _counts_one(state: State, word: EventWord) -> bool:
    """Whether a bare number stands before one of something, as in "over 60 who left a review":
    it is no number of those."""
    said = state.pending.compare
    if not isinstance(said, Compare) or said.unit.times or said.unit.money is not None:
        return False
    return said.test.values != (1,) and (word.one or article(state))


def _begun(
    context: Context, state: State, piece: Piece, word: EventWord, measured: Measured | None
) -> States:
    pending = state.pending
    taken = {"which", "mode", "versus", "share"}
    compare = None
    rhythm = pending.rhythm if word.form == "noun" else None
    if rhythm is not None:
        taken.add("rhythm")
    top = state.top
    adjacent = state.last is not None and state.last.end == piece.start
    if top is not None and not pending.connector:
        if top.known and adjacent and _by_address(context, top, word):
            return []
        aged = top.as_age and adjacent and pending.compare is None
        if aged and (word.form == "noun" or top.connector):
            return []
        if top.vague is not None and top.vague.concept in FREQUENCY and word.form != "buyers":
            return []
        if top.kind is FrameKind.VAGUE and adjacent and word.form == "noun" and not pending.compare:
            return []
    every = pending.every and word.form == "noun" and pending.relative  # "whose every order"
    if pending.every and word.form != "buyers" and not every:
        return []
    if pending.compare is not None:
        counted = word.form in ("noun", "buyers") or _money_before(word, pending.compare)
        if isinstance(pending.compare, Compare) and not counted:
            return []
        if _counts_one(state, word):
            return []
        if not _counts(state):
            return []
        compare = pending.compare
        taken.add("compare")
    frame = Frame(
        FrameKind.EVENT,
        event=word.event,
        form=word.form,
        measured=measured,
        which=pending.which,
        mode=pending.mode,
        compare=compare,
        one=word.one or article(state),
        every=every,
        spaced=rhythm if isinstance(rhythm, Spaced) else None,
        rhythm=rhythm if isinstance(rhythm, Rhythm) else None,
        versus=pending.versus,
    )
    headed = divided(frame, pending.share)
    begun = begin(state, piece, headed, taken=frozenset(taken)) if headed is not None else []
    denied = pending.negated and not pending.none and state.last in pending.pieces[-1:]
    return [dearer(one) for one in begun] if denied and word.form == "noun" else begun


def _by_address(context: Context, top: Frame, word: EventWord) -> bool:
    """Whether what was taken for an address is rather the channel of what comes: of "with no email
    opens" nobody lacks an address."""
    address = context.catalogue.fields[top.field].role in _ADDRESSES if top.field else False
    return address and context.catalogue.events[word.event].role in _SENT_BY


def _money_before(word: EventWord, compare: object) -> bool:
    """Whether a number without a currency is what was spent: "more than 500 spent"."""
    plain = isinstance(compare, Compare) and not (compare.unit.times or compare.unit.unit)
    return plain and word.form == "spend"


def _counts(state: State) -> bool:
    """Whether only fillers stand between the number and what it counts."""
    for piece in reversed(state.path):
        if not isinstance(piece.payload, Structure):
            return True
        if piece.payload.flags & {"object", "preposition", "place_preposition", "by"}:
            return "filler" in piece.payload.flags
    return True


def measure(context: Context, state: State, piece: Piece) -> States:
    """A noun for an aggregate: average order value, number of orders."""
    assert isinstance(piece.payload, MeasureWord)
    return _measured_by(context, state, piece, piece.payload)


def _measured_by(context: Context, state: State, piece: Piece, word: MeasureWord) -> States:
    top, pending = state.top, state.pending
    measured = Measured(word.kind, word.of)
    ranking = state.event
    concept = top.vague.concept if top is not None and top.vague and not pending.connector else ""
    if (other := named_other(state, piece, word)) is not None:
        return other
    if found := highest(state, piece, word, concept):
        return found
    if ranking is not None and _says_what(ranking, word, measured):
        if pending.connector or pending.negated or pending.loose():
            return []
        filled = ranking._replace(event=word.event, form="measure", measured=measured, by=True)
        return fill(state, piece, state.open, filled)
    if top is not None and top.kind is FrameKind.HEADLESS and not pending.connector:
        if pending.loose() or pending.negated or not top.had_by(word.event):
            return []
        headed = top._replace(
            kind=FrameKind.EVENT, event=word.event, form="measure", measured=measured, share=None
        )
        whole = divided(headed, top.share)
        if whole is None:
            return []
        apart = of_anything(context, state)
        bare = Frame(FrameKind.EVENT, event=word.event, form="measure", measured=measured)
        others = begin(apart, piece, bare) if apart is not None else []
        return [*fill(state, piece, state.open, whole), *others]
    compare = pending.compare
    if compare is not None and not (isinstance(compare, Compare) and not compare.unit.times):
        return []
    frame = Frame(
        FrameKind.EVENT,
        event=word.event,
        form="measure",
        measured=measured,
        compare=compare,
        mode=pending.mode,
        versus=pending.versus,
    )
    taken = frozenset({"compare", "mode", "versus", "share"})
    shared = divided(frame, pending.share)
    if shared is None:
        return []
    frame = shared
    begun = begin(state, piece, frame, taken=taken)
    within = _of_open(state, piece, word, measured)
    if within and not begun and state.event is not None and state.event.restrictions:
        apart = state._replace(pending=pending._replace(connector="and"))
        begun = begin(apart, piece, frame, taken=taken)
    return [*begun, *within]


def _says_what(ranking: Frame, word: MeasureWord, measured: Measured) -> bool:
    """Whether the noun says what a ranking goes by, or only says it again: "most money spent"."""
    if ranking.kind is not FrameKind.RANK:
        return False
    again = ranking.event == word.event and ranking.form == "spend"
    return ranking.event is None or (again and ranking.measured == measured)


def _of_open(state: State, piece: Piece, word: MeasureWord, measured: Measured) -> States:
    """As in "orders of coffee, with a total of over 500": of those orders, or of all."""
    target, pending = state.event, state.pending
    if target is None or target.event != word.event or target.kind is not FrameKind.EVENT:
        return []
    if target.negated or target.compare or target.measured or target.distinct or target.which:
        return []
    if pending.connector not in ("", "comma") or pending.relative or pending.negated:
        return []
    if pending._replace(compare=None, mode="").loose() or state.open != len(state.frames) - 1:
        return []
    compare = pending.compare if isinstance(pending.compare, Compare) else None
    filled = target._replace(form="measure", measured=measured, compare=compare)
    return fill(state, piece, state.open, filled)
