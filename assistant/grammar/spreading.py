"""What is said once for two: a negation, a year, a window or an object that holds for both.

Each rule looks at two neighbouring frames. Where the words leave no doubt what was meant the frames
are changed; where they do, both ways are kept, and a question separates them.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from assistant.grammar.denials import denied_for_all
from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.meaning import Unclear, ask_at
from assistant.grammar.mixing import unmixed
from assistant.grammar.moves.context import LAPSED, Context
from assistant.grammar.moves.verb_last import verbs_shared
from assistant.grammar.pieces import Compare, EventWord, Negation, Owned, Sort, VagueWord, When
from assistant.grammar.receiving import sent_or_agreed
from assistant.grammar.tokens import keys
from assistant.grammar.variants import Ask
from assistant.grammar.years import (
    Year,
    earlier,
    following,
    in_year,
    lacks_year,
    plain_year,
    year_of,
)
from assistant.languages.packs import newsletters
from segments.definition import (
    Calendar,
    Operator,
    Period,
    Reach,
    Rolling,
    Several,
    Stretch,
    Test,
    Turn,
    Window,
)

Row = tuple[list[Frame], tuple[tuple[Ask, int], ...]]
Rule = Callable[[Context, Row, int], list[Row]]

# What is done to a thing, apart from how or where: only the thing is carried from verb to verb.
OBJECTS = frozenset(
    {"product", "category", "subcategory", "product_type", "brand", "need", "department"}
    | {"campaign", "campaign_kind", "query", "topic"}
)
_MESSAGES = frozenset({"receive", "open", "click", "unsubscribe"})
_STEPS = ("receive", "open", "click")  # what is done with one message, in turn
_APART = frozenset({"except"})
_AT_LEAST = frozenset({Operator.GE, Operator.GT, Operator.EQ})


def spread(context: Context, frames: list[Frame]) -> list[Row]:
    """Every way to share what was said once, each with the picks that led to it. Raises Unclear."""
    if any(frame.window == LAPSED for frame in frames):
        _check_lapsed(frames)
    _check_left_out(frames)
    rows: list[Row] = [(unmixed(verbs_shared(frames)), ())]
    last = len(rows[0][0])
    for rule in (_negations, _years_before, _years_after, _counts, _objects, _manners):
        for index in range(1, last):
            rows = [new for row in rows for new in rule(context, row, index)]
    rows = [new for row in rows for new in sent_or_agreed(context, row)]
    for index in range(last - 1, 0, -1):
        rows = [new for row in rows for new in _windows(context, row, index)]
    for index in range(last - 1, 1, -1):
        rows = [new for row in rows for new in _denied(row, index)]
    if any(frame.pronoun for row, _ in rows for frame in row):
        raise Unclear("scope")  # "it" stands for something that cannot be told
    return [(_in_either(row), picks) for row, picks in rows]


def _check_lapsed(frames: list[Frame]) -> None:
    """Raises Unclear where "no longer" may hold for the next verb too: "opens or clicks"."""
    for before, frame in pairwise(frames):
        done = frame.kind in (FrameKind.EVENT, FrameKind.HEADLESS) and not _own_clause(frame)
        plain = frame.connector == "but" and not (frame.elliptic and frame.negated)
        if before.window == LAPSED and done and not plain:
            raise Unclear("scope")  # nor is "stopped buying tea but not soap": no soap at all?


def _check_left_out(frames: list[Frame]) -> None:
    """Raises Unclear where what is left out is of those left out before: "not women unless gold"
    lets women in who are."""
    for before, frame in pairwise(frames[:2]):
        fields = before.kind is FrameKind.FIELD and frame.kind is FrameKind.FIELD
        if fields and before.negated and not before.connector and frame.connector in _APART:
            raise Unclear("scope")


def _verb_before(frames: list[Frame], index: int) -> int:
    """The nearest event before a frame, past what was only said of the customer in between."""
    at = index - 1
    while at > 0 and frames[at].kind is FrameKind.FIELD and not frames[at].relative:
        if frames[at].connector not in ("", "or"):
            return index - 1
        at -= 1
    return at if frames[at].kind is FrameKind.EVENT else index - 1


def _own_clause(frame: Frame) -> bool:
    return frame.relative or frame.auxiliary or frame.new_group


def _changed(row: Row, index: int, frame: Frame) -> Row:
    frames, picks = row
    return [*frames[:index], frame, *frames[index + 1 :]], picks


def _choice(ask: Ask, *rows: Row) -> list[Row]:
    return [(frames, (*picks, (ask, i))) for i, (frames, picks) in enumerate(rows)]


def _negations(context: Context, row: Row, index: int) -> list[Row]:
    """As in "Not opened or clicked" negates both; "not opened and clicked" is a question."""
    before, frame = row[0][index - 1], row[0][index]
    without = before.connector == "without"
    kinds = {before.kind, frame.kind}
    same = kinds == {FrameKind.EVENT} or (without and kinds <= {FrameKind.EVENT, FrameKind.FIELD})
    same = same or (before.connector == "nor" and kinds == {FrameKind.FIELD})
    said = kinds <= {FrameKind.EVENT, FrameKind.FIELD} and frame.connector == "or"
    same = same or (said and not (context.signed(before) or context.signed(frame)))
    if not same or not before.negated or frame.negated or _own_clause(frame):
        return [row]
    if frame.connector not in ("or", "and") or before.connector in _APART:
        return [row]
    if frame.which is not None and before.form == "verb":
        return [row]  # "not opened, last order over 90 days ago": no verb is left to deny
    if frame.connector == "and" and _of_its_own(before) and _of_its_own(frame):
        return [row]  # "never returned anything and opened at least two letters"
    both = _changed(row, index, frame._replace(negated=True, connector="nor"))
    if frame.connector == "or" and _alike(context, before, frame) and not _bounded(frame):
        return [both]
    return _choice(ask_at(frame, "negation_scope"), row, both)


def _denied(row: Row, index: int) -> list[Row]:
    """As in "bought and opened in 2025, but neither in 2026"; with "not", it may be the last."""
    found = denied_for_all(row[0], index)
    if found is None:
        return [row]
    both = found[0], row[1]
    return [both] if found[1] else _choice(ask_at(row[0][index], "negation_scope"), row, both)


def _of_its_own(frame: Frame) -> bool:
    """Whether it says all of its own: of a denied one that it is of nothing at all ("no returns"),
    of another how many at least."""
    if frame.negated:
        none = (p for p in frame.pieces if isinstance(p.payload, Negation) and p.payload.none)
        return frame.anything or next(none, None) is not None
    counted = isinstance(frame.compare, Compare) and frame.compare.test.operator in _AT_LEAST
    return counted and frame.form in ("verb", "spend", "noun")


def _bounded(frame: Frame) -> bool:
    """Whether a number of its own is said of it: "not returned, or at least 5 orders"."""
    return _of_its_own(frame) and not frame.elliptic and not frame.negated


def _alike(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether both are events, or both say the same kind of thing of the customer."""
    if FrameKind.EVENT in (before.kind, frame.kind):
        return before.kind is frame.kind
    roles = [context.catalogue.fields[f.field or ""].role or "" for f in (before, frame)]
    return all(role.startswith("consent") for role in roles)


