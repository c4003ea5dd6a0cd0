"""The next words, proposed under the box: by the keyboard alone, and never in the way of typing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Krets

BEGINNING = "kunder i Stockholm som har "


def _options(page: Page) -> list[str]:
    return [item.evaluate("e => e.firstChild.data") for item in page.locator("#next li").all()]


def _offered(krets: Krets, text: str) -> Page:
    krets.open()
    krets.type(text)
    expect(krets.page.locator("#next li").first).to_be_visible()
    return krets.page


def test_the_arrows_choose_and_enter_takes_and_then_asks(krets: Krets) -> None:
    page = _offered(krets, BEGINNING)
    box = page.locator("#box")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#next li[aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    words = _options(page)[1]
    page.keyboard.press("Enter")
    expect(box).to_have_text(f"{BEGINNING}{words} ", use_inner_text=False)
    page.keyboard.type("x")
    assert (box.text_content() or "").endswith(" x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_visible()
    krets.ready()
    assert krets.count > 0
    expect(page.locator("#next")).to_be_hidden()


def _held_back(page: Page) -> None:
    """From now on no list comes, as on a machine that is very busy."""
    page.route("**/api/complete", lambda _: None)


def test_enter_asks_at_once_after_a_proposal_is_taken(krets: Krets) -> None:
    page = _offered(krets, BEGINNING)
    _held_back(page)
    words = _options(page)[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#box")).to_have_text(f"{BEGINNING}{words} ", use_inner_text=False)
    expect(page.locator("#next")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_visible()


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_the_list_of_an_older_text_takes_nothing_that_was_typed(krets: Krets, key: str) -> None:
    page = _offered(krets, "kunder i gö")
    _held_back(page)
    if key == "Enter":
        page.keyboard.press("ArrowDown")
    page.keyboard.type("rt")
    page.keyboard.press(key)
    expect(page.locator("#next")).to_be_hidden()
    expect(page.locator("#box")).to_have_text("kunder i gört", use_inner_text=False)


def test_what_still_goes_on_with_the_text_stays_in_the_list(krets: Krets) -> None:
    page = _offered(krets, "kunder i gö")
    _held_back(page)
    page.keyboard.type("t")
    assert _options(page) == ["Göteborg"]
    page.keyboard.press("Tab")
    expect(page.locator("#box")).to_have_text("kunder i Göteborg ", use_inner_text=False)


def test_tab_takes_the_first_only_inside_a_word(krets: Krets) -> None:
    page = _offered(krets, "kunder i Sto")
    page.keyboard.press("Tab")
    expect(page.locator("#box")).to_have_text("kunder i Stockholm ", use_inner_text=False)
    expect(page.locator("#next li").first).to_be_visible()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.shadowRoot?.activeElement?.id === 'box'")
    expect(page.locator("#next")).to_be_hidden()


def test_escape_closes_and_enter_asks_what_stands_there(krets: Krets) -> None:
    page = _offered(krets, "kunder i Stockholm")
    page.keyboard.insert_text(" ")
    expect(page.locator("#next li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#next")).to_be_hidden()
    expect(page.locator("#box")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_timeout(250)
    krets.ready()
    assert krets.count == 1640


def test_typing_goes_on_undisturbed_and_runs_no_page(krets: Krets) -> None:
    sent: list[object] = []

    def note(frame: str | bytes) -> None:
        sent.append(frame)

    krets.page.on("websocket", lambda socket: socket.on("framesent", note))
    krets.open()
    krets.type("")
    before = len(sent)
    assert before > 0
    text = "kvinnor i Oslo som har öppnat nyhetsbrev"
    krets.page.keyboard.type(text, delay=15)
    expect(krets.page.locator("#next li").first).to_be_visible()
    expect(krets.page.locator("#box")).to_have_text(text, use_inner_text=False)
    assert len(sent) == before


def test_a_click_takes_too_and_the_caret_stays(krets: Krets) -> None:
    page = _offered(krets, "kunder i gö")
    assert _options(page)[0] == "Göteborg"
    page.locator("#next li").first.click()
    expect(page.locator("#box")).to_have_text("kunder i Göteborg ", use_inner_text=False)
    page.keyboard.type("som")
    expect(page.locator("#box")).to_have_text("kunder i Göteborg som", use_inner_text=False)


def test_in_the_middle_of_a_sentence_nothing_is_proposed(krets: Krets) -> None:
    page = _offered(krets, "kunder i Stockholm som har köpt h")
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#next")).to_be_hidden()
    page.keyboard.type("a")
    page.wait_for_timeout(300)
    expect(page.locator("#next")).to_be_hidden()
