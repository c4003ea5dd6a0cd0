"""The guide to the catalogue is true: its example works, its roles and codes are the code's."""

import re
from pathlib import Path

from segments import catalogue_roles
from segments.catalogue import Type
from segments.catalogue_file import loads

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")


def test_the_example_is_a_catalogue() -> None:
    example = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    assert loads(example[1]).fields["gender"].codes == ("F", "M")


def test_every_role_and_type_is_told() -> None:
    roles = GUIDE.split("## Roles")[1].split("## How")[0]
    told = set(re.findall(r"`([a-z_]+)`", roles))
    known = (
        *catalogue_roles.FIELD_ROLES,
        *catalogue_roles.EVENT_ROLES,
        *catalogue_roles.ATTRIBUTE_ROLES,
    )
    assert set(known) <= told
    assert all(f"`{kind}`" in GUIDE for kind in Type)


def test_every_code_is_told() -> None:
    told = set(re.findall(r"`([a-z_0-9]+)`", GUIDE.split("## Mistakes")[1]))
    sources = [*(ROOT / "segments").glob("catalogue*.py"), *(ROOT / "segments/engine").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    raised = set(re.findall(r'(?:add|NoPath)\(\s*"([a-z_0-9]+)"', text))
    raised |= set(re.findall(r'BadData\(\s*[^()]*?(?:\([^()]*\))?[^()]*?,\s*"([a-z_0-9]+)",', text))
    assert raised - told == set()
