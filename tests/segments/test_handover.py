"""Audience files: exact, safe in spreadsheets, with nobody who did not agree, and never held."""

import csv
import hashlib
import io
import json
import random
import re
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import phonenumbers
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from segments.audiences import Audiences, KeyList
from segments.catalogue_file import loads
from segments.compile import compile_members
from segments.definition import All, Audience, Field, Not, Operator, Source, Test
from segments.engine.duckdb_engine import Engine
from segments.engine.functions import country_code, e164
from segments.engine.job import Job
from segments.engine.layout import PLACE
from segments.errors import Cancelled, Shown
from segments.handover import (
    TOOLS,
    Reason,
    Terms,
    checked_terms,
    decide,
    file_pieces,
    headers,
    leaving,
    write_file,
)
from segments.handover.cells import NORDIC
from segments.handover.leaving import Decided
from segments.key_files import normal
from segments.problems import BadHandover, BrokenAudience
from tests.sample_shop import FOLDER, sample

EVERYONE = exp.select(exp.column("member")).from_(exp.table_("members"))
DAY = date(2026, 2, 28)
PEOPLE = """\
version = 1
[shop]
home = "SE"
[member]
table = "people"
key = "person"
[fields.name]
role = "first_name"
type = "text"
[fields.email]
role = "email"
type = "text"
[fields.phone]
role = "phone"
type = "text"
[fields.country]
role = "country"
type = "text"
[fields.city]
role = "city"
type = "text"
[fields.ok_email]
role = "consent_email"
type = "yes/no"
[fields.ok_sms]
role = "consent_sms"
type = "yes/no"
[fields.ok_ads]
role = "consent_ads"
type = "yes/no"
[fields.spent]
type = "money"
[fields.age]
role = "age"
type = "age"
"""
COLUMNS = (
    "name", "email", "phone", "country", "city", "ok_email", "ok_sms", "ok_ads", "spent", "age"
)  # fmt: skip


def people(tmp_path: Path, rows: Sequence[dict[str, Any]], catalogue: str = PEOPLE) -> Engine:
    """A shop of these people; what a row leaves out is unknown."""
    (tmp_path / "data").mkdir()
    keys = pa.array([row.get("person", place) for place, row in enumerate(rows)])
    kinds = {
        **dict.fromkeys(("ok_email", "ok_sms", "ok_ads"), pa.bool_()),
        "spent": pa.float64(),
        "age": pa.date32(),
    }
    table = {
        name: pa.array([row.get(name) for row in rows], kinds.get(name, pa.string()))
        for name in COLUMNS
    }
    pq.write_table(pa.table({"person": keys, **table}), tmp_path / "data" / "people.parquet")
    return Engine.open(tmp_path / "data", loads(catalogue), tmp_path / "cache")


def text(engine: Engine, terms: Terms) -> str:
    checked_terms(terms, engine.catalogue)
    return b"".join(file_pieces(engine, decide(engine, EVERYONE, terms), DAY)).decode()


def rows(engine: Engine, terms: Terms) -> list[list[str]]:
    read = text(engine, terms).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(read, newline=""), delimiter=terms.of.delimiter))


