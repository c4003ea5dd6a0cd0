"""What a catalogue must keep to apart from its data: names, roles, links, paths, values.

In: a catalogue just read and the `Mistakes` that know its lines. Out: a mistake noted for each rule
broken. Start at `inspect`.
"""

import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo, available_timezones

from segments.catalogue import Attribute, Catalogue, Computed, Event, Table, Taught, Type
from segments.catalogue_paths import NoPath, walk
from segments.catalogue_roles import ATTRIBUTE_ROLES, EVENT_ROLES, FIELD_ROLES
from segments.catalogue_toml import Key, Mistakes, nearest
from segments.predictions import LEAST_DAYS, MOST_DAYS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORDS = {"and", "or", "not", "in", "by", "among", "where", "between", "known", "top", "bottom"}
_FIELD_NAMES = _WORDS | {"member", "rowid"}
_UNITS = {"hour", "day", "week", "month", "quarter", "year"}  # distinct(purchase.month)
_ATTRIBUTE_NAMES = _WORDS | _UNITS | {"member", "at", "record"}
RESERVED = _FIELD_NAMES | _ATTRIBUTE_NAMES
FORMS = ("noun", "verb")  # what a taught word of an event can be
_NAMEABLE = {Type.TEXT, Type.LIST, Type.YES_NO}


def inspect(catalogue: Catalogue, mistakes: Mistakes) -> None:
    """Note every broken rule."""
    _shop(catalogue, mistakes)
    _links(catalogue, mistakes)
    _columns(catalogue, mistakes)
    _fields(catalogue, mistakes)
    roles = {name: event.role for name, event in catalogue.events.items()}
    _roles(("events",), roles, EVENT_ROLES, mistakes)
    for event in catalogue.events.values():
        _event(catalogue, event, mistakes)
    for name, prediction in catalogue.predictions.items():
        where = ("predictions", name)
        if name in catalogue.fields:
            mistakes.add("reserved_name", ("fields", name), name)
        if not LEAST_DAYS <= prediction.days <= MOST_DAYS:
            mistakes.add("bad_days", (*where, "days"), str(prediction.days))
    for name in catalogue.places:
        _name(("places", name), set(), mistakes)
    for name in catalogue.rules:
        _name(("rules", name), set(), mistakes)
    for word in catalogue.words:
        _taught(catalogue, word, mistakes)


def fits(catalogue: Catalogue, word: Taught) -> bool:
    """Whether what a taught word stands for is there."""
    mistakes = Mistakes()
    _taught(catalogue, word, mistakes)
    return not mistakes.items


def _taught(catalogue: Catalogue, word: Taught, mistakes: Mistakes) -> None:
    where = ("words", word.language, word.word)
    if word.event and word.event not in catalogue.events:
        close = nearest(word.event, tuple(catalogue.events))
        mistakes.add("unknown_event", (*where, "event"), word.event, close)
    if word.event and word.form not in FORMS:
        mistakes.add("unknown_form", (*where, "form"), word.form, FORMS)
    if word.of and catalogue.owner(word.of) is None:
        close = nearest(word.of, catalogue.owners())
        mistakes.add("unknown_field", (*where, "of"), word.of, close)


def _shop(catalogue: Catalogue, mistakes: Mistakes) -> None:
    if catalogue.currency and not re.fullmatch(r"[A-Z]{3}", catalogue.currency):
        mistakes.add("bad_currency", ("shop", "currency"), catalogue.currency)
    if catalogue.home and not re.fullmatch(r"[A-Z]{2}", catalogue.home):
        mistakes.add("bad_country", ("shop", "home"), catalogue.home)
    try:
        ZoneInfo(catalogue.time_zone)
    except (KeyError, ValueError, OSError):
        close = nearest(catalogue.time_zone, tuple(sorted(available_timezones())))
        mistakes.add("unknown_time_zone", ("shop", "time_zone"), catalogue.time_zone, close)


def _links(catalogue: Catalogue, mistakes: Mistakes) -> None:
    for table in catalogue.tables.values():
        for column, target in table.links.items():
            where = ("tables", table.name, "links", column)
            if target not in catalogue.tables:
                close = nearest(target, tuple(catalogue.tables))
                mistakes.add("unknown_table", where, target, close)
            elif catalogue.tables[target].key is None:
                mistakes.add("no_key", where, target)


def _columns(catalogue: Catalogue, mistakes: Mistakes) -> None:
    for table in catalogue.tables.values():
        for name, computed in table.columns.items():
            where = ("tables", table.name, "columns", name)
            if not computed.calculable or (computed.formula is None and not computed.inputs):
                mistakes.add("bad_formula", where, computed.formula or name)
            elif (again := _computed_again(catalogue, table, computed)) is not None:
                mistakes.add("computed_of_computed", where, again)
            elif computed.days_before is not None and catalogue.as_of is None:
                mistakes.add("no_as_of", where, name)
            else:
                for path in computed.inputs:
                    _path(catalogue, where, table.name, path, mistakes)


