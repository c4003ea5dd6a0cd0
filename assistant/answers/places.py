"""Where a shop's files lie: the data folder and the catalogue that belongs to it.

In: what the person named, the environment. Out: two paths that need not exist yet, since reading
them says best what is wrong. Start at `places`.

Without a data folder it is that of `KRETS_DATA`, else the sample shop of the checkout: an installed
package carries no sample.
"""

import os
from pathlib import Path

from segments.errors import Shown
from segments.problems import BadData

CATALOGUE = "catalogue.toml"
SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
ENVIRONMENT = "KRETS_DATA"


def places(data_dir: Path | None = None, catalogue: Path | None = None) -> tuple[Path, Path]:
    """The data folder and the catalogue file; raises Shown when the folder is none."""
    folder = data_dir or _named() or SAMPLE / "shop"
    if not folder.is_dir():
        raise Shown(BadData("", "folder_missing", str(folder)))
    return folder, catalogue or _beside(folder)


def _named() -> Path | None:
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else None


def _beside(folder: Path) -> Path:
    """The folder's own catalogue; that of the sample stands beside its data."""
    own = folder / CATALOGUE
    sample = SAMPLE / CATALOGUE
    of_sample = folder.resolve() == (SAMPLE / "shop").resolve()
    return sample if of_sample and not own.exists() else own
