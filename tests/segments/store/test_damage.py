"""A full disk, a file cut short, lost or foreign: a message that says so, what was there is left
alone, and what was confirmed comes back."""

import resource
import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import sqlalchemy as sa

from segments.definition import Field, Operator
from segments.definition import Test as Comparison  # pytest collects what is called Test
from segments.errors import Shown
from segments.problems import BadStore
from segments.store import Draft, Handed, Store, rescue
from segments.store.copies import Copies
from tests.segments.store.drafts import BIG, NOW, SMALL, SWEDES
from tests.segments.store.first_store import first_store
from tests.segments.store.writers import FORKS


def refused(place: Path | str) -> BadStore:
    with pytest.raises(Shown) as caught:
        Store.open(place)
    (problem,) = caught.value.problems
    assert isinstance(problem, BadStore)
    return problem


def filled(place: Path) -> None:
    """Two segments with a history, what hangs on them, and a list."""
    with Store.open(place) as store:
        first = store.save(Draft("Gone", SMALL), NOW)
        swedes = store.save(Draft("Swedes", SWEDES, "svenskar", "sv", by="anna", note="a"), NOW)
        store.save(Draft("Swedes", BIG, "många", "sv", by="bo", note="why"), NOW, swedes.id)
        store.save(Draft("Small", SMALL, by="anna"), NOW)
        store.tag(swedes.id, ["autumn"])
        store.add_list("Fair", None, [str(n) for n in range(40)], NOW)
        store.delete(first.id)


# --- full

SAVES, LIMIT = 60, 400_000  # bytes a file may have


def _save_until_full(place: Path, tell: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))
    with Store.open(place) as store:
        for number in range(SAVES):
            try:
                store.save(Draft(f"Long {number}", SMALL, "x" * 40_000), NOW)
            except Shown as shown:
                tell.send(shown.problems[0])
                return
            tell.send(number)


def test_a_full_disk_refuses_the_save_and_keeps_all_before_it(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    ours, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_save_until_full, args=(place, theirs))
    process.start()
    theirs.close()
    told = [ours.recv()]
    while isinstance(told[-1], int) and told[-1] < SAVES - 1:
        told.append(ours.recv())
    process.join(60)
    *confirmed, problem = told
    assert isinstance(problem, BadStore)
    assert problem.code == "full"
    assert len(confirmed) > 2
    with Store.open(place) as store:
        assert {each.name for each in store.list()} == {f"Long {n}" for n in confirmed}
        store.save(Draft("Room again", BIG), NOW)


def test_a_file_that_may_not_grow_refuses_the_save_and_keeps_all_before_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "segments.db") as store:
        saved = store.save(Draft("Before", BIG), NOW)
        engine = store._database._engine
        with engine.connect() as connection:
            pages = connection.execute(sa.text("PRAGMA page_count")).scalar_one()
        engine.dispose()
        limit = f"PRAGMA max_page_count = {pages + 2}"
        sa.event.listen(engine, "connect", lambda raw, _: raw.execute(limit).close())
        with pytest.raises(Shown) as caught:
            store.save(Draft("Long", SMALL, "x" * 100_000), NOW)
        assert caught.value.problems[0].code == "full"
        assert store.list() == (saved,)


# --- damaged, lost, foreign


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 6000, 20_000, -4096, -1])
def test_a_file_cut_short_is_left_alone_and_every_save_comes_back(
    tmp_path: Path, left: int
) -> None:
    place = tmp_path / "segments.db"
    filled(place)
    with Store.open(place) as store:
        before, history = store.list(), store.history(store.find("Swedes").id)
    whole = place.read_bytes()
    cut = whole[:left]
    place.write_bytes(cut)
    assert refused(place).code in ("damaged", "not_a_store")
    assert place.read_bytes() == cut
    rescued = rescue(place, NOW)
    assert rescued.segments == 2
    assert rescued.aside is not None
    assert rescued.aside.read_bytes() == cut
    with Store.open(place) as store:
        assert store.list() == before
        assert store.history(store.find("Swedes").id) == history
        assert store.save(Draft("New", BIG), NOW).id not in {each.id for each in before}
        for kept in store.lists():
            assert len(store.entries(kept.id)) == kept.size


