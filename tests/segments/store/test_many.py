"""Fifty processes write at once, and processes are killed in the middle: what was confirmed is
there, each version once, and the store opens."""

import random
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from segments.store import Draft, Store
from tests.postgres import Server, served
from tests.segments.store.conftest import empty
from tests.segments.store.drafts import BIG, NOW
from tests.segments.store.writers import Writer

KILLS, KILLS_BESIDE_A_SERVER, AT_ONCE = 200, 40, 4
ENDLESS = 10_000


@pytest.mark.slow
def test_fifty_processes_save_at_once_and_none_loses_a_version(place: Path | str) -> None:
    with Store.open(place) as store:
        store.save(Draft("Shared", BIG), NOW)
    own = [Writer(place, f"Writer {number}", 4) for number in range(25)]
    shared = [Writer(place, "Shared", 2, shared=True) for _ in range(25)]
    assert [writer.rest() for writer in own] == [[0, 1, 2, 3]] * 25
    confirmed = sorted(number for writer in shared for number in writer.rest())
    assert confirmed == list(range(2, 52))
    assert {writer.process.exitcode for writer in (*own, *shared)} == {0}
    with Store.open(place) as store:
        for number in range(25):
            versions = store.history(store.find(f"Writer {number}").id)
            assert [each.note for each in versions] == ["3", "2", "1", "0"]
        history = store.history(store.find("Shared").id)
    assert [each.number for each in history] == list(range(51, 0, -1))


@pytest.mark.slow
def test_kills_in_the_middle_of_saves_lose_nothing(place: Path | str) -> None:
    Store.open(place).close()
    chance = random.Random(20261122)
    confirmed: dict[str, int] = {}
    kills = KILLS if isinstance(place, Path) else KILLS_BESIDE_A_SERVER
    for start in range(0, kills, AT_ONCE):
        names = [f"Killed {at}" for at in range(start, start + AT_ONCE)]
        writers = {name: Writer(place, name, ENDLESS) for name in names}
        for name, writer in writers.items():
            told = [writer.next() for _ in range(chance.randrange(1, 3))]
            writer.process.kill()
            confirmed[name] = [*told, *writer.rest()][-1]
            assert writer.process.exitcode == -9
    assert len(confirmed) == kills
    _all_there(place, confirmed)


def _all_there(place: Path | str, confirmed: dict[str, int]) -> None:
    with Store.open(place) as store:
        for name, newest in confirmed.items():
            notes = [int(each.note) for each in store.history(store.find(name).id)]
            assert notes == list(reversed(range(len(notes))))
            assert len(notes) in (newest + 1, newest + 2)  # one may be kept and not told yet


@pytest.fixture
def careful() -> Iterator[Server]:
    """A server that keeps what it confirmed whatever happens to it."""
    yield from served(())


@pytest.mark.slow
def test_a_server_that_is_killed_itself_has_what_it_confirmed(careful: Server) -> None:
    place = empty(careful, "killed")
    confirmed = {}
    for name in ("First", "Second", "Third"):
        writer = Writer(place, name, ENDLESS)
        told = [writer.next() for _ in range(3)]
        careful.kill()
        confirmed[name] = [*told, *writer.rest()][-1]
        careful.start()
        with psycopg.connect(careful.address) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
    _all_there(place, confirmed)
