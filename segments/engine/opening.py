"""A shop's files opened, with the columns that its catalogue computes beside those they have.

In: the file of each table, the catalogue. Out: the sources that paths are walked over. Start at
`opened`.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
from sqlglot import exp

from segments.catalogue import Catalogue
from segments.engine.building import create
from segments.engine.checks import misfits
from segments.engine.computed import node_of
from segments.engine.joins import Rows
from segments.engine.sources import Source, Sources, open_sources
from segments.errors import Shown


def opened(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], catalogue: Catalogue
) -> dict[str, Source]:
    """Open every file; raises Shown with all that is wrong with files and columns."""
    found = open_sources(connection, files, catalogue)
    if problems := misfits(catalogue, found):
        raise Shown(*problems)
    return {
        table: _with_computed(connection, found, table, catalogue)
        if catalogue.tables[table].columns
        else source
        for table, source in found.items()
    }


def _with_computed(
    connection: duckdb.DuckDBPyConnection, sources: Sources, table: str, catalogue: Catalogue
) -> Source:
    """The source with the columns that the catalogue computes from the files' own."""
    source, computed = sources[table], catalogue.tables[table].columns
    rows = Rows(catalogue, sources, table)
    own = [rows.column(name)[0] for name in source.columns if name not in computed]
    made = [
        exp.alias_(
            node_of(each, rows.column, catalogue.time_zone, catalogue.as_of), name, quoted=True
        )
        for name, each in computed.items()
    ]
    relation = f"{source.relation}_computed"
    create(connection, relation, rows.select(*own, *made), kind="VIEW")
    described = connection.view(relation)
    kinds = [str(kind) for kind in described.types]
    columns = dict(zip(described.columns, kinds, strict=True))
    return Source(source.table, source.file, relation, columns)
