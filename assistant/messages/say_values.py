"""Values and comparisons said in a language: "Stockholm or Oslo", "more than 500 kr".

In: an attribute of the catalogue and what it is compared with. Out: words. Values are said by
their labels, roles by the language pack, countries and languages by Babel; a value nobody has a
label for stands in quotation marks, so that it can be read back. Start at `Values`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent

from assistant.grammar.namesakes import structural
from assistant.languages.files import FALLBACK
from assistant.messages.phrases import Phrases, fill
from assistant.messages.say_periods import say_day
from segments.catalogue import Attribute, Catalogue, Labels, Spoken, Type
from segments.definition import Operator, Test, Value
from segments.predictions import Target

WHOLE = "#,##0.##########"
CENTS = "#,##0.00########"


@dataclass(frozen=True, slots=True)
class Values:
    """Says the values of one shop in one language."""

    phrases: Phrases
    catalogue: Catalogue
    spoken: Mapping[tuple[str, str], Mapping[str | None, str]]

    def number(self, value: Decimal | int) -> str:
        """Write a number with the language's signs."""
        locale = self.phrases.text("locale")
        return str(format_decimal(value, WHOLE, locale=locale, decimal_quantization=False))

    def money(self, value: Decimal | int) -> str:
        """Write an amount in the shop's currency; hundredths only when there are any."""
        locale = self.phrases.text("locale")
        pattern = WHOLE if value == int(value) else CENTS
        amount = str(format_decimal(value, pattern, locale=locale, decimal_quantization=False))
        if not self.catalogue.currency:
            return amount
        known = self.phrases.find("money", self.catalogue.currency)
        template = str(known) if known else self.phrases.text("money", "other")
        return fill(template, x=amount, code=self.catalogue.currency)

    def percent(self, value: Decimal | int) -> str:
        """Write a percentage."""
        locale = self.phrases.text("locale")
        share = Decimal(value) / 100
        return str(format_percent(share, locale=locale, decimal_quantization=False))

    def label(self, labels: Labels) -> str | None:
        """Give the first word in the language, or else in English."""
        for language in (self.phrases.language, FALLBACK):
            if labels.get(language):
                return labels[language][0]
        return None

    def value(self, owner: str, attribute: Attribute, value: Value) -> str:
        """Say one value of a field ("city") or an attribute ("purchase.category")."""
        if isinstance(value, bool):
            return self.phrases.text("sentence", "yes" if value else "no")
        if isinstance(value, date):
            return say_day(self.phrases, value)
        if isinstance(value, Decimal | int):
            if attribute.role == Target.CHURN_RISK:
                return self.percent(value)
            amount = attribute.type is Type.MONEY
            return self.money(value) if amount else self.number(value)
        return self._code(owner, attribute, value)

    def role(self, attribute: Attribute, value: Value) -> str | None:
        """Give the role of a value, as the packs name it ("channel.web")."""
        if attribute.role is None:
            return None
        named = next((named for named in attribute.values if named.code == value), None)
        role = named.role if named is not None and named.role is not None else None
        return f"{attribute.role}.{role}" if role is not None else None

    def named(self, owner: str, attribute: Attribute, test: Test) -> bool:
        """Whether all values of a test have words, so that none is only what somebody typed."""
        texts = [value for value in test.values if isinstance(value, str)]
        return all(self._plain(owner, attribute, text) is not None for text in texts)

    def towns(self, attribute: Attribute, test: Test) -> bool:
        """Whether a region's word is a town's too, so that "in" would be of the town."""
        city = self.catalogue.field_by_role("city")
        if attribute.role != "region" or city is None:
            return False
        names = {
            word
            for (owner, _), words in self.spoken.items()
            if owner == city.name
            for word in words.values()
        }
        return any(self.value(attribute.name, attribute, value) in names for value in test.values)

    def tested(self, owner: str, attribute: Attribute, test: Test) -> str:
        """Say what an attribute is compared with, the comparison included."""
        digits = [_plain_code(attribute, str(value)) for value in test.values]
        mixed = any(digits) and not all(digits)

        def render(value: Value) -> str:
            return self.quoted(str(value)) if mixed else self.value(owner, attribute, value)

        plain = _plain_code(attribute, str(next(iter(test.values), "")))
        numeric = attribute.numeric or plain or not isinstance(next(iter(test.values), ""), str)
        return self.compared(test, render, "amount" if numeric else "ordered")

    def counted(self, test: Test) -> str:
        """Say a comparison of a count: "at least 3"."""
        return self.compared(test, self._plain_number, "count")

    def times(self, test: Test) -> str:
        """Say how many times: "at least 3 times"."""
        if test.operator in (Operator.BETWEEN, Operator.IN):
            first = [self._plain_number(value) for value in test.values[:-1]]
            return self.joined(test, [*first, self._times(test.values[-1])], "count")
        return self.compared(test, self._times, "count")

    def compared(self, test: Test, render: Callable[[Value], str], style: str) -> str:
        """Say a comparison in the style of amounts, counts or ordered values. Of two numbers next
        to each other the higher is said first: "31 or 32" is from the one to the other."""
        values = test.values
        match values:
            case [int(low), int(high)] if test.operator is Operator.IN and high == low + 1:
                values = (high, low)
        return self.joined(test, [render(value) for value in values], style)

    def joined(self, test: Test, said: Sequence[str], style: str) -> str:
        """Put values that are said already into their comparison."""
        operator = test.operator
        if operator is Operator.IN:
            return self.phrases.listed(said)
        if operator in (Operator.CONTAINS, Operator.STARTS, Operator.ENDS):
            quoted = [self.quoted(str(value)) for value in test.values]
            return fill(self.phrases.text("text", operator.name.lower()), x=quoted[0])
        key = operator.name.lower()
        own = self.phrases.find(style, key)
        if own is None and style == "ordered" and operator is Operator.EQ:
            return said[0]
        template = str(own) if own is not None else self.phrases.text("amount", key)
        return fill(template, x=said[0], y=said[-1])

    def quoted(self, text: str) -> str:
        """Put a text in quotation marks."""
        return fill(self.phrases.text("sentence", "quote"), v=text)

    def _times(self, value: Value) -> str:
        own = self.phrases.find("times", "words", str(value))
        if own is not None:
            return str(own)
        key = "one" if value == 1 else "many"
        return fill(self.phrases.text("times", key), x=self._plain_number(value))

    def _plain_number(self, value: Value) -> str:
        return self.number(value) if isinstance(value, int | Decimal) else str(value)

    def _code(self, owner: str, attribute: Attribute, code: str) -> str:
        role = self.role(attribute, code)
        own = self.phrases.find("values", role) if role is not None else None
        if own is not None:
            return str(own)
        word = self._plain(owner, attribute, code)
        if word is None:
            return self.quoted(code)
        if structural(self.phrases.language, word):
            return self.quoted(word)
        lowered: Sequence[str] = self.phrases.find("lower") or ()
        return _plain_case(word) if attribute.role in lowered else word

    def _plain(self, owner: str, attribute: Attribute, code: str) -> str | None:
        """The word of a value; None when it has to stand in quotation marks."""
        word = self._babel(attribute, code) or self._word(owner, attribute, code)
        return word or (code if _plain_code(attribute, code) else None)

    def _word(self, owner: str, attribute: Attribute, code: str) -> str | None:
        named = next((named for named in attribute.values if named.code == code), None)
        if named is not None and (word := self.label(named.labels)):
            return word
        by_language = self.spoken.get((owner, code), {})
        for language in (self.phrases.language, None, FALLBACK):
            if language in by_language:
                return by_language[language]
        if named is not None:
            return code.replace("_", " ")
        return next(iter(by_language.values()), None)

    def _babel(self, attribute: Attribute, code: str) -> str | None:
        locale = Locale.parse(self.phrases.text("locale"))
        match attribute.role:
            case "country":
                return locale.territories.get(code.upper()) if len(code) == 2 else None
            case "language":
                return locale.languages.get(code.lower()) if len(code) in (2, 3) else None
            case _:
                return None


def by_code(spoken: Sequence[Spoken]) -> dict[tuple[str, str], dict[str | None, str]]:
    """Sort the words of values by owner and code; the first in each language is the one to show."""
    found: dict[tuple[str, str], dict[str | None, str]] = {}
    for word in spoken:
        found.setdefault((word.owner, word.code), {}).setdefault(word.language, word.text)
    return found


def _plain_case(word: str) -> str:
    """Start in lower case, as a common noun does inside a sentence; abbreviations stay."""
    first, _, rest = word.partition(" ")
    return word if first[1:] != first[1:].lower() else f"{first.lower()} {rest}".strip()


def _plain_code(attribute: Attribute, code: str) -> bool:
    """Whether it is a postal code of digits, which is said as a number is."""
    return attribute.role == "postal_code" and code.isdigit()