def _years_before(context: Context, row: Row, index: int) -> list[Row]:
    """As in "November and December 2024": the year holds for both, and for more in a row."""
    before, frame = row[0][index - 1], row[0][index]
    first, second = _parts(before, frame)
    if not lacks_year(first) or (year := year_of(second)) is None:
        return [row]
    same = _dated_back(row, index - 1, year)
    alike = _unit(first) == _unit(second)
    return [same] if alike else _choice(ask_at(frame, "window_scope"), same, row)


def _parts(before: Frame, frame: Frame) -> tuple[Window | None, Window | None]:
    """The times of two neighbours; none where a clause of its own has its own year."""
    both = isinstance(before.window, When) and isinstance(frame.window, When)
    if not both or frame.relative:
        return None, None
    assert isinstance(before.window, When)
    assert isinstance(frame.window, When)
    return before.window.window, frame.window.window


def _years_after(context: Context, row: Row, index: int) -> list[Row]:
    """As in "November 2024 and December": the year holds for both, or the next one does."""
    before, frame = row[0][index - 1], row[0][index]
    first, second = _parts(before, frame)
    if first is None or second is None or not lacks_year(second):
        return [row]
    whole = plain_year(first) if frame.elliptic and frame.negated else None
    if whole is not None:  # "bought last year but not in July": of that year, or the last one?
        inside = _dated(row, index, whole)
        if whole[1] is Turn.THIS_YEAR:
            return [inside]
        return _choice(ask_at(frame, "window_scope"), inside, row)
    if (year := year_of(first)) is None:
        return [row]
    if frame.negated and frame.elliptic and _of_two_years(row[0], index, year):
        raise Unclear("scope")  # "in July 2024 and 2025 but not in August": of which year?
    same = _dated(row, index, year)
    next_year = following(year)
    if not frame.elliptic or _unit(first) != _unit(second):
        return _choice(ask_at(frame, "window_scope"), same, row)
    if next_year is not None and earlier(second, first):  # "November 2024 and January"
        return _choice(ask_at(frame, "window_scope"), _dated(row, index, next_year), same)
    return [same]


