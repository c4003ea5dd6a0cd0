"""Frames -> the whole definition, in every reading that the connectives allow.

But is the loosest connective, except takes away; `grouping` does what stands between them.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.alike import made_among
from assistant.grammar.apart_from import goods_apart
from assistant.grammar.carts import filled
from assistant.grammar.chains import Rows, chained
from assistant.grammar.factoring import factored
from assistant.grammar.frames import ITEM, Frame, FrameKind
from assistant.grammar.grouping import adds_people, grouped
from assistant.grammar.meaning import Unclear, ask_at
from assistant.grammar.meaning.groupings import grouped_inside
from assistant.grammar.moves.context import Context
from assistant.grammar.newcomers import newly
from assistant.grammar.pairing import paired
from assistant.grammar.pieces import Sort, VagueWord, When
from assistant.grammar.spreading import spread
from assistant.grammar.vague import CHANGES, all_of
from assistant.grammar.variants import Variant, Variants, combined, mapped, picked
from segments.definition import Ago, All, Condition, Not, Rank

_AFTERWARDS = frozenset({"return", "review", "support", "visit"})  # what may follow a purchase


def definition(context: Context, frames: Sequence[Frame]) -> Variants:
    """Every reading of the frames together. Raises Unclear."""
    if not frames:
        raise Unclear("no_condition")
    found: Variants = ()
    rows = chained(context, _closing_window(paired(filled(context, frames))))
    for row, chosen in _with_goods_apart(context, rows):
        _check(context, row)
        for read, meant in newly(context, [_opened(context, frame) for frame in factored(row)]):
            for frames_read, picks in spread(context, _linked(read)):
                variants = _whole(context, frames_read)
                for ask, index in (*chosen, *meant, *picks):
                    variants = picked(variants, ask, index)
                found += variants
    return found


def _with_goods_apart(context: Context, rows: Rows) -> Rows:
    """The rows with goods that are excepted from others taken in both ways."""
    if not any(frame.connector == "except" for row, _ in rows for frame in row):
        return rows
    apart = [(goods_apart(context, row), chosen) for row, chosen in rows]
    return [(made, (*chosen, *picks)) for found, chosen in apart for made, picks in found]


def _opened(context: Context, frame: Frame) -> Frame:
    """A group with the readings of what stands in its brackets."""
    if frame.kind is not FrameKind.GROUP:
        return frame
    inside = definition(context, frame.inner)
    if frame.grouping is not None:
        inside = grouped_inside(context, frame.grouping, inside)
    return frame._replace(inside=inside)


def _closing_window(frames: Sequence[Frame]) -> Sequence[Frame]:
    """A time after a comma at the end holds for all that was done: "A, but not B, in May"."""
    last, before = frames[-1], frames[:-1]
    alone = last.kind is FrameKind.HEADLESS and last.window is not None
    said = last.restrictions or last.texts or last.compare or last.negated or last.mode
    done = [frame for frame in before if frame.kind is FrameKind.EVENT]
    if alone and last.which is not None and before:
        return [*before, _of_the_same(before[-1], last)]
    if not alone or said or last.connector != "comma" or not done:
        return frames
    if any(frame.window is not None or frame.which is not None for frame in done):
        return frames
    return [f._replace(window=last.window) if f.kind is FrameKind.EVENT else f for f in before]


# --- what must not stand together


def _of_the_same(before: Frame, last: Frame) -> Frame:
    """As in "bought twice, last in March": the last of what was said before it. Raises Unclear."""
    told = last.restrictions or last.texts or last.compare or last.negated or last.mode
    plain = before.kind is FrameKind.EVENT and not (before.negated or before.which or before.window)
    if told or not plain or before.sole >= 0 or before.form not in ("verb", "noun"):
        raise Unclear("scope")
    again = last._replace(kind=FrameKind.EVENT, event=before.event, form="verb", elliptic=True)
    return again._replace(restrictions=before.restrictions, texts=before.texts)


def _check(context: Context, frames: Sequence[Frame]) -> None:
    timed = [f for f in frames if f.window is not None or f.kind is FrameKind.EVENT]
    for index, frame in enumerate(frames):
        if index and _ranked_by_field(context, frames[index - 1], frame):
            raise Unclear("rank_by_field", words=context.words(frame.pieces[-1]))
        if isinstance(frame.window, When) and frame.window.within and not frame.newest():
            event = context.catalogue.events.get(frame.event or "")
            if len(timed) > 1 or (event is not None and event.role in _AFTERWARDS):
                raise Unclear("not_yet", what="sequence")
        asserted = not frame.negated and frame.consent != "refused"
        if frame.connector == "but" and frame.kind is FrameKind.FIELD and asserted:
            first = frame.pieces[0].sort
            if frame.new_group or (frame.bare and first is Sort.VALUE and not frame.relative):
                raise Unclear("scope")  # "everyone but women" takes the women away
        if index and _consent_head(context, frames[index - 1], frame):
            raise Unclear("scope")
        before = frames[index - 1] if index else None
        if before is not None and _says_nothing(context, before, frame):
            raise Unclear("scope")
        if before is not None and _changed_in(before, frame):
            raise Unclear("not_yet", what="comparison")
        if _more_of_the_same(before, frame):
            raise Unclear("scope")
        joined = before is not None and frame.elliptic and frame.connector == "and"
        if joined and before is not None and _ago(before) and _ago(frame):
            raise Unclear("scope")  # once, between the two, or twice?
        if frame.kind is not FrameKind.HEADLESS or before is None or frame.compare is not None:
            continue
        if before.kind is FrameKind.EVENT and frame.connector and not _own_event(before, frame):
            raise Unclear("scope")


def _ranked_by_field(context: Context, before: Frame, frame: Frame) -> bool:
    """As in "top 100 by points": what is kept of a customer ranks nobody."""
    numeric = frame.waiting() and context.catalogue.fields[frame.field or ""].numeric
    return numeric and before.kind is FrameKind.RANK and before.event is None


def _changed_in(before: Frame, frame: Frame) -> bool:
    """As in "spend less than before on hair care": less of that, which is not counted."""
    said = before.vague
    bare = frame.kind is FrameKind.HEADLESS and not (frame.connector or frame.relative)
    return bare and isinstance(said, VagueWord) and said.concept in CHANGES


def _says_nothing(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether what one says is no condition beside what was said before it."""
    if before.sole >= 0 and frame.elliptic:
        return True  # "only bought in store but not in 2025"
    if _left_twice(context, before, frame):
        return True  # "abandoned their cart twice": counted is what was abandoned
    if _other_people(context, before, frame):
        return True  # "women without men" are no women who are not men
    return _said_already(before, frame)  # "not bought in store, neither in 2024 nor 2025"


