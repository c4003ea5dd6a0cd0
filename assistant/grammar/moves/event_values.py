"""Named values of what members do: of the open event, or waiting for their event."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.beside import named_beside
from assistant.grammar.moves.context import JOINING, Context, acts, article, begin, fill
from assistant.grammar.moves.groups import favoured_value, lacks_in_record, without
from assistant.grammar.moves.joining import apart, joined, owned_by, plain
from assistant.grammar.moves.of_nouns import OF_NOUN
from assistant.grammar.moves.places import PLACES
from assistant.grammar.moves.quotes import literal, searches
from assistant.grammar.moves.rankings import spends_on
from assistant.grammar.moves.sent import of_sent, waits_for_sent
from assistant.grammar.moves.solely import all_so, not_only, only_alone, only_too
from assistant.grammar.moves.some_of import SOME, listing_all, some_of
from assistant.grammar.moves.verb_last import verb_follows
from assistant.grammar.pieces import Compare, Owned, Piece, Sort, Structure, VagueWord
from segments.definition import Reach

States = Sequence[State]
YEARS = 1000  # from here on a bare number may be a year
_NAMED = {"store": ("channel", "store"), "campaign": ("campaign_kind", "campaign")}
_PREPOSITIONS = frozenset({"preposition", "place_preposition"})
_OFFERS = frozenset({"on_sale", "discount_code"})


def event_value(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """A value of an attribute: of the open event, joined to its last one, or without an event."""
    state = listing_all(state)
    target, pending = state.event, state.pending
    said = _untied(state, said)
    if not said.options:
        return []
    if waits_for_sent(state):
        return of_sent(context, state, piece, said)
    events = {o.event for o in said.options[0]}
    unheaded = target is None or target.event is None or pending.connector
    if pending.every or (pending.only and unheaded):
        people = pending.every and unheaded and not pending.only
        return (_of_all_people if people else _only_here)(context, state, piece, said)
    if target is not None and target.event is None:
        return _headless_value(context, state, piece, said)
    newest = state.open == len(state.frames) - 1
    if target is not None and target.event not in events and newest and searches(context, target):
        return literal(context, state, piece) if not pending.connector else []
    if target is None or target.event not in events:
        return _new_headless(context, state, piece, said)
    if target.whole() or _of_named_people(context, state, target):
        return []
    ordered = [sorted(each, key=lambda o: o.event != target.event) for each in said.options]
    said = replace(said, options=tuple(map(tuple, ordered)))
    if pending.beside or (target.beside and pending.connector):
        return named_beside(state, piece, said)
    if target.beside:
        return []  # "together with soap on sale": the one, or both?
    if target.favourite is not None and not _of_records(target, said):
        return favoured_value(state, piece, target, said)
    if lacks_in_record(state, target):
        return without(state, piece, target, said)
    if pending.connector and target.edged():
        return [*_extended(state, piece, target, said), *_of_edge_too(context, state, piece, said)]
    if pending.connector:
        waiting = _new_headless(context, state, piece, said) if verb_follows(state) else []
        return [*_extended(state, piece, target, said), *_elliptic(state, piece, said), *waiting]
    return _of_open(context, state, piece, said)


def _of_named_people(context: Context, state: State, target: Frame) -> bool:
    """As in "got the loyal customer email": a letter called by its people, which is no channel."""
    top, pending = state.top, state.pending
    if top is None or top is target or pending.connector or pending.relative:
        return False
    field = context.catalogue.fields.get(top.field or "")
    got = context.catalogue.events[target.event or ""].role == "receive" and target.fresh()
    who = field is not None and field.role not in PLACES and bool(top.restrictions)
    return got and (who or top.kind is FrameKind.VAGUE)


def _of_all_people(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """As in "all shampoo buyers": that it is all of those people has yet to be said."""
    free = state._replace(pending=state.pending._replace(every=False))
    begun = _new_headless(context, free, piece, said)
    return [one._replace(pending=one.pending._replace(every=True)) for one in begun]


def _only_here(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """As in "only in store", of what is bought; or "bought shampoo, but only in store"."""
    if state.pending.every:
        return []  # "opened all newsletters" is not "opened one"
    if state.pending.connector in ("", "comma") and state.event is None:
        free = state._replace(pending=state.pending._replace(only=""))
        return only_alone(state, _new_headless(context, free, piece, said))
    return only_too(state, piece, said)


def _of_records(target: Frame, said: Restriction) -> bool:
    """Whether it says more of the records in which something is most common, before that is said:
    "most common topic in their support tickets by phone"."""
    told = {o.name for r in target.restrictions for o in r.options[0] if o.event == target.event}
    owners = {o.name for options in said.options for o in options if o.event == target.event}
    return target.form == OF_NOUN and not {target.favourite} & (told | owners)


def _untied(state: State, said: Restriction) -> Restriction:
    """Without what may only stand in a list after a value of the same, "by card or invoice", or
    after another preposition: "from the app"."""
    if not any(o.tied for options in said.options for o in options):
        return said
    head, connected = state.event, state.pending.connector
    before = head.restrictions[-1:] if head and connected else ()
    listed = {(o.event, o.name) for r in before for o in r.options[-1]}
    if head and head.event and not connected and _prepositioned(state):
        options = (o for each in said.options for o in each)
        listed = {(o.event, o.name) for o in options if o.event == head.event}
    kept = tuple(
        tuple(replace(o, tied=False) for o in options if not o.tied or (o.event, o.name) in listed)
        for options in said.options
    )
    return replace(said, options=kept if all(kept) else ())


def _prepositioned(state: State) -> bool:
    last = state.path[-1].payload if state.path else None
    return isinstance(last, Structure) and not last.flags.isdisjoint(_PREPOSITIONS)


def _of_open(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """A value of the open event."""
    target, pending = state.event, state.pending
    assert target is not None
    owner = said.options[0][0]
    chosen = target.chosen.restrictions if target.chosen is not None else ()
    if pending.negated and pending.only == "only" and (free := not_only(state)):
        return _of_open(context, free, piece, said)
    if pending.negated or any(_same(r, said) for r in target.restrictions[len(chosen) :]):
        many = context.many(owner.event, owner.name)
        if pending.negated or not many:
            return []
    adjacent = state.last is not None and state.last.end == piece.start
    if adjacent and target.form == "spend" and _used(context, piece, owner):
        return []
    of_these = some_of(state)
    things = of_these == SOME or (_of_things(pending.compare) and adjacent)
    if things and (target.compare is not None or target.form not in ("verb", "buyers")):
        return []
    if pending._replace(attribute=(), equals=False, compare=None, of_these="").loose():
        return []
    if pending.compare is not None and not things:
        return []
    if pending.attribute and (owner.event, owner.name) not in pending.attribute:
        return []
    before = target.restrictions
    if adjacent and before and _names_shop(context, before[-1], owner):
        before = before[:-1]
    filled = target._replace(restrictions=(*before, _any_of(said) if pending.attribute else said))
    if pending.only or (target.every and target.sole < 0):
        return all_so(state, piece, target, filled)
    if pending.both == "both" and target.form == "noun":
        filled = filled._replace(both=True)
    if article(state):
        filled = filled._replace(one=True)  # "bought a jacket for over 1000 kr": for that one?
    filled = filled._replace(of_these=of_these or filled.of_these)
    if things:
        filled = filled._replace(compare=pending.compare, counts_things=True)
    return fill(state, piece, state.open, filled)


def _of_things(said: Compare | VagueWord | None) -> bool:
    """Whether a number says of how many things, and not how many times."""
    return isinstance(said, Compare) and not said.unit.times


def _names_shop(context: Context, before: Restriction, owner: Owned) -> bool:
    """Whether "in the store" only says of what the name right after it is: "in the store Solna",
    "the campaign Black Week"."""
    kind = _NAMED.get(context.attribute(owner.event or "", owner.name).role or "")
    if kind is None or before.negated:
        return False
    such = set(context.shop.role_values(*kind))
    return len(before.options) == 1 and bool(such & set(before.options[0]))


def _used(context: Context, piece: Piece, owner: Owned) -> bool:
    """Whether a verb of spending has the app or the store as its object, without "in": in some
    languages it is the verb for using as well."""
    places = ("app", "store")
    used = any(owner in context.shop.role_values("channel", place) for place in places)
    return used and piece.end - piece.start == 1


def _any_of(said: Restriction) -> Restriction:
    """A list after the word for its attribute names alternatives: "category in (a, b)"."""
    listed = len(said.options) > 1 and not said.joint
    return replace(said, joint="or") if listed else said


def _same(before: Restriction, said: Restriction) -> bool:
    return before.options[0][0].name == said.options[0][0].name


def _extended(state: State, piece: Piece, target: Frame, said: Restriction) -> States:
    if state.pending.connector not in JOINING or not plain(state) or not target.restrictions:
        return []
    if state.open != len(state.frames) - 1 or not _same(target.restrictions[-1], said):
        return []
    if apart(state, target.restrictions[-1]):
        return []
    made = joined(target.restrictions[-1], said, state.pending.connector)
    filled = target._replace(restrictions=(*target.restrictions[:-1], made))
    return fill(state, piece, state.open, filled)


def _elliptic(state: State, piece: Piece, said: Restriction) -> States:
    """A value after a connector that takes over the verb: "shampoo but not conditioner"."""
    target = state.event
    assert target is not None
    pending = state.pending
    if pending.connector == "comma" and pending.negated:
        state = state._replace(pending=pending._replace(connector="but"))  # "in store, not online"
        pending = state.pending
    if pending.connector in ("comma", "except") or pending.relative:
        return []
    owner = said.options[0][0]
    if pending.attribute and (owner.event, owner.name) not in pending.attribute:
        return []
    same = bool(target.restrictions) and _same(target.restrictions[-1], said)
    listed = len(said.options) > 1  # "shampoo and (soap or oil)": in brackets, so a part of its own
    if (
        same
        and not (pending.negated or pending.compare)
        and pending.connector in JOINING
        and not (listed or target.window)
    ):
        return []
    things = target.counts_things and isinstance(pending.compare, Compare)
    of_these = some_of(state)
    things = (things and _counted(state, piece)) or of_these == SOME
    things = things and not pending.negated
    if target.kind is not FrameKind.EVENT or (target.compare and not (pending.negated or things)):
        return []
    frame = Frame(
        FrameKind.EVENT,
        event=target.event,
        form=target.form,
        restrictions=(said,),
        elliptic=True,
        of_these=of_these,
    )
    if not things:
        return begin(state, piece, frame, taken=frozenset({"attribute", "of_these"}))
    frame = frame._replace(compare=pending.compare, counts_things=True)
    return begin(state, piece, frame, taken=frozenset({"attribute", "compare", "of_these"}))


def _of_edge_too(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """One more thing said of the first or last: "whose last order was in store and on sale". Of
    all, or of any one of several, it is said of the same ones."""
    target, pending = state.event, state.pending
    if target is None or target.which is None or target.chosen is None:
        return []
    named = not pending.attribute or {(o.event, o.name) for o in said.options[0]} & {
        *pending.attribute
    }
    if pending.relative or not named or state.open != len(state.frames) - 1:
        return []
    if pending._replace(attribute=()).loose():
        return []
    after = target.restrictions[len(target.chosen.restrictions) :]
    if any(_same(r, said) for r in after) and not pending.negated:
        return []  # the values of one attribute are listed
    parts = [each for each in (*after, said) if _of_part(context, each)]
    if pending.connector == "and" and target.negated and not pending.negated:
        return []  # "was not in store and on sale": not both, or neither?
    if pending.connector == "and" and not pending.negated and len(parts) < 2:
        filled = target._replace(restrictions=(*target.restrictions, said))
        return fill(state, piece, state.open, filled)
    if target.which.reach is not Reach.NTH or pending.connector in ("comma", "except"):
        return []
    again = target.chosen._replace(
        chosen=target.chosen,
        restrictions=(*target.chosen.restrictions, said),
        pieces=(),
        negated=False,
        elliptic=True,
    )
    return begin(state, piece, again)


def _of_part(context: Context, said: Restriction) -> bool:
    owner = said.options[0][0]
    attribute = context.attribute(owner.event or "", owner.name)
    return attribute.path is None and attribute.part is not None


def _headless_value(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    target, pending = state.event, state.pending
    assert target is not None
    owner = said.options[0][0]
    if not pending.connector:
        if pending.negated or pending.loose():
            return []
        if any(
            _same(r, said) and not context.many(owner.event, owner.name)
            for r in target.restrictions
        ):
            return []
        filled = target._replace(restrictions=(*target.restrictions, said))
        return fill(state, piece, state.open, filled)
    if pending.connector in JOINING and plain(state) and target.restrictions:
        before = target.restrictions[-1]
        shared = owned_by(said, {(o.event, o.name) for o in before.options[0]})
        if all(shared.options):
            made = joined(before, shared, pending.connector)
            filled = target._replace(restrictions=(*target.restrictions[:-1], made))
            return fill(state, piece, state.open, filled)
    return _new_headless(context, state, piece, said)


def _new_headless(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """A value that waits for its event; of the attribute only that was named before it."""
    named = state.pending.attribute
    if named:
        said = _any_of(owned_by(said, named))
    options = said.options[0]
    if not options or _offered(context, state, options) or _agreed(context, state, options):
        return []
    pending = state.pending
    taken = {"attribute", "equals", "interest", "which", "versus", "share", "of_these"}
    frame = Frame(FrameKind.HEADLESS, restrictions=(said,), interest=pending.interest)
    if (spent := spends_on(context, state, piece, frame)) is not None:
        return spent
    frame = frame._replace(which=pending.which, versus=pending.versus, share=pending.share)
    of_these = some_of(state)
    if isinstance(pending.compare, Compare) and (of_these == SOME or _counted(state, piece)):
        frame = frame._replace(compare=pending.compare, counts_things=True)
        taken.add("compare")
    if of_these and not frame.which:
        frame = frame._replace(of_these=of_these)
    return begin(state, piece, frame, taken=frozenset(taken))


def _counted(state: State, piece: Piece) -> bool:
    """Whether a number of things stands right before: "at least three shampoos …"; one of four
    digits alone is a year."""
    compare, last = state.pending.compare, state.path[-1]
    if not isinstance(compare, Compare) or compare.unit.times or last.sort is not Sort.COMPARE:
        return False
    number = compare.test.values[0]
    return not (compare.bare and isinstance(number, int) and number >= YEARS)


def _offered(context: Context, state: State, options: tuple[Owned, ...]) -> bool:
    """Whether it is an offer to be made, as in "remind them with a discount"."""
    roles = {context.attribute(o.event, o.name).role for o in options if o.event is not None}
    last = state.path[-1].payload if state.path else None
    article = isinstance(last, Structure) and "filler" in last.flags
    return article and acts(state) and bool(roles & _OFFERS)


def _agreed(context: Context, state: State, options: tuple[Owned, ...]) -> bool:
    """Whether it is one more channel that was agreed to, as in "consent to e-mail and SMS"."""
    roles = {context.attribute(o.event, o.name).role for o in options if o.event is not None}
    listed = state.top is not None and bool(state.top.consent) and bool(state.pending.connector)
    return listed and "channel" in roles
