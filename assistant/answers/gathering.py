"""The facts behind messages, exact from the data: numbers, tastes, languages of a segment.

In: a definition, the data of one day. Out: `Facts`. What the catalogue has no role for is not
there. Start at `gathered`.
"""

from collections import Counter
from decimal import Decimal

from assistant.answers.facts_data import Data
from assistant.answers.facts_numbers import Numbers
from assistant.answers.facts_tastes import Everyone, Tastes, numbers_of
from assistant.languages.files import FALLBACK
from assistant.messages.facts import Facts, Number
from assistant.messages.voices import of_country, written
from segments.compile.inquiries import members_by
from segments.compile.portraits import Scope, longest
from segments.definition import Condition


def gathered(definition: Condition, data: Data, everyone: Everyone) -> Facts:
    """The facts of a segment beside those of everyone; none but its size for nobody."""
    count, shop = data.counts.of(definition), data.catalogue.name
    if not count:
        return Facts(shop, 0, data.total)
    mine = data.scope(definition)
    found = Tastes(data, everyone)
    tastes = found.of(mine, count)
    named, room = _room(data, mine, "first_name")
    companies, width = _room(data, mine, "company")
    return Facts(
        shop,
        count,
        data.total,
        {**_numbers(definition, data, mine, everyone), **numbers_of(tastes)},
        tastes,
        _languages(data, mine, count),
        everyone.bestsellers,
        everyone.sold,
        everyone.ratings,
        everyone.rating,
        found.searches(mine, count),
        found.sought(mine, count),
        room,
        named,
        width,
        companies,
    )


def _numbers(
    definition: Condition, data: Data, mine: Scope, everyone: Everyone
) -> dict[str, Number]:
    numbers, count = Numbers(data), data.counts.of(definition)
    found = {"members": Number(Decimal(count), Decimal(data.total))}
    top = numbers.top(definition, count)
    if top is not None:
        found["top_percent"] = Number(Decimal(top))
    for name, value in numbers.of(mine, count).items():
        found[name] = Number(value, everyone.numbers.get(name))
    return found


def _languages(data: Data, scope: Scope, count: int) -> dict[str, int]:
    """Members by the language to write to them in: their own, else that of their country, else that
    of the shop."""
    found: Counter[str] = Counter()
    home = of_country(data.catalogue.home) or FALLBACK
    own, country = (data.catalogue.field_by_role(role) for role in ("language", "country"))
    field = own or country
    if field is None:
        return {home: count}
    for value, members in data.rows(members_by(scope.members, field.name)):
        code = str(value or "")
        known = code.lower() if own is not None else of_country(code) or FALLBACK
        language = known if known in written() else FALLBACK
        found[language if code else home] += members
    return dict(found)


def _room(data: Data, scope: Scope, role: str) -> tuple[bool, int]:
    """Whether all of them have a field, and the letters of its longest value."""
    field = data.catalogue.field_by_role(role)
    if field is None:
        return False, 0
    letters, known, members = data.rows(longest(scope, field.name))[0]
    return bool(members) and known == members, int(letters or 0)
