"""The kept lists of a store: member keys, or values of a field, under a name.

In: entries. Out: `KeptList`, and the entries again. Start at `Lists`.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from segments.definition import Source
from segments.errors import Shown
from segments.problems import BadList
from segments.store import shelf
from segments.store.database import Database
from segments.store.model import KeptList
from segments.store.rows import instant, named, utc
from segments.store.tables import ENTRIES, LISTS

_MANY = 10_000  # entries written at once


class Lists:
    """The lists of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_list(
        self,
        name: str,
        field: str | None,
        entries: Sequence[str],
        now: datetime,
        *,
        suppresses: bool = False,
    ) -> KeptList:
        """Keep a list, each entry once. Raises Shown when the name is empty, too long or taken."""
        kept = sorted(set(entries))
        row = {
            **named(name),
            "field": field,
            "size": len(kept),
            "created_at": utc(now),
            "suppresses": suppresses,
        }
        with self._database.writing() as connection:
            same = sa.select(LISTS.c.id).where(LISTS.c.folded == row["folded"])
            if connection.execute(same).first() is not None:
                raise Shown(BadList("name", "taken", str(row["name"])))
            added = LISTS.insert().values(**row).returning(LISTS.c.id)
            number = connection.execute(added).scalar_one()
            for at in range(0, len(kept), _MANY):
                rows = [{"list": number, "entry": entry} for entry in kept[at : at + _MANY]]
                connection.execute(ENTRIES.insert(), rows)
            if self._database.copies is not None:
                self._database.copies.write_list(number, row, kept)
        return next(each for each in self.lists() if each.id == number)

    def lists(self) -> tuple[KeptList, ...]:
        """Give every list by name."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(LISTS).order_by(LISTS.c.folded)).mappings()
            return tuple(_kept(row) for row in rows)

    def entries(self, id_: int) -> tuple[str, ...]:
        """Give the entries of a list, rising; none when it is not there."""
        chosen = sa.select(ENTRIES.c.entry).where(ENTRIES.c.list == id_)
        with self._database.reading() as connection:
            return tuple(sorted(connection.execute(chosen).scalars()))

    def suppress(self, id_: int, *, on: bool) -> None:
        """Keep those on a list out of every file from now on, or no longer."""
        with self._database.writing() as connection:
            connection.execute(LISTS.update().where(LISTS.c.id == id_).values(suppresses=on))
            self._copy(connection, id_)

    def remove_list(self, id_: int) -> None:
        """Remove a list with its entries, if it is there. Raises Shown when segments name it, or
        it keeps people out of files: without it they would be in the next one."""
        with self._database.writing() as connection:
            row = connection.execute(sa.select(LISTS).where(LISTS.c.id == id_)).mappings().first()
            if row is None:
                return
            shelf.not_named(connection, Source.LIST, row["name"])
            if row["suppresses"]:
                raise Shown(BadList("name", "suppresses", row["name"]))
            connection.execute(ENTRIES.delete().where(ENTRIES.c.list == id_))
            connection.execute(LISTS.delete().where(LISTS.c.id == id_))
            if self._database.copies is not None:
                self._database.copies.remove_list(id_)

    def copy_lists(self) -> None:
        """Write the copies that are missing, and forget those of lists that are not there."""
        if (copies := self._database.copies) is None:
            return
        copied = copies.lists().keys()
        with self._database.reading() as connection:
            kept = set(connection.execute(sa.select(LISTS.c.id)).scalars())
        if kept != copied:
            with self._database.writing() as connection:
                kept = set(connection.execute(sa.select(LISTS.c.id)).scalars())
                copied = copies.lists().keys()
                for id_ in kept - copied:
                    self._copy(connection, id_)
                for id_ in copied - kept:
                    copies.remove_list(id_)

    def _copy(self, connection: sa.Connection, id_: int) -> None:
        """Write the copy of a list as it is now, if it is there."""
        row = connection.execute(sa.select(LISTS).where(LISTS.c.id == id_)).mappings().first()
        if self._database.copies is not None and row is not None:
            chosen = sa.select(ENTRIES.c.entry).where(ENTRIES.c.list == id_)
            entries = sorted(connection.execute(chosen).scalars())
            said = {name: value for name, value in row.items() if name != "id"}
            self._database.copies.write_list(id_, said, entries)


def _kept(row: sa.RowMapping) -> KeptList:
    made = instant(row["created_at"])
    return KeptList(row["id"], row["name"], row["field"], row["size"], made, row["suppresses"])
