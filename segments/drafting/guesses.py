"""What one column is: a field or an attribute with its role, type and values.

In: a column and the list of roles it may have. Out: an `Entry`, or a `Note` why it is left to a
person. Start at `guess`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from segments.catalogue_roles import DATE_ROLES, MONEY_ROLES, NUMBER_ROLES, YES_NO_ROLES
from segments.drafting import names, wording
from segments.drafting.model import Entry, Note
from segments.engine.columns import NUMBERS, Shape
from segments.engine.looking import Column, Seen

LISTED = 25  # values up to which they are declared, and not just looked up
NAMEABLE = 20_000  # values up to which texts without a role can be named in sentences
LONGEST = 80  # letters of a value that somebody would name
PRIVATE = frozenset(
    {"first_name", "last_name", "email", "phone", "birth_date", "latitude", "longitude"}
)
PLACES = frozenset({"city", "country", "region", "postal_code", "product", "category"})
PERSONAL = PRIVATE | {"city", "country", "region", "postal_code", "company", "job_role"}
MOMENTS = frozenset({Shape.DAY, Shape.INSTANT, Shape.ZONED})
_YES_NO = (
    {"true", "false"}, {"t", "f"}, {"1", "0"}, {"yes", "no"}, {"y", "n"}, {"ja", "nej"},
    {"ja", "nei"}, {"j", "n"},
)  # fmt: skip
_YES = frozenset({"true", "t", "1", "yes", "y", "ja", "j"})
_BANDED = frozenset({"age", "income", "household", "children", "employees"})
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}.*)?")
_NUMBER = re.compile(r"(\d[\d ,.]*)\s*([kKmM]?)\b")
_BAND = re.compile(r"^\W*(\d|under|below|less|up|over|above|ned|mindre|mer)", re.IGNORECASE)
_LOWEST = re.compile(r"^\W*(under|below|less|up to|upp|ned|mindre|<)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands: its table, the path to it, and how that is written."""

    seen: Seen
    column: Column
    path: str
    key: str = "path"  # or "part"


def guess(place: Place, section: str, taken: Collection[str | None], language: str) -> Entry | Note:
    """Say what a column is; `taken` are the roles that others have."""
    column = place.column
    where = f"{place.seen.name}.{column.name}"
    if column.different <= 1:
        return Note("one_value" if column.known else "no_value", {"column": where})
    if "." in column.name:
        return Note("odd_name", {"column": where})
    role = _role(place, section)
    if role in taken:
        role = None
    single = column.shape in NUMBERS or not column.different <= min(LISTED, column.known - 1)
    if role is None and names.is_id(column.name) and single:
        return Note("left_key", {"column": where})
    entry = Entry({place.key: place.path})
    if role:
        entry.keys["role"] = "age" if role == "birth_date" and "age" not in taken else role
        entry.note("by_name", "role", column=column.name)
    refused = _type(entry, place, role)
    if refused:
        return Note(refused, {"column": where, "n": column.different})
    if not role:
        entry.keys["labels"] = wording.of_column(column.name, place.seen.name, language)
        entry.note("label", "labels")
    if role in PRIVATE or names.role("fields", column.name, place.seen.name) in PRIVATE:
        entry.keys["sensitive"] = True
    if column.known < place.seen.rows / 2:
        share = round(100 * column.known / place.seen.rows)
        entry.note("mostly_unknown", place.key, share=share)
    return entry


def dated(column: Column) -> bool:
    """Whether a column holds days or instants."""
    texts = column.shape is Shape.TEXT and bool(column.least)
    written = texts and all(_DATED.fullmatch(end) for end in (column.least, column.most))
    return column.shape in MOMENTS or written


def _years(column: Column) -> bool:
    """Whether a column holds years in which somebody may be born."""
    known = column.shape in NUMBERS and bool(column.least)
    return known and float(column.least) >= 1850 and float(column.most) <= 2100


def yes_no(column: Column) -> bool:
    """Whether a column says yes or no."""
    found = {value.strip().casefold() for value in column.values}
    return column.shape is Shape.FLAG or (len(found) == 2 and found in _YES_NO)


def is_yes(value: str) -> bool:
    """Whether a code of such a column is its yes."""
    return value.strip().casefold() in _YES


