"""What SQL cannot say of an address: a telephone number in E.164, a country's code.

In: a connection, before it is locked. Out: functions that queries can call by the names here;
they give NULL for what they cannot read. Start at `add_functions`.
"""

import re
from collections.abc import Mapping
from functools import cache

import duckdb
import phonenumbers
import pyarrow as pa
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from duckdb.func import ARROW, SPECIAL
from duckdb.sqltypes import VARCHAR
from phonenumbers import CountryCodeSource, NumberParseException, PhoneNumberFormat

E164 = "krets_e164"
COUNTRY = "krets_country"
SPACED = "krets_spaced_number"
_CODE, _LONG_CODE = 2, 3
# What CLDR names beside countries: unions, seas, pretended and unknown ones.
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
_SIGNS = re.compile(r"[.,]")
_THE = re.compile(r"^the ")


def add_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the functions; a second engine on one file in one process finds them there."""
    for name, function, takes in (
        (E164, _numbers, 2),
        (COUNTRY, _countries, 1),
        (SPACED, _spaced, 1),
    ):
        made = connection.execute(
            "SELECT count(*) FROM duckdb_functions() WHERE function_name = ?", [name]
        ).fetchall()
        if made == [(0,)]:
            connection.create_function(
                name, function, [VARCHAR] * takes, VARCHAR, type=ARROW, null_handling=SPECIAL
            )


def e164(number: str, country: str) -> str | None:
    """A number as ITU-T E.164 writes it, "+46701234567"; one without a country's code is of the
    country (ISO 3166, or ""). None for what is no number that can be given out there."""
    try:
        read = phonenumbers.parse(number, country or None, keep_raw_input=True)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(read) or len(set(str(read.national_number))) == 1:
        return None  # "00000000" stands for no number
    # What was read as a number of one country must be one there; what names its country itself
    # is believed, since the library's plans are older than the newest series.
    own = read.country_code_source == CountryCodeSource.FROM_DEFAULT_COUNTRY
    if own and not phonenumbers.is_valid_number(read):
        return None
    # The library dials letters, and a name behind a number would make it somebody else's.
    if any(map(str.isalpha, number)):
        written = phonenumbers.normalize_digits_only(number)
        if str(read.national_number) not in written:
            return None
    return phonenumbers.format_number(read, PhoneNumberFormat.E164)


def spaced(number: str) -> str:
    """A number in E.164 as it is printed, "+46 70 123 45 67"."""
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)


@cache
def country_code(country: str) -> str | None:
    """The ISO 3166 code, of two letters, of a country said as that, as a code of three letters, or
    by its name in any language."""
    said = country.strip()
    code = said.upper()
    if code in _codes():
        return code
    if code == "UK" or (len(code) == _LONG_CODE and code.isalpha()):
        meant = get_global("territory_aliases").get(code, ())  # CLDR's
        if len(meant) == 1 and meant[0] in _codes():
            return str(meant[0])
    return _by_name().get(_bare(said))


def _bare(name: str) -> str:
    """A name without what is written or left out: "U.S.A.", "the Netherlands"."""
    return _THE.sub("", _SIGNS.sub("", name).casefold()).strip()


@cache
def _by_name() -> dict[str, str]:
    """The codes by name, case folded, in every language that CLDR has; a name that is that of one
    country here and of another there is left out."""
    found: dict[str, set[str]] = {}
    for language in locale_identifiers():
        if "_" in language:  # a language as one country writes it
            continue
        for code, name in _countries_in(language).items():
            found.setdefault(_bare(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


@cache
def _codes() -> frozenset[str]:
    return frozenset(_countries_in("en"))


def _countries_in(language: str) -> Mapping[str, str]:
    """The names of countries in a language, by code; CLDR's larger regions have numbers."""
    territories: Mapping[str, str] = Locale.parse(language).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == _CODE and code not in _NO_COUNTRY
    }


def _numbers(numbers: pa.ChunkedArray, countries: pa.ChunkedArray) -> pa.Array:
    pairs = zip(numbers.to_pylist(), countries.to_pylist(), strict=True)
    return pa.array([e164(each, land or "") if each else None for each, land in pairs], pa.string())


def _countries(countries: pa.ChunkedArray) -> pa.Array:
    found = [country_code(each) if each else None for each in countries.to_pylist()]
    return pa.array(found, pa.string())


def _spaced(numbers: pa.ChunkedArray) -> pa.Array:
    return pa.array([spaced(each) if each else None for each in numbers.to_pylist()], pa.string())
