"""A folder of files looked at before anybody has described it: what its tables and columns hold.

In: a folder. Out: a `Seen` a file, and answers about keys and links between them; raises `Shown`
where no file is there or one cannot be read. Big tables are sampled where a share is enough. Start
at `looking`.
"""

import glob
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from sqlglot import exp, parse_one

from segments.engine.building import count, number, rows
from segments.engine.columns import Shape, shape
from segments.engine.sources import SUFFIXES, Source, open_file, unreadable
from segments.errors import Shown
from segments.problems import BadData

FEW = 60  # different values up to which they are all listed
SAMPLE = 100_000  # rows that are enough for a share
_NEARLY = 0.8  # the quick count of different values errs by less than this


@dataclass(frozen=True, slots=True)
class Column:
    """A column as found; the values are those of a column of few, the commonest first."""

    name: str
    kind: str
    known: int
    different: int
    least: str
    most: str
    values: Mapping[str, int]

    @property
    def shape(self) -> Shape:
        """The kind of column."""
        return shape(self.kind)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as found; `name` is the table's name in a catalogue."""

    name: str
    file: str
    rows: int
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Give the column of this name."""
        return next(each for each in self.columns if each.name == name)


class Looker:
    """The open files of one folder."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, sources: Mapping[str, Source]
    ) -> None:
        self._connection = connection
        self._sources = sources
        self.tables = {name: self._seen(source) for name, source in sources.items()}

    def unique(self, table: str, *names: str) -> bool:
        """Whether no two rows have the same values here, and each row has all of them."""
        seen = self.tables[table]
        if not seen.rows or any(seen.column(name).known < seen.rows for name in names):
            return False
        if len(names) == 1 and seen.column(names[0]).different < seen.rows * _NEARLY:
            return False
        return self.different(table, *names) == seen.rows

    def different(self, table: str, *names: str) -> int:
        """Count the different values, or combinations of values."""
        own = exp.select(*map(_quoted, names)).distinct().from_(self._of(table))
        return number(self._connection, exp.select(exp.Count(this=exp.Star())).from_(_inner(own)))

    def written(self, table: str, name: str) -> list[str]:
        """Give the different values of a column as they stand in its file, where a yes of a CSV
        file is "yes", though it is read as true."""
        source = self._sources[table]
        if source.file.suffix != ".csv":
            return list(self.tables[table].column(name).values)
        view = f"{source.relation}_written"
        path = glob.escape(str(source.file))
        self._connection.read_csv(path, all_varchar=True).create_view(view, replace=True)
        own = exp.select(_quoted(name)).distinct().from_(exp.table_(view, quoted=True))
        return sorted(str(value) for (value,) in rows(self._connection, own) if value is not None)

    def share(self, table: str, name: str, other: str, key: str) -> float:
        """Give the share of a column's different values that another column has."""
        value, found = (exp.cast(_quoted(each), exp.DType.VARCHAR).as_("v") for each in (name, key))
        own = exp.select(value).distinct().from_(self._sample(table))
        own = own.where(exp.Not(this=exp.Is(this=_quoted(name), expression=exp.null())))
        there = exp.select(found).from_(self._of(other))
        within = exp.In(this=exp.column("v"), query=there.subquery(copy=False))
        met = exp.Anonymous(this="count_if", expressions=[within])
        all_, some = rows(
            self._connection, exp.select(exp.Count(this=exp.Star()), met).from_(_inner(own))
        )[0]
        return int(some or 0) / int(all_) if all_ else 0.0

    def constant(self, table: str, by: str, names: Sequence[str]) -> dict[str, float]:
        """Give for each column the share of groups in which it never changes."""
        if not names:
            return {}
        changes = [
            exp.EQ(this=exp.Min(this=_quoted(name)), expression=exp.Max(this=_quoted(name))).as_(
                f"c{place}"
            )
            for place, name in enumerate(names)
        ]
        groups = exp.select(*changes).from_(self._of(table)).group_by(_quoted(by))
        several = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1))
        groups = groups.having(several).limit(SAMPLE)
        shares = [
            exp.Avg(this=exp.cast(exp.column(f"c{place}"), exp.DType.INT))
            for place in range(len(names))
        ]
        found = rows(self._connection, exp.select(*shares).from_(_inner(groups)))[0]
        return {name: 0.0 if one is None else one for name, one in zip(names, found, strict=True)}

    def total(self, table: str, factors: Sequence[str]) -> float:
        """Give the sum of a column, or of a product of columns."""
        first, *others = (exp.cast(_quoted(name), exp.DType.DOUBLE) for name in factors)
        product: exp.Expr = first
        for other in others:
            product = exp.Mul(this=product, expression=other)
        select = exp.select(exp.Sum(this=product)).from_(self._of(table))
        return float(rows(self._connection, select)[0][0] or 0)

    def _seen(self, source: Source) -> Seen:
        total = count(self._connection, source.relation)
        columns = tuple(self._column(source, name, kind) for name, kind in source.columns.items())
        return Seen(source.table, source.file.stem, total, columns)

    def _column(self, source: Source, name: str, kind: str) -> Column:
        value = _quoted(name)
        text = exp.cast(value, exp.DType.VARCHAR)
        least, most = (exp.cast(call, exp.DType.VARCHAR) for call in _ends(value, kind))
        quick = exp.ApproxDistinct(this=value)
        select = exp.select(exp.Count(this=value.copy()), quick, least, most)
        known, different, low, high = rows(self._connection, select.from_(_table(source)))[0]
        values: dict[str, int] = {}
        if different <= FEW * 2:
            listed = exp.select(text, exp.Count(this=exp.Star())).from_(_table(source))
            listed = listed.where(exp.Not(this=exp.Is(this=value.copy(), expression=exp.null())))
            found = rows(self._connection, listed.group_by("1").order_by("2 DESC", "1"))
            different = len(found)
            values = {one: int(times) for one, times in found} if different <= FEW else {}
        return Column(name, kind, int(known), int(different), low or "", high or "", values)

    def _of(self, table: str) -> exp.Table:
        return _table(self._sources[table])

    def _sample(self, table: str) -> exp.Expr:
        """The table, or enough of its rows, always the same ones."""
        if self.tables[table].rows <= SAMPLE:
            return self._of(table)
        tree = parse_one(
            f"SELECT * FROM t USING SAMPLE reservoir({SAMPLE} ROWS) REPEATABLE (1)",  # noqa: S608
            dialect="duckdb",
        )
        for here in list(tree.find_all(exp.Table)):
            here.replace(self._of(table))
        assert isinstance(tree, exp.Select)  # noqa: S101 - for the types
        return _inner(tree)


