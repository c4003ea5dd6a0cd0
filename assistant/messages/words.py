"""The facts as words of one language: what `{category}` in a playbook stands for.

In: the facts, a language, what the shop calls its values. Out: a word for each slot that the data
can fill; a slot without one is not there, and a sentence that needs it is not said. What is said to
each of them is true of each of them; the rest is said of the group. Start at `words`.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from babel.numbers import format_decimal

from assistant.messages.discreet import telling
from assistant.messages.facts import Facts, Rating, Taste

# Every slot, with what it is. `own_…` and `city` are true of each one of them.
SLOTS: Mapping[str, str] = {
    "shop": "what the shop calls itself",
    "offer": "the shop's own offer, from its folder",
    "category": "what they buy more of than others: a category",
    "own_category": "a category that every one of them has bought",
    "products": "three products they buy more than others, a line each",
    "category_products": "the three products of the category that most customers have bought",
    "brand": "a brand they buy more than others",
    "brand_products": "the three products of the brand that most customers have bought",
    "own_brand": "a brand that every one of them has bought",
    "eco_products": "the three eco-labelled products that most customers have bought",
    "goal": "what they want, in the shop's own words for a need",
    "goal_products": "the three products for it that most customers have bought",
    "searched": "a kind of product that at least a tenth of them searched for",
    "city": "the city that every one of them lives in",
    "industry": "the industry that most of them are in",
    "supplied": "the industry, where at least three members of it have ordered",
    "buyers": "how many have bought in the category, of everyone",
    "rating": "the average of everyone's reviews in the category",
    "reviews": "how many reviews that is",
    "shop_rating": "the average of all reviews",
    "shop_reviews": "how many reviews that is",
    "weeks": "the weeks that usually lie between their orders",
    "years": "the years for which every one of them has been a customer",
    "top": "the per cent who spend the most, where every one of them is among those",
    "bestsellers": "the three products that most customers have bought, a line each",
}
ALWAYS = frozenset({"shop"})  # no data is needed for it
MOST = 3  # products that are named
LEAST_SHARE, LEAST_LIFT = Decimal("0.3"), Decimal("1.1")  # when a category is theirs
LEAST_SUPPLIED = 3
LEAST_MEMBERS = 5  # fewer could be one person's habit
LEAST_SEEKERS, SEEKERS_SHARE, SEEKERS_LIFT = 20, Decimal("0.1"), Decimal("1.3")
LEAST_REVIEWS, LEAST_STARS = 20, Decimal(4)
_BRACKETS = str.maketrans({"{": "(", "}": ")", "[": "(", "]": ")"})


class Names(Protocol):
    """What the shop calls itself and its values: `assistant.messages.playbooks.Own`."""

    @property
    def name(self) -> str: ...  # noqa: D102 - said above

    @property
    def offer(self) -> Mapping[str, str]: ...  # noqa: D102 - said above

    @property
    def discreet(self) -> tuple[str, ...]: ...  # noqa: D102 - said in its module

    def phrase(self, role: str, code: str, language: str) -> str | None:
        """What to call a value in a sentence."""
        ...


def words(facts: Facts, language: str, own: Names, said: Mapping[str, str]) -> dict[str, str]:
    """A word for each slot; `said` has the value that the definition names, by role."""
    found: dict[str, str | None] = {
        "shop": own.name or facts.shop,
        "offer": own.offer.get(language),
        **_category(facts, language, own, said),
        **_rated(facts.rating, "shop_", language),
        **_brand(facts, language, own, said),
        **_goal(facts, language, own, said),
        "searched": _sought(facts, language, own),
        "products": _listed(_more(facts.tastes.get("product", ())), language, own),
        "bestsellers": _listed(facts.bestsellers, language, own),
        "eco_products": _listed(facts.sold.get(("eco", str(True)), ()), language, own),
        "industry": _of_most(facts.top("industry"), language),
        "supplied": _supplied(facts, language),
        **_times(facts),
    }
    top = facts.number("top_percent")
    found["top"] = str(int(top)) if top is not None else None
    city = facts.top("city")
    if city is not None and city.each:
        found["city"] = city.words[language]
    return {slot: word.translate(_BRACKETS) for slot, word in found.items() if word}


def theirs(facts: Facts, role: str, said: Mapping[str, str]) -> Taste | None:
    """The value of a role that the definition names, or else the one they have more than others."""
    known = facts.tastes.get(role, ())
    if role in said:
        return next((each for each in known if each.code == said[role]), None)
    enough = (
        each
        for each in known
        if each.members >= LEAST_MEMBERS and each.share >= LEAST_SHARE and each.lift >= LEAST_LIFT
    )
    return next(enough, None)


def _category(
    facts: Facts, language: str, own: Names, said: Mapping[str, str]
) -> dict[str, str | None]:
    taste = theirs(facts, "category", said)
    if taste is None:
        return {}
    word = own.phrase("category", taste.code, language) or taste.words[language]
    found: dict[str, str | None] = {
        "category": word,
        "own_category": word if taste.each else None,
        "category_products": _listed(facts.sold.get(("category", taste.code), ()), language, own),
        "buyers": _number(Decimal(taste.everyone), language),
    }
    return found | _rated(facts.ratings.get(taste.code), "", language)


def _rated(rating: Rating | None, prefix: str, language: str) -> dict[str, str | None]:
    """A good average of enough reviews; any other is no proof."""
    if rating is None or rating.reviews < LEAST_REVIEWS or rating.stars < LEAST_STARS:
        return {}
    return {
        f"{prefix}rating": str(format_decimal(rating.stars, "0.0", locale=language)),
        f"{prefix}reviews": _number(Decimal(rating.reviews), language),
    }


def _brand(
    facts: Facts, language: str, own: Names, said: Mapping[str, str]
) -> dict[str, str | None]:
    taste = theirs(facts, "brand", said)
    if taste is None:
        return {}
    word = taste.words[language]
    sold = _listed(facts.sold.get(("brand", taste.code), ()), language, own)
    return {"brand": word, "own_brand": word if taste.each else None, "brand_products": sold}


def _goal(
    facts: Facts, language: str, own: Names, said: Mapping[str, str]
) -> dict[str, str | None]:
    taste = theirs(facts, "need", said)
    if taste is None:
        return {}
    sold = facts.sold.get(("need", taste.code), ())
    goal = own.phrase("need", taste.code, language)
    return {"goal": goal, "goal_products": _listed(sold, language, own)}


def _sought(facts: Facts, language: str, own: Names) -> str | None:
    """What so many of them looked for that it is nobody's own."""
    for each in facts.sought:
        enough = each.members >= LEAST_SEEKERS and each.share >= SEEKERS_SHARE
        if enough and each.lift >= SEEKERS_LIFT:
            return own.phrase("product_type", each.code, language) or each.words[language]
    return None


