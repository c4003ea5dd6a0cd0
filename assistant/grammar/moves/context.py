"""What all moves share: the shop's catalogue, the sentence's tokens, and how a frame begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.grammar.frames import Frame, FrameKind, Pending, State, flat, headless
from assistant.grammar.pieces import Connective, Negation, Piece, Sort, Structure, VagueWord
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import COMPARING, Shape, Token, written
from segments.catalogue import Attribute, Catalogue, Type

JOINING = frozenset({"and", "or", "comma", "nor"})
_NOUN_PART = frozenset({FrameKind.FIELD, FrameKind.VAGUE, FrameKind.RANK})
_DONE = frozenset({FrameKind.EVENT, FrameKind.HEADLESS})
NOUGHT = "0"  # the code of "none" where a count is told in classes
_NOTHING = Pending()
LAPSED = VagueWord("lapsed")  # the time without what was done once
GOODS = frozenset(
    {"product", "category", "subcategory", "product_type", "brand", "need", "department", "eco"}
)


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a move may look at beside the state."""

    shop: Shopbook
    tokens: tuple[Token, ...]

    @property
    def catalogue(self) -> Catalogue:
        """The shop's catalogue."""
        return self.shop.catalogue

    def words(self, piece: Piece) -> str:
        """The text of a piece, spaced as it was written."""
        return self.span(piece.start, piece.end)

    def span(self, start: int, end: int) -> str:
        """The text of the tokens from one to before another, spaced as it was written."""
        return written(self.tokens[start:end])

    def signed(self, frame: Frame) -> bool:
        """Whether a condition is written with a sign, as "age > 40", or is a bracket: then "and"
        binds tighter than "or", and "not" tightest, as wherever conditions are written so."""
        first, last = min(p.start for p in frame.pieces), max(p.end for p in frame.pieces)
        signs = {t.key for t in self.tokens[first:last] if t.shape is Shape.SIGN}
        return frame.kind is FrameKind.GROUP or bool(signs & COMPARING)

    def attribute(self, event: str, name: str) -> Attribute:
        """An attribute of an event."""
        return self.catalogue.events[event].attributes[name]

    def many(self, event: str | None, name: str) -> bool:
        """Whether a member or record can hold several values of it at once."""
        owner = self.catalogue.fields.get(name) if event is None else self.attribute(event, name)
        return owner is not None and owner.type is Type.LIST


def of_nobody(pending: Pending) -> bool:
    """Whether "who" or "where" and then "nobody" wait for a verb, and none for what it did."""
    words = (piece.payload for piece in pending.pieces)
    return pending.relative and any(isinstance(w, Negation) and w.of_them for w in words)


def nothing_done(frames: Sequence[Frame]) -> bool:
    """Whether no other deed was said: "visited and bought before" may be before that visit."""
    return not any(frame.kind in _DONE for frame in frames)


def _happened_first(state: State, frame: Frame) -> bool:
    """Whether something that happened stands behind a word for "after" that may also say by what
    something is told ("efter omsättning"), and so before what was said last."""
    if frame.kind not in _DONE or not state.frames:
        return False
    words = (piece.payload for piece in reversed(state.path))
    told = (word.flags for word in words if isinstance(word, Structure) and "by" in word.flags)
    return "afterwards" in next(told, frozenset())


def _but_thing(pending: Pending) -> bool:
    """Whether "but" stands for "except", and so before a thing: "anything but shampoo"."""
    said = (piece.payload for piece in pending.pieces)
    but = any(isinstance(each, Connective) and each.kind == "but" for each in said)
    return pending.connector == "except" and but


def begin(
    state: State, piece: Piece, frame: Frame, *, taken: frozenset[str] = frozenset()
) -> list[State]:
    """The state with a new frame that takes what is pending; none when it may not begin here.

    `taken` names the pending slots that the frame has already used."""
    pending = state.pending
    if pending.loose():
        left = pending._replace(**{name: getattr(_NOTHING, name) for name in taken})
        if left.loose():
            return []
    if not may_begin(state, frame) or (pending.must_negate and not pending.negated):
        return []
    if pending.link is not None and frame.kind not in _DONE:
        return []  # who somebody is comes after nothing
    verb = frame.kind is FrameKind.EVENT and frame.form == "verb"
    if pending.formerly and not (verb and nothing_done(state.frames)):
        return []  # "previously VIP": the data only say who is
    if pending.by and _happened_first(state, frame):
        return []  # "lojala efter en retur": of what came first, and no more to be true
    if _but_thing(pending) and (frame.kind is not FrameKind.HEADLESS or pending.negated):
        return []  # "bought something but opened nothing" excepts nothing
    apart = pending.connector or pending.relative or not _denied_next(state, frame)
    if pending.negated and lapsing(pending):
        if frame.kind is not FrameKind.EVENT or frame.form != "verb" or frame.window is not None:
            return []
        frame = frame._replace(window=LAPSED, negated=not frame.negated)
    made = frame._replace(
        pieces=(*pending.pieces, *frame.pieces, piece),
        connector=pending.connector if apart else "but",
        relative=pending.relative,
        ever=pending.ever or frame.ever,
        auxiliary=pending.auxiliary,
        negated=pending.negated != frame.negated,
        new_group=pending.new_group,
        either=pending.either,
        link=pending.link,
        bare=_after_word(state),
    )
    frames = (*state.frames, made)
    opened = state.open
    if frame.kind in (FrameKind.EVENT, FrameKind.HEADLESS, FrameKind.RANK):
        opened = len(frames) - 1
    elif pending.connector and not state_is_comma_clause(pending):
        opened = -1
    return [state._replace(frames=frames, open=opened, pending=after(pending))]


