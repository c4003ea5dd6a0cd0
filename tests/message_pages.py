"""The suggested messages for twelve segments of the sample shop, a readable page each.

`python -m tests.message_pages` writes them to `tests/corpus/messages/`; a test compares them. They
are there to be read: idiom, truth, lengths.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from assistant.answers import Shop
from assistant.answers.messages import Messenger, Suggested
from assistant.languages.files import table
from assistant.languages.texts import texts
from assistant.messages.channels import Kind, channels
from assistant.messages.choosing import Chosen
from assistant.messages.playbooks import load
from assistant.messages.voices import written
from assistant.messages.writing import Choice, Message
from assistant.messages.written import said_length
from segments.codec import from_text
from tests.sample_shop import FOLDER, sample

FOLDER_OF_PAGES = Path(__file__).parent / "corpus" / "messages"
DAY = date(2026, 10, 15)

SEGMENTS = {
    "new_customers": "registered_at in last 30 days",
    "one_order": "count(purchase) = 1",
    "lapsed_loyal": (
        "count(purchase) >= 8 and not count(purchase in last 180 days) >= 1 "
        'and count(open where campaign_kind = "newsletter" in last 90 days) >= 1'
    ),
    "never_bought": "count(purchase) = 0 and count(open) >= 10",
    "stockholm_hair_care": (
        'city = "Stockholm" '
        'and sum(purchase.amount where category = "hair_care" in last 90 days) > 500 '
        'and not count(open where campaign_kind = "newsletter") >= 1'
    ),
    "frizzy_hair": 'count(purchase where need = "frizzy_hair") >= 3',
    "deal_hunters": (
        "count(purchase) >= 4 "
        "and share(count(purchase where on_sale = yes) of count(purchase)) > 80"
    ),
    "salons": 'industry = "hair_salon" and count(purchase where payment = "invoice") >= 1',
    "malmo_store": (
        'city = "Malmö" and count(purchase where channel = "store") >= 3 '
        'and not count(purchase where not channel = "store") >= 1'
    ),
    "birthdays": "anniversary(birth_date) <= 30 days ahead",
    "carts": "count(cart in last 7 days) >= 1 and not count(purchase in last 7 days) >= 1",
    "returns": "count(return in last 30 days) >= 1",
}


@cache
def messenger() -> Messenger:
    """Who suggests messages in the sample shop."""
    found = sample()
    shop = Shop(found.engine, found.engine.values(), found.reader)
    return Messenger(shop, load(FOLDER / "playbooks"))


def page(name: str) -> str:
    """The page of a segment."""
    definition = from_text(SEGMENTS[name])
    suggested = messenger().suggest(definition)
    said = messenger().shop.speaker("en", DAY).say(definition)
    counts = ", ".join(f"{code} {count:,}" for code, count in suggested.languages.items())
    lines = [
        f"# {name.replace('_', ' ').capitalize()}",
        "",
        f"{said}: {suggested.facts.count:,} ({counts}). Tone: {suggested.tone}.",
        "",
    ]
    for each in suggested.picked:
        lines += _suggestion(suggested, each)
    return "\n".join(lines)


def _suggestion(suggested: Suggested, each: Chosen) -> Iterator[str]:
    yield f"## {each.playbook.code.replace('_', ' ').capitalize()}"
    yield ""
    for language in written():
        tongue = each.playbook.tongue(language)
        yield f"### {table(language, 'language')['name']}"
        yield ""
        yield tongue.angle
        yield ""
        for reason in messenger().reasons(each.reasons, language, DAY):
            yield f"- + {reason}"
        for avoided in tongue.avoid:
            yield f"- − {avoided}"
        yield ""
        for channel in suggested.channels(each):
            variants = suggested.variants(each, language)
            for variant in variants[:1] if channel.kind is Kind.AD else variants:
                choice = Choice(channel.name, language, suggested.tone, "plain", variant)
                yield from _message(suggested, suggested.message(each, choice))


def _message(suggested: Suggested, message: Message) -> Iterator[str]:
    choice = message.choice
    said = texts(choice.language)
    head = said.message(f"channel_{choice.channel}")
    if channels()[choice.channel].kind is not Kind.AD:
        head += f" · {suggested.variant_name(choice.variant, choice.language)}"
    yield f"**{head}**"
    yield ""
    for text in message.texts:
        slot = channels()[choice.channel].slot(text.slot)
        label = said.message(f"slot_{text.slot}")
        if (choice.channel, text.slot) == ("letter", "body"):
            yield f"{label}: = {said.message('channel_email')}"  # word for word
            yield ""
            continue
        yield f"{label} ({said_length(text.measured, slot, said)}):"
        yield ""
        for line in text.text.splitlines():
            yield f"> {line}".rstrip()
        yield ""


def write_all() -> None:
    """Write every page."""
    FOLDER_OF_PAGES.mkdir(parents=True, exist_ok=True)
    for name in SEGMENTS:
        (FOLDER_OF_PAGES / f"{name}.md").write_text(page(name) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_all()
