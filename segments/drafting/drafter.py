"""A catalogue drafted from a folder: members, fields, links, events, and what is left to a person.

In: a folder, today, the language of labels. Out: a `Draft`; raises `Shown` where nobody can be a
member. Start at `draft`.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from segments.drafting import happenings, members, wording
from segments.drafting.fields import fields
from segments.drafting.guesses import dated
from segments.drafting.model import Draft
from segments.drafting.purchases import purchase
from segments.drafting.scene import Scene, scene_of
from segments.drafting.times import OLD, newest
from segments.engine.looking import Column, looking


def draft(folder: Path, today: date, language: str) -> Draft:
    """Look at the files of a folder and guess."""
    with looking(folder) as looker:
        scene = scene_of(looker)
        made = Draft(member=members.find(scene))
        made.shop.keys["name"] = folder.resolve().name
        made.shop.note("name", "name")
        fields(scene, made, language)
        tiered = any(each.keys.get("role") == "tier" for each in made.fields.values())
        if nouns := wording.of_members(scene.member, tiered=tiered):
            made.member.keys["nouns"] = nouns
        settled = happenings.long(scene, made, language)
        settled |= purchase(scene, made, settled, language)
        settled |= happenings.others(scene, made, settled - {""}, language)
        made.left += happenings.left_tables(scene, settled - {""})
        _links(scene, made)
        _as_of(scene, made, today)
    return made


def _links(scene: Scene, made: Draft) -> None:
    """Write the links of the tables that are spoken of."""
    left = {note.values.get("table") for note in made.left if note.code == "left_table"}
    for table, links in scene.links.items():
        if table in left:
            continue
        for link in links.values():
            entry = made.table(table)
            entry.keys.setdefault("links", {})[link.column] = link.target
            entry.note(
                "link", "links", share=_percent(link.share), column=f"{table}.{link.column}",
                key=f"{link.target}.{scene.keys[link.target]}",
            )  # fmt: skip
            made.table(link.target).keys["key"] = scene.keys[link.target]


def _percent(share: float) -> float | int:
    """A share in percent; nearly all is not all."""
    return int(share * 100) if share < 1 else 100


def _as_of(scene: Scene, made: Draft, today: date) -> None:
    events = list(_times(scene, made)) or [
        column for column in scene.tables[scene.member].columns if dated(column)
    ]
    day = newest(events, today)
    if day is not None and today - day > OLD:
        made.shop.keys["as_of"] = day
        made.shop.note("old", "as_of", day=day.isoformat())
    elif any("days_before" in str(entry.keys) for entry in made.tables.values()):
        made.shop.keys["as_of"] = today
        made.shop.note("counted_from", "as_of")


def _times(scene: Scene, made: Draft) -> Iterator[Column]:
    for event in made.events.values():
        time = event.keys.get("time", "")
        if time and "." not in time:
            yield scene.tables[event.keys["table"]].column(time)