def sha(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()


# --- what stands in the cells -----------------------------------------------------------------


def test_hard_texts_survive(tmp_path: Path) -> None:
    hard = ['a"b', "c,d", "e\nf", "g\r\nh", " i ", "å;ö", "'j", "k\tl", "emoji 🙂", None, ""]
    with people(tmp_path, [{"name": each} for each in hard]) as engine:
        for tool in ("csv", "excel"):
            found = rows(engine, Terms(tool, ("name",)))
            assert found[0] == ["person", "name"]
            assert [row[1] for row in found[1:]] == [each or "" for each in hard]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1+1", "'+1+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("+46701234567", "+46701234567"),
        ("+46 70 123 45 67", "'+46 70 123 45 67"),
        ("+46701234567\n=1", "'+46701234567\n=1"),
        ("+12345", "'+12345"),
        ("a=1", "a=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\n=1", "'\n=1"),
    ],
)
def test_formulas_cannot_run_and_telephone_numbers_stay(
    tmp_path: Path, written: str, shown: str
) -> None:
    with people(tmp_path, [{"name": written}]) as engine:
        assert rows(engine, Terms("csv", ("name",)))[1][1] == shown
        line = json.loads(text(engine, Terms("jsonl", ("name",))))
        assert line == {"person": 0, "name": written}


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (" Bo@EXAMPLE.com\u00a0", "bo@example.com"),
        ("\u200ebo@exa\u200bmple.com", "bo@example.com"),
        ("first.last+tag@example.com", "first.last+tag@example.com"),
        ("åsa@exämple.com", "åsa@exämple.com"),
        ("b o@example.com", None),
        ("bo@example .com", None),
        ("bo..x@example.com", None),
        ("bo.@example.com", None),
        (".bo@example.com", None),
        ("bo@example..com", None),
        ("bo@example.com.", None),
        ("bo@example.com,al@example.com", None),
        ("Bo <bo@example.com>", None),
        ("bo", None),
    ],
)
def test_an_address_is_tidied_and_never_guessed(
    tmp_path: Path, written: str, sent: str | None
) -> None:
    with people(tmp_path, [{"email": written, "ok_email": True}]) as engine:
        found = rows(engine, Terms("csv", ("email",)))[1:]
        assert [row[1] for row in found] == ([] if sent is None else [sent])
        assert decide(engine, EVERYONE, Terms("klaviyo")).counts[Reason.ADDRESS] == (sent is None)


@pytest.mark.parametrize("tool", ["mailchimp", "shopify"])
def test_a_segment_is_one_tag(tmp_path: Path, tool: str) -> None:
    """Both tools take what stands between commas for tags of their own."""
    with people(tmp_path, [{"email": "bo@example.com", "ok_email": True}]) as engine:
        head, row = rows(engine, Terms(tool, name="Loyal, in Oslo,"))
        assert row[head.index("Tags")] == "Loyal in Oslo"


def test_other_kinds_are_written_plainly(tmp_path: Path) -> None:
    born = date(2000, 2, 29)
    one = {"spent": 100.5, "ok_email": True, "age": born}
    with people(tmp_path, [one, {"spent": -0.125}, {}]) as engine:
        fields = ("spent", "ok_email", "age")
        plain = rows(engine, Terms("csv", fields))
        assert plain[1:] == [
            ["0", "100.50", "true", "25"],
            ["1", "-0.125", "", ""],
            ["2"] + [""] * 3,
        ]
        nordic = rows(engine, Terms("excel", fields))
        assert [row[1] for row in nordic[1:]] == ["100,50", "-0,125", ""]
        decided = decide(engine, EVERYONE, Terms("csv", fields))
        later = b"".join(file_pieces(engine, decided, date(2026, 3, 1)))
        assert b"100.50,true,26\r\n" in later


def test_the_nordic_file_has_its_mark_and_the_others_have_none(tmp_path: Path) -> None:
    with people(tmp_path, [{"name": "Åsa"}]) as engine:
        assert text(engine, Terms("excel", ("name",))) == "\ufeffperson;name\r\n0;Åsa\r\n"
        assert text(engine, Terms("csv", ("name",))) == "person,name\r\n0,Åsa\r\n"


def test_a_spreadsheet_makes_no_sum_of_a_telephone_number(tmp_path: Path) -> None:
    with people(tmp_path, [{"phone": "0701234567", "ok_sms": True}]) as engine:
        assert rows(engine, Terms("excel", ("phone",)))[1] == ["0", "+46 70 123 45 67"]
        assert rows(engine, Terms("csv", ("phone",)))[1] == ["0", "+46701234567"]


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    with people(tmp_path, [{"name": "=1", "spent": 2.5, "age": date(1990, 1, 1)}]) as engine:
        target = tmp_path / "out.parquet"
        terms = Terms("parquet", ("name", "spent", "age"))
        assert write_file(engine, EVERYONE, terms, DAY, target) == 1
    read = pq.read_table(target).to_pylist()
    assert read == [{"person": 0, "name": "=1", "spent": Decimal("2.5000"), "age": 36}]


