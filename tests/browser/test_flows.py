"""What a person does on the page, against queries written by hand on the sample shop's files."""

import csv
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SAMPLE, Krets

pytestmark = pytest.mark.browser

SENTENCE = (
    "kunder i Stockholm som handlat hårvård för över 500 kr senaste 90 dagarna "
    "men inte öppnat nyhetsbrevet"
)
BY_HAND = """
SELECT c.customer_id
FROM '{shop}/customers.parquet' c
WHERE c.city = 'Stockholm'
  AND (SELECT sum(l.amount)
       FROM '{shop}/orders.parquet' o
       JOIN '{shop}/order_lines.parquet' l USING (order_id)
       JOIN '{shop}/products.parquet' p USING (product_id)
       WHERE o.customer_id = c.customer_id
         AND o.status <> 'cancelled'
         AND p.category = 'hair_care'
         AND o.ordered_at >= TIMESTAMP '2026-10-15' - INTERVAL 90 DAY) > 500
  AND NOT EXISTS (SELECT 1
       FROM '{shop}/opens.parquet' x
       JOIN '{shop}/campaigns.parquet' k USING (campaign_id)
       WHERE x.customer_id = c.customer_id AND k.kind = 'newsletter')
ORDER BY 1
"""


def by_hand() -> list[int]:
    with duckdb.connect() as connection:
        rows = connection.execute(BY_HAND.format(shop=SAMPLE)).fetchall()
    return [row[0] for row in rows]


def test_the_sentence_of_the_readme_is_counted_while_typed_and_once_asked(krets: Krets) -> None:
    members = by_hand()
    assert members
    krets.open()
    krets.type(SENTENCE)
    status = krets.page.locator("#status")
    expect(status).to_contain_text(f"{len(members)} kunder")
    krets.page.keyboard.press("Enter")
    expect(krets.page.locator("#count")).to_have_text(str(len(members)))
    krets.ready()
    assert krets.page.evaluate("document.documentElement.lang") == "sv"
    assert krets.page.locator("[class*=st-key-row_]").count() == 3
    colours = krets.page.evaluate(
        "Object.fromEntries([...CSS.highlights].map(([k, h]) => [k, h.size]))"
    )
    assert colours["krets-where"] == 1
    assert colours["krets-did"] >= 2
    assert colours["krets-when"] == 1
    assert colours["krets-unknown"] == 0
    krets.page.get_by_role("tab", name="Definition och SQL").click()
    krets.ready()
    expect(krets.page.get_by_text('city = "Stockholm"').first).to_be_visible()


def test_a_segment_is_saved_outlives_a_reload_is_opened_and_downloaded(
    krets: Krets, tmp_path: Path
) -> None:
    members = by_hand()
    krets.open()
    krets.ask(SENTENCE)
    krets.press("Spara")
    krets.page.get_by_label("Segmentets namn").fill("Hårvård utan nyhetsbrev")
    krets.press("Spara")
    expect(krets.page.get_by_text("Sparat", exact=True)).to_be_visible()
    krets.page.reload()
    krets.ready()
    expect(krets.page.get_by_role("heading", name="Hårvård utan nyhetsbrev")).to_be_visible()
    assert krets.count == len(members)

    krets.open("/segments")
    row = krets.page.locator("[class*=st-key-segment_]").filter(has_text="Hårvård utan nyhetsbrev")
    row.get_by_role("button", name="Öppna").click()
    expect(krets.page.locator("#count")).to_have_text(str(len(members)))
    krets.ready()
    krets.press("Ladda ner")
    with krets.page.expect_download() as found:
        krets.page.get_by_role("button", name="Ladda ner som CSV").click()
    file = tmp_path / "segment.csv"
    found.value.save_as(file)
    assert found.value.suggested_filename.endswith(".csv")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["customer_id"]) for row in rows] == members
    assert "email" not in rows[0]
    assert "first_name" not in rows[0]
    again = krets.page.context.request.get(found.value.url)
    assert again.status == 410


def test_a_condition_is_changed_and_removed_in_place(krets: Krets) -> None:
    krets.open()
    krets.ask("kunder i Stockholm som har köpt hårvård")
    before = krets.count
    krets.page.locator(".st-key-row_0 [data-testid=stPopoverButton]").click()
    krets.ready()
    krets.page.get_by_role("radio", name="är inte").click()
    krets.ready()
    krets.press("Ändra")
    outside = krets.count
    assert outside > before
    krets.page.locator(".st-key-row_0 [data-testid=stPopoverButton]").click()
    krets.ready()
    krets.press("Ta bort")
    assert krets.count >= before + outside  # and those whose town nobody knows
    krets.page.get_by_role("tab", name="Historik").click()
    krets.ready()
    krets.press("Ångra")
    assert krets.count == outside


