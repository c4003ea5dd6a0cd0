"""The shape of an answer to an inquiry, and how its numbers and words are said.

In: numbers from the data. Out: cells, rows and tables in the person's language. Start at `Table`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.dates import format_date, format_skeleton

from assistant.languages.texts import texts
from assistant.messages.readback import Speaker
from assistant.messages.say_fields import label_of
from assistant.messages.say_near import say_time
from segments.catalogue import Attribute, Catalogue, Type
from segments.definition import Kind, Window
from segments.inquiry import Total

MOST_ROWS = 12
DECADE = 10
Number = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is and as it is said; None is unknown."""

    value: Number
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is about and its numbers."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to an inquiry: said in a sentence, with the columns and rows behind it."""

    said: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    listing: bool = False  # the members themselves are to be shown


class Telling:
    """Says the numbers and words of tables."""

    def __init__(self, speaker: Speaker, language: str) -> None:
        self.catalogue: Catalogue = speaker.catalogue
        self.speaker = speaker
        self.values = speaker.values
        self.texts = texts(language)

    def say(self, key: str, **values: str) -> str:
        """A sentence of a table."""
        return self.texts.table(key, **values)

    def word(self, key: str) -> str:
        """A heading."""
        return self.texts.table(key)

    def count(self, count: int) -> str:
        """A whole number inside a sentence."""
        return self.values.number(count)

    def number(self, value: Number) -> Cell:
        """A plain number."""
        return Cell(value, "–" if value is None else self.values.number(value))

    def decimal(self, value: Decimal) -> str:
        """A number with one decimal inside a sentence."""
        return self.values.number(rounded(value, "0.1"))

    def money(self, value: Number) -> Cell:
        """An amount, in hundredths."""
        if value is None:
            return Cell(None, "–")
        amount = rounded(Decimal(value))
        return Cell(amount, self.values.money(amount))

    def share(self, part: int, whole: int) -> Cell:
        """A part in per cent, with one decimal."""
        if not whole:
            return Cell(None, "–")
        share = rounded(Decimal(100 * part) / whole, "0.1")
        return Cell(share, self.values.percent(share))

    def value(self, owner: str, attribute: Attribute, value: Any) -> str:  # noqa: ANN401
        """What a row is about."""
        if value is None:
            return self.word("unknown")
        if attribute.type is Type.AGE:
            return f"{value}–{value + DECADE - 1}"
        if isinstance(value, date):
            return self.month(value)
        said = self.values.value(owner, attribute, value)
        return said[1:-1] if said[:1] in '"“”»«' and len(said) > 2 else said

    def told(
        self, window: Window | None, rows: int = 0, key: str = "table_first"
    ) -> tuple[str, ...]:
        """Which records were counted, and how many rows are not shown."""
        if window is None:
            notes = [self.say("table_all_time")]
        else:
            notes = [self.say("table_in", when=say_time(self.values, window))]
        if rows > MOST_ROWS:
            notes.append(self.say(key, n=str(MOST_ROWS), total=self.count(rows)))
        return tuple(notes)

    def day(self, day: date) -> str:
        """A day inside a sentence."""
        return str(format_date(day, "long", self.values.phrases.text("locale")))

    def month(self, day: date) -> str:
        """The month of a day, with its year."""
        return str(format_skeleton("yMMMM", day, locale=self.values.phrases.text("locale")))

    def label(self, attribute: Attribute, section: str) -> str:
        """What a field ("fields") or an attribute ("attributes") is called."""
        return label_of(self.values, attribute, section)

    def figure(self, asked: Total) -> str:
        """What a number counts, as a heading."""
        event = self.catalogue.events[asked.event]
        noun = self.speaker.events.noun(event)
        key = f"figure_{asked.kind.value}"
        attribute = event.attributes.get(asked.of or "")
        role = "amount" if attribute is event.amount and attribute is not None else "other"
        of = self.label(attribute, "attributes") if attribute else noun
        code = key if asked.kind is Kind.COUNT or role == "amount" else f"{key}_of"
        return self.say(code, events=noun, of=of)

    def is_money(self, asked: Total) -> bool:
        """Whether it is an amount."""
        attribute = self.catalogue.events[asked.event].attributes.get(asked.of or "")
        return attribute is not None and attribute.type is Type.MONEY


def rounded(value: Decimal, to: str = "0.01") -> Decimal:
    """Half a unit is rounded away from zero."""
    return value.quantize(Decimal(to), ROUND_HALF_UP)
