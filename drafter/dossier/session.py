"""An open dossier: each change is saved at once, and kept in memory for as long as the disk refuses it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from drafter.dossier.storage.database import (
    Stored,
    add_step,
    check_version,
    connect,
    go_to_step,
    load,
    migrate,
    rewrite_step,
    state,
    sweep,
    transaction,
    write_place,
)
from drafter.dossier.storage.disk import REFUSALS, identity, reason, refuge, whole_length
from drafter.dossier.storage.files import ReadOnlyFile, new_file, recover
from drafter.dossier.storage.locks import DossierLock
from drafter.dossier.value import Dossier
from embeddings.errors import BankError

Clock = Callable[[], datetime.datetime]


def now() -> datetime.datetime:
    """The moment, with the offset of this machine."""
    return datetime.datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Step:
    """One change in the history of a dossier."""

    number: int
    label: str
    """What was done, in Dutch: "alinea ingevoegd"."""


@dataclass(frozen=True, slots=True)
class _Unsaved:
    """A change that is not on disk yet; one without a label is no step of its own."""

    dossier: Dossier
    label: str = ""
    merge: str = ""


class DossierSession:
    """An open dossier: the only way to change one that exists.

    Safe to use from several threads. Close it, or use it as a context manager; when the program dies the lock goes too.
    """

    def __init__(self, path: Path, lock: DossierLock | None, clock: Clock) -> None:
        self.path = path
        self._lock = lock
        self._clock = clock
        self._mutex = threading.RLock()
        self._unsaved: list[_Unsaved] = []
        self._reading: ReadOnlyFile | None = None
        self.problem = ""
        """Why the last changes are not on disk yet; empty when all is saved."""
        self.rescued: Path | None = None
        """Where what could not be saved in its place was put when the session was closed."""
        self.refusal = ""
        """Why the folder cannot be written to, where it cannot: then the dossier is open read-only."""
        self.read_only = self._taken(lock)
        """Whether changes are refused: asked for, another program has the dossier open, or the folder refuses."""
        self.holder = lock.holder() if lock and self.read_only and not self.refusal else ""
        """Who has it open, where that is not this program."""
        self._stored: Stored = {}
        self._step: int
        self._dossier: Dossier
        try:
            self._connection = self._connected()
            check_version(self._connection, path)
            if not self.read_only:
                migrate(self._connection)
                sweep(self._connection)
            self._file = identity(path)
            self._length = whole_length(path)
            self._load()
        except (sqlite3.Error, ValueError, TypeError, OSError) as error:
            self.close()
            if not path.exists():
                raise BankError(
                    f"Er is geen dossier {path.stem} meer.", "Misschien is het net verwijderd of verplaatst."
                ) from error
            if isinstance(error, OSError) or any(mark in str(error) for mark in REFUSALS):
                raise BankError(
                    f"Dossier {path.stem} kan nu niet worden geopend: {reason(error, path.parent)}.",
                    "Er is niets aan veranderd. Probeer het opnieuw als dat is verholpen.",
                ) from error
            raise BankError(
                f"Dossier {path.stem} is beschadigd: {error}.",
                f"Zet een reservekopie terug in {path.parent}, of maak het dossier opnieuw.",
            ) from error
        except BankError:
            self.close()
            raise

    def _taken(self, lock: DossierLock | None) -> bool:
        try:
            return lock is None or not lock.acquire()
        except OSError as error:
            self.refusal = f"in {self.path.parent} kan niet worden geschreven ({reason(error)})"
            return True

    def _connected(self) -> sqlite3.Connection:
        if self.read_only:
            self._reading = ReadOnlyFile(self.path)
            return self._reading.connection
        recover(self.path)
        return connect(self.path)

    def __enter__(self) -> DossierSession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        return self._dossier

    def moment(self) -> datetime.datetime:
        """The moment, for what is said or decided in the dossier."""
        return self._clock()

    def close(self) -> None:
        """Let go of the file and the lock; harmless when closed already. What is not saved yet is tried once more."""
        with self._mutex:
            if not self.retry():
                self.rescued = self._rescue()
            with contextlib.suppress(sqlite3.Error, OSError):  # a disk that went away lets go by itself
                if self._reading is not None:
                    self._reading.close()
                elif hasattr(self, "_connection"):
                    self._connection.close()
            if self._lock:
                self._lock.release()

    # -- changing ------------------------------------------------------------------------------------------------------

    def record(self, dossier: Dossier, label: str, merge: str = "") -> Dossier:
        """Save a change as a step of its own; the dossier as stored, with its time of change.

        Consecutive changes with the same `merge` (one stretch of typing in one block) become one step. Where the disk
        refuses, the change is kept in memory and `problem` says why; `retry` saves it later.

        Raises:
            BankError: the dossier is open read-only.
        """
        if dossier == self._dossier:
            return self._dossier
        return self._keep(_Unsaved(dataclasses.replace(dossier, changed=self._clock()), label, merge))

    def amend(self, dossier: Dossier) -> Dossier:
        """Save what is no change of the user's, such as findings or what was seen, without a step of its own."""
        return self._keep(_Unsaved(dossier)) if dossier != self._dossier else self._dossier

    def _keep(self, change: _Unsaved) -> Dossier:
        if self.read_only:
            raise self._refused()
        with self._mutex:
            self._dossier = change.dossier
            last = self._unsaved[-1] if self._unsaved else None
            if last is not None and (not change.label or (change.merge and change.merge == last.merge)):
                # One with the change before it, which waits as well.
                self._unsaved[-1] = dataclasses.replace(last, dossier=change.dossier)
            else:
                self._unsaved.append(change)
            if not self.problem:
                self._save()
        return change.dossier

    def retry(self) -> bool:
        """Save what is not on disk yet, if anything; whether all is saved now."""
        with self._mutex:
            if self._unsaved and not self._save():
                # Perhaps the folder was away for a while: what is open then leads nowhere.
                with contextlib.suppress(sqlite3.Error, OSError, BankError, ValueError):
                    self._reconnect()
                    self._save()
            return not self._unsaved

    def _save(self) -> bool:
        try:
            # A file that was removed can still be written to, but nobody will ever find it again.
            if identity(self.path) != self._file:
                raise FileNotFoundError(f"{self.path.name} staat niet meer in {self.path.parent}")
            # SQLite writes beside a file that something else emptied, until it is put together, and then all is gone.
            self._length = whole_length(self.path, self._length)
            step, stored = self._step, dict(self._stored)
            try:
                with transaction(self._connection):
                    for change in self._unsaved:
                        self._write(change)
            except BaseException:
                self._step, self._stored = step, stored
                raise
        except (sqlite3.Error, OSError) as error:
            self.problem = reason(error, self.path.parent)
            return False
        self._unsaved.clear()
        self.problem = ""
        return True

    def _write(self, change: _Unsaved) -> None:
        row = self._connection.execute(
            "SELECT merge, (SELECT count(*) FROM steps c WHERE c.parent = s.number) FROM steps s WHERE number = ?",
            (self._step,),
        ).fetchone()
        if not change.label or (change.merge and row == (change.merge, 0)):
            rewrite_step(self._connection, self._step, change.dossier, self._stored)
        else:
            self._step = add_step(
                self._connection, change.dossier, change.label, change.merge, self._step, self._stored
            )

    def _reconnect(self) -> None:
        if not self.path.exists():
            raise FileNotFoundError(str(self.path))
        self._connection.close()
        recover(self.path)
        self._connection = connect(self.path)
        check_version(self._connection, self.path)
        migrate(self._connection)
        # The file may be a copy put back: what waits is written behind whatever it holds.
        self._step, self._file = state(self._connection)[0], identity(self.path)
        self._length = whole_length(self.path)
        self._stored.clear()

    def _rescue(self) -> Path | None:
        """What could not be saved in its place, in a place of last resort."""
        name = f"{self.path.stem} {self._clock():%Y-%m-%d %H.%M.%S}{self.path.suffix}"
        for folder in (refuge(), Path(tempfile.gettempdir())):
            with contextlib.suppress(BankError):
                return self.save_copy(folder / name)
        return None

    def save_copy(self, path: Path) -> Path:
        """Write the dossier as it stands to another file, with its history where that can still be read; where it is.

        It is not put over a file that stands there, but beside it, under a name with a number.

        Raises:
            BankError: that cannot be done either.
        """
        with self._mutex:
            try:
                label = self._unsaved[-1].label if self._unsaved else "kopie"
                return new_file(path, self._dossier, label, self._connection)
            except (OSError, sqlite3.Error) as error:
                raise BankError(
                    f"Ook in {path.parent} kan het dossier niet worden bewaard: {reason(error)}.",
                    "Kies een map op een andere schijf.",
                ) from error

    # -- history -------------------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> Step | None:
        """The step that `undo` would take back."""
        return self._step_or_none("SELECT number, label FROM steps WHERE number = ? AND parent IS NOT NULL")

    @property
    def can_redo(self) -> Step | None:
        """The step that `redo` would do again: the newest that followed this one."""
        return self._step_or_none("SELECT number, label FROM steps WHERE parent = ? ORDER BY number DESC LIMIT 1")

    def _step_or_none(self, query: str) -> Step | None:
        row = None
        with contextlib.suppress(sqlite3.Error):  # a disk that went away: then nothing can be taken back for now
            row = self._one(query, self._step)
        return Step(*row) if row else None

    def undo(self) -> Step | None:
        """Go one step back; the step taken back, or None at the beginning.

        Raises:
            BankError: what was done is not saved yet, or the dossier is open read-only.
        """
        self._must_be_saved()
        step = self.can_undo
        if step:
            parent = self._one("SELECT parent FROM steps WHERE number = ?", step.number)
            assert parent is not None
            self._go(parent[0])
        return step

    def redo(self) -> Step | None:
        """Do the step again that was taken back last; None when there is none.

        Raises:
            BankError: as `undo`.
        """
        self._must_be_saved()
        step = self.can_redo
        if step:
            self._go(step.number)
        return step

    def _must_be_saved(self) -> None:
        if not self.retry():
            raise BankError(
                f"Teruggaan kan pas als het dossier weer bewaard kan worden: {self.problem}.",
                "Uw wijzigingen staan nog in het geheugen; er wordt steeds opnieuw geprobeerd.",
            )

    @property
    def place(self) -> dict[str, str]:
        """Where the user was, in the words of the screens."""
        with contextlib.suppress(sqlite3.Error, ValueError), self._mutex:
            return dict(json.loads(state(self._connection)[1]))
        return {}

    def remember(self, place: dict[str, str]) -> None:
        """Keep where the user is; does nothing when read-only, or while the disk refuses."""
        if not self.read_only and not self.problem:
            with contextlib.suppress(sqlite3.Error), self._mutex, transaction(self._connection):
                write_place(self._connection, place)

    def refresh(self) -> Dossier:
        """Read again what another program may have changed."""
        with self._mutex:
            try:
                if self._reading is not None:
                    self._reading.refresh()
                    self._connection = self._reading.connection
                self._load()
            except (sqlite3.Error, OSError, ValueError) as error:
                raise BankError(f"Dossier {self.path.stem} is nu niet te lezen: {reason(error)}.") from error
        return self._dossier

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with self._mutex:
            row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            return row

    def _go(self, step: int) -> None:
        with self._writing() as connection:
            self._step, self._dossier = self._as_named(go_to_step(connection, step, self._stored))

    def _load(self) -> None:
        self._step, self._dossier = self._as_named(load(self._connection, self._stored))

    def _as_named(self, found: tuple[int, Dossier]) -> tuple[int, Dossier]:
        """A step under the name of the file: a copy that was made by hand is a dossier of its own."""
        step, dossier = found
        name = self.path.stem
        return step, dossier if dossier.id == name else dataclasses.replace(dossier, id=name)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise self._refused()
        with self._mutex:
            try:
                with transaction(self._connection):
                    yield self._connection
            except (sqlite3.Error, ValueError) as error:
                raise BankError(
                    f"De wijziging kon niet worden bewaard: {error}", "Kijk of er ruimte is op de schijf."
                ) from error

    def _refused(self) -> BankError:
        why = f"Het is in gebruik bij {self.holder}." if self.holder else ""
        return BankError("Dit dossier is alleen om te lezen open; er is niets veranderd.", self.refusal or why)
