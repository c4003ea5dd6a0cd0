"""Who the members of a shop are: a table of customers, or whoever stands in its events.

In: a `Scene`. Out: the scene knows the table and the key, and a note says why. Raises `Shown` when
nothing looks like members. Start at `find`.
"""

from segments.drafting import names
from segments.drafting.model import Entry
from segments.drafting.scene import Link, Scene
from segments.engine.columns import Shape
from segments.errors import Shown
from segments.problems import BadData

_PERSONAL = {"email", "first_name", "gender", "birth_date", "age", "marital_status", "income"}
MOMENTS = frozenset({Shape.DAY, Shape.INSTANT, Shape.ZONED})
_KEYS = frozenset({Shape.WHOLE, Shape.TEXT, Shape.REAL})


def find(scene: Scene) -> Entry:
    """Choose the members; gives the section `[member]`."""
    entry = _of_their_own(scene) or _in_events(scene)
    if entry is None:
        raise Shown(BadData("", "no_members", ", ".join(scene.tables)))
    scene.member, scene.key = entry.keys["table"], entry.keys["key"]
    _prefer(scene)
    return entry


def _of_their_own(scene: Scene) -> Entry | None:
    """A table with a row a person."""
    scores = {table: _score(scene, table) for table in scene.keys}
    best = max(scores, key=lambda table: (scores[table], scene.tables[table].rows), default="")
    if not best or scores[best] <= 0:
        return None
    key, rows = scene.keys[best], scene.tables[best].rows
    entry = Entry({"table": best, "key": key})
    for column in scene.tables[best].columns:
        person = names.holds("people", column.name) and names.holds("each", column.name)
        if column.name != key and person and column.known == rows:
            different = scene.looker.different(best, column.name)
            entry.keys["key"] = column.name
            entry.note("member_repeated", "key", key=key, n=different, rows=rows)
            return entry
    entry.note("member_table", "key", table=best, key=key, n=rows)
    return entry


def _score(scene: Scene, table: str) -> int:
    """How much a table looks like one of people; none at all when nothing says so."""
    seen = scene.tables[table]
    by_name = 4 * (names.holds("people", table) and not names.role("tables", table))
    by_key = 2 * names.holds("people", scene.keys[table])
    personal = {names.role("fields", column.name, table) for column in seen.columns} & _PERSONAL
    score = by_name + by_key + (len(personal) if len(personal) > 1 else 0)
    pointing = sum(
        link.target == table for links in scene.links.values() for link in links.values()
    )
    return score + pointing if score else 0


def _in_events(scene: Scene) -> Entry | None:
    """No table of people: each key of a person that occurs in a table of what happened."""
    found: list[tuple[tuple[bool, bool, int], str, str, int]] = []
    for table, seen in scene.tables.items():
        timed = any(column.shape in MOMENTS for column in seen.columns)
        for column in seen.columns:
            if column.shape in _KEYS and names.is_id(column.name):
                person = names.holds("people", column.name)
                if person and column.known:
                    bought = names.role("tables", table) == "purchase"
                    rank = (timed, bought, seen.rows)
                    found.append((rank, table, column.name, column.different))
    if not found:
        return None
    _, table, key, different = max(found, key=lambda one: one[0])
    entry = Entry({"table": table, "key": key})
    entry.note("member_in_events", "key", table=table, key=key, n=different)
    return entry


def _prefer(scene: Scene) -> None:
    """A column that could point to two tables points to the members."""
    if scene.member not in scene.keys:
        return
    key = scene.keys[scene.member]
    for table, links in scene.links.items():
        for column, link in links.items():
            if scene.member in {link.target, table}:
                continue
            if names.holds("people", column) and names.holds("people", key):
                share = scene.looker.share(table, column, scene.member, key)
                if share >= link.share:
                    links[column] = Link(table, column, scene.member, share)
