"""Everything else that members do or meet: a table an event, or a long table of many kinds.

In: a `Scene` with its members. Out: the events, and the tables they stand for. Start at `long` and
`others`.
"""

from segments.catalogue_roles import EVENT_ROLES
from segments.drafting import names, wording
from segments.drafting.attributes import Attributes, free
from segments.drafting.guesses import dated, is_yes, yes_no
from segments.drafting.model import Draft, EventEntry, Note
from segments.drafting.scene import Scene
from segments.drafting.times import time_of
from segments.engine.columns import Shape
from segments.engine.looking import Column, Seen

_ONE = 0.999  # a session that is one member's


def long(scene: Scene, draft: Draft, language: str) -> set[str]:
    """Draft an event for each kind of a long table; gives the tables this settles."""
    settled: set[str] = set()
    for table, seen in scene.tables.items():
        kind = next((column for column in seen.columns if _kinds(column)), None)
        member = scene.to_member(table)
        if kind is None or member is None or not time_of(seen) or _snapshot(scene, table):
            continue
        own = names.role("tables", table)
        known = [code for code in kind.values if names.role("codes", code)]
        if own or not (known or names.named("kinds", names.stem(table))):
            continue
        _visits(scene, draft, table, kind, language)
        for code, times in kind.values.items():
            _kind(scene, draft, (table, kind, code, times), language)
        settled.add(table)
    return settled


def _kinds(column: Column) -> bool:
    several = column.shape is Shape.TEXT and len(column.values) > 1
    return several and names.named("kinds", column.name)


def _kind(scene: Scene, draft: Draft, what: tuple[str, Column, str, int], language: str) -> None:
    table, kind, code, times = what
    role = names.role("codes", code)
    event = _event(scene, table, role if role not in _roles(draft) else None, code)
    event.keys["keep"] = {kind.name: [code]}
    event.note("kept", "keep", n=times)
    if "role" not in event.keys:
        say(event, code, language)
    attributes = Attributes(scene, event, draft.left, language)
    skip = {kind.name, event.keys["time"], *_own_fields(scene, table)}
    attributes.columns(table, skip={*skip, event.keys["member"]})
    attributes.reached(table, "path")
    draft.events[free(event.keys.get("role", code), draft.events)] = event


def _visits(scene: Scene, draft: Draft, table: str, kind: Column, language: str) -> None:
    """The rows of one session are a visit."""
    member = scene.to_member(table) or scene.key
    for column in scene.tables[table].columns:
        if names.named("sessions", column.name) and column.known and "." not in member:
            alone = scene.looker.constant(table, column.name, [member])[member]
            if alone >= _ONE:
                event = _event(scene, table, "visit", column.name)
                event.keys |= {"record": column.name, "parts": table}
                event.note("lines_only", "parts", column=column.name)
                attributes = Attributes(scene, event, draft.left, language)
                attributes.column_of_parts(table, kind)
                draft.events["visit"] = event
                return


def others(scene: Scene, draft: Draft, settled: set[str], language: str) -> set[str]:
    """Draft an event for each table of what happened; gives the tables this settles."""
    found: set[str] = set()
    for table, seen in scene.tables.items():
        member = scene.to_member(table)
        if table in settled or member is None or _snapshot(scene, table):
            continue
        role = names.role("tables", table)
        role = None if role == "lines" else role
        time = time_of(seen) or _time_on_the_way(scene, table)
        if not (time or role) or (table == scene.member and not time):
            continue
        outcomes = _outcomes(scene, seen, "outcomes" if role == "receive" else "came")
        outcomes = outcomes if time else {}
        event = _event(scene, table, role if role not in _roles(draft) else None)
        say(event, table, language, tuple(column.name for column in seen.columns))
        attributes = Attributes(scene, event, draft.left, language)
        session = _session(scene, table) if role == "visit" else ""
        varying: set[str] = set()
        if session:
            event.keys |= {"record": session, "parts": table}
            event.note("lines_only", "parts", column=session)
            every = [column.name for column in seen.columns]
            shares = scene.looker.constant(table, session, every)
            varying = {name for name, share in shares.items() if share < _ONE}
        told = {column.name for column, _ in outcomes.values()}
        skip = {member.split(".")[0], time, session, *told, *_own_fields(scene, table)}
        attributes.columns(table, skip=skip, parts=varying)
        attributes.reached(table, "part" if varying else "path", settled)
        draft.events[free(event.keys.get("role", table), draft.events)] = event
        for role_of, (column, code) in outcomes.items():
            if role_of not in {*_roles(draft), *draft.events}:
                made = _came_of(event, role_of, column, code)
                if role_of not in EVENT_ROLES and (held := _held(seen)):
                    made.keys["time"] = held
                draft.events[free(role_of, draft.events)] = made
        found.add(table)
    return found