def test_a_file_of_nobody_is_a_file(tmp_path: Path) -> None:
    nobody = exp.select(exp.column("member")).from_(exp.table_("members")).where("member < 0")
    with people(tmp_path, [{"name": "x"}]) as engine:
        for tool, held in (("csv", b"person,name\r\n"), ("jsonl", b"")):
            decided = decide(engine, nobody, Terms(tool, ("name",)))
            pieces = file_pieces(engine, decided, DAY)
            assert b"".join(pieces) == held
        target = tmp_path / "out.parquet"
        assert write_file(engine, nobody, Terms("parquet", ("name",)), DAY, target) == 0
    read = pq.read_table(target)
    assert (read.num_rows, read.column_names) == (0, ["person", "name"])


def test_a_key_that_is_text_is_guarded(tmp_path: Path) -> None:
    with people(tmp_path, [{"person": "=a"}, {"person": "b"}]) as engine:
        assert rows(engine, Terms("csv"))[1:] == [["'=a"], ["b"]]


# --- telephone numbers and countries ------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "country", "meant"),
    [
        ("070-123 45 67", "SE", "+46701234567"),
        ("+46 (0)70 123 45 67", "", "+46701234567"),
        ("0046701234567", "SE", "+46701234567"),
        ("20 12 34 56", "DK", "+4520123456"),
        ("912 34 567", "NO", "+4791234567"),
        ("040 1234567", "FI", "+358401234567"),
        ("+47 912 34 567 ext. 5", "SE", "+4791234567"),
        ("070-123 45 67 Bo", "SE", "+46701234567"),
        ("08-123456 Anna", "SE", None),
        ("08-123456 mobil", "SE", None),
        ("0800 FLOWERS", "SE", None),
        ("0701234567", "DK", None),
        ("08-12 34", "SE", None),  # too short, though its zero would fill it
        ("12345678", "DK", None),
        ("0000000000", "SE", None),
        ("99999999", "NO", None),
        ("+45 00 00 00 00", "", None),
        ("12", "SE", None),
        ("by post", "SE", None),
        ("070-123 45 67", "", None),
    ],
)
def test_numbers_are_those_of_the_country(number: str, country: str, meant: str | None) -> None:
    assert e164(number, country) == meant


def test_the_short_way_for_nordic_numbers_is_the_library_s() -> None:
    draw = random.Random(5)
    for _ in range(3000):
        code = draw.choice(("46", "45", "47"))
        number = "+" + code + "".join(draw.choices("0123456789", k=draw.randint(6, 11)))
        if re.fullmatch(NORDIC, number):
            read = phonenumbers.parse(number)
            assert phonenumbers.is_possible_number(read)
            assert e164(number, "") == number


def test_countries_are_known_by_code_and_name() -> None:
    said = ["SE", "se", "Sverige", "Sweden", "Danmark", "norge", "Finland", "Narnia", "XX"]
    found = ["SE", "SE", "SE", "SE", "DK", "NO", "FI", None, None]
    assert [country_code(each) for each in said] == found


def test_countries_are_known_by_their_long_codes_and_by_names_as_people_write_them() -> None:
    said = ["SWE", "dnk", "GBR", "UK", "USA", "U.S.A.", "The Netherlands", "Sverige."]
    assert [country_code(each) for each in said] == ["SE", "DK", "GB", "GB", "US", "US", "NL", "SE"]


@pytest.mark.parametrize("said", ["ZZ", "EU", "UN", "ZZZ", "YUG", "CT", "352", "Unknown Region"])
def test_what_is_no_country_has_no_code(said: str) -> None:
    assert country_code(said) is None


# --- who is in it -------------------------------------------------------------------------------

AGREED = {"email": " Ann@Example.COM ", "phone": "070-123 45 67", "ok_email": True, "ok_sms": True}
CROWD = [
    {**AGREED, "name": "all"},
    {**AGREED, "name": "no sms", "ok_sms": False},
    {**AGREED, "name": "sms only", "ok_email": None},
    {**AGREED, "name": "none", "ok_email": False, "ok_sms": None},
    {**AGREED, "name": "never asked", "ok_email": None, "ok_sms": None},
    {**AGREED, "name": "no address", "email": "not an address", "phone": "12"},
    {**AGREED, "name": "runs", "email": "=1@example.com", "phone": None},
    {**AGREED, "name": "listed", "email": "Blocked@example.com"},
]


