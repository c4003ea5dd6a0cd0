"""A saved segment is changed, what changed and who left is seen, and the old version comes back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Krets

pytestmark = pytest.mark.browser


def test_a_segment_is_changed_compared_and_brought_back(krets: Krets) -> None:
    krets.open()
    krets.ask("kunder i Malmö")
    before = krets.count
    krets.press("Spara")
    krets.page.get_by_label("Segmentets namn").fill("Bara i Malmö")
    krets.page.get_by_label("Varför (valfritt)").fill("inför mässan")
    krets.press("Spara")
    krets.follow("bara kvinnor")
    after = krets.count
    assert after < before
    krets.press("Spara")
    krets.press("Spara")
    expect(krets.page.get_by_text("Sparat", exact=True)).to_be_visible()

    krets.open("/segments")
    row = krets.page.locator("[class*=st-key-segment_]").filter(has_text="Bara i Malmö")
    row.get_by_text("Versioner", exact=True).click()
    krets.page.wait_for_timeout(250)
    krets.ready()
    told = row.locator(".krets-difference")
    expect(told).to_contain_text("Lagt till: är kvinnor")
    expect(told).to_contain_text(f"{before - after} kunder har fallit bort")
    expect(row).to_contain_text("inför mässan")
    row.get_by_role("button", name="Ta tillbaka version 1").click()
    krets.page.wait_for_timeout(250)
    krets.ready()
    expect(row).to_contain_text("hämtad från version 1")
    row.get_by_role("button", name="Öppna").click()
    expect(krets.page.locator("#count")).to_have_text(str(before))
