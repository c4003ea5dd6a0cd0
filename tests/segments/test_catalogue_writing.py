"""Lessons put into a catalogue file: nothing else changes, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from segments.catalogue import Rule, Taught
from segments.catalogue_file import load, loads, with_taught
from segments.catalogue_writing import Gone, edited, write
from segments.errors import Shown
from tests.small_shop import CATALOGUE

ROOT = Path(__file__).parents[2]
WRITTEN = f"""# Written by hand, and kept so.
{CATALOGUE}
# Who is who.
[rules.vip]  # agreed with sales
definition = "age > 3"  # for now

[words.sv]
"stan" = {{ of = "city", value = "Stockholm" }}  # as everyone says
"""
RULE = Rule("loyal", "count(purchase) >= 4", {"en": ("our best",), "sv": ("de bästa",)})
WORD = Taught("hufvudstaden", "sv", "city", "Stockholm")
VERB = Taught("pynta på", "sv", event="purchase", form="verb")


def test_lessons_are_read_back_as_they_were_given() -> None:
    catalogue = loads(edited(WRITTEN, [RULE, WORD, VERB]))
    assert catalogue.rules["loyal"] == RULE
    assert {WORD, VERB} <= set(catalogue.words)


def test_every_line_that_was_there_stays_with_its_comments() -> None:
    after = edited(WRITTEN, [RULE, WORD, VERB]).splitlines()
    assert [line for line in WRITTEN.splitlines() if line not in after] == []


def test_a_changed_rule_keeps_its_comments() -> None:
    after = edited(WRITTEN, [Rule("vip", "age > 50")])
    assert '[rules.vip]  # agreed with sales\ndefinition = "age > 50"  # for now' in after


def test_what_is_forgotten_goes_alone() -> None:
    both = edited(WRITTEN, [RULE, WORD])
    after = edited(both, [Gone(RULE), Gone(WORD)])
    assert tomllib.loads(after) == tomllib.loads(WRITTEN)
    assert "# as everyone says" in after


def test_what_was_never_there_can_be_forgotten() -> None:
    assert edited(WRITTEN, [Gone(RULE), Gone(Taught("x", "da"))]) == WRITTEN


@pytest.mark.parametrize(
    "written",
    [
        '[rules]\nvip = { definition = "age > 3" }  # short',
        '[rules]\nvip.definition = "age > 3"  # dotted',
        """[rules.vip]
definition = "age > 3"
[words.sv]
stan = { of = "city" }
[rules.old]
definition = "age > 9"  # out of order""",
        '[rules.vip]\ndefinition = "age > 3"\n[rules.vip.labels]\nen = ["v"]  # long',
    ],
)
def test_every_way_to_write_a_rule_can_be_changed(written: str) -> None:
    text = f"{CATALOGUE}\n{written}\n"
    after = edited(text, [Rule("vip", "age > 7", {"en": ("v", "w")}), RULE, WORD])
    assert loads(after).rules["vip"] == Rule("vip", "age > 7", {"en": ("v", "w")})
    assert loads(after).rules["loyal"] == RULE
    assert after.count("#") == text.count("#")


def test_the_ends_of_lines_and_the_mark_of_the_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_bytes("\ufeff".encode() + WRITTEN.replace("\n", "\r\n").encode())
    write(path, [RULE], loads)
    after = path.read_bytes()
    assert after.startswith("\ufeff".encode())
    assert after.count(b"\n") == after.count(b"\r\n")
    assert load(path).rules["loyal"] == RULE


def test_nothing_is_written_that_is_not_accepted(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    with pytest.raises(Shown):
        write(path, [Rule("Not a name", "age > 3")], loads)
    assert path.read_text(encoding="utf-8") == WRITTEN
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".new"] == []


def test_rights_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "catalogue.toml"
    real.write_text(WRITTEN, encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write(link, [RULE], loads)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert load(real).rules["loyal"] == RULE


def _teach(path: Path, number: int) -> None:
    write(path, [Taught(f"ord{chr(97 + number)}", "sv", "city")], loads)


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(_teach, [path] * 16, range(16)))
    taught = {word.word for word in load(path).words}
    assert {f"ord{chr(97 + number)}" for number in range(16)} < taught


WRITER = """
import sys
from pathlib import Path
from segments.catalogue import Taught
from segments.catalogue_file import loads
from segments.catalogue_writing import write
print("ready", flush=True)
for number in range(10_000):
    word = "".join(chr(97 + int(digit)) for digit in str(number))
    write(Path(sys.argv[1]), [Taught("x" + word, "sv", "city")], loads)
    print(word, flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    kept: set[str] = set()
    for wait in (0.0, 0.013, 0.031):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            said = [writer.stdout.readline().strip()]
            time.sleep(wait)
            os.kill(writer.pid, signal.SIGKILL)
            said += [line.strip() for line in writer.stdout]
        kept |= {f"x{word}" for word in said[:-1] if word}
        assert kept <= {word.word for word in load(path).words}
        assert "# agreed with sales" in path.read_text(encoding="utf-8")
    write(path, [RULE], loads)  # the lock of the killed one is free
    assert load(path).rules["loyal"] == RULE


def test_a_file_beside_the_catalogue_adds_to_it() -> None:
    catalogue = loads(WRITTEN)
    beside = edited("version = 1\n", [RULE, WORD, Taught("gone", "sv", "no_such_field")])
    both = with_taught(catalogue, beside)
    assert both.rules.keys() == {"vip", "loyal"}
    assert [word.word for word in both.words] == ["stan", "hufvudstaden"]


def test_a_file_beside_the_catalogue_has_nothing_else() -> None:
    with pytest.raises(Shown) as told:
        with_taught(loads(CATALOGUE), '[shop]\nname = "Mine"\n')
    assert "unknown_key" in str(told.value)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ('x = { of = "citty" }', "unknown_field"),
        ('x = { event = "purchases" }', "unknown_event"),
        ('x = { event = "purchase", form = "adverb" }', "unknown_form"),
        ('x = { value = "Stockholm" }', "missing"),
        ('x = "city"', "wrong_type"),
    ],
)
def test_a_word_that_fits_nothing_is_a_mistake_with_its_line(word: str, code: str) -> None:
    with pytest.raises(Shown) as told:
        loads(f"{CATALOGUE}\n[words.sv]\n{word}\n")
    line = CATALOGUE.count("\n") + 3
    assert (code, line) in {(each.code, each.line) for each in told.value.problems}  # type: ignore[attr-defined]
