"""What runs beside the pages in the same process: routes, headers, and a start that warms up.

Start at `lifespan`.
"""

import gc
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.ui import resources
from assistant.ui.routes import routes
from assistant.ui.security import SecurityHeaders
from assistant.ui.trouble import unexpected
from segments.errors import Shown

__all__ = ["lifespan", "middleware", "routes", "say_sorry"]

# Everything a session imports sooner or later: frozen below, it is never collected again.
_HEAVY = ("pandas", "pyarrow", "pyarrow.compute", "assistant.ui.pages")

log = logging.getLogger("krets.server")


def middleware() -> list[Middleware]:
    """Which names the server answers to, then the headers of every answer."""
    hosts = st.get_option("server.allowedHosts") or ["localhost", "127.0.0.1"]
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        Middleware(SecurityHeaders),
    ]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any]]:
    """Import everything and open the shop; then let the collector forget what is there.

    Streamlit collects after each run of a page, with the lock held: 150 ms, frozen nothing."""
    await anyio.to_thread.run_sync(_warm_up)
    gc.collect()
    gc.freeze()
    yield {}


def _warm_up() -> None:
    for name in _HEAVY:
        importlib.import_module(name)
    try:
        resources.shop()
    except Shown as shown:
        log.warning("The shop cannot be opened: %s", shown)


def say_sorry(_error: Exception) -> bool:
    """Show a calm sentence in place of an error; the log has the rest."""
    unexpected()
    return True
