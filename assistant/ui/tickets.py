"""Tickets: what a route may do for whom. Routes know no session, so a random token stands for it.

In: a payload. Out: a token that gives it back, once or until nobody has used it for a while. Knows
neither routes nor pages. Start at `Tickets`.
"""

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

SESSION_SECONDS = 12 * 3600.0  # after the last use: a tab may stay open over a working day
ONCE_SECONDS = 60.0  # from the click to the request of the browser


@dataclass(slots=True)
class _Held(Generic[T]):
    payload: T
    once: bool
    until: float


@dataclass(slots=True)
class Tickets(Generic[T]):
    """The tickets of one process. Safe to use from several threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _held: dict[str, _Held[T]] = field(default_factory=dict)

    def issue(self, payload: T, *, once: bool = False) -> str:
        """Give a token for the payload; one for once is gone when it has been redeemed."""
        token = secrets.token_urlsafe(32)
        seconds = ONCE_SECONDS if once else SESSION_SECONDS
        with self._lock:
            now = time.monotonic()
            for stale in [key for key, held in self._held.items() if held.until < now]:
                del self._held[stale]
            self._held[token] = _Held(payload, once, now + seconds)
        return token

    def change(self, token: str, payload: T) -> bool:
        """Put another payload under a token; False when there is no such token any more."""
        with self._lock:
            held = self._held.get(token)
            if held is None or held.until < time.monotonic():
                return False
            held.payload = payload
            return True

    def redeem(self, token: str) -> T | None:
        """Give the payload; a session's token then lives on, one for once does not."""
        with self._lock:
            held = self._held.get(token)
            now = time.monotonic()
            if held is None or held.until < now:
                return None
            if held.once:
                del self._held[token]
            else:
                held.until = now + SESSION_SECONDS
            return held.payload
