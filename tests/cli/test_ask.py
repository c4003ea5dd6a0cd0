"""`krets ask`: what programs and people get, and the exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Krets

OSLO = "customers in Oslo"
RECENT = "customers who have bought in the last 30 days"
KEYS = [
    "id", "text", "language", "status", "definition", "readback", "words", "defaults",
    "questions", "reasons", "sql", "count", "as_of", "milliseconds",
]  # fmt: skip


def test_json_has_exactly_the_keys_that_are_promised(krets: Krets, folder: Path) -> None:
    ran = krets("ask", OSLO, "--data", folder, "--json")
    assert ran.code == 0
    assert list(ran.object) == KEYS
    assert ran.object["status"] == "answered"
    assert (ran.object["definition"], ran.object["count"]) == ('city = "Oslo"', 2)
    assert ran.object["as_of"] == "2026-10-15"
    assert set(ran.object["milliseconds"]) == {"read", "compile", "run"}
    assert set(ran.object["words"][0]) == {"text", "start", "end", "status", "condition"}


def test_ids_are_sorted_and_of_the_key_s_own_type(krets: Krets, folder: Path) -> None:
    ran = krets(
        "ask", "customers who do not live in Stockholm", "--data", folder, "--json", "--ids"
    )
    assert ran.object["ids"] == [3, 4, 5, 6]


def test_for_human_eyes_there_is_the_count_and_the_sql(krets: Krets, folder: Path) -> None:
    ran = krets("ask", f"{OSLO} who are at least 20 years old", "--data", folder, "--ids")
    assert ran.code == 0
    assert "2 of 6" in ran.out
    assert "SELECT" in ran.out
    assert ran.out.splitlines()[-2:] == ["3", "4"]


def test_another_day_can_be_today(krets: Krets, folder: Path) -> None:
    ran = krets("ask", RECENT, "--data", folder, "--json", "--as-of", "2025-01-31")
    assert (ran.object["count"], ran.object["as_of"]) == (1, "2025-01-31")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30"])
def test_the_ends_of_time_are_days_too(krets: Krets, folder: Path, day: str) -> None:
    assert krets("ask", RECENT, "--data", folder, "--json", "--as-of", day).object["count"] == 0


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
def test_every_language_answers(krets: Krets, folder: Path, language: str) -> None:
    ran = krets("ask", OSLO, "--data", folder, "--json", "--language", language)
    assert ran.object["language"] == language
    assert "Oslo" in ran.object["readback"]


def test_a_catalogue_can_lie_elsewhere(krets: Krets, folder: Path, tmp_path: Path) -> None:
    moved = tmp_path / "other.toml"
    moved.write_bytes((folder / "catalogue.toml").read_bytes())
    assert krets("ask", OSLO, "--data", folder, "--catalogue", moved).code == 0


def test_the_environment_can_name_the_shop(
    krets: Krets, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRETS_DATA", str(folder))
    assert krets("ask", OSLO, "--json").object["count"] == 2


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("ask",),
        ("ask", OSLO, "--batch", "x.jsonl"),
        ("ask", OSLO, "--as-of", "yesterday"),
        ("ask", OSLO, "--as-of", "20261015"),
        ("ask", OSLO, "--as-of", "2026-02-30"),
        ("ask", OSLO, "--as-of", "9999-12-31"),
        ("ask", OSLO, "--language", "fi"),
        ("nothing",),
        ("catalogue",),
        ("run",),
    ],
)
def test_a_command_that_is_none_is_code_two(krets: Krets, words: tuple[str, ...]) -> None:
    ran = krets(*words)
    assert ran.code == 2
    assert "usage" in ran.err


def test_the_exit_codes_are_in_the_help(krets: Krets) -> None:
    ran = krets("ask", "--help")
    assert ran.code == 0
    assert "exit codes" in ran.out


# --- batches --------------------------------------------------------------------------------


def write(path: Path, *lines: object) -> Path:
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path.write_bytes(b"\n".join(written) + b"\n")
    return path


def test_a_batch_gives_a_line_for_each_line_in_order(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    batch = write(
        tmp_path / "batch.jsonl",
        {"id": 1, "text": OSLO},
        b'{"id": 2, "text": ',
        {"id": "three", "text": ""},
        {"id": 4},
        {"id": 5, "text": 7},
        b"",
        b'"just a text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": NaN, "text": "x"}',
        {"id": 11, "text": RECENT, "as_of": "2025-01-31"},
        {"id": 12, "text": OSLO, "as_of": "soon"},
        {"id": 13, "text": "in \ud800"},
        {"id": {"any": "thing"}, "text": OSLO},
    )
    ran = krets("ask", "--batch", batch, "--data", folder)
    assert ran.code == 0
    assert len(ran.lines) == 14
    assert [line["id"] for line in ran.lines] == [
        1, None, "three", 4, 5, None, None, None, None, None, 11, 12, 13, {"any": "thing"},
    ]  # fmt: skip
    assert [line["count"] for line in ran.lines if line["status"] == "answered"][:2] == [2, 1]
    for line in ran.lines:
        assert [key for key in line if key != "ids"] == KEYS
        assert line["status"] != "unread" or line["reasons"]


def test_a_batch_keeps_a_day_for_all_lines_that_have_none(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    batch = write(tmp_path / "batch.jsonl", {"id": 1, "text": OSLO}, {"id": 2, "text": OSLO})
    ran = krets("ask", "--batch", batch, "--data", folder, "--as-of", "2026-01-01", "--ids")
    assert [line["as_of"] for line in ran.lines] == ["2026-01-01"] * 2
    assert [line["ids"] for line in ran.lines] == [[3, 4]] * 2


def test_a_missing_batch_file_is_said(krets: Krets, folder: Path, tmp_path: Path) -> None:
    ran = krets("ask", "--batch", tmp_path / "none.jsonl", "--data", folder)
    assert ran.code == 1
    assert "none.jsonl" in ran.err


# --- as a program of its own ----------------------------------------------------------------


def test_as_a_program_in_a_pipe_it_is_plain_and_quiet(folder: Path, cache: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "ask", "--batch", "-", "--data", str(folder)],
        input=json.dumps({"id": 1, "text": OSLO}).encode() + b"\n",
        capture_output=True,
        env={**os.environ, "KRETS_CACHE": str(cache), "PYTHONIOENCODING": "ascii"},
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["count"] == 2


def test_a_reader_that_leaves_early_is_no_failure_to_show(folder: Path, cache: Path) -> None:
    lines = (json.dumps({"id": 1, "text": OSLO}) + "\n").encode() * 200
    with subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "ask", "--batch", "-", "--data", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "KRETS_CACHE": str(cache)},
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(lines)
        process.stdin.close()
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


# --- traces ---------------------------------------------------------------------------------


def test_a_trace_stands_before_the_answer_and_speaks_of_spans_moves_and_readings(
    krets: Krets, folder: Path
) -> None:
    ran = krets("ask", "customers in Oslo who are nt women", "--data", folder, "--trace")
    assert ran.code == 1
    heads = [line.split()[0] for line in ran.out.splitlines() if line.strip()]
    for head in ("tokens", "votes", "language", "parse", "move", "frame", "kept", "reading"):
        assert head in heads
    assert "unknown Text(text=nt)" in ran.out


def test_as_json_the_trace_is_one_more_key(krets: Krets, folder: Path, tmp_path: Path) -> None:
    ran = krets("ask", OSLO, "--data", folder, "--json", "--trace")
    assert list(ran.object) == [*KEYS, "trace"]
    (attempt,) = ran.object["trace"]["attempts"]
    assert [span["words"] for span in attempt["spans"] if span["source"] == "shop"] == ["Oslo"]
    (parse,) = attempt["parses"]
    assert [move["words"] for move in parse["moves"]] == ["customers", "in", "Oslo"]
    assert parse["readings"] == [{"definition": 'city = "Oslo"', "picks": {}, "notes": []}]
    batch = write(tmp_path / "batch.jsonl", {"id": 1, "text": OSLO})
    (line,) = krets("ask", "--batch", batch, "--data", folder, "--trace").lines
    assert line["trace"] == ran.object["trace"]


# --- the next words -------------------------------------------------------------------------


def test_proposals_come_a_line_each_with_their_kind(krets: Krets, folder: Path) -> None:
    ran = krets("complete", "customers in ", "--data", folder, "--language", "en")
    assert ran.code == 0
    assert "Stockholm  place" in ran.out.splitlines()
    swedish = krets("complete", "kunder i O", "--data", folder, "--language", "sv")
    assert swedish.out.splitlines()[0] == "Oslo  ort"


def test_proposals_as_json_say_what_the_sentence_becomes(krets: Krets, folder: Path) -> None:
    ran = krets("complete", "customers in St", "--data", folder, "--json")
    assert ran.lines[0] == {
        "text": "Stockholm",
        "kind": "place",
        "start": 13,
        "sentence": "customers in Stockholm ",
    }
    again = krets("ask", ran.lines[0]["sentence"], "--data", folder, "--json")
    assert again.object["status"] == "answered"


def test_nothing_to_propose_is_no_failure(krets: Krets, folder: Path) -> None:
    ran = krets("complete", "customers who blorp ", "--data", folder, "--json")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_conversation_goes_on_turn_by_turn(krets: Krets, folder: Path) -> None:
    turns = ("--then", "only those in Stockholm", "--then", "also women", "--then", "2")
    ran = krets("ask", OSLO, *turns, "--then", "undo", "--data", folder, "--json")
    assert ran.code == 0
    found = [json.loads(line) for line in ran.out.splitlines()]
    said, moved, open_, chosen, undone = found
    assert (said["change"], said["count"]) == ("said", 2)
    assert moved["changes"] == ["Changed: live in Oslo → live in Stockholm"]
    assert moved["definition"] == 'city = "Stockholm"'
    assert open_["definition"] == moved["definition"]
    assert [choice["definition"] for choice in open_["choices"]] == [
        'city = "Stockholm" or gender = "F"',
        'city = "Stockholm" and gender = "F"',
    ]
    assert chosen["definition"] == 'city = "Stockholm" and gender = "F"'
    assert undone["definition"] == 'city = "Stockholm"'


def test_a_turn_that_fits_nowhere_or_is_open_has_its_exit_code(krets: Krets, folder: Path) -> None:
    refused = krets("ask", OSLO, "--then", "purple elephants", "--data", folder)
    assert refused.code == 1
    assert "purple, elephants" in refused.err
    open_ = krets("ask", OSLO, "--then", "also women", "--data", folder)
    assert open_.code == 3


def test_what_is_asked_of_them_stands_in_a_table(krets: Krets, folder: Path) -> None:
    ran = krets("ask", "customers in Stockholm by gender", "--data", folder, "--json")
    assert ran.object["count"] == 2
    assert sum(row["values"][0] for row in ran.object["table"]["rows"]) == 2


def test_the_day_of_the_first_sentence_holds_on(krets: Krets, folder: Path) -> None:
    text = "customers who have bought something in the last 30 days as of 12 October 2026"
    ran = krets("ask", text, "--then", "only those in Stockholm", "--data", folder, "--json")
    assert [line["count"] for line in ran.lines] == [2, 2]
    later = krets("ask", "customers in Stockholm", "--then", "and bought as of 1 May 2026",
                  "--data", folder)  # fmt: skip
    assert later.code == 1
    assert "first sentence" in later.err
    ids = krets("ask", text, "--ids", "--data", folder, "--json").object["ids"]
    assert ids == [1, 2]


def test_what_was_not_understood_is_pointed_at_without_colours(krets: Krets, folder: Path) -> None:
    ran = krets("ask", "women who sang >> 3", "--data", str(folder), "--language", "en")
    first, second, *_ = ran.out.splitlines()
    assert first.startswith("women who sang")
    assert second.index("^") == first.index("sang")
