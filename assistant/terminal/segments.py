"""`krets segments …`: the saved segments of a team, their versions, files and reviews.

In: the arguments. Out: the exit code, with what is saved or what was done. Start at `segments`.
"""

import getpass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers import Shop
from assistant.answers.kept import store_place
from assistant.answers.segment_files import export, take_in
from assistant.grammar.reading import Status
from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number
from assistant.terminal.segment_lines import (
    as_object,
    line,
    moved,
    now,
    told,
    version_object,
)
from segments.errors import Shown
from segments.problems import BadStore
from segments.store import Cause, Draft, Put, Saved, Store, rescue

if TYPE_CHECKING:
    from collections.abc import Callable

ASKS = 3


def segments(arguments: Arguments, output: Output) -> int:
    """Run one of the commands for saved segments."""
    command = arguments.command.removeprefix("segments_")
    if command == "rescue":
        return _rescue(arguments, output)
    with Store.open(store_place()) as store:
        if command == "list":
            return _list(store, arguments, output)
        if command == "export":
            return _export(store, arguments, output)
        if command == "import":
            return _import(store, arguments, output)
        if command == "save":
            return _save(store, arguments, output)
        saved = store.find(whole(arguments.name))
        match command:
            case "show":
                return _show(store, saved, arguments, output)
            case "history":
                return _history(store, saved, arguments, output)
            case "diff":
                return _diff(store, saved, arguments, output)
            case "delete":
                return _delete(store, saved, arguments, output)
            case _:
                line(_changed(store, saved, command, arguments), arguments, output)
    return 0


def _changed(store: Store, saved: Saved, command: str, arguments: Arguments) -> Saved:
    """Do what changes one segment."""
    text, id_, at = whole(arguments.text or ""), saved.id, now()
    acts: dict[str, Callable[[], Saved]] = {
        "restore": lambda: store.restore(
            id_, arguments.before or 0, _who(), at, whole(arguments.note)
        ),
        "rename": lambda: store.rename(id_, text, at, _who()),
        "duplicate": lambda: store.duplicate(id_, text, _who(), at),
        "archive": lambda: store.archive(id_, at),
        "unarchive": lambda: store.unarchive(id_, at),
        "tag": lambda: store.tag(id_, map(whole, arguments.words)),
        "owner": lambda: store.assign(id_, text),
        "review": lambda: _reviewed(store, id_, arguments, at),
    }
    return acts[command]()


def _reviewed(store: Store, id_: int, arguments: Arguments, now: datetime) -> Saved:
    if arguments.never or arguments.every is not None:
        return store.review_every(id_, None if arguments.never else arguments.every)
    return store.reviewed(id_, now)


def _list(store: Store, arguments: Arguments, output: Output) -> int:
    tag = whole(arguments.tag or "").casefold()
    for each in store.list():
        if each.archived_at is not None and not arguments.archived:
            continue
        if arguments.due and not each.due(now()):
            continue
        if tag and tag not in {own.casefold() for own in each.tags}:
            continue
        line(each, arguments, output)
    return 0


def _show(store: Store, saved: Saved, arguments: Arguments, output: Output) -> int:
    with _shop(store, arguments) as shop:
        size = None
        if saved.definition is not None:
            size = shop.count(saved.definition)
            day = shop.evaluate(saved.definition, language="en", funnel=False).as_of
            store.record_size(saved.newest.id, size, shop.engine.total, day, Cause.HEALTH, now())
            odd = shop.odd_name(saved.name, saved.definition, language=output.language)
        else:
            odd = ()
    if arguments.json:
        sizes = [
            {"at": each.at.isoformat(), "members": each.members} for each in store.sizes(saved.id)
        ]
        output.json({**as_object(saved), "size": size, "sizes": sizes})
        return 0
    line(saved, arguments, output)
    output.line(saved.newest.sentence or saved.text)
    output.line((saved.text, "dim"))
    if saved.problem is not None:
        output.problems([saved.problem])
    if size is not None:
        output.line((number(size, output.language) or "", "bold"))
    for each in odd:
        output.wrong(each)
    return 0


def _history(store: Store, saved: Saved, arguments: Arguments, output: Output) -> int:
    for each in store.history(saved.id):
        if arguments.json:
            output.json(version_object(each))
            continue
        back = f"  ← {each.restored}" if each.restored else ""
        output.line((f"{each.number:>3}  ", "bold"), f"{each.at:%Y-%m-%d %H:%M}  {each.by}{back}")
        for said in filter(None, (each.note, each.sentence)):
            output.line(f"     {said}")
        output.line((f"     {each.text}", "dim"))
    return 0


