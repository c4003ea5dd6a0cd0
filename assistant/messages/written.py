"""How long a text is, said in the reader's language. Start at `said_length`."""

from assistant.languages.texts import Texts
from assistant.messages.channels import Measured, Slot


def said_length(found: Measured, slot: Slot, texts: Texts) -> str:
    """The length of a text against its limits."""
    if not found.length:
        return texts.message("length_empty")
    if slot.counted == "sms":
        return _of_sms(found, texts)
    if not found.fits:
        return texts.message("length_over", n=found.length, hard=found.hard)
    if not found.ideal:
        return texts.message("length_long", n=found.length, most=found.recommended)
    return texts.message("length", n=found.length, most=found.recommended)


def _of_sms(found: Measured, texts: Texts) -> str:
    if not found.fits:
        return texts.message("sms_over", parts=found.length, hard=found.hard)
    key = "sms_length" if found.length == 1 else "sms_length_many"
    said = texts.message(key, parts=found.length, units=found.units, room=found.room)
    if not found.strange:
        return said
    return f"{said}. {texts.message('sms_dear', signs=' '.join(found.strange))}"
