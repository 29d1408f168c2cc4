"""Filling the bank: files and folders, read, taken up, encoded. Can be stopped and taken up again at any moment."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from answers_bank.apart.readers import Readers, TooMuchError
from answers_bank.documents import Document
from answers_bank.filling.encoding import encode_waiting
from answers_bank.filling.intake import DoubtedDocument, Intake, taking
from answers_bank.index.meaning import MeaningIndex
from answers_bank.json_values import fields_of
from answers_bank.reading.formats import DOCUMENT_SUFFIXES, LARGEST
from answers_bank.sources import jsonl
from answers_bank.store.bank import Bank
from embeddings.encoder import Encoder
from embeddings.errors import BankError, Cancelled, InputError, why
from embeddings.files import writing_whole
from embeddings.progress import SILENT, Progress

READERS = max(1, min(2, os.cpu_count() or 1))
"""Files that are read at once at most: more of them gain little beside the writing of the bank."""

EncoderSource = Encoder | Callable[[], Encoder] | None
"""An encoder, a way to load one when it is needed, or None: words only, for now."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of filling."""

    added: int
    unchanged: int
    updated: int
    failed: tuple[tuple[str, str], ...]
    """(file, reason in Dutch)."""

    passages: int
    """In the documents that were added or updated."""

    embedded: int
    """Distinct texts that were encoded."""

    seconds: float
    reading_seconds: float = 0.0
    """Of which spent on reading files and writing the database."""

    encoding_seconds: float = 0.0
    """Of which spent on encoding, the database's part of it included."""

    doubted: tuple[DoubtedDocument, ...] = ()
    """What was added or updated and may have been read wrongly, in the order of reading."""

    @property
    def json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            **fields_of(self, "added unchanged updated"),
            "failed": [{"file": file, "reason": reason} for file, reason in self.failed],
            "doubted": [one.json for one in self.doubted],
            **fields_of(self, "passages embedded"),
            "seconds": round(self.seconds, 2),
        }


def ingest(
    bank: Bank,
    paths: Iterable[Path],
    encoder: EncoderSource = None,
    progress: Progress = SILENT,
    *,
    again: bool = False,
) -> IngestReport:
    """Take up files and folders, then encode what is not encoded yet, also of earlier runs.

    A file that cannot be read is reported and holds nothing else up; one that asks for too much time or memory is set
    aside, and not tried again before it changes.

    Args:
        bank: to be filled.
        paths: files and folders.
        encoder: for the vectors.
        progress: told how far it is; can ask to stop.
        again: also try what was set aside before.

    Raises:
        BankError: the bank cannot be written, or holds vectors of another model; what was read is kept.
        Cancelled: `progress` asked to stop; what was done is kept and the next run goes on from there.
    """
    began = time.perf_counter()
    with taking(bank, reader_version()) as intake:
        _take_all(intake, list(paths), progress, again)
    read = time.perf_counter()
    embedded = encode(bank, encoder, progress)
    tally = intake.tally
    ended = time.perf_counter()
    return IngestReport(
        added=tally.added,
        unchanged=tally.unchanged,
        updated=tally.updated,
        failed=tuple(tally.failed),
        doubted=tuple(tally.doubted),
        passages=tally.passages,
        embedded=embedded,
        seconds=ended - began,
        reading_seconds=read - began,
        encoding_seconds=ended - read,
    )


def encode(bank: Bank, encoder: EncoderSource, progress: Progress = SILENT) -> int:
    """Encode what waits, bring the index up to date, and return the number of texts encoded.

    Raises:
        BankError: the bank holds vectors of another model.
        Cancelled: `progress` asked to stop; what was done is kept.
    """
    count = 0
    if encoder is not None and bank.vectors.waiting():
        loaded: Encoder = encoder() if callable(encoder) else encoder
        count = encode_waiting(bank, loaded, progress)
    refresh_caches(bank, progress)
    return count


def refresh_caches(bank: Bank, progress: Progress = SILENT) -> None:
    """Bring everything beside the bank up to date, so that the next search need not."""
    from answers_bank.index.standard_passages import StandardPassages
    from answers_bank.index.unit_index import UnitIndex

    if bank.cache_folder is None:
        return
    for step in (MeaningIndex.open, UnitIndex.open, StandardPassages.open):
        _stop_when_asked(progress)
        step(bank, progress)


def rebuild(bank: Bank, encoder: EncoderSource, progress: Progress = SILENT) -> int:
    """Make words, pieces, vectors and caches again from the documents, and return the number of texts encoded.

    Raises:
        BankError: the bank cannot be written.
        Cancelled: `progress` asked to stop; `encode` goes on from there.
    """
    loaded = encoder() if callable(encoder) else encoder
    if loaded is not None:
        loaded.encode_passages(["proef"])  # first: without a model that works nothing is thrown away
    forget_caches(bank)
    bank.rebuild_words()
    bank.vectors.forget()
    return encode(bank, loaded, progress)


