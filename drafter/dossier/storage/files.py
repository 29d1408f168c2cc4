"""The file of a dossier as a whole: made, moved, settled, and put aside together with what SQLite keeps beside it.

SQLite plays what stands in a "-wal" beside a file over that file, whosever it is. So nothing is moved or copied before
its changes are in it, and nothing is made beside the changes of another.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import uuid
from pathlib import Path

from answers_bank.store.connection import CarefulConnection
from drafter.dossier.storage.database import (
    FILE_VERSION,
    SCHEMA,
    add_step,
    connect,
    damage,
    migrate,
    transaction,
)
from drafter.dossier.value import Dossier
from embeddings.files import move_aside, place, reserve, sync_file, sync_folder

SIDE_FILES = ("-wal", "-shm")
"""What SQLite keeps beside a dossier: its last changes, and what its readers share."""

BIN = "verwijderd"
"""Folder in that of the dossiers, with what was removed."""

_COPIES = 5
"""How often a dossier is copied at most, until nobody wrote meanwhile."""


class ReadOnlyFile:
    """A dossier open for reading only, also in a folder where nothing can be written.

    A database that keeps its changes in a file of their own cannot be read there in its place: then a copy is read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = None
        try:
            connection = connect(self._path, read_only=True)
            connection.execute("SELECT step FROM state").fetchone()
            return connection
        except sqlite3.OperationalError:
            if connection is not None:
                connection.close()
            if not self._path.exists():
                raise
        self._scratch = self._scratch or tempfile.TemporaryDirectory(prefix="kamerantwoord-")
        copy = Path(self._scratch.name) / self._path.name
        for _ in range(_COPIES):
            before = self._state()
            for ending in ("", *SIDE_FILES):
                copy.with_name(copy.name + ending).unlink(missing_ok=True)
                source = beside(self._path, ending)
                if ending != "-shm" and source.exists():
                    shutil.copy(source, beside(copy, ending))
            if self._state() == before:  # both files of one moment: nobody wrote in between
                break
        return connect(copy, read_only=True)

    def _state(self) -> list[tuple[int, int, int] | None]:
        return [
            (found.st_ino, found.st_size, found.st_mtime_ns) if (found := _status(beside(self._path, ending))) else None
            for ending in ("", "-wal")
        ]

    def refresh(self) -> None:
        """Look at the file again, where a copy of it is read."""
        if self._scratch is not None:
            self.connection.close()
            self.connection = self._open()

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()
        if self._scratch is not None:
            self._scratch.cleanup()


