"""Words that carry no condition themselves: structure, connectives, negation, first and last."""

from collections.abc import Sequence

from assistant.grammar.cutting import PARTICLE
from assistant.grammar.frames import THAN, Frame, FrameKind, Pending, State
from assistant.grammar.moves.brackets import leading
from assistant.grammar.moves.context import (
    Context,
    acts,
    doing_nothing,
    nothing_done,
    of_nobody,
    of_things,
)
from assistant.grammar.moves.denied_last import denied_last
from assistant.grammar.moves.edges import denied_edge, said_of_edge, timed_edge
from assistant.grammar.moves.every import containing, every_time
from assistant.grammar.moves.groupings import in_one
from assistant.grammar.moves.groups import as_that
from assistant.grammar.moves.numbers import may_be_age, without_unit
from assistant.grammar.moves.places import PLACES
from assistant.grammar.moves.sent import of_what_was_sent
from assistant.grammar.moves.sides import making_up, parted
from assistant.grammar.moves.signs import equals
from assistant.grammar.moves.solely import OTHER, but_so, nothing_else, only_after, verb_before
from assistant.grammar.moves.some_of import OF_THESE, some_of, told_of
from assistant.grammar.moves.verb_last import after_verb
from assistant.grammar.pieces import (
    Aside,
    Compare,
    Connective,
    EdgeWord,
    KnownWord,
    Mode,
    Negation,
    Owned,
    Piece,
    Sort,
    Structure,
    VagueWord,
)
from assistant.grammar.tokens import Shape
from segments.definition import RECORD, Operator

States = Sequence[State]

LETTERS = 3  # so short a filler is an article, or a letter
_BOTH = frozenset({"both", "filler"})  # "both" asks for two things
_ALL = frozenset({"every", "everybody"})
_INTENDED = frozenset({"infinitive"})
_EACH_OF = frozenset({"both", "every"})
_DONE = frozenset({"noun", "verb"})
_FRONTED = frozenset({Sort.WINDOW, Sort.VALUE})  # what a sentence may begin with, before its verb


def structure(context: Context, state: State, piece: Piece) -> States:
    """Fillers, nouns for members, relatives, auxiliaries, prepositions."""
    assert isinstance(piece.payload, Structure)
    flags = piece.payload.flags
    state = _called(context, _unfronted(context, state, flags), piece)
    pending = state.pending
    if as_that(state, flags) or (flags == {OF_THESE} and not some_of(state, piece)):
        return []
    if _whole(pending, flags) or ("filler" in flags and _after_literal(context, state, piece)):
        return []
    if (told := _of_all(state, flags)) is not None:
        return told
    if (linked := _linked(state, piece, flags)) is not None:
        return linked
    if ("end" in flags and pending.loose()) or (flags == _INTENDED and after_verb(state)):
        return []  # where verbs come last: what they are to do, not what they did
    if "among" in flags and (found := _among(state)) is not None:
        return found
    if _out_of_place(context, state, piece, flags):
        return []
    roles = {flag.removeprefix(PARTICLE) for flag in flags if flag.startswith(PARTICLE)}
    if roles and flags == {PARTICLE + role for role in roles}:
        event = context.catalogue.events.get(state.event.event or "") if state.event else None
        if event is None or event.role not in roles:
            return []
    state = containing(parted(state, flags), flags)
    if "object" in flags and (head := state.event) is not None and head.barely():
        one = head.one or "something" in flags  # "something for over 500 kr": for that one?
        state = state.put(state.open, head._replace(anything=True, one=one))
    member = "member" in flags and "filler" not in flags
    done = state.event is not None and not _subject(state, flags)
    if "pronoun" in flags and done and _stands_alone(context, state, piece):
        assert state.event is not None
        said = state.event._replace(pronoun=True)
        state = state.put(state.open, said)
    alltime = "any_time" in flags
    if alltime and state.event is not None and not (pending.connector or pending.relative):
        state = state.put(state.open, state.event._replace(ever=True))
        alltime = False
    opened = state.open
    if member and pending.connector and not pending.relative:
        opened = -1
    moved = pending._replace(
        relative=pending.relative or "relative" in flags,
        auxiliary=pending.auxiliary or "auxiliary" in flags,
        ever=pending.ever or alltime,
        thing=pending.thing or ("object" in flags and pending.relative and pending.auxiliary),
        place="place_preposition" in flags,
        by="by" in flags or (pending.by and not flags & {"relative", "auxiliary"}),
        new_group=pending.new_group
        or (member and bool(pending.connector) and not pending.relative),
        both="both" if "both" in flags and flags <= _BOTH else pending.both,
        either=pending.either or "either" in flags,
        of_these=pending.of_these or told_of(flags),
        every="every" in flags or (pending.every and not _of_people(state, flags)),
    )
    return [state._replace(pending=moved, open=opened)]


