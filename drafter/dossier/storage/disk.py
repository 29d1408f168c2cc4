"""The disk that a dossier stands on: why it refuses, and where to go then."""

from __future__ import annotations

import os
from pathlib import Path

from embeddings.errors import why
from embeddings.files import is_full

_MAGIC = b"SQLite format 3\0"


def refuge() -> Path:
    """Where dossiers go whose own folder refuses them."""
    from platformdirs import user_data_path

    return user_data_path("kamerantwoord") / "niet-bewaard"


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another in its place; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


REFUSALS = ("full", "readonly", "locked", "disk I/O", "unable to open")
"""In an error of SQLite: the disk or another program refuses, and the file itself may be as it was."""


def whole_length(path: Path, least: int = 0) -> int:
    """Bytes of a database file, which only grows.

    Raises:
        OSError: it is not there, is shorter than `least`, or is no database any more.
    """
    with path.open("rb") as file:
        head, length = file.read(len(_MAGIC)), os.fstat(file.fileno()).st_size
    if length < least or head != _MAGIC:
        raise OSError("het bestand is door iets anders dan dit programma veranderd")
    return length


def reason(error: Exception, place: Path | None = None) -> str:
    """In plain words, why the disk under the folder `place` refused."""
    text = str(error)
    if "disk I/O" in text and place is not None and is_full(place):
        text = "full"
    known = {
        "full": "de schijf is vol",
        "readonly": "de map is alleen-lezen geworden",
        "locked": "een ander programma houdt het bestand bezet",
        "disk I/O": "de schijf of de netwerkmap reageert niet goed",
        "unable to open": "de map is niet bereikbaar",
        "niet meer": "het bestand of de map is verdwenen",
    }
    if isinstance(error, OSError) and error.errno:
        return why(error)
    return next((words for mark, words in known.items() if mark in text), text)
