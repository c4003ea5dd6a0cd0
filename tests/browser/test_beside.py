"""Three segments beside each other, one over time, and one that others are made of."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from segments.codec import from_text
from segments.store import Draft, Store
from tests.browser.conftest import Krets, Server

pytestmark = pytest.mark.browser

NOW = datetime(2026, 10, 15, 12, tzinfo=UTC)
THREE = {
    "I Malmö": 'city = "Malmö"',
    "Kvinnor": 'gender = "female"',
    "Stamkunder": "count(purchase) >= 5",
}


@pytest.fixture
def three(krets_server: Server) -> dict[str, int]:
    """Three saved segments in the server's own store, by name."""
    with Store.open(krets_server.log.with_name("segments.db")) as store:
        known = {each.name: each.id for each in store.list()}
        for name, text in THREE.items():
            if name not in known:
                known[name] = store.save(Draft(name, from_text(text)), NOW).id
    return known


@pytest.mark.usefixtures("three")
def test_three_segments_beside_each_other(krets: Krets) -> None:
    krets.open("/compare")
    field = krets.page.get_by_role("combobox", name="Segment och listor")
    for name in THREE:
        field.click()
        krets.page.get_by_role("option", name=name, exact=True).click()
        krets.page.wait_for_timeout(250)
        krets.ready()
    krets.page.keyboard.press("Escape")
    krets.ready()
    rows = krets.page.locator(".krets-exact").first.locator("li")
    assert 4 < rows.count() <= 2 ** len(THREE) - 1
    shares = rows.locator(".num").all_inner_texts()
    counts = [int(re.sub(r"\D", "", each.partition("(")[0])) for each in shares]
    assert counts == sorted(counts, reverse=True)
    expect(krets.page.locator(".krets-beside tbody tr")).to_have_count(len(THREE) + 1)
    malmo = krets.page.locator(".krets-beside tbody tr").first.locator("td").first.inner_text()
    inside = [
        count
        for count, row in zip(counts, rows.all(), strict=True)
        if row.locator(".krets-dots i").first.get_attribute("class") == "in"
    ]
    assert sum(inside) == int(re.sub(r"\D", "", malmo))  # each of them stands in one row


@pytest.mark.usefixtures("three")
def test_a_segment_over_time(krets: Krets) -> None:
    krets.open("/results")
    expect(krets.page.get_by_role("heading", name="Segment över tid")).to_be_visible()
    krets.page.get_by_role("combobox", name="Segment", exact=True).click()
    krets.page.get_by_role("option", name="I Malmö", exact=True).click()
    krets.page.wait_for_timeout(250)
    krets.ready()
    rows = krets.page.locator("table tbody tr")
    expect(rows).to_have_count(12)
    expect(rows.last).to_contain_text("oktober 2026, hittills")
    krets.page.get_by_text("Vecka", exact=True).click()
    krets.page.wait_for_timeout(250)
    krets.ready()
    expect(rows.last).to_contain_text("Veckan från 12 oktober 2026, hittills")


def test_what_others_are_made_of_is_not_deleted(
    krets: Krets, krets_server: Server, three: dict[str, int]
) -> None:
    number = three["Stamkunder"]
    with Store.open(krets_server.log.with_name("segments.db")) as store:
        if "Trogna i Malmö" not in three:
            made_of = from_text('city = "Malmö" and audience(segment "Stamkunder")')
            store.save(Draft("Trogna i Malmö", made_of), NOW)
        store.archive(number, NOW)
    try:
        krets.open("/segments")
        krets.page.get_by_text("arkiverade", exact=False).first.click()
        krets.page.wait_for_timeout(250)
        krets.ready()
        krets.page.locator(f".st-key-manage_{number} button").first.click()
        krets.page.wait_for_timeout(250)
        krets.ready()
        expect(krets.page.get_by_text("Segment som bygger på det här: Trogna")).to_be_visible()
        krets.page.locator(f".st-key-delete_{number} button").click()
        krets.page.wait_for_timeout(250)
        krets.ready()
        expect(krets.page.get_by_text("De här segmenten bygger på ”Stamkunder”")).to_be_visible()
    finally:
        with Store.open(krets_server.log.with_name("segments.db")) as store:
            assert store.get(number).archived_at == NOW
            store.unarchive(number, NOW)
