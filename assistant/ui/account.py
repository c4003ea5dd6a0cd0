"""How every word was understood, as the box shows it: colours, a line of text, a legend.

In: a reading's words and the texts of the page's language. Out: plain data for the browser, with
offsets in UTF-16 units as it counts them. Pure: knows neither streamlit nor routes. Start at
`account`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assistant.answers import Answer
from assistant.grammar.reading import Reading, Status, Word, WordStatus
from assistant.languages.texts import Texts
from assistant.ui.numbers import customers, language_name

KINDS = ("who", "where", "did", "when", "consent", "corrected", "unknown", "aside")
LONGEST_WORD = 40
EMPTY: dict[str, Any] = {"spans": [], "status": "", "legend": [], "lacking": False}


@dataclass(frozen=True, slots=True)
class _Span:
    """Neighbouring words that say one thing."""

    start: int
    end: int
    kinds: tuple[str, ...]
    read_as: str | None


def account(
    text: str, reading: Reading, words: Sequence[Word], count: int | None, texts: Texts
) -> dict[str, Any]:
    """Everything the box shows of a sentence."""
    spans = list(_spans(text, words))
    used = [kind for kind in KINDS if any(kind in span.kinds for span in spans)]
    return {
        "spans": [_for_browser(span, text, texts) for span in spans],
        "status": status_line(reading, words, count, texts),
        "legend": [{"kind": kind, "label": _label(kind, texts)} for kind in used],
        "lacking": bool(unknown(words)),
    }


def of_answer(answer: Answer, texts: Texts) -> dict[str, Any]:
    """The same of an answer; nothing when no sentence was read."""
    if answer.reading is None:
        return EMPTY
    return account(answer.text, answer.reading, answer.words, answer.count, texts)


def unknown(words: Iterable[Word]) -> tuple[str, ...]:
    """The words that were not understood, in order, each once."""
    found = (word.text for word in words if word.status is WordStatus.UNKNOWN)
    return tuple(dict.fromkeys(found))


def cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the spans, and without the space they leave."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return " ".join(text.split())


def status_line(reading: Reading, words: Sequence[Word], count: int | None, texts: Texts) -> str:
    """Language, what was understood, how many: "English · every word understood · 12,384 …"."""
    if not words:
        return ""
    lacking = unknown(words)
    parts = [language_name(reading.language, texts.language)]
    if len(lacking) == 1:
        parts.append(texts.page("status_one_unknown", word=lacking[0][:LONGEST_WORD]))
    elif lacking:
        parts.append(texts.page("status_unknown", n=len(lacking)))
    elif reading.status is Status.UNREAD:
        parts.append(texts.page("status_unread"))
    else:
        parts.append(texts.page("status_understood"))
    if reading.status is Status.ASKS:
        left = len(reading.questions)
        parts.append(
            texts.page("status_asks_many", n=left) if left > 1 else texts.page("status_asks")
        )
    elif count is not None:
        parts.append(customers(count, texts))
    return " · ".join(parts)


def _label(kind: str, texts: Texts) -> str:
    return texts.page(f"kind_{kind}")


def _spans(text: str, words: Sequence[Word]) -> Iterator[_Span]:
    coloured = ((word, kinds) for word in words if (kinds := _kinds(word)))
    for _, run in groupby(_numbered(coloured, text), key=lambda each: each[0]):
        run_words = [(word, kinds) for _, word, kinds in run]
        first, last = run_words[0][0], run_words[-1][0]
        yield _Span(first.start, last.end, run_words[0][1], first.read_as)


def _numbered(
    coloured: Iterable[tuple[Word, tuple[str, ...]]], text: str
) -> Iterator[tuple[int, Word, tuple[str, ...]]]:
    """Give each word the number of its run: one kind, one condition, only space between."""
    run, before = 0, None
    for word, kinds in coloured:
        same = (
            before is not None
            and before[1] == kinds
            and before[0].condition == word.condition
            and "unknown" not in kinds
            and "corrected" not in kinds
            and not text[before[0].end : word.start].strip()
        )
        run += not same
        before = (word, kinds)
        yield run, word, kinds


def _kinds(word: Word) -> tuple[str, ...]:
    if word.status is WordStatus.UNKNOWN:
        return ("unknown",)
    if word.status is WordStatus.ASIDE:
        return ("aside",)
    kinds = (str(word.colour),) if word.colour else ()
    return (*kinds, "corrected") if word.status is WordStatus.CORRECTED else kinds


def _for_browser(span: _Span, text: str, texts: Texts) -> dict[str, Any]:
    says = " · ".join(_label(kind, texts) for kind in span.kinds)
    return {
        "start": _utf16(text[: span.start]),
        "end": _utf16(text[: span.end]),
        "kinds": list(span.kinds),
        "says": f"{says}: {span.read_as}" if span.read_as else says,
    }


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
