"""A lock on a file that the operating system drops when its holder dies, however it dies."""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        # Beyond the text, so that others can read who holds it.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Held by one program at a time; the file tells who that is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._file is not None

    def acquire(self) -> bool:
        """Take the lock if nobody else has it; whether it is held now."""
        if self._file is not None:
            return True
        file = self.path.open("a+", encoding="utf-8")
        try:
            _take(file)
        except OSError:
            file.close()
            return False
        file.seek(0)
        file.truncate()
        file.write(f"{_user()} (proces {os.getpid()})")
        file.flush()
        self._file = file
        return True

    def holder(self) -> str:
        """Who holds it, as far as the file tells; empty when unknown."""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def release(self) -> None:
        """Let go; nothing happens when it is not held."""
        if self._file is not None:
            # The file stays: removing it would let two programs lock two files of the same name.
            with contextlib.suppress(OSError):
                self._file.seek(0)
                self._file.truncate()
            self._file.close()
            self._file = None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "een andere gebruiker"
