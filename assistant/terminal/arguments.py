"""The stable command line: which words and options `krets` takes.

In: the arguments. Out: `Arguments`, or the usage on stderr and exit code 2. Start at `parse`.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.answers.overlaps import FEWEST, MOST
from assistant.languages.files import languages
from assistant.messages.channels import channels
from assistant.messages.merge_tags import tools
from assistant.messages.voices import TONES
from assistant.terminal.segment_arguments import segments
from segments.handover import TOOLS

EXITS = """exit codes:
  0  answered (with --batch: every line has its answer, whatever its status)
  1  could not be done: not understood, or something is wrong with the files
  2  the command was not written as above
  3  there is a question to answer first
"""


MOST_DAYS = 3660


class Arguments(argparse.Namespace):
    """The command line, read."""

    command: str = ""
    text: str | None = None
    batch: str | None = None
    then: list[str] = []  # noqa: RUF012 - argparse fills it
    file: Path = Path()
    data: Path | None = None
    catalogue: Path | None = None
    as_of: date | None = None
    language: str | None = None
    json: bool = False
    write: Path | None = None
    ids: bool = False
    trace: bool = False
    remember: bool = False
    member: str = ""
    word: str = ""
    means: str | None = None
    value: str | None = None
    field: str | None = None
    event: str | None = None
    verb: bool = False
    sentence: str | None = None
    yes: bool = False
    debug: bool = False
    name: str = ""
    note: str = ""
    tag: str | None = None
    words: list[str] = []  # noqa: RUF012 - argparse fills it
    files: list[Path] = []  # noqa: RUF012 - argparse fills it
    before: int | None = None
    after: int | None = None
    on_days: list[date] | None = None
    due: bool = False
    archived: bool = False
    replace: bool = False
    every: int | None = None
    never: bool = False
    tool: str = ""
    fields: str = ""
    holdout: str = "0"
    seed: str = ""
    suppress: bool = False
    off: bool = False
    segment: str | None = None
    weeks: bool = False
    without_consent: bool = False
    channel: str | None = None
    tone: str | None = None
    variant: str | None = None
    number: int | None = None
    days: int = 30
    of: str | None = None
    against: str | None = None


def parse(words: Sequence[str] | None = None) -> Arguments:
    """Read the command line; ends the program with code 2 when it is not one."""
    parser = _parser()
    arguments = parser.parse_args(words, namespace=Arguments())
    if arguments.command == "ask" and (arguments.text is None) == (arguments.batch is None):
        parser.error('say either "TEXT" or --batch FILE.jsonl')
    if arguments.then and (arguments.batch is not None or arguments.ids or arguments.trace):
        parser.error("--then goes with TEXT and without --batch, --ids and --trace")
    if arguments.remember and not arguments.then:
        parser.error("--remember goes with --then and the number of a choice")
    if arguments.command == "compare" and not FEWEST <= len(arguments.words) <= MOST:
        parser.error(f"compare takes {FEWEST} to {MOST} segments")
    between = (arguments.of, arguments.against, arguments.field)
    if arguments.command == "results" and any(between) and not all(between):
        parser.error("--of, --against and --by go together")
    return arguments


def _parser() -> argparse.ArgumentParser:
    shown = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "krets",
        description="Say who you want to reach; get the segment, its size and its SQL.",
        epilog=EXITS,
        formatter_class=shown,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _ask(commands.add_parser("ask", help="a sentence", epilog=EXITS, formatter_class=shown))
    _run(commands.add_parser("run", help="a saved definition", epilog=EXITS, formatter_class=shown))
    _why(commands.add_parser("why", help="why a customer is in a segment, or is not"))
    _download(commands.add_parser("download", help="the file that a mailing or ad tool accepts"))
    _downloads(commands.add_parser("downloads", help="who fetched which file, the newest first"))
    _message(commands.add_parser("message", help="what to say to them, in each channel"))
    _playbooks(commands.add_parser("playbooks", help="a shop's own playbooks for messages"))
    _compare(commands.add_parser("compare", help="segments beside each other"))
    _results(commands.add_parser("results", help="what came of a file, against those held out"))
    _health(commands.add_parser("health", help="which saved segments need a look, and why"))
    _complete(commands.add_parser("complete", help="what a sentence can go on with"))
    _teach(commands.add_parser("teach", help="what a word means in this shop"))
    _taught(commands.add_parser("taught", help="the shop's rules and the words it was taught"))
    _forget(commands.add_parser("forget", help="a word or a rule that was taught"))
    segments(commands.add_parser("segments", help="saved segments and their versions"), _shop, _day)
    _lists(commands.add_parser("list", help="lists of customers, to be called by name"))
    catalogue = commands.add_parser("catalogue", help="a shop's catalogue file")
    about = catalogue.add_subparsers(required=True, metavar="COMMAND")
    _check(about.add_parser("check", help="every mistake in it, with its line"))
    _draft(about.add_parser("draft", help="a first one, guessed from a folder of files"))
    return parser


def _ask(ask: argparse.ArgumentParser) -> None:
    ask.set_defaults(command="ask")
    ask.add_argument("text", nargs="?", metavar="TEXT", help="who, in one sentence")
    ask.add_argument(
        "--then",
        action="append",
        default=[],
        metavar="TEXT",
        help="go on with the segment: a change, an undo or the number of a choice; once a turn",
    )
    ask.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        help='a sentence a line: {"id": …, "text": …, "as_of": …}; - for standard input',
    )
    ask.add_argument(
        "--remember",
        action="store_true",
        help="the choices taken with --then hold for the shop from now on",
    )
    ask.add_argument("--trace", action="store_true", help="how the sentence was read, span by span")
    _shared(ask)
    _about_members(ask)


def _run(run: argparse.ArgumentParser) -> None:
    run.set_defaults(command="run")
    run.add_argument("file", type=Path, metavar="DEFINITION.json", help="a definition as JSON")
    _shared(run)
    _about_members(run)


def _why(why: argparse.ArgumentParser) -> None:
    why.set_defaults(command="why")
    why.add_argument("member", metavar="KEY", help="the customer's key")
    why.add_argument("text", metavar="TEXT", help="who, in one sentence")
    _shared(why)


def _download(download: argparse.ArgumentParser) -> None:
    download.set_defaults(command="download")
    download.add_argument(
        "text", metavar="TEXT", help="who, in one sentence, or the name of a saved segment"
    )
    download.add_argument(
        "--for",
        dest="tool",
        metavar="TOOL",
        required=True,
        choices=TOOLS,
        help=f"one of {', '.join(TOOLS)}",
    )
    download.add_argument("--write", type=Path, metavar="FILE", required=True, help="the file")
    download.add_argument("--name", metavar="NAME", default="", help="what the audience is called")
    download.add_argument("--fields", metavar="A,B", default="", help="more fields of the shop")
    download.add_argument(
        "--holdout", metavar="SHARE", default="0", help="a share to keep out, as 10%%"
    )
    download.add_argument(
        "--seed", metavar="TEXT", default="", help="the same one keeps out the same people (NAME)"
    )
    download.add_argument(
        "--without-consent",
        action="store_true",
        help="addresses of those too who never agreed to be reached; it is written down",
    )
    _shared(download)


def _downloads(downloads: argparse.ArgumentParser) -> None:
    downloads.set_defaults(command="downloads")
    downloads.add_argument("text", metavar="NAME", nargs="?", help="of this saved segment alone")
    downloads.add_argument("--write", metavar="FILE", help="the log as CSV for a spreadsheet")
    downloads.add_argument("--language", choices=languages(), help="the language of the answer")
    downloads.add_argument("--json", action="store_true", help="one JSON object a file")
    downloads.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def _message(message: argparse.ArgumentParser) -> None:
    message.set_defaults(command="message")
    message.add_argument("text", metavar="TEXT", help="who, in one sentence")
    message.add_argument("--channel", choices=tuple(channels()), help="the best one")
    message.add_argument("--tone", choices=TONES, help="the one that fits them")
    message.add_argument("--tool", choices=tuple(tools()), help="whose merge tags (plain)")
    message.add_argument("--variant", metavar="NAME", help="one of those to test")
    _shared(message)


def _playbooks(playbooks: argparse.ArgumentParser) -> None:
    about = playbooks.add_subparsers(required=True, metavar="COMMAND")
    check = about.add_parser("check", help="every mistake in them, with file and line")
    check.set_defaults(command="playbooks")
    check.add_argument("file", type=Path, metavar="DIR", help="the folder beside the catalogue")
    check.add_argument("--language", choices=languages(), help="the language of the answer")
    check.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def _results(results: argparse.ArgumentParser) -> None:
    results.set_defaults(command="results")
    results.add_argument(
        "number", nargs="?", type=int, metavar="NUMBER", help="of a download (all)"
    )
    results.add_argument("--days", type=_days, default=30, metavar="N", help="days that count (30)")
    results.add_argument("--of", metavar="TEXT", help="a segment instead of a download")
    results.add_argument("--against", metavar="TEXT", help="the segment to hold it against")
    results.add_argument("--by", dest="field", metavar="FIELD", help="a number, or yes and no")
    results.add_argument("--segment", metavar="NAME", help="a saved segment, month by month")
    results.add_argument("--weeks", action="store_true", help="week by week instead")
    _shop(results)
    results.add_argument("--json", action="store_true", help="one JSON object a download")


def _compare(compare: argparse.ArgumentParser) -> None:
    compare.set_defaults(command="compare")
    compare.add_argument(
        "words",
        nargs="+",
        metavar="NAME_OR_TEXT",
        help="two to five: what is saved under a name, or who, in one sentence",
    )
    _shared(compare)


def _days(written: str) -> int:
    days = int(written)
    if not 0 < days <= MOST_DAYS:
        raise ValueError(written)
    return days


def _health(health: argparse.ArgumentParser) -> None:
    health.set_defaults(command="health")
    health.add_argument("name", nargs="?", default="", metavar="NAME", help="of a segment (all)")
    _shop(health)
    health.add_argument("--json", action="store_true", help="one JSON object a segment")


def _complete(complete: argparse.ArgumentParser) -> None:
    complete.set_defaults(command="complete")
    complete.add_argument(
        "text", metavar="TEXT", help="the beginning; a space at its end finishes the last word"
    )
    _shop(complete)
    complete.add_argument("--json", action="store_true", help="one JSON object a proposal")


def _teach(teach: argparse.ArgumentParser) -> None:
    teach.set_defaults(command="teach")
    teach.add_argument("word", metavar="WORD", help="a word, or a few")
    means = teach.add_mutually_exclusive_group(required=True)
    means.add_argument("--means", metavar="SENTENCE", help="everyone this sentence is about")
    means.add_argument("--value", metavar="FIELD=VALUE", help="as city=Malmö")
    means.add_argument("--field", metavar="FIELD", help="a name for it, as city")
    means.add_argument("--event", metavar="EVENT", help="a noun for it, as purchase")
    teach.add_argument("--verb", action="store_true", help="with --event: a verb for it")
    teach.add_argument("--sentence", metavar="TEXT", help="a sentence to be shown before and after")
    teach.add_argument("--yes", action="store_true", help="even if the word means something today")
    _shop(teach)


def _taught(taught: argparse.ArgumentParser) -> None:
    taught.set_defaults(command="taught")
    _shop(taught)
    taught.add_argument("--json", action="store_true", help="one JSON object a rule or word")


def _forget(forget: argparse.ArgumentParser) -> None:
    forget.set_defaults(command="forget")
    forget.add_argument("word", metavar="WORD", help="the word, or the name of a rule")
    _shop(forget)


def _lists(lists: argparse.ArgumentParser) -> None:
    commands = lists.add_subparsers(required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="keep a file of keys or e-mail addresses")
    add.set_defaults(command="list_add")
    add.add_argument("name", metavar="NAME", help="what sentences call it")
    add.add_argument("file", type=Path, metavar="FILE", help="its first line names the columns")
    add.add_argument(
        "--suppress", action="store_true", help="those on it are in no file from now on"
    )
    freeze = commands.add_parser("freeze", help="keep who is in a segment now")
    freeze.set_defaults(command="list_freeze")
    freeze.add_argument("name", metavar="NAME", help="what sentences call it")
    freeze.add_argument("text", metavar="TEXT", help="who, in one sentence")
    show = commands.add_parser("show", help="the lists that are kept")
    show.set_defaults(command="list_show")
    remove = commands.add_parser("remove", help="forget a list")
    remove.set_defaults(command="list_remove")
    remove.add_argument("name", metavar="NAME", help="its name")
    suppress = commands.add_parser("suppress", help="keep those on a list out of every file")
    suppress.set_defaults(command="list_suppress")
    suppress.add_argument("name", metavar="NAME", help="its name")
    suppress.add_argument("--off", dest="off", action="store_true", help="no longer")
    export = commands.add_parser("export", help="write a list as a file, an entry a line")
    export.set_defaults(command="list_export")
    export.add_argument("name", metavar="NAME", help="its name")
    export.add_argument("file", type=Path, metavar="FILE", help="what `add` takes in again")
    for command in (add, freeze, show, remove, suppress, export):
        _shop(command)
        command.add_argument("--json", action="store_true", help="one JSON object a list")


def _check(check: argparse.ArgumentParser) -> None:
    check.set_defaults(command="check")
    check.add_argument("file", type=Path, metavar="FILE", help="the catalogue.toml")
    check.add_argument("--data", type=Path, metavar="DIR", help="the folder with the shop's files")
    check.add_argument("--language", choices=languages(), help="the language of the answer")
    check.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def _draft(draft: argparse.ArgumentParser) -> None:
    draft.set_defaults(command="draft")
    draft.add_argument(
        "--data", type=Path, metavar="DIR", required=True, help="the folder with the shop's files"
    )
    draft.add_argument(
        "--write", type=Path, metavar="FILE", help="a new file for it (standard output)"
    )
    draft.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the day that is today")
    draft.add_argument("--language", choices=languages(), help="the language of the comments")
    draft.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def _shared(command: argparse.ArgumentParser) -> None:
    _shop(command)
    command.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the day that is today")
    command.add_argument("--json", action="store_true", help="one JSON object")


def _shop(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, metavar="DIR", help="the shop's files (sample shop)")
    command.add_argument(
        "--catalogue", type=Path, metavar="FILE", help="its catalogue (DIR/catalogue.toml)"
    )
    command.add_argument("--language", choices=languages(), help="the language of the answer")
    command.add_argument("--debug", action="store_true", help="show where something went wrong")


def _about_members(command: argparse.ArgumentParser) -> None:
    command.add_argument("--ids", action="store_true", help="the members' keys too")


def _day(written: str) -> date:
    try:
        return as_day(written)
    except ValueError:
        message = f"{written!r} is no day like 2026-10-15"
        raise argparse.ArgumentTypeError(message) from None


def as_day(written: object) -> date:
    """A day as 2026-10-15 and in no other spelling; raises ValueError."""
    if not isinstance(written, str) or len(written) != len("2026-10-15"):
        raise ValueError(written)
    day = date.fromisoformat(written)
    if day == date.max:  # there is no day after it to end it
        raise ValueError(written)
    return day
