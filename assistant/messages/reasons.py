"""Why a message is suggested, said in the reader's language.

In: reasons, who says definitions. Out: sentences. Start at `say_reason`.
"""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal, format_percent

from assistant.languages.files import FALLBACK
from assistant.languages.texts import Texts
from assistant.messages.facts import NUMBERS, Form
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
    said = texts.message(f"fact_{reason.fact}", value=_said(number.value, form, speaker), what=what)
    if number.everyone is None:
        return said
    everyone = _said(number.everyone, form, speaker)
    return f"{said} {texts.message('fact_everyone', value=everyone)}"


def _said(value: Decimal, form: Form, speaker: Speaker) -> str:
    locale = speaker.phrases.text("locale")
    if form is Form.SHARE:
        whole = (100 * value).quantize(Decimal(1), ROUND_HALF_UP) / 100
        return str(format_percent(whole, locale=locale))
    if form is Form.MONEY:
        return speaker.values.money(value.quantize(Decimal(1), ROUND_HALF_UP))
    digits = Decimal("0.1") if form is Form.TIMES else Decimal(1)
    return str(format_decimal(value.quantize(digits, ROUND_HALF_UP), locale=locale))
