"""Connections to the bank's database: how they are opened, and SQLite's errors as errors a user can act on."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from answers_bank.dutch.words import fold
from answers_bank.store import schema
from answers_bank.store.proof import crc32
from embeddings.errors import BankError, why
from embeddings.files import is_full

FILE_NAME = "bank.sqlite"
_APPLICATION = 0x4B4D5257
"""Marks the file as a bank of this program (SQLite's application_id)."""
_WAIT_SECONDS = 60.0
_PAUSE = 0.01

AMONG = " IN (SELECT value FROM json_each(?))"
"""Behind the name of a column: whether it is one of a list, however long, given as `listed`."""

T = TypeVar("T")


def listed(values: Iterable[object]) -> str:
    """Texts or whole numbers as `AMONG` takes them."""
    return json.dumps(list(values), default=int)


def open_database(folder: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """A connection in autocommit mode to the bank in `folder`, its schema brought up to date unless `read_only`.

    Raises:
        BankError: there is no bank, it is damaged, of a newer version, or not a bank; nothing is changed then.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        if not create:
            raise BankError(
                f"In {folder} is geen bank.",
                "Vul er een met: kamerantwoord ingest MAP (of noem een andere map met --bank).",
            )
        _make_folder(folder)
    elif path.stat().st_size and not _looks_like_sqlite(path):
        raise damaged(path)
    with translated(path):
        connection = _connect(path, read_only)
        try:
            _check(connection, path, read_only, create)
        except BaseException:
            connection.close()
            raise
    return connection


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    if read_only:
        # Beside a bank on a medium that cannot be written, SQLite cannot keep the files it shares with writers.
        immutable = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
        uri = f"{path.resolve().as_uri()}?mode=ro" + ("&immutable=1" if immutable else "")
        connection = _open(uri, uri=True)
        connection.execute("PRAGMA query_only = 1")
    else:
        connection = _open(path)
        use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as added survives a power cut too
    connection.create_function("fold", 1, lambda text: text and fold(str(text)), deterministic=True)
    connection.create_function("crc32", -1, crc32, deterministic=True)
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA cache_size = -32768")
    return connection


def use_wal(connection: sqlite3.Connection, wait: float = _WAIT_SECONDS) -> None:
    """Let readers and a writer not wait for each other; once for a file, and SQLite itself does not wait for that.

    Raises:
        sqlite3.OperationalError, BankError: others kept the file busy for longer than `wait` seconds.
    """
    until = time.monotonic() + wait
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                return
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except (sqlite3.OperationalError, BankError) as error:
            cause = error if isinstance(error, sqlite3.Error) else error.__cause__
            if "locked" not in str(cause) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


def open_side_database(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode to another database of ours beside the bank; its errors are told like the bank's.

    Raises:
        BankError: it cannot be opened.
    """
    with translated(path):
        connection = _open(path)
        try:
            use_wal(connection)
            connection.execute("PRAGMA foreign_keys = 1")
        except BaseException:
            connection.close()
            raise
    return connection


def _open(target: str | Path, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        target,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=uri,
        factory=_Connection,
    )


def _check(connection: sqlite3.Connection, path: Path, read_only: bool, create: bool) -> None:
    # All of one moment: another process may be making the bank.
    connection.execute("BEGIN")
    try:
        version = schema.version(connection)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.execute("COMMIT")
    if not tables and (path.parent / "cache").is_dir():
        # What stands beside it was made of a bank: it is empty because a disk or a copy failed.
        raise damaged(path, "het bestand is leeg")
    if not tables and (read_only or not create):
        raise BankError(
            f"In {path.parent} is nog geen bank.",
            "Vul er een met: kamerantwoord ingest MAP (of noem een andere map met --bank).",
        )
    if tables and (application not in (_APPLICATION, 0) or not version):
        raise BankError(f"{path} is geen bank van dit programma.", "Kies een andere map met --bank.")
    if version > schema.latest():
        raise BankError(
            f"De bank in {path.parent} is gemaakt met een nieuwere versie van dit programma.",
            "Werk kamerantwoord bij; met de bank is niets gebeurd.",
        )
    if version < schema.latest():
        if read_only:
            raise BankError(
                f"De bank in {path.parent} is van een oudere versie en kan alleen worden gelezen.",
                "Open haar een keer waar zij kan worden geschreven, bijvoorbeeld met: kamerantwoord bank info.",
            )
        if not application:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        schema.migrate(connection)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BankError(
            f"De map {folder} kan niet worden gemaakt: {why(error)}.", "Kies een andere map met --bank."
        ) from error


def _looks_like_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError as error:
        raise BankError(f"{path} kan niet worden geopend: {why(error)}.", "Controleer de rechten op de map.") from error


class DamagedBankError(BankError):
    """The database cannot be read any more, or holds another thing than was written."""


def damaged(path: Path, reason: str = "") -> DamagedBankError:
    """The error for a database that cannot be read any more."""
    return DamagedBankError(
        f"De bank in {path.parent} is beschadigd{f' ({reason})' if reason else ''}. Er is niets overschreven.",
        "Zet een reservekopie terug (kamerantwoord bank restore), of red wat er nog heel is: kamerantwoord bank "
        "rebuild. Dat bewaart de beschadigde bank en noemt de stukken die opnieuw moeten worden opgenomen.",
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into errors a user can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, path) from error
    except (MemoryError, UnicodeDecodeError) as error:
        raise damaged(path, _unforeseen(error)) from error


def _unforeseen(error: Exception) -> str:
    """What SQLite's module for Python raises of a damaged file beside errors of its own, in words."""
    return "het vraagt om meer geheugen dan er is" if isinstance(error, MemoryError) else "een tekst die er geen is"


def _translate(error: sqlite3.Error, path: Path) -> Exception:
    text = str(error)
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError | sqlite3.InterfaceError):
        return error  # a mistake of ours: to be seen as such
    if "locked" in text or "busy" in text:
        return BankError(
            "De bank is in gebruik: een ander programma schrijft er al lange tijd in.", "Probeer het straks opnieuw."
        )
    refused = "disk I/O" in text and getattr(error, "sqlite_errorname", "") != "SQLITE_IOERR_SHORT_READ"
    if "full" in text or (refused and is_full(path.parent)):
        return BankError(
            f"De schijf met de bank ({path.parent}) is vol. Wat al was opgenomen, is bewaard.", "Maak ruimte vrij."
        )
    if refused:
        return BankError(
            f"De schijf met de bank ({path.parent}) reageert niet goed ({text}).",
            "Kijk of de schijf of de netwerkmap er nog is; wat al was opgenomen, is bewaard.",
        )
    if "readonly" in text or "unable to open" in text or "attempt to write" in text:
        return BankError(f"In de bank ({path.parent}) kan niet worden geschreven of gelezen.", "Controleer de rechten.")
    if isinstance(error, sqlite3.OperationalError) and ("no such" in text or "syntax" in text):
        return error
    return damaged(path, text)


class CarefulCursor(sqlite3.Cursor):
    """Tells of a damaged file as of one: SQLite asks for memory that there is not, or words its error in no text.

    Whoever opens a file that others may have changed reads it by these; errors of SQLite itself stay as they are.
    """

    def _guard(self, step: Callable[..., T], *arguments: Any) -> T:
        try:
            return step(*arguments)
        except sqlite3.Error as error:
            if (told := self._told(error)) is error:
                raise
            raise told from error
        except (MemoryError, UnicodeDecodeError) as error:
            raise self._told(sqlite3.DatabaseError(_unforeseen(error))) from error

    def _told(self, error: sqlite3.Error) -> Exception:
        """What is raised in the place of an error of SQLite."""
        return error

    def execute(self, *arguments: Any) -> Self:
        """As of any cursor."""
        self._guard(super().execute, *arguments)
        return self

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Self:
        """As of any cursor."""
        self._guard(super().executemany, sql, rows)
        return self

    def fetchone(self) -> Any:
        """As of any cursor."""
        return self._guard(super().fetchone)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """As of any cursor."""
        return self._guard(super().fetchmany, *(() if size is None else (size,)))

    def fetchall(self) -> list[Any]:
        """As of any cursor."""
        return self._guard(super().fetchall)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except (sqlite3.Error, MemoryError, UnicodeDecodeError) as error:
            return self._guard(_raise, error)


class CarefulConnection(sqlite3.Connection):
    """A connection whose cursors are careful."""

    def cursor(self, factory: Any = None) -> Any:
        """A careful one, unless another is asked for."""
        return super().cursor(factory or CarefulCursor)

    def execute(self, *arguments: Any) -> Any:
        """Execute with a cursor of its own, careful too."""
        return self.cursor().execute(*arguments)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Any:
        """Execute with a cursor of its own, careful too."""
        return self.cursor().executemany(sql, rows)


class _Cursor(CarefulCursor):
    """Translates errors of every step, also of fetching."""

    def _told(self, error: sqlite3.Error) -> Exception:
        return _translate(error, _path(self.connection))


class _Connection(CarefulConnection):
    """A connection whose cursors translate errors."""

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or _Cursor)


def _raise(error: Exception) -> Any:
    raise error


def _path(connection: sqlite3.Connection) -> Path:
    try:
        return Path(sqlite3.Cursor(connection).execute("PRAGMA database_list").fetchone()[2])
    except (sqlite3.Error, MemoryError, UnicodeDecodeError):
        return Path(FILE_NAME)