def test_an_address_is_only_given_to_whom_it_was_given(tmp_path: Path) -> None:
    with people(tmp_path, CROWD) as engine:
        found = rows(engine, Terms("klaviyo"))
        assert found[0][:3] == ["Email", "Phone Number", "First Name"]
        assert [row[:3] for row in found[1:]] == [
            ["ann@example.com", "+46701234567", "all"],
            ["ann@example.com", "", "no sms"],
            ["", "+46701234567", "sms only"],
            ["blocked@example.com", "+46701234567", "listed"],
        ]
        counted = decide(engine, EVERYONE, Terms("klaviyo")).counts
        assert counted == {
            Reason.SENT: 4,
            Reason.CONSENT: 1,
            Reason.UNANSWERED: 1,
            Reason.SUPPRESSED: 0,
            Reason.ADDRESS: 2,
            Reason.HELD_OUT: 0,
        }
        everyone = rows(engine, Terms("klaviyo", consent=False))
        assert len(everyone) == 1 + 6


def test_a_file_without_addresses_needs_no_consent(tmp_path: Path) -> None:
    with people(tmp_path, CROWD) as engine:
        assert len(rows(engine, Terms("csv", ("name", "city")))) == 1 + len(CROWD)
        assert len(rows(engine, Terms("csv", ("name", "email")))) == 1 + 3


def test_who_is_on_a_suppression_list_is_left_out(tmp_path: Path) -> None:
    with people(tmp_path, CROWD) as engine:
        lists = {"never": KeyList("Never", "krets_list_1", "email", 1)}
        engine.keep(Audiences(lists=lists), lambda _: ("blocked@example.com",))
        terms = Terms("klaviyo", suppress=("Never",))
        assert "listed" not in text(engine, terms)
        assert decide(engine, EVERYONE, terms).counts[Reason.SUPPRESSED] == 1


@pytest.mark.parametrize(
    "held",
    [
        "blocked@example.com ",
        "\u00a0Blocked@Example.com",
        "\tblocked@example.com\u200b",
        "BLOCKED @example.com",
    ],
)
def test_a_condition_finds_whom_a_list_names_however_the_shop_writes_it(
    tmp_path: Path, held: str
) -> None:
    crowd = [{**AGREED, "email": held}, {**AGREED, "email": "free@example.com"}, {"email": None}]
    with people(tmp_path, crowd) as engine:
        lists = {"known": KeyList("Known", "krets_list_1", "email", 1)}
        entry = normal(" blocked@EXAMPLE.com\u200b", "email")
        engine.keep(Audiences(lists=lists), lambda _: (entry,))
        named = Audience(Source.LIST, "Known")
        instants = engine.as_of(DAY)
        chosen = compile_members(named, engine.catalogue, *instants)
        assert engine.members(chosen) == [0]
        others = compile_members(Not(named), engine.catalogue, *instants)
        assert engine.count(others) == 2


@pytest.mark.parametrize(
    ("field", "held", "listed"),
    [
        ("email", "blocked@example.com\t", "blocked@example.com"),
        ("email", "blocked @example.com", "blocked@example.com"),
        ("email", "\u00a0Blocked@example.com", "blocked@example.com"),
        ("email", "blocked@example.com", "blocked@example.com\u200b"),
        ("email", "r\u00e9ne@example.com", "re\u0301ne@example.com"),
        ("email", "re\u0301ne@example.com", "r\u00e9ne@example.com"),
        ("phone", "070-123 45 67", "+46701234567"),
        ("phone", "+46 70 123 45 67", "070-123 45 67"),
    ],
)
@pytest.mark.parametrize("tool", ["klaviyo", "csv"])
def test_a_list_may_write_an_address_in_another_way(
    tmp_path: Path, field: str, held: str, listed: str, tool: str
) -> None:
    crowd = [
        {**AGREED, "name": "listed", field: held},
        {**AGREED, "name": "free", "email": "free@example.com", "phone": "070-765 43 21"},
        {**AGREED, "name": "unread", field: None},
    ]
    with people(tmp_path, crowd) as engine:
        lists = {"never": KeyList("Never", "krets_list_1", field, 2)}
        engine.keep(Audiences(lists=lists), lambda _: (listed, "unreadable"))
        terms = Terms(tool, ("name",) if tool == "csv" else (), suppress=("Never",))
        assert [row for row in rows(engine, terms)[1:] if "listed" in row] == []
        assert len(rows(engine, terms)) == 1 + 2
        assert decide(engine, EVERYONE, terms).counts[Reason.SUPPRESSED] == 1