def _of_most(taste: Taste | None, language: str) -> str | None:
    return taste.words[language] if taste is not None and taste.share >= Decimal("0.6") else None


def _supplied(facts: Facts, language: str) -> str | None:
    """The industry, if some of it must be among those who have ordered."""
    industry, share = facts.top("industry"), facts.number("buyers_share")
    if industry is None or share is None:
        return None
    others = industry.count - industry.members
    ordered = share * industry.count - others
    return _of_most(industry, language) if ordered >= LEAST_SUPPLIED else None


def _times(facts: Facts) -> dict[str, str | None]:
    """Whole weeks and years; what is said to each is rounded down for all of them."""
    gap, since = facts.number("gap_days_median"), facts.number("member_days_least")
    weeks = int((gap / 7).to_integral_value(ROUND_HALF_UP)) if gap else 0
    years = int(since // 366) if since else 0
    return {
        "weeks": str(weeks) if 2 <= weeks <= 26 else None,
        "years": str(years) if years >= 2 else None,
    }


def _more(tastes: tuple[Taste, ...]) -> tuple[Taste, ...]:
    """Those that they have more than everyone, as is said of them."""
    return tuple(each for each in tastes if each.lift > 1)


def _listed(tastes: tuple[Taste, ...], language: str, own: Names) -> str | None:
    """The first that enough have, without those whose names tell what somebody suffers from."""
    known = (each for each in tastes if not telling(each.words.values(), own.discreet))
    found = [each.words[language] for each in known if each.members >= LEAST_MEMBERS][:MOST]
    return "\n".join(f"– {each}" for each in found) if len(found) == MOST else None


def _number(value: Decimal, language: str) -> str:
    return str(format_decimal(value, locale=language))
