"""The small shop with the stub reader."""

from collections.abc import Iterator

import pytest

from assistant.answers import Shop
from segments.engine.duckdb_engine import Engine
from tests import small_shop
from tests.stub_reader import StubReader


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = small_shop.write(tmp_path_factory.mktemp("small_shop"))
    cache = tmp_path_factory.mktemp("cache")
    with Engine.open(folder, folder / "catalogue.toml", cache) as engine:
        yield Shop(engine, engine.values(), StubReader())