def test_a_file_damaged_in_the_middle_is_noticed(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    filled(place)
    whole = bytearray(place.read_bytes())
    for page in range(1, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    place.write_bytes(whole)
    assert refused(place).code == "damaged"
    assert rescue(place, NOW).segments == 2


def test_a_second_rescue_keeps_both_old_files(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    filled(place)
    asides = []
    for _ in range(2):
        place.write_bytes(place.read_bytes()[:5000])
        asides.append(rescue(place, NOW).aside)
    assert len(set(asides)) == 2
    assert all(aside is not None and aside.stat().st_size == 5000 for aside in asides)


def test_a_lost_file_is_no_new_store_and_comes_back_from_the_copies(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    filled(place)
    place.unlink()
    assert refused(place).code == "missing"
    assert not place.exists()
    assert rescue(place, NOW).aside is None
    with Store.open(place) as store:
        assert [each.name for each in store.list()] == ["Small", "Swedes"]


def test_lists_and_the_log_come_back_from_their_copies(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    with Store.open(place) as store:
        fair = store.add_list("Fair", "email", ["b@example.org", "å@example.org"], NOW)
        store.suppress(fair.id, on=True)
        gone = store.add_list("Gone", None, ["1"], NOW)
        store.remove_list(gone.id)
        for name in ("Whole", "Broken off"):
            handed = Handed(name, BIG, NOW.date(), "csv", ("Å",), {"sent": 1}, suppress=("Fair",))
            begun = store.begin_download(handed, "anna", NOW)
            if name == "Whole":
                store.end_download(begun.id, NOW)
        lists, log = store.lists(), store.downloads()
    place.unlink()
    assert refused(place).code == "missing"  # though there is no segment
    assert rescue(place, NOW).lists == 1
    with Store.open(place) as store:
        assert store.lists() == lists
        assert store.entries(fair.id) == ("b@example.org", "å@example.org")
        assert store.downloads() == log
        assert [each.ended_at for each in log] == [None, NOW]


def test_what_was_not_confirmed_leaves_no_copy_of_a_list(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    with Store.open(place) as store:
        store.add_list("Fair", None, ["1"], NOW)
    copies = Copies(place)
    copies.write_list(2, {"name": "Never kept", "created_at": NOW}, ["1"])
    copies.remove_list(1)  # as of an older store
    with Store.open(place):
        assert list(copies.lists()) == [1]


def test_without_file_and_copies_there_is_nothing_to_rescue(tmp_path: Path) -> None:
    with pytest.raises(Shown) as caught:
        rescue(tmp_path / "segments.db", NOW)
    assert caught.value.problems[0].code == "no_copies"


def test_an_older_store_has_its_copies_once_it_was_opened(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    first_store(place, {"Swedes": SWEDES, "Hurt": BIG})
    with Store.open(place) as store:
        before = store.list()
    place.write_bytes(b"")
    rescue(place, NOW)
    with Store.open(place) as store:
        swedes, hurt = (store.find(name) for name in ("Swedes", "Hurt"))
        assert (swedes.definition, swedes.newest.by) == (SWEDES, "anna")
        assert {swedes.id, hurt.id} == {each.id for each in before}
        assert hurt.definition is None


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("customers in Malmö\n" * 300, encoding="utf-8")
    assert refused(place).code == "not_a_store"
    assert place.read_text(encoding="utf-8").startswith("customers")


def test_a_file_that_is_cut_while_it_is_open_is_said_too(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    filled(place)
    with Store.open(place) as store:
        store._database._engine.dispose()
        place.write_bytes(place.read_bytes()[:8192])
        with pytest.raises(Shown) as caught:
            store.save(Draft("New", Field("points", Comparison(Operator.GE, (9,)))), NOW)
    assert caught.value.problems[0].code == "damaged"


def test_an_address_that_leads_nowhere_is_said_without_its_password() -> None:
    problem = refused("postgresql://anna:secret@127.0.0.1:1/segments")
    assert problem.code == "unreachable"
    assert "secret" not in repr(problem)
    for address in ("mysql://anna:secret@example.com/x", "nothing at all://", "sqlite://"):
        problem = refused(address)
        assert problem.code == "bad_address"
        assert "secret" not in repr(problem)


def test_a_transaction_that_fails_leaves_nothing_behind(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    with pytest.raises(Shown):
        store.tag(saved.id, ["fine", "a,b"])
    with pytest.raises(Shown):
        store.save(Draft("Swedes", BIG), NOW, 99)
    assert store.list() == (saved,)


def test_the_file_keeps_what_it_confirms_on_the_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path / "segments.db") as store, store._database.reading() as connection:
        assert connection.execute(sa.text("PRAGMA synchronous")).scalar() == 2
    raw = sqlite3.connect(tmp_path / "segments.db")
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()