def _role(place: Place, section: str) -> str | None:
    column = place.column
    role = names.role(section, column.name, place.seen.name)
    banded = role in _BANDED and column.shape is Shape.TEXT and column.different <= LISTED
    checks = (
        (YES_NO_ROLES, yes_no(column)),
        (DATE_ROLES, dated(column) or (role == "birth_date" and _years(column))),
        (MONEY_ROLES | NUMBER_ROLES, column.shape in NUMBERS or banded),
    )
    for roles, holds in checks:
        if role in roles:
            return role if holds else None
    plain = column.shape in NUMBERS and not names.is_id(column.name) and role in {"product", "need"}
    return None if yes_no(column) or dated(column) or plain else role


def _type(entry: Entry, place: Place, role: str | None) -> str:
    """Set type and values; gives the code of a note when a person must decide."""
    column, keys = place.column, entry.keys
    if yes_no(column):
        keys["type"] = "yes/no"
    elif dated(column):
        if column.shape is Shape.TEXT:
            keys["type"] = "age" if keys.get("role") == "age" else "date"
    elif role == "birth_date":
        keys["type"] = "age"
    elif column.shape in NUMBERS:
        if role is None or role in NUMBER_ROLES | MONEY_ROLES:
            keys["type"] = "money" if _money(column, role) else "number"
        else:
            keys["type"] = "text"
    elif column.shape is Shape.LIST:
        keys["type"], keys["indexed"] = "list", True
    elif column.shape is Shape.TEXT:
        return _text(entry, place, role)
    else:
        return "left_odd"
    return ""


def _money(column: Column, role: str | None) -> bool:
    """Whether numbers are money: a rate, as a discount of 0.2, is not."""
    named = role is None and names.holds("money", column.name)
    return role in MONEY_ROLES | {"income"} or (named and float(column.most) > 1)


def _text(entry: Entry, place: Place, role: str | None) -> str:
    column, keys = place.column, entry.keys
    if role in PRIVATE:
        return ""
    if role == "gender" and column.different <= LISTED:
        keys["values"] = _genders(column)
        entry.note("check_values", "values")
        return ""
    listed = column.different <= LISTED and role not in PLACES and "." not in place.path
    rising = _rising(list(column.values)) if listed and column.different < column.known else []
    if rising or (listed and column.different <= column.known / 2):
        codes = rising or list(column.values)
        keys["values"] = wording.of_codes(codes) or codes
        if rising:
            keys["ordered"] = True
            entry.note("rising", "ordered")
        elif all(len(value) <= 2 for value in column.values):
            entry.note("codes", "values")
        return ""
    long = len(column.most) > LONGEST
    repeated = column.different < column.known or "." in place.path
    if role or (not long and repeated and column.different <= NAMEABLE):
        keys["indexed"] = True
        entry.note("many_values", "indexed", n=column.different)
        return ""
    return "free_text"


def _genders(column: Column) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in column.values:
        role = names.role("values", code)
        if role and role not in found:
            found[role] = {"code": code, "role": role}
        else:
            found[f"{names.identifier(code)}_value"] = {"code": code}
    return found


def _rising(values: list[str]) -> list[str]:
    """Give values in rising order when they are bands or well-known steps, else none."""
    for steps in names.rising():
        plain = {value: names.plain(value) for value in values}
        places = {value: steps.index(word) for value, word in plain.items() if word in steps}
        if len(places) == len(values) > 1:
            return sorted(values, key=lambda value: places[value])
    ranks: dict[str, tuple[float, ...]] = {}
    for value in values:
        numbers = [_size(*found) for found in _NUMBER.findall(value)]
        if not numbers or not _BAND.match(value):
            return []
        ranks[value] = (-1.0, *numbers) if _LOWEST.match(value) else tuple(numbers)
    different = len(set(ranks.values())) == len(values) > 1
    return sorted(values, key=lambda value: ranks[value]) if different else []


def _size(digits: str, unit: str) -> float:
    plain = re.sub(r"[ ,](?=\d{3}\b)", "", digits).strip(" ,.").replace(",", ".")
    number = float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))
    return number * {"k": 1e3, "m": 1e6}.get(unit.casefold(), 1)
