"""Where each member is, found once when a shop is prepared: `krets_latitude`, `krets_longitude`.

In: the table of members with its fields. Out: two columns more in it, and `krets_towns`, the towns
of the members' countries. A shop with coordinates has them from there; else a member is in the
middle of the town they live in, in their own country, or in the shop's where no field tells it.
What is not known for sure is unknown, and counted. Start at `place`.
"""

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa
from sqlglot import exp

from segments.audiences import folded
from segments.catalogue import Catalogue
from segments.engine.building import number, rows
from segments.engine.functions import country_code
from segments.engine.layout import MEMBERS
from segments.engine.queries import columns
from segments.engine.towns import Towns
from segments.places import LATITUDE, LONGITUDE, MOST_LATITUDE, MOST_LONGITUDE, By

TOWNS = "krets_towns"
TOWN_COLUMNS = ("spelling", "name", "country", "latitude", "longitude", "lived")
UNPLACED = "members.unplaced"
_SPELT = 15_000  # inhabitants from which a town where no member lives has all its spellings
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in TOWN_COLUMNS[:3]]
    + [(name, pa.float64()) for name in TOWN_COLUMNS[3:5]]
    + [("lived", pa.bool_())]
)
Found = dict[tuple[str, str], str]  # the members' own name for a town, by its name and country


def located(catalogue: Catalogue) -> By | None:
    """What tells where the members of a shop are."""
    if catalogue.field_by_role("latitude") and catalogue.field_by_role("longitude"):
        return By.COORDINATES
    if catalogue.field_by_role("city") and (catalogue.field_by_role("country") or catalogue.home):
        return By.TOWN
    return None


