"""Keeping Python's search for unused cycles out of the way of keys.

The interpreter stops now and then to go through all objects: a tenth of a second with a large dossier on screen. Here
it does so only while nobody types, and goes through what is new.
"""

from __future__ import annotations

import gc
import time

from textual.app import App
from textual.signal import Signal

_YOUNG, _MIDDLE, _OLD = 2_000, 10, 100_000
"""What sets off a search: made objects, searches among the young, searches among those. The last is for emergencies."""

_CROWDED = 4
"""Searches of the middle kind after which what is new is gone through although somebody types: some 80,000 objects,
which is about 200 keys in a row. What the toolkit draws holds on to itself, so nothing else frees it."""

_PAUSE = 1.5
"""Seconds without a key after which what is new is gone through."""

_LONG_PAUSE = 60.0
"""Seconds without a key after which everything is gone through."""

_STALE = 250_000
"""Objects put aside since everything was last gone through from which a short pause is enough for that."""


class Tidying:
    """Decides when; `look` is called every second or so."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()
        self._last_key = time.monotonic()
        self._tidied = 0.0
        self._tidied_all = time.monotonic()
        self._aside = 0

    def begin(self) -> None:
        """From now on, nothing but the young by itself; what the program consists of is not looked at any more."""
        gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
        gc.freeze()
        self._aside = gc.get_freeze_count()

    def end(self) -> None:
        """As it was."""
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def key(self) -> None:
        """The user does something."""
        self._last_key = time.monotonic()

    def look(self) -> None:
        """Tidy up where the user pauses, once a pause; and in between where too much lies about."""
        now = time.monotonic()
        paused = now - self._last_key
        if paused >= _LONG_PAUSE and self._tidied_all < self._last_key:
            self._everything(now)
        elif paused >= _PAUSE and self._tidied <= self._last_key:
            if gc.get_freeze_count() - self._aside > _STALE:
                self._everything(now)
            else:
                gc.collect()
                gc.freeze()  # what is still there now will stay: the next time it is passed over
                self._tidied = now
        elif gc.get_count()[2] >= _CROWDED:
            gc.collect()  # nothing is put aside: what is on screen now is gone in a moment

    def forget(self, app: App[None]) -> None:
        """Let go of fields that were closed: the toolkit keeps each that asked to be told of something.

        That is another theme, of the program, and where a selection begins, of the screen.
        """
        for watching in getattr(app, "__watchers", {}).values():
            watching[:] = [one for one in watching if not one[0]._closing]
        for screen in app.screen_stack:
            for signal in (one for one in vars(screen).values() if isinstance(one, Signal)):
                for node in [node for node in signal._subscriptions if node._closing]:
                    signal.unsubscribe(node)

    def _everything(self, now: float) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._tidied = self._tidied_all = now
        self._aside = gc.get_freeze_count()
