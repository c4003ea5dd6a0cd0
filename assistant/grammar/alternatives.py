"""Places of different kinds that "or" joins, as one condition: "women in Oslo or Denmark who …".

What stands before and after two towns holds for both, and so it does for a town and a region: only
that their fields differ must not make two groups of people of them.
"""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.moves.context import Context
from assistant.grammar.moves.places import PLACES
from assistant.languages.packs import lands
from segments.catalogue import Attribute


def alternative(context: Context, frames: Sequence[Frame], at: int) -> bool:
    """Whether a frame is another place to live in, after the one before it."""
    before, frame = frames[at - 1], frames[at]
    if frame.connector != "or" or frame.new_group or frame.relative or before.either:
        return False
    fields = [_place(context, before), _place(context, frame)]
    return None not in fields and fields[0] != fields[1] and not _people(context, frame)


def listed(context: Context, frames: Sequence[Frame], at: int) -> bool:
    """Whether it may be three places as well as a town in one of two countries, as in "Bergen,
    Sweden or Denmark"."""
    frame = frames[at]
    first, before = (_place(context, each) for each in (frame, frames[at - 1]))
    if None in (first, before) or first == before or not frame.restrictions[0].joint:
        return False
    return context.tokens[frame.pieces[0].start - 1].key == ","


def placed(context: Context, frame: Frame) -> bool:
    """Whether it only says where somebody is."""
    return _place(context, frame) is not None


def _place(context: Context, frame: Frame) -> Attribute | None:
    """The field of a frame that only says where somebody is."""
    field = context.catalogue.fields.get(frame.field or "")
    named = frame.kind is FrameKind.FIELD and len(frame.restrictions) == 1
    plain = named and not (frame.negated or frame.compare or frame.text or frame.tests)
    return field if plain and field is not None and field.role in PLACES else None


def _people(context: Context, frame: Frame) -> bool:
    """Whether it is named by its people: "Danes", "osloborgere"."""
    field = _place(context, frame)
    tokens = [token for piece in frame.pieces for token in context.tokens[piece.start : piece.end]]
    if any(len(token.text) > len(token.key) + 1 for token in tokens):
        return True
    country = field is not None and field.role == "country"
    return country and " ".join(token.key for token in tokens) not in lands()
