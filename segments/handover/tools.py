"""What each mailing and ad tool accepts: exact headers, and the shape of what stands below them.

Plain data, from the tools' own import guides and templates. Start at `TOOLS`.

Google's and Meta's identifiers are normalised and hashed with SHA-256 as their guides for customer
lists say: Google takes addresses and names in lower case without outer spaces, numbers in E.164 and
leaves country and postal code plain; Meta takes everything hashed, numbers as digits, names and
towns without signs. Google folds dots of Gmail addresses for conversions, not for customer lists.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the rows are written."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"


class Shape(StrEnum):
    """What becomes of a value."""

    PLAIN = "plain"
    EMAIL = "email"  # lower case, no spaces around
    PHONE = "phone"  # E.164
    SPACED = "spaced"  # E.164 as it is printed; a spreadsheet makes no number of it
    DIGITS = "digits"  # E.164 without its plus
    LOWER = "lower"  # lower case, single spaces
    LETTERS = "letters"  # lower case, no signs
    JOINED = "joined"  # lower case, no signs, no spaces
    COUNTRY = "country"  # ISO 3166, upper case
    LOWER_COUNTRY = "lower_country"
    YES_NO = "yes_no"  # yes or no


class Address(StrEnum):
    """What a person is reached by; its role is its name, its consent beside it."""

    EMAIL = "email"
    PHONE = "phone"
    STREET = "street"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file. `role` is the member field's role, or one of the words below."""

    header: str
    role: str
    shape: Shape = Shape.PLAIN
    hashed: bool = False


KEY = "=key"  # the member key
NAME = "=name"  # the name of the segment as one tag: a comma would make two
EMPTY = "=empty"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool or a file format. `ads` means that the one consent is for advertising; `chosen` that
    fields of the shop can be added; `quoted` that every text is."""

    name: str
    columns: tuple[Column, ...] = ()
    kind: Kind = Kind.CSV
    ads: bool = False
    chosen: bool = True
    delimiter: str = ","
    nordic: bool = False  # decimals are written 12,50, and numbers to call with spaces
    mark: bool = False  # the byte order mark that a spreadsheet knows UTF-8 by
    quoted: bool = False

    @property
    def suffix(self) -> str:
        """The end of a file's name, without a dot."""
        return self.kind.value


CONSENTS = {
    Address.EMAIL: "consent_email",
    Address.PHONE: "consent_sms",
    Address.STREET: "consent_post",
}
ADS = "consent_ads"

_EMAIL = Shape.EMAIL
_PHONE = Shape.PHONE
_CODE = Shape.COUNTRY

_TOOLS = (
    Tool("csv", (Column("", KEY),)),
    Tool("excel", (Column("", KEY),), delimiter=";", nordic=True, mark=True),
    Tool("jsonl", (Column("", KEY),), Kind.JSON_LINES),
    Tool("parquet", (Column("", KEY),), Kind.PARQUET),
    Tool(
        "klaviyo",
        (
            Column("Email", "email", _EMAIL),
            Column("Phone Number", "phone", _PHONE),
            Column("First Name", "first_name"),
            Column("Last Name", "last_name"),
            Column("City", "city"),
            Column("Zip Code", "postal_code"),
            Column("Country", "country"),
        ),
    ),
    Tool(
        "mailchimp",
        (
            Column("Email Address", "email", _EMAIL),
            Column("First Name", "first_name"),
            Column("Last Name", "last_name"),
            Column("Phone Number", "phone", _PHONE),
            Column("Tags", NAME),
        ),
    ),
    Tool(
        "shopify",
        (
            Column("First Name", "first_name"),
            Column("Last Name", "last_name"),
            Column("Email", "email", _EMAIL),
            Column("Accepts Email Marketing", "consent_email", Shape.YES_NO),
            Column("Default Address Company", "company"),
            Column("Default Address Address1", "street"),
            Column("Default Address Address2", EMPTY),
            Column("Default Address City", "city"),
            Column("Default Address Province Code", EMPTY),
            Column("Default Address Country Code", "country", _CODE),
            Column("Default Address Zip", "postal_code"),
            Column("Default Address Phone", EMPTY),
            Column("Phone", "phone", _PHONE),
            Column("Accepts SMS Marketing", "consent_sms", Shape.YES_NO),
            Column("Tags", NAME),
            Column("Note", EMPTY),
            Column("Tax Exempt", EMPTY),
        ),
        chosen=False,
    ),
    Tool(
        "hubspot",
        (
            Column("Email", "email", _EMAIL),
            Column("First Name", "first_name"),
            Column("Last Name", "last_name"),
            Column("Phone Number", "phone", _PHONE),
            Column("Company Name", "company"),
            Column("Job Title", "job_role"),
            Column("City", "city"),
            Column("Postal Code", "postal_code"),
            Column("Country/Region", "country"),
        ),
    ),
    Tool(
        "rule",
        (
            Column("emailAddress", "email", _EMAIL),
            Column("phone_number", "phone", _PHONE),
            Column("FirstName", "first_name"),
            Column("LastName", "last_name"),
            Column("Language", "language"),
            Column("City", "city"),
        ),
        delimiter=";",
        quoted=True,
    ),
    Tool(
        "google_ads",
        (
            Column("Email", "email", _EMAIL, hashed=True),
            Column("Phone", "phone", _PHONE, hashed=True),
            Column("First Name", "first_name", Shape.LOWER, hashed=True),
            Column("Last Name", "last_name", Shape.LOWER, hashed=True),
            Column("Country", "country", _CODE),
            Column("Zip", "postal_code"),
        ),
        ads=True,
        chosen=False,
    ),
    Tool(
        "meta",
        (
            Column("email", "email", _EMAIL, hashed=True),
            Column("phone", "phone", Shape.DIGITS, hashed=True),
            Column("fn", "first_name", Shape.LETTERS, hashed=True),
            Column("ln", "last_name", Shape.LETTERS, hashed=True),
            Column("ct", "city", Shape.JOINED, hashed=True),
            Column("zip", "postal_code", Shape.JOINED, hashed=True),
            Column("country", "country", Shape.LOWER_COUNTRY, hashed=True),
        ),
        ads=True,
        chosen=False,
    ),
)

TOOLS = {tool.name: tool for tool in _TOOLS}
