"""What members of a segment have more than everyone: categories, brands, needs, products, places.

In: members, the data. Out: `Taste`s, the most telling first. Start at `Tastes.of`.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from assistant.answers.facts_data import RECENT, Data, Spread, Told
from assistant.answers.facts_numbers import Numbers
from assistant.messages.facts import Number, Rating, Taste
from assistant.messages.voices import written
from segments.catalogue import Attribute, Event, Type
from segments.compile.inquiries import members_by
from segments.compile.portraits import Scope, having, having_both, stars

BOUGHT = ("category", "brand", "need", "product")
LIVED = ("city", "industry")
KEPT = 12  # tastes of a role that are kept, the most telling first
LEAST = 5  # members without whom a search is somebody's own words


class Everyone:
    """What holds of everyone on one day: asked when it is made, and the same for all segments."""

    def __init__(self, data: Data) -> None:
        scope = data.scope(None)
        self.numbers = Numbers(data).of(scope, max(1, data.total))
        self.bought: dict[str, Spread] = {}
        self.lived: dict[str, Spread] = {}
        self.searched: Spread = {}
        self.selling: frozenset[Any] = frozenset()  # products sold of late: they are there to buy
        for role in BOUGHT:
            if (owner := data.attribute("purchase", role)) is not None:
                event, attribute = owner
                self.bought[role] = data.spread(having(scope, event.name, attribute.name))
                if role == "product":
                    window = RECENT if event.time is not None else None
                    recent = having(scope, event.name, attribute.name, window)
                    self.selling = frozenset(data.spread(recent))
        for role in LIVED:
            field = data.catalogue.field_by_role(role)
            if field is not None and field.type is Type.TEXT:
                self.lived[role] = data.spread(members_by(None, field.name))
        if (owner := data.attribute("search", "query")) is not None:
            self.searched = data.spread(having(scope, owner[0].name, owner[1].name))
        self.kinds = _kinds(data)
        self.bestsellers = _bestsellers(data, self)
        self.sold = {
            key: tastes
            for role in ("category", "need", "brand", "eco")
            for key, tastes in _sold(data, scope, self, role).items()
        }
        self.ratings = _ratings(data, scope)
        self.rating = _whole(self.ratings)


def _kinds(data: Data) -> dict[str, str]:
    """The codes of kinds of product, or else of categories, by what they are called in any
    language, case folded; what could be two of them is left out, and so is all that the catalogue
    calls sensitive."""
    owner = data.attribute("purchase", "product_type") or data.attribute("purchase", "category")
    if owner is None or owner[1].sensitive:
        return {}
    name = f"{owner[0].name}.{owner[1].name}"
    found: dict[str, set[str]] = {}
    for each in data.counts.engine.values():
        if each.owner == name and each.language is not None:
            found.setdefault(each.text.casefold(), set()).add(each.code)
    return {text: codes.pop() for text, codes in found.items() if len(codes) == 1}


def _bestsellers(data: Data, everyone: Everyone) -> tuple[Taste, ...]:
    owner = data.attribute("purchase", "product")
    if owner is None:
        return ()
    known = {code: n for code, n in everyone.bought["product"].items() if code in everyone.selling}
    return _common(known, known, (data.total, data.total), data.told_of(*owner))


def _sold(
    data: Data, scope: Scope, everyone: Everyone, role: str
) -> dict[tuple[str, str], tuple[Taste, ...]]:
    """The products that most have bought, for each value of a role."""
    owner, product = data.attribute("purchase", role), data.attribute("purchase", "product")
    if owner is None or product is None:
        return {}
    found: dict[str, dict[Any, int]] = {}
    query = having_both(scope, product[0].name, owner[1].name, product[1].name)
    for value, code, members in data.rows(query):
        if value is not None and code in everyone.selling:
            found.setdefault(str(value), {})[code] = members
    told, counts = data.told_of(*product), (data.total, data.total)
    return {(role, value): _common(rows, rows, counts, told) for value, rows in found.items()}


def _ratings(data: Data, scope: Scope) -> dict[str, Rating]:
    """The average of everyone's stars, by category."""
    given, category = data.attribute("review", "stars"), data.attribute("review", "category")
    if given is None or category is None:
        return {}
    rows = data.rows(stars(scope, given[0].name, given[1].name, category[1].name))
    return {
        str(code): Rating(Decimal(total) / records, records)
        for code, records, total in rows
        if code is not None and records
    }


