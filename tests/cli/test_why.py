"""`krets why`: one customer explained on the terminal and as JSON."""

from pathlib import Path

from tests.cli.conftest import Krets

WHO = "customers in Stockholm who have shopped for more than 300 kr"


def test_the_conditions_are_told_with_what_they_rest_on(krets: Krets, folder: Path) -> None:
    ran = krets("why", "2", WHO, "--data", folder)
    assert ran.code == 0
    assert "✓ live in Stockholm" in ran.out
    assert "    total order value in purchases: SEK 1,000\n" in ran.out
    assert "15 September 2026" in ran.out


def test_as_json_it_is_one_object(krets: Krets, folder: Path) -> None:
    found = krets("why", "4", WHO, "--data", folder, "--json").object
    assert (found["key"], found["inside"]) == (4, False)
    assert [reason["holds"] for reason in found["reasons"]] == [False, False]


def test_a_sentence_that_cannot_be_read_is_shown_as_such(krets: Krets, folder: Path) -> None:
    ran = krets("why", "4", "customers with purple hair", "--data", folder)
    assert ran.code == 1
    assert "Not understood" in ran.err


def test_a_customer_who_is_not_there_is_told(krets: Krets, folder: Path) -> None:
    ran = krets("why", "99", WHO, "--data", folder)
    assert (ran.code, ran.out) == (1, "")
    assert "no customer “99”" in ran.err
