"""The catalogue file: a readable TOML text becomes a `Catalogue`, or every mistake in it at once.

In: the path of a `catalogue.toml` (its format is told in docs/catalogue.md). Out: the catalogue, or
`Shown` with one `BadCatalogue` a mistake: code, line, what was found, what was perhaps meant. Does
not look at any data: `catalogue_check` does. Types left out stay open (`typed` is False) until
`engine.prepare` has seen the columns. Start at `load`.
"""

from dataclasses import replace
from pathlib import Path

from segments import catalogue_rules
from segments.catalogue import (
    Attribute,
    Catalogue,
    Computed,
    Event,
    Named,
    OwnPlace,
    Rule,
    Table,
    Taught,
    Type,
)
from segments.catalogue_toml import Mistakes, Section, nearest, parse
from segments.errors import Shown
from segments.places import MOST_LATITUDE, MOST_LONGITUDE, Point
from segments.predictions import DAYS, Prediction, Target
from segments.problems import BadCatalogue

VERSION = 1

_TOP = (
    "version", "shop", "member", "tables", "fields", "events", "predictions", "places", "rules",
    "words",
)  # fmt: skip

_ATTRIBUTE = (
    "path", "type", "role", "labels", "indexed", "sensitive", "ordered", "values", "label_paths",
)  # fmt: skip
_EVENT = (
    "role", "table", "record", "member", "time", "parts", "keep", "drop", "nouns", "verbs",
    "attributes",
)  # fmt: skip


def load(path: Path) -> Catalogue:
    """Read a catalogue file; raises Shown with every mistake."""
    return loads(text_of(path))


def with_taught(catalogue: Catalogue, text: str) -> Catalogue:
    """Give the catalogue with the rules and words of another file, which go before its own. A word
    of a field or an event that is not there is left out: it means nothing. Raises Shown for what
    is wrong with the file itself."""
    mistakes = Mistakes()
    top = parse(text, mistakes)
    if top is None:
        raise Shown(*mistakes.items)
    top.only("version", "rules", "words")
    rules, words = _rules(top), _words(top)
    if mistakes.items:
        raise Shown(*mistakes.items)
    taught = {(word.language, word.word): word for word in (*catalogue.words, *words)}
    fitting = tuple(word for word in taught.values() if catalogue_rules.fits(catalogue, word))
    return replace(catalogue, rules={**catalogue.rules, **rules}, words=fitting)


def text_of(path: Path) -> str:
    """Give the text of a catalogue file; raises Shown."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Shown(BadCatalogue("", "file_missing", 0, str(path))) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Shown(BadCatalogue("", "not_utf8", line, path.name)) from error


def loads(text: str) -> Catalogue:
    """Read the text of a catalogue file; raises Shown with every mistake."""
    mistakes = Mistakes()
    top = parse(text, mistakes)
    catalogue = _catalogue(top) if top is not None else None
    if catalogue is not None:
        catalogue_rules.inspect(catalogue, mistakes)
    if mistakes.items or catalogue is None:
        raise Shown(*sorted(mistakes.items, key=lambda mistake: mistake.line))
    return catalogue


def _catalogue(top: Section) -> Catalogue:
    top.only(*_TOP)
    _check_version(top)
    shop, member = top.section("shop"), top.section("member", required=True)
    shop.only("name", "currency", "time_zone", "home", "as_of")
    member.only("table", "key", "nouns", "shown")
    table = member.text("table", required="member" in top.content)
    key = member.text("key", required="member" in top.content)
    events = {name: _event(name, section) for name, section in top.sections("events")}
    return Catalogue(
        name=shop.text("name"),
        currency=shop.text("currency"),
        time_zone=shop.text("time_zone", "UTC"),
        home=shop.text("home"),
        table=table,
        key=key,
        nouns=member.labels("nouns"),
        as_of=shop.day("as_of"),
        tables=_tables(top, table, key, events),
        fields={name: _field(name, section) for name, section in top.sections("fields")},
        events=events,
        rules=_rules(top),
        words=_words(top),
        predictions=_predictions(top),
        places={name: _place(name, section) for name, section in top.sections("places")},
        shown=member.texts("shown"),
    )


def _check_version(top: Section) -> None:
    version = top.content.get("version")
    if version is None:
        top.mistakes.add("missing", ("version",), "version", (f"version = {VERSION}",))
    elif version != VERSION:
        top.mistakes.add("unknown_version", ("version",), str(version), (str(VERSION),))


def _tables(top: Section, member: str, key: str, events: dict[str, Event]) -> dict[str, Table]:
    """Give every table that is spoken of; those without an entry have the file of their name. The
    key of the member table and of a table of records need not be written twice."""
    keys = {e.table: e.record for e in events.values() if e.record and e.parts != e.table}
    keys[member] = key
    tables = {name: _table(name, section, keys) for name, section in top.sections("tables")}
    spoken = [member, *(t for e in events.values() for t in (e.table, e.parts) if t)]
    for name in spoken:
        if name:
            tables.setdefault(name, Table(name, name, keys.get(name)))
    return tables


def _table(name: str, section: Section, keys: dict[str, str]) -> Table:
    section.only("file", "key", "links", "columns")
    key = section.optional("key") or keys.get(name)
    columns = _columns(section.section("columns"))
    return Table(name, section.text("file", name), key, section.names("links"), columns)


def _columns(section: Section) -> dict[str, Computed]:
    """A formula, a list of columns that are a key together, or the days before the shop's day."""
    found = {}
    for name, written in section.content.items():
        if isinstance(written, dict):
            inner = section.section(name)
            inner.only("days_before")
            found[name] = Computed(days_before=inner.text("days_before", required=True))
        elif isinstance(written, list):
            found[name] = Computed(joined=section.texts(name))
        else:
            found[name] = Computed(formula=section.text(name, required=True))
    return found


