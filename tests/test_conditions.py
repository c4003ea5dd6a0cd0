"""docs/conditions.md says what is so: each kind is told, each sentence read as it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from segments.check import check
from segments.codec import from_text, to_text
from segments.definition import Condition
from segments.rewrites import simplify
from tests.grammar.test_audiences import listener

PAGE = Path(__file__).parents[1] / "docs" / "conditions.md"


def _sections() -> dict[str, list[str]]:
    text = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^## (\w+)$", text, flags=re.MULTILINE)[1:]
    return {name: body.splitlines() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def _told() -> Iterator[Any]:
    for kind, lines in _sections().items():
        canonical = ""
        for line in lines:
            if line.startswith("`"):
                canonical = line.strip("`")
            elif found := re.match(r"- (sv|da|nb|en): (.+)", line):
                language, text = found.groups()
                yield pytest.param(kind, canonical, language, text, id=f"{language}: {text}")


def test_every_kind_has_its_section_with_its_edges() -> None:
    sections = _sections()
    assert set(sections) == {kind.__name__ for kind in get_args(Condition)}
    assert all("At the edges:" in lines for lines in sections.values())


def test_every_definition_is_canonical_and_of_its_kind() -> None:
    for kind, lines in _sections().items():
        written = [line.strip("`") for line in lines if line.startswith("`")]
        assert written, kind
        for text in written:
            definition = from_text(text)
            assert to_text(definition) == text
            assert check(definition, listener().catalogue) == ()
            said = {lines.index(f"`{text}`") + 2 + place for place in range(4)}
            languages = {lines[place][2:4] for place in said}
            assert languages == {"sv", "da", "nb", "en"}, text
        assert kind in {type(from_text(text)).__name__ for text in written}


@pytest.mark.parametrize(("kind", "canonical", "language", "text"), list(_told()))
def test_every_sentence_is_read_as_the_definition_above_it(
    kind: str, canonical: str, language: str, text: str
) -> None:
    reading = listener().read(text, language)
    assert reading.definition is not None, (kind, reading.status, reading.reasons)
    assert to_text(reading.definition) == to_text(simplify(from_text(canonical)))
