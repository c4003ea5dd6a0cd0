"""A word is taught where it stands and an answer kept; the sample's own catalogue is never touched.

The server is a module's own, so that what is taught there is not for the other tests.
"""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import ROOT, SAMPLE, Krets, Server, serve

CATALOGUE = ROOT / "sample_data" / "catalogue.toml"


@pytest.fixture(scope="module")
def krets_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("taught")
    before = CATALOGUE.read_bytes()
    places = {"KRETS_DATA": str(SAMPLE), "XDG_DATA_HOME": str(folder / "data")}
    yield from serve(folder, places)
    assert CATALOGUE.read_bytes() == before


def test_a_word_is_taught_where_it_stands(krets: Krets) -> None:
    krets.open()
    krets.ask("kunder i Malmö")
    lives = krets.count
    krets.ask("kunder i mallis")
    krets.press("Lär ut ”mallis”")
    form = krets.page.locator(".st-key-teaching_ask")
    _pick(krets, "Vad är ”mallis” här?", "Ett annat namn på ett värde")
    _pick(krets, "Av vad?", "Stad")
    _pick(krets, "Vilket värde?", "Malmö")
    krets.press("Se vad det ändrar")
    assert "Kunder som bor i Malmö" in form.inner_text()
    krets.press("Lär ut")
    assert krets.count == lives
    krets.ask("kunder från mallis som är kvinnor")
    assert 0 < krets.count < lives


def _pick(krets: Krets, label: str, option: str) -> None:
    """Search for an option by its words, as a person does, and take it."""
    box = krets.page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    krets.page.get_by_role("option", name=option, exact=True).first.click()
    krets.page.wait_for_timeout(250)
    krets.ready()


def test_an_answer_is_kept_changed_and_taken_back_in_the_guide(krets: Krets) -> None:
    krets.open()
    krets.ask("lojala kunder")
    choice = krets.page.locator(".st-key-understood [role=radiogroup] label").nth(1)
    choice.click()
    krets.page.wait_for_timeout(300)
    krets.ready()
    chosen = krets.count
    krets.press("Kom ihåg för butiken")
    assert krets.count == chosen
    assert "butikens egen regel" in krets.page.locator(".st-key-understood").inner_text()
    krets.open("/guide")
    words = krets.page.locator(".st-key-own_words")
    assert "minst 5 gånger" in words.inner_text()
    krets.page.locator(".st-key-own_words").get_by_role("button", name="Ta bort").last.click()
    krets.page.wait_for_timeout(300)
    krets.ready()
    assert "är glömt" in words.inner_text()
    krets.press("Ångra")
    assert "minst 5 gånger" in words.inner_text()
