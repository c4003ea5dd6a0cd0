"""`krets health`: which saved segments need a look, and why; their sizes are taken down.

In: the arguments. Out: the exit code; a line a finding, or JSON. Start at `health`.
"""

from datetime import UTC, datetime

from assistant.answers import Shop
from assistant.answers.health import Checkup, Grave, Health
from assistant.answers.kept import store_place
from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number
from segments.store import Cause, Store

_STYLE = {Grave.BROKEN: "red", Grave.WARNING: "yellow", Grave.HINT: ""}


def health(arguments: Arguments, output: Output) -> int:
    """Look at one segment, or at all that are not archived."""
    now = datetime.now(UTC)  # noqa: TID251 - the command line is where the clock is read
    with (
        Store.open(store_place()) as store,
        Shop.open(arguments.data, arguments.catalogue, store=store) as shop,
    ):
        looking = Health(shop, store, output.language, now)
        name = whole(arguments.name)
        for each in [looking.of(store.find(name))] if name else looking.all():
            if each.members is not None:
                day, total = looking.today, shop.engine.total
                version = each.segment.newest.id
                store.record_size(version, each.members, total, day, Cause.HEALTH, now)
            _told(each, arguments, output)
    return 0


def _told(found: Checkup, arguments: Arguments, output: Output) -> None:
    if arguments.json:
        findings = [
            {"code": each.code, "grave": each.grave.name.lower(), "said": each.said}
            for each in found.findings
        ]
        name = found.segment.name
        output.json({"name": name, "members": found.members, "findings": findings})
        return
    count = "–" if found.members is None else number(found.members, output.language)
    output.line((count, "bold"), f"  {found.segment.name}")
    for each in found.findings:
        output.line((f"  {each.said}", _STYLE[each.grave]))
    if not found.findings:
        output.line((f"  {output.texts.table('health_well')}", "dim"))
