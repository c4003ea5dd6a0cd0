"""krets teach, taught, forget and ask --remember, on a folder of their own."""

from pathlib import Path

import pytest

from assistant.answers import Shop
from assistant.answers.teaching import Teacher
from segments.errors import Shown
from tests import small_shop
from tests.cli.conftest import Krets


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return small_shop.write(tmp_path / "shop")


def asked(krets: Krets, text: str, folder: Path, *more: str) -> dict[str, object]:
    found: dict[str, object] = krets("ask", text, "--data", folder, "--json", *more).object
    return found


def test_a_word_for_a_kind_of_customer_works_at_once(krets: Krets, own: Path) -> None:
    assert asked(krets, "zorps in Stockholm", own)["status"] == "unread"
    said = krets("teach", "zorps", "--means", "customers with at least 2 orders", "--data", own)
    assert said.code == 0
    assert "“zorps” means: " in said.out
    assert asked(krets, "zorps in Stockholm", own)["count"] == 1
    assert asked(krets, "customers who are not zorps", own)["count"] == 5


def test_a_word_for_a_value_works_in_the_other_languages_too(krets: Krets, own: Path) -> None:
    krets("teach", "sthlm", "--value", "city=stockholm", "--language", "sv", "--data", own)
    for text in ("kunder i Sthlm", "kunder i Oslo eller sthlm", "customers in sthlm"):
        assert asked(krets, text, own)["status"] == "answered", text
    assert asked(krets, "customers not in sthlm", own)["count"] == 4


def test_words_for_fields_and_events(krets: Krets, own: Path) -> None:
    krets("teach", "yearz", "--field", "age", "--data", own)
    krets("teach", "grabbed", "--event", "purchase", "--verb", "--data", own)
    krets("teach", "sackfuls", "--event", "purchase", "--data", own)
    assert asked(krets, "yearz over 40", own)["count"] == 3
    assert asked(krets, "customers who grabbed shampoo or hair care", own)["status"] != "answered"
    assert asked(krets, "customers who grabbed hair care", own)["count"] == 2
    assert asked(krets, "at least 2 sackfuls", own)["count"] == 1


def test_a_word_that_keeps_its_meaning_is_refused_whatever_is_said(krets: Krets, own: Path) -> None:
    before = (own / "catalogue.toml").read_text(encoding="utf-8")
    said = krets("teach", "not", "--value", "city=Bergen", "--yes", "--data", own)
    assert said.code == 1
    assert "holds sentences together" in said.err
    assert (own / "catalogue.toml").read_text(encoding="utf-8") == before


def test_an_explanation_that_is_none_is_told(krets: Krets, own: Path) -> None:
    said = krets("teach", "zorps", "--means", "purple elephants", "--data", own)
    assert said.code == 1
    assert "was not understood" in said.err
    assert krets("taught", "--data", own).out == ""


def test_a_word_with_a_meaning_is_shown_before_and_after_and_confirmed(
    krets: Krets, own: Path
) -> None:
    words = (
        "teach",
        "bought",
        "--means",
        "customers in Oslo",
        "--sentence",
        "customers who bought",
    )
    said = krets(*words, "--data", own)
    assert said.code == 3
    assert "Today: 3" in said.out
    assert "already means something" in said.err
    assert krets("taught", "--data", own).out == ""
    assert krets(*words, "--yes", "--data", own).code == 0
    assert "Oslo" in krets("taught", "--data", own).out


@pytest.mark.parametrize("word", ["bought hair care", "Stokholm", "women in Oslo"])
def test_words_that_are_understood_together_are_confirmed_too(
    krets: Krets, own: Path, word: str
) -> None:
    words = ("teach", word, "--means", "customers in Bergen", "--data", own)
    said = krets(*words)
    assert said.code == 3, said
    assert "Today: " in said.out
    assert asked(krets, "customers who bought hair care", own)["count"] == 2
    assert krets(*words, "--yes").code == 0


def test_a_taught_word_is_proposed(krets: Krets, own: Path) -> None:
    krets("teach", "zorpsville", "--value", "city=Oslo", "--data", own)
    krets("teach", "zorpsters", "--means", "customers in Oslo", "--data", own)
    proposed = krets("complete", "customers in zorps", "--data", own, "--json").lines
    assert "zorpsville" in {each["text"] for each in proposed}
    proposed = krets("complete", "zorps", "--data", own, "--json").lines
    assert "zorpsters" in {each["text"] for each in proposed}


def test_an_answer_is_remembered_beside_an_open_question(krets: Krets, own: Path) -> None:
    text = "loyal customers who bought recently"
    turns = ("--then", "2", "--then", "1", "--remember", "--data", own)
    said = krets("ask", text, *turns)
    assert said.code == 0
    written = (own / "catalogue.toml").read_text(encoding="utf-8")
    assert written.count("[rules.") == 1
    found = krets("taught", "--data", own, "--json").lines
    assert [each["name"] for each in found] == ["loyal"]
    assert asked(krets, "loyal customers", own)["definition"] == found[0]["definition"]


def test_an_answer_is_remembered_for_all_languages(krets: Krets, own: Path) -> None:
    assert asked(krets, "loyal customers", own)["status"] == "asks"
    said = krets("ask", "loyal customers", "--then", "1", "--remember", "--data", own)
    assert "means: Customers who have shopped at least 3 times" in said.out
    for text in ("loyal customers", "lojala kunder", "stamkunder"):
        found = asked(krets, text, own)
        assert found["definition"] == ("count(purchase in last 12 months) >= 3"), text
        assert any(
            "own rule" in str(each) or "egen regel" in str(each) for each in found["defaults"]
        )  # type: ignore[attr-defined]


