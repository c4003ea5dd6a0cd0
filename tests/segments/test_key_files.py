"""Files of keys and addresses: which column is taken, how its entries are kept, what is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from segments.catalogue import Attribute, Type
from segments.errors import Shown
from segments.key_files import read_list
from segments.problems import BadList
from tests.shop import SHOP

EMAIL = Attribute("email", Type.TEXT, role="email", labels={"sv": ("E-post",)})
WITH = replace(SHOP, fields={**SHOP.fields, "email": EMAIL})


@pytest.mark.parametrize(
    ("text", "field", "entries"),
    [
        ("id\n 7 \n\n8\n", None, ("7", "8")),
        ("ID\tnote\n7\tx\n", None, ("7",)),
        ('note,email\n"a, b", Ann@Example.ORG \nc,\nd\n', "email", ("ann@example.org",)),
        ("e-post\r\nÅSA@example.org\r\n", "email", ("åsa@example.org",)),
        ("email;id\na@example.org;7\n", "email", ("a@example.org",)),  # the first that can be told
        ("7\n 8 \n\n", None, ("7", "8")),  # no title, and nothing beside it: keys
        ("Nr\n7\n", None, ("Nr", "7")),  # a title that nobody knows is shown as not found
        ("Ann@Example.ORG\nbo@example.org\n", "email", ("ann@example.org", "bo@example.org")),
        ("email\nAnn@example.org\u00a0\n", "email", ("ann@example.org",)),
        (" a@example.org ; b@example.org;\n", "email", ("a@example.org", "b@example.org")),
        ("Namn;Adress\nÅsa;a@example.org\nBo;\n", "email", ("a@example.org",)),
        ("Åsa;a@example.org\nBo;b@example.org\n", "email", ("a@example.org", "b@example.org")),
        ('sep=;\n"id";"x"\n"7";"8"\n', None, ("7",)),
        ("\n\nid\n7\n", None, ("7",)),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_column_is_taken(
    tmp_path: Path, text: str, field: str | None, entries: tuple[str, ...], encoding: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding=encoding, newline="")
    assert read_list(file, WITH) == (field, entries)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "no_column"),
        (b"7;8\n9;10\n", "no_column"),
        (b"name,mail\nAnn,a@example.org\nBo,none\n", "no_column"),
        (b"id\n \n", "empty"),
        (b"id\n\0\n", "not_text"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not_text"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: bytes, code: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(text)
    assert refused(file) == code


def test_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.csv") == "no_file"


def refused(file: Path) -> str:
    with pytest.raises(Shown) as caught:
        read_list(file, WITH)
    (problem,) = caught.value.problems
    assert isinstance(problem, BadList)
    return problem.code