def place(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> dict[str, int]:
    """Give the members their places; how many have none, under `UNPLACED`, is told."""
    by = located(catalogue)
    if by is None:
        _write(connection, [])
        return {}
    _add_columns(connection)
    countries = {code: country_code(code) for code in _countries(connection, catalogue)}
    towns = Towns.of(frozenset(filter(None, (*countries.values(), catalogue.home or None))))
    lived: Found = {}
    if by is By.COORDINATES:
        _take_coordinates(connection, catalogue)
    else:
        lived = _take_towns(connection, catalogue, towns, countries)
    _write(connection, list(_spelt(towns, lived)))
    unknown = columns(MEMBERS, ("member",)).where(_missing(exp.column(LATITUDE, quoted=True)))
    count = exp.select(exp.Count(this=exp.Star())).from_(unknown.subquery("unknown"))
    missing = number(connection, count)
    return {UNPLACED: missing} if missing else {}


def _add_columns(connection: duckdb.DuckDBPyConnection) -> None:
    for name in (LATITUDE, LONGITUDE):
        column = exp.ColumnDef(this=exp.to_identifier(name, quoted=True), kind=_double())
        table = exp.table_(MEMBERS, quoted=True)
        rows(connection, exp.Alter(this=table, kind="TABLE", actions=[column]))


def _countries(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> list[str]:
    field = catalogue.field_by_role("country")
    if field is None:
        return []
    select = columns(MEMBERS, (field.name,)).distinct()
    return [str(code) for (code,) in rows(connection, select) if code is not None]


def _take_coordinates(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Degrees that lie on the globe; 0, 0 is what is written where nothing is known."""
    fields = [catalogue.field_by_role(role) for role in ("latitude", "longitude")]
    columns_ = [exp.column(field.name, quoted=True) for field in fields if field is not None]
    own = [exp.TryCast(this=each, to=_double()) for each in columns_]
    most = (MOST_LATITUDE, MOST_LONGITUDE)
    inside = [
        exp.Between(this=each.copy(), low=exp.Literal.number(-edge), high=exp.Literal.number(edge))
        for each, edge in zip(own, most, strict=True)
    ]
    nowhere = exp.and_(*(exp.EQ(this=each.copy(), expression=_zero()) for each in own))
    update = exp.Update(
        this=exp.table_(MEMBERS, quoted=True),
        expressions=_set(own),
        where=exp.Where(this=exp.and_(*inside, exp.not_(nowhere))),
    )
    rows(connection, update)


def _take_towns(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    towns: Towns,
    countries: dict[str, str | None],
) -> Found:
    """The middle of the town of each member; the towns that members have names for."""
    city, country = catalogue.field_by_role("city"), catalogue.field_by_role("country")
    names = [field.name for field in (city, country) if field is not None]
    lived: Found = {}
    found: list[tuple[str, str | None, float, float]] = []
    for city_name, *rest in rows(connection, columns(MEMBERS, names).distinct()):
        code = rest[0] if rest else None
        land = countries.get(code) if country is not None and code is not None else None
        land = catalogue.home if country is None else land
        town = towns.get(city_name, land) if city_name is not None and land else None
        if town is not None:
            found.append((city_name, code, town.point.latitude, town.point.longitude))
            key = (town.name, town.country)
            lived[key] = min(city_name, lived.get(key, city_name))
    _join(connection, names, found)
    return lived


def _join(
    connection: duckdb.DuckDBPyConnection,
    names: list[str],
    found: list[tuple[str, str | None, float, float]],
) -> None:
    """Each member's degrees by the values of these fields."""
    kinds = (pa.string(), pa.string(), pa.float64(), pa.float64())
    titles = ("city", "country", "latitude", "longitude")
    listed = {
        title: pa.array([row[at] for row in found], kind)
        for at, (title, kind) in enumerate(zip(titles, kinds, strict=True))
    }
    connection.register("krets_found", pa.table(listed))
    same = [
        exp.EQ(
            this=exp.column(name, table=MEMBERS, quoted=True),
            expression=exp.column(title, table="f", quoted=True),
        )
        for name, title in zip(names, titles, strict=False)
    ]
    update = exp.Update(
        this=exp.table_(MEMBERS, quoted=True),
        expressions=_set([exp.column(title, table="f", quoted=True) for title in titles[2:]]),
        from_=exp.From(this=exp.table_("krets_found", quoted=True, alias="f")),
        where=exp.Where(this=exp.and_(*same)),
    )
    rows(connection, update)
    connection.unregister("krets_found")


def _spelt(towns: Towns, lived: Found) -> Iterator[tuple[str, str, str, float, float, bool]]:
    """A row for each spelling of a town that a name means at all; those of small towns where no
    member lives are left out, but for the name itself."""
    for town in towns.known:
        if towns.get(town.name, town.country) is not town:
            continue
        own = lived.get((town.name, town.country))
        name = own or town.name
        spellings = {folded(name): name, folded(town.name): town.name}
        if own is not None or town.inhabitants >= _SPELT:
            spellings |= {folded(each): each for each in town.others}
        for spelling in spellings:
            if towns.get(spelling, town.country) is town:
                point = town.point
                yield (
                    spelling,
                    name,
                    town.country,
                    point.latitude,
                    point.longitude,
                    own is not None,
                )


def _write(
    connection: duckdb.DuckDBPyConnection,
    found: list[tuple[str, str, str, float, float, bool]],
) -> None:
    named = [dict(zip(TOWN_COLUMNS, row, strict=True)) for row in found]
    connection.register("krets_found", pa.Table.from_pylist(named, schema=_SCHEMA))
    select = exp.select(exp.Star()).from_(exp.table_("krets_found", quoted=True))
    tree = exp.Create(this=exp.table_(TOWNS, quoted=True), kind="TABLE", expression=select)
    rows(connection, tree)
    connection.unregister("krets_found")


def _set(values: Sequence[exp.Expr]) -> list[exp.Expr]:
    names = (LATITUDE, LONGITUDE)
    return [
        exp.EQ(this=exp.column(name, quoted=True), expression=value.copy())
        for name, value in zip(names, values, strict=True)
    ]


def _missing(value: exp.Expr) -> exp.Expr:
    return exp.Is(this=value, expression=exp.null())


def _zero() -> exp.Expr:
    return exp.Literal.number(0)


def _double() -> exp.DataType:
    return exp.DataType.build("DOUBLE", dialect="duckdb")
