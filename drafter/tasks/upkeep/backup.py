"""A backup of the bank with all that belongs to it, in one file, and putting it back.

The file is a zip: the bank, what was fetched, the dossiers (also those that were removed), and a list of all with their
SHA-256. Each database is copied as it is at one moment, while others go on writing. What was fetched is copied before
the bank, so that no document can be known as taken up and not be there.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from answers_bank.store.bank import Bank
from answers_bank.store.connection import CarefulConnection
from answers_bank.store.snapshot import FILE_NAME, LEDGER_NAME, snapshot
from drafter.dossier.storage.database import damage
from drafter.dossier.storage.files import BIN, ReadOnlyFile, beside
from drafter.dossier.store import FOLDER, SUFFIX
from embeddings.errors import BankError, Cancelled, InputError, UsageError, why
from embeddings.files import sync_folder, writing_whole
from embeddings.progress import SILENT, Progress

_LIST = "inhoud.json"
_FORMAT = 1
_RAW = "ruw"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What is in a backup."""

    file: Path
    documents: int
    dossiers: int
    raw: int
    """Files as they were fetched."""

    bytes: int
    problems: tuple[str, ...] = ()
    """What was taken along as it is, although it is damaged."""


def backup(bank_folder: Path, file: Path, today: datetime.date, progress: Progress = SILENT) -> BackupReport:
    """Write a backup of all in `bank_folder` to `file` (a folder: under a name of its own), and read it back to check.

    Raises:
        UsageError: the file is there already, or cannot be written.
        BankError: there is no bank, or it is damaged.
        Cancelled: `progress` asked to stop; there is no file then.
    """
    if file.is_dir():
        file = file / f"kamerantwoord {today.isoformat()}.zip"
    if file.exists():
        raise UsageError(f"{file} is er al.", "Kies een andere naam; een reservekopie wordt nooit overschreven.")
    if not (bank_folder / FILE_NAME).is_file():
        raise BankError(f"In {bank_folder} is geen bank.", "Noem een andere map met --bank.")
    try:
        with tempfile.TemporaryDirectory(prefix=".reservekopie-", dir=file.parent) as place:
            report = _written(bank_folder, file, Path(place), progress)
    except OSError as error:
        raise UsageError(
            f"De reservekopie kan niet in {file.parent} worden geschreven: {why(error)}.",
            "Er is ruimte nodig voor tweemaal de bank. Kies een andere plaats.",
        ) from error
    check(file, progress)
    return report


def _written(bank_folder: Path, file: Path, place: Path, progress: Progress) -> BackupReport:
    progress.start("Reservekopie maken", None)
    problems: list[str] = []
    if (bank_folder / LEDGER_NAME).is_file():
        snapshot(bank_folder / LEDGER_NAME, place / LEDGER_NAME)
    snapshot(bank_folder / FILE_NAME, place / FILE_NAME)
    with Bank.open(place, read_only=True) as bank:
        if faults := bank.damage():
            raise BankError(f"De bank is beschadigd: {faults[0]}.", "Zet een eerdere reservekopie terug.")
        documents = bank.info().documents
    dossiers = 0
    for folder in (FOLDER, f"{FOLDER}/{BIN}"):
        for path in sorted((bank_folder / folder).glob(f"*{SUFFIX}")):
            target = place / folder / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            dossiers += 1
            if (why := _copy_dossier(path, target)) is not None:
                problems.append(f"Dossier {path.stem} is beschadigd ({why}) en is meegenomen zoals het is.")
            _stop_when_asked(progress)
    entries = [(path.relative_to(place).as_posix(), path) for path in sorted(place.rglob("*")) if path.is_file()]
    raw = [path for path in sorted((bank_folder / _RAW).rglob("*")) if path.is_file() and len(path.name) == 64]
    entries += [(path.relative_to(bank_folder).as_posix(), path) for path in raw]
    progress.start("Reservekopie schrijven", len(entries))
    listed: dict[str, dict[str, object]] = {}
    with writing_whole(file) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in entries:
            _stop_when_asked(progress)
            digest = hashlib.sha256()
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as packed:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    packed.write(block)
            listed[name] = {"size": path.stat().st_size, "sha256": digest.hexdigest()}
            progress.advance()
        content = {"format": _FORMAT, "files": listed}
        archive.writestr(_LIST, json.dumps(content, ensure_ascii=False, indent=1))
    return BackupReport(file, documents, dossiers, len(raw), file.stat().st_size, tuple(problems))


def _copy_dossier(path: Path, target: Path) -> str | None:
    """Copy a dossier as it is at one moment; why it is damaged, if it is."""
    try:
        with contextlib.closing(ReadOnlyFile(path)) as reading:
            with contextlib.closing(sqlite3.connect(target, factory=CarefulConnection)) as writing:
                reading.connection.backup(writing)
                writing.execute("PRAGMA journal_mode = DELETE")
            with contextlib.closing(sqlite3.connect(target, factory=CarefulConnection)) as copy:
                faults = damage(copy)
        return faults[0] if faults else None
    except (sqlite3.Error, BankError) as error:
        for ending in ("", "-wal"):
            if beside(path, ending).is_file():
                shutil.copyfile(beside(path, ending), beside(target, ending))
        return str(error)