def _formerly(state: State) -> States:
    """As in "bought tea previously", and "previously bought tea": of something that was done."""
    top, pending, word = state.top, state.pending, state.path[-1].payload if state.path else None
    if state.frames and isinstance(word, Structure) and "ever" in word.flags:
        return []  # "köper mer än förut" compares
    if pending != Pending() or top is None:
        return [state._replace(pending=pending._replace(formerly=True))]
    done = top.kind is FrameKind.EVENT and top.form == "verb" and state.event is top
    plain = done and top.window is None and top.which is None
    return [state] if plain and nothing_done(state.frames[:-1]) else []


def _of_another(state: State) -> States:
    """As in "bought other hair care than shampoo": right after the verb."""
    target = state.event
    if target is None or state.pending != Pending() or not target.fresh():
        return []
    if target.form != "verb" or state.path[-1] is not target.pieces[-1]:
        return []
    return [state.put(state.open, target._replace(another=True))]


def _of_all(state: State, flags: frozenset[str]) -> States | None:
    """What "both" and "all" after so many things, or after a first or last, come to; or "other"
    before a thing, or "previously"."""
    if "another" in flags:
        return _of_another(state)
    if "formerly" in flags:
        return _formerly(state)
    told = _all_of_them(state, flags) if flags & _EACH_OF else None
    return said_of_edge(state, flags) if told is None else told


def _all_of_them(state: State, flags: frozenset[str]) -> States | None:
    """As in "exactly two orders, both in 2025" and "three orders, all of them in May": as many of
    the same, of which something is said; None where no number of things stands before."""
    top, pending = state.top, state.pending
    if top is None or top.form not in _DONE or not isinstance(top.compare, Compare):
        return None
    if pending.connector not in ("", "comma") or pending.relative or pending.negated:
        return None
    if state.open != len(state.frames) - 1 or top.compare.unit.money is not None:
        return None
    if top.negated:
        return []  # "not exactly two orders, both in 2025": it is the whole that is denied
    number, exactly = top.compare.test.values[0], top.compare.test.operator is Operator.EQ
    if pending.loose() or not exactly or ("both" in flags and number != 2):
        return []
    again = pending._replace(connector="comma", compare=top.compare)
    in_all = state.put(state.open, top._replace(ever=top.window is None))
    return [in_all._replace(pending=again)]


def _linked(state: State, piece: Piece, flags: frozenset[str]) -> States | None:
    """What is, or makes up, what comes next; None where the word is neither here."""
    if flags & {"equals", "unequal"}:
        return equals(state, negated="unequal" in flags)
    made = making_up(state, piece) if "makes_up" in flags else []
    return made if made or flags == {"makes_up"} else None


