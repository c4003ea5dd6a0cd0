"""Saved segments, versions and differences as lines of the terminal and as objects.

Start at `line`.
"""

from datetime import UTC, datetime

from assistant.answers.differences import Difference, Moved
from assistant.languages.texts import texts as texts_of
from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output
from assistant.terminal.printed import number
from segments.store import Saved, Version


def line(saved: Saved, arguments: Arguments, output: Output) -> None:
    """A segment in one line."""
    if arguments.json:
        output.json(as_object(saved))
        return
    cli = output.texts.cli
    shown = [f"{saved.newest.number}", f"{saved.changed_at:%Y-%m-%d}", saved.owner]
    shown += [f"#{tag}" for tag in saved.tags]
    shown += [cli("segment_archived")] if saved.archived_at else []
    shown += [cli("segment_due")] if saved.due(now()) else []
    output.line((saved.name, "bold"), "  ", (" · ".join(filter(None, shown)), "dim"))


def as_object(saved: Saved) -> dict[str, object]:
    """A segment as an object."""
    return {
        "name": saved.name,
        "owner": saved.owner,
        "tags": list(saved.tags),
        "archived": saved.archived_at is not None,
        "review_days": saved.review_days,
        "due": saved.due(now()),
        "versions": saved.newest.number,
        **version_object(saved.newest),
    }


def version_object(version: Version) -> dict[str, object]:
    """A version as an object."""
    return {
        "version": version.number,
        "id": version.id,
        "at": version.at.isoformat(),
        "by": version.by,
        "note": version.note,
        "restored": version.restored,
        "sentence": version.sentence,
        "definition": version.text,
    }


def told(found: Difference, output: Output) -> None:
    """Say what changed and who moved."""
    page, language = texts_of(output.language).page, output.language
    for change in found.changes or (() if found.notes else (page("difference_none"),)):
        output.line(change)
    output.line((f"{number(found.before, language)} → {number(found.after, language)}", "bold"))
    for key, side in (("joined", found.joined), ("left", found.left)):
        if side.count:
            output.line(page(key, customers=number(side.count, language)))
        for because in side.because:
            said = page(f"{key}_because", n=number(because.count, language), text=because.text)
            output.line(f"    {said}")
        if side.keys:
            output.line((f"    {', '.join(map(str, side.keys))}", "dim"))
    if not found.joined.count and not found.left.count:
        output.line(page("nobody_moved"))
    for note in found.notes:
        output.line((note, "dim"))


def moved(found: Moved) -> dict[str, object]:
    """Who joined or left, as an object."""
    because = [{"text": each.text, "count": each.count} for each in found.because]
    return {"count": found.count, "because": because, "keys": list(found.keys)}


def now() -> datetime:
    """The moment: the command line is where the clock is read."""
    return datetime.now(UTC)  # noqa: TID251 - said above