def _computed_again(catalogue: Catalogue, table: Table, computed: Computed) -> str | None:
    """The first of the columns it is made of, or that lead to them, which is computed itself."""
    there = catalogue.tables
    for path in computed.inputs:
        way = walk(there, table.name, path)
        if isinstance(way, NoPath):
            continue
        met = {(step.table, step.column) for step in way.steps} | {(way.table, way.column)}
        ends = (step.target for step in way.steps if step.target in there)
        met |= {(end, there[end].key or "") for end in ends}
        if any(at in there and column in there[at].columns for at, column in met):
            return path
    return None


def _fields(catalogue: Catalogue, mistakes: Mistakes) -> None:
    roles = {name: field.role for name, field in catalogue.fields.items()}
    _roles(("fields",), roles, FIELD_ROLES, mistakes)
    for name, field in catalogue.fields.items():
        where = ("fields", name)
        _name(where, _FIELD_NAMES, mistakes)
        if name.startswith("krets_"):
            mistakes.add("reserved_name", where, name)
        _attribute(catalogue, where, field, catalogue.table, mistakes)
    for name in catalogue.shown:
        if name not in catalogue.fields:
            close = nearest(name, tuple(catalogue.fields))
            mistakes.add("unknown_field", ("member", "shown"), name, close)


def _event(catalogue: Catalogue, event: Event, mistakes: Mistakes) -> None:
    where = ("events", event.name)
    reserved = {"members", *(f"{name}_parts" for name in catalogue.events)}
    _name(where, _WORDS | reserved, mistakes)
    if event.name.startswith("krets_"):
        mistakes.add("reserved_name", where, event.name)
    if event.parts and not event.record:
        mistakes.add("missing", where, "record")
    paths = {"member": event.member, "time": event.time, "record": event.record}
    for key, path in paths.items():
        _path(catalogue, (*where, key), event.table, path, mistakes)
    for key, table in (("keep", event.keep), ("drop", event.drop)):
        for column in table:
            _path(catalogue, (*where, key, column), event.table, column, mistakes)
    roles = {name: attribute.role for name, attribute in event.attributes.items()}
    _roles((*where, "attributes"), roles, ATTRIBUTE_ROLES, mistakes)
    for name, attribute in event.attributes.items():
        inner = (*where, "attributes", name)
        _name(inner, _ATTRIBUTE_NAMES, mistakes)
        if attribute.part and not event.parts:
            mistakes.add("no_parts", (*inner, "part"), attribute.part)
        elif attribute.part:
            _path(catalogue, (*inner, "part"), event.parts or "", attribute.part, mistakes)
        table_name = (event.parts if attribute.part else None) or event.table
        _attribute(catalogue, inner, attribute, table_name, mistakes, path_from=event.table)


def _attribute(
    catalogue: Catalogue,
    where: Key,
    attribute: Attribute,
    labels_from: str,
    mistakes: Mistakes,
    *,
    path_from: str | None = None,
) -> None:
    _path(catalogue, (*where, "path"), path_from or labels_from, attribute.path, mistakes)
    for language, path in attribute.label_paths.items():
        _path(catalogue, (*where, "label_paths", language), labels_from, path, mistakes)
    if attribute.ordered and not attribute.values:
        mistakes.add("ordered_without_values", (*where, "ordered"), attribute.name)
    if attribute.values and attribute.type not in _NAMEABLE:
        mistakes.add("values_need_text", (*where, "values"), str(attribute.type))
    for code in _twice(attribute.codes):
        mistakes.add("code_twice", (*where, "values"), code)


def _path(
    catalogue: Catalogue, where: Key, start: str, path: str | None, mistakes: Mistakes
) -> None:
    if path is None or not start:
        return
    way = walk(catalogue.tables, start, path)
    if isinstance(way, NoPath):
        close = nearest(way.found.rsplit(".", 1)[-1], way.known) or way.known
        mistakes.add(way.code, where, way.found, close)


def _name(where: Key, reserved: Iterable[str], mistakes: Mistakes) -> None:
    if not _NAME.fullmatch(where[-1]):
        better = re.sub(r"[^a-z0-9_]+", "_", where[-1].casefold()).strip("_0123456789")
        mistakes.add("bad_name", where, where[-1], (better,) if better else ())
    elif where[-1] in reserved:
        mistakes.add("reserved_name", where, where[-1])


def _roles(
    where: Key, roles: Mapping[str, str | None], known: tuple[str, ...], mistakes: Mistakes
) -> None:
    """Note unknown roles, and a role given to a second owner."""
    owners: dict[str, str] = {}
    for name, role in roles.items():
        if role is None:
            continue
        if role not in known:
            mistakes.add("unknown_role", (*where, name, "role"), role, nearest(role, known))
        if role in owners:
            mistakes.add("role_twice", (*where, name, "role"), role, (owners[role],))
        owners.setdefault(role, name)


def _twice(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if codes.count(code) > 1))