def _whole(ratings: Mapping[str, Rating]) -> Rating | None:
    """The average over all of them."""
    reviews = sum(each.reviews for each in ratings.values())
    if not reviews:
        return None
    stars = sum((each.stars * each.reviews for each in ratings.values()), Decimal(0))
    return Rating(stars / reviews, reviews)


class Tastes:
    """Asks for tastes, beside everyone's."""

    def __init__(self, data: Data, everyone: Everyone) -> None:
        self.data = data
        self.everyone = everyone

    def of(self, mine: Scope, count: int) -> dict[str, tuple[Taste, ...]]:
        """The tastes of some members, by role."""
        found = {}
        counts = (count, self.data.total)
        for role, known in self.everyone.bought.items():
            if (owner := self.data.attribute("purchase", role)) is not None:
                rows = self._rows(mine, *owner)
                if role == "product":
                    rows = {code: n for code, n in rows.items() if code in self.everyone.selling}
                found[role] = _telling(rows, known, counts, self.data.told_of(*owner))
        for role, known in self.everyone.lived.items():
            field = self.data.catalogue.field_by_role(role)
            if field is not None:
                rows = self.data.spread(members_by(mine.members, field.name))
                found[role] = _common(rows, known, counts, self.data.told(field.name, field))
        return {role: tastes for role, tastes in found.items() if tastes}

    def sought(self, mine: Scope, count: int) -> tuple[Taste, ...]:
        """The kinds of product that they typed, each with how many typed one word for it. Other
        words are nobody's business: what troubles somebody is typed too."""
        owner = self.data.attribute("search", "query")
        role = "product_type" if self.data.attribute("purchase", "product_type") else "category"
        kind = self.data.attribute("purchase", role)
        if owner is None or kind is None:
            return ()
        names = self.everyone.kinds
        rows = {
            text: n
            for text, n in self._rows(mine, *owner).items()
            if text is not None and text.casefold() in names
        }
        told = self.data.told_of(*kind)
        counts = (count, self.data.total)
        typed = _telling(rows, self.everyone.searched, counts, _as_typed)
        found: dict[str, Taste] = {}
        for each in typed:
            code = names[each.code.casefold()]
            found.setdefault(code, replace(each, code=code, words=told(code)))
        return tuple(found.values())

    def searches(self, mine: Scope, count: int) -> tuple[Taste, ...]:
        """What at least five of them typed; in the words they typed, whatever the language."""
        owner = self.data.attribute("search", "query")
        if owner is None:
            return ()
        rows = {text: n for text, n in self._rows(mine, *owner).items() if n >= LEAST}
        counts = (count, self.data.total)
        return _telling(rows, self.everyone.searched, counts, _as_typed)

    def _rows(self, mine: Scope, event: Event, attribute: Attribute) -> Spread:
        return self.data.spread(having(mine, event.name, attribute.name))


def numbers_of(tastes: Mapping[str, tuple[Taste, ...]]) -> dict[str, Number]:
    """The shares and lifts that playbooks ask about."""
    found = {}
    for role in ("category", "need", "brand", *LIVED):
        for taste in tastes.get(role, ())[:1]:
            found[f"{role}_share"] = Number(taste.share, taste.of_all)
            if role not in LIVED:
                found[f"{role}_lift"] = Number(taste.lift)
    return found


def _as_typed(text: str) -> Mapping[str, str]:
    return dict.fromkeys(written(), text)


def _telling(rows: Spread, known: Spread, counts: tuple[int, int], told: Told) -> tuple[Taste, ...]:
    """By how much more of them than of everyone have it; what fewer than five have comes last."""
    count, total = counts

    def more(pair: tuple[Any, int]) -> tuple[bool, Decimal, str]:
        code, members = pair
        ahead = Decimal(members) / count - Decimal(known.get(code, 0)) / total
        return members < LEAST, -ahead, str(code)

    return _tastes(sorted(_known(rows), key=more), known, counts, told)


def _common(rows: Spread, known: Spread, counts: tuple[int, int], told: Told) -> tuple[Taste, ...]:
    """By how many have it."""
    ordered = sorted(_known(rows), key=lambda pair: (-pair[1], str(pair[0])))
    return _tastes(ordered, known, counts, told)


def _known(rows: Spread) -> list[tuple[Any, int]]:
    return [(code, members) for code, members in rows.items() if code is not None]


def _tastes(
    ordered: list[tuple[Any, int]], known: Spread, counts: tuple[int, int], told: Told
) -> tuple[Taste, ...]:
    count, total = counts
    return tuple(
        Taste(str(code), told(str(code)), members, count, known.get(code, 0), total)
        for code, members in ordered[:KEPT]
    )
