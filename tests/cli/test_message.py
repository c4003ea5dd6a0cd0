"""`krets message` and `krets playbooks check` on the terminal and as JSON."""

from pathlib import Path

import pytest

from tests.cli.conftest import Krets

WHO = "customers in Stockholm"


def test_a_message_is_told_with_why_and_its_lengths(krets: Krets, folder: Path) -> None:
    ran = krets("message", WHO, "--data", folder)
    assert ran.code == 0
    assert "Suggestion 1 of" in ran.out
    assert "+ The segment says: live in Stockholm." in ran.out
    assert "Subject (" in ran.out
    assert "of 50)" in ran.out


def test_the_options_choose_channel_language_tone_tool_and_variant(
    krets: Krets, folder: Path
) -> None:
    options = [
        "--channel",
        "email",
        "--language",
        "da",
        "--tone",
        "formal",
        "--tool",
        "rule",
        "--variant",
        "short",
    ]
    found = krets("message", "kunder i Stockholm", *options, "--data", folder, "--json").object
    messages = [each for one in found["suggestions"] for each in one["messages"]]
    assert messages
    for each in messages:
        chosen = [each[name] for name in ("channel", "language", "tone", "tool", "variant")]
        assert chosen == ["email", "da", "formal", "rule", "short"]
        body = next(text for text in each["texts"] if text["slot"] == "body")
        assert "Kære [CustomField:Subscriber.FirstName]" in body["text"]
        assert 0 < body["length"] <= body["recommended"] <= body["hard"]


def test_a_sentence_that_is_not_understood_is_shown_as_such(krets: Krets, folder: Path) -> None:
    ran = krets("message", "customers with purple hair", "--data", folder)
    assert ran.code == 1
    assert "Not understood" in ran.err


def test_nobody_gets_no_message(krets: Krets, folder: Path) -> None:
    ran = krets("message", "customers in Bergen under 20", "--data", folder)
    assert ran.code == 0
    assert "nothing to say to them" in ran.out


def test_a_channel_that_the_idea_does_not_suit_is_told(krets: Krets, folder: Path) -> None:
    told = "Nothing is written for LinkedIn: this idea does not suit it. Possible channels: E-mail,"
    assert told in " ".join(
        krets("message", WHO, "--channel", "linkedin", "--data", folder).out.split()
    )
    assert "Nothing is written" not in krets("message", WHO, "--data", folder).out


def test_a_channel_that_is_none_is_refused(krets: Krets) -> None:
    assert krets("message", WHO, "--channel", "fax").code == 2


@pytest.mark.parametrize("command", ["check", "message"])
def test_mistakes_in_a_shops_playbooks_are_told(krets: Krets, folder: Path, command: str) -> None:
    own = folder / "playbooks"
    own.mkdir(exist_ok=True)
    wrong = own / "shop.toml"
    wrong.write_text('name = "Ours"\nnamn = "x"\n', encoding="utf-8")
    try:
        words = ("playbooks", "check", own) if command == "check" else ("message", WHO)
        data = () if command == "check" else ("--data", folder)
        ran = krets(*words, *data)
    finally:
        wrong.unlink()
        own.rmdir()
    assert ran.code == 1
    assert "Line 2: In shop.toml" in ran.err
    assert "namn" in ran.err


def test_playbooks_with_nothing_wrong_are_counted(krets: Krets, tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('name = "Ours"\n', encoding="utf-8")
    ran = krets("playbooks", "check", tmp_path)
    assert (ran.code, ran.out) == (0, "25 playbooks, and nothing wrong with them.\n")
