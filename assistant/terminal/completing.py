"""`krets complete`: what a sentence that is being typed can go on with.

In: the arguments. Out: the exit code, with a proposal a line, the likeliest first. Start at
`complete`.
"""

from assistant.terminal.arguments import Arguments
from assistant.terminal.opening import opened
from assistant.terminal.output import Output, whole


def complete(arguments: Arguments, output: Output) -> int:
    """Write the proposals; 0 even where there are none, which is an answer too."""
    with opened(arguments) as shop:
        for each in shop.complete(whole(arguments.text or ""), output.language):
            kind = output.texts.kind(each.kind)
            if arguments.json:
                output.json(
                    {
                        "text": each.text,
                        "kind": each.kind,
                        "start": each.start,
                        "sentence": each.sentence,
                    }
                )
            else:
                output.line((each.text, "bold"), "  ", (kind, "dim"))
    return 0
