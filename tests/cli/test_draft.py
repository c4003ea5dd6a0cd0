"""`krets catalogue draft`."""

from pathlib import Path

import pytest

from segments.catalogue_file import load, loads
from tests.cli.conftest import Krets


def test_the_draft_is_written_to_standard_output(krets: Krets, folder: Path) -> None:
    ran = krets("catalogue", "draft", "--data", folder)
    assert ran.code == 0
    assert loads(ran.out).key == "customer_id"


@pytest.mark.parametrize(("language", "said"), [("da", "første udkast"), ("nb", "første utkast")])
def test_a_file_is_new_and_fits(
    krets: Krets, folder: Path, tmp_path: Path, language: str, said: str
) -> None:
    file = tmp_path / "new.toml"
    words = ("catalogue", "draft", "--data", folder, "--write", file, "--language", language)
    assert krets(*words).code == 0
    assert said in file.read_text(encoding="utf-8")
    assert load(file).table == "customers"
    assert krets("catalogue", "check", file, "--data", folder).code == 0
    before = file.read_bytes()
    again = krets(*words)
    assert again.code == 1
    assert str(file) in again.err
    assert file.read_bytes() == before


def test_nothing_to_draft_from(krets: Krets, tmp_path: Path) -> None:
    assert krets("catalogue", "draft", "--data", tmp_path / "nowhere").code == 1
    (tmp_path / "places.csv").write_text("place,letters\nOslo,4\nLund,4\n", encoding="utf-8")
    ran = krets("catalogue", "draft", "--data", tmp_path, "--language", "sv")
    assert ran.code == 1
    assert "medlemmar" in ran.err


def test_the_folder_must_be_named(krets: Krets) -> None:
    assert krets("catalogue", "draft").code == 2
