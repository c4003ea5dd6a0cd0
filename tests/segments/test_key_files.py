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
    ],
)
def test_a_column_is_taken(
    tmp_path: Path, text: str, field: str | None, entries: tuple[str, ...]
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8", newline="")
    assert read_list(file, WITH) == (field, entries)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "no_column"),
        (b"a@example.org\n", "no_column"),
        (b"id\n \n", "empty"),
        (b"id\n\xe5\n", "not_text"),
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
