"""The catalogue file: what it gives, and that every mistake is found with its line."""

from datetime import date
from pathlib import Path

import pytest

from segments.catalogue import Type
from segments.catalogue_check import check_against, is_remark
from segments.catalogue_file import load, loads
from segments.catalogue_toml import key_lines
from segments.errors import Shown
from segments.problems import BadCatalogue, BadData
from tests.files import CATALOGUE, write_shop

SHORT = """\
version = 1
[member]
table = "customers"
key = "id"
"""


def mistakes(text: str) -> list[BadCatalogue]:
    with pytest.raises(Shown) as caught:
        loads(text)
    return [problem for problem in caught.value.problems if isinstance(problem, BadCatalogue)]


def only(text: str) -> tuple[str, int, str, tuple[str, ...]]:
    (mistake,) = mistakes(text)
    return mistake.code, mistake.line, mistake.found, mistake.suggestions


def test_the_small_shop_is_read_whole() -> None:
    catalogue = loads(CATALOGUE)
    purchase = catalogue.events["purchase"]
    gender = catalogue.fields["gender"]
    assert (catalogue.name, catalogue.key, catalogue.shown) == (
        "Small shop",
        "customer_id",
        ("first_name",),
    )
    assert gender.codes == ("M", "F")
    assert gender.values[1].labels == {"en": ("woman", "women"), "sv": ("kvinna",)}
    assert gender.values[1].role == "female"
    assert catalogue.tables["orders"].key == "order_id"
    assert purchase.drop == {"status": ("cancelled",)}
    assert (purchase.attributes["amount"].path, purchase.attributes["amount"].part) == (
        "total",
        "amount",
    )
    assert purchase.attributes["channel"].path == "channel"
    assert catalogue.rules["loyal"].labels == {"en": ("loyal",)}


def test_a_type_left_out_stays_open() -> None:
    catalogue = loads(CATALOGUE)
    assert not catalogue.fields["city"].typed
    assert catalogue.fields["tags"].typed
    assert catalogue.fields["gender"].type is Type.TEXT


def test_the_day_and_plain_values_are_read() -> None:
    text = (
        SHORT + '[shop]\nas_of = 2026-10-15\n[fields.size]\nvalues = ["S", "M"]\nordered = true\n'
    )
    catalogue = loads(text)
    assert catalogue.as_of == date(2026, 10, 15)
    assert catalogue.fields["size"].codes == ("S", "M")


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("[fields.city]\nrol = 'city'", ("unknown_key", 6, "rol", ("role",))),
        ("[fields.city]\ntype = 'txt'", ("unknown_type", 6, "txt", ("text",))),
        ("[fields.city]\nindexed = 'yes'", ("wrong_type", 6, "indexed", ("true or false",))),
        ("[fields.city]\nrole = 'citty'", ("unknown_role", 6, "citty", ("city",))),
        ("[fields.'Bad Name']", ("bad_name", 5, "Bad Name", ("bad_name",))),
        ("[fields.member]", ("reserved_name", 5, "member", ())),
        ("[fields.rowid]", ("reserved_name", 5, "rowid", ())),
        ("[fields.a]\npath = 'companies.size'", ("no_link", 6, "customers.companies", ())),
        ("[fields.a]\nordered = true", ("ordered_without_values", 6, "a", ())),
        (
            "[fields.a]\ntype = 'number'\nvalues = ['x']",
            ("values_need_text", 7, "number", ()),
        ),
        ("[fields.a]\nvalues = ['x', 'x']", ("code_twice", 6, "x", ())),
        (
            "[fields.a]\nlabels = { English = ['a'] }",
            ("not_a_language", 6, "English", ()),
        ),
        (
            "[fields.a]\nrole = 'city'\n[fields.b]\nrole = 'city'",
            ("role_twice", 8, "city", ("a",)),
        ),
        (
            "[tables.orders]\nkey = 'id'\nlinks = { customer = 'custmers' }",
            ("unknown_table", 7, "custmers", ("customers",)),
        ),
        (
            "[tables.lines]\nlinks = { order = 'orders' }\n[tables.orders]\nfile = 'o'",
            ("no_key", 6, "orders", ()),
        ),
        ("[shop]\ncurrency = 'kr'", ("bad_currency", 6, "kr", ())),
        ("[shop]\nhome = 'Sweden'", ("bad_country", 6, "Sweden", ())),
        (
            "[shop]\ntime_zone = 'Europe/Stokholm'",
            ("unknown_time_zone", 6, "Europe/Stokholm", ("Europe/Stockholm",)),
        ),
        ("[events.buy]\ntable = 'orders'", ("missing", 5, "member", ())),
        (
            "[events.members]\ntable = 't'\nmember = 'm'",
            ("reserved_name", 5, "members", ()),
        ),
        (
            "[events.buy]\ntable = 't'\nmember = 'm'\nparts = 'p'",
            ("missing", 5, "record", ()),
        ),
        (
            "[events.buy]\ntable = 't'\nmember = 'm'\n[events.buy.attributes.a]\npart = 'x'",
            ("no_parts", 9, "x", ()),
        ),
        ("[places.a]\nlongitude = 13", ("missing", 5, "latitude", ())),
        (
            "[places.a]\nlatitude = 90.5\nlongitude = 13",
            ("bad_degrees", 6, "90.5", ("-90 … 90",)),
        ),
        (
            "[places.a]\nlatitude = 55\nlongitude = '13'",
            ("bad_degrees", 7, "13", ("-180 … 180",)),
        ),
        ("[fields.krets_a]\npath = 'a'", ("reserved_name", 5, "krets_a", ())),
        ("[rules.r]\nlabels = { en = ['r'] }", ("missing", 5, "definition", ())),
    ],
)
def test_a_mistake_is_found_with_its_line(
    added: str, expected: tuple[str, int, str, tuple[str, ...]]
) -> None:
    code, line, found, suggestions = only(SHORT + added)
    wanted = expected[3]
    assert (code, line, found, suggestions[: len(wanted)]) == expected