def _outcomes(scene: Scene, seen: Seen, section: str) -> dict[str, tuple[Column, str]]:
    """What came of each message or booking, by what that is: the column that says yes or no, and
    its yes."""
    found: dict[str, tuple[Column, str]] = {}
    for column in seen.columns:
        role = names.role(section, column.name, seen.name)
        if role and yes_no(column) and role not in found:
            codes = [code for code in scene.looker.written(seen.name, column.name) if is_yes(code)]
            if len(codes) == 1:
                found[role] = (column, codes[0])
    return found


def _held(seen: Seen) -> str:
    """When what was booked took place, which is when they came."""
    chosen = (c.name for c in seen.columns if dated(c) and names.role("held", c.name))
    return next(chosen, "")


def _came_of(sent: EventEntry, role: str, column: Column, code: str) -> EventEntry:
    """The messages or bookings with a yes, as what members did; the time is that of the message."""
    kept = {key: value for key, value in sent.keys.items() if key not in ("nouns", "verbs", "role")}
    event = EventEntry({**kept, "keep": {column.name: [code]}})
    event.attributes = dict(sent.attributes)
    if role in EVENT_ROLES:
        event.keys["role"] = role
    event.keys |= wording.of_event(role)
    event.note("by_name", "role" if role in EVENT_ROLES else "keep", column=column.name)
    event.note("kept", "keep", n=sum(n for v, n in column.values.items() if is_yes(v)))
    event.note("check_time", "time")
    return event


def _event(scene: Scene, table: str, role: str | None, by: str = "") -> EventEntry:
    event = EventEntry({"role": role} if role else {})
    if role:
        event.note("by_name" if by else "by_table", "role", column=by, table=table)
    event.keys |= {"table": table, "member": scene.to_member(table)}
    time = time_of(scene.tables[table]) or _time_on_the_way(scene, table)
    if time:
        event.keys["time"] = time
        event.note("check_time", "time")
    return event


def say(event: EventEntry, name: str, language: str, columns: tuple[str, ...] = ()) -> None:
    """Write the words that people use of it, beside those of its role; without a role and such
    words its name, which a person has to better."""
    said = wording.of_event(name, columns)
    event.keys |= said
    if not said and "role" not in event.keys:
        event.keys["nouns"] = {language: [names.spelled(name)]}
        event.note("nouns", "nouns")


def _roles(draft: Draft) -> set[str]:
    return {event.keys.get("role", "") for event in draft.events.values()}


def _session(scene: Scene, table: str) -> str:
    columns = scene.tables[table].columns
    repeated = scene.keys.get(table)
    sessions = (each.name for each in columns if names.named("sessions", each.name))
    return next((name for name in sessions if name != repeated), "")


def _snapshot(scene: Scene, table: str) -> bool:
    """Whether a table has one row a member: what is known of them, and nothing they did."""
    key = scene.keys.get(table)
    return key is not None and (table == scene.member or key == scene.to_member(table))


def _own_fields(scene: Scene, table: str) -> set[str]:
    """The columns of an events table that are fields of the members already."""
    return set(scene.fields) if table == scene.member else set()


def _time_on_the_way(scene: Scene, table: str) -> str:
    for path, target in scene.routes(table):
        if time := time_of(scene.tables[target]):
            return f"{path}{time}"
    return ""


def left_tables(scene: Scene, settled: set[str]) -> list[Note]:
    """Tables that nothing speaks of."""
    reached = {target for table in (*settled, scene.member) for _, target in scene.routes(table)}
    spoken = settled | reached | {scene.member}
    return [Note("left_table", {"table": table}) for table in scene.tables if table not in spoken]
