"""The `krets` command: one sentence in, the segment and its SQL out, on a terminal or as JSON.

Exit codes: 0 answered, 1 could not be done, 2 the command was not written right, 3 a question is
open. Knows the clock and the streams, nothing of sentences. Start at `main`; the commands are in
`assistant.terminal`.
"""

import hashlib
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.terminal.arguments import Arguments, parse
from assistant.terminal.asking import ask, run
from assistant.terminal.checking import check
from assistant.terminal.comparing import compare
from assistant.terminal.completing import complete
from assistant.terminal.drafting import draft
from assistant.terminal.explaining import why
from assistant.terminal.handing import download, downloads
from assistant.terminal.listing import lists
from assistant.terminal.looking import health
from assistant.terminal.measuring import results
from assistant.terminal.messaging import message, playbooks
from assistant.terminal.output import Output
from assistant.terminal.segments import segments
from assistant.terminal.teaching import forget, taught, teach
from segments.errors import Shown

FAILED, INTERRUPTED = 1, 130
COMMANDS: Mapping[str, Callable[[Arguments, Output], int]] = {
    "check": check,
    "compare": compare,
    "complete": complete,
    "download": download,
    "downloads": downloads,
    "forget": forget,
    "health": health,
    "list": lists,
    "message": message,
    "playbooks": playbooks,
    "results": results,
    "run": run,
    "segments": segments,
    "taught": taught,
    "teach": teach,
    "why": why,
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code and never lets an exception out."""
    arguments = parse(words)
    output = Output(arguments.language)

    def last_resort(error: Exception) -> str:
        """Say that the program failed; the code is the same for the same failure."""
        if arguments.debug:
            traceback.print_exception(error)
        return output.texts.cli("failed", code=code_of(error))

    try:
        return _command(arguments, output, last_resort)
    except Shown as shown:
        output.problems(shown.problems)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        output.wrong(output.texts.cli("file_failed", file=str(error.filename or "")))
        if arguments.debug:
            traceback.print_exception(error)
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a person
        output.wrong(last_resort(error))
    return FAILED


def _command(arguments: Arguments, output: Output, last_resort: Callable[[Exception], str]) -> int:
    match arguments.command.partition("_")[0]:
        case "ask":
            return ask(arguments, output, last_resort)
        case "draft":
            return draft(arguments, output, datetime.now(UTC).date())  # noqa: TID251 - the edge
        case command:
            return COMMANDS[command](arguments, output)


def _forget_stdout() -> None:
    """The reader of our output has left: nothing more is written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def code_of(error: BaseException) -> str:
    """A short code of where it went wrong, to tell one failure from another in a report."""
    frames = traceback.extract_tb(error.__traceback__)
    last = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    digest = hashlib.sha256(f"{type(error).__qualname__} {last}".encode()).hexdigest()
    return f"K-{digest[:6]}"


if __name__ == "__main__":
    sys.exit(main())
