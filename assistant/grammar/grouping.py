"""One stretch of conditions without "but": and binds tighter than or, juxtaposition tightest.

Where the words leave two groupings open, both are readings, and a question separates them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.grammar.alternatives import alternative, listed, placed
from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.meaning import Unclear, ask_at, meaning
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Compare, Connective, Sort, ValueList
from assistant.grammar.reading import Note
from assistant.grammar.sense import apart
from assistant.grammar.vague import all_of, any_of
from assistant.grammar.variants import Variants, combined, mapped, noted, picked
from assistant.languages.packs import subscribers
from segments.definition import Not

AND_LIKE = frozenset({"", "and", "without", "nor"})
_NOUN_PART = frozenset({FrameKind.FIELD, FrameKind.VAGUE, FrameKind.RANK})


@dataclass(frozen=True, slots=True)
class Part:
    """A frame with its readings and how it hangs on what came before: juxt, and, or, but."""

    frame: Frame
    link: str
    variants: Variants


def grouped(context: Context, frames: Sequence[Frame]) -> Variants:
    """One stretch without but: and binds tighter than or."""
    parts = _parts(context, frames)
    if all(part.link in AND_LIKE for part in parts):
        return _all(context, parts)
    runs: list[list[Part]] = [[]]
    for part in parts:
        if part.link == "or":
            runs.append([])
        runs[-1].append(part)
    if len({f.field for f in frames}) == 1 and all(f.kind is FrameKind.FIELD for f in frames):
        return combined([part.variants for part in parts], any_of)
    said = all(part.link for part in parts[1:])
    if len(parts) > len(runs) and said and all(context.signed(frame) for frame in frames):
        whole = combined([_all(context, run) for run in runs], any_of)
        return noted(whole, Note("and_before_or"))
    return _ored(context, runs)


def _parts(context: Context, frames: Sequence[Frame]) -> list[Part]:
    """The frames with their readings; places to choose among are one part."""
    parts: list[Part] = []
    for at, frame in enumerate(frames):
        variants = meaning(context, frame)
        if at and frame.not_both and frame.connector == "or":
            last = parts[-1]
            parts[-1] = Part(last.frame, last.link, _one_of(last.variants, variants))
        elif at and alternative(context, frames, at):
            last = parts[-1]
            parts[-1] = Part(last.frame, last.link, combined([last.variants, variants], any_of))
        elif at and listed(context, frames, at):
            last, ask = parts[-1], ask_at(frame, "and_or")
            either, both = (combined([last.variants, variants], w) for w in (any_of, all_of))
            open_ = (*picked(either, ask, 0), *picked(both, ask, 1))
            parts[-1] = Part(last.frame, last.link, open_)
        else:
            parts.append(Part(frame, frame.connector, variants))
    return parts


def _one_of(first: Variants, second: Variants) -> Variants:
    """As in "opened or clicked, but not both": one of them, and not the other."""
    both = mapped(combined([first, second], all_of), Not)
    return combined([combined([first, second], any_of), both], all_of)


def _ored(context: Context, runs: list[list[Part]]) -> Variants:
    first, others = runs[0], runs[1:]
    nouns = _noun_part(first)
    clause = first[len(nouns) :]
    plain_others = all(len(run) == 1 for run in others)
    whole = combined([_all(context, run) for run in runs], any_of)
    either = next((at for at, part in enumerate(first) if part.frame.either), 0)
    if either and plain_others:
        inner = combined([_all(context, run) for run in [first[either:], *others]], any_of)
        return combined([_all(context, first[:either]), inner], all_of)
    if len(first) == 1 and plain_others:
        return whole
    if any(run[0].frame.new_group or _repeats(nouns[:1], run) for run in others):
        return _tailed(context, runs, whole)
    if any(_repeats(nouns, run) for run in others):
        return _ranges(context, nouns, runs)
    if not nouns and plain_others and len(clause) == 1:
        return whole
    shared = nouns if clause else first[:-1]
    rest = clause or first[-1:]
    if any(part.link == "and" for run in [rest, *others] for part in run[1:]):
        return _grouping(context, runs, whole)
    inner = combined([_all(context, run) for run in [rest, *others]], any_of)
    if not shared:
        return _tailed(context, runs, whole)
    distributed = combined([_all(context, shared), inner], all_of)
    clear = bool(clause) and all(
        part.frame.kind is FrameKind.EVENT and not part.frame.new_group
        for run in others
        for part in run[:1]
    )
    if clear and len(rest) == 1 and plain_others:
        return distributed
    ask = ask_at(others[0][0].frame, "and_or")
    return (*picked(distributed, ask, 0), *picked(whole, ask, 1))


def _tailed(context: Context, runs: list[list[Part]], whole: Variants) -> Variants:
    """As in "women over 40 or men under 30 in Aarhus": the town may be said of both."""
    fields = {part.frame.field for part in runs[0]}
    events = any(part.frame.kind is FrameKind.EVENT for part in runs[0])
    last = runs[-1]
    cut = len(last)
    while cut > 1:
        frame = last[cut - 1].frame
        new = frame.field not in fields if frame.kind is FrameKind.FIELD else not events
        if not new:
            break
        cut -= 1
    if cut == len(last):
        return whole
    inner = combined([_all(context, run) for run in [*runs[:-1], last[:cut]]], any_of)
    shared = combined([inner, _all(context, last[cut:])], all_of)
    values = cut == 1 and all(len(run) == 1 for run in runs[:-1])
    alike = {run[0].frame.field for run in runs} == {last[0].frame.field}
    if values and alike and _clause(last[cut].frame):
        return shared  # "under 25 or over 60 who bought": all of them did
    ask = ask_at(last[cut].frame, "and_or")
    return (*picked(shared, ask, 0), *picked(whole, ask, 1))


def _ranges(context: Context, nouns: list[Part], runs: list[list[Part]]) -> Variants:
    """As in "women under 25 or over 60": what came before the range holds for both."""
    repeated = runs[1][0].frame.field
    at = next((i for i, part in enumerate(nouns) if part.frame.field == repeated), None)
    if at is None:
        raise Unclear("scope")  # "women over 40 or in Oslo or under 20": over 40, and what else?
    shared, rest = runs[0][:at], runs[0][at:]
    if len(rest) == 1 and all(len(run) == 1 for run in runs[1:]):
        inner = combined([_all(context, run) for run in [rest, *runs[1:]]], any_of)
        return combined([_all(context, shared), inner], all_of)
    if len(rest) > 1 and len(runs) == 2 and len(runs[1]) == len(rest):
        inner = combined([_all(context, run) for run in [rest, runs[1]]], any_of)
        return combined([_all(context, shared), inner], all_of)
    if len(rest) == 1 and len(runs) == 2:
        head, tail = runs[1][:1], runs[1][1:]
        ranges = combined([_all(context, rest), _all(context, head)], any_of)
        wide = combined([_all(context, shared), ranges, _all(context, tail)], all_of)
        inner = combined([_all(context, rest), _all(context, runs[1])], any_of)
        narrow = combined([_all(context, shared), inner], all_of)
        if _clause(tail[0].frame):
            return wide  # "women under 25 or over 60 who bought": all of them did
        ask = ask_at(tail[0].frame, "and_or")
        return (*picked(wide, ask, 0), *picked(narrow, ask, 1))
    raise Unclear("scope")


def _clause(frame: Frame) -> bool:
    """Whether it is a clause on what those did who were just named."""
    return frame.relative and frame.kind is FrameKind.EVENT


def _grouping(context: Context, runs: list[list[Part]], whole: Variants) -> Variants:
    """As in "A and B or C": (A and B) or C, or A and (B or C)? And as in "A or B and C"."""
    if len(runs) == 2 and [len(run) for run in runs] == [1, 2]:
        (first,), (second, third) = runs
        inner = combined([first.variants, second.variants], any_of)
        early = combined([inner, third.variants], all_of)
        ask = ask_at(third.frame, "and_or")
        return (*picked(early, ask, 0), *picked(whole, ask, 1))
    if len(runs) != 2 or len(runs[0]) < 2:
        raise Unclear("scope")
    ask = ask_at(runs[1][0].frame, "and_or")
    if len(runs[1]) == 1:
        inner = combined([runs[0][-1].variants, runs[1][0].variants], any_of)
        late = combined([_all(context, runs[0][:-1]), inner], all_of)
        return (*picked(whole, ask, 0), *picked(late, ask, 1))
    raise Unclear("scope")


def _noun_part(run: Sequence[Part]) -> list[Part]:
    """The leading parts that say who, before the first verb or relative clause."""
    found: list[Part] = []
    for part in run:
        if part.frame.kind not in _NOUN_PART or (part.frame.relative and found):
            break
        if part.link == "and" and found:
            break
        found.append(part)
    return found


def _repeats(nouns: Sequence[Part], run: Sequence[Part]) -> bool:
    """Whether the run begins again with a field that the noun part already had."""
    head = run[0].frame
    return head.kind is FrameKind.FIELD and any(p.frame.field == head.field for p in nouns)


def _all(context: Context, parts: Sequence[Part]) -> Variants:
    """Parts that all hold; but "women in Oslo and men in Bergen" are two groups of people."""
    groups: list[list[Part]] = [[]]
    for part in parts:
        if groups[-1] and part.link == "and" and _clashes(context, groups[-1], part):
            groups.append([])
        groups[-1].append(part)
    if len(groups) == 1:
        return _people(context, parts)
    united = combined(
        [combined([part.variants for part in group], all_of) for group in groups], any_of
    )
    return noted(_tailed(context, groups, united), Note("and_means_or"))


def _people(context: Context, parts: Sequence[Part]) -> Variants:
    """Parts that all hold; where "and" may add people, or "not" may cover two words, both ways."""
    plain = combined([part.variants for part in parts], all_of)
    for index in range(1, len(parts)):
        before, part = parts[index - 1], parts[index]
        added = part.frame.new_group or _buyers_too(before.frame, part.frame)
        if part.link == "and" and added and part.frame.kind is FrameKind.EVENT:
            return _two_groups(parts, index, plain)
        people = before.frame.kind is FrameKind.FIELD or before.frame.form == "buyers"
        fields = people and part.frame.kind is FrameKind.FIELD
        if not fields or part.frame.relative:
            continue
        if part.link == "and" and adds_people(part.frame):
            if _holds(context, before.frame, part.frame):
                continue
            return _two_groups(parts, index, plain)
        # "with no phone number in Oslo", "without consent in Oslo": only that
        lacks = bool(before.frame.known) or (_without(before) and placed(context, part.frame))
        denied = before.frame.negated and not part.frame.negated and not lacks
        goes_on = _goes_on(context, before.frame, part.frame)
        if denied and (part.link == "" or goes_on):
            if _prefixed(context, before.frame):
                continue
            positive = meaning(context, before.frame._replace(negated=False))
            joined = combined([positive, part.variants], any_of if goes_on else all_of)
            pair = mapped(joined, Not)
            rest = [p.variants for i, p in enumerate(parts) if i not in (index - 1, index)]
            ask = ask_at(part.frame, "negation_scope")
            return (*picked(plain, ask, 0), *picked(combined([*rest, pair], all_of), ask, 1))
    return plain


def _buyers_too(before: Frame, frame: Frame) -> bool:
    """As in "women and shampoo buyers": who is either, or both: it is asked."""
    named = frame.form == "buyers" and not (frame.relative or frame.negated)
    return named and (before.kind is FrameKind.FIELD or before.form == "buyers")


def _without(part: Part) -> bool:
    return any(p.payload == Connective("without") for p in part.frame.pieces)


def _goes_on(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether a list of other values may go on with a comma: "not women, silver or gold"."""
    start, end = frame.pieces[0].start, before.pieces[-1].end
    listed = any(said.joint == "or" for said in frame.restrictions)
    return listed and start == end + 1 and context.tokens[end].key == ","


