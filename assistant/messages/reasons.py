"""Why a message is suggested, said in the reader's language.

In: reasons, who says definitions. Out: sentences. Start at `say_reason`.
"""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal, format_percent

from assistant.languages.files import FALLBACK
from assistant.languages.texts import Texts
from assistant.messages.facts import BOUNDS, NUMBERS, Form
from assistant.messages.predicates import Reason
from assistant.messages.readback import Speaker


def say_reason(reason: Reason, speaker: Speaker, texts: Texts) -> str:
    """One reason in a sentence."""
    if reason.condition is not None:
        return texts.message("reason_said", what=speaker.say_part(reason.condition))
    number = reason.number
    if number is None:
        return ""
    form = NUMBERS[reason.fact]
    called = reason.taste.words if reason.taste is not None else {}
    what = called.get(texts.language) or called.get(FALLBACK, "")
    value = _whole(number.value, form, texts) or _said(number.value, form, speaker)
    said = texts.message(f"fact_{reason.fact}", value=value, what=what)
    if number.everyone is None or reason.fact in BOUNDS:
        return said
    everyone = _said(number.everyone, form, speaker)
    return f"{said} {texts.message('fact_everyone', value=everyone)}"


def _whole(value: Decimal, form: Form, texts: Texts) -> str | None:
    """A share that leaves nobody out, or has nobody in it."""
    if form is not Form.SHARE or value not in (0, 1):
        return None
    return texts.message("fact_all" if value else "fact_none")


def _said(value: Decimal, form: Form, speaker: Speaker) -> str:
    locale = speaker.phrases.text("locale")
    if form is Form.SHARE:
        whole = (100 * value).quantize(Decimal(1), ROUND_HALF_UP)
        if 0 < value < 1:  # rounding takes in nobody who is out, and leaves out nobody who is in
            whole = min(max(whole, Decimal(1)), Decimal(99))
        return str(format_percent(whole / 100, locale=locale))
    if form is Form.MONEY:
        return speaker.values.money(value.quantize(Decimal(1), ROUND_HALF_UP))
    digits = Decimal("0.1") if form is Form.TIMES else Decimal(1)
    return str(format_decimal(value.quantize(digits, ROUND_HALF_UP), locale=locale))
