"""`krets download` and `krets downloads`: the file for a tool, and the log of all files.

In: the arguments. Out: the exit code; a file, with how many it holds and leaves out and why. Start
at `download`.
"""

import getpass
from datetime import UTC, datetime
from pathlib import Path

from assistant.answers import Shop
from assistant.answers.handing import as_share, handing, suppressing
from assistant.answers.kept import store_place
from assistant.answers.log_file import Versions, log_file
from assistant.grammar.reading import Status
from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number
from segments.audiences import folded
from segments.definition import Condition
from segments.errors import Shown
from segments.handover import TOOLS, Reason, Terms
from segments.problems import BadHandover
from segments.store import Download, Saved, Store
from segments.whole_files import made_whole
from segments.windows import as_of_day

ASKS = 3


def download(arguments: Arguments, output: Output) -> int:
    """Write the file of a segment."""
    text = whole(arguments.text or "")
    with (
        Store.open(store_place()) as store,
        Shop.open(arguments.data, arguments.catalogue, store=store) as shop,
    ):
        saved = next((each for each in store.list() if folded(each.name) == folded(text)), None)
        found = _read(shop, text, arguments, output) if saved is None else _definition(saved)
        if isinstance(found, int):
            return found
        day = as_of_day(shop.engine.as_of(arguments.as_of)[0])
        name, version = (text, None) if saved is None else (saved.name, saved.newest)
        handed = handing(shop, found, day, _terms(arguments, name, store))
        with made_whole(Path(arguments.write or "")) as stream:
            for piece in handed.pieces(store, getpass.getuser(), _now, version):
                stream.write(piece)
        _told(store, store.downloads()[0], arguments, output)
    return 0


def _read(shop: Shop, text: str, arguments: Arguments, output: Output) -> Condition | int:
    """What a sentence says, or the exit code when it says nothing that can be counted."""
    answer = shop.ask(
        text,
        language=arguments.language,
        hint=output.language,
        as_of=arguments.as_of,
        funnel=False,
    )
    if answer.definition is not None:
        return answer.definition
    for said in (*answer.reasons, *(question.text for question in answer.questions)):
        output.wrong(said)
    return ASKS if answer.status is Status.ASKS else 1


def _definition(saved: Saved) -> Condition:
    if saved.definition is None:
        raise Shown(*([saved.problem] if saved.problem is not None else []))
    return saved.definition


def downloads(arguments: Arguments, output: Output) -> int:
    """Show the log, of one segment or of all, or write it for a spreadsheet."""
    with Store.open(store_place()) as store:
        segment = store.find(whole(arguments.text)).id if arguments.text else None
        if arguments.write is not None:
            with made_whole(Path(arguments.write)) as stream:
                stream.write(log_file(store, output.language, segment))
            return 0
        for each in store.downloads(segment):
            _told(store, each, arguments, output)
    return 0


def _terms(arguments: Arguments, text: str, store: Store) -> Terms:
    try:
        share = as_share(arguments.holdout)
    except ValueError:
        raise Shown(BadHandover("holdout", "holdout", arguments.holdout)) from None
    fields = tuple(each.strip() for each in whole(arguments.fields).split(",") if each.strip())
    return Terms(
        arguments.tool,
        fields,
        whole(arguments.name) or text,
        consent=not arguments.without_consent,
        suppress=suppressing(store),
        holdout=share,
        seed=whole(arguments.seed),
    )


def _told(store: Store, kept: Download, arguments: Arguments, output: Output) -> None:
    version = Versions(store).of(kept)
    if arguments.json:
        output.json(
            {
                "id": kept.id,
                "name": kept.name,
                "version": version,
                "definition": kept.text,
                "as_of": kept.as_of.isoformat(),
                "by": kept.by,
                "at": kept.at.isoformat(),
                "whole": kept.ended_at is not None,
                "tool": kept.tool,
                "columns": list(kept.columns),
                "counts": dict(kept.counts),
                "consent": kept.consent,
                "suppress": list(kept.suppress),
                "holdout": f"{kept.holdout:f}",
                "seed": kept.seed,
            }
        )
        return
    sent = number(kept.counts[Reason.SENT], output.language)
    when = kept.at.strftime("%Y-%m-%d %H:%M")
    name = kept.name if version is None else f"{kept.name} v{version}"
    output.line((sent, "bold"), f"  {name}  {TOOLS[kept.tool].name}  {when}  {kept.by}")
    for reason in Reason:
        if reason is Reason.SENT:
            continue
        if count := kept.counts.get(reason):
            said = output.texts.cli(f"left_out_{reason}", n=number(count, output.language))
            output.line((f"  {said}", "dim"))
    if not kept.consent:
        output.line((f"  {output.texts.cli('consent_off')}", "yellow"))


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the command line is where the clock is read
