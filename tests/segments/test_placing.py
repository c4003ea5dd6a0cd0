"""Where members are found to be when a shop is prepared, and what its sentences can count from."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assistant.answers import Shop
from assistant.grammar.listening import Listener
from assistant.grammar.reader import Reader
from assistant.grammar.reading import Reading, Status
from segments.catalogue_file import loads
from segments.codec import from_text, to_text
from segments.compile import compile_members
from segments.engine.duckdb_engine import Engine
from segments.places import By, Point, kilometres

HEAD = """\
version = 1
[shop]
home = "SE"
[member]
table = "customers"
key = "id"
"""
TOWNS = "[fields.town]\nrole = 'city'\nindexed = true\n[fields.land]\nrole = 'country'\n"
COORDINATES = "[fields.north]\nrole = 'latitude'\n[fields.east]\nrole = 'longitude'\n"


def engine(tmp_path: Path, fields: str, **columns: list[Any]) -> Engine:
    data = tmp_path / "data"
    data.mkdir()
    keys = list(range(1, len(next(iter(columns.values()))) + 1))
    pq.write_table(pa.table({"id": keys, **columns}), data / "customers.parquet")
    return Engine.open(data, loads(HEAD + fields), tmp_path / "cache")


def near(shop: Engine, text: str) -> list[Any]:
    select = compile_members(from_text(text), shop.catalogue, shop.as_of()[0])
    return sorted(shop.members(select))


def read(shop: Engine, text: str, language: str = "en") -> Reading:
    return Reader(shop.catalogue, shop.values()).read(text, language)


def answering(kept: Engine) -> Shop:
    return Shop(kept, kept.values(), Listener(kept.catalogue, kept.values()))


def asked(reading: Reading) -> list[str]:
    choices = (choice for question in reading.questions for choice in question.choices)
    return [to_text(choice.part) for choice in choices]


def test_a_town_is_that_of_the_members_own_country(tmp_path: Path) -> None:
    towns = ["Sandviken", "Hammarby", "Halden", "Halden", "lund ", "Lund", "Lund", None, "Nowhere"]
    lands = ["SE", "SE", "NO", "SE", "Sweden", "DK", None, "SE", "SE"]
    with engine(tmp_path, TOWNS, town=towns, land=lands) as shop:
        assert shop.catalogue.gazetteer.by is By.TOWN
        assert near(shop, 'distance("Halden" of NO) <= 5') == [3]
        assert near(shop, 'distance("Lund" of SE) <= 5') == [5]
        unplaced = shop.report["members.unplaced"]
        assert near(shop, 'not distance("Lund" of SE) >= 0') == [2, 4, 6, 7, 8, 9][-unplaced:]


def test_without_a_field_for_the_country_they_are_in_that_of_the_shop(tmp_path: Path) -> None:
    fields = "[fields.town]\nrole = 'city'\n"
    with engine(tmp_path, fields, town=["Lund", "Göteborg", "Gothenburg", "Oslo"]) as shop:
        assert near(shop, 'distance("Göteborg" of SE) <= 1') == [2, 3]
        assert near(shop, 'distance("Lund" of SE) < 300') == [1, 2, 3]
        assert shop.report == {"members.unplaced": 1}


def test_a_name_that_two_towns_of_the_country_share_is_unknown(tmp_path: Path) -> None:
    with engine(tmp_path, TOWNS, town=["Viken", "Lund"], land=["SE", "SE"]) as shop:
        assert near(shop, 'distance("Lund" of SE) >= 0') == [2]
        assert shop.catalogue.gazetteer.get("Viken", "SE") is None
        reading = read(shop, "within 10 km of Viken")
        assert [note.code for note in reading.reasons] == ["no_such_place"]


def test_coordinates_go_before_towns_and_impossible_ones_are_unknown(tmp_path: Path) -> None:
    norths = ["57.70716", "90.5", "0", None, "57,75", "-57.7"]
    easts = ["11.96679", "11.9", "0", "12.0", "11,97", "200"]
    columns = {"north": norths, "east": easts, "town": ["Lund"] * 6, "land": ["SE"] * 6}
    with engine(tmp_path, TOWNS + COORDINATES, **columns) as shop:
        assert shop.catalogue.gazetteer.by is By.COORDINATES
        assert near(shop, 'distance("Göteborg" of SE) <= 10') == [1, 5]
        assert near(shop, 'not distance("Göteborg" of SE) <= 10') == [2, 3, 4, 6]
        assert shop.report["members.unplaced"] == 4


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
def test_where_nothing_tells_where_members_are_that_is_said(tmp_path: Path, language: str) -> None:
    said = {
        "en": "within 5 km of Oslo",
        "sv": "inom 5 km från Oslo",
        "da": "inden for 5 km fra Oslo",
        "nb": "innenfor 5 km fra Oslo",
    }
    with engine(tmp_path, "[fields.points]\nrole = 'points'\n", points=[1, 2]) as shop:
        assert shop.catalogue.gazetteer.by is None
        reading = read(shop, said[language], language)
        assert [note.code for note in reading.reasons] == ["no_places"]


def test_of_two_towns_of_a_name_it_is_the_one_where_members_are(tmp_path: Path) -> None:
    with engine(tmp_path, TOWNS, town=["Kil", "Lund"], land=["NO", "SE"]) as shop:
        reading = read(shop, "within 5 km of Kil")
        assert to_text_of(reading) == 'distance("Kil" of NO) <= 5'
        assert [(n.code, n.values["country"]) for n in reading.defaults] == [("place_taken", "NO")]


def test_where_no_members_are_it_is_the_one_of_the_shops_country(tmp_path: Path) -> None:
    with engine(tmp_path, TOWNS, town=["Oslo", "Lund"], land=["NO", "SE"]) as shop:
        assert to_text_of(read(shop, "within 5 km of Kil")) == 'distance("Kil" of SE) <= 5'


def to_text_of(reading: Reading) -> str:
    assert reading.status is Status.ANSWERED, reading.reasons
    assert reading.definition is not None
    return to_text(reading.definition)


def test_members_in_both_towns_of_a_name_leave_it_open_and_brackets_settle_it(
    tmp_path: Path,
) -> None:
    with engine(tmp_path, TOWNS, town=["Kil", "Kil"], land=["NO", "SE"]) as shop:
        assert set(asked(read(shop, "within 5 km of Kil"))) == {
            'distance("Kil" of NO) <= 5',
            'distance("Kil" of SE) <= 5',
        }
        settled = read(shop, "within 5 km of Kil (Norway)")
        assert to_text_of(settled) == 'distance("Kil" of NO) <= 5'


def test_kilometres_are_those_of_a_map() -> None:
    oslo, pole = Point(59.91273, 10.74609), Point(90, 0)
    assert round(kilometres(oslo, Point(57.70716, 11.96679))) == 255
    assert round(kilometres(pole, Point(0, 77)), 3) == 10_007.557  # a quarter of the way around
    assert round(kilometres(pole, Point(-90, 12)), 3) == 20_015.114
    assert kilometres(oslo, oslo) == 0
    assert round(kilometres(Point(0, 179.5), Point(0, -179.5)), 1) == 111.2


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "in Mölndal, 6.4 km from Göteborg"),
        ("sv", "i Mölndal, 6,4 km från Göteborg"),
        ("da", "i Mölndal, 6,4 km fra Göteborg"),
        ("nb", "i Mölndal, 6,4 km fra Göteborg"),
    ],
)
def test_why_tells_the_town_and_how_far_it_is(tmp_path: Path, language: str, told: str) -> None:
    with engine(tmp_path, TOWNS, town=["Mölndal", "Atlantis"], land=["SE", "SE"]) as kept:
        shop = answering(kept)
        near_by = from_text('distance("Göteborg" of SE) <= 5')
        found = shop.why(near_by, "1", language=language)
        assert (found.inside, found.reasons[0].evidence) == (False, (told,))
        assert not shop.why(near_by, "2", language=language).inside


def test_an_answer_tells_how_distances_are_measured_and_of_whom_nothing_is_known(
    tmp_path: Path,
) -> None:
    with engine(tmp_path, TOWNS, town=["Mölndal", "Atlantis"], land=["SE", "SE"]) as kept:
        shop = answering(kept)
        inside = shop.ask("within 50 km of Göteborg").defaults
        assert any("between the middle of one town" in note for note in inside)
        assert any("1 of all customers" in note for note in inside)
        outside = shop.ask("customers not within 50 km of Göteborg")
        assert outside.count == 1
        assert any(note.startswith("1 customers are included") for note in outside.defaults)
