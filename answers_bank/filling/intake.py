"""Taking documents up in the bank: which file holds which document, and what replaces what."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from answers_bank.documents import Document, id_from_name
from answers_bank.reading.formats import DOCUMENT_SUFFIXES
from answers_bank.reading.outline import confidence
from answers_bank.reading.uncertain import Uncertainty, uncertainties
from answers_bank.store.annotations.annotations import About
from answers_bank.store.annotations.corrections import corrected
from answers_bank.store.bank import Bank, Outcome
from answers_bank.store.stored import stored_passages

_SAME_SHARE = 0.3
"""Share of the paragraphs that two files of one name have in common when they are versions of one document."""


@dataclass(frozen=True, slots=True)
class DoubtedDocument:
    """A document that was taken up and may have been read wrongly."""

    file: str
    id: str
    confidence: str
    """"high", "medium" or "low"."""

    doubts: tuple[Uncertainty, ...]

    @property
    def json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "file": self.file,
            "confidence": self.confidence,
            "doubts": [doubt.message for doubt in self.doubts],
            "id": self.id,
            "advice": [doubt.advice for doubt in self.doubts],
            "correct": list(dict.fromkeys(doubt.detail.value for doubt in self.doubts if doubt.detail)),
        }


@dataclass(slots=True)
class IntakeTally:
    """What became of the documents."""

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    passages: int = 0
    """In the documents that were added or updated."""

    failed: list[tuple[str, str]] = field(default_factory=list)
    """(file, reason) of what could not be read."""

    doubted: list[DoubtedDocument] = field(default_factory=list)
    """Of what was added or updated."""

    def count(self, outcome: Outcome, document: Document, path: str | None) -> None:
        """Count one document, read from the file `path`."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome == "unchanged":
            return
        self.passages += len(stored_passages(document))
        if path and (doubts := tuple(one for one in uncertainties(document) if one.grave)):
            self.doubted.append(DoubtedDocument(path, document.id, confidence(document), doubts))


class Intake:
    """Takes up documents in groups: a group is on disk as a whole, which is many times faster than one by one.

    Use it in `with`; what is counted in `tally` is on disk when a group is full and when the block ends.
    """

    def __init__(self, bank: Bank, reader: str, group: int = 100) -> None:
        """`reader` is the version of the program: a newer one reads files again that have not changed."""
        self.bank = bank
        self.reader = reader
        self.tally = IntakeTally()
        self._group = group
        self._waiting: list[tuple[Document, str | None]] = []

    def take(self, document: Document, path: Path | None = None) -> None:
        """Put a document in the present group; `path` is the file it was read from, if any."""
        self._waiting.append((document, stored_path(path) if path else None))
        if len(self._waiting) >= self._group:
            self.flush()

    def flush(self) -> None:
        """Write the present group."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        done: list[tuple[Outcome, Document, str | None]] = []
        refused: list[tuple[str, str]] = []
        with self.bank.transaction():
            for document, path in waiting:
                try:
                    with self.bank.trying():
                        outcome = self._put(document, path)
                except ValueError as error:
                    # What no database can hold must not hold up the other ninety-nine.
                    refused.append((path or document.source, f"Kan niet in de bank worden opgenomen ({error})."))
                else:
                    done.append((outcome, self._as_kept(document, path), path))
        for outcome, document, path in done:  # only now are they on disk
            self.tally.count(outcome, document, path)
        self.tally.failed += refused

    def knows(self, path: Path, sha256: str) -> bool:
        """Whether this very file was taken up before by this version of the reader."""
        known = self.bank.file(stored_path(path))
        return known is not None and known[:2] == (sha256, self.reader)

    def refused_before(self, path: Path, sha256: str) -> str | None:
        """Why this very file was set aside before by this version of the reader; None where it was not."""
        return self.bank.why_set_aside(stored_path(path), sha256, self.reader)

    def set_aside(self, path: Path, sha256: str, reason: str) -> None:
        """Note that a file could not be read, so that it is not tried again and again."""
        self.bank.set_aside(stored_path(path), sha256, self.reader, reason)

    def _as_kept(self, document: Document, path: str | None) -> Document:
        """The document under the id that the bank gave it, with what people corrected."""
        known = self.bank.file(path) if path else None
        if known is None:
            return document
        return corrected(dataclasses.replace(document, id=known[2]), self.bank.annotations.of(About.DOCUMENT, known[2]))

    def _put(self, document: Document, path: str | None) -> Outcome:
        if path is None:
            return self.bank.add(document)
        known = self.bank.file(path)
        document = self._named(document, path, known[2] if known else None)
        outcome = self._placed(document, path)
        if known and known[2] != document.id and not [p for p in self.bank.files(known[2]) if p != path]:
            self.bank.remove(known[2])  # the file became another document
            outcome = "updated"
        self.bank.set_file(path, document.sha256, self.reader, document.id)
        self.bank.try_again(path)
        return outcome

    def _named(self, document: Document, path: str, before: str | None) -> Document:
        """The document under an id of its own where another file of the same name holds a different document."""
        if not _named_after_file(document):
            return document
        if before and (before == document.id or before.startswith(document.id + "-")):
            return dataclasses.replace(document, id=before)
        if document.id not in self.bank:
            return document
        others = [p for p in self.bank.files(document.id) if p != path and Path(p).exists()]
        if not others or _alike(document, self.bank.document(document.id)):
            return document
        suffix = hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=3).hexdigest()
        return dataclasses.replace(document, id=f"{document.id}-{suffix}")

    def _placed(self, document: Document, path: str) -> Outcome:
        others = [p for p in self.bank.files(document.id) if p != path and Path(p).exists()]
        # One publication in several forms: the form that tells most stays, whatever the order of reading.
        if any(_preference(p) < _preference(path) for p in others):
            return "unchanged"
        if others and self.bank.document(document.id).sha256 == document.sha256:
            return "unchanged"  # a copy of the same file
        if self.bank.annotations.of(About.DOCUMENT, document.id) and document.id in self.bank:
            before = self.bank.as_read(document.id)
            if before.sha256 != document.sha256 and not _alike(document, before):
                self.bank.take_back(document.id)  # the file holds another document: nobody corrected that one
        return self.bank.add(document)


@contextmanager
def taking(bank: Bank, reader: str, group: int = 100) -> Iterator[Intake]:
    """An `Intake` whose last group is written at the end, also when the work is stopped."""
    intake = Intake(bank, reader, group)
    try:
        yield intake
    finally:
        intake.flush()


def stored_path(path: Path) -> str:
    """The path as the bank keeps it; what is no text in it (a name in another encoding) is written out."""
    whole = str(path.resolve())
    try:
        whole.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(whole).decode("utf-8", "backslashreplace")
    return whole


def _named_after_file(document: Document) -> bool:
    return document.id == id_from_name(document.source.rsplit("/", 1)[-1].rsplit(".", 1)[0])


def _preference(path: str) -> int:
    suffix = path.rpartition(".")[2].lower()
    return DOCUMENT_SUFFIXES.index(suffix) if suffix in DOCUMENT_SUFFIXES else len(DOCUMENT_SUFFIXES)


def _alike(one: Document, other: Document) -> bool:
    """Whether two documents are versions of each other."""
    mine, theirs = _paragraphs(one), _paragraphs(other)
    return len(mine & theirs) >= _SAME_SHARE * max(min(len(mine), len(theirs)), 1)


def _paragraphs(document: Document) -> set[str]:
    return {passage.text for passage in stored_passages(document)} or {document.text}
