"""`krets list add`, `freeze`, `show`, `export`, `suppress`, `remove`: lists of customers.

Sentences call them by name.

In: the arguments. Out: the exit code, with what was kept or why not; 3 when the sentence to freeze
leaves a question open. Start at `lists`.
"""

from datetime import UTC, datetime

from assistant.answers import Shop
from assistant.answers.kept import store_place
from assistant.grammar.reading import Status
from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output, whole
from assistant.terminal.printed import number
from segments.audiences import folded
from segments.errors import Shown
from segments.key_files import read_list, write_list
from segments.problems import BadList
from segments.store import KeptList, Store

ASKS = 3


def lists(arguments: Arguments, output: Output) -> int:
    """Run one of the commands for lists."""
    with Store.open(store_place()) as store:
        match arguments.command:
            case "list_show":
                for each in store.lists():
                    _show(each, arguments, output)
            case "list_remove":
                store.remove_list(_called(store, whole(arguments.name)).id)
            case "list_suppress":
                kept = _called(store, whole(arguments.name))
                store.suppress(kept.id, on=not arguments.off)
            case "list_export":
                kept = _called(store, whole(arguments.name))
                write_list(arguments.file, store.entries(kept.id))
            case command:
                with Shop.open(arguments.data, arguments.catalogue, store=store) as shop:
                    if command == "list_freeze":
                        return _freeze(shop, store, arguments, output)
                    field, entries = read_list(arguments.file, shop.catalogue)
                    _show(_keep(store, arguments, field, entries), arguments, output)
    return 0


def _freeze(shop: Shop, store: Store, arguments: Arguments, output: Output) -> int:
    text = whole(arguments.text or "")
    answer = shop.ask(text, language=arguments.language, hint=output.language, funnel=False)
    if answer.definition is None:
        for said in (*answer.reasons, *(question.text for question in answer.questions)):
            output.wrong(said)
        return ASKS if answer.status is Status.ASKS else 1
    keys = tuple(str(key) for key in shop.members(answer.definition, as_of=answer.as_of))
    _show(_keep(store, arguments, None, keys), arguments, output)
    return 0


def _keep(
    store: Store, arguments: Arguments, field: str | None, entries: tuple[str, ...]
) -> KeptList:
    now = datetime.now(UTC)  # noqa: TID251 - the command line is where the clock is read
    return store.add_list(whole(arguments.name), field, entries, now, suppresses=arguments.suppress)


def _called(store: Store, name: str) -> KeptList:
    for each in store.lists():
        if folded(each.name) == folded(name):
            return each
    raise Shown(BadList("name", "not_there", name))


def _show(kept: KeptList, arguments: Arguments, output: Output) -> None:
    if arguments.json:
        output.json({"name": kept.name, "field": kept.field, "size": kept.size})
    else:
        output.line((kept.name, "bold"), f"  {number(kept.size, output.language)}")
