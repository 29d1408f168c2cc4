"""An open database: its connections, transactions, and what it remembers of itself."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Self

from answers_bank.store import proof
from answers_bank.store.connection import AMONG, FILE_NAME, damaged, listed, open_database
from answers_bank.store.whole import first_fault
from embeddings.errors import BankError
from embeddings.packaged.model import cache_folder
from embeddings.sums import remember_whole, seen_whole

_LOOKED_OVER = 100_000_000
"""Bytes up to which a strange file is looked over at once, which takes up to a second; beyond, `doctor` does."""

_UNFIT = (
    ValueError,
    TypeError,
    OverflowError,
    RecursionError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)


class BankMark(NamedTuple):
    """What a cache remembers of the bank that it follows."""

    generation: int
    mark: str


class BankStore:
    """The database of a bank; see `answers_bank.store.bank.Bank`."""

    def __init__(self, folder: Path, *, read_only: bool, first: sqlite3.Connection) -> None:
        self.folder = folder
        self.read_only = read_only
        self._local = threading.local()
        self._local.connection = first
        self._connections = [first]
        self._lock = threading.RLock()
        """One writing thread at a time; other processes are held off by SQLite."""
        self._closed = False
        self._whole = False
        """Whether the file was found whole; what this program writes to it then leaves it so."""

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False, read_only: bool = False) -> Self:
        """Open the bank in `folder`.

        Args:
            folder: holds `bank.sqlite` and the caches beside it.
            create: make an empty bank where there is none.
            read_only: never write, not even a newer schema; other processes may write. A bank in a folder that cannot
                be written, such as one on a shared disk, is always opened so.

        Raises:
            BankError: there is none, it is damaged (and left as it is), or of a newer version.
        """
        folder = Path(folder).expanduser()
        read_only = read_only or not _writable(folder)
        connection = open_database(folder, create=create and not read_only, read_only=read_only)
        bank = cls(folder, read_only=read_only, first=connection)
        try:
            bank._look_over()
            if not read_only:
                bank.prepare()
        except BaseException:
            bank.close()
            raise
        return bank

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; calling it again does nothing."""
        if self._closed:
            return
        folder = self.cache_folder if self._whole else None
        self._closed = True
        with self._lock:
            for connection in self._connections:
                with suppress(sqlite3.Error, BankError):
                    connection.close()
            self._connections.clear()
        if folder is not None and not self.read_only:
            remember_whole(folder, self.folder / FILE_NAME)

    def _look_over(self) -> None:
        """Look over a file that is not as this program left it: a copy, a damaged one, one of a program that died.

        Raises:
            BankError: it is damaged.
        """
        path, folder = self.folder / FILE_NAME, self.cache_folder
        if folder is None or path.stat().st_size > _LOOKED_OVER:
            return
        # Who only reads has a cache of their own; those who write note what they left beside it.
        if not any(seen_whole(place, path) for place in (folder, self.folder / "cache")):
            if fault := first_fault(self.connection):
                raise damaged(path, fault)
            remember_whole(folder, path)
        self._whole = True

    @property
    def identifier(self) -> str:
        """Given to the bank when it was made, so that caches of another bank are never taken for its own."""
        return self.meta("identifier") or ""

    @property
    def generation(self) -> int:
        """Rises with each change of documents or vectors, also by other processes."""
        try:
            return int(self.meta("generation") or 0)
        except ValueError as error:
            raise self._broken_chain() from error

    @property
    def mark(self) -> BankMark:
        """The generation, with what tells it from the same generation of another copy of this bank."""
        row = self.sql("SELECT generation, mark FROM history ORDER BY generation DESC LIMIT 1").fetchone()
        return self._mark(row) if row else BankMark(self.generation, "")

    @property
    def first_mark(self) -> BankMark:
        """As `mark`, of the first generation of this bank."""
        row = self.sql("SELECT generation, mark FROM history ORDER BY generation LIMIT 1").fetchone()
        return self._mark(row) if row else BankMark(0, "")

    def followed(self, generation: int, mark: str) -> bool:
        """Whether this bank was once at that generation with that mark: what came since can then be added."""
        row = self.sql("SELECT mark FROM history WHERE generation = ?", (generation,)).fetchone()
        return row is not None and self._mark((generation, row[0])).mark == mark

    def _mark(self, row: tuple[Any, Any]) -> BankMark:
        generation, mark = row
        if not isinstance(generation, int) or not isinstance(mark, bytes):
            raise self._broken_chain()
        return BankMark(generation, mark.hex())

    def _broken_chain(self) -> BankError:
        return damaged(self.folder / FILE_NAME, "de keten van wijzigingen")

    @property
    def cache_folder(self) -> Path | None:
        """Where caches are kept; None where nothing may be written.

        Beside the bank; for a bank that is read only, such as one on a shared disk, in the user's own cache.
        """
        if not self.read_only and os.access(self.folder, os.W_OK):
            return self.folder / "cache"
        # By place too: two copies of one bank that went different ways must not take turns in one cache.
        place = hashlib.sha256(os.fsencode(self.folder.resolve())).hexdigest()[:12]
        folder = cache_folder() / "banks" / f"{self.identifier}-{place}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return folder

    def prepare(self) -> None:
        """Called when the bank was opened to be written."""

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is written inside is on disk when this ends, and undone when an exception leaves it."""
        if self.read_only:
            raise BankError("De bank is geopend om te lezen.", "Open haar zonder deze beperking om te schrijven.")
        with self._lock:
            connection = self.connection
            outer = bool(connection.in_transaction)
            assert not getattr(self._local, "reads", False), "what is written would be undone"
            if outer:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """What is read inside is of one moment, whoever writes meanwhile; inside a transaction it is of that one."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        self._local.reads = True
        try:
            yield
        finally:
            self._local.reads = False
            connection.rollback()

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Inside a transaction: undo what is written here, and only that, when it cannot be held by the database.

        Raises:
            ValueError: it cannot: a number out of range, a text that is none, a value that is of another kind.
        """
        connection = self.connection
        connection.execute("SAVEPOINT trying")
        try:
            yield
        except BaseException as error:
            if connection.in_transaction:  # a full disk may have ended it already
                connection.execute("ROLLBACK TO trying")
            if isinstance(error, _UNFIT):
                raise ValueError(f"{type(error).__name__}: {str(error)[:200]}") from error
            raise
        finally:
            if connection.in_transaction:
                connection.execute("RELEASE trying")

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        if self._closed:
            raise BankError("De bank is al gesloten.", "Open haar opnieuw.")
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = open_database(self.folder, create=False, read_only=self.read_only)
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    def sql(self, statement: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        """Run one statement on this thread's connection."""
        return self.connection.execute(statement, tuple(values))

    def among(self, statement: str, keys: Iterable[object]) -> list[Any]:
        """The rows of a statement that ends with the name of a column, where that column is one of `keys`."""
        return self.sql(statement + AMONG, (listed(keys),)).fetchall()

    def set_meta(self, name: str, value: str) -> None:
        """Write a fact about the bank; inside a transaction."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def meta(self, name: str) -> str | None:
        """A fact about the bank; None where it is not known."""
        row = self.sql("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def next_generation(self, change: str) -> int:
        """Count a change (see `proof`) and return the new generation; inside a transaction."""
        last = self.sql("SELECT generation, mark FROM history ORDER BY generation DESC LIMIT 1").fetchone()
        before = bytes.fromhex(self._mark(last).mark) if last else proof.EMPTY_MARK
        generation = max(self.generation, last[0] if last else 0) + 1
        self.write_history(generation, change, before)
        self.set_meta("generation", str(generation))
        return generation

    def write_history(self, generation: int, change: str, before: bytes) -> None:
        """Add a link to the chain of changes; inside a transaction."""
        salt = os.urandom(8)
        mark = proof.chained(before, salt, change)
        self.connection.execute("INSERT INTO history VALUES (?, ?, ?, ?)", (generation, change, salt, mark))


def _writable(folder: Path) -> bool:
    """Whether a bank in `folder` can be written, or there is none yet."""
    path = folder / FILE_NAME
    return not path.is_file() or (os.access(path, os.W_OK) and os.access(folder, os.W_OK))
