"""The line and column of a path in a JSON text."""

import pytest

from assistant.terminal.json_places import place

TEXT = """ {"version": 1,
  "definition": {"kind": "all", "a\\"b": [],
    "parts": [
      {"kind": "x", "test": {"values": [1, "two", {"date": "z"}]}},
      {"kind" : "y"} ]}}"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", (1, 2)),
        ("definition", (2, 17)),
        ("definition.parts", (3, 14)),
        ("definition.parts[1]", (5, 7)),
        ("definition.parts[1].kind", (5, 17)),
        ("definition.parts[0].test.values[2].date", (4, 60)),
        ("definition.parts[7]", (3, 14)),
        ("definition.nothing.more", (2, 17)),
        ("definition.kind.more", (2, 26)),
    ],
)
def test_every_path_leads_to_its_value_or_to_what_is_around_it(
    path: str, expected: tuple[int, int]
) -> None:
    assert place(TEXT, path) == expected
