"""`krets run` and `krets catalogue check`."""

import json
from pathlib import Path

import pytest

from segments.codec import from_text, to_json
from tests import small_shop
from tests.cli.conftest import Krets

OSLO = 'city = "Oslo"'


def saved(path: Path, text: str) -> Path:
    path.write_text(json.dumps(to_json(from_text(text))), encoding="utf-8")
    return path


def test_a_definition_is_counted(krets: Krets, folder: Path, tmp_path: Path) -> None:
    file = saved(tmp_path / "oslo.json", OSLO)
    ran = krets("run", file, "--data", folder, "--json", "--ids")
    assert ran.code == 0
    assert (ran.object["definition"], ran.object["ids"]) == (OSLO, [3, 4])
    assert "2 of 6" in krets("run", file, "--data", folder).out


def test_a_definition_of_another_shop_says_what_is_missing(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    ran = krets("run", saved(tmp_path / "x.json", 'town = "Oslo"'), "--data", folder)
    assert ran.code == 1
    assert "town" in ran.err


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (b"", "1"),
        (b'{"version": 1,\n "definition": {"kind": "field",}}', "2"),
        (b'{"version": 99, "definition": {}}', "99"),
        (b'{"version": 1,\n "definition": {\n "kind": "fields"}}', "line 3, column 10"),
        (b'{"version": 1, "definition": {"kind": "field", "field": "city"}}', "column 30"),
        (b'{"version": 1, "definition": {"kind": "all",\n"parts": 3}}', "line 2, column 10"),
        (b'{"version": 1}', "line 1, column 1"),
        (b"[]", "line 1, column 1"),
        (b'"text"', "line 1, column 1"),
        (b"\xff\xfe{}", "x.json"),
        (b"[" * 200_000, ""),
        (b'{"version": 1, "definition": ' + b'{"kind": "not", "part": ' * 90 + b"1", ""),
    ],
)
def test_a_badly_edited_file_is_told_by_its_place(
    krets: Krets, folder: Path, tmp_path: Path, written: bytes, place: str
) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(written)
    ran = krets("run", file, "--data", folder)
    assert ran.code == 1
    assert place in ran.err
    assert len(ran.err) < 600


@pytest.mark.parametrize("name", ["none.json", "."])
def test_a_file_that_is_not_there_is_told(
    krets: Krets, folder: Path, tmp_path: Path, name: str
) -> None:
    ran = krets("run", tmp_path / name, "--data", folder)
    assert ran.code == 1
    assert str(tmp_path) in ran.err


# --- catalogue check ------------------------------------------------------------------------


def test_a_catalogue_that_fits_is_code_zero(krets: Krets, folder: Path) -> None:
    ran = krets("catalogue", "check", folder / "catalogue.toml", "--data", folder)
    assert (ran.code, ran.err) == (0, "")
    assert "catalogue.toml" in ran.out


def test_every_mistake_is_told_with_file_and_line(krets: Krets, tmp_path: Path) -> None:
    folder = small_shop.write(tmp_path / "shop")
    file = folder / "catalogue.toml"
    text = small_shop.CATALOGUE.replace("Europe/Stockholm", "Europe/Stokholm")
    file.write_text(text.replace('role = "city"', 'role = "citty"'), encoding="utf-8")
    ran = krets("catalogue", "check", file, "--data", folder)
    assert ran.code == 1
    assert f"{file}:6: " in ran.out
    assert "Europe/Stockholm" in ran.out
    assert "citty" in ran.out
    assert "city" in ran.out.replace("citty", "")


def test_a_mistake_with_the_data_is_told_with_the_line_of_its_section(
    krets: Krets, tmp_path: Path
) -> None:
    folder = small_shop.write(tmp_path / "shop")
    file = folder / "catalogue.toml"
    text = small_shop.CATALOGUE + '\n[fields.shoe_size]\npath = "shoe"\n'
    file.write_text(text, encoding="utf-8")
    line = text.splitlines().index("[fields.shoe_size]") + 1
    ran = krets("catalogue", "check", file, "--data", folder)
    assert ran.code == 1
    assert f"{file}:{line}:" in ran.out
    assert "shoe" in ran.out


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
def test_a_missing_file_and_a_missing_folder_are_mistakes_too(
    krets: Krets, tmp_path: Path, language: str
) -> None:
    words = ("catalogue", "check", tmp_path / "none.toml", "--data", tmp_path)
    assert krets(*words, "--language", language).code == 1
    folder = small_shop.write(tmp_path / "shop")
    file = folder / "catalogue.toml"
    ran = krets("catalogue", "check", file, "--data", tmp_path / "no", "--language", language)
    assert ran.code == 1
