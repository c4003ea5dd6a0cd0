"""`krets ask` and `krets run`: one sentence, a batch of them, or one definition.

In: the arguments. Out: the exit code, with everything written. Start at `ask`.
"""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, NoReturn

from assistant.answers import Answer, Shop
from assistant.grammar.reading import Status
from assistant.grammar.tracing import Trace
from assistant.terminal.arguments import Arguments, as_day
from assistant.terminal.json_places import place
from assistant.terminal.objects import Object, answered, unread
from assistant.terminal.opening import opened
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import show
from assistant.terminal.talking import talk
from assistant.terminal.traced import lines, traced
from segments.codec import from_json
from segments.definition import Condition
from segments.errors import Shown
from segments.problems import BadData, BadText, Problem

EXITS = {Status.ANSWERED: 0, Status.UNREAD: 1, Status.ASKS: 3}
LARGEST = 10_000_000  # bytes of a definition file


def ask(arguments: Arguments, output: Output, last_resort: Callable[[Exception], str]) -> int:
    """Answer one sentence, or each line of a batch."""
    with opened(arguments) as shop:
        if arguments.batch is not None:
            return _batch(shop, arguments, output, last_resort)
        text = whole(arguments.text or "")
        if arguments.then:
            return talk(shop, (text, *map(whole, arguments.then)), arguments, output)
        answer = shop.ask(
            text,
            as_of=arguments.as_of,
            language=arguments.language,
            hint=output.language,
            funnel=not arguments.json,
        )
        trace = _trace(shop, text, arguments, output)
        return _give(shop, answer, arguments, output, trace)


def run(arguments: Arguments, output: Output) -> int:
    """Answer a definition from a file."""
    definition = read_definition(arguments.file)
    with opened(arguments) as shop:
        answer = shop.evaluate(
            definition,
            as_of=arguments.as_of,
            language=output.language,
            funnel=not arguments.json,
        )
        return _give(shop, answer, arguments, output)


def read_definition(file: Path) -> Condition:
    """The definition in a JSON file; raises Shown with the place of the mistake, and OSError."""
    with file.open("rb") as opened:
        raw = opened.read(LARGEST)
    try:
        written = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Shown(BadData(str(file), "not_utf8", f"{file.name}:{line}")) from error
    try:
        return from_json(json.loads(written))
    except json.JSONDecodeError as error:
        found = written[error.pos : error.pos + 40]
        raise Shown(BadText(str(file), found, error.lineno, error.colno, ("JSON",))) from error
    except RecursionError as error:
        raise Shown(BadText(str(file), written[:40], 1, 1, ("JSON",))) from error
    except Shown as shown:
        raise Shown(*(_placed(problem, written) for problem in shown.problems)) from shown


def _placed(problem: Problem, written: str) -> Problem:
    """The problem with the line and column of its path."""
    if not isinstance(problem, BadText) or problem.line:
        return problem
    line, column = place(written, problem.where)
    return replace(problem, line=line, column=column, expected=problem.expected or ("…",))


def _give(
    shop: Shop,
    answer: Answer,
    arguments: Arguments,
    output: Output,
    trace: Trace | None = None,
) -> int:
    ids = _ids(shop, answer, arguments.as_of) if arguments.ids else None
    if arguments.json:
        output.json(answered(answer, ids) | _beside(trace))
    else:
        for line in lines(trace) if trace is not None else ():
            output.line(line)
        show(answer, ids, output)
    return EXITS[answer.status]


def _trace(shop: Shop, text: str, arguments: Arguments, output: Output) -> Trace | None:
    """How the sentence was read, when that was asked for."""
    return shop.trace(text, arguments.language or output.language) if arguments.trace else None


def _beside(trace: Trace | None) -> Object:
    return {} if trace is None else {"trace": traced(trace)}


def _ids(shop: Shop, answer: Answer, as_of: date | None) -> list[int | str]:
    """The members' keys; `as_of` is the day that was asked with, where the sentence says none."""
    if answer.definition is None:
        return []
    said = answer.reading.as_of if answer.reading else None
    return shop.members(answer.definition, as_of=said or as_of)


# --- batches --------------------------------------------------------------------------------


def _batch(
    shop: Shop, arguments: Arguments, output: Output, last_resort: Callable[[Exception], str]
) -> int:
    with _opened(arguments.batch or "-") as lines:
        for line in lines:
            output.json(_line(shop, line, arguments, output, last_resort))
    return 0


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")


def _line(
    shop: Shop,
    line: bytes,
    arguments: Arguments,
    output: Output,
    last_resort: Callable[[Exception], str],
) -> Object:
    """What is said of one line; never an exception, so that the next lines are answered."""
    language = arguments.language or output.language
    try:
        asked = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return unread([output.texts.cli("bad_line")], language)
    identity = asked.get("id") if isinstance(asked, dict) else None
    text = asked.get("text") if isinstance(asked, dict) else None
    if not isinstance(text, str):
        return unread([output.texts.cli("no_text")], language, id=identity)
    try:
        as_of = arguments.as_of if asked.get("as_of") is None else as_day(asked["as_of"])
    except ValueError:
        reason = output.texts.cli("bad_day", found=str(asked["as_of"])[:40])
        return unread([reason], language, id=identity, text=whole(text))
    try:
        answer = shop.ask(
            whole(text), as_of=as_of, language=arguments.language, hint=language, funnel=False
        )
        ids = _ids(shop, answer, as_of) if arguments.ids else None
        trace = _trace(shop, whole(text), arguments, output)
        return answered(answer, ids, identity) | _beside(trace)
    except Exception as error:  # noqa: BLE001 - one line must not end the others
        return unread([last_resort(error)], language, id=identity, text=whole(text))


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError(constant)