@contextmanager
def looking(folder: Path) -> Iterator[Looker]:
    """Open every file of a folder while the block runs; raises Shown."""
    if not folder.is_dir():
        raise Shown(BadData("", "folder_missing", str(folder)))
    files: dict[str, Path] = {}
    for suffix in SUFFIXES:
        for path in sorted(folder.iterdir()):
            if path.suffix == suffix:
                files.setdefault(path.stem, path)
    if not files:
        raise Shown(BadData("", "folder_empty", str(folder)))
    with duckdb.connect() as connection:
        sources: dict[str, Source] = {}
        problems: list[BadData] = []
        for stem, path in sorted(files.items()):
            try:
                sources[stem] = open_file(connection, stem, path, [])
            except duckdb.Error as error:
                problems.append(unreadable(path, error))
        if problems:
            raise Shown(*problems)
        yield Looker(connection, sources)


def _ends(value: exp.Expr, kind: str) -> tuple[exp.Expr, exp.Expr]:
    if shape(kind) in {Shape.LIST, Shape.OTHER}:
        return exp.null(), exp.null()
    return exp.Min(this=value.copy()), exp.Max(this=value.copy())


def _quoted(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def _table(source: Source) -> exp.Table:
    return exp.table_(source.relation, quoted=True)


def _inner(select: exp.Select) -> exp.Subquery:
    return select.subquery("inner_rows", copy=False)
