"""New to the shop, or new to a thing: "new hair care buyers this year".

Who is called new and by what they buy may be a new customer who bought it, or somebody who lately
bought it first. A time said after both is when they were new. Start at `newly`, which raises
Unclear.
"""

from collections.abc import Iterator, Sequence

from assistant.grammar.chains import Picks
from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.meaning import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import EdgeWord, VagueWord
from segments.definition import Which

_NEW = VagueWord("new")
_CALLED = ("verb", "buyers")


def newly(context: Context, row: Sequence[Frame]) -> Iterator[tuple[list[Frame], Picks]]:
    """The row in each way it can be meant, with the picks that led there."""
    at = next((i for i in range(1, len(row)) if _called(context, row[i - 1], row[i])), 0)
    if not at:
        yield [*row], ()
        return
    new, frame, rest = row[at - 1], row[at], row[at + 1 :]
    if new.negated:
        raise Unclear("scope")  # "not new to hair care": bought it before, or never?
    ask = ask_at(frame, "new_to")
    one = Frame(FrameKind.HEADLESS, window=frame.window)
    since = new if frame.window is None else _first(context, new, one)
    yield [*row[: at - 1], since, frame, *rest], ((ask, 0),)
    yield [*row[: at - 1], _first(context, new, frame), *rest], ((ask, 1),)


def _called(context: Context, new: Frame, frame: Frame) -> bool:
    """Whether those who are new are called by a thing that is bought, or where."""
    event = context.catalogue.event_by_role("purchase")
    if new.vague != _NEW or new.window is not None or event is None:
        return False
    if frame.connector or frame.relative or frame.auxiliary or frame.negated or frame.link:
        return False
    if event.time is None or len(frame.restrictions) != 1 or not frame.had_by(event.name):
        return False
    said = frame.restrictions[0]
    if said.negated or said.joint not in ("", "or") or not (said.joint or len(said.options) == 1):
        return False
    if isinstance(frame.window, VagueWord) or (frame.window is not None and frame.window.negated):
        return False
    bought = frame.kind is FrameKind.EVENT and frame.event == event.name and frame.form in _CALLED
    only = frame._replace(kind=FrameKind.EVENT, restrictions=(), window=None).fresh()
    return only and frame.sole < 0 and (bought or frame.kind is FrameKind.HEADLESS)


def _first(context: Context, new: Frame, frame: Frame) -> Frame:
    """The first of what is named, in the time that was said, or not long ago."""
    event = context.catalogue.event_by_role("purchase")
    assert event is not None
    done = frame._replace(kind=FrameKind.EVENT, event=event.name, form="verb")
    return done._replace(
        pieces=(*new.pieces, *frame.pieces),
        connector=new.connector,
        relative=new.relative,
        auxiliary=new.auxiliary,
        new_group=new.new_group,
        either=new.either,
        which=EdgeWord(Which.FIRST, newly=True),
        chosen=done._replace(window=None),
        window=frame.window or _NEW,
    )
