"""A channel with nothing done by it: "customers with e-mail" have an address, or have agreed."""

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Connective
from assistant.grammar.variants import Variants, asked
from segments.definition import Condition, Field, Operator, Test

_ADDRESSES = {"email": "email", "sms": "phone"}  # what a channel needs, by roles
_KNOWN, _AGREED = Test(Operator.KNOWN), Test(Operator.EQ, (True,))


def reach_condition(context: Context, frame: Frame) -> Variants:
    """Whether they have what the channel needs, or have agreed to it, which is asked; nothing where
    more than a channel was said, or where the shop does not know both."""
    if frame.negated and not any(isinstance(p.payload, Connective) for p in frame.pieces):
        return ()  # "did not get the e-mail" is about what was sent
    only = frame._replace(pieces=(), connector="", relative=False, restrictions=(), negated=False)
    if len(frame.restrictions) != 1 or only._replace(bare=False) != Frame(frame.kind):
        return ()
    said = {o for options in frame.restrictions[0].options for o in options}
    for channel, address in _ADDRESSES.items():
        needed = context.catalogue.field_by_role(address)
        agreed = context.catalogue.field_by_role(f"consent_{channel}")
        if needed and agreed and said <= set(context.shop.role_values("channel", channel)):
            told: list[Condition] = [Field(needed.name, _KNOWN), Field(agreed.name, _AGREED)]
            return asked(ask_at(frame, "reach_of"), told)
    return ()
