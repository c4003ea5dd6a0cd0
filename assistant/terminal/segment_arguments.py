"""The words and options of `krets segments`. Start at `segments`."""

import argparse
from collections.abc import Callable
from pathlib import Path

Parser = argparse.ArgumentParser


def segments(parser: Parser, shop: Callable[[Parser], None], day: Callable[[str], object]) -> None:
    """Add the commands; `shop` adds what every command takes, `day` reads one."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, told: str, *, named: bool = True) -> Parser:
        found = commands.add_parser(name, help=told)
        found.set_defaults(command=f"segments_{name.replace('-', '_')}")
        if named:
            found.add_argument("name", metavar="NAME", help="the segment's name, in any case")
        shop(found)
        found.add_argument("--json", action="store_true", help="one JSON object a line")
        return found

    listed = command("list", "what is saved", named=False)
    listed.add_argument("--tag", dest="tag", metavar="TAG", help="only those with this tag")
    listed.add_argument("--due", action="store_true", help="only those due for review")
    listed.add_argument("--archived", action="store_true", help="those put away too")
    command("show", "one of them, with its size now")
    command("history", "its versions, with who, when and why")
    diff = command("diff", "what changed from one version, or one day, to another, and who moved")
    diff.add_argument(
        "before", nargs="?", type=int, metavar="N", help="a version (the last but one)"
    )
    diff.add_argument("after", nargs="?", type=int, metavar="M", help="a later one (the newest)")
    diff.add_argument(
        "--days",
        dest="on_days",
        nargs=2,
        type=day,
        metavar="YYYY-MM-DD",
        help="the newest version on two days",
    )
    save = command("save", "a sentence under a name, as a new version where there is one")
    save.add_argument("text", metavar="TEXT", help="who, in one sentence")
    restore = command("restore", "an old version, as the newest")
    restore.add_argument("before", type=int, metavar="N", help="the number of the version")
    for noted in (save, restore):
        noted.add_argument("--note", default="", metavar="WHY", help="why")
    renamed = command("rename", "another name for it")
    copied = command("duplicate", "the same under another name too")
    for another in (renamed, copied):
        another.add_argument("text", metavar="NEW", help="the new name")
    command("archive", "put it away, with everything")
    command("unarchive", "take it into use again")
    command("delete", "for good, with its versions").add_argument(
        "--yes", action="store_true", help="without it nothing is deleted"
    )
    tags = command("tag", "its tags: those named, and no others")
    tags.add_argument("words", nargs="*", metavar="TAG", help="none takes all away")
    owner = command("owner", "whom it belongs to")
    owner.add_argument("text", metavar="PERSON", help="a name, or an address")
    review = command("review", "that somebody has looked at it, or how often that is to be done")
    often = review.add_mutually_exclusive_group()
    often.add_argument("--every", type=int, metavar="DAYS", help="ask for a look so often")
    often.add_argument("--never", action="store_true", help="ask no more")
    written = command("export", "as readable files, one a segment", named=False)
    written.add_argument("file", type=Path, metavar="FOLDER", help="where they go")
    written.add_argument("words", nargs="*", metavar="NAME", help="which (all)")
    taken = command("import", "from readable files", named=False)
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, or folders")
    taken.add_argument(
        "--replace", action="store_true", help="where both have gone on, the file's is the newest"
    )
    command("rescue", "make a damaged or lost file anew, and keep the old one", named=False)
