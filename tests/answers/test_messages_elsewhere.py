"""Messages in shops that know less, or know it in another way, than the sample shop."""

from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from assistant.answers import Shop
from assistant.answers.messages import Messenger
from assistant.messages.writing import Choice
from segments.codec import from_text
from tests import small_shop

# What a shop may have in other kinds than the sample shop has, as changes of its catalogue.
OTHERWISE = {
    "as it is": ("", ""),
    "ages in bands": ('path = "birth_date"\ntype = "age"', 'path = "gender"\ntype = "text"'),
    "no age": ('role = "age"', ""),
    "no place": ('role = "city"', ""),
    "no names": ('role = "first_name"', ""),
    "industries, and no companies": ('role = "gender"', 'role = "industry"'),
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=list(OTHERWISE))
def test_a_shop_that_knows_less_gets_messages_too(tmp_path: Path, change: tuple[str, str]) -> None:
    folder = small_shop.write(tmp_path / "shop")
    catalogue = folder / "catalogue.toml"
    text = catalogue.read_text(encoding="utf-8")
    assert change[0] in text
    catalogue.write_text(text.replace(*change), encoding="utf-8")
    with Shop.open(folder, catalogue, tmp_path / "cache") as shop:
        messenger = Messenger.of(shop)
        for definition in ("count(purchase) >= 1", "count(purchase) = 0", 'gender = "F"'):
            found = messenger.suggest(from_text(definition))
            assert sum(found.languages.values()) == found.facts.count > 0
            day = shop.engine.as_of()[0].date()
            assert all("{" not in line for line in messenger.habits(found, "sv", day))
            for each in found.picked:
                ways = product(found.channels(each), found.variants(each, "sv"), ("plain", "rule"))
                for channel, variant, tool in ways:
                    choice = Choice(channel.name, "sv", found.tone, tool, variant)
                    message = found.message(each, choice)
                    assert all(one.measured.fits for one in message.texts)
                    count = Counter(one.slot for one in message.texts)
                    assert all(count[slot.name] >= slot.least for slot in channel.slots), choice
