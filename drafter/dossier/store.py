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
import time
import unicodedata
from difflib import get_close_matches
from pathlib import Path

from answers_bank.documents import Document
from answers_bank.json_values import decode
from drafter.dossier.session import Clock, DossierSession, now
from drafter.dossier.storage.database import check_version, damage, state
from drafter.dossier.storage.disk import REFUSALS, reason
from drafter.dossier.storage.files import BIN, ReadOnlyFile, move, new_file, set_aside_changes
from drafter.dossier.storage.locks import DossierLock
from drafter.dossier.summary import DossierSummary, damaged
from drafter.dossier.value import Dossier, DraftAnswer
from embeddings.errors import BankError

SUFFIX = ".dossier"
_NAME = re.compile(r"\w(?:[^/\\\x00-\x1f\x7f<>:\"|?*]{0,119}[^/\\\x00-\x20\x7f<>:\"|?*.])?")
"""What a file may be called on every system, so that a copy made by hand ("zaak - kopie") can be opened too."""

FOLDER = "dossiers"
_NAMED = 5
"""Dossiers that an error names."""

_MAKING = 0.05
"""Seconds to wait for a program that makes a dossier of the same name."""


class NameTakenError(BankError):
    """There is a dossier of that name, or one is being made."""


class DossierStore:
    """The dossiers of one bank."""

    def __init__(self, bank_folder: Path, clock: Clock = now) -> None:
        self.folder = bank_folder / FOLDER
        self._clock = clock

    def list(self) -> tuple[DossierSummary, ...]:
        """All dossiers, the last changed first; one that cannot be read is in it with its `problem`."""
        try:
            paths = sorted(self.folder.glob(f"*{SUFFIX}"))
        except OSError as error:
            raise BankError(
                f"De dossiers in {self.folder} zijn niet te bereiken: {reason(error)}.",
                "Kijk of de schijf of de netwerkmap er nog is.",
            ) from error
        summaries = [self._summary(path) for path in paths]
        return tuple(sorted(summaries, key=lambda s: s.changed.timestamp() if s.changed else 0.0, reverse=True))

    def summary(self, dossier_id: str) -> DossierSummary | None:
        """A dossier as it is in the list; None where there is none."""
        path = self.path(dossier_id)
        return self._summary(path) if path.exists() else None

    def new_id(self, questions: Document) -> str:
        """A free id for a new dossier on `questions`: the case number, else the subject in plain letters."""
        base = _slug(questions.case_number or questions.subject or Path(questions.source).stem) or "dossier"
        names = (base if n == 1 else f"{base}-{n}" for n in range(1, 1_000_000))
        return next(name for name in names if not self.path(name).exists())

    def start(self, questions: Document, as_of: datetime.date) -> Dossier:
        """A dossier with empty answers, not stored yet."""
        answers = tuple(DraftAnswer(question.numbers) for question in questions.questions)
        moment = self._clock()
        return self.named(Dossier("", questions, answers, as_of, moment, moment))

    def named(self, dossier: Dossier) -> Dossier:
        """`dossier` as a new one: with a free id, made at this moment; not stored yet."""
        moment = self._clock()
        return dataclasses.replace(dossier, id=self.new_id(dossier.questions), created=moment, changed=moment)

    def path(self, dossier_id: str) -> Path:
        """The file of a dossier, whether it exists or not.

        Raises:
            BankError: the id is no plain name.
        """
        if not _NAME.fullmatch(dossier_id):
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
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = DossierLock(path.with_suffix(".lock"))
            if not lock.acquire():
                raise NameTakenError(f"Dossier {dossier.id} wordt al gemaakt door {lock.holder()}.")
            try:
                # Under the lock: whoever made one meanwhile has let go of it, and it stands there.
                if path.exists():
                    raise NameTakenError(
                        f"Er is al een dossier {dossier.id}.", "Kies een andere naam of open dat dossier."
                    )
                set_aside_changes(path)
                made = new_file(path, dossier, label)
                if made != path:  # put there by hand at this very moment
                    made.unlink()
                    raise NameTakenError(
                        f"Er is al een dossier {dossier.id}.", "Kies een andere naam of open dat dossier."
                    )
            except BaseException:
                lock.release()
                raise
        except (OSError, sqlite3.Error) as error:
            raise BankError(
                f"Het dossier kan niet in {self.folder} worden bewaard: {reason(error)}.",
                "Kijk of de map er is, of u er mag schrijven en of er ruimte is op de schijf.",
            ) from error
        return DossierSession(path, lock, self._clock)

    def create_free(self, dossier: Dossier, label: str = "gemaakt") -> DossierSession:
        """Store a new dossier under its own id or, where another program just took that, under the next free one.

        Raises:
            BankError: the folder cannot be written.
        """
        while True:
            try:
                return self.create(dossier, label)
            except NameTakenError:
                name = self.new_id(dossier.questions)
                if name == dossier.id:  # still being made elsewhere, under a lock
                    time.sleep(_MAKING)
                dossier = dataclasses.replace(dossier, id=name)

    def open(self, dossier_id: str, read_only: bool = False) -> DossierSession:
        """Open a dossier to work on; read-only when asked, or when another program has it open.

        Raises:
            BankError: it does not exist, is damaged, or was made by a newer version.
        """
        path = self.path(dossier_id)
        if not path.exists():
            raise self._unknown(dossier_id)
        return DossierSession(path, None if read_only else DossierLock(path.with_suffix(".lock")), self._clock)

    def _unknown(self, dossier_id: str) -> BankError:
        """The error on a dossier that is not there; it names those that are, the likeliest first."""
        there = sorted(path.stem for path in self.folder.glob(f"*{SUFFIX}"))
        meant = [name for name in there if name.startswith(dossier_id)] or get_close_matches(dossier_id, there, n=1)
        if meant:
            hint = f"Bedoelt u {' of '.join(meant[:_NAMED])}?"
        elif there:
            hint = f"Wel zijn er: {', '.join(there[:_NAMED])}{' …' if len(there) > _NAMED else ''}."
        else:
            hint = "Er zijn nog geen dossiers. Maak er een met: kamerantwoord draft VRAGEN."
        return BankError(f"Er is geen dossier {dossier_id}.", hint)

    def open_alone(self, dossier_id: str, wait: float = 10.0) -> DossierSession:
        """Open a dossier to change it, after waiting for another program that has it for a moment.

        Raises:
            BankError: as `open`; or another program has it for longer than `wait` seconds, or the folder refuses.
        """
        until = time.monotonic() + wait
        while True:
            session = self.open(dossier_id)
            if not session.read_only:
                return session
            session.close()
            if session.refusal or time.monotonic() > until:
                raise BankError(
                    f"Dossier {dossier_id} is al open bij {session.holder}."
                    if session.holder
                    else f"Dossier {dossier_id} kan niet worden gewijzigd: {session.refusal or 'het is in gebruik'}.",
                    "Sluit het daar en probeer het opnieuw.",
                )
            time.sleep(_MAKING)

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
        lock = DossierLock(path.with_suffix(".lock"))
        try:
            if not lock.acquire():
                raise BankError(f"Dossier {dossier_id} is open bij {lock.holder()}.", "Sluit het daar eerst.")
            if not path.exists():
                raise self._unknown(dossier_id)
            bin_folder = self.folder / BIN
            bin_folder.mkdir(exist_ok=True)
            return move(path, bin_folder / f"{dossier_id} {self._clock():%Y-%m-%d %H.%M.%S}{SUFFIX}")
        except (OSError, sqlite3.Error) as error:
            raise BankError(
                f"Dossier {dossier_id} kan niet worden verwijderd: {reason(error)}.", "Het staat nog waar het stond."
            ) from error
        finally:
            lock.release()

    def damage(self, dossier_id: str) -> tuple[str, ...]:
        """What is wrong with a dossier, empty when all of it is as it was written; reads every step."""
        try:
            with contextlib.closing(ReadOnlyFile(self.path(dossier_id))) as reading:
                return tuple(damage(reading.connection))
        except (sqlite3.Error, OSError) as error:
            return (str(error),)

    def loose_changes(self) -> tuple[Path, ...]:
        """Changes whose dossier is not there any more."""
        found = sorted(self.folder.glob(f"*{SUFFIX}-wal"))
        return tuple(path for path in found if path.stat().st_size and not path.with_name(path.name[:-4]).exists())

    def _summary(self, path: Path) -> DossierSummary:
        try:
            with contextlib.closing(ReadOnlyFile(path)) as reading:
                check_version(reading.connection, path)
                found = decode(DossierSummary, json.loads(state(reading.connection)[2]))
                return dataclasses.replace(found, id=path.stem)  # of a copy that was made by hand: its own name
        except BankError as error:
            return damaged(path.stem, error.message)
        except OSError as error:
            return damaged(path.stem, reason(error))
        except sqlite3.OperationalError as error:
            refused = any(mark in str(error) for mark in REFUSALS)
            return damaged(path.stem, reason(error, self.folder) if refused else "het bestand is beschadigd")
        except (sqlite3.Error, ValueError, TypeError):
            return damaged(path.stem, "het bestand is beschadigd")


def _taken(name: str) -> NameTakenError:
    return NameTakenError(f"Er is al een dossier {name}.", "Kies een andere naam of open dat dossier.")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