def _prefixed(context: Context, frame: Frame) -> bool:
    """Whether "not" is the beginning of a word, and so only about that: "non-members in Oslo"."""
    return any(p.sort is Sort.NEGATION and context.words(p).endswith("-") for p in frame.pieces)


def _two_groups(parts: Sequence[Part], index: int, plain: Variants) -> Variants:
    """As in "customers who bought A and customers who bought B": both, or the one and the other."""
    groups = [
        combined([p.variants for p in group], all_of) for group in (parts[:index], parts[index:])
    ]
    ask = ask_at(parts[index].frame, "and_or")
    return (*picked(plain, ask, 0), *picked(combined(groups, any_of), ask, 1))


def _holds(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether the conjunct only says more of the same people: after a sign or a bracket, or what
    they agreed to ("and accept e-mail"), unless that is a noun for people as "subscribers" is and
    stands beside another one ("women and subscribers", but "have a birthday in May and …")."""
    agreed = (context.catalogue.fields[frame.field or ""].role or "").startswith("consent")
    bracketed = any(isinstance(p.payload, ValueList) for p in before.pieces)
    structured = bracketed or context.signed(before)
    does = before.yearly or not context.tokens[frame.pieces[-1].end - 1].key.endswith(subscribers())
    return structured or (agreed and does and not frame.new_group)


def adds_people(frame: Frame) -> bool:
    """Whether the conjunct is a bare noun for people, as in "students and women"."""
    first = next((p for p in frame.pieces if p.sort is not Sort.NEGATION), None)
    named = any(p.sort is Sort.FIELD for p in frame.pieces)  # "gold tier" is nobody
    bare = frame.bare and first is not None and first.sort is Sort.VALUE and not named
    noun = frame.new_group or bare
    return noun and not frame.negated


def _clashes(context: Context, group: Sequence[Part], part: Part) -> bool:
    frame = part.frame
    if frame.kind is not FrameKind.FIELD or frame.negated:
        return False
    if isinstance(frame.compare, Compare):
        return any(_beyond_each_other(other.frame, frame) for other in group)
    if not frame.restrictions:
        return False
    if frame.relative and not frame.new_group:
        return False  # "who …, and who …" are the same people
    if context.many(None, frame.field or ""):
        return False
    return any(
        other.frame.kind is FrameKind.FIELD
        and other.frame.field == frame.field
        and not other.frame.negated
        and bool(other.frame.restrictions)
        for other in group
    )


def _beyond_each_other(before: Frame, frame: Frame) -> bool:
    """As in "under 25 and over 60": nobody is both."""
    if before.field != frame.field or before.negated or not isinstance(before.compare, Compare):
        return False
    assert isinstance(frame.compare, Compare)
    return apart([before.compare.test, frame.compare.test])
