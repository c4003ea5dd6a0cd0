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
from assistant.grammar.reading import Status
from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number
from segments.errors import Shown
from segments.handover import TOOLS, Reason, Terms
from segments.problems import BadHandover
from segments.store import Download, Store
from segments.whole_files import made_whole

ASKS = 3


def download(arguments: Arguments, output: Output) -> int:
    """Write the file of a segment."""
    text = whole(arguments.text or "")
    with (
        Store.open(store_place()) as store,
        Shop.open(arguments.data, arguments.catalogue, store=store) as shop,
    ):
        answer = shop.ask(
            text,
            language=arguments.language,
            hint=output.language,
            as_of=arguments.as_of,
            funnel=False,
        )
        if answer.definition is None:
            for said in (*answer.reasons, *(question.text for question in answer.questions)):
                output.wrong(said)
            return ASKS if answer.status is Status.ASKS else 1
        handed = handing(shop, answer.definition, answer.as_of, _terms(arguments, text, store))
        with made_whole(Path(arguments.write or "")) as stream:
            for piece in handed.pieces(store, getpass.getuser(), _now, None):
                stream.write(piece)
        _told(store.downloads()[0], arguments, output)
    return 0


def downloads(arguments: Arguments, output: Output) -> int:
    """Show the log."""
    with Store.open(store_place()) as store:
        for each in store.downloads():
            _told(each, arguments, output)
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


def _told(kept: Download, arguments: Arguments, output: Output) -> None:
    if arguments.json:
        output.json(
            {
                "id": kept.id,
                "name": kept.name,
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
    output.line((sent, "bold"), f"  {kept.name}  {TOOLS[kept.tool].name}  {when}  {kept.by}")
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
