"""What the server lets through, and what it says when the shop is broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SAMPLE, Krets, Server, drive, serve

pytestmark = pytest.mark.browser


def test_every_answer_carries_the_headers(krets: Krets) -> None:
    for path in ("/", "/_stcore/health", "/api/export/x"):
        headers = krets.page.context.request.get(krets.url + path).headers
        assert "connect-src 'self'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_routes_open_to_no_one_without_a_ticket(krets: Krets) -> None:
    request = krets.page.context.request
    body = {"text": "kunder i Oslo", "language": "sv"}
    assert request.post(f"{krets.url}/api/interpret", data=body).status == 403
    assert request.post(f"{krets.url}/api/exports").status == 403
    assert request.get(f"{krets.url}/api/export/guessed").status == 410


def test_another_host_name_is_turned_away(krets: Krets) -> None:
    answer = krets.page.context.request.get(krets.url, headers={"host": "evil.example"})
    assert answer.status == 400


@pytest.fixture(params=["missing", "broken"])
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "shop"
    catalogue = SAMPLE.parent / "catalogue.toml"
    if request.param == "broken":
        folder.mkdir()
        for file in SAMPLE.glob("*.parquet"):
            (folder / file.name).write_bytes(b"not a table")
    places = {"KRETS_DATA": str(folder), "KRETS_CATALOGUE": str(catalogue)}
    yield from serve(tmp_path, places)


def test_a_shop_that_cannot_be_opened_is_explained(broken: Server, chromium: Browser) -> None:
    for krets in drive(broken, chromium):
        krets.open()
        expect(krets.page.get_by_role("alert").first).to_be_visible()
        said = krets.page.get_by_role("alert").first.inner_text()
        assert "customers.parquet" in said or "/shop" in said
