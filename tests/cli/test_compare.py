"""`krets compare`: names and sentences beside each other."""

from pathlib import Path

import pytest

from tests.cli.conftest import Krets
from tests.cli.test_lists import kept, saved


def test_a_saved_segment_a_list_and_a_sentence(krets: Krets, folder: Path, tmp_path: Path) -> None:
    saved("Capital", 'city = "Stockholm"')
    krets("list", "add", "Spring", kept(tmp_path, "customer_id\n2\n3\n"), "--data", folder)
    ran = krets("compare", "capital", "Spring", "women", "--data", folder, "--json")
    assert ran.code == 0, ran.err
    assert [each["members"] for each in ran.object["segments"]] == [2, 2, 3]
    assert [each["both"] for each in ran.object["pairs"]] == [1, 1, 0]
    exactly = {tuple(each["in"]): each["members"] for each in ran.object["exactly"]}
    assert exactly == {(0, 1): 1, (0, 2): 1, (1,): 1, (2,): 2}
    assert ran.object["total"] == 6


def test_it_is_written_for_people(krets: Krets, folder: Path) -> None:
    ran = krets("compare", "women", "customers in Stockholm", "--data", folder)
    assert ran.code == 0, ran.err
    assert "1 are in both “women” and “customers in Stockholm”" in ran.out
    assert "33.3% of the first, 50% of the second" in ran.out
    assert "Only “women”" in ran.out


@pytest.mark.parametrize(
    ("texts", "code"), [(["women"], 2), (["women"] * 6, 2), (["women", "blorps"], 1)]
)
def test_what_cannot_be_compared(krets: Krets, folder: Path, texts: list[str], code: int) -> None:
    ran = krets("compare", *texts, "--data", folder)
    assert ran.code == code
    assert ran.out == ""
    assert ran.err
