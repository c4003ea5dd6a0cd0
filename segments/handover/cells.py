"""What stands in a cell, as SQL: addresses as tools want them, hashes, texts no spreadsheet runs.

In: a column of `members` and its attribute. Out: sqlglot expressions; of a text file all of them
are texts, never NULL. Start at `text_of` and `address_of`.

A text that starts with = + - @, also in their wide forms and after spaces, or with a tab or a line
break, could run as a formula in a spreadsheet and gets an apostrophe in front (as OWASP advises).
One kind is left as it is: a telephone number in E.164. Digits alone compute nothing, and with an
apostrophe they would be of no use.
"""

from datetime import date

from sqlglot import exp

from segments.catalogue import Attribute, Type
from segments.compile.nodes import column, day_of_year, literal
from segments.engine.functions import COUNTRY, E164, SPACED
from segments.handover.tools import Address, Shape

# No address that a mail server takes begins with a sign, as one that a spreadsheet runs does, or
# has two dots on end. One with a space inside is not mended: it could become somebody else's.
ADDRESS = (
    r"^[\p{L}\p{N}_][\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]*"
    r"(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}]$"
)
# Nordic numbers that are in E.164 already; all else is for the library to read.
NORDIC = r"\+(46[1-9][0-9]{6,8}|45[2-9][0-9]{7}|47[2-9][0-9]{7})"
_WIDTHLESS = r"\p{Cf}"
_OUTER = r"^[\s\p{Z}]+|[\s\p{Z}]+$"  # spaces of every kind
_SIGNS = r"[\s().\-/]"
_FORMULA = r"^([\s\p{Z}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])"
_NUMBER = r"\+[0-9]{6,15}"


def address_of(address: Address, value: exp.Expr, country: exp.Expr) -> exp.Expr:
    """An address as a tool can use it, NULL for what cannot be one."""
    match address:
        case Address.EMAIL:
            seen = _without(call("nfc_normalize", value), _WIDTHLESS)
            plain: exp.Expr = exp.Lower(this=_without(seen, _OUTER))
            return _only(call("regexp_matches", plain, literal(ADDRESS)), plain)
        case Address.PHONE:
            plain = _without(value, _SIGNS)
            read = call(E164, value, country)
            good = call("regexp_full_match", plain, literal(NORDIC))
            return exp.Case().when(good, plain).else_(read)
        case _:
            return exp.func("NULLIF", exp.Trim(this=value), literal(""))


def country_of(attribute: Attribute | None, home: str) -> exp.Expr:
    """The ISO code of a member's country, the shop's for whom none is known. One that cannot be
    read is "": the shop's would make somebody else's number of theirs."""
    if attribute is None:
        return literal(home)
    said = exp.func("NULLIF", exp.Trim(this=column(attribute.name)), literal(""))
    missing = exp.Is(this=said, expression=exp.null())
    read = exp.Coalesce(this=call(COUNTRY, column(attribute.name)), expressions=[literal("")])
    return exp.Case().when(missing, literal(home)).else_(read)


def shaped(value: exp.Expr, shape: Shape) -> exp.Expr:
    """A text in the shape a tool wants; addresses are in theirs already."""
    match shape:
        case Shape.LOWER:
            return exp.Trim(
                this=call(
                    "regexp_replace",
                    exp.Lower(this=call("nfc_normalize", value)),
                    literal(r"[\s\p{Z}]+"),
                    literal(" "),
                    literal("g"),
                )
            )
        case Shape.LETTERS:
            signs = _without(exp.Lower(this=call("nfc_normalize", value)), r"[\p{P}\p{S}]")
            return exp.Trim(this=signs)
        case Shape.JOINED:
            return _without(exp.Lower(this=call("nfc_normalize", value)), r"[\p{P}\p{S}\s]")
        case Shape.SPACED:
            return call(SPACED, value)
        case Shape.DIGITS:
            return _without(value, r"\+")
        case Shape.COUNTRY:
            return call(COUNTRY, value)
        case Shape.LOWER_COUNTRY:
            return exp.Lower(this=call(COUNTRY, value))
        case Shape.YES_NO:
            return (
                exp.Case()
                .when(exp.Coalesce(this=value, expressions=[exp.false()]), literal("yes"))
                .else_(literal("no"))
            )
        case _:
            return value


def hashed(value: exp.Expr) -> exp.Expr:
    """SHA-256 in hexadecimal; of nothing there is no hash."""
    return call("sha256", exp.func("NULLIF", value, literal("")))


def years(born: exp.Expr, day: date) -> exp.Expr:
    """Whole years from a birth date to a day."""
    year = exp.Sub(this=literal(day.year), expression=exp.Year(this=born.copy()))
    before = exp.GT(this=day_of_year(born), expression=literal(100 * day.month + day.day))
    return exp.Sub(this=year, expression=exp.cast(exp.Paren(this=before), exp.DType.INT))


def text_of(value: exp.Expr, kind: Type, source: str, *, comma: bool) -> exp.Expr:
    """A value as text: decimals with two places or more, instants to the second, lists joined.
    `source` is DuckDB's own type of the value."""
    match kind:
        case Type.LIST:
            return safe(call("array_to_string", value, literal(", ")))
        case Type.TIME:
            return call("strftime", value, literal("%Y-%m-%d %H:%M:%S"))
        case Type.NUMBER | Type.MONEY:
            text: exp.Expr = exp.cast(value, exp.DType.VARCHAR)
            if source.startswith("DECIMAL"):  # 100.5000 is written 100.50
                ended = literal(r"(\.[0-9]{2}[0-9]*?)0+$")
                text = call("regexp_replace", text, ended, literal(r"\1"))
            return exp.func("REPLACE", text, literal("."), literal(",")) if comma else text
        case Type.TEXT:
            return safe(exp.cast(value, exp.DType.VARCHAR))
        case _:
            return exp.cast(value, exp.DType.VARCHAR)


def safe(text: exp.Expr) -> exp.Expr:
    """The text with an apostrophe where a spreadsheet would run it."""
    formula = call("regexp_matches", text, literal(_FORMULA))
    number = call("regexp_full_match", text, literal(_NUMBER))
    runs = exp.And(this=formula, expression=exp.Not(this=number))
    quoted = exp.DPipe(this=literal("'"), expression=text.copy())
    return exp.Case().when(runs, quoted).else_(text.copy())


def cell(text: exp.Expr, delimiter: str, *, quoted: bool) -> exp.Expr:
    """The text as it stands between delimiters, as RFC 4180 says; nothing for NULL."""
    doubled = exp.func("REPLACE", text, literal('"'), literal('""'))
    inside = exp.DPipe(
        this=exp.DPipe(this=literal('"'), expression=doubled), expression=literal('"')
    )
    if quoted:
        return exp.Coalesce(this=inside, expressions=[literal('""')])
    special = call("regexp_matches", text, literal(f'["\\r\\n{delimiter}]'))
    return exp.Coalesce(
        this=exp.Case().when(special, inside).else_(text.copy()), expressions=[literal("")]
    )


def call(name: str, *values: exp.Expr) -> exp.Expr:
    """A function of DuckDB's that sqlglot has no node for."""
    return exp.Anonymous(this=name, expressions=[value.copy() for value in values])


def _without(text: exp.Expr, pattern: str) -> exp.Expr:
    return call("regexp_replace", text, literal(pattern), literal(""), literal("g"))


def _only(condition: exp.Expr, value: exp.Expr) -> exp.Expr:
    return exp.Case().when(condition, value.copy())