def _of_two_years(frames: list[Frame], index: int, year: Year) -> bool:
    """Whether the time before the last one lies in another year than that."""
    if index < 2 or not frames[index - 1].elliptic:
        return False
    said = frames[index - 2].window
    other = year_of(said.window) if isinstance(said, When) else None
    return other is not None and other != year


def _in_either(frames: list[Frame]) -> list[Frame]:
    """As in "new subscribers in July and August": nobody is new twice, so it is in either."""
    found: list[Frame] = []
    for frame in frames:
        before = found[-1] if found else None
        either = None if before is None else _either(before, frame)
        if before is None or either is None:
            found.append(frame)
            continue
        pieces = (*before.pieces, *frame.pieces)
        found[-1] = before._replace(window=When(either), pieces=pieces)
    return found


def _either(before: Frame, frame: Frame) -> Several | None:
    """Both times of one first or last; None where it is not one that both are said of."""
    once = frame.elliptic and frame.connector == "and" and before.event == frame.event
    which = frame.which
    if not once or which is None or which != before.which or which.reach is not Reach.NTH:
        return None
    if before.negated or frame.negated or before.restrictions != frame.restrictions:
        return None
    said, more = before.window, frame.window
    if not isinstance(said, When) or not isinstance(more, When):
        return None
    first = said.window.windows if isinstance(said.window, Several) else (said.window,)
    stretches = tuple(w for w in (*first, more.window) if isinstance(w, Stretch))
    return Several(stretches) if len(stretches) == len(first) + 1 else None


def _dated(row: Row, index: int, year: Year) -> Row:
    """The row with one part of the year in that year, where the year has it."""
    frame = row[0][index]
    assert isinstance(frame.window, When)
    said = in_year(frame.window.window, year)
    if said is None:
        return row
    return _changed(row, index, frame._replace(window=replace(frame.window, window=said)))


def _dated_back(row: Row, index: int, year: Year) -> Row:
    """The row with a part of the year in that year, and those listed before it."""
    dated = _dated(row, index, year)
    frames = row[0]
    listed = index > 0 and frames[index].elliptic and not frames[index].relative
    before = frames[index - 1].window if listed else None
    if isinstance(before, When) and lacks_year(before.window):
        return _dated_back(dated, index - 1, year)
    return dated


def _counts(context: Context, row: Row, index: int) -> list[Row]:
    """As in "at least 5 orders and 10 visits": at least ten, or exactly ten."""
    before, frame = row[0][index - 1], row[0][index]
    if not isinstance(before.compare, Compare) or before.compare.bare or frame.relative:
        return [row]
    if frame.connector not in ("and", "or") or frame.kind is not FrameKind.EVENT:
        return [row]
    if frame.negated or (frame.one and frame.compare is None):
        return [row]  # "at most 2 orders and no returns", "at least 5 orders and a visit"
    said = frame.compare
    plain = not (frame.restrictions or frame.distinct or frame.which or frame.number_filter)
    if isinstance(said, Compare) and said.bare and said.unit.money is None:
        test = Test(before.compare.test.operator, said.test.values)
        if test.operator is Operator.BETWEEN or said.test.values == (0,):
            return [row]  # "zero times" is none, whatever was said before
        carried = replace(said, test=test, bare=False)
    elif said is None and frame.form == "noun" and plain and before.form == "noun":
        carried = before.compare
    else:
        return [row]
    if before.compare.unit.money is not None:
        return [row]
    shared = _changed(row, index, frame._replace(compare=carried))
    return _choice(ask_at(frame, "readings"), shared, row)


def _unit(period: object) -> tuple[bool, ...]:
    """What kind of part of the year it is."""
    if not isinstance(period, Period):
        return ()
    parts = (
        *(period.half, period.quarter, period.month, period.week),
        *(period.day, period.weekday, period.named),
    )
    return tuple(part is not None for part in parts)


