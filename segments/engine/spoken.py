"""The values that a sentence can name, as SELECTs for the table `krets_values`.

In: a resolved catalogue and the opened sources; the prepared tables exist. Out: declared values as
plain `Spoken`, and SELECTs of (code, text) for indexed values and for labels kept in the data.
Start at `declared`,
`found` and, for how often each is there, `used`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from segments.catalogue import Attribute, Catalogue, Event, Spoken, Type
from segments.engine.casts import function
from segments.engine.joins import Rows
from segments.engine.layout import MEMBERS, PARTS
from segments.engine.sources import Sources

MOST = 100_000  # values of one attribute; the most frequent are kept


@dataclass(frozen=True, slots=True)
class Found:
    """A SELECT of (code, text) whose rows are values of `owner` in `language`."""

    owner: str
    language: str | None
    select: exp.Select


def declared(catalogue: Catalogue) -> Iterator[Spoken]:
    """Give the catalogue's own values by their words; a code without words is its own word."""
    for owner, attribute in _owners(catalogue):
        for value in attribute.values:
            if not value.labels:
                yield Spoken(owner, value.code, value.code)
            for language, words in value.labels.items():
                yield from (Spoken(owner, value.code, word, language) for word in words)


def found(catalogue: Catalogue, sources: Sources) -> Iterator[Found]:
    """Give the look-ups of values that only the data knows."""
    for name, field in catalogue.fields.items():
        path = field.path or name
        yield from _found(catalogue, sources, (name, field), MEMBERS, (catalogue.table, path))
    for event in catalogue.events.values():
        for name, attribute in event.attributes.items():
            owner = (f"{event.name}.{name}", attribute)
            start, path, prepared = _place(event, attribute)
            yield from _found(catalogue, sources, owner, prepared, (start, path))


def used(catalogue: Catalogue) -> Iterator[Found]:
    """Give SELECTs of (code, uses) for every attribute that has values a sentence can name: how
    many members or records have each."""
    for name, field in catalogue.fields.items():
        if _nameable(field):
            yield Found(name, None, _uses(field, MEMBERS))
    for event in catalogue.events.values():
        for name, attribute in event.attributes.items():
            if _nameable(attribute):
                prepared = _place(event, attribute)[2]
                yield Found(f"{event.name}.{name}", None, _uses(attribute, prepared))


def _nameable(attribute: Attribute) -> bool:
    return attribute.indexed or bool(attribute.values) or bool(attribute.label_paths)


def _place(event: Event, attribute: Attribute) -> tuple[str, str, str]:
    if attribute.part and event.parts:
        return event.parts, attribute.part, event.name + PARTS
    return event.table, attribute.path or attribute.name, event.name


def _found(
    catalogue: Catalogue,
    sources: Sources,
    owner: tuple[str, Attribute],
    prepared: str,
    place: tuple[str, str],
) -> Iterator[Found]:
    name, attribute = owner
    if attribute.indexed:
        yield Found(name, None, _indexed(attribute, prepared))
    for language, path in attribute.label_paths.items():
        yield Found(name, language, _labelled(catalogue, sources, attribute, place, path))


def _indexed(attribute: Attribute, prepared: str) -> exp.Select:
    text = exp.cast(exp.column("v"), "VARCHAR")
    return (
        exp.select(exp.alias_(text, "code"), exp.alias_(text.copy(), "text"))
        .from_(_grouped(attribute, prepared))
        .order_by(exp.Ordered(this=exp.column("uses"), desc=True), exp.column("v"))
        .limit(MOST)
    )


def _uses(attribute: Attribute, prepared: str) -> exp.Select:
    text = exp.cast(exp.column("v"), "VARCHAR")
    return exp.select(exp.alias_(text, "code"), exp.column("uses")).from_(
        _grouped(attribute, prepared)
    )


def _grouped(attribute: Attribute, prepared: str) -> exp.Subquery:
    """Each value with how often it is there."""
    column = exp.column(attribute.name, quoted=True)
    value = function("unnest", column) if attribute.type is Type.LIST else column
    each = exp.select(exp.alias_(value, "v")).from_(exp.table_(prepared, quoted=True))
    return (
        exp.select(exp.column("v"), exp.alias_(function("count", exp.Star()), "uses"))
        .from_(each.subquery("each"))
        .where(exp.Not(this=exp.Is(this=exp.column("v"), expression=exp.null())))
        .group_by(exp.column("v"))
        .subquery("grouped")
    )


def _labelled(
    catalogue: Catalogue,
    sources: Sources,
    attribute: Attribute,
    place: tuple[str, str],
    label_path: str,
) -> exp.Select:
    """Pair codes with labels, read from the last table that both paths pass through."""
    start, code_path, label = _closer(catalogue, *place, label_path)
    rows = Rows(catalogue, sources, start)
    code = rows.value(code_path, Type.TEXT if attribute.type is not Type.LIST else Type.LIST)
    word = rows.value(label, Type.TEXT)
    select = rows.select(exp.alias_(code, "code"), exp.alias_(word, "text")).distinct()
    known = exp.Not(this=exp.Is(this=word.copy(), expression=exp.null()))
    return select.where(known, exp.Not(this=exp.Is(this=code.copy(), expression=exp.null())))


def _closer(
    catalogue: Catalogue, table: str, code_path: str, label_path: str
) -> tuple[str, str, str]:
    """Drop the steps two paths share, so that a small table is read and not the facts."""
    while "." in code_path and "." in label_path:
        step, rest = code_path.split(".", 1)
        other, label = label_path.split(".", 1)
        links = catalogue.tables[table].links
        if step != other:
            break
        table, code_path, label_path = links.get(step, step), rest, label
    return table, code_path, label_path


def _owners(catalogue: Catalogue) -> Iterator[tuple[str, Attribute]]:
    yield from catalogue.fields.items()
    for event in catalogue.events.values():
        for name, attribute in event.attributes.items():
            yield f"{event.name}.{name}", attribute
