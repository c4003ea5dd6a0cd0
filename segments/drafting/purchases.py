"""The purchases of a shop: orders, perhaps with lines, or lines alone.

In: a `Scene` with its members. Out: the event `purchase`, and the tables it stands for; nothing
where no table looks like one. Start at `purchase`.
"""

from dataclasses import dataclass

from segments.drafting import names, wording
from segments.drafting.attributes import Attributes
from segments.drafting.guesses import dated, yes_no
from segments.drafting.model import Draft, Entry, EventEntry
from segments.drafting.scene import Scene
from segments.drafting.times import time_of
from segments.engine.columns import NUMBERS
from segments.engine.looking import Column

_LEAST = 3  # a table of less evidence is not one of purchases
_WHOLE = 100  # per cent
_SAME = 0.01  # an order's total and the sum of its lines may differ by this share
_ONE = 0.999  # a value that is the same in this share of orders is the order's own


@dataclass(slots=True)
class _Found:
    table: str
    record: str
    parts: str


def purchase(scene: Scene, draft: Draft, skip: set[str], language: str) -> set[str]:
    """Draft the event; gives the tables that need no event of their own."""
    found = _tables(scene, skip)
    if found is None:
        return set()
    event = EventEntry({"role": "purchase", "table": found.table})
    event.note("by_table", "role", table=found.table)
    event.keys |= wording.of_event(found.table)
    member = scene.to_member(found.table) or scene.key
    event.keys["member"] = member
    event.keys["time"] = time_of(scene.tables[found.table])
    event.note("check_time", "time")
    columns = _parts(scene, draft, event, found) if found.parts else set[str]()
    attributes = Attributes(scene, event, draft.left, language)
    skipped = {member.split(".")[0], event.keys["time"], found.record} | columns
    skipped |= _amount(attributes, draft, found)
    if found.parts and found.parts != found.table:
        own = {column.name for column in scene.tables[found.parts].columns}
        links = scene.links.get(found.parts, {})
        back = {name for name in own if name in links and links[name].target == found.table}
        attributes.columns(found.parts, skip=back | skipped, parts=own)
    varying = _varying(scene, found) if found.parts == found.table else set[str]()
    attributes.columns(found.table, skip=skipped, parts=varying)
    if found.parts and found.parts != found.table:
        attributes.reached(found.parts, "part", {found.table})
    attributes.reached(found.table, "part" if varying else "path")
    _drops(scene, event, found.table)
    draft.events["purchase"] = event
    return {found.table, found.parts}


def _tables(scene: Scene, skip: set[str]) -> _Found | None:
    scores = {table: _score(scene, table) for table in scene.tables if table not in skip}
    best = max(scores, key=lambda table: (scores[table], scene.tables[table].rows), default="")
    if not best or scores[best] < _LEAST:
        return None
    key = scene.keys.get(best, "")
    if key:
        return _Found(best, key, _lines(scene, best) or "")
    repeated = [
        column.name
        for column in scene.tables[best].columns
        if names.named("orders", column.name) and column.known
    ]
    return _Found(best, repeated[0], best) if repeated else _Found(best, "", "")


def _score(scene: Scene, table: str) -> int:
    """How much a table looks like one of purchases."""
    seen = scene.tables[table]
    if table == scene.member and scene.keys.get(table) == scene.key:
        return 0
    direct = scene.to_member(table)
    if direct is None or not time_of(seen):
        return 0
    if direct.split(".")[0] not in {column.name for column in seen.columns} and (
        scene.hop_target(table, direct) != scene.member
    ):
        return 0
    role = names.role("tables", table)
    if role not in {None, "purchase", "lines"}:
        return 0
    sold = {names.role("attributes", column.name, table) for column in seen.columns}
    own = 2 * bool(sold & {"amount", "price"}) + ("quantity" in sold)
    paid = "amount" in sold and names.named("payments", table)  # where nothing else is sold
    return (
        4 * (role == "purchase")
        + 3 * (role == "lines")
        + own
        + paid
        + 2 * bool(_lines(scene, table))
    )


def _lines(scene: Scene, table: str) -> str | None:
    """Give the table whose rows are parts of this one's."""
    found: list[tuple[int, int, str]] = []
    for other, links in scene.links.items():
        if any(link.target == table for link in links.values()):
            sold = {
                names.role("attributes", column.name, other)
                for column in scene.tables[other].columns
            } & {"amount", "quantity", "price", "product"}
            products = any(scene.hop_names(link.target) for link in links.values())
            lines = names.role("tables", other) == "lines"
            score = len(sold) + products + 3 * lines
            if sold and score > 1 and names.role("tables", other) in {None, "lines", "purchase"}:
                found.append((score, scene.tables[other].rows, other))
    return max(found)[2] if found else None


def _parts(scene: Scene, draft: Draft, event: EventEntry, found: _Found) -> set[str]:
    """Say what the parts are; gives the columns that this settles."""
    event.keys["record"], event.keys["parts"] = found.record, found.parts
    if found.parts != found.table:
        event.note("parts", "parts", table=found.parts)
        return set()
    event.note("lines_only", "parts", column=found.record)
    member = event.keys["member"]
    if "." in member:
        return set()
    alone = scene.looker.constant(found.table, found.record, [member])[member]
    if alone < 1:
        name = f"{names.identifier(found.record)}_of_member"
        columns = draft.table(found.table).keys.setdefault("columns", {})
        columns[name] = [found.record, member]
        draft.table(found.table).note("joined_key", "columns", record=found.record, member=member)
        event.keys["record"] = name
    return set()