def _called(context: Context, state: State, piece: Piece) -> State:
    """Where members are called by a thing in one word with it, "hårvårdskunder": they bought it."""
    assert isinstance(piece.payload, Structure)
    head, event = state.event, context.catalogue.event_by_role("purchase")
    noun = "member" in piece.payload.flags and not context.tokens[piece.start].spaced
    if not noun or event is None or head is None or head.kind is not FrameKind.HEADLESS:
        return state
    if state.last not in head.pieces[-1:] or head.compare or not of_things(context, head):
        return state
    if not head.had_by(event.name) or head.sole >= 0 or state.pending.only:
        return state  # "only hair care customers": of whom, or what they bought?
    others = bool(head.connector) and not head.relative  # "women and hair care customers"
    bought = head._replace(
        kind=FrameKind.EVENT, event=event.name, form="verb", new_group=head.new_group or others
    )
    return state.put(state.open, bought)


def _unfronted(context: Context, state: State, flags: frozenset[str]) -> State:
    """Where only a place or a time was said so far, the comma before the noun for members parts
    nothing: "in Denmark, customers over 50"."""
    if "member" not in flags or "filler" in flags or not state.frames:
        return state
    if state.pending.connector != "comma" or state.pending.relative:
        return state
    said = (p.payload.flags for p in state.path if isinstance(p.payload, Structure))
    if any("member" in each and "filler" not in each for each in said):
        return state
    if not all(_where_or_when(context, frame) for frame in state.frames):
        return state
    return state._replace(pending=state.pending._replace(connector="", comma=False))


def _where_or_when(context: Context, frame: Frame) -> bool:
    if frame.kind is FrameKind.HEADLESS:
        return frame.window is not None and not (frame.restrictions or frame.compare)
    field = context.catalogue.fields.get(frame.field or "")
    return field is not None and field.role in PLACES and not frame.negated


def _among(state: State) -> States | None:
    """Whom a ranking is made among; nothing where a field before it waits for its value, and None
    where the word is one as any other."""
    if _ranked(state):
        return [_connected(state, "among")._replace(open=-1)]
    top = state.top
    ranks = any(frame.kind is FrameKind.RANK for frame in state.frames)
    return [] if ranks and top is not None and top.waiting() else None


def _whole(pending: Pending, flags: frozenset[str]) -> bool:
    """Whether only the whole is denied: "not both opened and clicked" denies neither of them, "not
    all men" no man."""
    return pending.negated and (bool(flags & _ALL) or ("both" in flags and flags <= _BOTH))


def _out_of_place(context: Context, state: State, piece: Piece, flags: frozenset[str]) -> bool:
    """Whether what was said before rules the word out."""
    if "auxiliary" in flags and of_nobody(state.pending):
        return True  # "where nobody has clicked" is of others than the customers
    if flags & {"preposition", "place_preposition"} and _object_said(state):
        return True  # "put it in the cart": of that thing, which is no article
    if "by" in flags and _after_window(state):
        return True  # "within 7 days after": of something else that happened
    if "object" in flags and _visited(context, state):
        return True  # one who returned something did not come back
    if "object" in flags and "something" not in flags and _got(context, state):
        return True  # "we sent goods to": no message
    if "pronoun" in flags and _of_nothing(context, state, piece):
        return True  # "not gold it": nothing was done with it
    if "object" in flags and _of_one(state):
        return True  # "first order over 3 products" is not of over 3 kronor
    top = state.top
    if "ever" in flags and top is not None and _right_after(state, piece, top.compare):
        return True  # in Swedish, "än" after "mer" is no "yet"
    member = "member" in flags and "filler" not in flags
    if member and top is not None and top.kind is FrameKind.HEADLESS and top.sole >= 0:
        return True  # "only online customers": only they, or those who only buy so?
    if member and state.pending.share is not None:
        return True  # "half of the customers" is a part of the segment, not of what they did
    if member and _just_meant(state):
        return True
    return member and (_is_verb(state, flags) or _names_thing(context, state, piece))


def _got(context: Context, state: State) -> bool:
    """Whether what comes is what they got, of which only messages are known."""
    head = state.event
    if head is None or head.form != "verb" or not head.barely():
        return False
    return context.catalogue.events[head.event or ""].role == "receive"


