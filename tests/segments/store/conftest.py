"""An empty store in a file and on a server: what holds in one holds in the other."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from segments.store import Store
from tests.postgres import Server


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a store can be made."""
    if request.param == "file":
        return tmp_path / "new" / "segments.db"
    return empty(request.getfixturevalue("postgres"), f"test{abs(hash(tmp_path))}")


def empty(server: Server, name: str) -> str:
    """The address of an empty part of a server's database."""
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    return f"{server.address}?options=-csearch_path%3D{name}"


@pytest.fixture
def store(place: Path | str) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened
