"""What somebody gets, said of these days: "gets the newsletter" is what was sent to them, or that
they have agreed to it. What they got is what was sent.

In: frames whose neighbours have shared what they could. Out: the frames in both ways.
"""

from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.meaning import ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Owned, Sort
from assistant.grammar.variants import Ask
from assistant.languages.packs import received

Row = tuple[list[Frame], tuple[tuple[Ask, int], ...]]

_RECEIVED = "receive"
# What was received, and the role of the field that holds the consent to it.
_CONSENTS = {
    ("channel", "email"): "consent_email",
    ("channel", "sms"): "consent_sms",
    ("channel", "push"): "consent_push",
    ("campaign_kind", "newsletter"): "consent_email",
}


def sent_or_agreed(context: Context, row: Row) -> list[Row]:
    """The row with each thing that somebody gets in both ways."""
    rows = [row]
    for index, frame in enumerate(row[0]):
        if (agreed := _agreed(context, row[0], index)) is None:
            continue
        ask = ask_at(frame, "readings")
        rows = [
            ([*frames[:index], each, *frames[index + 1 :]], (*picks, (ask, choice)))
            for frames, picks in rows
            for choice, each in enumerate((agreed, frame))
        ]
    return rows


def _agreed(context: Context, frames: list[Frame], index: int) -> Frame | None:
    """The frame as a consent; None where it cannot be one."""
    frame = frames[index]
    if frame.kind is not FrameKind.EVENT or frame.form != "verb" or len(frame.restrictions) != 1:
        return None
    plain = frame._replace(restrictions=(), negated=False).fresh() and frame.sole < 0
    if context.catalogue.events[frame.event or ""].role != _RECEIVED or not plain:
        return None
    if not _these_days(context, frame) or _of_one_message(context, frames, index):
        return None
    field = _consent(context, frame.restrictions[0])
    if field is None:
        return None
    said = Restriction(((Owned(None, field, code=True),),))
    agreed = Frame(FrameKind.FIELD, frame.pieces, field=field, restrictions=(said,), consent="to")
    return agreed._replace(
        connector=frame.connector,
        relative=frame.relative,
        auxiliary=frame.auxiliary,
        new_group=frame.new_group,
        negated=frame.negated,
        either=frame.either,
    )


def _these_days(context: Context, frame: Frame) -> bool:
    """Whether the verb is one of these days. A bare one is of any time after another verb: "did not
    receive", "have received"."""
    verbs = (piece for piece in frame.pieces if piece.sort is Sort.EVENT)
    keys = {token.key for verb in verbs for token in context.tokens[verb.start : verb.end]}
    bare = not (frame.negated or frame.auxiliary)
    return bool(keys & received("receives") or (bare and keys & received("receives_bare")))


def _of_one_message(context: Context, frames: list[Frame], index: int) -> bool:
    """Whether what follows is done with the same message: "gets the newsletter but does not open
    it" has been sent to them."""
    after = frames[index + 1] if index + 1 < len(frames) else None
    if after is None or after.kind is not FrameKind.EVENT:
        return False
    return context.catalogue.events[after.event or ""].role in ("open", "click")


def _consent(context: Context, said: Restriction) -> str | None:
    if said.negated or len(said.options) != 1:
        return None
    for (role, value), consent in _CONSENTS.items():
        if set(said.options[0]) & set(context.shop.role_values(role, value)):
            field = context.catalogue.field_by_role(consent)
            return field.name if field is not None else None
    return None
