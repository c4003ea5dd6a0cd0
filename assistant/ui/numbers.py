"""Numbers and days as each language writes them. Pure. Start at `number`."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from assistant.languages.files import FALLBACK, languages, look_up, table
from assistant.languages.texts import Texts
from assistant.messages.phrases import capitalized


def language_name(code: str, language: str) -> str:
    """The name of one of our languages in another: "Swedish", "Svenska"."""
    return capitalized(locale(language).languages.get(code) or str(table(code, "language")["name"]))


@cache
def locale(language: str) -> Locale:
    """The locale of one of our languages; that of English for any other."""
    spoken = language if language in languages() else FALLBACK
    return Locale.parse(look_up(spoken, "say", "locale"))


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


def weekday(value: int, language: str) -> str:
    """A day of the week; 1 is Monday."""
    return str(locale(language).days["format"]["wide"][value - 1])


def moment(value: datetime, language: str) -> str:
    """A day and a time of day."""
    return str(format_datetime(value, format="medium", locale=locale(language)))