def _of_nothing(context: Context, state: State, piece: Piece) -> bool:
    """Whether a pronoun ends what it has no place in: right after a value or a number that says who
    they are. One that may be an article, too, is a pronoun where nothing comes after it."""
    top, last = state.top, state.path[-1] if state.path else None
    said = isinstance(last.payload, Structure) and "member" in last.payload.flags if last else False
    if top is None or top.kind is not FrameKind.FIELD or state.pending.connector:
        return False
    if not said and last is not top.pieces[-1]:
        return False
    assert isinstance(piece.payload, Structure)
    following = context.tokens[piece.end : piece.end + 1]
    ended = not following or following[0].shape is Shape.SIGN
    return ended or not piece.payload.flags & {"filler", "member", "relative", "place_preposition"}


def _right_after(state: State, piece: Piece, said: object) -> bool:
    """Whether a vague word that was said stands right before."""
    last = state.path[-1] if state.path else None
    vague = last is not None and isinstance(last.payload, VagueWord) and last.payload is said
    return vague and last is not None and last.end == piece.start


def _object_said(state: State) -> bool:
    """Whether "it" stands right before, after a verb that says nothing by itself."""
    said = [p.payload.flags if isinstance(p.payload, Structure) else () for p in state.path[-2:]]
    return len(said) == 2 and "light" in said[0] and "pronoun" in said[1]


def _just_meant(state: State) -> bool:
    """Whether a pronoun right before stands for a thing: "bought them customers" is nothing."""
    last = state.path[-1].payload if state.path else None
    said = isinstance(last, Structure) and "pronoun" in last.flags
    return said and state.event is not None and state.event.pronoun


def _is_verb(state: State, flags: frozenset[str]) -> bool:
    """Whether a noun for members is a verb here, right after "who": in Danish "bruger" is both."""
    said = [p.payload.flags for p in state.path if isinstance(p.payload, Structure)]
    clause = bool(said) and "relative" in said[-1] and state.path[-1].sort is Sort.STRUCTURE
    return clause and flags == {"member"} and any("member" in f for f in said)


def _after_window(state: State) -> bool:
    """Whether a part of time was just said, and nothing is ranked."""
    window = bool(state.path) and state.path[-1].sort is Sort.WINDOW
    return window and all(frame.kind is not FrameKind.RANK for frame in state.frames)


