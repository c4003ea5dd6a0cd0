"""What a segment may speak of in one shop: member fields, events and their attributes, values.

In: built by `catalogue_file.load` from a readable TOML file. Out: frozen look-ups for check,
compile, preparation and the grammar. Knows no SQL and no sentence; labels are data by language.
Start at `Catalogue`.

A path is a column, with the tables on the way to it in front: `brand`, `products.brand`,
`orders.customers.city`. Every step follows a declared link to the key of the next table, so a
path is always to-one and nothing can fan out.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from segments.audiences import Audiences
from segments.places import Gazetteer, Point
from segments.predictions import Card, Prediction, Target

Labels = Mapping[str, tuple[str, ...]]  # language code -> words, the first is the one to show


class Type(StrEnum):
    """What kind of value a field or attribute holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes/no"
    AGE = "age"  # the column holds the birth date; tests are in whole years
    LIST = "list"  # several texts; a test holds when one of them passes


SUMMED = frozenset({"amount", "quantity"})  # roles whose parts make up the record
NUMERIC = frozenset({Type.NUMBER, Type.MONEY, Type.AGE})


@dataclass(frozen=True, slots=True)
class Named:
    """A declared value: its code in the data, and its words by language."""

    code: str
    labels: Labels = field(default_factory=dict)
    role: str | None = None  # what the code means to every language pack, as "female"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A member field or an attribute of an event."""

    name: str
    type: Type
    path: str | None = None  # from the member table, or the event's own table
    part: str | None = None  # from the event's parts table
    role: str | None = None
    labels: Labels = field(default_factory=dict)
    values: tuple[Named, ...] = ()  # declared values
    label_paths: Mapping[str, str] = field(default_factory=dict)  # language -> path of the labels
    ordered: bool = False  # declared values stand in rising order, so >= is meaningful
    indexed: bool = False  # the data's own values can be named in a sentence
    sensitive: bool = False  # masked until asked for
    typed: bool = (
        True  # False: the file leaves the type out, and preparation reads it from the data
    )
    prediction: Prediction | None = None  # it is learned, and stands in no file

    @property
    def codes(self) -> tuple[str, ...]:
        """The declared codes in order; empty when the values are open."""
        return tuple(value.code for value in self.values)

    @property
    def open(self) -> bool:
        """Whether it is a text that people write as they like: its values are nowhere listed."""
        return self.type is Type.TEXT and not (self.values or self.indexed or self.label_paths)

    @property
    def numeric(self) -> bool:
        """Whether it can be summed, averaged or ranked."""
        return self.type in NUMERIC

    @property
    def of_both(self) -> bool:
        """Whether a record and each of its parts have values of their own, so that "the value of a
        record" would say too little."""
        return self.path is not None and self.part is not None

    @property
    def additive(self) -> bool:
        """Whether the values of a record's parts add up to the record's: an amount, a quantity, or
        what both of them have. A price or a rate is each part's own."""
        own = self.path is not None or self.role in SUMMED
        return self.part is not None and self.numeric and own


@dataclass(frozen=True, slots=True)
class Event:
    """Something members do or meet: one row a record, perhaps with parts (order -> lines)."""

    name: str
    table: str
    member: str  # path from `table` to the member key
    time: str | None = None  # path from `table`
    dated: bool = False  # whether its times are mere days, as the data tells
    record: str | None = None  # key column of a record; needed with parts
    parts: str | None = None  # table of parts; the same as `table` when the source has only lines
    role: str | None = None
    nouns: Labels = field(default_factory=dict)
    verbs: Labels = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # column -> codes kept
    drop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # column -> codes left out
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def amount(self) -> Attribute | None:
        """The attribute with the role `amount`, in the shop's currency."""
        return self.by_role("amount")

    def by_role(self, role: str) -> Attribute | None:
        """The attribute with this role, if any."""
        return next((a for a in self.attributes.values() if a.role == role), None)


@dataclass(frozen=True, slots=True)
class Computed:
    """A column made of others of its table, one of: a formula ("unit_price * quantity"), a key of
    several columns, or the day so many days before the shop's `as_of`."""

    formula: str | None = None
    joined: tuple[str, ...] = ()
    days_before: str | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns, or paths, it is made of, each once. Raises SyntaxError for a formula that is
        none."""
        if self.formula is None:
            return (*self.joined, *((self.days_before,) if self.days_before else ()))
        nodes = list(ast.walk(ast.parse(self.formula, mode="eval")))
        inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
        outer = (path_of(node) for node in nodes if id(node) not in inner)
        return tuple(dict.fromkeys(filter(None, outer)))

    @property
    def calculable(self) -> bool:
        """Whether its formula, if it has one, is of columns, numbers, + - * / and brackets only."""
        if self.formula is None:
            return True
        try:
            parsed = ast.parse(self.formula, mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
        nodes = list(ast.walk(parsed))
        return all(map(_calculates, nodes)) and any(isinstance(n, ast.Name) for n in nodes)


def path_of(node: ast.AST) -> str | None:
    """Give the column, or the path to one, that a part of a formula is: "products.unit_price"."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name) if (way := path_of(value)) is not None:
            return f"{way}.{name}"
        case _:
            return None


