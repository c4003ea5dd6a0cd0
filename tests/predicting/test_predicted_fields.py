"""A shop that asks for predictions has them as fields, with how good they are, or says why not."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assistant.answers import Shop
from assistant.languages.files import languages
from assistant.languages.texts import texts
from segments.catalogue_file import loads
from segments.check import check
from segments.codec import from_text
from segments.compile import compile_members
from segments.engine.duckdb_engine import Engine
from segments.errors import Shown
from segments.predictions import Target
from segments.problems import NoPrediction
from tests import small_shop

CATALOGUE = """version = 1
[shop]
name = "Predicted"
currency = "SEK"
time_zone = "Europe/Stockholm"
[member]
table = "customers"
key = "id"
[fields.city]
role = "city"
indexed = true
[events.purchase]
role = "purchase"
table = "orders"
member = "customer"
time = "at"
attributes.amount = { path = "amount", role = "amount", type = "money" }
[predictions]
churn_risk = { days = 60 }
expected_value = { days = 60 }
next_order = { days = 60 }
"""
FIRST, LAST = date(2025, 1, 1), date(2026, 3, 31)


def _write(folder: Path) -> Path:
    """Half of them buy every other week to the end, half stopped some day; one never bought."""
    draw = np.random.default_rng(5)
    orders = []
    for key in range(600):
        stop = 455 if key % 2 else int(draw.uniform(40, 440))
        day = float(draw.uniform(0, 14))
        while day < stop:
            amount = f"{draw.uniform(50, 150) * (1 + key % 3):.2f}"
            orders.append((key, pd.Timestamp(FIRST) + pd.Timedelta(days=day), amount))
            day += float(draw.exponential(13)) + 1
    orders.append((1, pd.Timestamp(LAST) + pd.Timedelta(hours=20), "75.00"))
    keys = range(601)
    customers = pd.DataFrame({"id": keys, "city": ["Lund" if k % 2 else "Malmö" for k in keys]})
    folder.mkdir()
    customers.to_parquet(folder / "customers.parquet")
    bought = pd.DataFrame(orders, columns=["customer", "at", "amount"])
    bought.sort_values("at").to_parquet(folder / "orders.parquet")
    (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(tmp_path_factory.mktemp("predicted") / "shop")


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    with Engine.open(folder, folder / "catalogue.toml", folder / "cache") as opened:
        yield opened


def _members(engine: Engine, definition: str) -> set[object]:
    instant, ceiling = engine.as_of()
    return set(
        engine.members(compile_members(from_text(definition), engine.catalogue, instant, ceiling))
    )


def test_each_prediction_is_a_field_with_its_card(engine: Engine) -> None:
    for target in Target:
        prediction = engine.catalogue.fields[target].prediction
        assert prediction is not None
        assert prediction.card is not None
        assert not prediction.card.refused
        assert prediction.card.until == LAST + timedelta(days=1)
    assert (
        check(from_text("churn_risk > 70 and next_order <= 30 days ahead"), engine.catalogue) == ()
    )


def test_those_who_go_on_are_told_from_those_who_stopped(engine: Engine) -> None:
    going = {key for key in range(600) if key % 2}
    assert len(_members(engine, "churn_risk < 50") & going) > 280
    assert len(_members(engine, "churn_risk >= 50") & going) < 20
    soon = _members(engine, "next_order <= 30 days ahead")
    assert len(soon & going) > 280
    assert _members(engine, "next_order <= 0 days ahead") == set()
    dear = {key for key in going if key % 3 == 2}
    assert len(_members(engine, "expected_value > 900") & dear) > len(dear) * 0.8


def test_who_never_bought_has_no_prediction(engine: Engine) -> None:
    for target in Target:
        assert 600 not in _members(engine, f"known({target})")
    assert _members(engine, "not known(churn_risk)") == {600}
    assert _members(engine, "churn_risk between 0 and 100") == set(range(600))


def test_the_file_is_made_once(folder: Path, engine: Engine) -> None:
    with Engine.open(folder, folder / "catalogue.toml", folder / "cache") as again:
        assert again.path == engine.path
        assert again.catalogue.fields == engine.catalogue.fields


def test_what_comes_after_the_shops_day_is_not_known(folder: Path, tmp_path: Path) -> None:
    """A shop that ends on a day says the same whether or not its files go on after it."""
    day = LAST - timedelta(days=30)
    closed = CATALOGUE.replace('currency = "SEK"', f'currency = "SEK"\nas_of = {day}')
    shorter = tmp_path / "shop"
    shorter.mkdir()
    orders = pd.read_parquet(folder / "orders.parquet")
    orders[orders["at"] < pd.Timestamp(day + timedelta(days=1))].to_parquet(
        shorter / "orders.parquet"
    )
    (shorter / "customers.parquet").write_bytes((folder / "customers.parquet").read_bytes())
    found = []
    for data in (folder, shorter):
        with Engine.open(data, loads(closed), tmp_path / "cache") as opened:
            found.append([_members(opened, f"churn_risk = {risk}") for risk in range(101)])
            cards = [opened.catalogue.fields[target].prediction for target in Target]
            found.append(cards)  # type: ignore[arg-type]
    assert found[:2] == found[2:]


def test_too_little_is_refused_with_what_is_there(tmp_path: Path) -> None:
    folder = small_shop.write(tmp_path / "small")
    text = (folder / "catalogue.toml").read_text(encoding="utf-8")
    text += "[predictions]\nchurn_risk = { days = 90 }\nexpected_value = {}\nnext_order = {}\n"
    with Engine.open(folder, loads(text), tmp_path / "cache") as engine:
        problems = check(from_text("churn_risk > 70"), engine.catalogue)
        assert problems == (NoPrediction("definition", "churn_risk", "few_members", "1", "200"),)
        (dated,) = check(from_text("next_order <= 30 days ahead"), engine.catalogue)
        assert isinstance(dated, NoPrediction)
        (value,) = check(from_text("expected_value > 5"), engine.catalogue)
        assert isinstance(value, NoPrediction)
        assert (value.code, value.found, value.needed) == ("short_history", "643", "1095")
        said = {texts(language).problem(value) for language in languages()}
        assert len(said) == len(languages())
        assert all("643" in each and "1095" in each for each in said)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("churn = { days = 90 }", "unknown_key"),
        ("churn_risk = { days = 3 }", "bad_days"),
        ("churn_risk = { days = 9999 }", "bad_days"),
        ('churn_risk = { days = "many" }', "wrong_type"),
        ("churn_risk = { weeks = 2 }", "unknown_key"),
        ("churn_risk = {}\n[fields.churn_risk]\n", "reserved_name"),
    ],
)
def test_a_mistake_in_the_catalogue_is_told(line: str, code: str) -> None:
    text = CATALOGUE[: CATALOGUE.index("churn_risk = ")] + line + "\n"
    with pytest.raises(Shown) as caught:
        loads(text)
    assert [getattr(problem, "code", "") for problem in caught.value.problems] == [code]


@pytest.mark.parametrize("language", languages())
def test_an_answer_says_what_was_learned_and_how_good_it_is(folder: Path, language: str) -> None:
    with Shop.open(folder, folder / "catalogue.toml", folder / "cache") as shop:
        answer = shop.evaluate(from_text("churn_risk > 70"), language=language)
        assert answer.count
        assert any(("60" in said and "597" in said) or "60" in said for said in answer.defaults)
        assert len(answer.defaults) >= 2


def test_who_asks_for_no_prediction_does_not_wait_for_the_library() -> None:
    code = "import sys, assistant.cli, segments.engine.prepare; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
