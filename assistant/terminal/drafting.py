"""`krets catalogue draft`: a first catalogue, guessed from a folder of files.

In: the arguments and today. Out: its text on standard output or in a new file; exit code 0, or 1
when the file is there already. Start at `draft`.
"""

import sys
from datetime import date

from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output
from segments.catalogue_file import loads
from segments.drafting import drafter
from segments.drafting.model import Note
from segments.drafting.writing import written


def draft(arguments: Arguments, output: Output, today: date) -> int:
    """Write the draft; raises Shown when there is nothing to make one of."""
    file, folder = arguments.write, arguments.data
    assert folder is not None  # noqa: S101 - the command line asks for it
    if file is not None and file.exists():
        output.wrong(output.texts.cli("exists", path=str(file)))
        return 1

    def say(note: Note) -> str:
        return output.texts.draft(note.code, **note.values)

    text = written(drafter.draft(folder, arguments.as_of or today, output.language), say)
    loads(text)
    if file is None:
        sys.stdout.write(text)
        return 0
    with file.open("x", encoding="utf-8") as new:
        new.write(text)
    output.line(output.texts.cli("draft_written", file=str(file), data=str(folder)))
    return 0
