"""What the shop holds, as the page shows it: names, values, members, channels.

In: names of the catalogue, an answer. Out: words and rows in the page's language. Start at
`name_of`.
"""

from datetime import date
from typing import Any

from assistant.answers import Answer, Chip, Part
from assistant.languages.packs import load
from assistant.languages.texts import Texts
from assistant.ui import resources, session
from segments.catalogue import Attribute, Event
from segments.codec import window_text as exact
from segments.compile import compile_members
from segments.definition import All, Condition, Field, Not, Operator, Test, Window, records_of
from segments.definition import Any as AnyOf
from segments.rewrites import simplify
from segments.windows import as_of_day as day_of

CHANNELS = ("email", "sms", "post", "ads", "push")
MOST_VALUES = 2_000  # more than that nobody looks through; a sentence can name any of them
LONGEST_NAME = 56


def fields() -> dict[str, Attribute]:
    """The member fields, those shown first in front."""
    known = resources.shop().catalogue.fields
    front = resources.shop().catalogue.shown
    return {name: known[name] for name in (*front, *(name for name in known if name not in front))}


def shown_fields() -> tuple[str, ...]:
    """The fields of the table of members."""
    return resources.shop().catalogue.shown or tuple(fields())[:6]


def field(name: str) -> Attribute:
    """A member field."""
    return resources.shop().catalogue.fields[name]


def event(name: str) -> Event:
    """An event."""
    return resources.shop().catalogue.events[name]


def key_name() -> str:
    """The name of the member key in the shop's own data."""
    return resources.shop().catalogue.key


def currency() -> str:
    """The shop's currency."""
    return resources.shop().catalogue.currency


def name_of(owner: str) -> str:
    """A field ("city") or an attribute of an event ("purchase.category") in words."""
    catalogue = resources.shop().catalogue
    event_name, _, attribute = owner.rpartition(".")
    known = catalogue.events[event_name].attributes if event_name else catalogue.fields
    labels = known[attribute].labels
    words = labels.get(session.language()) or _by_role(known[attribute], bool(event_name))
    said = next(iter(words or labels.get("en", ())), attribute.replace("_", " "))
    return said[:1].upper() + said[1:]


def _by_role(attribute: Attribute, of_event: bool) -> tuple[str, ...]:  # noqa: FBT001
    """The page language's own words for what an attribute is."""
    section = load(session.language()).section("attributes" if of_event else "fields")
    return tuple(section.get(attribute.role or "", ()))


def values(owner: str) -> dict[str, str]:
    """The codes a field or attribute can have, each with its words, by those words."""
    spoken = [each for each in resources.shop().spoken if each.owner == owner]
    languages = [session.language(), None, "en"]
    spoken.sort(key=lambda value: (*languages, value.language).index(value.language))
    found: dict[str, str] = {}
    for value in spoken:
        found.setdefault(value.code, value.text)
    shown = sorted(found.items(), key=lambda pair: pair[1].casefold())
    return dict(shown[:MOST_VALUES])


def said(chip: Chip, answer: Answer) -> tuple[str, str, str]:
    """A chip's colour, label and text."""
    speaker = resources.shop().speaker(session.language(), answer.as_of)
    found = speaker.chip(chip.condition, chip.negated)
    return str(found.colour), found.label, found.text


def in_short(condition: Condition, answer: Answer) -> str:
    """A condition in words, as short as they go."""
    return resources.shop().speaker(session.language(), answer.as_of).say_part(condition)


def suggested_name(answer: Answer) -> str:
    """A name for a new segment: what its first conditions say, as many as there is room for."""
    name = ""
    for part in answer.parts:
        longer = f"{name}, {_briefly(part, answer)}" if name else _briefly(part, answer)
        if name and len(longer) > LONGEST_NAME:
            break
        name = longer
    short = name if len(name) <= 2 * LONGEST_NAME else name[: 2 * LONGEST_NAME] + " …"
    return short[:1].upper() + short[1:]


def _briefly(part: Part, answer: Answer) -> str:
    """A part by what sets it apart: "Stockholm", "haven't opened the newsletter"."""
    if part.group or part.negated or len(records_of(part.condition)) > 1:
        return in_short(part.condition, answer)
    chip = said(part.chips[0], answer)
    return chip[2] or chip[1]


def window_text(window: Window) -> str:
    """A window in its exact form, for those that the widgets cannot make."""
    return exact(window)


def as_of_day() -> date:
    """The day that counts as today on the page."""
    return day_of(resources.shop().engine.as_of(session.state().current.as_of)[0])


def is_either(condition: Condition) -> bool:
    """Whether a part holds when one of its conditions does."""
    inner = condition.part if isinstance(condition, Not) else condition
    return isinstance(inner, AnyOf)


def members_title(texts: Texts) -> str:
    """What the shop calls its members."""
    nouns = resources.shop().catalogue.nouns.get(texts.language, ())
    return nouns[0].capitalize() if nouns else texts.page("members")


def page(answer: Answer, names: tuple[str, ...], first: int, rows: int) -> list[dict[str, Any]]:
    """Some rows of an answer's members."""
    if answer.definition is None:
        return []
    shop = resources.shop()
    instant, ceiling = shop.engine.as_of(answer.as_of)
    select = compile_members(answer.definition, shop.catalogue, instant, ceiling)
    found: list[dict[str, Any]] = shop.engine.page(
        select, names, offset=first, limit=rows
    ).to_pylist()
    return found


def reach(answer: Answer) -> list[tuple[str, int]]:
    """How many of an answer said yes to each channel the shop knows the consent of."""
    if answer.definition is None:
        return []
    shop = resources.shop()
    found = []
    for channel in CHANNELS:
        consent = shop.catalogue.field_by_role(f"consent_{channel}")
        if consent is not None:
            yes = Field(consent.name, Test(Operator.EQ, (True,)))
            both = simplify(All((answer.definition, yes)))
            found.append((channel, shop.count(both, as_of=answer.as_of)))
    return found


def event_name(name: str) -> str:
    """An event in words: what its records are called."""
    shop = resources.shop()
    said = shop.speaker(session.language(), as_of_day()).events.noun(event(name))
    return said[:1].upper() + said[1:]