def _diff(store: Store, saved: Saved, arguments: Arguments, output: Output) -> int:
    newest = saved.newest.number
    first, last = arguments.before or max(1, newest - 1), arguments.after or newest
    if arguments.on_days:
        first = last = arguments.before or newest
    before, after = (store.version(saved.id, each) for each in (first, last))
    for each in (before, after):
        if each.problem is not None:
            raise Shown(each.problem)
    days = tuple(arguments.on_days) if arguments.on_days else (None, None)
    with _shop(store, arguments) as shop:
        if before.definition is None or after.definition is None:
            return 1
        found = shop.difference(
            before.definition,
            after.definition,
            days=(days[0], days[1]),
            language=output.language,
        )
    if arguments.json:
        output.json(
            {
                "changes": list(found.changes),
                "before": found.before,
                "after": found.after,
                "joined": moved(found.joined),
                "left": moved(found.left),
                "notes": list(found.notes),
            }
        )
    else:
        told(found, output)
    return 0


def _save(store: Store, arguments: Arguments, output: Output) -> int:
    name, text = whole(arguments.name), whole(arguments.text or "")
    known = {each.name.casefold(): each for each in store.list()}.get(name.casefold())
    with _shop(store, arguments) as shop:
        answer = shop.ask(text, language=arguments.language, hint=output.language, funnel=False)
        if answer.definition is None or answer.count is None:
            for said in (*answer.reasons, *(question.text for question in answer.questions)):
                output.wrong(said)
            return ASKS if answer.status is Status.ASKS else 1
        draft = Draft(
            known.name if known else name,
            answer.definition,
            text,
            answer.language,
            by=_who(),
            note=whole(arguments.note),
        )
        kept = store.save(
            draft,
            now(),
            known.id if known else None,
            base=known.newest.number if known else None,
        )
        total = shop.engine.total
        store.record_size(kept.newest.id, answer.count, total, answer.as_of, Cause.SAVE, now())
        odd = shop.odd_name(kept.name, answer.definition, language=output.language)
    line(kept, arguments, output)
    for each in odd:
        output.wrong(each)
    return 0


def _delete(store: Store, saved: Saved, arguments: Arguments, output: Output) -> int:
    if not arguments.yes:
        output.wrong(output.texts.cli("segment_delete_yes", name=saved.name))
        return ASKS
    store.delete(saved.id)
    return 0


def _export(store: Store, arguments: Arguments, output: Output) -> int:
    names = [whole(each) for each in arguments.words]
    chosen = [store.find(name) for name in names] if names else list(store.list())
    for path in export(store, arguments.file, chosen):
        if arguments.json:
            output.json({"file": str(path)})
        else:
            output.line(str(path))
    return 0


def _import(store: Store, arguments: Arguments, output: Output) -> int:
    failed = 0
    found = take_in(store, arguments.files, _who(), now(), replace=arguments.replace)
    for path, done in found:
        if not isinstance(done, Put):
            failed = 1
            for problem in done:
                output.wrong(f"{path.name}: {output.texts.problem(problem)}")
        elif arguments.json:
            outcome = {"file": str(path), "outcome": done.outcome.value}
            output.json({**outcome, "name": done.saved.name, "version": done.saved.newest.number})
        else:
            said = output.texts.cli(f"segment_{done.outcome}", name=done.saved.name)
            output.line(f"{path.name}: {said}")
    return failed


def _rescue(arguments: Arguments, output: Output) -> int:
    place = store_place()
    if not isinstance(place, Path):
        raise Shown(BadStore("", "server_rescue", place.rpartition("@")[2]))
    found = rescue(place, now())
    aside = str(found.aside or "")
    if arguments.json:
        output.json({"segments": found.segments, "lists": found.lists, "aside": aside})
        return 0
    output.line(output.texts.cli("segments_rescued", n=found.segments, lists=found.lists))
    if aside:
        output.line((output.texts.cli("segments_aside", path=aside), "dim"))
    return 0


def _shop(store: Store, arguments: Arguments) -> Shop:
    return Shop.open(arguments.data, arguments.catalogue, store=store)


def _who() -> str:
    return getpass.getuser()