def check(file: Path, progress: Progress = SILENT) -> dict[str, int]:
    """Read all of a backup and hold it against its own list; the files in it, with their size.

    Raises:
        InputError: it is no backup, it is damaged, or of a newer version.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            listed = _listed(archive, file)
            progress.start("Reservekopie nalezen", len(listed))
            for name, known in listed.items():
                _stop_when_asked(progress)
                digest = hashlib.sha256()
                with archive.open(name) as packed:
                    while block := packed.read(_BLOCK):
                        digest.update(block)
                if digest.hexdigest() != known["sha256"]:
                    raise _broken(file, name)
                progress.advance()
            return {name: int(str(known["size"])) for name, known in listed.items()}
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise _broken(file, str(error)) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise _broken(file, str(error)) from error
        raise


def _listed(archive: zipfile.ZipFile, file: Path) -> dict[str, dict[str, object]]:
    content = json.loads(archive.read(_LIST))
    if content["format"] > _FORMAT:
        raise InputError(f"{file.name} is gemaakt met een nieuwere versie.", "Werk kamerantwoord bij.")
    files: dict[str, dict[str, object]] = content["files"]
    if set(archive.namelist()) != {*files, _LIST} or not all(map(_ours, files)) or FILE_NAME not in files:
        raise ValueError("de lijst past niet bij de inhoud")
    return files


def _ours(name: str) -> bool:
    """Whether a name is one that a backup holds: nothing is ever written outside the folder of the bank."""
    parts = PurePosixPath(name).parts
    if name in (FILE_NAME, LEDGER_NAME):
        return True
    if not parts or ".." in parts or "\\" in name or "\0" in name or PurePosixPath(name).as_posix() != name:
        return False
    if parts[0] == _RAW:
        return len(parts) == 3 and len(parts[2]) == 64
    named = name.endswith((SUFFIX, f"{SUFFIX}-wal"))
    return named and (parts[:-1] == (FOLDER,) or parts[:-1] == (FOLDER, BIN))


def _broken(file: Path, why: str) -> InputError:
    return InputError(
        f"{file.name} is geen hele reservekopie ({why[:200]}). Er is niets teruggezet.", "Neem een andere reservekopie."
    )


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was put back."""

    documents: int
    dossiers: int
    aside: Path | None
    """Where what stood there before is; None where nothing did."""


def restore(
    bank_folder: Path, file: Path, moment: datetime.datetime, *, aside: bool = False, progress: Progress = SILENT
) -> RestoreReport:
    """Put a backup back in `bank_folder`, after all of it was checked; nothing that stands there is overwritten.

    Args:
        bank_folder: where to.
        file: the backup.
        moment: names the folder for what stood there.
        aside: put what stands there aside first; else a folder that holds a bank or dossiers is refused.
        progress: can ask to stop; nothing has changed then.

    Raises:
        InputError: the backup is damaged.
        UsageError: there is a bank already, or the folder cannot be written.
    """
    sizes = check(file, progress)
    standing = [name for name in (FILE_NAME, LEDGER_NAME, FOLDER, _RAW) if (bank_folder / name).exists()]
    if standing and not aside:
        raise UsageError(
            f"In {bank_folder} staat al een bank of dossiers. Er is niets teruggezet.",
            "Noem een andere map met --bank, of zet wat er staat opzij met --opzij.",
        )
    try:
        bank_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".herstel-", dir=bank_folder) as scratch:
            place = Path(scratch)
            with zipfile.ZipFile(file) as archive:
                for name in sizes:
                    _stop_when_asked(progress)
                    target = place / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with archive.open(name) as packed, writing_whole(target) as out:
                        shutil.copyfileobj(packed, out, _BLOCK)
            with Bank.open(place, read_only=True) as bank:
                if faults := bank.damage():
                    raise _broken(file, faults[0])
                documents = bank.info().documents
            kept = set_aside(bank_folder, standing, moment) if standing else None
            for name in sorted({PurePosixPath(name).parts[0] for name in sizes}, key=lambda n: n == FILE_NAME):
                (place / name).replace(bank_folder / name)  # the bank itself last: until then there is none
            sync_folder(bank_folder)
    except OSError as error:
        raise UsageError(
            f"De reservekopie kan niet in {bank_folder} worden teruggezet: {why(error)}.",
            "Wat er stond, staat er nog of staat in een map ‘vervangen’ daarnaast.",
        ) from error
    shutil.rmtree(bank_folder / "cache", ignore_errors=True)
    return RestoreReport(documents, sum(name.endswith(SUFFIX) for name in sizes), kept)


def set_aside(bank_folder: Path, standing: list[str], moment: datetime.datetime) -> Path:
    """Move what stands in the folder to one of its own, with what SQLite keeps beside it."""
    target = next(path for path in _names(bank_folder, moment) if not path.exists())
    target.mkdir()
    # The side files first: changes without their bank are never played over another (see `dossier.storage.files`).
    for name in (FILE_NAME, LEDGER_NAME):
        for ending in ("-wal", "-shm"):
            if (bank_folder / f"{name}{ending}").exists():
                (bank_folder / f"{name}{ending}").replace(target / f"{name}{ending}")
    for name in standing:
        (bank_folder / name).replace(target / name)
    sync_folder(bank_folder)
    return target


def _names(folder: Path, moment: datetime.datetime) -> Iterator[Path]:
    name = f"vervangen {moment:%Y-%m-%d %H.%M.%S}"
    yield folder / name
    for number in range(2, 1000):
        yield folder / f"{name} ({number})"


def _stop_when_asked(progress: Progress) -> None:
    if progress.cancelled():
        raise Cancelled
