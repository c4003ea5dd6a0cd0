"""What members did with the last of what they were sent: "opened none of the last five emails".

The verb is said of each of those messages, so it follows them: "opened … after the last five that
they were sent", of the same campaign.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.context import Context, begin
from assistant.grammar.pieces import Compare, EdgeWord, EventWord, Link, Linking, Piece
from segments.definition import Reach

States = Sequence[State]
_ANSWERS = frozenset({"open", "click"})
_KINDS = frozenset({"campaign_kind", "channel"})


def of_what_was_sent(context: Context, state: State, piece: Piece) -> States:
    """The state in which the verb just said waits for what they were sent; none where nothing tells
    which message was opened."""
    assert isinstance(piece.payload, EdgeWord)
    said, top, pending = piece.payload, state.top, state.pending
    if top is None or top.form != "verb" or not top.fresh() or state.open != len(state.frames) - 1:
        return []
    free = pending._replace(compare=None) if said.part else pending
    if pending.connector or pending.relative or pending.negated or free.loose():
        return []
    if said.part != isinstance(pending.compare, Compare) or said.unit or top.pronoun:
        return []
    if said.number > 1 and said.reach is Reach.NTH:
        return []  # "the second to last newsletter"
    campaign = _campaign(context, top.event or "")
    if campaign is None:
        return []
    told = top._replace(same=((top.event or "", campaign),), anything=True)
    moved = pending._replace(
        connector="then",
        link=Link(Linking.AFTER, sent=True),
        which=said,
        negated=said.none,
        pieces=(*pending.pieces, piece),
    )
    return [state.put(state.open, told, pending=moved)]


def of_sent(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """The kind of message, or its channel, where what they were sent is waited for."""
    pending = state.pending
    sent, top = context.catalogue.event_by_role("receive"), state.top
    if sent is None or said.negated or top is None:
        return []
    if not all(any(o.event == top.event for o in each) for each in said.options):
        return []  # a kind that nothing of the sort is known of: texts are never opened
    options = tuple(tuple(o for o in each if o.event == sent.name) for each in said.options)
    roles = {sent.attributes[o.name].role for each in options for o in each}
    if not all(options) or not roles <= _KINDS:
        return []
    frame = Frame(
        FrameKind.EVENT,
        event=sent.name,
        form="noun",
        which=pending.which,
        compare=pending.compare,
        restrictions=(replace(said, options=options),),
    )
    return begin(state, piece, frame, taken=frozenset({"which", "compare"}))


def were_sent(state: State, word: EventWord) -> Frame | None:
    """The open frame, where it is only said again that they were sent it: "the last five mails that
    they received"."""
    top, pending = state.top, state.pending
    if top is None or top.link is None or not top.link.sent or state.open != len(state.frames) - 1:
        return None
    again = word.event == top.event and word.form == "verb" and not top.window
    free = not (pending.connector or pending.negated or pending.loose())
    return top if again and free else None


def waits_for_sent(state: State) -> bool:
    """Whether the next noun has to be that of what they were sent."""
    link = state.pending.link
    return link is not None and link.sent


def _campaign(context: Context, name: str) -> str | None:
    """The attribute that a message has and what was done with it too."""
    event, sent = context.catalogue.events[name], context.catalogue.event_by_role("receive")
    if sent is None or event.role not in _ANSWERS or event.time is None or sent.time is None:
        return None
    one, other = event.by_role("campaign"), sent.by_role("campaign")
    same = one is not None and other is not None and one.name == other.name
    return one.name if same and one is not None else None
