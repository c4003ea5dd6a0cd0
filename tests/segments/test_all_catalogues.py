"""Every catalogue that stands here as an example can be loaded, without its data."""

from pathlib import Path

import pytest

from segments.catalogue_file import load
from segments.codec import from_text

HERE = Path(__file__).parents[1] / "catalogues"
NO_CATALOGUES = {"equipped_values"}  # the values of another one


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(HERE.glob("*.toml")) if path.stem not in NO_CATALOGUES],
    ids=lambda path: path.stem,
)
def test_it_is_without_a_mistake(path: Path) -> None:
    catalogue = load(path)
    assert catalogue.fields or catalogue.events
    for rule in catalogue.rules.values():
        from_text(rule.definition)
