"""The pages of suggested messages are those that were read; `python -m tests.message_pages` writes
them anew."""

import pytest

from tests.message_pages import FOLDER_OF_PAGES, SEGMENTS, page


@pytest.mark.parametrize("name", SEGMENTS)
def test_a_page_is_as_it_was_read(name: str) -> None:
    file = FOLDER_OF_PAGES / f"{name}.md"
    assert page(name) + "\n" == file.read_text(encoding="utf-8")


def test_there_are_twelve_and_no_others() -> None:
    assert len(SEGMENTS) == 12
    assert {file.stem for file in FOLDER_OF_PAGES.glob("*.md")} == set(SEGMENTS)