# --- things


def _objects(context: Context, row: Row, index: int) -> list[Row]:
    """As in "opened or clicked the newsletter" and "viewed shampoo but did not buy it"."""
    at = _verb_before(row[0], index)
    before, frame = row[0][at], row[0][index]
    if frame.pronoun and _any_message(context, before, frame):
        return [_changed(row, index, frame._replace(pronoun=False))]
    if frame.pronoun and before.kind is FrameKind.EVENT:
        meant = _meant(before, frame)
        counted = before.compare is not None and before.window is not None
        if counted and same_message(context, before, frame):
            # as in "got three mails in May but opened none of them": none of those
            window = frame.window or before.window
            meant = meant._replace(window=window, shared=frame.window is None)
        return [_changed(row, index, meant)]
    if frame.pronoun and (opened := _subscribed(context, before, frame)) is not None:
        return [_changed(row, index, opened)]
    if not _two_verbs(before, frame) or frame.connector in ("", "except"):
        return [row]
    if before.anything or frame.anything:
        return [row]
    if frame.relative and (frame.form == "spend" or frame.sole >= 0):
        return [row]  # a clause that says all of its own
    if _bare_verb(before) and not frame.relative:
        carried = _carried(_things(context, frame) or _messages(context, frame), before)
        if carried is None:
            return [row]
        return [_changed(row, at, carried)]
    things = _things(context, before) or _messages(context, before)
    if frame.negated and before.texts and not things:
        things = _sought(context, before, frame)
    if not _thingless(context, frame) or not things:
        return [row]
    carried = _carried(things, frame)
    if carried is None:
        return [row]
    shared = _changed(row, index, carried)
    if same_message(context, before, frame):
        return [shared]
    return _choice(ask_at(frame, "object_scope"), shared, row)


def same_message(context: Context, before: Frame, frame: Frame) -> bool:
    """As in "received the newsletter but did not open": nobody opens something else instead."""
    if before.event is None or frame.event is None:
        return False
    roles = [context.catalogue.events[event].role for event in (before.event, frame.event)]
    steps = [_STEPS.index(role) for role in roles if role in _STEPS]
    bare = frame._replace(window=None, pronoun=False, restrictions=())
    denied = frame.negated and not before.negated and bare.fresh()
    return denied and len(steps) == len(roles) and steps[0] < steps[1]


def _any_message(context: Context, before: Frame, frame: Frame) -> bool:
    """As in "got a mailing but never opened it": whichever it was."""
    named = any(
        isinstance(p.payload, EventWord) and p.payload.form == "noun" for p in before.pieces
    )
    bare = named and not (before.restrictions or before.texts or before.details or before.which)
    return bare and before.event != frame.event and same_message(context, before, frame)


def _subscribed(context: Context, before: Frame, frame: Frame) -> Frame | None:
    """As in "subscribed to the newsletter but never opened it": "it" is the newsletter."""
    agreed = before.field is not None and bool(before.consent) and not before.negated
    tokens = (token.key for p in before.pieces for token in context.tokens[p.start : p.end])
    named = agreed and any(key in newsletters() for key in tokens)
    if not named or frame.event is None:
        return None
    if context.catalogue.events[frame.event].role not in _MESSAGES:
        return None
    values = context.shop.role_values("campaign_kind", "newsletter")
    owned = tuple(o for o in values if o.event == frame.event)
    added = (Restriction((owned,)),) if owned else ()
    return frame._replace(restrictions=(*added, *frame.restrictions), pronoun=False)


def _sought(context: Context, before: Frame, frame: Frame) -> tuple[Restriction, ...]:
    """What was searched for as the thing of another event: "searched for tea but did not buy"."""
    found: list[Restriction] = []
    for text in before.texts:
        named = (word for _, word in context.shop.words.named(keys(text)))
        owned = tuple(o for o in named if isinstance(o, Owned) and o.event == frame.event)
        found += [Restriction((owned,))] if owned else []
    return tuple(found)


