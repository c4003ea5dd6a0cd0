"""Every window that can be said is read back as itself, in all languages; alone and in an edge."""

import pytest

from assistant.grammar.reading import Status
from assistant.languages.files import languages
from assistant.messages.readback import Speaker
from segments.codec import from_text, to_text
from segments.feasts import FEASTS, country_of
from segments.windows import as_of_day
from tests.sample_shop import sample

PLAIN = """
in march
in march previous year
in march this year
in Q2
in Q2 previous year
in Q2 this year
in 2025-Q4
in H1
in H2 previous year
in 2025-H2
in W42
in W42 previous year
in 2025-W42
in april 3
in april 3 previous year
in monday
in easter previous year
in easter this year
in easter 2025
in summer 2025
in winter 2025
in new_year 2026
in black_friday 2025
in from march
in from april 3
in from easter
in from summer previous year
in from monday
in after easter
in after midsummer of SE
in after march
in before easter
in before april 3
in before june
in to june
in to easter
in to april 3
in from march to may
in from november to february
in from april 3 to april 15
in from easter to june
in from monday to wednesday
in from easter before june
in after easter to june
in after easter before june
in any of (june, july, august)
in any of (2025-06, 2025-07)
in any of (easter, black_week)
in any of (summer 2025, winter 2025)
in any of (april 3, may 3)
in any of (2024, 2025)
= 30 days ago
between 30 and 60 days ago
"""
WEEKDAYS = ("weekday = 6", "weekday in (6, 7)", "weekday in (1, 3)", "not weekday = 1")


def _windows() -> list[str]:
    home = sample().engine.catalogue.home
    named = []
    for name, kept in FEASTS.items():
        country = None if None in kept else country_of(name, (home, *sorted(filter(None, kept))))
        said = f"{name} of {country}" if country else name
        named += [f"in {said}", f"in last {said}"]
    return [*PLAIN.strip().splitlines(), *named]


def _again(language: str, text: str) -> str:
    """What becomes of a definition that is said and read."""
    shop = sample()
    instant, _ = shop.engine.as_of()
    engine = shop.engine
    speaker = Speaker(language, engine.catalogue, engine.values(), as_of_day(instant))
    said = speaker.say(from_text(text))
    reading = shop.reader.read(said, language)
    if reading.status is not Status.ANSWERED or reading.definition is None:
        return f"{reading.status}: {said}"
    return to_text(reading.definition)


@pytest.mark.parametrize("language", languages())
def test_a_window_is_read_as_it_was_said(language: str) -> None:
    texts = [f"count(purchase {window}) >= 1" for window in _windows()]
    texts += [f"count(purchase where {days}) >= 1" for days in WEEKDAYS]
    again = {text: _again(language, text) for text in texts}
    assert {text: found for text, found in again.items() if text != found} == {}