def _field(name: str, section: Section) -> Attribute:
    section.only(*_ATTRIBUTE)
    return _attribute(name, section, section.text("path", name), None)


def _part_or_path(name: str, section: Section) -> Attribute:
    section.only(*_ATTRIBUTE, "part")
    part = section.optional("part")
    path = section.optional("path") or (None if part else name)
    return _attribute(name, section, path, part)


def _attribute(name: str, section: Section, path: str | None, part: str | None) -> Attribute:
    values = _values(section)
    type_ = _type(section)
    return Attribute(
        name=name,
        type=type_ or Type.TEXT,
        path=path,
        part=part,
        role=section.optional("role"),
        labels=section.labels("labels"),
        values=values,
        label_paths=section.names("label_paths"),
        ordered=section.flag("ordered"),
        indexed=section.flag("indexed"),
        sensitive=section.flag("sensitive"),
        typed=type_ is not None or bool(values),
    )


def _type(section: Section) -> Type | None:
    found = section.optional("type")
    if found is None:
        return None
    if found not in list(Type):
        known = tuple(str(kind) for kind in Type)
        section.mistakes.add(
            "unknown_type", (*section.where, "type"), found, nearest(found, known) or known
        )
        return None
    return Type(found)


def _values(section: Section) -> tuple[Named, ...]:
    if isinstance(section.content.get("values"), dict):
        return tuple(_named(key, inner) for key, inner in section.sections("values"))
    return tuple(Named(code) for code in section.texts("values"))


def _named(key: str, section: Section) -> Named:
    section.only("code", "labels", "role")
    codes = section.texts("code")
    return Named(codes[0] if codes else key, section.labels("labels"), section.optional("role"))


def _event(name: str, section: Section) -> Event:
    section.only(*_EVENT)
    return Event(
        name=name,
        table=section.text("table", required=True),
        member=section.text("member", required=True),
        time=section.optional("time"),
        record=section.optional("record"),
        parts=section.optional("parts"),
        role=section.optional("role"),
        nouns=section.labels("nouns"),
        verbs=section.labels("verbs"),
        keep=section.codes("keep"),
        drop=section.codes("drop"),
        attributes={
            name: _part_or_path(name, inner) for name, inner in section.sections("attributes")
        },
    )


def _predictions(top: Section) -> dict[str, Prediction]:
    """What is to be predicted: a field each, of the name of what it predicts."""
    inner = top.section("predictions")
    inner.only(*Target)
    found = {}
    for target in Target:
        if target in inner.content:
            section = inner.section(target)
            section.only("days")
            found[target.value] = Prediction(target, section.number("days", DAYS[target]))
    return found


def _place(name: str, section: Section) -> OwnPlace:
    section.only("latitude", "longitude", "labels")
    north = section.degrees("latitude", MOST_LATITUDE)
    east = section.degrees("longitude", MOST_LONGITUDE)
    return OwnPlace(name, Point(north, east), section.labels("labels"))


def _rules(top: Section) -> dict[str, Rule]:
    return {name: _rule(name, section) for name, section in top.sections("rules")}


def _rule(name: str, section: Section) -> Rule:
    section.only("definition", "labels")
    return Rule(name, section.text("definition", required=True), section.labels("labels"))


def _words(top: Section) -> tuple[Taught, ...]:
    """The words of each language: `[words.sv]` with `mallis = { of = "city", value = "Malmö" }`."""
    inner = top.section("words")
    for language in inner.content:
        inner.check_language(language)
    return tuple(
        taught
        for language, words in inner.sections_of_all()
        for word, section in words.sections_of_all()
        for taught in _word(language, word, section)
    )


def _word(language: str, word: str, section: Section) -> tuple[Taught, ...]:
    """A word as often as it has values: it stands for any of them."""
    section.only("of", "value", "event", "form")
    event = section.text("event")
    values = section.texts("value") or (None,)
    of = section.text("of", required=not event)
    form = section.text("form", "noun")
    return tuple(Taught(word, language, of, value, event, form) for value in values)
