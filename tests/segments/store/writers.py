"""Processes that save. Each tells the number of a save once it is confirmed, so that whoever kills
the process knows what must be there after."""

import multiprocessing
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from segments.definition import Field, Operator, Test
from segments.errors import Shown
from segments.problems import SegmentChanged
from segments.store import Draft, Store

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
FORKS = multiprocessing.get_context("forkserver")  # each begins with what it needs imported
FORKS.set_forkserver_preload(["segments.store", "psycopg", __name__])


class Writer:
    """A process that saves `count` versions: of a segment of its own, or with `shared` of one that
    others write too, each over the version it has read."""

    def __init__(self, place: Path | str, name: str, count: int, *, shared: bool = False) -> None:
        self._ours, theirs = FORKS.Pipe(duplex=False)
        work = _share if shared else _own
        self.process = FORKS.Process(target=work, args=(place, name, count, theirs))
        self.process.start()
        theirs.close()

    def next(self) -> int:
        """Wait for the next save that it confirms."""
        return int(self._ours.recv())

    def rest(self) -> list[int]:
        """What it has confirmed until it ended."""
        found = []
        with suppress(EOFError, ConnectionError):
            while True:
                found.append(self.next())
        self.process.join(60)
        self._ours.close()
        return found


def _own(place: Path | str, name: str, count: int, tell: Connection) -> None:
    with Store.open(place) as store:
        id_ = None
        for number in range(count):
            test = Test(Operator.GE, (number,))
            draft = Draft(name, Field("points", test), by=name, note=f"{number}")
            id_ = store.save(draft, NOW, id_).id
            tell.send(number)


def _share(place: Path | str, name: str, count: int, tell: Connection) -> None:
    with Store.open(place) as store:
        id_ = store.find(name).id
        while count:
            number = store.get(id_).newest.number
            draft = Draft(name, Field("points", Test(Operator.GE, (number,))), note="one of many")
            try:
                kept = store.save(draft, NOW, id_, base=number)
            except Shown as shown:
                if not isinstance(shown.problems[0], SegmentChanged):
                    raise
                continue
            tell.send(kept.newest.number)
            count -= 1