def _meant(before: Frame, frame: Frame) -> Frame:
    """The frame with what "it" stands for: all that was said of the thing before. Raises Unclear
    when that was nothing, or its event has no such thing."""
    held = tuple(r for r in before.restrictions if _held(r, frame.event))
    own = {r.options[0][0].name for r in frame.restrictions}
    if not held or len(held) != len(before.restrictions) or before.texts:
        raise Unclear("scope")
    added = tuple(r for r in held if r.options[0][0].name not in own)
    return frame._replace(restrictions=(*added, *frame.restrictions), pronoun=False)


def _two_verbs(before: Frame, frame: Frame) -> bool:
    events = before.kind is FrameKind.EVENT and frame.kind is FrameKind.EVENT
    return events and before.event != frame.event


def _bare_verb(frame: Frame) -> bool:
    said = frame.restrictions or frame.texts or frame.number_filter or frame.details
    plain = not (said or frame.distinct)
    return plain and frame.form in ("verb", "spend") and frame.which is None


def _thingless(context: Context, frame: Frame) -> bool:
    """Whether a verb says at most how or where it was done, and not to what."""
    bare = frame._replace(restrictions=())
    return _bare_verb(bare) and not _things(context, frame)


def _things(context: Context, frame: Frame) -> tuple[Restriction, ...]:
    return tuple(r for r in frame.restrictions if _role(context, frame, r) in OBJECTS)


def _role(context: Context, frame: Frame, said: Restriction) -> str | None:
    """The role of what a restriction is on; None for a value that the frame's event has not."""
    names = (o.name for options in said.options for o in options if o.event == frame.event)
    name = next(names, None)
    return None if name is None else context.attribute(frame.event or "", name).role


def _messages(context: Context, frame: Frame) -> tuple[Restriction, ...]:
    """The kind of message, as in "received but did not open push notices"."""
    if context.catalogue.events[frame.event or ""].role not in _MESSAGES:
        return ()
    return tuple(r for r in frame.restrictions if _role(context, frame, r) == "channel")


def _carried(things: tuple[Restriction, ...], taker: Frame) -> Frame | None:
    """The taker with another's things, as far as its event has them; None when it has none."""
    held = tuple(r for r in things if _held(r, taker.event))
    if not held or len(held) != len(things):
        return None
    return taker._replace(restrictions=(*held, *taker.restrictions))


def _held(said: Restriction, event: str | None) -> bool:
    return all(any(o.event == event for o in options) for options in said.options)


def _manners(context: Context, row: Row, index: int) -> list[Row]:
    """As in "bought hair oil but not in store": whether hair oil is still meant."""
    at = _verb_before(row[0], index)
    before, frame = row[0][at], row[0][index]
    if not frame.elliptic or before.event != frame.event or not frame.restrictions:
        return [row]
    if frame.compare is not None or len(frame.restrictions) != 1:
        return [row]
    thing = _role(context, frame, frame.restrictions[0]) in OBJECTS
    left = tuple(
        r for r in before.restrictions if (_role(context, before, r) in OBJECTS) is not thing
    )
    if not left:
        return [row]
    shared = _changed(row, index, frame._replace(restrictions=(*left, *frame.restrictions)))
    return _choice(ask_at(frame, "object_scope"), shared, row)


# --- windows


def _windows(context: Context, row: Row, index: int) -> list[Row]:
    """A window said once, before or after two verbs, may hold for both."""
    at = _verb_before(row[0], index)
    before, frame = row[0][at], row[0][index]
    if _left_in_cart(context, before, frame):
        return [_changed(row, index, frame._replace(window=before.window))]
    if before.kind is not FrameKind.EVENT or frame.kind is not FrameKind.EVENT:
        return [row]
    lapsed = LAPSED in (before.window, frame.window)
    if frame.connector in ("except", "") or frame.relative or before.which or frame.which or lapsed:
        return [row]
    if before.window is not None and frame.window is None:
        giver, taker = at, index
        if same_message(context, before, frame) and _none_of_them(frame):
            timed = frame._replace(window=before.window, shared=True)
            return [_changed(row, index, timed)]
        if not (frame.elliptic or _fronted(before) or frame.fresh() or not frame.negated):
            return [row]
    elif before.window is None and frame.window is not None and not _fronted(frame):
        giver, taker = index, at
    else:
        return [row]
    if _timeless(row[0][giver], row[0][taker], frame):
        return [row]
    if giver == index and _would_say_it(before, frame):
        return [row]
    carried = frame.elliptic and frame.window is not None and frame.compare is None
    if carried and (frame.restrictions == before.restrictions or _time_first(frame)):
        return [row]
    given = row[0][taker]._replace(window=row[0][giver].window)
    shared = _changed(row, taker, given)
    joined = frame.connector in ("nor", "or") and not _own_clause(frame)
    same = frame.elliptic and (frame.connector in ("and", "without") or frame.compare is not None)
    together = _fronted(before) and frame.connector == "and" and frame.fresh()
    if joined or same or (together and not _own_clause(frame)):
        return [shared]
    counted = row[0][taker].compare is not None  # "at least twice, but not B in the last 90 days"
    if frame.elliptic and frame.connector == "but" and taker == at and not counted:
        # "bought A but not B in the last 90 days": one verb, one time, and the answer says so
        return [_changed(row, taker, given._replace(shared=True))]
    if _left_behind(context, before, frame) and _until_now(given):
        return [_changed(row, taker, given._replace(shared=True))]
    return _choice(ask_at(frame, "window_scope"), row, shared)


