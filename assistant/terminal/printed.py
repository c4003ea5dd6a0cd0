"""Answers for human eyes: the sentence said back, the count, the parts, defaults, questions, SQL.

In: an `Answer`. Out: lines on the terminal. Start at `show`.
"""

from collections.abc import Sequence

from babel.numbers import format_decimal, format_percent

from assistant.answers import Answer, Asked, Part, Table
from assistant.grammar.reading import Status, Word, WordStatus
from assistant.languages.texts import texts
from assistant.terminal.output import Output, visible

STYLES = {
    "who": "magenta",
    "where": "blue",
    "did": "dark_orange",
    "when": "yellow",
    "consent": "green",
}
MARKS = {WordStatus.UNKNOWN: "red underline", WordStatus.CORRECTED: "italic"}


def show(answer: Answer, ids: Sequence[int | str] | None, output: Output) -> None:
    """Write an answer."""
    if answer.text.strip():
        output.line(*_sentence(answer.text, answer.words))
    match answer.status:
        case Status.ANSWERED:
            _answered(answer, output)
        case Status.ASKS:
            for question in answer.questions:
                choices(question, answer.language, output)
        case Status.UNREAD:
            if marks := _marks(answer.text, answer.words):
                output.line((marks, "red"))
            _unread(answer, output)
    if answer.table is not None:
        tabled(answer.table, output)
    for key in ids or ():
        output.line(str(key))


def _sentence(text: str, words: Sequence[Word]) -> list[str | tuple[str, str]]:
    pieces: list[str | tuple[str, str]] = []
    end = 0
    for word in words:
        pieces += [text[end : word.start], (text[word.start : word.end], _style(word))]
        end = word.end
    return [*pieces, text[end:]]


def _marks(text: str, words: Sequence[Word]) -> str:
    """A line that points at what was not understood, also where there are no colours; empty where
    that is nothing, or all, or the text has several lines."""
    unknown = [word for word in words if word.status is WordStatus.UNKNOWN]
    if not unknown or len(unknown) == len(words) or "\n" in text.strip():
        return ""
    at = {place for word in unknown for place in range(word.start, word.end)}
    return "".join("^" if place in at else " " for place in range(max(at) + 1))


def _style(word: Word) -> str:
    colour = STYLES.get(str(word.colour), "") if word.colour else ""
    return f"{colour} {MARKS.get(word.status, '')}".strip()


def _answered(answer: Answer, output: Output) -> None:
    output.line((f"{answer.readback}", "bold"))
    output.line(_counted(answer))
    if len(answer.parts) > 1:
        for part in answer.parts:
            _part(part, answer.language, output)
    for sentence in answer.defaults:
        output.line((f"- {sentence}", "dim"))
    output.line((f"\n{answer.sql}", "cyan"))


def _counted(answer: Answer) -> str:
    share = answer.share or 0
    digits = "0.0 %" if answer.language != "en" else "0.0%"
    return texts(answer.language).cli(
        "count",
        count=number(answer.count, answer.language),
        total=number(answer.total, answer.language),
        share=format_percent(share, digits, locale=answer.language),
    )


def _part(part: Part, language: str, output: Output) -> None:
    """A condition and how many members are left after it."""
    output.line((f"{number(part.left, language):>12}", "bold"), f"  {part.text}")


def tabled(table: Table, output: Output) -> None:
    """Write the answer to an inquiry: a sentence, and the table behind it."""
    output.line((table.said, "bold"))
    width = max((len(row.label) for row in table.rows), default=0)
    widths = [max(20, len(column) + 2) for column in table.columns[1:]]
    if table.rows:
        head = "".join(f"{name:>{n}}" for name, n in zip(table.columns[1:], widths, strict=True))
        output.line((f"{table.columns[0]:<{width}}{head}", "dim"))
    for row in table.rows:
        numbers = "".join(f"{c.text:>{n}}" for c, n in zip(row.cells, widths, strict=True))
        output.line(f"{row.label:<{width}}{numbers}")
    for note in table.notes:
        output.line((f"- {note}", "dim"))


def choices(question: Asked, language: str, output: Output) -> None:
    """Write a question and its choices with their counts."""
    output.line((question.text, "bold"))
    for option in question.options:
        counted = "" if option.count is None else number(option.count, language)
        output.line((f"{counted:>12}", "bold"), f"  {option.label}")
        if option.canonical:
            output.line((f"{'':>12}  {option.canonical}", "dim"))


def _unread(answer: Answer, output: Output) -> None:
    unknown = [visible(word.text) for word in answer.words if word.status is WordStatus.UNKNOWN]
    output.wrong(*answer.reasons)
    if unknown and not answer.reasons:
        output.wrong(", ".join(unknown))


def number(value: int | None, language: str) -> str:
    """A number as the language writes it."""
    return "" if value is None else str(format_decimal(value, locale=language))