def _calculates(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=value):
            return type(value) in (int, float)
        case ast.Expression() | ast.BinOp() | ast.Name() | ast.Load():
            return True
        case ast.Attribute():
            return path_of(node) is not None
        case ast.UnaryOp(op=ast.USub()) | ast.USub():
            return True
        case ast.Add() | ast.Sub() | ast.Mult() | ast.Div():
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Table:
    """A source: its file stem, the key column (checked unique), links column -> table, and columns
    that are computed from the file's own."""

    name: str
    file: str
    key: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Computed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of the shop ("loyal", "VIP"): a canonical definition text and its words."""

    name: str
    definition: str
    labels: Labels = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place that the shop has a name for: a store, an office."""

    name: str
    point: Point
    labels: Labels = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taught:
    """A word the shop was taught in one language. It names a field ("city") or an attribute
    ("purchase.category"), one of their values, or, as a noun or a verb, an event. A word for any of
    several values is there once for each."""

    word: str
    language: str
    of: str = ""
    value: str | None = None  # the code, when the word is a value
    event: str = ""
    form: str = "noun"  # or "verb"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything a segment may speak of in one shop."""

    name: str
    currency: str  # ISO 4217, or "" when amounts have none
    time_zone: str
    home: str  # ISO 3166 country of the shop, or ""
    table: str  # the member table
    key: str  # its member key column
    nouns: Labels = field(default_factory=dict)  # what members are called beside the usual words
    as_of: date | None = None  # a closed source's day; None: the newest event
    tables: Mapping[str, Table] = field(default_factory=dict)
    fields: Mapping[str, Attribute] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    words: tuple[Taught, ...] = ()
    predictions: Mapping[str, Prediction] = field(default_factory=dict)  # by the field's name
    shown: tuple[str, ...] = ()  # fields shown first in a table of members
    places: Mapping[str, OwnPlace] = field(default_factory=dict)  # the shop's own
    # the towns of the members' countries, and what tells where members are: from preparation
    gazetteer: Gazetteer = field(default_factory=Gazetteer, repr=False, compare=False)
    # what people keep beside the file: it says nothing of the shop's data
    audiences: Audiences = field(default_factory=Audiences, repr=False, compare=False)

    def field_by_role(self, role: str) -> Attribute | None:
        """The member field with this role, if any."""
        return next((f for f in self.fields.values() if f.role == role), None)

    def owner(self, name: str) -> Attribute | None:
        """The field ("city") or the attribute ("purchase.category") of this name, if any."""
        event, _, own = name.rpartition(".")
        if not event:
            return self.fields.get(own) or _predicted(own, self.predictions.get(own))
        found = self.events.get(event)
        return found.attributes.get(own) if found else None

    def owners(self) -> tuple[str, ...]:
        """Every name that `owner` knows."""
        events = self.events.values()
        return (*self.fields, *(f"{e.name}.{name}" for e in events for name in e.attributes))

    def predicting(self, cards: Mapping[str, Card]) -> "Catalogue":
        """With the predicted fields, which no file has, and what is known of each."""
        fields = {
            name: found
            for name, each in self.predictions.items()
            if (found := _predicted(name, replace(each, card=cards.get(name)))) is not None
        }
        return replace(self, fields={**self.fields, **fields})

    def point(self, place: str, country: str | None) -> Point | None:
        """Where a town of a country is, or one of the shop's own places; None when there is none of
        the name, or more than one."""
        if country is None:
            own = self.places.get(place)
            return own.point if own is not None else None
        town = self.gazetteer.get(place, country)
        return town.point if town is not None else None

    def event_by_role(self, role: str) -> Event | None:
        """The event with this role, if any."""
        return next((e for e in self.events.values() if e.role == role), None)


_TYPES = {
    Target.CHURN_RISK: Type.NUMBER,
    Target.EXPECTED_VALUE: Type.MONEY,
    Target.NEXT_ORDER: Type.DATE,
}


def _predicted(name: str, prediction: Prediction | None) -> Attribute | None:
    if prediction is None:
        return None
    target = prediction.target
    return Attribute(name, _TYPES[target], role=target.value, prediction=prediction)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One value that a sentence can name: `owner` is a field name or "event.attribute", `text` one
    of its words, `language` None when it is the same in all."""

    owner: str
    code: str
    text: str
    language: str | None = None
