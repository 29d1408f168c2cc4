"""Keeping Python's search for unused cycles out of the way of keys.

The interpreter stops now and then to go through all objects: a tenth of a second with a large dossier on screen. Here
it does so only while nobody types, and goes through what is new.
"""

from __future__ import annotations

import gc
import time

_YOUNG, _MIDDLE, _OLD = 2_000, 10, 100_000
"""What sets off a search: made objects, searches among the young, searches among those. The last is for emergencies."""

_PAUSE = 1.5
"""Seconds without a key after which what is new is gone through."""

_LONG_PAUSE = 60.0
"""Seconds without a key after which everything is gone through."""


class Tidying:
    """Decides when; `look` is called every second or so."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()
        self._last_key = time.monotonic()
        self._tidied = 0.0
        self._tidied_all = time.monotonic()

    def begin(self) -> None:
        """From now on, nothing but the young by itself."""
        gc.set_threshold(_YOUNG, _MIDDLE, _OLD)

    def end(self) -> None:
        """As it was."""
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def key(self) -> None:
        """The user does something."""
        self._last_key = time.monotonic()

    def look(self) -> None:
        """Tidy up where the user pauses, once a pause."""
        now = time.monotonic()
        if now - self._last_key >= _LONG_PAUSE and self._tidied_all < self._last_key:
            gc.unfreeze()
            self._tidied_all = now
        elif now - self._last_key < _PAUSE or self._tidied > self._last_key:
            return
        gc.collect()
        gc.freeze()  # what is still there now will stay: the next time it is passed over
        self._tidied = now
