"""Dossiers on disk, in the folder ``dossiers`` of a bank: saved at each change, with all that came before.

A dossier is one SQLite file. Each change adds a *step* that names its predecessor, so undo and redo have no end,
outlive a restart, and a change made after an undo throws nothing away. A step holds the hashes of its answers; an
answer that did not change is stored once. A change is one transaction: after a crash the file holds the last change or
the one before, never half of it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import re
import sqlite3
import threading
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from answers_bank.documents import Document, Kind
from drafter.dossier import Dossier, DraftAnswer
from drafter.dossier_database import (
    SCHEMA,
    Stored,
    add_step,
    check_version,
    connect,
    store_parts,
    sweep,
    transaction,
    write_summary,
)
from drafter.dossier_format import FORMAT_VERSION, decode, encode
from drafter.dossier_summary import DossierSummary, damaged
from drafter.locks import FileLock
from embeddings.errors import BankError

SUFFIX = ".dossier"
FOLDER = "dossiers"

# Stands in while the real set, kept apart, is not there yet.
_NO_QUESTIONS = Document(id="", sha256="", source="", kind=Kind.QUESTIONS, text="")

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


class DossierStore:
    """The dossiers of one bank."""

    def __init__(self, bank_folder: Path, clock: Clock = now) -> None:
        self.folder = bank_folder / FOLDER
        self._clock = clock

    def list(self) -> tuple[DossierSummary, ...]:
        """All dossiers, the last changed first; one that cannot be read is in it with its `problem`."""
        summaries = [self._summary(path) for path in sorted(self.folder.glob(f"*{SUFFIX}"))]
        return tuple(sorted(summaries, key=lambda s: s.changed.timestamp() if s.changed else 0.0, reverse=True))

    def new_id(self, questions: Document) -> str:
        """A free id for a new dossier on `questions`: the case number, else the subject in plain letters."""
        base = _slug(questions.case_number or questions.subject or Path(questions.source).stem) or "dossier"
        names = (base if n == 1 else f"{base}-{n}" for n in range(1, 1_000_000))
        return next(name for name in names if not self.path(name).exists())

    def path(self, dossier_id: str) -> Path:
        """The file of a dossier, whether it exists or not.

        Raises:
            BankError: the id is no plain name.
        """
        if not re.fullmatch(r"[\w][\w.-]{0,120}", dossier_id):
            raise BankError(
                f"‘{dossier_id}’ kan geen naam van een dossier zijn.", "Gebruik letters, cijfers en streepjes."
            )
        return self.folder / f"{dossier_id}{SUFFIX}"

    def save(self, dossier: Dossier, label: str = "opgeslagen") -> None:
        """Store `dossier` as the newest step, new or not.

        Raises:
            BankError: another program has it open, or the folder cannot be written.
        """
        if not self.path(dossier.id).exists():
            self.create(dossier, label).close()
            return
        with self.open(dossier.id) as session:
            if session.read_only:
                raise BankError(
                    f"Dossier {dossier.id} is al open bij {session.holder}.", "Sluit het daar en probeer het opnieuw."
                )
            session.record(dossier, label)

    def create(self, dossier: Dossier, label: str = "gemaakt") -> DossierSession:
        """Store a new dossier and keep it open.

        Raises:
            BankError: there is one with that id, or the folder cannot be written.
        """
        path = self.path(dossier.id)
        if path.exists():
            raise BankError(f"Er is al een dossier {dossier.id}.", "Kies een andere naam of open dat dossier.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path.with_suffix(".lock"))
            if not lock.acquire():
                raise BankError(f"Dossier {dossier.id} wordt al gemaakt door {lock.holder()}.")
            # Made aside and then moved, so that nobody ever finds half a dossier.
            new = path.with_suffix(".nieuw")
            new.unlink(missing_ok=True)
            with contextlib.closing(connect(new)) as connection:
                connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version = {FORMAT_VERSION};COMMIT;")
                with transaction(connection):
                    add_step(connection, dossier, label, "", None, {})
            new.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise BankError(f"Het dossier kan niet in {self.folder} worden bewaard: {error}") from error
        return DossierSession(path, lock, self._clock)

    def open(self, dossier_id: str, read_only: bool = False) -> DossierSession:
        """Open a dossier to work on; read-only when asked, or when another program has it open.

        Raises:
            BankError: it does not exist, is damaged, or was made by a newer version.
        """
        path = self.path(dossier_id)
        if not path.exists():
            raise BankError(f"Er is geen dossier {dossier_id}.", "Kijk in de lijst van dossiers welke er zijn.")
        return DossierSession(path, None if read_only else FileLock(path.with_suffix(".lock")), self._clock)

    def load(self, dossier_id: str) -> Dossier:
        """The dossier as it stands.

        Raises:
            BankError: as `open`.
        """
        with self.open(dossier_id, read_only=True) as session:
            return session.dossier

    def delete(self, dossier_id: str) -> Path:
        """Put a dossier aside under a name that the list does not show; returns where, so that it can come back.

        Raises:
            BankError: another program has it open.
        """
        path = self.path(dossier_id)
        lock = FileLock(path.with_suffix(".lock"))
        if not lock.acquire():
            raise BankError(f"Dossier {dossier_id} is open bij {lock.holder()}.", "Sluit het daar eerst.")
        try:
            bin_folder = self.folder / "verwijderd"
            bin_folder.mkdir(exist_ok=True)
            target = bin_folder / f"{dossier_id} {self._clock():%Y-%m-%d %H.%M.%S}{SUFFIX}"
            return path.replace(target)
        except OSError as error:
            raise BankError(f"Dossier {dossier_id} kan niet worden verwijderd: {error}") from error
        finally:
            lock.release()

    def _summary(self, path: Path) -> DossierSummary:
        try:
            with contextlib.closing(connect(path, read_only=True)) as connection:
                check_version(connection, path)
                row = connection.execute("SELECT summary FROM state").fetchone()
                return decode(DossierSummary, json.loads(row[0]))
        except BankError as error:
            return damaged(path.stem, error.message)
        except (sqlite3.Error, ValueError, TypeError):
            return damaged(path.stem, "het bestand is beschadigd")


class DossierSession:
    """An open dossier: the only way to change one that exists.

    Safe to use from several threads. Close it, or use it as a context manager; when the program dies the lock goes too.
    """

    def __init__(self, path: Path, lock: FileLock | None, clock: Clock) -> None:
        self._lock = lock
        self._clock = clock
        self._mutex = threading.RLock()
        self.read_only = lock is None or not lock.acquire()
        """Whether changes are refused: asked for, or another program has the dossier open."""
        self.holder = lock.holder() if lock and self.read_only else ""
        """Who has it open, where that is not this program."""
        self._stored: Stored = {}
        self._step: int
        self._dossier: Dossier
        try:
            self._connection = connect(path, read_only=self.read_only)
            check_version(self._connection, path)
            if not self.read_only:
                sweep(self._connection)
            self._load()
        except (sqlite3.Error, ValueError, TypeError) as error:
            self.close()
            raise BankError(
                f"Dossier {path.stem} is beschadigd: {error}.",
                f"Zet een reservekopie terug in {path.parent}, of maak het dossier opnieuw.",
            ) from error
        except BankError:
            self.close()
            raise

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

    def close(self) -> None:
        """Let go of the file and the lock; harmless when closed already."""
        with self._mutex:
            if hasattr(self, "_connection"):
                self._connection.close()
            if self._lock:
                self._lock.release()

    def record(self, dossier: Dossier, label: str, merge: str = "") -> Dossier:
        """Save a change as a step of its own; the dossier as stored, with its time of change.

        Consecutive changes with the same `merge` (one stretch of typing in one block) become one step.

        Raises:
            BankError: the dossier is open read-only, or the disk refuses.
        """
        if dossier == self._dossier:
            return self._dossier
        dossier = dataclasses.replace(dossier, changed=self._clock())
        with self._writing() as connection:
            row = connection.execute(
                "SELECT merge, (SELECT count(*) FROM steps c WHERE c.parent = s.number) FROM steps s WHERE number = ?",
                (self._step,),
            ).fetchone()
            if merge and row == (merge, 0):
                self._replace(connection, dossier)
            else:
                self._step = add_step(connection, dossier, label, merge, self._step, self._stored)
        self._dossier = dossier
        return dossier

    def amend(self, dossier: Dossier) -> Dossier:
        """Save what is no change of the user's, such as findings or what was seen, without a step of its own."""
        if dossier != self._dossier:
            with self._writing() as connection:
                self._replace(connection, dossier)
            self._dossier = dossier
        return self._dossier

    @property
    def can_undo(self) -> Step | None:
        """The step that `undo` would take back."""
        row = self._one("SELECT number, label FROM steps WHERE number = ? AND parent IS NOT NULL", self._step)
        return Step(*row) if row else None

    @property
    def can_redo(self) -> Step | None:
        """The step that `redo` would do again: the newest that followed this one."""
        row = self._one("SELECT number, label FROM steps WHERE parent = ? ORDER BY number DESC LIMIT 1", self._step)
        return Step(*row) if row else None

    def undo(self) -> Step | None:
        """Go one step back; the step taken back, or None at the beginning."""
        step = self.can_undo
        if step:
            parent = self._one("SELECT parent FROM steps WHERE number = ?", step.number)
            assert parent is not None
            self._go(parent[0])
        return step

    def redo(self) -> Step | None:
        """Do the step again that was taken back last; None when there is none."""
        step = self.can_redo
        if step:
            self._go(step.number)
        return step

    @property
    def place(self) -> dict[str, str]:
        """Where the user was, in the words of the screens."""
        row = self._one("SELECT place FROM state")
        return dict(json.loads(row[0])) if row else {}

    def remember(self, place: dict[str, str]) -> None:
        """Keep where the user is; does nothing when read-only."""
        if not self.read_only:
            with self._writing() as connection:
                connection.execute("UPDATE state SET place = ?", (json.dumps(place),))

    def refresh(self) -> Dossier:
        """Read again what another program may have changed."""
        with self._mutex:
            self._load()
        return self._dossier

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with self._mutex:
            row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            return row

    def _go(self, step: int) -> None:
        with self._writing() as connection:
            connection.execute("UPDATE state SET step = ?", (step,))
            self._load()
            write_summary(connection, self._dossier)

    def _replace(self, connection: sqlite3.Connection, dossier: Dossier) -> None:
        header = store_parts(connection, dossier, self._stored)
        connection.execute("UPDATE steps SET header = ? WHERE number = ?", (header, self._step))
        write_summary(connection, dossier)

    def _load(self) -> None:
        row = self._one("SELECT step, header FROM state JOIN steps ON steps.number = state.step")
        if row is None:
            raise ValueError("geen stand")
        self._step = int(row[0])
        header = json.loads(row[1])
        answers = [decode(DraftAnswer, self._part(key)) for key in header["answers"]]
        key = header["questions"]
        known = [part for part, part_key in self._stored.values() if part_key == key and isinstance(part, Document)]
        questions = known[0] if known else decode(Document, self._part(key))
        self._stored = {
            id(answer): (answer, answer_key) for answer, answer_key in zip(answers, header["answers"], strict=True)
        }
        self._stored[id(questions)] = (questions, key)
        self._dossier = dataclasses.replace(
            decode(Dossier, header["dossier"] | {"questions": encode(_NO_QUESTIONS), "answers": []}),
            questions=questions,
            answers=tuple(answers),
        )

    def _part(self, key: str) -> Any:
        row = self._one("SELECT json FROM parts WHERE hash = ?", key)
        if row is None:
            raise ValueError(f"onderdeel {key[:8]} ontbreekt")
        try:
            return json.loads(zlib.decompress(row[0]))
        except zlib.error as error:
            raise ValueError(str(error)) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise BankError(
                "Dit dossier is alleen om te lezen open; er is niets veranderd.",
                f"Het is in gebruik bij {self.holder}." if self.holder else "",
            )
        with self._mutex:
            try:
                with transaction(self._connection):
                    yield self._connection
            except sqlite3.Error as error:
                raise BankError(
                    f"De wijziging kon niet worden bewaard: {error}", "Kijk of er ruimte is op de schijf."
                ) from error


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
