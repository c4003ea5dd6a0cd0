"""Every version is kept with who, when and why, and nobody's is put away unseen."""

from datetime import date, timedelta

import pytest

from segments.definition import All, Audience, Not, Source
from segments.errors import Shown
from segments.problems import (
    BadList,
    BadReview,
    BadTag,
    SegmentChanged,
    SegmentRing,
    StillNamed,
    UnknownVersion,
)
from segments.store import Cause, Draft, Size, Store
from tests.segments.store.drafts import BIG, NOW, SMALL, SWEDES

LATER = NOW + timedelta(days=2)


def test_each_save_is_a_version_with_who_when_and_why(store: Store) -> None:
    first = store.save(Draft("Swedes", SWEDES, "svenskar", "sv", by="anna", note="autumn"), NOW)
    store.save(Draft("Swedes", BIG, "många poäng", "sv", by="bo"), LATER, first.id, base=1)
    new, old = store.history(first.id)
    assert (new.number, new.by, new.at, new.note, new.definition) == (2, "bo", LATER, "", BIG)
    assert (old.number, old.by, old.at, old.note) == (1, "anna", NOW, "autumn")
    assert (old.sentence, old.language, old.definition) == ("svenskar", "sv", SWEDES)
    assert store.get(first.id).newest == new
    assert store.get(first.id).owner == "anna"
    assert store.version(first.id, 1) == old


def test_saving_the_same_again_makes_no_version_unless_it_says_why(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    same = store.save(Draft("The Swedes", SWEDES), LATER, saved.id)
    assert (same.name, same.newest.number) == ("The Swedes", 1)
    noted = store.save(Draft("The Swedes", SWEDES, note="checked with finance"), LATER, saved.id)
    assert (noted.newest.number, noted.newest.note) == (2, "checked with finance")


def test_saving_over_what_somebody_changed_meanwhile_is_refused(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    store.save(Draft("Swedes", BIG, by="bo"), NOW, saved.id, base=1)
    with pytest.raises(Shown) as caught:
        store.save(Draft("Swedes", SMALL, by="anna"), LATER, saved.id, base=1)
    at = "2026-11-22 08:30 UTC"
    assert caught.value.problems == (SegmentChanged("", "named", "Swedes", "bo", at, 2, 1),)
    assert [each.definition for each in store.history(saved.id)] == [BIG, SWEDES]
    assert store.save(Draft("Swedes", SMALL), LATER, saved.id, base=2).newest.number == 3


def test_an_old_version_comes_back_as_a_new_one(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES, "svenskar", "sv", by="anna"), NOW)
    store.save(Draft("Swedes", BIG), NOW, saved.id)
    back = store.restore(saved.id, 1, "bo", LATER, "too many")
    assert (back.newest.number, back.newest.restored, back.newest.by) == (3, 1, "bo")
    assert (back.definition, back.sentence, back.newest.note) == (SWEDES, "svenskar", "too many")
    with pytest.raises(Shown) as caught:
        store.restore(saved.id, 9, "bo", LATER)
    assert caught.value.problems == (UnknownVersion("", 9, "Swedes"),)


def test_a_copy_has_a_life_of_its_own(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES, "svenskar", "sv", by="anna"), NOW)
    store.tag(saved.id, ["autumn"])
    copy = store.duplicate(saved.id, "Swedes again", "bo", LATER)
    assert (copy.definition, copy.sentence, copy.tags) == (SWEDES, "svenskar", ("autumn",))
    assert (copy.owner, copy.newest.number, copy.created_at) == ("bo", 1, LATER)
    store.save(Draft("Swedes", BIG), LATER, saved.id)
    assert store.get(copy.id).definition == SWEDES


