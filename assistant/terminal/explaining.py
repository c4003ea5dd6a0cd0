"""`krets why`: whether a customer is in a segment, and what each condition rests on.

In: the arguments. Out: the exit code, with a line a condition and its evidence under it. Start at
`why`.
"""

from assistant.answers import Reason
from assistant.grammar.reading import Status
from assistant.terminal.arguments import Arguments
from assistant.terminal.opening import opened
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import show

ANSWERED, UNREAD, ASKS = 0, 1, 3


def why(arguments: Arguments, output: Output) -> int:
    """Explain one customer; a sentence that is not answered is shown as `krets ask` shows it."""
    with opened(arguments) as shop:
        text = whole(arguments.text or "")
        answer = shop.ask(text, as_of=arguments.as_of, language=arguments.language, funnel=False)
        if answer.status is not Status.ANSWERED or answer.definition is None:
            show(answer, None, output)
            return ASKS if answer.status is Status.ASKS else UNREAD
        found = shop.why(
            answer.definition,
            whole(arguments.member),
            as_of=answer.reading.as_of
            if answer.reading and answer.reading.as_of
            else arguments.as_of,
            language=answer.language,
        )
        if arguments.json:
            output.json(
                {
                    "key": found.key,
                    "inside": found.inside,
                    "readback": answer.readback,
                    "reasons": [_object(reason) for reason in found.reasons],
                }
            )
            return ANSWERED
        output.line((f"{answer.readback}", "bold"))
        output.line(found.said)
        for reason in found.reasons:
            output.line(("✓ " if reason.holds else "✗ ", "bold"), reason.text)
            for line in reason.evidence:
                output.line((f"    {line}", "dim"))
    return ANSWERED


def _object(reason: Reason) -> dict[str, object]:
    return {
        "path": list(reason.path),
        "text": reason.text,
        "holds": reason.holds,
        "evidence": list(reason.evidence),
    }
