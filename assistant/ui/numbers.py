"""Numbers and days as each language writes them. Pure. Start at `number`."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from assistant.languages.texts import Texts

_LOCALES = {"en": "en_GB", "sv": "sv_SE", "da": "da_DK", "nb": "nb_NO"}


@cache
def locale(language: str) -> Locale:
    """The locale of one of our languages; British English for any other."""
    return Locale.parse(_LOCALES.get(language, "en_GB"))


def number(value: float | Decimal, language: str) -> str:
    """A number with the language's own signs: 12,384 or 12 384 or 12.384."""
    return str(format_decimal(value, locale=locale(language)))


def share(value: float, language: str) -> str:
    """A part of the whole in per cent, with a decimal where it matters."""
    pattern = "#,##0 %" if value == 0 or value >= 0.1 else "#,##0.0 %"
    if 0 < value < 0.0005:
        return "< " + str(format_percent(0.001, format="#,##0.0 %", locale=locale(language)))
    return str(format_percent(value, format=pattern, locale=locale(language)))


def customers(count: int, texts: Texts) -> str:
    """How many customers, with their noun."""
    said = number(count, texts.language)
    if count == 1:
        return texts.page("customers_one", n=said)
    return texts.page("customers", n=said)


def day(value: date, language: str) -> str:
    """A day, as "15 Oct 2026"."""
    return str(format_date(value, format="medium", locale=locale(language)))


def moment(value: datetime, language: str) -> str:
    """A day and a time of day."""
    return str(format_datetime(value, format="medium", locale=locale(language)))
