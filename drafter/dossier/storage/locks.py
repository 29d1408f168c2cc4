"""The lock on a dossier: the operating system drops it when its holder dies, however that dies."""

from __future__ import annotations

import contextlib
import getpass
import os
from pathlib import Path


class DossierLock:
    """Held by one program at a time; a file beside it tells who that is."""

    def __init__(self, path: Path) -> None:
        # Deferred: the list of dossiers is shown without it.
        from filelock import FileLock

        self._lock = FileLock(path, timeout=0, thread_local=False)
        self._who = path.with_suffix(".wie")

    def acquire(self) -> bool:
        """Take the lock if nobody else has it; whether it is held now.

        Raises:
            OSError: the folder cannot be written to.
        """
        from filelock import Timeout

        try:
            self._lock.acquire()
        except Timeout:
            return False
        with contextlib.suppress(OSError):  # a full disk: then nobody knows who it is
            self._who.write_text(f"{_user()} (proces {os.getpid()})", encoding="utf-8")
        return True

    def holder(self) -> str:
        """Who holds it, as far as is known; empty where it is not."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return self._who.read_text(encoding="utf-8")
        return ""

    def release(self) -> None:
        """Let go; nothing happens when it is not held."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):  # the folder may be gone, or its disk
                self._who.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self._lock.release(force=True)


def _user() -> str:
    if named := os.environ.get("KAMERANTWOORD_NAAM"):  # of who sits at a browser
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "een andere gebruiker"
