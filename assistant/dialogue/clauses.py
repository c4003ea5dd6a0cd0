"""Several changes in one turn: "Oslo instead, and only the last 30 days", "add Lund and remove
Malmö".

In: a definition, a text that is no single follow-up. Out: every outcome of its parts, one after the
other; all of them are done or none. Start at `in_turns`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.dialogue.followup import outcomes
from assistant.dialogue.hearing import Heard, hear, without_signs
from assistant.dialogue.joining import MOST
from assistant.dialogue.manner import Manner
from assistant.dialogue.spots import Misfit, Outcome
from assistant.grammar.listening import Hears
from assistant.grammar.tokens import Token, tokenize
from assistant.grammar.turnbook import Turnbook, turnbook
from segments.definition import Condition, Field

_MOST_CLAUSES = 4
_MOST_WORDS = 40
_JOINTS = frozenset({"and", "but"})
_LEADS = frozenset(
    {"remove", "change", "exchange", "also", "only"}
)  # said once for all that follow


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text in two: what comes first, the rest behind its joint, and the word for editing that
    leads the first and holds for the rest as well, "remove" X and Y."""

    head: str
    tail: str
    lead: str


def in_turns(
    whole: Condition, text: str, reader: Hears, language: str, clauses: int = _MOST_CLAUSES
) -> tuple[Outcome, ...]:
    """Every outcome of a text as several follow-ups. Raises Misfit with what is wrong in one of
    them; none when the text is not several."""
    missed: list[Misfit] = []
    found: list[Outcome] = []
    tokens = without_signs(tokenize(text))
    cuts = tuple(_cuts(text, tokens, turnbook(language))) if len(tokens) <= _MOST_WORDS else ()
    for cut in cuts if clauses > 1 else ():
        for before in _tried(whole, cut.head, reader, language, missed):
            if before.definition is None:
                continue
            try:
                later = _later(before.definition, cut, reader, language, clauses)
                alone = _alone(whole, cut, reader, language)
                found += [_after(before, o) for o in later if o.definition not in alone]
            except Misfit as misfit:
                missed.insert(0, misfit)
        if found:
            break
    if missed and not found:
        raise missed[0]
    return distinct(each for each in found if each.definition != whole)


def distinct(found: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The first outcomes that differ in their definition, as many as can be asked about."""
    first: dict[Condition | None, Outcome] = {}
    for each in found:
        first.setdefault(each.definition, each)
    return tuple(islice(first.values(), MOST))


def _cuts(text: str, tokens: Sequence[Token], book: Turnbook) -> Iterator[_Cut]:
    """Where the text can be cut; first before words for editing, for they begin something new."""
    found = tuple(_cut(text, tokens, book))
    edits = [_edits(cut.tail, book) for cut in found]
    yield from (cut for cut, new in zip(found, edits, strict=True) if new)
    yield from (cut for cut, new in zip(found, edits, strict=True) if not new)


def _cut(text: str, tokens: Sequence[Token], book: Turnbook) -> Iterator[_Cut]:
    leading = next((p for p in book.at(tokens, 0) if p.key in _LEADS), None)
    lead = text[: tokens[leading.end - 1].end] if leading else ""
    for at in range(1, len(tokens) - 1):
        comma = tokens[at].key == ","
        joints = [p for p in book.at(tokens, at + comma) if p.key in _JOINTS]
        after = joints[0].end if joints else at + 1
        if (comma or joints) and after < len(tokens) and tokens[at - 1].key != ",":
            kept = joints and joints[0].key == "but"  # "but in Oslo" narrows
            start = tokens[joints[0].start if kept else after].start
            yield _Cut(text[: tokens[at - 1].end], text[start : tokens[-1].end], lead)


def _edits(text: str, book: Turnbook) -> bool:
    """Whether a text begins with words for editing."""
    tokens = tokenize(text)
    return any(p.key in _LEADS or p.key == "without" for p in book.at(tokens, 0))


def takes_out_later(text: str, heard: Heard) -> bool:
    """Whether something may be taken out in the midst of a follow-up: "only in Oslo and without
    the age"."""
    tokens, book = tokenize(text), turnbook(heard.language)
    joined = (at for at in range(2, len(tokens)) if _joins(tokens, at, book))
    return any(p.key == "without" for at in joined for p in book.at(tokens, at))


def _joins(tokens: Sequence[Token], at: int, book: Turnbook) -> bool:
    """Whether a joint stands right before a token."""
    joints = (p for p in book.until(tokens[:at], at) if p.key in _JOINTS)
    return tokens[at - 1].key == "," or next(joints, None) is not None


def _first(whole: Condition, heard: Heard, reader: Hears) -> Collection[Outcome]:
    if heard.command is not None or not (heard.rest or heard.manner is Manner.OPPOSITE):
        return ()
    try:
        return outcomes(whole, heard, reader)
    except Misfit:
        return ()


def _tried(
    whole: Condition, text: str, reader: Hears, language: str, missed: list[Misfit]
) -> Collection[Outcome]:
    """What the first makes of it; that words for editing are understood and fit nowhere is told."""
    heard = hear(text, language, reader.votes)
    if heard.manner is Manner.BARE or heard.command is not None or not heard.rest:
        return _first(whole, heard, reader)
    try:
        return outcomes(whole, heard, reader)
    except Misfit as misfit:
        if misfit.note.code != "edit_not_read":
            missed.append(misfit)
        return ()


def _later(
    whole: Condition, cut: _Cut, reader: Hears, language: str, clauses: int
) -> Collection[Outcome]:
    """What the rest makes of it: one change, with the word that led the first where it has none of
    its own, or several again."""
    heard = hear(cut.tail, language, reader.votes)
    plain = heard.manner is Manner.BARE and not (heard.without or heard.meant)
    text = f"{cut.lead} {cut.tail}" if plain and cut.lead else cut.tail
    if plain and cut.lead:
        heard = hear(text, language, reader.votes)
    found = [*_first(whole, heard, reader)]
    if plain and not cut.lead:  # "and in Lund": there, or there as well
        beside = _first(whole, replace(heard, manner=Manner.AND), reader)
        found += [each for each in beside if all(_of_field(e.before) for e in each.edits)]
    if found:
        return found
    if more := in_turns(whole, text, reader, language, clauses - 1):
        return more
    return outcomes(whole, heard, reader)


def _of_field(condition: Condition | None) -> bool:
    return isinstance(condition, Field)


def _alone(
    whole: Condition, cut: _Cut, reader: Hears, language: str
) -> Collection[Condition | None]:
    """What the rest makes of the segment without the first: the first would have done nothing."""
    texts = (cut.tail, f"{cut.lead} {cut.tail}") if cut.lead else (cut.tail,)
    heard = [hear(text, language, reader.votes) for text in texts]
    return [each.definition for one in heard for each in _first(whole, one, reader)]


def _after(before: Outcome, after: Outcome) -> Outcome:
    """Both changes as one."""
    return Outcome(after.definition, (*before.edits, *after.edits), (*before.notes, *after.notes))
