"""What was done once and is not any more -> its condition; how long without it is asked."""

from dataclasses import replace

from assistant.grammar import vague
from assistant.grammar.frames import Frame
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.variants import Variants, asked
from segments.definition import All, Not, Records, exists


def lapsed(context: Context, frame: Frame) -> Variants:
    """As in "no longer buys tea": at some time, and not for so long. Raises Unclear."""
    event = context.catalogue.events[frame.event or ""]
    bare = frame._replace(window=None, restrictions=(), texts=(), details=()).fresh()
    listed = any(
        r.joint not in ("", "or") or (len(r.options) > 1 and not r.joint)
        for r in frame.restrictions
    )
    if frame.negated or frame.form != "verb" or not bare or listed or frame.measured:
        raise Unclear("scope")
    if event.time is None:
        raise Unclear("no_time", event=event.name)
    records = Records(event.name, filters(context, event, frame))
    if event.role == "purchase" and not records.filters:
        found = vague.choices("churned", context.catalogue)
        return asked(ask_at(frame, "vague_churned"), found)
    found = tuple(
        All((exists(records), Not(exists(replace(records, window=window)))))
        for window in vague.LONG
    )
    return asked(ask_at(frame, "vague_lapsed"), found)
