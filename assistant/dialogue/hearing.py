"""What kind of turn a text is, by the words around it: an edit, a command, or a sentence.

In: a text and the languages it may be in. Out: `Heard`: the manner, the command, and the words that
are left to read. Knows nothing of the definition in hand. Start at `hear`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.dialogue.contrasting import contrast
from assistant.dialogue.manner import Manner
from assistant.grammar.tokens import QUOTE_MARKS, Shape, Token, tokenize
from assistant.grammar.turnbook import Phrase, Turnbook, turnbook
from segments.handover.tools import TOOLS

MANNERS = {
    "only": Manner.NARROW,
    "also": Manner.WIDEN,
    "too": Manner.WIDEN,
    "or": Manner.OR,
    "and": Manner.AND,
    "but": Manner.NARROW,
    "change": Manner.REPLACE,
    "about": Manner.ABOUT,
    "instead": Manner.REPLACE,
    "meant": Manner.REPLACE,
    "same": Manner.ABOUT,
    "either": Manner.AND,
    "remove": Manner.REMOVE,
    "opposite": Manner.OPPOSITE,
    "which_of": Manner.WITHIN,
}
_STRONGEST = (
    Manner.REMOVE,
    Manner.OPPOSITE,
    Manner.WITHIN,
    Manner.REPLACE,
    Manner.ABOUT,
    Manner.OR,
    Manner.WIDEN,
    Manner.NARROW,
    Manner.AND,
)
_BEFORE = frozenset(
    {"well", "only", "also", "or", "and", "but", "change", "about", "remove", "instead", "meant"}
    | {"same", "opposite", "which_of"}
)
_SIGNS = {"+": "also", "-": "remove", "−": "remove", "–": "remove"}  # "+ silver", "- silver"
_AFTER = frozenset({"only", "instead", "meant", "too", "either", "part", "well", "opposite"})
_POINTING = frozenset({"them", "did", "did_not", "others", "newest"})
_BEFORE_OTHERS = frozenset({"well", "same"})  # they lead only where more words for editing come


class Command(StrEnum):
    """What a person can want done."""

    UNDO = "undo"
    REDO = "redo"
    RESTART = "restart"
    WHOLE = "whole"
    SAVE = "save"
    RENAME = "rename"
    DOWNLOAD = "download"
    MESSAGE = "message"


Votes = Callable[[str, str], Mapping[str, int]]  # how many words each language knows

_COMMANDS = frozenset(map(str, Command))
_STEPPING = frozenset({Command.UNDO, Command.REDO})
_STEPS = {"steps_back": Command.UNDO, "steps_forward": Command.REDO}  # after a number


@dataclass(frozen=True, slots=True)
class Heard:
    """A text, taken apart. `rest` are the words between; `target` is what is to be replaced: X in
    "change X to Y" and in "Y, not X"."""

    language: str
    manner: Manner = Manner.BARE
    rest: str = ""
    part: bool = False  # a whole condition is meant: "the newsletter part"
    time: bool = False  # the time of the segment is meant: "the period"
    far: bool = False  # the distance of the segment is meant
    within: bool = False  # "within 30 km": a word for it leads
    points: str = ""  # the key of a pronoun that is all there is: "them", "that last one"
    without: str = ""  # the words after a leading "without"
    people: bool = False  # "those over 30": said of people
    command: Command | None = None
    steps: int = 1  # how many steps back or forward
    name: str = ""  # the name to save under, or the key of the tool to download for
    target: str = ""
    meant: str = ""  # what takes the place of the target, where `rest` says both: "Lund, not Malmö"
    listed: bool = False  # both may be denied: "not Lund, Malmö"
    asking: bool = False  # it ends in a question mark
    covered: int = 0  # how many words were words of a turn


def hear(text: str, first: str, votes: Votes) -> Heard:
    """The text as taken apart in the language that knows most of its words: those of a turn, and
    of what is left as many as it votes for. One language comes first among equals."""
    tokens = without_signs(tokenize(text))
    found = [_heard(text, tokens, turnbook(language)) for language in votes(text, first)]
    return max(found, key=lambda each: each.covered + _known(each, first, votes))


def _known(heard: Heard, first: str, votes: Votes) -> int:
    rest = f"{heard.target} {heard.rest}".strip()
    return votes(rest, first)[heard.language] if rest else 0


def _heard(text: str, tokens: Sequence[Token], book: Turnbook) -> Heard:
    return _command(text, tokens, book) or _edit(text, tokens, book)


# --- commands -------------------------------------------------------------------------------


def _command(text: str, tokens: Sequence[Token], book: Turnbook) -> Heard | None:
    start = after_well(tokens, book)
    while tail := next((p for p in book.until(tokens, len(tokens)) if p.key == "well"), None):
        if tail.start <= start:
            break
        tokens = without_signs(tokens[: tail.start])
    for phrase in book.at(tokens, start):
        named = phrase.key == Command.RENAME and phrase.end < len(tokens)
        if phrase.key == Command.SAVE or named:
            name = _name(text, tokens, phrase)
            return Heard(book.language, command=Command(phrase.key), name=name, covered=phrase.end)
        if phrase.key == "download_to" and (tool := _tool(tokens[phrase.end :])):
            covered = len(tokens)
            return Heard(book.language, command=Command.DOWNLOAD, name=tool, covered=covered)
        if phrase.key in _STEPPING and (steps := _steps(tokens, phrase, book)):
            command, covered = Command(phrase.key), len(tokens)
            return Heard(book.language, command=command, steps=steps, covered=covered)
        if phrase.end == len(tokens) and phrase.key in _COMMANDS:
            return Heard(book.language, command=Command(phrase.key), covered=phrase.end)
    for end, steps in book.times(tokens, start):
        for phrase in book.at(tokens, end):
            if (key := _STEPS.get(phrase.key)) and phrase.end == len(tokens) and steps > 0:
                return Heard(book.language, command=key, steps=steps, covered=phrase.end)
    return None


def _tool(tokens: Sequence[Token]) -> str | None:
    """The tool that words name, by its key: "Google Ads"."""
    said = "_".join(token.key for token in tokens)
    return said if said in TOOLS else None


def _steps(tokens: Sequence[Token], phrase: Phrase, book: Turnbook) -> int:
    """How often something is to be done, as in "undo, undo" and "undo two steps"; 0 when the words
    after it say something else."""
    after = phrase.end
    while after < len(tokens) and tokens[after].key == ",":
        after += 1
    if after == len(tokens):
        return 1
    for again in book.at(tokens, after):
        if again.key == phrase.key and (more := _steps(tokens, again, book)):
            return 1 + more
    for end, steps in book.times(tokens, after):
        ends = {end, *(p.end for p in book.at(tokens, end) if p.key == "steps")}
        if len(tokens) in ends:
            return steps
    return 0


def _name(text: str, tokens: Sequence[Token], phrase: Phrase) -> str:
    if phrase.end >= len(tokens):
        return ""
    said = text[tokens[phrase.end].start : tokens[-1].end]
    return said.strip().strip(QUOTE_MARKS).strip()


# --- edits ----------------------------------------------------------------------------------


def _edit(text: str, tokens: Sequence[Token], book: Turnbook) -> Heard:
    exchanged = _exchange(text, tokens, book)
    if exchanged is not None:
        return exchanged
    start, end = 0, len(tokens)
    keys: list[str] = []
    if end > 1 and "\n" not in text and (sign := _SIGNS.get(tokens[0].key)):
        keys.append(sign)
        start = 1
    while start < end and (phrase := _first(book, tokens[:end], start)):
        keys.append(phrase.key)
        start = phrase.end
        while start < end and tokens[start].shape is Shape.SIGN:
            start += 1
    while start < end and (phrase := _last(book, tokens, start, end)):
        keys.append(phrase.key)
        end = phrase.start
        while start < end and tokens[end - 1].shape is Shape.SIGN:
            end -= 1
    rest = _words(text, tokens, start, end)
    found = {MANNERS[key] for key in keys if key in MANNERS}
    manner = next((each for each in _STRONGEST if each in found), Manner.BARE)
    if manner is Manner.AND and keys[-1] == "well":  # "and Lund then?"
        manner = Manner.ABOUT
    without = next((p for p in book.at(tokens[:end], start) if p.key == "without"), None)
    apart = contrast(tokens, (start, end), book)
    return Heard(
        book.language,
        manner,
        rest,
        part="part" in keys,
        time=any(p.key == "time" and p.start - start <= 1 for p in book.until(tokens, end)),
        points=next((p.key for p in _all_of(book, tokens, start, end) if p.key in _POINTING), ""),
        far=any(p.key == "far" and p.start - start <= 1 for p in book.until(tokens, end)),
        within=any(p.key == "within" for p in book.at(tokens[:end], start)),
        without=_words(text, tokens, without.end, end) if without else "",
        people=any(p.key == "those" for p in book.at(tokens[:end], start)),
        target=_words(text, tokens, *apart.denied) if apart else "",
        meant=_words(text, tokens, *apart.meant) if apart else "",
        listed=apart is not None and apart.listed,
        asking=text.rstrip().endswith("?"),
        covered=len(tokens) - (end - start),
    )


def _exchange(text: str, tokens: Sequence[Token], book: Turnbook) -> Heard | None:
    """As in "change Stockholm to Malmö"."""
    start = after_well(tokens, book)
    lead = next((p for p in book.at(tokens, start) if p.key == "exchange"), None)
    if lead is None or any(p.key == "change" for p in book.at(tokens, start)):
        return None
    for at in range(lead.end + 1, len(tokens) - 1):
        into = next((p for p in book.at(tokens, at) if p.key == "into"), None)
        if into is not None and into.end < len(tokens):
            target = text[tokens[lead.end].start : tokens[at - 1].end]
            rest = text[tokens[into.end].start : tokens[-1].end]
            covered = lead.end + into.end - into.start
            return Heard(
                book.language,
                Manner.REPLACE,
                rest,
                target=target,
                covered=covered,
            )
    return None


def _first(book: Turnbook, tokens: Sequence[Token], start: int) -> Phrase | None:
    return next((p for p in book.at(tokens, start) if _leads(p, book, tokens)), None)


def _leads(phrase: Phrase, book: Turnbook, tokens: Sequence[Token]) -> bool:
    """Whether a phrase stands before an edit. A "no" that nothing separates from what comes may
    negate it."""
    if phrase.key not in _BEFORE_OTHERS:
        return phrase.key in _BEFORE
    after = phrase.end
    sign = after < len(tokens) and tokens[after].shape is Shape.SIGN
    if phrase.key == "well" and (sign or after == len(tokens)):
        return True
    more = _BEFORE - {"well"} | ({"without"} if phrase.key == "same" else set())
    return any(p.key in more for p in book.at(tokens, after + sign))


def _all_of(book: Turnbook, tokens: Sequence[Token], start: int, end: int) -> Iterator[Phrase]:
    """The phrases that all the words are."""
    return (p for p in book.at(tokens[:end], start) if p.end == end)


def _words(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    return text[tokens[start].start : tokens[end - 1].end] if start < end else ""


def _last(book: Turnbook, tokens: Sequence[Token], start: int, end: int) -> Phrase | None:
    return next((p for p in book.until(tokens, end) if p.key in _AFTER and p.start >= start), None)


def after_well(tokens: Sequence[Token], book: Turnbook) -> int:
    """Where the words begin that say something, after "ok" and "please"."""
    start = 0
    while phrase := next((p for p in book.at(tokens, start) if p.key == "well"), None):
        if phrase.end >= len(tokens):
            return start
        start = phrase.end
        while start < len(tokens) and tokens[start].shape is Shape.SIGN:
            start += 1
    return start


def without_signs(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without the signs a turn may end in."""
    end = len(tokens)
    while end and tokens[end - 1].key in {".", "!", "?", "…", ","}:
        end -= 1
    return tuple(tokens[:end])
