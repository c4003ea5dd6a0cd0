"""The sample shop, open, and a plain database of its files for the queries written by hand."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.corpus.sentences import VIEWS
from tests.sample_shop import FOLDER, Sample, sample


@pytest.fixture(scope="session")
def shop() -> Sample:
    return sample()


@pytest.fixture(scope="session")
def files() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    for path in sorted((FOLDER / "shop").glob("*.parquet")):
        connection.execute(f"CREATE VIEW \"{path.stem}\" AS FROM read_parquet('{path}')")
    for name, query in VIEWS.items():
        connection.execute(f'CREATE VIEW "{name}" AS {query}')
    yield connection
    connection.close()