def test_a_question_is_answered_and_the_answer_changed(krets: Krets) -> None:
    krets.open()
    krets.ask("lojala kunder i Stockholm")
    choices = krets.page.locator(".st-key-understood [role=radiogroup] label")
    assert choices.count() >= 2
    said = [choices.nth(place).inner_text() for place in range(2)]
    for place in (0, 1):
        choices.nth(place).click()
        krets.page.wait_for_timeout(300)
        krets.ready()
        shown = said[place].rsplit("·", 1)[1]
        assert krets.count == int("".join(filter(str.isdigit, shown)))


@pytest.mark.parametrize(
    "text",
    [
        "blorp zing",
        "DROP TABLE customers; SELECT * FROM orders --",
        "👩‍🦰 kunder i 🏙️ Stockholm",
        "زبائن في ستوكهولم",
        "<img src=x onerror=alert(1)> kunder",
        "kunder i Stockholm " * 526,
    ],
    ids=["unknown", "sql", "emoji", "right-to-left", "html", "long"],
)
def test_bad_input_is_met_with_words(krets: Krets, text: str) -> None:
    krets.open()
    krets.ask(text)
    expect(krets.page.locator(".st-key-understood")).to_be_visible()
    assert krets.page.locator(".st-key-understood").inner_text().strip()


def test_nothing_is_no_question(krets: Krets) -> None:
    krets.open()
    krets.page.locator("#box").click()
    krets.page.keyboard.press("Enter")
    krets.page.locator("#ask").click()
    krets.ready()
    expect(krets.page.locator(".st-key-examples")).to_be_visible()


def test_the_page_speaks_the_chosen_language_also_after_a_reload(krets: Krets) -> None:
    krets.open("/?lang=da")
    expect(krets.page.get_by_role("heading", name="Hvem vil du nå?")).to_be_visible()
    krets.page.reload()
    krets.ready()
    expect(krets.page.get_by_role("heading", name="Hvem vil du nå?")).to_be_visible()


def test_an_example_and_a_sentence_of_the_guide_are_asked_with_one_click(krets: Krets) -> None:
    krets.open()
    krets.page.locator(".st-key-examples button").first.click()
    krets.page.wait_for_timeout(300)
    krets.ready()
    assert krets.count > 0
    krets.open("/guide")
    krets.page.locator("[class*=st-key-try_places] button").first.click()
    expect(krets.page.locator("#count")).to_be_visible()
    krets.ready()
    assert krets.count > 0


def test_a_segment_is_gone_on_with(krets: Krets) -> None:
    with duckdb.connect() as connection:
        people = connection.read_parquet(f"{SAMPLE}/customers.parquet")
        malmo = people.filter("city = 'Malmö'").shape[0]
        lund = people.filter("city = 'Lund'").shape[0]
        women = people.filter("city = 'Lund' AND gender = 'female'").shape[0]
    krets.open()
    krets.ask("kunder i Malmö")
    assert krets.count == malmo
    krets.follow("bara de i Lund")
    expect(krets.page.get_by_role("status").filter(has_text="Ändrat")).to_contain_text(
        "bor i Malmö → bor i Lund"
    )
    assert krets.count == lund
    krets.follow("per kön")
    table = krets.page.locator(".krets-numbers")
    expect(table.get_by_role("row").filter(has_text="kvinnor")).to_contain_text(str(women))
    krets.follow("kvinnor också")
    krets.page.get_by_text(f"bor i Lund och är kvinnor · {women}").click()
    krets.page.wait_for_timeout(250)
    krets.ready()
    assert krets.count == women
    krets.follow("lila elefanter")
    expect(krets.page.get_by_text("Inte förstått: lila, elefanter.")).to_be_visible()
    assert krets.count == women
    krets.follow("ångra")
    assert krets.count == lund
    krets.follow("spara som Lundabor")
    expect(krets.page.get_by_text("Sparat som ”Lundabor”.")).to_be_visible()
    krets.follow("jämför med Lundabor")
    expect(table.get_by_role("columnheader", name="Lundabor")).to_be_visible()