def _other_people(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether those are denied by "without" whom nobody of those before it can be."""
    fields = [f.field for f in (before, frame) if f.kind is FrameKind.FIELD and f.restrictions]
    same = len(fields) == 2 and fields[0] == fields[1] and not context.many(None, fields[0] or "")
    return same and frame.connector == "without" and not before.negated


def _said_already(before: Frame, frame: Frame) -> bool:
    """Whether what is denied for a time was just denied for all time, so that the time must be of
    both."""
    same = frame.elliptic and before.event == frame.event
    denied = before.negated and frame.negated and frame.window is not None
    plain = before._replace(restrictions=()).fresh() and not before.anything
    return same and denied and plain and before.restrictions == frame.restrictions


def _left_twice(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether the cart that was abandoned was read as one more thing that was done."""
    left = before.vague is not None and before.vague.concept == "abandoned_cart"
    cart = frame.event is not None and context.catalogue.events[frame.event].role == "cart"
    return left and cart and not frame.connector


def _own_event(before: Frame, frame: Frame) -> bool:
    """Whether all that waits for its event can be of one other event only, in a clause of its own:
    "have bought and have complained", where a complaint is what somebody contacted us about."""
    if not (frame.relative or frame.auxiliary):
        return False
    named = [{o.event for o in options} for r in frame.restrictions for options in r.options]
    return bool(named) and all(len(events) == 1 and before.event not in events for events in named)


def _more_of_the_same(before: Frame | None, frame: Frame) -> bool:
    """Whether a value that takes over the verb is but one more of the list before it: "shampoo in
    2025 and conditioner". It is a purchase of its own where it has a time of its own."""
    if before is None or not frame.elliptic or frame.window or frame.negated or not before.window:
        return False
    if not (before.restrictions and frame.restrictions) or frame.connector == "but":
        return False
    return before.restrictions[-1].options[0][0].name == frame.restrictions[0].options[0][0].name


def _ago(frame: Frame) -> bool:
    return isinstance(frame.window, When) and isinstance(frame.window.window, Ago)


def _consent_head(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether "e-mail" may be half of a consent ("email or sms consent")."""
    if frame.relative:
        return False
    roles = [
        context.catalogue.fields[f.field].role or "" for f in (before, frame) if f.field is not None
    ]
    known = any(f.known is not None for f in (before, frame))
    said = [o for r in before.restrictions for options in r.options for o in options]
    channel = before.kind is FrameKind.HEADLESS and any(
        context.attribute(o.event, o.name).role == "channel" for o in said if o.event is not None
    )
    joined = bool(frame.connector) and ((known and "email" in roles) or channel)
    return joined and any(role.startswith("consent") for role in roles)


# --- connectives, made plain


def _linked(frames: Sequence[Frame]) -> list[Frame]:
    """Commas become what the list's last connective says, or nothing before a relative clause."""
    kinds = {frame.connector for frame in frames}
    if {ITEM, "or"} <= kinds:
        raise Unclear("scope")  # one "or" in a list: between the last two, or between all?
    linked = [f._replace(connector="and") if f.connector == ITEM else f for f in frames]
    following = ""
    for index in range(len(linked) - 1, -1, -1):
        frame = linked[index]
        if frame.connector == "comma":
            kind = "" if frame.relative or following != "or" else following
            linked[index] = frame._replace(connector=kind or ("and" if frame.connector else ""))
        elif frame.connector:
            following = frame.connector
    if linked:
        first = linked[0]
        if first.connector not in ("", "except", "without", "nor"):
            linked[0] = first._replace(connector="")
    return linked


# --- grouping


def _whole(context: Context, frames: Sequence[Frame]) -> Variants:
    index = next((i for i, f in enumerate(frames) if f.connector == "among"), None)
    if index is not None:
        return _made_among(context, frames, index)
    index = next((i for i, f in enumerate(frames) if f.connector == "except"), None)
    if index is None:
        return _buts(context, frames)
    excluded = [frames[index]._replace(connector=""), *frames[index + 1 :]]
    excluded = [_any_of(context, f) for f in excluded]
    if len(excluded) == 2 and excluded[1].relative and not any(f.new_group for f in excluded):
        return _who_did(context, frames[:index], excluded)
    if any(f.connector not in ("", "or", "and", "nor") for f in excluded):
        raise Unclear("scope")
    if (rest := _after_comma(context, excluded)) is not None:
        return _left_or_asked_for(context, frames[:index], excluded, rest)
    if _after_list(excluded):
        return _of_the_last(context, frames[:index], *excluded)
    without = mapped(_left_out(context, excluded), Not)
    if index == 0:
        return without
    return combined((_buts(context, frames[:index]), without), All)


def _left_out(context: Context, excluded: Sequence[Frame]) -> Variants:
    """Who is left out: "women in Oslo and men in Bergen" are all of them, "those who bought and
    opened" did both. Raises Unclear."""
    first, *others = excluded
    clause = first.kind is FrameKind.EVENT
    if clause and not any(f.new_group or f.kind is not FrameKind.EVENT for f in others):
        return grouped(context, excluded)
    if any(f.connector == "nor" for f in others):
        raise Unclear("scope")
    bare = [f._replace(bare=f.bare or _listed(context, f)) for f in excluded]
    added = [f.new_group or adds_people(f) for f in bare]
    listed = zip(others, added[1:], strict=True)
    if any(f.connector == "and" and not people for f, people in listed):
        raise Unclear("scope")
    alone = any(f.connector == "and" for f in others) and any(f.waiting() for f in excluded)
    if alone or (not all(added) and any(f.relative and not f.new_group for f in others)):
        raise Unclear("scope")  # "except Oslo who have bought and opened": who has?
    united = [
        f._replace(connector="or", new_group=True) if f.connector == "and" else f for f in excluded
    ]
    return grouped(context, united)


def _listed(context: Context, frame: Frame) -> bool:
    """Whether a comma stands right before it."""
    start = min(piece.start for piece in frame.pieces)
    return start > 0 and context.tokens[start - 1].key == ","


def _comma_before(context: Context, frame: Frame, before: Frame) -> bool:
    """Whether a comma, and no word, ends what stands before it."""
    end = max(piece.end for piece in before.pieces)
    start = min(piece.start for piece in frame.pieces)
    return start > end and context.tokens[end].key == ","


def _who_did(context: Context, before: Sequence[Frame], excluded: Sequence[Frame]) -> Variants:
    """As in "everyone in Norway except Oslo who bought tea": all of them did, or only those are
    left out who did? Raises Unclear."""
    away, clause = excluded[0], excluded[1]._replace(connector="")
    told = excluded[1].connector and not _comma_before(context, excluded[1], away)
    if told or away.kind is not FrameKind.FIELD:
        raise Unclear("scope")
    did = combined((mapped(grouped(context, [away]), Not), grouped(context, [clause])), all_of)
    left = mapped(grouped(context, [away, clause]), Not)
    ask = ask_at(clause, "negation_scope")
    found = (*picked(did, ask, 0), *picked(left, ask, 1))
    return combined((_buts(context, before), found), all_of) if before else found


def _after_list(excluded: Sequence[Frame]) -> bool:
    """Whether one thing more is said after several that are left out."""
    if len(excluded) != 2 or excluded[0].kind is not FrameKind.FIELD:
        return False
    several = [len(said.options) > 1 for said in excluded[0].restrictions] == [True]
    return several and excluded[1].connector == "" and not excluded[1].relative


def _of_the_last(context: Context, before: Sequence[Frame], away: Frame, clause: Frame) -> Variants:
    """As in "everyone except VIPs, staff and students in Malmö": it may be said of all of those, of
    the students, or of everyone who is asked for."""
    said = away.restrictions[0]
    rest, last = (
        away._replace(restrictions=(replace(said, options=options, joint="or"),))
        for options in (said.options[:-1], said.options[-1:])
    )
    left = mapped(grouped(context, [away, clause]), Not)
    others = mapped(grouped(context, [rest]), Not)
    only = combined((others, mapped(grouped(context, [last, clause]), Not)), all_of)
    asked_for = combined(
        (mapped(grouped(context, [away]), Not), grouped(context, [clause])), all_of
    )
    ask = ask_at(clause, "negation_scope")
    found: Variants = ()
    for choice, variants in enumerate((left, only, asked_for)):
        found += picked(variants, ask, choice)
    return combined((_buts(context, before), found), all_of) if before else found


def _after_comma(context: Context, excluded: Sequence[Frame]) -> int | None:
    """Where a comma ends what is left out, unless it stands in a list."""
    if len({(f.kind, f.field) for f in excluded}) == 1 and excluded[0].kind is FrameKind.FIELD:
        return None
    for index in range(1, len(excluded)):
        end = max(piece.end for piece in excluded[index - 1].pieces)
        start = min(piece.start for piece in excluded[index].pieces)
        if any(token.key == "," for token in context.tokens[end:start]):
            listed = any(frame.connector in ("and", "or") for frame in excluded[index + 1 :])
            return None if listed else index
    return None


def _left_or_asked_for(
    context: Context, before: Sequence[Frame], excluded: Sequence[Frame], rest: int
) -> Variants:
    """As in "except those who bought in May, customers in Malmö": are these asked for, or left out
    too? It is asked."""
    first, *others = excluded[rest:]
    away, clause = excluded[:rest], [first._replace(connector=""), *others]
    asked_for = combined((mapped(grouped(context, away), Not), grouped(context, clause)), all_of)
    united = [
        f._replace(connector="or") if index == rest else f for index, f in enumerate(excluded)
    ]
    left = mapped(grouped(context, united), Not)
    ask = ask_at(first, "negation_scope")
    found = (*picked(asked_for, ask, 0), *picked(left, ask, 1))
    return combined((_buts(context, before), found), all_of) if before else found


def _any_of(context: Context, frame: Frame) -> Frame:
    """As in "except VIPs and staff": neither the ones nor the others."""
    if frame.kind is not FrameKind.FIELD or not context.many(None, frame.field or ""):
        return frame
    said = tuple(replace(r, joint="or") if r.joint == "and" else r for r in frame.restrictions)
    return frame._replace(restrictions=said)


def _made_among(context: Context, frames: Sequence[Frame], index: int) -> Variants:
    """As in "the 100 who spent the most among women in Oslo". Raises Unclear."""
    before, after = frames[:index], [frames[index]._replace(connector=""), *frames[index + 1 :]]
    ranked = before[0] if len(before) == 1 and before[0].kind is FrameKind.RANK else None
    if ranked is None or ranked.negated or ranked.connector:
        raise Unclear("scope")
    return combined((_whole(context, before), _whole(context, after)), _among_those)


def _among_those(parts: tuple[Condition, ...]) -> Condition:
    ranked, members = parts
    assert isinstance(ranked, Rank)
    return replace(ranked, among=members)


def _buts(context: Context, frames: Sequence[Frame]) -> Variants:
    parts: list[list[Frame]] = [[]]
    for frame in frames:
        if frame.connector == "but" and parts[-1]:
            parts.append([])
        first = not parts[-1] and frame.connector
        parts[-1].append(frame._replace(connector="") if first else frame)
    return _among(combined([grouped(context, part) for part in parts], all_of), frames)


def _among(variants: Variants, frames: Sequence[Frame]) -> Variants:
    """A ranking beside other conditions: among all customers, or among those. Who is most like
    others is chosen among those who are meant."""
    if any(frame.vague is not None and frame.vague.alike for frame in frames):
        variants = mapped(variants, lambda whole: made_among(_flat(whole)))
    ranked = [frame for frame in frames if frame.kind is FrameKind.RANK]
    if len(ranked) != 1 or len(frames) == 1:
        return variants
    ask = ask_at(ranked[0], "rank_among")
    found: Variants = ()
    for variant in variants:
        inside = _ranked_inside(variant.condition)
        if inside is None:
            return variants
        within = Variant(inside, variant.picks, variant.notes)
        if _embraces(ranked[0], frames):
            found += (within,)
            continue
        found += (*picked((within,), ask, 0), *picked((variant,), ask, 1))
    return found


def _embraces(ranked: Frame, frames: Sequence[Frame]) -> bool:
    """Whether the others stand inside it: "the top 50 in Norway by orders"."""
    start, end = ranked.pieces[0].start, max(piece.end for piece in ranked.pieces)
    others = [piece for f in frames if f is not ranked for piece in f.pieces]
    return bool(others) and all(start < piece.start and piece.end < end for piece in others)


def _ranked_inside(condition: Condition) -> Condition | None:
    if not isinstance(condition, All):
        return None
    parts = _flat(condition)
    ranks = [part for part in parts if isinstance(part, Rank)]
    rest = tuple(part for part in parts if not isinstance(part, Rank))
    if len(ranks) != 1 or not rest:
        return None
    return replace(ranks[0], among=all_of(rest))


def _flat(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, All):
        return tuple(leaf for part in condition.parts for leaf in _flat(part))
    return (condition,)
