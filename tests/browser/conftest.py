"""A server of our own on the sample shop, and a browser that tells on the page.

After each test: no error on the console, no exception on the page, no traceback in the log of the
server, no request to anywhere but this machine.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data" / "shop"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OURS = re.compile(r"(?:https?|wss?)://(?:127\.0\.0\.1|localhost)[:/]|data:|blob:")
READY = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)
# Streamlit asks whether it is mounted below the page's own path, and finds that it is not.
PROBES = re.compile(r"/(?:segments|compare|results|guide)/_stcore/(?:health|host-config)$")


@dataclass(frozen=True)
class Server:
    """A running server and its log."""

    url: str
    log: Path

    def since(self, start: int) -> str:
        """What it has logged from a place on."""
        return self.log.read_text(encoding="utf-8", errors="replace")[start:]


@dataclass
class Krets:
    """The page, driven as a person does it."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Go to a page and wait until it stands still."""
        self.page.goto(self.url + path)
        self.ready()

    def ready(self) -> None:
        """Wait until the script is done and nothing is stale."""
        self.page.wait_for_selector(READY, timeout=30_000)
        quiet = 0
        while quiet < 4:
            busy = self.page.locator("[data-testid=stSkeleton], [data-stale=true]").count()
            quiet = 0 if busy or not self.page.locator(READY).count() else quiet + 1
            self.page.wait_for_timeout(50)

    def type(self, text: str) -> None:
        """Write in the box in place of what stands there."""
        box = self.page.locator("#box")
        box.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def ask(self, text: str) -> None:
        """Write and press Enter."""
        self.type(text)
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(250)
        self.ready()

    def follow(self, text: str) -> None:
        """Go on with the segment: write in the field below the box, and press Enter."""
        field = self.page.get_by_test_id("stChatInputTextArea")
        field.fill(text)
        field.press("Enter")
        self.page.wait_for_timeout(250)
        self.ready()

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.page.get_by_role("button", name=name, exact=True).last.click()
        self.page.wait_for_timeout(250)
        self.ready()

    @property
    def count(self) -> int:
        """The number on the right card."""
        return int(re.sub(r"\D", "", self.page.locator("#count").inner_text()))


@pytest.fixture(scope="session")
def krets_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("krets")
    yield from serve(folder, {"KRETS_DATA": str(SAMPLE)})


def serve(folder: Path, places: dict[str, str]) -> Iterator[Server]:
    """Run a server with these places until the test is done with it."""
    port = _free_port()
    log = folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    environment = os.environ | places | {"KRETS_STORE": str(folder / "segments.db")}
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", log)
            yield Server(f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("chromium is not on the PATH: make chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def krets(krets_server: Server, chromium: Browser) -> Iterator[Krets]:
    yield from drive(krets_server, chromium)


def drive(server: Server, browser: Browser, *, locale: str = "sv-SE") -> Iterator[Krets]:
    """A page of its own; what went wrong on it fails the test afterwards."""
    start = len(server.since(0))
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale=locale, accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    krets = Krets(page, server.url)
    page.on("console", lambda message: _console(message, krets.wrong))
    page.on("pageerror", lambda error: krets.wrong.append(f"error: {error}"))
    page.on("request", lambda request: _request(request, krets.wrong))
    yield krets
    shown = page.locator("[data-testid=stException]").count()
    context.close()
    assert krets.wrong == []
    assert shown == 0
    assert "Traceback" not in server.since(start)


def _console(message: ConsoleMessage, wrong: list[str]) -> None:
    where = message.location.get("url", "")
    if message.type == "error" and not PROBES.search(where):
        wrong.append(f"console: {message.text} {where}")


def _request(request: Request, wrong: list[str]) -> None:
    if not OURS.match(request.url):
        wrong.append(f"outside: {request.url}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, log: Path) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")