def _ranked(state: State) -> bool:
    """Whether a ranking stands complete right before, so that "among" says whom it is made of."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.RANK or not (top.most or top.event is not None):
        return False
    return pending.connector in ("", "comma") and not (pending.relative or pending.loose())


def _visited(context: Context, state: State) -> bool:
    """Whether a visit was said right before: it has no object."""
    target = state.event
    if target is None or target.event is None or state.pending.connector:
        return False
    if not target._replace(kind=FrameKind.EVENT, which=None).barely():
        return False
    return context.catalogue.events[target.event].role == "visit" and state.last in target.pieces


def _of_one(state: State) -> bool:
    """Whether a plain number was just taken for what a first or last came to."""
    top, last = state.top, state.last
    return top is not None and top.edged() and last is not None and last.sort is Sort.COMPARE


def _after_literal(context: Context, state: State, piece: Piece) -> bool:
    """Whether it may be more of the text before it: "starts with an A" is not about "an"."""
    last = state.path[-1] if state.path else None
    short = len(context.words(piece)) <= LETTERS
    return last is not None and last.sort is Sort.LITERAL and short


def _names_thing(context: Context, state: State, piece: Piece) -> bool:
    """Whether a noun for members is a value of what was just said to be done, as "the account" is a
    topic of those who called: then it is never passed over as a word for people."""
    target, pending = state.event, state.pending
    if target is None or pending.connector or pending.relative:
        return False
    said = context.tokens[piece.start : piece.end]
    found = context.shop.words.named(token.key for token in said)
    return any(isinstance(word, Owned) and word.event == target.event for _, word in found)


def _of_people(state: State, flags: frozenset[str]) -> bool:
    """Whether "all" has found its people: "all customers", "all who", "all of them"; but not in
    "bought everything from Lugn"."""
    early = state.event is None and bool(flags & {"place_preposition", "pronoun"})
    return early or bool(flags & {"member", "relative", "auxiliary", "end"})


def _subject(state: State, flags: frozenset[str]) -> bool:
    """Whether it is who did it, as in "last autumn bought they": after the verb of a sentence that
    began with a time or a thing."""
    target = state.event
    if "subject" not in flags or target is None or len(state.frames) > 1:
        return False
    verb = target.pieces[-1]
    fronted = any(p.sort in _FRONTED and p.start < verb.start for p in target.pieces)
    return fronted and verb.sort is Sort.EVENT and state.path[-1] is verb and not target.relative


def _stands_alone(context: Context, state: State, piece: Piece) -> bool:
    """Whether a word that can be an article is a pronoun: right after the verb, or last."""
    assert isinstance(piece.payload, Structure)
    assert state.event is not None
    if state.pending.connector or state.pending.relative:
        return False
    following = context.tokens[piece.end : piece.end + 1]
    last = not following or following[0].shape is Shape.SIGN
    article = bool(piece.payload.flags & {"filler", "member", "relative"})
    after_verb = bool(state.path) and state.path[-1] is state.event.pieces[-1]
    return last or after_verb or not article


def connective(context: Context, state: State, piece: Piece) -> States:
    """And, or, but, except, without, neither, nor, comma."""
    assert isinstance(piece.payload, Connective)
    kind = "and" if piece.payload.kind == "but_also" else piece.payload.kind
    pending = state.pending
    if kind == "neither" and (pending.negated or _denied(state)):
        return [state]  # "without either … or", as some languages say it
    if pending.loose() or pending.negated or _or_more(context, piece) or _told(state, piece):
        return []
    if kind == "comma":
        return [state if pending.connector else _connected(state, "comma")]
    if state.frames and doing_nothing(pending):
        return []  # "who have put something in it, and …" is no clause to be left out
    if led := leading(state, kind):
        return led
    if kind == "neither":
        negated = pending._replace(negated=True, both="neither", pieces=(*pending.pieces, piece))
        return [state._replace(pending=negated), *_neither_of(state, piece)]
    if kind == "nor" or (kind == "or" and pending.both == "neither"):
        return _nor(state, piece)
    if kind == "but" and _but_for(state):
        contrast = pending._replace(connector="but", must_negate=True)
        so = [*but_so(state, piece), *_anything_but(state, piece)]
        return [state._replace(pending=contrast), *so] if not pending.connector else []
    if kind == "but" and not state.frames:
        # "customers, but not in Bergen"; first of all, or in another language, it is another word
        return [state] if state.path and not piece.payload.foreign else []
    if not _follows(pending.connector, kind) or (not state.frames and kind in ("and", "or")):
        return []
    if kind == "without":
        denied = bool(state.frames) and state.frames[-1].negated and not pending.relative
        if denied and not _so_many_records(state):
            return []  # in Swedish "inte X utan Y" is "not X but Y"
        moved = pending._replace(
            connector="without", negated=True, none=True, pieces=(*pending.pieces, piece)
        )
        return [state._replace(pending=moved)]
    if kind == "except":
        moved = pending._replace(connector="except", pieces=(*pending.pieces, piece))
        return [state._replace(pending=moved, open=-1), *but_so(state, piece)]
    return [_connected(state, kind)]


def _told(state: State, piece: Piece) -> bool:
    """Whether "but also" comes after "not only" that was read by itself: "not only online"."""
    assert isinstance(piece.payload, Connective)
    return piece.payload.kind == "but_also" and state.top is not None and state.top.sole >= 0


def _or_more(context: Context, piece: Piece) -> bool:
    """Whether it is the sign of "gold+", which hangs on the word before it."""
    sign, *after = context.tokens[piece.start : piece.end + 1]
    ended = not after or after[0].spaced or after[0].shape is Shape.SIGN
    return sign.key == "+" and not sign.spaced and ended


def _so_many_records(state: State) -> bool:
    """Whether a number of something was just said: "don't have at least one order without"."""
    top = state.frames[-1]
    counted = top.form == "noun" and top.compare is not None and not top.restrictions
    return counted and bool(state.path) and state.path[-1] is top.pieces[-1]


def _denied(state: State) -> bool:
    """Whether a verb stands denied right before, so that "neither" only says so again."""
    top = state.top
    fresh = top is not None and top.negated and state.open == len(state.frames) - 1
    return fresh and not (state.pending.connector or state.pending.relative)


def _neither_of(state: State, piece: Piece) -> States:
    """As in "bought neither": the verb is denied, and its other thing comes after "nor"."""
    top, pending = state.top, state.pending
    if top is None or state.open != len(state.frames) - 1 or not top.fresh() or top.negated:
        return []
    if pending.connector or pending.negated or pending.loose():
        return []
    denied = state.put(state.open, top._replace(negated=True, pieces=(*top.pieces, piece)))
    return [denied._replace(pending=pending._replace(both="neither"))]


def _but_for(state: State) -> bool:
    """Whether "but" may mean "except": "anything but shampoo", "all but gold"."""
    last = state.path[-1] if state.path else None
    if last is None or not isinstance(last.payload, Structure):
        return last is not None and last.sort is Sort.NEGATION
    return bool(last.payload.flags & {"object", "every", "member"})


def _anything_but(state: State, piece: Piece) -> States:
    """As in "bought anything but shampoo": it is excepted."""
    top, last = state.top, state.path[-1].payload if state.path else None
    if top is None or not top.anything or top.negated or not isinstance(last, Structure):
        return []
    if "object" not in last.flags or not top.fresh():
        return []
    away = Pending(connector="except", pieces=(piece,))
    return [state._replace(pending=away, open=-1)]


def _connected(state: State, kind: str) -> State:
    if kind == "comma" and not state.frames:
        return state
    comma = state.pending.connector == "comma"
    return state._replace(pending=state.pending._replace(connector=kind, comma=comma))


def _nor(state: State, piece: Piece) -> States:
    if not state.frames or not state.frames[-1].negated:
        return []
    pieces = (*state.pending.pieces, piece)
    moved = state.pending._replace(connector="nor", negated=True, both="", pieces=pieces)
    return [state._replace(pending=moved)]


def _follows(before: str, kind: str) -> bool:
    if before in ("", "comma"):
        return True
    return before in ("and", "but") and kind in ("without", "except")


def negation(context: Context, state: State, piece: Piece) -> States:
    """Not, never, no: joins a verb just said, else waits for what comes."""
    assert isinstance(piece.payload, Negation)
    pending = state.pending
    if pending.negated or pending.compare or pending.known is not None:
        return []
    top = state.top
    if piece.payload.lapsed:
        return [] if pending.loose() else [_denied_from(state, piece)]
    if denied := denied_edge(state, piece):
        return [denied]
    if (apart := denied_last(context, state, piece)) is not None:
        return [apart]
    bare = not (pending.connector or pending.relative or pending.auxiliary)
    prefix = context.words(piece).endswith("-")  # "bought non-eco products" denies no verb
    if (
        top is not None
        and not prefix
        and top.kind is FrameKind.EVENT
        and (
            top.fresh() or _by_them(state, top) if top.form in ("verb", "spend") else _measures(top)
        )
        and state.open == len(state.frames) - 1
        and (bare or (_measures(top) and not (pending.connector or pending.relative)))
    ):
        if top.negated:
            return []
        none = piece.payload.none and not piece.payload.of_them
        nothing = top.anything or none  # "opened nothing"
        negated = top._replace(negated=True, anything=nothing, pieces=(*top.pieces, piece))
        return [state.put(state.open, negated)]
    return [_denied_from(state, piece)]


def _by_them(state: State, top: Frame) -> bool:
    """Whether who did it stands after the verb and before the word: "shampoo bought they not"."""
    last = state.path[-1].payload if state.path else None
    who = isinstance(last, Structure) and "subject" in last.flags
    return (
        who and not top.negated and state.last is top.pieces[-1] and state.last.sort is Sort.EVENT
    )


def _denied_from(state: State, piece: Piece) -> State:
    """The state where a negation waits for what comes."""
    assert isinstance(piece.payload, Negation)
    pending = state.pending
    moved = pending._replace(negated=True, none=piece.payload.none, pieces=(*pending.pieces, piece))
    return state._replace(pending=moved)


def _measures(frame: Frame) -> bool:
    """Whether a measure was named and its number is still to come: "whose total is not over 5"."""
    return frame.form == "measure" and frame.compare is None


def edge(context: Context, state: State, piece: Piece) -> States:
    """First or last: waits for its event, or is said after its verb."""
    assert isinstance(piece.payload, EdgeWord)
    if piece.payload.after:
        return timed_edge(state, piece)
    if piece.payload.part:
        return [*_part_of_edge(state, piece), *of_what_was_sent(context, state, piece)]
    last = state.path[-1].payload if state.path else None
    whose = isinstance(last, Structure) and "relative" in last.flags
    if state.pending.loose() or (piece.payload.bare and state.path and not whose):
        return []
    none = piece.payload.none
    if none and state.pending.negated:
        return []
    moved = state.pending._replace(which=piece.payload, pieces=(*state.pending.pieces, piece))
    waiting = state._replace(pending=moved._replace(negated=moved.negated or none))
    return [waiting, *timed_edge(state, piece), *of_what_was_sent(context, state, piece)]


def _part_of_edge(state: State, piece: Piece) -> States:
    """As in "after at least two of their last five": so many of them."""
    assert isinstance(piece.payload, EdgeWord)
    pending = state.pending
    if not isinstance(pending.compare, Compare) or pending._replace(compare=None).loose():
        return []
    moved = pending._replace(which=piece.payload, pieces=(*pending.pieces, piece))
    return [state._replace(pending=moved)]


def mode(context: Context, state: State, piece: Piece) -> States:
    """In total, in one order, on average."""
    assert isinstance(piece.payload, Mode)
    kind = piece.payload.kind
    target = state.event
    pending = state.pending
    states = []
    if kind == "single" and target is not None and target.negated and target.barely():
        states.append(state)  # "haven't opened a single one"
    if kind == "not_both":
        return _not_both(state, piece)
    if kind in ("alone", "and_more"):
        return nothing_else(context, state, piece, more=kind == "and_more")
    if kind == OTHER and not verb_before(state):
        return []
    if kind in ("only", "always", "usually", OTHER):
        moved = pending._replace(only=kind, pieces=(*pending.pieces, piece))
        ended = every_time(context, state, piece) if kind == "always" else []
        ended = only_after(context, state, piece) if kind == "only" else ended
        return ended if pending.only else [state._replace(pending=moved), *ended]
    if (
        target is not None
        and target.kind is not FrameKind.FIELD
        and target.connector != THAN  # "than the average order value"
        and not target.mode
        and not pending.connector
        and not pending.loose()
        and not pending.negated
    ):
        filled = target._replace(mode=kind, pieces=(*target.pieces, piece))
        states.append(state.put(state.open, filled))
    if kind == "single":
        states += in_one(state, piece, RECORD)
    said = pending.compare
    totals = kind == "total" and not pending.mode and piece.end == len(context.tokens)
    if totals and isinstance(said, Compare) and not may_be_age(said):
        states += without_unit(context, state, piece, said, kind)
    if not pending.mode and not pending.which:
        moved = pending._replace(mode=kind, pieces=(*pending.pieces, piece))
        states.append(state._replace(pending=moved))
    return states


def _not_both(state: State, piece: Piece) -> States:
    """As in "bought tea or coffee but not both": after two things of one clause, or after two
    that were done ("opened or clicked but not both")."""
    target, pending = state.event, state.pending
    ended = pending._replace(connector="") == Pending() and pending.connector in ("", "comma")
    if target is not None and ended and _two_done(state):
        told = target._replace(not_both=True, pieces=(*target.pieces, piece))
        return [state.put(state.open, told, pending=Pending())]
    last = target.restrictions[-1] if target is not None and target.restrictions else None
    if target is None or last is None or state.open != len(state.frames) - 1:
        return []
    two = len(last.options) == 2 and last.joint == "or" and not target.negated
    if not two or target.connector == "or" or pending._replace(connector="") != Pending():
        return []
    if pending.connector not in ("", "comma"):
        return []
    told = target._replace(not_both=True, pieces=(*target.pieces, piece))
    return [state.put(state.open, told, pending=Pending())]


def _two_done(state: State) -> bool:
    """Whether two things that were done stand last, of which "or" asks one."""
    done = state.frames[-2:]
    if len(done) < 2 or state.open != len(state.frames) - 1:
        return False
    joined = [frame.connector for frame in state.frames]
    if joined[-1] != "or" or joined[-2] not in ("", "but") or joined.count("or") > 1:
        return False
    plain = not any(frame.negated or frame.new_group for frame in done[1:])
    return plain and not done[0].negated and all(f.kind is FrameKind.EVENT for f in done)


def known(context: Context, state: State, piece: Piece) -> States:
    """Known or lacking: waits for its field, or says so of the field just named."""
    assert isinstance(piece.payload, KnownWord)
    if state.pending.loose():
        return []
    top = state.top
    if top is not None and top.waiting() and not state.pending.connector:
        if state.last is not top.pieces[-1]:
            return []  # something else was said in between
        return [_known_of_each(state, piece, lacking=not piece.payload.known)]
    moved = state.pending._replace(
        known=piece.payload.known,
        relative=state.pending.relative or piece.payload.relative,
        pieces=(*state.pending.pieces, piece),
    )
    return [state._replace(pending=moved)]


def _known_of_each(state: State, piece: Piece, *, lacking: bool) -> State:
    """Said of the field just named and of those in one list with it: "phone or city is missing"."""
    first = len(state.frames) - 1
    while first and _listed(state.frames[first]) and state.frames[first - 1].waiting():
        first -= 1
    told = tuple(
        frame._replace(known=True, negated=frame.negated != lacking, pieces=(*frame.pieces, piece))
        for frame in state.frames[first:]
    )
    return state._replace(frames=(*state.frames[:first], *told))


def _listed(frame: Frame) -> bool:
    """Whether a field is one more of a list."""
    return frame.connector in ("and", "or", "comma") and not (frame.relative or frame.negated)


def distinct(context: Context, state: State, piece: Piece) -> States:
    """Different: waits for what differs, after a number."""
    last = state.path[-1] if state.path else None
    most = last is not None and last.sort is Sort.MOST
    if (state.pending.compare is None and not most) or state.pending.distinct:
        return []
    moved = state.pending._replace(distinct=True, pieces=(*state.pending.pieces, piece))
    return [state._replace(pending=moved)]


def aside(context: Context, state: State, piece: Piece) -> States:
    """What is to be done with them: before everything else, or at the end of a sentence that began
    so. It limits nobody."""
    assert isinstance(piece.payload, Aside)
    if state.pending != Pending() and not state.pending.relative:
        return []
    if not piece.payload.trail:
        return [] if state.frames or acts(state) else [state]
    following = context.tokens[piece.end : piece.end + 1]
    return [state] if acts(state) and not (following and following[0].shape is Shape.WORD) else []


def as_of(_context: Context, state: State, _piece: Piece) -> States:
    """The day that today is taken to be: after something said, once, and nothing hangs on it."""
    again = any(piece.sort is Sort.AS_OF for piece in state.path)
    pending = state.pending._replace(pieces=())
    if again or not state.frames or pending not in (Pending(), Pending(connector="comma")):
        return []
    return [state._replace(pending=Pending())]


def unknown(context: Context, state: State, piece: Piece) -> States:
    """A word that fits nowhere: passed over."""
    return [state]
