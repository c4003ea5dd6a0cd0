"""A PostgreSQL server of the tests' own, on this machine only, for as long as they run.

The server refuses to run as root, so that root starts it as the user that Debian's package makes.
Without the programs, or without such a user, the tests that need it are skipped with the reason.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"
# Nothing has to survive the machine here; the test that kills the server asks for its own.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Server:
    """A running server; `kill` ends it as a crash does, and `start` brings it back."""

    def __init__(self, programs: Path, folder: Path, settings: tuple[str, ...]) -> None:
        self.programs, self.folder, self.settings = programs, folder, settings
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", str(folder), "-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8")

    @property
    def address(self) -> str:
        """Its own database."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Run until it takes connections."""
        always = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200")
        options = [word for each in (*always, *self.settings) for word in ("-c", each)]
        command = [str(self.programs / "postgres"), "-D", str(self.folder), "-p", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *options], stdout=log, stderr=log, cwd="/", **_as_its_user()
            )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(subprocess.CalledProcessError):
                self._run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port))
                return
            time.sleep(0.05)
        pytest.fail((self.folder / "server.log").read_text(encoding="utf-8", errors="replace"))

    def kill(self) -> None:
        """End it at once, its helpers too: they notice that it is gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(30)

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None and self.process.poll() is None:
            self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")
            self.process.wait(30)

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), *words]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **_as_its_user())


def _as_its_user() -> dict[str, str]:
    return {"user": USER, "group": USER} if os.geteuid() == 0 else {}


def _free_port() -> int:
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])


def _programs() -> Path:
    """The folder of the newest server's programs; skips the test when there is none."""
    found = shutil.which("initdb")
    newest = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not newest and found is None:
        pytest.skip("PostgreSQL is not installed: make postgres")
    with suppress(KeyError):
        if os.geteuid() == 0:
            pwd.getpwnam(USER)
        return newest[-1].parent if newest else Path(str(found)).parent
    pytest.skip(f"root cannot run PostgreSQL, and there is no user {USER}")


def served(settings: tuple[str, ...]) -> Iterator[Server]:
    """A server with these settings, in a folder that its user can write in."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="krets-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        server = Server(programs, folder / "data", settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    yield from served(HASTY)
