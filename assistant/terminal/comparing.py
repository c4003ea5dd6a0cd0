"""`krets compare`: two to five segments beside each other.

In: the arguments; each is the name of what is saved or kept, or a sentence. Out: the exit code;
lines, or one JSON object. Start at `compare`.
"""

from assistant.answers import Shop
from assistant.answers.overlaps import Compared, compared
from assistant.grammar.reading import Status
from assistant.terminal.arguments import Arguments
from assistant.terminal.objects import table_object
from assistant.terminal.opening import opened
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number, tabled
from segments.codec import to_text
from segments.definition import Audience, Condition, Source

ASKS = 3


def compare(arguments: Arguments, output: Output) -> int:
    """Show them; without one that cannot be read nothing is shown."""
    with opened(arguments) as shop:
        segments: list[tuple[str, Condition]] = []
        for text in map(whole, arguments.words):
            found = _named(shop, text) or _read(shop, text, arguments, output)
            if isinstance(found, int):
                return found
            segments.append((text, found))
        result = compared(shop, segments, output.language, arguments.as_of)
    if arguments.json:
        output.json(_object(result))
    else:
        _show(result, output)
    return 0


def _named(shop: Shop, text: str) -> Condition | None:
    """What is kept under this name; a saved segment comes before a list."""
    for source in (Source.SEGMENT, Source.LIST):
        audience = Audience(source, text)
        if shop.catalogue.audiences.get(audience) is not None:
            return audience
    return None


def _read(shop: Shop, text: str, arguments: Arguments, output: Output) -> Condition | int:
    """What a sentence says, or the exit code when it says nothing that can be counted."""
    answer = shop.ask(
        text,
        as_of=arguments.as_of,
        language=arguments.language,
        hint=output.language,
        funnel=False,
    )
    if answer.definition is not None:
        return answer.definition
    output.wrong(text)
    for line in (*answer.reasons, *(question.text for question in answer.questions)):
        output.wrong(line)
    return ASKS if answer.status is Status.ASKS else 1


def _show(found: Compared, output: Output) -> None:
    tabled(found.table, output)
    output.line()
    for said in found.said:
        output.line(said)
    output.line()
    output.line((output.texts.page("compare_exact"), "bold"))
    for each in found.exact:
        output.line((f"{number(each.members, output.language):>12}", "bold"), f"  {each.said}")
    output.line()
    output.line((output.texts.page("compare_apart"), "bold"))
    for finding in found.findings:
        output.line(finding.said)
        output.line((f"  {finding.numbers}", "dim"))
    if not found.findings and not found.notes:
        output.line(output.texts.page("compare_alike"))
    for note in found.notes:
        output.line((f"- {note}", "dim"))


def _object(found: Compared) -> dict[str, object]:
    return {
        "segments": [
            {"name": name, "definition": to_text(definition), "members": size}
            for name, definition, size in zip(
                found.names, found.definitions, found.sizes, strict=True
            )
        ],
        "total": found.total,
        "pairs": [
            {
                "of": [pair.first, pair.second],
                "both": pair.both,
                "jaccard": None if pair.jaccard is None else float(pair.jaccard),
            }
            for pair in found.pairs
        ],
        "exactly": [{"in": list(each.inside), "members": each.members} for each in found.exact],
        "table": table_object(found.table),
        "differences": [
            {
                "definition": to_text(each.condition),
                "members": list(each.counts[:-1]),
                "of_everyone": each.counts[-1],
                "said": each.said,
            }
            for each in found.findings
        ],
        "said": list(found.said),
        "notes": list(found.notes),
    }