def _after_word(state: State) -> bool:
    """Whether the piece before is a connective in words, as "and", not a comma."""
    last = state.path[-1].payload if state.path else None
    return isinstance(last, Connective) and last.kind != "comma"


def state_is_comma_clause(pending: Pending) -> bool:
    """Whether the connector is only a comma before a relative clause."""
    return pending.connector == "comma" and pending.relative


def after(pending: Pending) -> Pending:
    """What is still pending once a frame has begun: that "neither" waits for its "nor", and "only"
    for its number."""
    both = pending.both if pending.both == "neither" else ""
    return Pending(both=both, only=pending.only) if both or pending.only else _NOTHING


def fill(state: State, piece: Piece, index: int, frame: Frame) -> list[State]:
    """The state with a frame filled by a piece, and what was pending taken by it.

    None when a negation, or a first or last, is pending that the frame has not taken: it must never
    get lost."""
    pending = state.pending
    if pending.which is not None and frame.which is None:
        return []
    taken = frame.negated != state.frames[index].negated or pending.connector == "nor"
    if (pending.negated and not taken) or pending.link is not None:
        return []
    if (pending.negated and lapsing(pending)) or pending.formerly:
        return []
    if pending.must_negate and not pending.negated:
        return []
    filled = frame._replace(pieces=(*frame.pieces, *pending.pieces, piece))
    return [state.put(index, filled, pending=after(pending))]


def lapsing(pending: Pending) -> bool:
    """Whether the negation that waits says that it was done once: "no longer"."""
    return any(isinstance(p.payload, Negation) and p.payload.lapsed for p in pending.pieces)


def complete(pending: Pending) -> bool:
    """Whether nothing is left waiting where a sentence or a bracket ends."""
    waiting = (
        pending.loose()
        or pending.both == "both"
        or pending.only
        or pending.every
        or pending.must_negate
        or pending.formerly
        or doing_nothing(pending)
    )
    return not (waiting or pending.negated or pending.connector not in ("", "comma"))


def doing_nothing(pending: Pending) -> bool:
    """Whether it was said that they have ever done something, and not what."""
    return pending.ever or pending.thing


def just_named(state: State) -> str | None:
    """The member field that was named last and has no test yet ("with a budget")."""
    top = state.top
    if top is None or top.kind is not FrameKind.FIELD or state.pending.connector:
        return None
    had = bool(top.known) and not top.negated and state.last is top.pieces[-1]
    return top.field if had or top.waiting() else None


def may_begin(state: State, frame: Frame) -> bool:
    """Whether a frame may stand here: after a connective, or among what says who they are."""
    pending = state.pending
    if not state.frames or pending.connector or pending.relative:
        return True
    if _denied_next(state, frame):
        return True
    if frame.kind is FrameKind.FIELD:
        return not any(
            other.kind is FrameKind.FIELD and other.field == frame.field
            for other in _conjunct(state)
        )
    if frame.kind in (FrameKind.VAGUE, FrameKind.RANK):
        return True
    before = state.frames[-1]
    lost = before.vague is not None and before.vague.concept == "churned"
    if lost and frame.kind is FrameKind.HEADLESS and frame.restrictions:
        return False  # "stopped buying tea" are not those who bought nothing more
    if before.link is not None and before.link.fronted and frame.kind in _DONE:
        return True  # "after their first visit bought shampoo"
    if frame.kind is FrameKind.HEADLESS and before.kind is FrameKind.GROUP:
        return True  # "(opened or clicked) the newsletter": said of all in the brackets
    if frame.kind is FrameKind.GROUP and before.fresh() and headless(frame):
        return True  # "bought (shampoo in 2025 or conditioner in 2024)"
    return all(_of_people(other) for other in _conjunct(state))


def _denied_next(state: State, frame: Frame) -> bool:
    """Whether it is one more thing, and not done: "put in the cart not bought"."""
    before = state.frames[-1] if state.frames else frame
    done = before.kind is FrameKind.EVENT and not before.negated and state.open >= 0
    return done and state.pending.negated and frame.kind is FrameKind.EVENT and frame.form == "verb"


def _of_people(frame: Frame) -> bool:
    """Whether a frame, or all that a bracket holds, says who they are and not what they did."""
    return all(
        one.kind in _NOUN_PART or (one.which is not None and one.which.newly)
        for one in flat([frame])
    )


def _conjunct(state: State) -> tuple[Frame, ...]:
    """The frames since the last connector, newest first."""
    found = []
    for frame in reversed(state.frames):
        found.append(frame)
        if frame.connector:
            break
    return tuple(found)


def acts(state: State) -> bool:
    """Whether the sentence began with what is to be done: "send an offer to"."""
    return any(piece.sort is Sort.ASIDE for piece in state.path)


def article(state: State) -> bool:
    """Whether "a" stands right before."""
    last = state.path[-1].payload if state.path else None
    return isinstance(last, Structure) and "one" in last.flags


def of_things(context: Context, frame: Frame) -> bool:
    """Whether it is goods that somebody can be interested in, not how or where they are bought."""
    said = [o for r in frame.restrictions for options in r.options for o in options if o.event]
    roles = {context.attribute(o.event, o.name).role for o in said if o.event is not None}
    return bool(roles) and roles <= GOODS