def test_a_number_of_a_country_that_cannot_be_read_is_not_taken_for_the_shop_s(
    tmp_path: Path,
) -> None:
    places = [None, " ", "Sverige", "Narnia", "Norge"]
    crowd = [{**AGREED, "email": None, "country": each} for each in places]
    with people(tmp_path, crowd) as engine:
        found = [row[1] for row in rows(engine, Terms("klaviyo"))[1:]]
        assert found == ["+46701234567"] * 3


def test_the_holdout_is_the_hash_of_the_key(tmp_path: Path) -> None:
    crowd = [{"person": 1000 + place, "name": "x"} for place in range(4000)]
    terms = Terms("csv", ("name",), holdout=Decimal("0.1"), seed="spring")
    with people(tmp_path, crowd) as engine:
        sent = {row[0] for row in rows(engine, terms)[1:]}
        other = {row[0] for row in rows(engine, replace(terms, seed="autumn"))[1:]}
        counted = decide(engine, EVERYONE, terms).counts
    kept = {
        str(each["person"])
        for each in crowd
        if int(hashlib.md5(f"spring:{each['person']}".encode()).hexdigest()[:8], 16)  # noqa: S324
        >= int(Decimal("0.1") * 2**32)
    }
    assert sent == kept
    assert other != sent
    assert 340 < counted[Reason.HELD_OUT] < 460
    assert counted[Reason.SENT] + counted[Reason.HELD_OUT] == 4000


# --- each tool ----------------------------------------------------------------------------------


def test_google_and_meta_get_hashes_of_what_they_ask_for(tmp_path: Path) -> None:
    one = {
        "name": " Anna-Karin  Åsa ", "email": " Ann@Example.COM", "phone": "070-123 45 67",
        "city": "Upplands Väsby", "country": "Sverige", "ok_ads": True,
    }  # fmt: skip
    with people(tmp_path, [one, {**one, "ok_ads": None, "ok_email": True}]) as engine:
        google = rows(engine, Terms("google_ads"))
        meta = rows(engine, Terms("meta"))
    assert google == [
        ["Email", "Phone", "First Name", "Last Name", "Country", "Zip"],
        [sha("ann@example.com"), sha("+46701234567"), sha("anna-karin åsa"), "", "SE", ""],
    ]
    assert meta == [
        ["email", "phone", "fn", "ln", "ct", "zip", "country"],
        [
            sha("ann@example.com"), sha("46701234567"), sha("annakarin  åsa"), "",
            sha("upplandsväsby"), "", sha("se"),
        ],
    ]  # fmt: skip


def test_the_headers_are_those_of_the_tools() -> None:
    catalogue = sample().engine.catalogue
    known = {
        "mailchimp": "Email Address,First Name,Last Name,Phone Number,Tags",
        "shopify": "First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
        "Default Address Address1,Default Address Address2,Default Address City,"
        "Default Address Province Code,Default Address Country Code,Default Address Zip,"
        "Default Address Phone,Phone,Accepts SMS Marketing,Tags,Note,Tax Exempt",
        "hubspot": "Email,First Name,Last Name,Phone Number,Company Name,Job Title,City,"
        "Postal Code,Country/Region",
        "klaviyo": "Email,Phone Number,First Name,Last Name,City,Zip Code,Country",
        "rule": "emailAddress,phone_number,FirstName,LastName,Language,City",
    }
    for tool, line in known.items():
        assert ",".join(headers(Terms(tool), catalogue)) == line