def forget_caches(bank: Bank) -> None:
    """Delete all that stands beside the bank and is made from it; a process that still reads it goes on with it.

    Raises:
        BankError: it cannot be deleted.
    """
    folder = bank.cache_folder
    if folder is None or not folder.is_dir():
        return
    for path in folder.rglob("*"):
        # The locks stay: another process may hold one at this moment.
        if path.is_file() and path.suffix != ".lock":
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise BankError(
                    f"{path} kan niet worden verwijderd: {why(error)}.", "Controleer de rechten."
                ) from error


def reader_version() -> str:
    """Version of the program that reads: a newer one reads files again."""
    try:
        return version("kamerantwoord")
    except PackageNotFoundError:
        return "source"


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """The files in `paths`, folders searched through in the order of names; hidden files in them are passed over.

    In a folder files are tried that are documents or registers by their ending; a file that is named is always tried.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and (file.suffix.lower().removeprefix(".") in DOCUMENT_SUFFIXES or jsonl.is_jsonl(file))
                and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
            )
        else:
            yield path


def _take_all(intake: Intake, paths: Sequence[Path], progress: Progress, again: bool) -> None:
    files = list(dict.fromkeys(expand(paths)))
    single = [file for file in files if not jsonl.is_jsonl(file)]
    if single:
        progress.start("Bestanden lezen", len(single))
        _take_files(intake, single, progress, again)
    for file in files:
        if jsonl.is_jsonl(file):
            _take_register(intake, file, progress)


def _take_files(intake: Intake, files: Sequence[Path], progress: Progress, again: bool) -> None:
    """Read files in processes of their own and take them up in order."""
    hashes: dict[Path, str] = {}
    left = len(files)

    def wanted() -> Iterator[Path]:
        nonlocal left
        for file in files:
            left -= 1
            _stop_when_asked(progress)
            try:
                status = file.stat()
                if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
                    yield file  # no end of it may come: the reader says what is wrong with it
                    continue
                with file.open("rb") as opened:
                    hashes[file] = sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
                if intake.knows(file, sha256):
                    intake.tally.unchanged += 1
                    progress.advance()
                    continue
                if not again and (reason := intake.refused_before(file, sha256)) is not None:
                    intake.tally.failed.append((str(file), f"{reason} Opnieuw proberen: ingest --opnieuw."))
                    progress.advance()
                    continue
            except OSError:
                pass  # the reader says what is wrong with it
            yield file

    def meanwhile() -> None:
        _stop_when_asked(progress)
        intake.flush()  # what is read is on disk before a file that takes long has its turn

    with Readers(READERS) as readers:
        for file, found in readers.read_all(wanted(), meanwhile, lambda: left):
            progress.advance(label=f"Bestanden lezen: {file.name}")
            if isinstance(found, Document):
                intake.take(found, file)
                continue
            reason = str(found).replace("\n", " ")
            intake.tally.failed.append((str(file), reason))
            if isinstance(found, TooMuchError) and file in hashes:
                intake.set_aside(file, hashes[file], found.message)


def _take_register(intake: Intake, file: Path, progress: Progress) -> None:
    seen: set[bytes] = set()
    try:
        progress.start(f"Register lezen: {file.name}", jsonl.count_lines(file))
        for record in jsonl.records(file):
            _stop_when_asked(progress)
            progress.advance()
            if isinstance(record, jsonl.BadRecord):
                intake.tally.failed.append((f"{file}:{record.line}", record.reason))
                continue
            mark = hashlib.blake2b(record.id.encode("utf-8", "replace"), digest_size=12).digest()
            if mark in seen:
                place = record.source.rpartition(" ")[2]
                intake.tally.failed.append((f"{file}:{place}", f"De sleutel {record.id} kwam al eerder voor."))
                continue
            seen.add(mark)
            intake.take(record)
    except InputError as error:
        intake.tally.failed.append((str(file), str(error).replace("\n", " ")))


def _stop_when_asked(progress: Progress) -> None:
    if progress.cancelled():
        raise Cancelled


def export(bank: Bank, file: Path) -> int:
    """Write every document to `file`, one JSON object a line with all that is known of it, and return their number.

    Raises:
        InputError: the file cannot be written.
    """
    from answers_bank import json_values

    count = 0
    try:
        with writing_whole(file) as out, bank.one_moment():
            for summary in sorted(bank.documents(), key=lambda document: document.key):
                value = json_values.encode(bank.document(summary.id))
                line = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
                out.write(line.encode("utf-8", "surrogatepass"))
                count += 1
    except OSError as error:
        raise InputError(f"{file} kan niet worden geschreven: {why(error)}.", "Kies een andere plaats.") from error
    return count
