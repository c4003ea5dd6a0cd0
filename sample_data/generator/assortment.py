"""What the shop sells: categories, kinds of product, needs and products.

The words stand in data/assortment.toml and data/needs.toml; the products are composed
from them: brand, kind, what it is for, size.
"""

import tomllib
from dataclasses import dataclass
from random import Random

from sample_data.generator.draw import Wheel, stream
from sample_data.generator.towns import DATA

LANGUAGES = ("en", "sv", "da", "nb")
_EVEN_YEAR = [1.0] * 12
_ECO_SHARE = {"clean_home": 0.45, "skin_care": 0.3, "hair_care": 0.25, "sleep": 0.2}


@dataclass(frozen=True, slots=True)
class Need:
    """A problem, goal or feeling that a product is for."""

    code: str
    kind: str
    label: dict[str, str]
    phrase: dict[str, str]


@dataclass(frozen=True, slots=True)
class Product:
    """One article; price in whole kronor as listed today."""

    id: int
    sku: str
    name: dict[str, str]
    brand: str
    category: str
    type: str
    needs: tuple[str, ...]
    eco: bool
    price: int
    refill: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A product type, with how it sells over the year."""

    code: str
    category: str
    label: dict[str, str]
    needs: tuple[str, ...]
    months: tuple[float, ...]
    pull: float


@dataclass(frozen=True, slots=True)
class Category:
    """A department of the shop."""

    code: str
    label: dict[str, str]
    brands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assortment:
    """Everything for sale, and the wheels that pick from it."""

    categories: tuple[Category, ...]
    kinds: dict[str, Kind]
    needs: dict[str, Need]
    products: tuple[Product, ...]
    by_kind: dict[str, tuple[Product, ...]]
    popular: dict[str, Wheel[Product]]


_Entry = dict[str, object]


def _entries(file: str, key: str) -> list[dict[str, object]]:
    tables: list[_Entry] = tomllib.loads((DATA / file).read_text(encoding="utf-8"))[key]
    return tables


def _labels(value: object) -> dict[str, str]:
    assert isinstance(value, dict)
    return {language: str(value[language]) for language in LANGUAGES}


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(str(text) for text in value)


def _numbers(value: object) -> tuple[float, ...]:
    assert isinstance(value, list)
    return tuple(float(number) for number in value)


def _kind(entry: _Entry) -> Kind:
    return Kind(
        str(entry["code"]),
        str(entry["category"]),
        _labels(entry["label"]),
        _texts(entry["needs"]),
        _numbers(entry.get("months", _EVEN_YEAR)),
        float(str(entry["pull"])),
    )


def _price(low: float, high: float, draw: Random) -> int:
    raw = low * (high / low) ** draw.betavariate(1.6, 2.2)
    step = 10 if raw < 300 else 50
    return int(max(low, round(raw / step) * step - 1))


def _names(brand: str, kind: Kind, need: Need, size: str) -> dict[str, str]:
    return {
        language: f"{brand} {kind.label[language]} {need.phrase[language]} {size}"
        for language in LANGUAGES
    }


def _products_of(
    entry: _Entry, brands: tuple[str, ...], needs: dict[str, Need], first_id: int, draw: Random
) -> list[Product]:
    kind = _kind(entry)
    low, high = _numbers(entry["price"])
    sizes = _texts(entry["sizes"])
    every = [(b, n, s) for b in brands for n in kind.needs for s in sizes]
    chosen = sorted(draw.sample(every, int(str(entry["count"]))))
    made = []
    for place, (brand, need, size) in enumerate(chosen):
        number = first_id + place
        eco = need == "eco_living" or draw.random() < _ECO_SHARE.get(kind.category, 0.1)
        extra = [n for n in kind.needs if n != need and draw.random() < 0.2]
        made.append(
            Product(
                number,
                f"{kind.category[:2].upper()}-{number:04d}",
                _names(brand, kind, needs[need], size),
                brand,
                kind.category,
                kind.code,
                (need, *extra),
                eco,
                _price(low, high, draw),
                int(str(entry["refill"])),
            )
        )
    return made


def stock() -> Assortment:
    """The whole assortment, the same each time."""
    draw = stream("assortment")
    categories = tuple(
        Category(str(e["code"]), _labels(e["label"]), _texts(e["brands"]))
        for e in _entries("assortment.toml", "category")
    )
    brands = {category.code: category.brands for category in categories}
    needs = {
        str(e["code"]): Need(str(e["code"]), str(e["kind"]), _labels(e["label"]), _labels(e["for"]))
        for e in _entries("needs.toml", "need")
    }
    kinds: dict[str, Kind] = {}
    products: list[Product] = []
    by_kind: dict[str, tuple[Product, ...]] = {}
    for entry in _entries("assortment.toml", "type"):
        kind = _kind(entry)
        made = _products_of(entry, brands[kind.category], needs, 1001 + len(products), draw)
        kinds[kind.code], by_kind[kind.code] = kind, tuple(made)
        products.extend(made)
    popular = {
        code: Wheel(own, [1 / (1 + draw.randrange(len(own))) for _ in own])
        for code, own in by_kind.items()
    }
    return Assortment(categories, kinds, needs, tuple(products), by_kind, popular)
