"""The reader of the sample shop."""

import pytest

from assistant.grammar.reader import Reader
from tests.sample_shop import sample


@pytest.fixture(scope="session")
def reader() -> Reader:
    return sample().reader.reader