def test_every_tool_s_file_holds_what_the_shop_s_own_files_say(tmp_path: Path) -> None:
    """The rows of each tool against the customers' file itself, read by another reader."""
    shop = sample()
    chosen = All((Field("city", Test(Operator.EQ, ("Stockholm",))),))
    instant, ceiling = shop.engine.as_of()
    select = compile_members(chosen, shop.engine.catalogue, instant, ceiling)
    raw = {
        each["customer_id"]: each
        for each in pq.read_table(FOLDER / "shop" / "customers.parquet").to_pylist()
        if each["city"] == "Stockholm"
    }
    for tool in ("klaviyo", "mailchimp", "shopify", "hubspot", "rule"):
        terms = Terms(tool, name="Stockholm")
        target = tmp_path / f"{tool}.csv"
        written = write_file(shop.engine, select, terms, instant.date(), target)
        with target.open(encoding="utf-8", newline="") as stream:
            read = list(csv.DictReader(stream, delimiter=terms.of.delimiter))
        email = next(each for each in read[0] if each.casefold().startswith("email"))
        phone = next(each for each in read[0] if each in {"Phone", "Phone Number", "phone_number"})
        street = "Default Address Address1"
        found = sorted((row[email], row[phone], row.get(street, "")) for row in read)
        truth = sorted(
            (
                (each["email"] or "").strip().lower() if each["consent_email"] else "",
                e164(each["phone"], each["country"]) or ""
                if each["consent_sms"] and each["phone"]
                else "",
                (each["street"] or "") if tool == "shopify" and each["consent_post"] else "",
            )
            for each in raw.values()
        )
        assert found == [each for each in truth if any(each)]
        assert written == len(read) > 100


# --- what cannot be done --------------------------------------------------------------------------


def problem(engine: Engine, terms: Terms) -> BadHandover:
    with pytest.raises(Shown) as shown:
        checked_terms(terms, engine.catalogue)
    found = shown.value.problems[0]
    assert isinstance(found, BadHandover)
    return found


def test_what_a_shop_cannot_do_is_said(tmp_path: Path) -> None:
    bare = PEOPLE.replace('role = "consent_ads"\n', "").replace('role = "email"\n', "")
    bare = bare.replace('role = "phone"\n', "").replace("[fields.phone]", "[fields.tel]")
    bare = bare.replace("[fields.email]", '[fields.mejl]\npath = "email"')
    bare = bare.replace("[fields.tel]", '[fields.tel]\npath = "phone"')
    with people(tmp_path, CROWD, bare) as engine:
        assert problem(engine, Terms("klaviyo")).code == "no_address"
        assert problem(engine, Terms("fax")).code == "no_tool"
        assert problem(engine, Terms("csv", holdout=Decimal("0.6"))).code == "holdout"
        assert problem(engine, Terms("csv", suppress=("Never",))).code == "no_list"
        assert problem(engine, Terms("meta", ("city",))).code == "own_columns"


def test_a_list_of_a_field_that_is_gone_is_not_passed_over(tmp_path: Path) -> None:
    with people(tmp_path, CROWD) as engine:
        lists = {"never": KeyList("Never", "krets_list_1", "mail", 1)}
        engine.keep(Audiences(lists=lists), lambda _: ("blocked@example.com",))
        with pytest.raises(Shown) as shown:
            checked_terms(Terms("klaviyo", suppress=("Never",)), engine.catalogue)
        assert shown.value.problems == (BrokenAudience("suppress", "Never"),)


def test_a_consent_that_is_a_text_is_none(tmp_path: Path) -> None:
    catalogue = PEOPLE.replace('role = "consent_email"\ntype = "yes/no"', 'type = "yes/no"')
    catalogue = catalogue.replace('role = "city"', 'role = "consent_email"')
    crowd = [{**AGREED, "city": "yes"}, {**AGREED, "city": "no", "ok_sms": None}]
    with people(tmp_path, crowd, catalogue) as engine:
        assert [row[:2] for row in rows(engine, Terms("klaviyo"))[1:]] == [["", "+46701234567"]]
        everyone = [row[3] for row in rows(engine, Terms("shopify", consent=False))[1:]]
        assert everyone == ["no", "no"]


