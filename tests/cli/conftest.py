"""The small shop in a folder, a cache of its own, and the command run in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from tests import small_shop


@dataclass(frozen=True)
class Ran:
    """What one command wrote."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Krets = Callable[..., Ran]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_shop.write(tmp_path_factory.mktemp("small_shop"))


@pytest.fixture(autouse=True)
def surroundings(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRETS_CACHE", str(cache))
    monkeypatch.setenv("KRETS_STORE", str(tmp_path / "segments.db"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def krets(capsys: pytest.CaptureFixture[str]) -> Krets:
    """Run the command; whatever happens, no traceback and no colour reaches a pipe."""

    def run(*words: object) -> Ran:
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        wrote = capsys.readouterr()
        if "--debug" not in words:
            assert "Traceback" not in wrote.out + wrote.err
        assert "\x1b" not in wrote.out + wrote.err
        return Ran(code, wrote.out, wrote.err)

    return run
