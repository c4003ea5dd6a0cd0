"""A shop's files become one native DuckDB file, in the order that makes segments fast.

In: a data folder and a catalogue. Out: the path of the prepared file in the cache; made once and
used again while the files, the catalogue and the format stay the same. What can be wrong with the
data is raised as `Shown` with every `BadData`. Its tables are `members`, `E`, `E_parts`,
`krets_values`, `krets_uses` and `krets_meta`; all of them are told in docs/catalogue.md. Start at
`prepare`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
from sqlglot import exp

from segments.catalogue import Catalogue
from segments.engine import cache, layout, placing, predictions, spoken
from segments.engine.building import count, create, drop_views, number, rows
from segments.engine.casts import function
from segments.engine.checks import unique, unread
from segments.engine.joins import Rows
from segments.engine.opening import opened
from segments.engine.sources import Sources, find_files, unreadable
from segments.engine.towns import edition
from segments.engine.uses import keys
from segments.errors import Shown
from segments.predictions import Card
from segments.problems import BadData

FORMAT = "8"


def prepare(data_dir: Path, catalogue: Catalogue, cache_dir: Path | None = None) -> Path:
    """Give the prepared file of a shop, built if it is not there yet. Two processes never build
    one shop at once, and nothing half built is ever left under its name."""
    folder = cache.cache_folder(cache_dir)
    files = find_files(data_dir, catalogue)
    shop = _shop(data_dir, catalogue)
    path = _path(folder, shop, files, catalogue)
    if path.exists():
        return path
    with cache.building(folder, shop):
        for _ in range(3):  # files may change while they are read
            path = _path(folder, shop, files, catalogue)
            if path.exists():
                return path
            half = cache.half_built(folder, shop)
            _build(half, files, catalogue)
            if _path(folder, shop, files, catalogue) == path:
                half.replace(path)
                cache.remove_stale(folder, shop, path)
                return path
        cache.half_built(folder, shop)
    raise Shown(BadData("", "files_keep_changing", str(data_dir)))


def _shop(data_dir: Path, catalogue: Catalogue) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", catalogue.name.casefold()).strip("-") or "shop"
    place = f"{catalogue.name}\0{data_dir.resolve()}"
    return f"{name[:40]}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"


def _path(folder: Path, shop: str, files: Mapping[str, Path], catalogue: Catalogue) -> Path:
    return folder / f"{shop}-{fingerprint(files, catalogue)[:16]}{cache.SUFFIX}"


def fingerprint(files: Mapping[str, Path], catalogue: Catalogue) -> str:
    """Give a digest of all that the prepared file is made from: not of what words are taught, nor
    of the places that the shop has names for."""
    untaught = replace(catalogue, rules={}, words=(), places={})
    parts = [FORMAT, duckdb.__version__, edition(), repr(untaught)]
    for table, file in sorted(files.items()):
        try:
            stat = file.stat()
        except OSError as error:
            raise Shown(BadData(f"tables.{table}", "file_missing", file.name)) from error
        parts.append(f"{table}\0{file.name}\0{stat.st_size}\0{stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _build(half: Path, files: Mapping[str, Path], catalogue: Catalogue) -> None:
    try:
        with duckdb.connect(str(half)) as connection:
            sources = opened(connection, files, catalogue)
            resolved = layout.resolve(catalogue, sources)
            report = _fill(connection, resolved, sources)
            newest = max(filter(None, _newest(connection, resolved)), default=None)
            written = _written(files, catalogue.time_zone)
            cards = predictions.predict(
                connection, resolved, newest and min(newest.date(), written)
            )
            _values(connection, resolved, sources)
            _meta(connection, resolved, files, written, newest, report, cards)
            drop_views(connection)
            connection.execute("CHECKPOINT").fetchall()
    except duckdb.Error as error:
        half.unlink(missing_ok=True)
        raise Shown(_blame(files, error)) from error
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _blame(files: Mapping[str, Path], error: duckdb.Error) -> BadData:
    """Name the file that cannot be read after all; else the room on disk or in memory."""
    if isinstance(error, duckdb.OutOfMemoryException) or "space" in str(error):
        return BadData("", "no_room", "")
    for file in files.values():
        try:
            with duckdb.connect() as connection:
                reader = connection.read_csv if file.suffix == ".csv" else connection.read_parquet
                reader(str(file)).create("whole")
        except duckdb.Error as inner:
            return unreadable(file, inner)
    raise error


def _fill(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> dict[str, int]:
    """Make the tables of members and events; gives what was left out, by owner and reason."""
    _demand_unique_keys(connection, catalogue, sources)
    report = unread(connection, catalogue, sources)
    one_each = unique(connection, sources[catalogue.table], catalogue.key) is None
    select = layout.members(catalogue, sources, unique=one_each)
    create(connection, layout.MEMBERS, select)
    report |= placing.place(connection, catalogue)
    for event in catalogue.events.values():
        shared = 0
        if event.parts == event.table:
            found = layout.shared_records(catalogue, sources, event).subquery("found")
            shared = number(connection, exp.select(exp.Count(this=exp.Star())).from_(found))
        if shared:
            report[f"{event.name}.shared"] = shared
        records = layout.records(catalogue, sources, event, shared=bool(shared))
        create(connection, event.name, records)
        if event.parts:
            made = event.name + layout.PARTS
            select = layout.parts(catalogue, sources, event, shared=bool(shared))
            create(connection, made, select)
        own = Rows(catalogue, sources, event.table)
        conditions = layout.kept(own, event)
        there = own.select(exp.Count(this=exp.Star())).where(*conditions, copy=False)
        kept = event.name + layout.PARTS if event.parts == event.table else event.name
        lost = number(connection, there) - count(connection, kept)
        if lost:
            report[f"{event.name}.without_member"] = lost
    return report


def _demand_unique_keys(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> None:
    problems = []
    for table, key in keys(catalogue):
        twice = unique(connection, sources[table], key)
        if twice is not None:
            found = f"{table}.{key} = {twice}"
            problems.append(BadData(sources[table].file.name, "key_not_unique", found))
    if problems:
        raise Shown(*problems)


def _values(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources) -> None:
    connection.execute(
        "CREATE TABLE krets_values (owner VARCHAR, code VARCHAR, text VARCHAR, language VARCHAR)"
    ).fetchall()
    known = [[s.owner, s.code, s.text, s.language] for s in spoken.declared(catalogue)]
    if known:
        connection.executemany("INSERT INTO krets_values VALUES (?, ?, ?, ?)", known)
    for found in spoken.found(catalogue, sources):
        code, text = exp.column("code"), exp.column("text")
        owner = exp.Literal.string(found.owner)
        language = exp.convert(found.language)
        select = exp.select(owner, code, text, language).from_(found.select.subquery("found"))
        insert = exp.Insert(this=exp.table_("krets_values"), expression=select)
        rows(connection, insert)
    connection.execute(
        "CREATE TABLE krets_uses (owner VARCHAR, code VARCHAR, uses BIGINT)"
    ).fetchall()
    for found in spoken.used(catalogue):
        owner = exp.Literal.string(found.owner)
        select = exp.select(owner, exp.column("code"), exp.column("uses"))
        counted = select.from_(found.select.subquery("found"))
        rows(connection, exp.Insert(this=exp.table_("krets_uses"), expression=counted))


def _meta(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    files: Mapping[str, Path],
    written: date,
    newest: datetime | None,
    report: Mapping[str, int],
    cards: dict[str, Card],
) -> None:
    meta = {
        "format": FORMAT,
        "fingerprint": fingerprint(files, catalogue),
        "newest": newest.isoformat() if newest else "",
        "files_day": written.isoformat(),
        "members": str(count(connection, layout.MEMBERS)),
        "types": json.dumps(types(catalogue)),
        "dated": json.dumps(_dated(connection, catalogue)),
        "report": json.dumps(report),
        "predictions": predictions.written(cards),
    }
    connection.execute("CREATE TABLE krets_meta (key VARCHAR, value VARCHAR)").fetchall()
    connection.executemany(
        "INSERT INTO krets_meta VALUES (?, ?)", [list(each) for each in meta.items()]
    )


def _written(files: Mapping[str, Path], zone: str) -> date:
    """The day on which the newest file was written, in shop time, as events are."""
    latest = max(file.stat().st_mtime for file in files.values())
    return datetime.fromtimestamp(latest, ZoneInfo(zone)).date()


def types(catalogue: Catalogue) -> dict[str, str]:
    """Give the type of every field ("city") and attribute ("purchase.amount")."""
    found = {name: str(field.type) for name, field in catalogue.fields.items()}
    for event in catalogue.events.values():
        for name, attribute in event.attributes.items():
            found[f"{event.name}.{name}"] = str(attribute.type)
    return found


def _newest(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> list[datetime | None]:
    newest = []
    for event in catalogue.events.values():
        if event.time:
            latest = function("max", exp.column("at", quoted=True))
            select = exp.select(latest).from_(exp.table_(event.name, quoted=True))
            newest.append(rows(connection, select)[0][0])
    return newest


def _dated(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> list[str]:
    """Give the events whose times are all midnight, and so are mere days."""
    found = []
    at = exp.column("at", quoted=True)
    midnight = function("date_trunc", exp.Literal.string("day"), at)
    same = function("bool_and", exp.EQ(this=at.copy(), expression=midnight))
    for event in catalogue.events.values():
        if event.time:
            select = exp.select(same).from_(exp.table_(event.name, quoted=True))
            found += [event.name] if rows(connection, select)[0][0] else []
    return found
