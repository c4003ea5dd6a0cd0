"""Whatever comes in, a short message goes out, in the person's language, and never a traceback."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from assistant.answers import Shop
from tests import small_shop
from tests.cli.conftest import Krets

OSLO = "customers in Oslo"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "x" * 10_000,
        "customers in " * 1_000,
        "(" * 3_000,
        "customers \x1b[31min Oslo\x07\x00",
        "\u202ecustomers",
        "\udcff\udcfe",
        "'; DROP TABLE members; --",
        "[red]customers[/red] [link=x]",
        "👩‍👩‍👧 in 🏠",
    ],
    ids=["nothing", "blank", "long", "many-words", "brackets", "escape", "direction", "bytes",
         "sql", "markup", "emoji"],
)  # fmt: skip
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_sentences_that_are_none(
    krets: Krets, folder: Path, text: str, form: tuple[str, ...]
) -> None:
    ran = krets("ask", text, "--data", folder, *form)
    assert ran.code in {1, 3}
    if form:
        assert ran.object["count"] is None
        assert ran.object["reasons"] or ran.object["questions"]
    else:
        assert ran.err or ran.out
    assert "\x07" not in ran.out + ran.err


def _missing(folder: Path) -> Path:
    return folder / "nowhere"


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def _only_catalogue(folder: Path) -> Path:
    for file in folder.glob("*.csv"):
        file.unlink()
    return folder


def _without_orders(folder: Path) -> Path:
    (folder / "orders.csv").unlink()
    return folder


def _broken_parquet(folder: Path) -> Path:
    (folder / "orders.csv").unlink()
    (folder / "orders.parquet").write_bytes(b"PAR1 and then nothing that is Parquet PAR1")
    return folder


def _half_parquet(folder: Path) -> Path:
    whole = folder / "whole.parquet"
    duckdb.read_csv(str(folder / "orders.csv")).write_parquet(str(whole))
    written = whole.read_bytes()
    whole.unlink()
    (folder / "orders.csv").unlink()
    (folder / "orders.parquet").write_bytes(written[: len(written) // 2])
    return folder


def _a_file(folder: Path) -> Path:
    return folder / "orders.csv"


def _column_gone(folder: Path) -> Path:
    (folder / "orders.csv").write_text("order_id,customer_id\no1,1\n", encoding="utf-8")
    return folder


def _broken_catalogue(folder: Path) -> Path:
    (folder / "catalogue.toml").write_text('version = 1\n[shop\nname = "x', encoding="utf-8")
    return folder


def _empty_catalogue(folder: Path) -> Path:
    (folder / "catalogue.toml").write_bytes(b"")
    return folder


def _no_catalogue(folder: Path) -> Path:
    (folder / "catalogue.toml").unlink()
    return folder


def _catalogue_is_bytes(folder: Path) -> Path:
    (folder / "catalogue.toml").write_bytes(b"\xff\xfe\x00")
    return folder


BAD = [
    _missing, _empty, _only_catalogue, _without_orders, _broken_parquet, _half_parquet, _a_file,
    _column_gone, _broken_catalogue, _empty_catalogue, _no_catalogue, _catalogue_is_bytes,
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__)
def test_shops_that_cannot_be_opened(
    krets: Krets, tmp_path: Path, spoil: Callable[[Path], Path], language: str
) -> None:
    data = spoil(small_shop.write(tmp_path / "shop"))
    ran = krets("ask", OSLO, "--data", data, "--language", language)
    assert ran.code == 1
    assert ran.out == ""
    assert 10 < len(ran.err) < 2_000
    assert "Error" not in ran.err


def test_the_language_of_the_surroundings_is_spoken(
    krets: Krets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for locale in ("sv_SE.UTF-8", "nn_NO.UTF-8", "da", "C"):
        monkeypatch.setenv("LC_ALL", locale)
        said.append(krets("ask", OSLO, "--data", tmp_path / "nowhere").err)
    assert len(set(said)) == 4


def test_a_failure_of_ours_has_a_code_and_no_traceback(
    krets: Krets, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "a secret"
        raise RuntimeError(message)

    monkeypatch.setattr(Shop, "ask", fail)
    ran = krets("ask", OSLO, "--data", folder)
    assert ran.code == 1
    assert "K-" in ran.err
    assert "secret" not in ran.err
    assert "RuntimeError" not in ran.err
    assert "a secret" in krets("ask", OSLO, "--data", folder, "--debug").err


def test_one_failing_line_does_not_end_a_batch(
    krets: Krets, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Shop.ask

    def fail(self: Shop, text: str, **more: object) -> object:
        if text == "fail":
            raise RuntimeError(text)
        return asked(self, text, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Shop, "ask", fail)
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "text": "fail"}\n' + json.dumps({"id": 2, "text": OSLO}) + "\n")
    ran = krets("ask", "--batch", batch, "--data", folder)
    assert [line["status"] for line in ran.lines] == ["unread", "answered"]
    assert "K-" in ran.lines[0]["reasons"][0]
