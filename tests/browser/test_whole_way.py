"""From a sentence to a campaign and back, as one person would go: ask, refine, save, word the
message, hand it over, change the segment, see who left, bring the old one back."""

import csv
import re
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SAMPLE, Krets

pytestmark = pytest.mark.browser

BY_HAND = """
SELECT lower(c.email) FROM '{shop}/customers.parquet' c
WHERE c.gender = 'female' AND c.city = 'Stockholm' AND (c.consent_email OR c.consent_sms)
  AND date_diff('year', c.birth_date, DATE '2026-10-15')
      - (strftime(c.birth_date, '%m%d') > '1015')::INT > 30
  AND EXISTS (SELECT 1 FROM '{shop}/orders.parquet' o
       JOIN '{shop}/order_lines.parquet' l USING (order_id)
       JOIN '{shop}/products.parquet' p USING (product_id)
       WHERE o.customer_id = c.customer_id AND o.status <> 'cancelled'
         AND p.category = 'hair_care')
"""


def test_from_a_sentence_to_a_campaign_and_back(krets: Krets, tmp_path: Path) -> None:
    krets.open()
    krets.ask("kvinnor i Stockholm som har köpt hårvård")
    everyone = krets.count
    krets.follow("bara de över 30 år")
    first = krets.count
    assert 0 < first < everyone

    _saved(krets)
    _worded(krets)
    _handed_over(krets, tmp_path / "klaviyo.csv", first)
    second = _changed(krets, first)
    _brought_back(krets, first, second)
    krets.open("/results")
    expect(krets.page.get_by_text("Hårvård i Stockholm").first).to_be_visible()


def _saved(krets: Krets) -> None:
    page = krets.page
    krets.press("Spara")
    page.get_by_label("Segmentets namn").fill("Hårvård i Stockholm")
    page.get_by_label("Varför (valfritt)").fill("Höstkampanjen")
    krets.press("Spara")
    expect(page.get_by_text("Sparat", exact=True)).to_be_visible()


def _worded(krets: Krets) -> None:
    page = krets.page
    page.get_by_role("tab", name="Meddelanden").click()
    krets.ready()
    subject = page.get_by_label("Ämnesrad")
    assert subject.input_value()
    subject.fill("Något för håret")
    subject.press("Enter")
    krets.ready()
    expect(page.get_by_text(re.compile(r"^15 av \d+$"))).to_be_visible()
    krets.press("Behåll")


def _handed_over(krets: Krets, file: Path, first: int) -> None:
    page = krets.page
    krets.press("Ladda ner")
    page.get_by_label("Fil för").click()
    page.get_by_role("option", name="Klaviyo").click()
    krets.ready()
    with page.expect_download() as found:
        page.get_by_role("button", name="Ladda ner för Klaviyo").click()
    found.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with duckdb.connect() as connection:
        agreed = connection.execute(BY_HAND.format(shop=SAMPLE)).fetchall()
    assert 0 < len(rows) <= len(agreed) < first
    assert {row["Email"] for row in rows} - {""} <= {row[0] for row in agreed}


def _changed(krets: Krets, first: int) -> int:
    page = krets.page
    page.keyboard.press("Escape")
    krets.follow("bara de som har öppnat nyhetsbrevet de senaste 30 dagarna")
    second = krets.count
    assert 0 < second < first
    krets.press("Spara")
    krets.press("Spara")
    expect(page.get_by_text("Sparat", exact=True)).to_be_visible()
    return second


def _brought_back(krets: Krets, first: int, second: int) -> None:
    page = krets.page
    krets.open("/segments")
    row = page.locator("[class*=st-key-segment_]").filter(has_text="Hårvård i Stockholm")
    row.get_by_text("Versioner", exact=True).click()
    page.wait_for_timeout(250)
    krets.ready()
    expect(row).to_contain_text("Höstkampanjen")
    gone = f"{first - second} kunder har fallit bort"
    expect(row.locator(".krets-difference")).to_contain_text(gone)
    row.get_by_role("button", name="Ta tillbaka version 1").click()
    page.wait_for_timeout(250)
    krets.ready()
    expect(row).to_contain_text("hämtad från version 1")
    row.get_by_role("button", name="Öppna").click()
    expect(page.locator("#count")).to_have_text(str(first))
    krets.ready()
    page.get_by_role("tab", name="Meddelanden").click()
    krets.ready()
    expect(page.get_by_label("Ämnesrad")).to_have_value("Något för håret")
