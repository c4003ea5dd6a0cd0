"""Where a shop's files are looked for."""

from pathlib import Path

import pytest

from assistant.answers import places as module
from assistant.answers.places import places
from segments.errors import Shown


def test_a_folder_brings_its_own_catalogue(tmp_path: Path) -> None:
    assert places(tmp_path) == (tmp_path, tmp_path / "catalogue.toml")


def test_a_named_catalogue_goes_before_the_folder_s_own(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").touch()
    named = tmp_path / "other.toml"
    assert places(tmp_path, named) == (tmp_path, named)


def test_without_a_folder_the_environment_names_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRETS_DATA", str(tmp_path))
    assert places()[0] == tmp_path


def test_without_anything_it_is_the_sample_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KRETS_DATA", raising=False)
    folder, catalogue = places()
    assert folder.name == "shop"
    assert catalogue == folder.parent / "catalogue.toml"
    assert places(folder)[1] == catalogue


def test_an_installed_package_without_a_shop_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KRETS_DATA", raising=False)
    monkeypatch.setattr(module, "SAMPLE", tmp_path)
    with pytest.raises(Shown, match="folder_missing"):
        places()


def test_a_missing_folder_is_said_before_a_missing_catalogue(tmp_path: Path) -> None:
    with pytest.raises(Shown, match="folder_missing"):
        places(tmp_path / "nothing")