def test_a_negated_answer_is_not_remembered_as_its_opposite(krets: Krets, own: Path) -> None:
    krets("ask", "customers who are not loyal", "--then", "2", "--remember", "--data", own)
    text = (own / "catalogue.toml").read_text(encoding="utf-8")
    assert '[rules.loyal]\ndefinition = "count(purchase in last 12 months) >= 5"' in text


def test_an_answer_about_something_else_is_not_remembered(krets: Krets, own: Path) -> None:
    before = (own / "catalogue.toml").read_text(encoding="utf-8")
    said = krets("ask", "bought recently", "--then", "1", "--remember", "--data", own)
    assert "No choice was taken that a rule can keep" in said.err
    assert (own / "catalogue.toml").read_text(encoding="utf-8") == before


def test_what_was_taught_is_listed_forgotten_and_not_there_twice(krets: Krets, own: Path) -> None:
    krets("teach", "zorps", "--means", "customers in Oslo", "--data", own)
    krets("teach", "zorps", "--means", "customers in Bergen", "--yes", "--data", own)
    listed = krets("taught", "--data", own, "--json").lines
    assert [(each["name"], each["definition"]) for each in listed] == [("zorps", 'city = "Bergen"')]
    assert krets("forget", "Zorps", "--data", own).code == 0
    assert krets("taught", "--data", own).out == ""
    assert krets("forget", "zorps", "--data", own).code == 1
    assert asked(krets, "zorps in Stockholm", own)["status"] == "unread"


def test_a_rule_that_no_longer_fits_is_told_and_never_answered(krets: Krets, own: Path) -> None:
    krets("teach", "zorps", "--means", "customers with consent", "--data", own)
    catalogue = own / "catalogue.toml"
    text = catalogue.read_text(encoding="utf-8")
    broken = '\n[rules.broken]\ndefinition = "no_such_field = 3"\nlabels = { en = ["glorps"] }\n'
    torn = '\n[rules.torn]\ndefinition = "count("\nlabels = { en = ["snarps"] }\n'
    catalogue.write_text(text + broken + torn, encoding="utf-8")
    for word in ("glorps", "snarps"):
        found = krets("ask", f"{word} in Oslo", "--data", own)
        assert found.code == 1
        assert "no longer fits" in found.err
    told = krets("taught", "--data", own)
    assert told.err.count("no longer fits") == 2
    assert [each["fits"] for each in krets("taught", "--json", "--data", own).lines][-2:] == [
        False,
        False,
    ]


def test_a_catalogue_that_somebody_left_half_written_is_told_and_kept(own: Path) -> None:
    path, half = own / "catalogue.toml", b"broken = ["
    with Shop.open(own, cache_dir=own.parent / "cache") as shop:
        teacher = Teacher(shop)
        lesson = teacher.rule("zorps", "en", "customers in Oslo")
        path.write_bytes(half)
        with pytest.raises(Shown) as caught:
            teacher.teach(lesson)
    assert [type(problem).__name__ for problem in caught.value.problems] == ["BadCatalogue"]
    assert path.read_bytes() == half


def test_a_word_for_a_value_is_taught_anew_and_not_as_a_rule_beside_it(
    krets: Krets, own: Path
) -> None:
    krets("teach", "capital", "--value", "city=Stockholm", "--data", own)
    assert (
        asked(krets, "customers in capital", own)["readback"] == "Customers who live in Stockholm"
    )
    asks = krets("teach", "capital", "--value", "city=Oslo", "--data", own)
    assert asks.code == 3
    krets("teach", "capital", "--value", "city=Oslo", "--yes", "--data", own)
    assert asked(krets, "customers in capital", own)["readback"] == "Customers who live in Oslo"
    refused = krets("teach", "capital", "--means", "customers in Oslo", "--yes", "--data", own)
    assert refused.code == 1
    assert "already a value of “city”" in refused.err
    krets("forget", "capital", "--data", own)
    assert asked(krets, "customers in capital", own)["status"] == "unread"


def test_a_catalogue_that_cannot_be_written_is_left_and_its_words_stand_beside(
    krets: Krets, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    krets("teach", "zorps", "--means", "customers in Oslo", "--data", own)
    before = (own / "catalogue.toml").read_bytes()
    monkeypatch.setattr("assistant.answers.taught_file.os.access", lambda *_: False)
    said = krets("teach", "glorps", "--means", "customers in Bergen", "--data", own)
    assert str(tmp_path / "data" / "krets") in said.out
    assert (own / "catalogue.toml").read_bytes() == before
    assert asked(krets, "glorps", own)["count"] == 1
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    krets("teach", "glorps", "--means", "customers in Oslo", "--yes", "--data", own)
    assert asked(krets, "glorps", own)["count"] == 2  # what stands beside is what is changed
    assert (own / "catalogue.toml").read_bytes() == before
    monkeypatch.setattr("assistant.answers.taught_file.os.access", lambda *_: False)
    refused = krets("forget", "zorps", "--data", own)
    assert refused.code == 1
    assert "cannot be written" in refused.err
    assert krets("forget", "glorps", "--data", own).code == 0
    assert asked(krets, "glorps", own)["status"] == "unread"