def new_file(path: Path, dossier: Dossier, label: str, history: sqlite3.Connection | None = None) -> Path:
    """Write `dossier` to a new file in `path`, behind its `history` where that can be read; never half of it.

    It is not put over another file, nor beside changes that another left (SQLite would play them over it): then its
    name gets a number. Where it is then.

    Raises:
        OSError, sqlite3.Error: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Made aside and then moved, so that nobody ever finds half a dossier.
    new = path.with_name(f".{uuid.uuid4().hex[:16]}.nieuw")
    try:
        _write(new, dossier, label, history)
        return place(new, path, taken=lambda free: any(beside(free, ending).exists() for ending in SIDE_FILES))
    finally:
        for scrap in (new, *(beside(new, ending) for ending in ("-journal", *SIDE_FILES))):
            with contextlib.suppress(OSError):
                scrap.unlink()


def _write(new: Path, dossier: Dossier, label: str, history: sqlite3.Connection | None) -> None:
    new.touch(exist_ok=False)
    parent = None if history is None else _copy_history(history, new)
    with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
        # One file, with nothing beside it, until it stands in its place.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        if parent is None:
            connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version = {FILE_VERSION};COMMIT;")
        with transaction(connection):
            add_step(connection, dossier, label, "", parent, {})


def _copy_history(history: sqlite3.Connection, new: Path) -> int | None:
    """Copy the steps before to the file `new`; the last of them, or None where they are damaged: then it is empty."""
    connecting = contextlib.closing(sqlite3.connect(new, isolation_level=None, factory=CarefulConnection))
    with contextlib.suppress(sqlite3.Error, MemoryError), connecting as connection:
        history.backup(connection)
        migrate(connection)
        last: int = connection.execute("SELECT step FROM state").fetchone()[0]
        return last
    new.write_bytes(b"")
    for ending in ("-journal", *SIDE_FILES):
        beside(new, ending).unlink(missing_ok=True)
    return None


def beside(path: Path, ending: str) -> Path:
    """The file that SQLite keeps beside `path`, see `SIDE_FILES`."""
    return path.with_name(path.name + ending)


def settle(path: Path) -> None:
    """Put all changes into the file itself, so that it can be moved or copied alone. With the lock held.

    Raises:
        sqlite3.Error: the file is damaged, or others keep it busy.
        OSError: what is left beside it cannot be removed.
    """
    with contextlib.closing(connect(path)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise sqlite3.OperationalError("database is locked")
    changes = _status(beside(path, "-wal"))
    if changes is not None and changes.st_size:
        raise sqlite3.OperationalError("database is locked")
    for ending in SIDE_FILES:  # of one who still reads: empty by now, and not to stand beside the next file
        beside(path, ending).unlink(missing_ok=True)


def set_aside_changes(path: Path) -> Path | None:
    """Move changes beside `path` that belong to a file that is gone; SQLite would play them over the next one.

    Where they are then; None where there were none.

    Raises:
        OSError: they cannot be moved.
    """
    moved = None
    changes = beside(path, "-wal")
    if (found := _status(changes)) is not None:
        if found.st_size:
            folder = path.parent / BIN
            folder.mkdir(exist_ok=True)
            moved = move_aside(changes, folder / f"{path.stem} los{path.suffix}-wal")
        else:
            changes.unlink(missing_ok=True)
    beside(path, "-shm").unlink(missing_ok=True)
    return moved


def move(path: Path, target: Path) -> Path:
    """Move a dossier with all its changes to `target`, or to that name with a number. With the lock held.

    A damaged one is moved as it is, its changes with it. Where it is then.

    Raises:
        OSError, sqlite3.Error: it cannot be moved, and stands where it stood.
    """
    if not _is_database(path):  # SQLite would throw away what stands beside it
        return _move_damaged(path, target)
    try:
        settle(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return _move_damaged(path, target)
    return move_aside(path, target)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _move_damaged(path: Path, target: Path) -> Path:
    free = reserve(target)
    changes = beside(path, "-wal")
    try:
        # Copied first: whenever the program dies, no file is without its changes.
        if changes.exists():
            shutil.copyfile(changes, beside(free, "-wal"))
            sync_file(beside(free, "-wal"))
        path.replace(free)
    except BaseException:
        for scrap in (free, beside(free, "-wal")):
            with contextlib.suppress(OSError):
                scrap.unlink()
        raise
    sync_folder(target.parent)
    for ending in SIDE_FILES:
        beside(path, ending).unlink(missing_ok=True)
    return free


def recover(path: Path) -> Path | None:
    """Make sure that changes a program left behind when it died are of the dossier they stand beside.

    A copy that was put back by hand may have come beside the changes of the one before it. Changes that do not fit are
    set aside, if the file is whole without them; where they are then. With the lock held.

    Raises:
        OSError, sqlite3.Error: it cannot be looked at.
    """
    if not ((found := _status(beside(path, "-wal"))) and found.st_size):
        return None
    with tempfile.TemporaryDirectory(prefix="kamerantwoord-") as scratch:
        copy = Path(scratch) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(beside(path, "-wal"), beside(copy, "-wal"))
        if not _damage(copy):
            return None
        alone = Path(scratch) / f"alleen{path.suffix}"
        shutil.copyfile(path, alone)
        return None if _damage(alone) else set_aside_changes(path)


def _damage(path: Path) -> list[str]:
    try:
        with contextlib.closing(connect(path)) as connection:
            return damage(connection)
    except sqlite3.Error as error:
        return [str(error)]


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
