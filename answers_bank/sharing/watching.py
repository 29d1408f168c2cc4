"""Staying connected to a shared bank: told of each change by the server, at rest in between."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Protocol

from answers_bank.sharing.errors import SharingError, Unreachable
from answers_bank.sharing.server import Server

CHANNEL = "kamerantwoord"
_LOOK = 1.0
"""Seconds between two looks whether to stop; nothing goes over the line for it."""
_BEAT = 45.0
"""Seconds after which a silent connection is tried: a firewall may have forgotten it."""
_HERE = 1.0
"""Seconds between two looks whether something waits here; nothing goes over the line for it either."""
_BETWEEN = 5.0
"""Seconds between two exchanges for what changes here: while a bank is being filled it changes all the time."""
_QUIET = 4.0
"""Seconds without a change after which what can wait is done, and up to three times as many: not everybody at once."""
_FIRST, _LAST = 1.0, 60.0
"""Seconds to wait before connecting again: at first, and at most."""


class Follower(Protocol):
    """What is done for a bank while it is connected; all in the thread that watches."""

    def exchange(self, server: Server) -> None:
        """Take over and send everything: at the beginning, and after a change here."""
        ...

    def take(self, server: Server, notes: list[str]) -> bool:
        """Take over what the server told, at once and no more than that; whether it was of any use here."""
        ...

    def rest(self, server: Server) -> bool:
        """Do what could wait until nothing happened for a while; whether there is something to send."""
        ...

    def state(self) -> object:
        """The state of this side, whatever it is: when it is another one, there is something to exchange."""
        ...

    def tell(self, error: SharingError | None) -> None:
        """Be told of what goes wrong, and with None that all is well again."""
        ...


def watch(connect: Callable[[], Server], follower: Follower, stop: threading.Event) -> None:
    """Exchange at once and after each change on either side, until `stop` is set; a server that is away is waited for.

    Raises:
        SharingError: the server refuses for good, such as another version of the schema.
    """
    pause = _FIRST
    while not stop.is_set():
        try:
            with connect() as server:
                server.run(f"LISTEN {CHANNEL}")
                pause = _FIRST
                while not stop.is_set():
                    follower.exchange(server)
                    follower.tell(None)
                    _until_changed_here(server, follower, stop)
        except Unreachable as error:
            follower.tell(error)
        # Not all at once: after a restart of the server everybody comes back.
        stop.wait(pause * random.uniform(0.5, 1.5))
        pause = min(pause * 2, _LAST)


def _until_changed_here(server: Server, follower: Follower, stop: threading.Event) -> None:
    """Take over what the server tells, until something changed here or it is time to stop."""
    began = tried = looked = time.monotonic()
    state = follower.state()  # what an exchange itself changed here is no change
    rest: float | None = time.monotonic() + _QUIET * random.uniform(1, 3)
    while not stop.is_set():
        if (notes := server.notes(_LOOK)) and follower.take(server, notes):
            follower.tell(None)
            state = follower.state()
            rest = time.monotonic() + _QUIET * random.uniform(1, 3)
        now = time.monotonic()
        if rest is not None and now > rest:
            rest = None
            if follower.rest(server):  # it came while something was taken over
                return
            state = follower.state()
        if now - looked > _HERE:
            looked = now
            if now - began > _BETWEEN and follower.state() != state:
                return
        if now - tried > _BEAT:
            server.run("SELECT 1")
            tried = now
