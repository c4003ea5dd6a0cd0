"""What is known of members: the columns of their table, and of those it links to.

In: a `Scene` with its members. Out: the fields. In a table of events only what never changes for a
member is taken. Start at `fields`.
"""

from segments.drafting import names
from segments.drafting.attributes import free
from segments.drafting.guesses import Place, guess
from segments.drafting.model import Draft, Entry, Note
from segments.drafting.scene import Scene
from segments.drafting.times import time_of
from segments.engine.columns import NUMBERS

_STEADY = 0.95  # a column that is one value for this share of members is the member's
_ALWAYS = 0.999
_SHOWN = (
    "first_name", "last_name", "company", "city", "country", "age", "gender", "tier", "source",
)  # fmt: skip


def fields(scene: Scene, draft: Draft, language: str) -> None:
    """Draft the fields of the members."""
    own = scene.tables[scene.member]
    skip = {scene.key, scene.keys.get(scene.member)}
    places = [Place(own, column, column.name) for column in own.columns if column.name not in skip]
    if scene.keys.get(scene.member) is None:
        places = _steady(scene, places)
    else:
        _days_ago(scene, draft, language)
    for path, target in scene.routes(scene.member):
        if scene.keys.get(scene.member) is None and not _about_members(scene, target):
            continue
        seen = scene.tables[target]
        places += [
            Place(seen, column, f"{path}{column.name}")
            for column in seen.columns
            if column.name != scene.keys[target]
        ]
    for place in places:
        _add(scene, draft, place, language)
    by_role = {entry.keys.get("role"): name for name, entry in draft.fields.items()}
    shown = [by_role[role] for role in _SHOWN if role in by_role]
    if shown or draft.fields:
        draft.member.keys["shown"] = (shown or list(draft.fields))[:4]


def _add(scene: Scene, draft: Draft, place: Place, language: str) -> None:
    if place.column.name in scene.links.get(place.seen.name, {}):
        return
    roles = {entry.keys.get("role") for entry in draft.fields.values()}
    found = guess(place, "fields", roles, language)
    if isinstance(found, Note):
        draft.left.append(found)
        return
    name = found.keys.get("role", place.column.name)
    draft.fields[free(name, draft.fields)] = found
    if place.seen.name == scene.member:
        scene.fields.append(place.column.name)


def _steady(scene: Scene, places: list[Place]) -> list[Place]:
    """Those whose column does not change from one event of a member to the next."""
    time = time_of(scene.tables[scene.member])
    chosen = [
        place
        for place in places
        if place.column.name != time and place.column.name not in scene.links.get(scene.member, {})
    ]
    shares = scene.looker.constant(scene.member, scene.key, [each.column.name for each in chosen])
    return [
        place
        for place in chosen
        if _own(place, shares[place.column.name])
        and not (names.is_id(place.column.name))
        and names.role("attributes", place.column.name) not in {"amount", "quantity", "price"}
    ]


def _own(place: Place, share: float) -> bool:
    """Whether a value is the member's: without a role that says so it never changes at all."""
    role = names.role("fields", place.column.name, place.seen.name)
    known = place.column.known >= place.seen.rows / 2
    return share >= _STEADY if role else (share >= _ALWAYS and known)


def _about_members(scene: Scene, table: str) -> bool:
    return any(
        link.target == table and link.column == scene.key
        for link in scene.links.get(scene.member, {}).values()
    )


def _days_ago(scene: Scene, draft: Draft, language: str) -> None:
    """A snapshot that counts days back: the day itself is what can be asked about."""
    for column in scene.tables[scene.member].columns:
        if names.named("days_ago", column.name) and column.shape in NUMBERS:
            columns = draft.table(scene.member).keys.setdefault("columns", {})
            name = f"{names.identifier(column.name)}_day"
            columns[name] = {"days_before": column.name}
            draft.table(scene.member).note("days_before", "columns", column=column.name)
            label = {language: ["last purchase"]}
            draft.fields[name] = Entry({"path": name, "type": "date", "labels": label})
            draft.fields[name].note("label", "labels")