def test_tags_are_a_set_that_knows_no_case(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    assert store.tag(saved.id, [" Spring ", "VIP", "vip", ""]).tags == ("Spring", "VIP")
    assert store.tag(saved.id, ["new"]).tags == ("new",)
    for wrong, code in (("a,b", "comma"), ("x" * 61, "too_long")):
        with pytest.raises(Shown) as caught:
            store.tag(saved.id, ["fine", wrong])
        assert caught.value.problems == (BadTag("tags", code, wrong),)
    assert store.get(saved.id).tags == ("new",)


def test_what_is_archived_keeps_everything_and_comes_back(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    away = store.archive(saved.id, LATER)
    assert (away.archived_at, away.definition) == (LATER, SWEDES)
    assert store.list() == (away,)
    assert store.unarchive(saved.id, LATER).archived_at is None


def test_a_segment_is_due_for_review_an_interval_after_the_last_look(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    assert not saved.due(NOW + timedelta(days=1000))
    saved = store.review_every(saved.id, 30)
    assert (saved.due(NOW + timedelta(days=29)), saved.due(NOW + timedelta(days=30))) == (
        False,
        True,
    )
    looked = store.reviewed(saved.id, NOW + timedelta(days=31))
    assert looked.review_at == NOW + timedelta(days=61)
    changed = store.save(Draft("Swedes", BIG), NOW + timedelta(days=40), saved.id)
    assert changed.review_at == NOW + timedelta(days=70)
    assert store.archive(saved.id, NOW).review_at is None
    assert store.review_every(saved.id, None).review_days is None
    for days in (0, -1, 4000):
        with pytest.raises(Shown) as caught:
            store.review_every(saved.id, days)
        assert caught.value.problems == (BadReview("days", str(days)),)


def test_an_owner_can_hand_a_segment_over(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES, by="anna"), NOW)
    assert store.assign(saved.id, " bo  ek ").owner == "bo ek"


def test_a_segment_is_found_by_name_and_a_near_one_is_proposed(store: Store) -> None:
    saved = store.save(Draft("Loyal Swedes", SWEDES), NOW)
    assert store.find("loyal  swedes") == saved
    with pytest.raises(Shown) as caught:
        store.find("loyal swede")
    (problem,) = caught.value.problems
    assert (problem.code, problem.suggestions) == ("unknown", ("Loyal Swedes",))


def test_no_segment_is_made_of_itself_by_saving_renaming_or_restoring(store: Store) -> None:
    inner = store.save(Draft("Inner", SWEDES), NOW)
    outer = store.save(Draft("Outer", Audience(Source.SEGMENT, "inner")), NOW)
    for act in (
        lambda: store.save(Draft("Inner", Audience(Source.SEGMENT, "Outer")), NOW, inner.id),
        lambda: store.save(Draft("Own", Audience(Source.SEGMENT, "own")), NOW),
    ):
        with pytest.raises(Shown) as caught:
            act()
        assert isinstance(caught.value.problems[0], SegmentRing)
    store.save(Draft("Outer", SWEDES), NOW, outer.id)
    store.save(Draft("Inner", Audience(Source.SEGMENT, "Outer")), NOW, inner.id)
    with pytest.raises(Shown) as caught:
        store.restore(outer.id, 1, "", NOW)
    assert isinstance(caught.value.problems[0], SegmentRing)
    assert store.get(outer.id).newest.number == 2


def test_those_that_name_a_segment_follow_when_it_gets_another_name(store: Store) -> None:
    inner = store.save(Draft("Inner", SWEDES), NOW)
    named = Audience(Source.SEGMENT, "inner")
    listed = Audience(Source.LIST, "Inner")
    outer = store.save(Draft("Outer", All((Not(named), listed)), "not inner", "en"), NOW)
    store.rename(inner.id, "Core", LATER, "bo")
    followed = store.get(outer.id)
    assert followed.definition == All((Not(Audience(Source.SEGMENT, "Core")), listed))
    newest = followed.newest
    assert (newest.number, newest.by, newest.note) == (2, "bo", "Inner → Core")
    assert newest.sentence == "not inner"
    store.save(Draft("Kernel", BIG, by="cia"), LATER, inner.id)
    assert 'segment "Kernel"' in store.get(outer.id).text
    assert store.get(outer.id).newest.by == "cia"
    assert [each.number for each in store.history(inner.id)] == [2, 1]


def test_sizes_are_those_of_a_version_in_the_order_of_time(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    first = saved.newest.id
    store.record_size(first, 40, 100, date(2026, 11, 22), Cause.SAVE, NOW)
    second = store.save(Draft("Swedes", BIG), LATER, saved.id).newest.id
    store.record_size(second, 50, 101, date(2026, 11, 24), Cause.HEALTH, LATER)
    store.record_size(9999, 1, 1, date(2026, 11, 24), Cause.HEALTH, LATER)
    assert store.sizes(saved.id) == (
        Size(first, NOW, date(2026, 11, 22), 40, 100, Cause.SAVE),
        Size(second, LATER, date(2026, 11, 24), 50, 101, Cause.HEALTH),
    )
    other = store.save(Draft("Other", BIG), NOW)
    assert set(store.all_sizes()) == {saved.id}
    assert store.sizes(other.id) == ()


def test_what_others_keep_with_a_segment_is_one_object_a_kind(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    store.attach(saved.id, "messages", {"sms": {"text": "Hej å 🙂", "parts": [1, 2]}}, "bo", NOW)
    assert store.attached(saved.id, "messages") == {"sms": {"text": "Hej å 🙂", "parts": [1, 2]}}
    assert store.attached(saved.id, "other") is None
    store.attach(saved.id, "messages", None, "bo", NOW)
    assert store.attached(saved.id, "messages") is None
    with pytest.raises(Shown):
        store.attach(99, "messages", {}, "bo", NOW)


def test_what_is_deleted_takes_along_all_that_was_kept_with_it(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    store.tag(saved.id, ["a"])
    store.attach(saved.id, "messages", {"a": 1}, "bo", NOW)
    store.record_size(saved.newest.id, 1, 2, date(2026, 11, 22), Cause.SAVE, NOW)
    store.delete(saved.id)
    again = store.save(Draft("Swedes", SWEDES), NOW)
    assert (again.tags, store.sizes(again.id)) == ((), ())
    assert store.attached(again.id, "messages") is None
    assert again.newest.id > saved.newest.id


def test_what_others_are_made_of_cannot_be_deleted(store: Store) -> None:
    swedes = store.save(Draft("Swedes", SWEDES), NOW)
    made_of = Audience(Source.SEGMENT, "SWEDES")
    other = store.save(Draft("Young Swedes", All((made_of, SMALL))), NOW)
    store.archive(other.id, NOW)  # it could be taken into use again
    with pytest.raises(Shown) as caught:
        store.delete(swedes.id)
    assert caught.value.problems == (StillNamed("name", "segment", "Swedes", "Young Swedes"),)
    assert store.naming(Source.SEGMENT, "swedes") == ("Young Swedes",)
    assert store.archive(swedes.id, NOW).archived_at == NOW  # that harms nobody
    store.save(Draft("Young Swedes", SMALL), NOW, other.id)
    store.delete(swedes.id)
    assert [each.name for each in store.list()] == ["Young Swedes"]


def test_a_list_that_is_named_or_keeps_people_out_cannot_be_removed(store: Store) -> None:
    kept = store.add_list("Fair", None, ["1"], NOW, suppresses=True)
    named = store.save(Draft("At the fair", Audience(Source.LIST, "fair")), NOW)
    for problem, act in (
        (StillNamed("name", "list", "Fair", "At the fair"), lambda: store.delete(named.id)),
        (BadList("name", "suppresses", "Fair"), lambda: store.suppress(kept.id, on=False)),
    ):
        with pytest.raises(Shown) as caught:
            store.remove_list(kept.id)
        assert caught.value.problems == (problem,)
        assert [each.id for each in store.lists()] == [kept.id]
        act()
    store.remove_list(kept.id)
    assert store.lists() == ()
    store.remove_list(kept.id)  # that is gone already
