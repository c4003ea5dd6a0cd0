"""Every limit of every channel, at its edge and one past it; SMS counted by hand."""

import pytest

from assistant.messages.channels import Kind, channels, measure
from assistant.messages.sms import BASIC, EXTENDED, GSM, UCS, counted

# channel, part, where it begins to be cut, where it is refused; written by hand from what the
# channels say themselves
LIMITS = [
    ("email", "subject", 50, 150),
    ("email", "preheader", 90, 150),
    ("email", "body", 1200, 5000),
    ("email", "call_to_action", 25, 40),
    ("push", "title", 40, 65),
    ("push", "text", 120, 178),
    ("banner", "headline", 40, 60),
    ("banner", "text", 120, 160),
    ("banner", "call_to_action", 25, 40),
    ("meta", "primary_text", 125, 2200),
    ("meta", "headline", 40, 255),
    ("meta", "description", 30, 255),
    ("google", "headline", 30, 30),
    ("google", "description", 90, 90),
    ("linkedin", "introduction", 150, 600),
    ("linkedin", "headline", 70, 200),
    ("linkedin", "description", 100, 300),
    ("letter", "heading", 60, 90),
    ("letter", "body", 1200, 2400),
]


def test_every_text_of_every_channel_has_its_limits_here() -> None:
    known = {(name, slot.name) for name, each in channels().items() for slot in each.slots}
    assert known == {(channel, part) for channel, part, _, _ in LIMITS} | {("sms", "text")}


@pytest.mark.parametrize(("channel", "part", "recommended", "hard"), LIMITS)
def test_a_text_is_counted_at_its_limits_and_one_past_them(
    channel: str, part: str, recommended: int, hard: int
) -> None:
    slot = channels()[channel].slot(part)
    assert measure(slot, "å" * recommended).ideal
    assert not measure(slot, "å" * (recommended + 1)).ideal
    assert measure(slot, "å" * hard).fits
    assert not measure(slot, "å" * (hard + 1)).fits
    assert not measure(slot, "").fits


def test_a_letter_written_as_two_signs_counts_once() -> None:
    slot = channels()["push"].slot("title")
    assert measure(slot, "a\N{COMBINING RING ABOVE}").length == 1


def test_google_counts_letters_of_full_width_twice() -> None:
    slot = channels()["google"].slot("headline")
    assert measure(slot, "水" * 15).fits
    assert not measure(slot, "水" * 16).fits


def test_google_takes_three_to_fifteen_headlines_and_two_to_four_descriptions() -> None:
    slots = {slot.name: (slot.least, slot.most) for slot in channels()["google"].slots}
    assert slots == {"headline": (3, 15), "description": (2, 4)}


def test_only_linkedin_is_for_companies_alone_and_ads_are_read_by_strangers() -> None:
    assert [each.name for each in channels().values() if each.business] == ["linkedin"]
    ads = {each.name for each in channels().values() if each.kind is Kind.AD}
    assert ads == {"meta", "google", "linkedin"}


@pytest.mark.parametrize(
    ("text", "encoding", "length", "parts"),
    [
        ("", GSM, 0, 0),
        ("a" * 160, GSM, 160, 1),
        ("a" * 161, GSM, 161, 2),
        ("a" * 306, GSM, 306, 2),
        ("a" * 307, GSM, 307, 3),
        ("åäöæøÅÄÖÆØé" * 14 + "a" * 6, GSM, 160, 1),
        ("€" * 80, GSM, 160, 1),
        ("€" * 80 + "a", GSM, 161, 2),
        # 152 and an escaped sign: the pair does not fit the first part's last septet
        ("a" * 152 + "€" + "a" * 152, GSM, 306, 3),
        ("a" * 151 + "€" + "a" * 153, GSM, 306, 2),
        ("ê" + "a" * 69, UCS, 70, 1),
        ("ê" + "a" * 70, UCS, 71, 2),
        ("ê" + "a" * 133, UCS, 134, 2),
        ("ê" + "a" * 134, UCS, 135, 3),
        ("🎁" * 35, UCS, 70, 1),
        ("🎁" * 36, UCS, 72, 2),
        # a pair of units at the end of a part of 67 moves whole to the next
        ("a" * 66 + "🎁" + "a" * 66, UCS, 134, 3),
    ],
)
def test_an_sms_is_counted_as_it_is_paid_for(
    text: str, encoding: str, length: int, parts: int
) -> None:
    found = counted(text)
    assert (found.encoding, found.length, found.parts) == (encoding, length, parts)


def test_the_alphabets_are_those_of_the_standard() -> None:
    assert (len(BASIC), len(EXTENDED)) == (127, 10)  # 128 with the escape
    assert not BASIC & EXTENDED


def test_what_makes_an_sms_dear_is_named() -> None:
    assert counted("– ’ a ’").strange == ("–", "’")


def test_an_sms_of_one_part_is_recommended_and_of_three_the_most() -> None:
    slot = channels()["sms"].slot("text")
    assert measure(slot, "a" * 160).ideal
    assert not measure(slot, "a" * 161).ideal
    assert measure(slot, "a" * 459).fits
    assert not measure(slot, "a" * 460).fits
    assert measure(slot, "a" * 200).room == 306
