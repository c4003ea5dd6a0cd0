"""An empty store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from segments.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "new" / "segments.sqlite") as opened:
        yield opened
