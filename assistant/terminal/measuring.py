"""`krets results`: what came of files, of one segment beside another, and of one over time.

In: the arguments. Out: the exit code; sentences, or JSON. Start at `results`.
"""

from dataclasses import asdict

from assistant.answers import Shop
from assistant.answers.courses import Beat, Stage, course_of, said_of
from assistant.answers.kept import store_place
from assistant.answers.results import Group, Results, effect_between, results_of
from assistant.grammar.reading import Status
from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output, whole
from segments.results import Effect, Need
from segments.store import Store

ASKS = 3


def results(arguments: Arguments, output: Output) -> int:
    """Show one download's results, or all of them, or those of two segments."""
    with (
        Store.open(store_place()) as store,
        Shop.open(arguments.data, arguments.catalogue, store=store) as shop,
    ):
        if arguments.segment is not None:
            return _over_time(shop, store, arguments, output)
        if arguments.of is not None:
            return _between(shop, arguments, output)
        chosen = store.downloads()
        if arguments.number is not None:
            chosen = (store.download(arguments.number),)
        for each in chosen:
            found = results_of(shop, store, each, output.language, arguments.days)
            if arguments.json:
                output.json(_object(found))
                continue
            output.line((f"{each.id}  {each.name}", "bold"))
            for said in found.said:
                output.line(f"  {said}")
    return 0


def _over_time(shop: Shop, store: Store, arguments: Arguments, output: Output) -> int:
    saved = store.find(whole(arguments.segment or ""))
    if saved.definition is None:
        output.problems([saved.problem] if saved.problem is not None else [])
        return 1
    found = course_of(shop, saved.definition, Beat.WEEK if arguments.weeks else Beat.MONTH)
    said = said_of(shop, found, output.language)
    if arguments.json:
        for each in found.stages:
            output.json({"segment": saved.name, "unit": found.beat.value, **_stage(each)})
        return 0
    lines = [tuple(said.columns), *((row.label, *(c.text for c in row.cells)) for row in said.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    output.line((saved.name, "bold"))
    for line in lines if said.rows else ():
        cells = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        output.line("  ".join((line[0].ljust(widths[0]), *cells)))
    for note in said.notes:
        output.line((note, "dim"))
    return 0


def _stage(stage: Stage) -> dict[str, object]:
    told: dict[str, object] = {
        name: None if value is None else f"{value:f}"
        for name in ("revenue", "orders_each", "revenue_each")
        for value in (getattr(stage, name),)
    }
    dates = {"start": stage.start.isoformat(), "end": stage.end.isoformat(), "whole": stage.whole}
    counts = {"members": stage.members, "buyers": stage.buyers, "orders": stage.orders}
    return {**dates, **counts, **told}


def _between(shop: Shop, arguments: Arguments, output: Output) -> int:
    definitions = []
    for text in (arguments.of, arguments.against):
        said = whole(text or "")
        answer = shop.ask(said, language=arguments.language, hint=output.language, funnel=False)
        if answer.definition is None:
            for line in (*answer.reasons, *(question.text for question in answer.questions)):
                output.wrong(line)
            return ASKS if answer.status is Status.ASKS else 1
        definitions.append(answer.definition)
    field = whole(arguments.field or "")
    effect, lines = effect_between(shop, definitions[0], definitions[1], field, output.language)
    if arguments.json:
        output.json({"effect": _effect(effect), "said": list(lines)})
    else:
        for line in lines:
            output.line(line)
    return 0


def _object(found: Results) -> dict[str, object]:
    return {
        "download": found.download.id,
        "name": found.download.name,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "reached": _group(found.reached),
        "held_out": _group(found.held_out),
        "buyers": _effect(found.buyers),
        "revenue": _effect(found.revenue),
        "said": list(found.said),
    }


def _group(group: Group) -> dict[str, object]:
    revenue = None if group.revenue is None else f"{group.revenue:f}"
    return {**asdict(group), "revenue": revenue}


def _effect(effect: Effect | Need | None) -> dict[str, object] | None:
    if effect is None:
        return None
    told: dict[str, object] = asdict(effect)
    if isinstance(effect, Effect):
        told |= {"difference": effect.difference, "lift": effect.lift, "shown": effect.shown}
    return told
