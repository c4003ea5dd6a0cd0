"""The sample shop many times over, as one shop: the same behaviour at a million orders.

Each copy has keys of its own, and times some minutes earlier, so that few records fall on one
instant. Products, campaigns and companies are the same for all. Start at `many_orders`.
"""

import shutil
from pathlib import Path

import duckdb

from benchmarks.measuring import SHOP
from segments.engine.cache import cache_folder

SHARED = frozenset({"product_id", "campaign_id", "company_id"})
APART = 1_000_000_000  # between the keys of two copies
MINUTES = 11  # between their times


def many_orders(orders: int) -> Path:
    """The folder of a shop with at least so many orders; written when it is not there yet."""
    with duckdb.connect() as shop:
        own = shop.execute("SELECT count(*) FROM read_parquet(?)", [_file("orders")]).fetchall()
        copies = -(-orders // int(own[0][0]))
        folder = cache_folder() / f"sample-shop-times-{copies}"
        if not folder.exists():
            half = folder.with_suffix(".building")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            for file in sorted(SHOP.glob("*.parquet")):
                _write(shop, file, copies, half / file.name)
            half.rename(folder)
    return folder


def _file(table: str) -> str:
    return str(SHOP / f"{table}.parquet")


def _write(shop: duckdb.DuckDBPyConnection, file: Path, copies: int, to: Path) -> None:
    described = shop.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
    columns = [(str(row[0]), str(row[1])) for row in described]
    if not any(name == "customer_id" for name, _ in columns) and file.stem != "order_lines":
        copies = 1
    values = ", ".join(f'{_value(name, kind)} AS "{name}"' for name, kind in columns)
    query = f"SELECT {values} FROM read_parquet('{file}'), range({copies}) AS copies(copy)"  # noqa: S608 - names of the sample shop's own columns
    shop.execute(f"COPY ({query} ORDER BY copy) TO '{to}'")


def _value(name: str, kind: str) -> str:
    if name.endswith("_id") and name not in SHARED:
        return f'"{name}" + copy * {APART}'
    if kind == "TIMESTAMP":
        return f'"{name}" - to_minutes(copy * {MINUTES})'
    return f'"{name}"'
