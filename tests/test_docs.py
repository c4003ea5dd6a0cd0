"""The documents are true: what they name exists, what exists is named, and their links lead on."""

import re
import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import pytest

from assistant.cli import main
from segments.definition import Condition, Kind, Operator, Window

ROOT = Path(__file__).parents[1]
DOCS = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "benchmarks" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
)
PACKAGES = ("assistant", "segments", "benchmarks")
NAMED = re.compile(rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)`")
PLACES = re.compile(
    r"`((?:app\.py|(?:assistant|segments|tests|sample_data|docs|benchmarks)/)[^`]*)`"
)
LINKS = re.compile(r"\]\((?!https?:)([^)]+)\)")
CONVERSATION = re.compile(
    r"```console\n\$ krets ask \"([^\"]+)\" --language (\w\w)\n(.*?)```", re.DOTALL
)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _exists(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    module, _, member = name.rpartition(".")
    if find_spec(module) is None:
        return False
    return hasattr(import_module(module), member) or _is_module(module, member)


def _is_module(package: str, name: str) -> bool:
    try:
        return find_spec(f"{package}.{name}") is not None
    except ModuleNotFoundError:  # the package is a plain module
        return False


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_module_named_exists(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    assert [name for name in NAMED.findall(text) if not _exists(name)] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_file_and_folder_named_exists(doc: Path) -> None:
    found = PLACES.findall(doc.read_text(encoding="utf-8"))
    assert [place for place in found if "<" not in place and not (ROOT / place).exists()] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_link_leads_to_a_file_and_a_heading(doc: Path) -> None:
    lost = []
    for link in LINKS.findall(doc.read_text(encoding="utf-8")):
        path, _, heading = link.partition("#")
        target = doc.parent / path if path else doc
        if not target.exists() or (heading and heading not in _headings(target)):
            lost.append(link)
    assert lost == []


def _headings(doc: Path) -> set[str]:
    lines = re.findall(r"^#+ (.*)$", doc.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


def test_every_kind_of_condition_is_told() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", _text("docs/adding-a-condition.md"), re.MULTILINE))
    assert {kind.__name__ for kind in get_args(Condition)} == told


def test_every_window_aggregate_and_operator_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", _text("docs/adding-a-condition.md")))
    windows = {window.__name__ for window in get_args(Window)}
    assert windows | {kind.name for kind in Kind} | {operator.name for operator in Operator} <= told


def test_every_section_of_a_language_is_told() -> None:
    rows = re.findall(r"^\| (`.*?) \|", _text("docs/adding-a-language.md"), re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    outside = ROOT / "tests" / "languages" / "german" / "de" / "words.toml"
    for path in (*(ROOT / "assistant" / "languages").glob("??/words.toml"), outside):
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        sections = {name for name, value in words.items() if isinstance(value, dict)}
        assert sections - told == set(), path.parent.name


def test_every_file_of_a_language_is_told() -> None:
    told = set(
        re.findall(r"^\| `(\w+\.toml)` \|", _text("docs/adding-a-language.md"), re.MULTILINE)
    )
    held = {path.name for path in (ROOT / "assistant" / "languages").glob("??/*.toml")}
    assert held == told


def test_no_language_is_listed_in_the_code() -> None:
    listed = re.compile(r"""["'](sv|da|nb)["']""")
    paths = [p for name in ("assistant", "segments") for p in (ROOT / name).rglob("*.py")]
    found = [p.name for p in paths if listed.search(p.read_text(encoding="utf-8"))]
    assert found == []


def test_every_stage_of_the_table_names_a_module() -> None:
    table = _text("docs/architecture.md").split("|---|---|---|---|\n")[1].split("\n\n")[0]
    assert all(NAMED.search(row.split("|")[2]) for row in table.splitlines())


@pytest.mark.parametrize(("sentence", "language", "said"), CONVERSATION.findall(_text("README.md")))
def test_the_conversations_of_the_readme_are_real(
    sentence: str, language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", sentence, "--language", language])
    lines = iter(re.sub(r"[\xa0\u202f]", " ", capsys.readouterr().out).splitlines())
    shown = [line for line in said.splitlines() if line != "…"]
    assert [line for line in shown if line not in lines] == []


def test_the_readme_is_short_and_without_the_places_of_one_machine() -> None:
    assert len(_text("README.md").splitlines()) < 120
    for doc in DOCS:
        assert not re.search(
            r"(?<![\w.])/(?:home|root|work|Users|tmp)/", doc.read_text(encoding="utf-8")
        )
