"""Staying connected to a shared bank: told of each change by the server, at rest in between."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

import psycopg

from answers_bank.sharing.errors import SharingError, Unreachable, translated
from answers_bank.sharing.server import Server

CHANNEL = "kamerantwoord"
_LOOK = 1.0
"""Seconds between two looks whether to stop; nothing goes over the line for it."""
_BEAT = 45.0
"""Seconds after which a silent connection is tried: a firewall may have forgotten it."""
_HERE = 10.0
"""Seconds between two looks whether something waits here."""
_FIRST, _LAST = 1.0, 60.0
"""Seconds to wait before connecting again: at first, and at most."""


def watch(
    connect: Callable[[], Server],
    exchange: Callable[[Server], None],
    stop: threading.Event,
    tell: Callable[[SharingError | None], None] = lambda _: None,
    here: Callable[[], object] = lambda: None,
) -> None:
    """Exchange at once and after each change on either side, until `stop` is set; a server that is away is waited for.

    Args:
        connect: opens a connection.
        exchange: takes over and sends over an open connection; called in this thread.
        stop: ends it within a second or two.
        tell: is told of what goes wrong, and with None that all is well again.
        here: gives the state of this side, whatever it is: when it is another one, there is something to exchange.

    Raises:
        SharingError: the server refuses for good, such as another version of the schema.
    """
    pause = _FIRST
    while not stop.is_set():
        try:
            with connect() as server:
                server.run(f"LISTEN {CHANNEL}")
                pause = _FIRST
                while True:
                    exchange(server)
                    tell(None)
                    if not _changed(server, stop, here):
                        break
        except Unreachable as error:
            tell(error)
        # Not all at once: after a restart of the server everybody comes back.
        stop.wait(pause * random.uniform(0.5, 1.5))
        pause = min(pause * 2, _LAST)


def _changed(server: Server, stop: threading.Event, here: Callable[[], object]) -> bool:
    """Wait for a change on the server or here; False when asked to stop."""
    tried = looked = time.monotonic()
    state = here()  # what an exchange itself changed here is no change
    while not stop.is_set():
        try:
            if any(server.connection.notifies(timeout=_LOOK, stop_after=1)):
                for _ in server.connection.notifies(timeout=0.05):
                    pass  # what came in a burst is one change
                return True
        except psycopg.Error as error:
            raise translated(error) from error
        if time.monotonic() - looked > _HERE:
            looked = time.monotonic()
            if here() != state:
                return True
        if time.monotonic() - tried > _BEAT:
            server.run("SELECT 1")
            tried = time.monotonic()
    return False
