"""The way to a message: ask for one, change it, keep it, find it again."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Krets

pytestmark = pytest.mark.browser


def test_a_message_is_asked_for_edited_and_kept_with_its_segment(krets: Krets) -> None:
    krets.open()
    krets.ask("kunder i Malmö som bara handlat i butik")
    krets.follow("föreslå ett meddelande")
    page = krets.page
    expect(page.get_by_role("tab", name="Meddelanden")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Varför det här meddelandet")).to_be_visible()
    page.get_by_role("radio", name="Mejl", exact=True).click()
    krets.ready()
    subject = page.get_by_label("Ämnesrad")
    expect(subject).to_have_value("Ses vi i butiken?")
    subject.fill("Välkommen in igen")
    subject.press("Enter")
    krets.ready()
    expect(page.get_by_text("17 av 50")).to_be_visible()
    expect(page.get_by_role("button", name="Behåll")).to_be_disabled()

    krets.press("Spara")
    page.get_by_label("Segmentets namn").fill("Malmö i butik")
    krets.press("Spara")
    page.get_by_role("tab", name="Meddelanden").click()
    krets.ready()
    page.get_by_role("radio", name="Mejl", exact=True).click()
    krets.ready()
    subject.fill("Välkommen in igen")
    subject.press("Enter")
    krets.ready()
    krets.press("Behåll")
    expect(page.get_by_text("Sparat med segmentet")).to_be_visible()
    page.reload()
    krets.ready()
    page.get_by_role("tab", name="Meddelanden").click()
    krets.ready()
    page.get_by_role("radio", name="Mejl", exact=True).click()
    krets.ready()
    expect(page.get_by_label("Ämnesrad")).to_have_value("Välkommen in igen")