def _varying(scene: Scene, found: _Found) -> set[str]:
    own = [column.name for column in scene.tables[found.table].columns]
    shares = scene.looker.constant(found.table, found.record, own)
    return {name for name, share in shares.items() if share < _ONE}


def _amount(attributes: Attributes, draft: Draft, found: _Found) -> set[str]:
    """What a purchase cost: a column, or the price times the quantity of its lines. Gives the
    columns that say nothing more."""
    scene = attributes.scene
    entry = Entry({"type": "money", "role": "amount"})
    own, lines = _sold(scene, found.table), _sold(scene, found.parts) if found.parts else {}
    factors: list[str] = []
    if "amount" in lines:
        entry.keys["part"], factors = lines["amount"].name, [lines["amount"].name]
        entry.note("by_name", "part", column=lines["amount"].name)
    elif "price" in lines:
        factors = [lines[role].name for role in ("price", "quantity") if role in lines]
        off = _rate(scene, found.parts)
        plain = (off or "x").removesuffix(f" / {_WHOLE}")
        computable = all(name.isidentifier() for name in (*factors, plain))
        if (len(factors) > 1 or off) and computable:
            formula = " * ".join(factors) + (f" * (1 - {off})" if off else "")
            columns = draft.table(found.parts).keys.setdefault("columns", {})
            name = "line_amount"
            columns[name], entry.keys["part"] = formula, name
            entry.note("computed_amount", "part")
            factors = [] if off else factors
        elif len(factors) == 1:
            entry.keys["part"] = factors[0]
            entry.note("price_as_amount", "part", column=factors[0])
    elif "quantity" in lines and "amount" not in own and (price := _price(scene, found.parts)):
        columns = draft.table(found.parts).keys.setdefault("columns", {})
        columns["line_amount"] = f"{lines['quantity'].name} * {price}"
        entry.keys["part"] = "line_amount"
        entry.note("linked_amount", "part", path=price)
    if "amount" in own and found.parts != found.table:
        total = own["amount"].name
        if "part" in entry.keys and factors and _agree(scene, found, total, factors):
            entry.note("same_total", "part", column=f"{found.table}.{total}")
        else:
            entry.keys["path"] = total
            entry.note("by_name", "path", column=total)
            if "part" in entry.keys:
                entry.note("other_total", "path", parts=entry.keys["part"])
    used = {one["amount"].name for one in (own, lines) if "amount" in one}
    places = {key: entry.keys[key] for key in ("path", "part") if key in entry.keys}
    if places:
        entry.keys = places | entry.keys
        attributes.put("amount", entry)
    else:
        attributes.event.note("no_amount")
    return used


def _sold(scene: Scene, table: str) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in scene.tables[table].columns:
        role = names.role("attributes", column.name, table)
        if role in {"amount", "price", "quantity"} and column.shape in NUMBERS:
            found.setdefault(role, column)
    return found


def _price(scene: Scene, table: str) -> str | None:
    """Give the path to a price that stands in a table on the way, as that of the product."""
    for path, target in scene.routes(table):
        for column in scene.tables[target].columns:
            priced = names.role("attributes", column.name, target) == "price"
            way = f"{path}{column.name}"
            if priced and column.shape in NUMBERS and way.replace(".", "").isidentifier():
                return way
    return None


def _rate(scene: Scene, table: str) -> str | None:
    """Give a discount that is a share of the price, or per cent of it."""
    for column in scene.tables[table].columns:
        named = names.named("discount", column.name) and column.shape in NUMBERS and column.most
        if named and float(column.least) >= 0 and 0 < float(column.most) <= 1:
            return column.name
        cent = names.named("discount_percent", column.name) and column.shape in NUMBERS
        if cent and column.most and 0 <= float(column.least) <= float(column.most) <= _WHOLE:
            return f"{column.name} / {_WHOLE}"
    return None


def _agree(scene: Scene, found: _Found, total: str, factors: list[str]) -> bool:
    whole = scene.looker.total(found.table, [total])
    parts = scene.looker.total(found.parts, factors)
    return abs(whole - parts) <= _SAME * abs(whole)


def _drops(scene: Scene, event: EventEntry, table: str) -> None:
    """Records that are perhaps no purchases: a person decides."""
    seen = scene.tables[table]
    for column in seen.columns:
        share: dict[str, int] = {}
        if yes_no(column) and names.named("yes_gone", column.name):
            share = {code: n for code, n in column.values.items() if code.casefold() in _YES}
        elif column.values and not dated(column):
            share = {code: n for code, n in column.values.items() if names.holds("gone", code)}
        if share and len(share) < len(column.values):
            part = round(100 * sum(share.values()) / seen.rows, 1)
            event.note("perhaps_drop", "drop", column=column.name, codes=list(share), share=part)


_YES = {"true", "t", "1", "yes", "y", "ja", "j"}