def _time_first(frame: Frame) -> bool:
    """As in "bought shampoo, but not this year in store": the time is what differs."""
    return frame.negated and bool(frame.restrictions) and _said_first(frame, Sort.VALUE)


def _timeless(giver: Frame, taker: Frame, frame: Frame) -> bool:
    """Whether one takes no time over from the other, the later of which is `frame`."""
    if taker.ever or taker.mode == "total" or (_only_negated(giver) and not taker.negated):
        return True
    # an item of a list: "never returned anything, and opened two letters in May"
    listed = taker.negated and taker.anything and not giver.negated
    return listed and frame.connector == "and"


def _left_in_cart(context: Context, before: Frame, frame: Frame) -> bool:
    """As in "abandoned a cart in the last 2 days, no order": said again, of the same time."""
    vague = before.kind is FrameKind.VAGUE and before.vague is not None
    left = vague and before.vague is not None and before.vague.concept == "abandoned_cart"
    if not left or before.window is None or frame.kind is not FrameKind.EVENT:
        return False
    event = context.catalogue.events.get(frame.event or "")
    bought = event is not None and event.role == "purchase"
    return bought and frame.negated and frame.fresh() and not frame.relative


def _none_of_them(frame: Frame) -> bool:
    """As in "received five e-mails this month and opened none": none of those."""
    words = (p.payload for p in frame.pieces)
    return any(isinstance(w, Negation) and w.of_them for w in words)


def _would_say_it(before: Frame, frame: Frame) -> bool:
    """Whether the number before, in the time of the one after it, would only say the same again:
    "at least 5 orders, and an order in May" has five at any time."""
    counted = frame.compare
    many = _at_least(before.compare) and (_at_least(counted) if counted else frame.one)
    alike = before.event == frame.event and before.restrictions == frame.restrictions
    plain = frame._replace(window=None, compare=None).fresh() and not frame.number_after
    return alike and plain and many and not (before.negated or frame.negated)


def _at_least(said: Compare | VagueWord | None) -> bool:
    if not isinstance(said, Compare) or said.unit.money is not None:
        return False
    return said.test.operator in _AT_LEAST


def _left_behind(context: Context, before: Frame, frame: Frame) -> bool:
    """As in "put in the cart but not bought in the last week": what was not bought is what was put
    there then, so that the time is of both."""
    roles = [context.catalogue.events[f.event or ""].role for f in (before, frame)]
    plain = not (before.negated or before.compare or frame.compare or frame.link or before.link)
    return roles == ["cart", "purchase"] and frame.negated and plain


def _until_now(frame: Frame) -> bool:
    """Whether its time goes on until today, so that nothing can have been done after it."""
    window = frame.window.window if isinstance(frame.window, When) else None
    return isinstance(window, Rolling) or (isinstance(window, Calendar) and window.offset == 0)


def _only_negated(frame: Frame) -> bool:
    """Whether its window makes sense only of what did not happen ("not in 3 weeks")."""
    return isinstance(frame.window, When) and frame.window.negated


def _fronted(frame: Frame) -> bool:
    """Whether the window was said before the verb."""
    return _said_first(frame, Sort.EVENT, Sort.MEASURE)


def _said_first(frame: Frame, *others: Sort) -> bool:
    """Whether the window was said before all that is of those sorts."""
    said = [p.start for p in frame.pieces if p.sort in others]
    windows = [p.start for p in frame.pieces if p.sort is Sort.WINDOW]
    return bool(said and windows) and windows[0] < said[0]