def test_all_mistakes_come_at_once_in_order_of_lines() -> None:
    text = SHORT + "[fields.city]\nrol = 1\ntype = 'txt'\n[shop]\nhome = 'x'\n"
    found = mistakes(text)
    assert [mistake.line for mistake in found] == [6, 7, 9]


def test_two_links_to_one_table_make_a_path_ambiguous_until_the_column_is_named() -> None:
    tables = (
        "[tables.orders]\nlinks = { billed_in = 'towns', sent_to = 'towns' }\n"
        "[tables.towns]\nkey = 'id'\n"
        "[events.buy]\ntable = 'orders'\nmember = 'm'\n[events.buy.attributes.town]\n"
    )
    assert only(SHORT + tables + "path = 'towns.name'")[0] == "ambiguous_path"
    assert loads(SHORT + tables + "path = 'sent_to.name'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('version = 1\n[member\ntable = "x"\n', ("syntax", 2, "[member", ())),
        ("version = 1\nversion = 1\n", ("written_twice", 2, "version = 1", ())),
        (SHORT.replace("version = 1\n", ""), ("missing", 1, "version", ("version = 1",))),
        (SHORT.replace("version = 1", "version = 7"), ("unknown_version", 1, "7", ("1",))),
        ("version = 1\n", ("missing", 1, "member", ())),
    ],
)
def test_the_file_itself_can_be_wrong(
    text: str, expected: tuple[str, int, str, tuple[str, ...]]
) -> None:
    assert only(text) == expected


def test_a_missing_file_and_a_wrong_encoding_are_shown(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("version = 1\n# å\n".encode("latin-1"))
    for name, code, line in (("none.toml", "file_missing", 0), ("latin.toml", "not_utf8", 2)):
        with pytest.raises(Shown) as caught:
            load(tmp_path / name)
        (problem,) = caught.value.problems
        assert isinstance(problem, BadCatalogue)
        assert (problem.code, problem.line) == (code, line)


def test_lines_are_found_behind_long_values() -> None:
    text = 'a = [\n  "x", # ]\n  "[b]",\n]\nc = """\n[d]\n"""\n[e."f g"]\nh.i = 1\n'
    lines = key_lines(text)
    assert lines == {("a",): 1, ("c",): 5, ("e", "f g"): 8, ("e", "f g", "h"): 9, (
        "e", "f g", "h", "i",
    ): 9}  # fmt: skip


def test_a_right_catalogue_has_no_problem_with_its_data(tmp_path: Path) -> None:
    told = check_against(loads(CATALOGUE), write_shop(tmp_path))
    assert [each for each in told if not is_remark(each)] == []
    assert told == (BadData("purchase.member", "without_member", "1/4"),)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('path = "born"', 'path = "birn"', ("column_missing", "customers.birn", ("born",))),
        ('code = "M"', 'code = "X"', ("code_does_not_occur", "X", ("F", "M"))),
        ('["cancelled"]', '["canceled"]', ("code_does_not_occur", "canceled", ("cancelled",))),
        (
            'path = "born"\nrole = "age"',
            'path = "city"\ntype = "age"',
            ("type_does_not_fit", "city", ("age", "VARCHAR")),
        ),
        (
            'member = "customer_id"',
            'member = "order_id"',
            ("link_mostly_missing", "0/5", ("customers.customer_id",)),
        ),
        ("count(purchase) >= 2", "count(buy) >= 2", ("rule_cannot_be_used", "count(buy) >= 2", ())),
    ],
)
def test_a_catalogue_is_held_against_its_data(
    old: str, new: str, expected: tuple[str, str, tuple[str, ...]], tmp_path: Path
) -> None:
    assert old in CATALOGUE
    problems = check_against(loads(CATALOGUE.replace(old, new)), write_shop(tmp_path))
    found = [
        (getattr(p, "code", ""), getattr(p, "found", ""), getattr(p, "suggestions", ()))
        for p in problems
    ]
    assert expected in found