def test_without_a_field_of_consent_only_a_deliberate_act_helps(tmp_path: Path) -> None:
    without = PEOPLE.replace('role = "consent_ads"\n', "").replace(
        "[fields.ok_ads]", "[fields.ads]"
    )
    without = without.replace("[fields.ads]", '[fields.ads]\npath = "ok_ads"')
    with people(tmp_path, CROWD, without) as engine:
        found = problem(engine, Terms("google_ads"))
        assert (found.code, found.found) == ("no_consent", "consent_ads")
        checked_terms(Terms("google_ads", consent=False), engine.catalogue)


def test_a_cancelled_file_is_not_left(tmp_path: Path) -> None:
    target, job = tmp_path / "audience.csv", Job()
    target.write_text("before")
    job.cancel()
    with people(tmp_path, CROWD) as engine, pytest.raises(Cancelled):
        write_file(engine, EVERYONE, Terms("csv", ("name",)), DAY, target, job)
    assert target.read_text() == "before"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("together", [1, 2, 3, 100])
def test_a_file_is_the_same_however_many_are_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    keys = [30, 4, 11, 2, 25, 9, 17]
    crowd: list[dict[str, Any]] = [
        {"person": key, "name": f"P{key}", "spent": float(key)} for key in keys
    ]
    monkeypatch.setattr(leaving, "TOGETHER", together)
    with people(tmp_path, crowd) as engine:
        decided = decide(engine, EVERYONE, Terms("csv", ("name",)))
        written = b"".join(file_pieces(engine, decided, DAY)).decode()
        lines = [f"{key},P{key}" for key in sorted(keys)]
        assert written.split("\r\n") == ["person,name", *lines, ""]
        held = decide(engine, EVERYONE, Terms("csv", holdout=Decimal("0.5"), seed="s"))
        kept = {each: _keys(engine, held, each) for each in (Reason.SENT, Reason.HELD_OUT)}
        assert sorted(kept[Reason.SENT] + kept[Reason.HELD_OUT]) == sorted(keys)
        assert {reason: len(found) for reason, found in kept.items()} == {
            reason: held.counts[reason] for reason in kept
        }


def _keys(engine: Engine, decided: Decided, reason: Reason) -> list[int]:
    return [key for piece in decided.keys(engine, reason) for key in piece.to_pylist()]


def test_places_go_by_rising_key() -> None:
    """Preparation writes to the members again for their towns and their predictions."""
    engine = sample().engine
    place, member = exp.column(PLACE), exp.column("member")
    found = dict(engine.rows(exp.select(place, member).from_(exp.table_("members"))))
    assert sorted(found) == list(range(engine.total))
    assert [found[each] for each in range(engine.total)] == sorted(found.values())


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["csv", "jsonl", "parquet", "google_ads"])
def test_a_large_audience_is_not_held(tmp_path: Path, tool: str) -> None:
    many = 1_000_000
    (tmp_path / "data").mkdir()
    none = pa.nulls(many, pa.string())
    table: dict[str, Any] = dict.fromkeys(COLUMNS, none)
    table |= {name: pa.array([True] * many) for name in ("ok_email", "ok_sms", "ok_ads")}
    table |= {"spent": pa.array([1.0] * many), "age": pa.nulls(many, pa.date32())}
    table["email"] = pa.array([f"p{i}@example.com" for i in range(many)])
    table["name"] = pa.array([f"Person {i}" for i in range(many)])
    keys = {"person": pa.array(range(many))}
    pq.write_table(pa.table({**keys, **table}), tmp_path / "data" / "people.parquet")
    target = tmp_path / "audience"
    terms = Terms(tool, ("name", "spent") if TOOLS[tool].chosen else ())
    with Engine.open(tmp_path / "data", loads(PEOPLE), tmp_path / "cache") as engine:
        tracemalloc.start()
        assert write_file(engine, EVERYONE, terms, DAY, target) == many
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 60_000_000
    if tool == "csv":
        with target.open(encoding="utf-8", newline="") as stream:
            read = [row[0] for row in csv.reader(stream)]
        assert read[1:] == [str(each) for each in range(many)]
