"""A handle to stop queries from another thread.

In: a `Job` given to a call of the engine. Out: `Cancelled` raised there soon after `cancel`. A job
may cover several calls; once cancelled, it stays so. Start at `Job`.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from segments.errors import Cancelled

_AGAIN = 0.01  # seconds between interrupts: one that comes before the query starts is lost


class Job:
    """Something a person waits for and may stop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[int, Callable[[], None]] = {}
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Stop what runs and whatever would run next; returns at once."""
        if not self._cancelled.is_set():
            self._cancelled.set()
            threading.Thread(target=self._interrupt, daemon=True).start()

    @contextmanager
    def watching(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Let `cancel` reach this cursor while the block runs; its errors become Cancelled."""
        with self._lock:
            self._running[id(cursor)] = cursor.interrupt
        try:
            self.check()
            yield
            self.check()
        except (duckdb.InterruptException, OSError) as error:
            if isinstance(error, OSError) and not self.cancelled:  # Arrow's readers raise these
                raise
            raise Cancelled from error
        finally:
            with self._lock:
                del self._running[id(cursor)]

    def check(self) -> None:
        """Raise Cancelled if it was stopped."""
        if self.cancelled:
            raise Cancelled

    def _interrupt(self) -> None:
        waiting = threading.Event()
        while True:
            with self._lock:
                running = tuple(self._running.values())
                for interrupt in running:
                    interrupt()
            if not running:
                return
            waiting.wait(_AGAIN)
