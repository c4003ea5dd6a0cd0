"""Makes the sample shop: python -m sample_data.generate [folder].

Writes one Parquet file a table, by default into sample_data/shop/.
"""

import sys
from pathlib import Path

from sample_data.generator.shop import make_shop
from sample_data.generator.writing import write_table

SHOP = Path(__file__).parent / "shop"


def generate(folder: Path = SHOP) -> None:
    """Write the whole shop into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in make_shop().items():
        write_table(table, rows, folder)


if __name__ == "__main__":
    generate(*(Path(argument) for argument in sys.argv[1:2]))
