"""The log of files: everything that was fetched, with its keys, whatever becomes of the segment."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from segments.definition import Field, Operator, Test
from segments.errors import Shown
from segments.store import Draft, Handed, Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STOCKHOLM = Field("city", Test(Operator.EQ, ("Stockholm",)))
COUNTS = {"sent": 3, "held_out": 1, "consent": 2}


def handed(**terms: object) -> Handed:
    made: dict[str, object] = {
        "name": "Spring",
        "definition": STOCKHOLM,
        "as_of": date(2026, 2, 28),
        "tool": "klaviyo",
        "columns": ("Email", "First Name"),
        "counts": COUNTS,
        **terms,
    }
    return Handed(**made)  # type: ignore[arg-type]


def test_a_file_is_taken_down_with_its_terms_and_its_keys(store: Store) -> None:
    saved = store.save(Draft("Spring", STOCKHOLM, by="ann"), NOW)
    terms = {"consent": False, "suppress": ("Never",), "holdout": Decimal("0.25"), "seed": "s"}
    begun = store.begin_download(handed(version=saved.newest, **terms), "ann", NOW)
    assert begun.ended_at is None
    store.add_keys(begun.id, 0, pa.array([1, 2, 3]), held_out=False)
    store.add_keys(begun.id, 1, pa.array(["a", "ö"]), held_out=True)
    store.end_download(begun.id, NOW)
    (kept,) = store.downloads()
    assert (kept.segment, kept.version) == (saved.id, saved.newest.id)
    assert kept.definition == STOCKHOLM
    assert (kept.tool, kept.columns, kept.counts) == ("klaviyo", ("Email", "First Name"), COUNTS)
    assert (kept.consent, kept.suppress) == (False, ("Never",))
    assert (kept.holdout, kept.seed) == (Decimal("0.25"), "s")
    assert (kept.by, kept.at, kept.ended_at) == ("ann", NOW, NOW)
    keys = [(held, found.to_pylist()) for held, found in store.downloaded(begun.id)]
    assert keys == [(False, [1, 2, 3]), (True, ["a", "ö"])]


def test_the_log_outlives_the_segment(store: Store) -> None:
    saved = store.save(Draft("Spring", STOCKHOLM), NOW)
    store.begin_download(handed(version=saved.newest), "ann", NOW)
    other = store.begin_download(handed(name="Unsaved"), "bo", NOW)
    store.delete(saved.id)
    assert [each.name for each in store.downloads()] == ["Unsaved", "Spring"]
    assert [each.name for each in store.downloads(saved.id)] == ["Spring"]
    assert store.download(other.id).segment is None
    with pytest.raises(Shown):
        store.download(other.id + 1)


def test_a_list_keeps_people_out_until_it_does_not(store: Store) -> None:
    kept = store.add_list("Never", None, ["1"], NOW, suppresses=True)
    store.add_list("Fair", None, ["2"], NOW)
    assert [each.name for each in store.lists() if each.suppresses] == ["Never"]
    store.suppress(kept.id, on=False)
    assert not any(each.suppresses for each in store.lists())
