"""The German shop, as long as these tests run."""

from collections.abc import Iterator

import pytest

from tests.languages.german.german import German, german


@pytest.fixture(scope="module")
def shop() -> Iterator[German]:
    with german() as found:
        yield found
