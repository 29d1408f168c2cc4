"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from embeddings.errors import UsageError


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` in `path`: a reader sees the old file or the new one, never a half.

    Raises:
        UsageError: the place cannot be written to.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise UsageError(
            f"Kan {path} niet schrijven: {error.strerror or error}.",
            "Controleer of de map bestaat, of u er mag schrijven en of het bestand niet in Word openstaat.",
        ) from error
