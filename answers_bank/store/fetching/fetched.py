"""What was fetched: records of the official sources and their files, and which records are one document."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from answers_bank.documents import Asker, Kind, OfficeHolder
from answers_bank.dutch.citations.identifiers import find_identifier

_NEAR_DAYS = 21
"""Between the dates that two sources give to one document, at most."""


@dataclass(frozen=True, slots=True)
class Body:
    """One file in which a document's text can be had."""

    format: str
    """"xml", "html", "docx", "odt", "pdf" or "doc"."""

    url: str


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a source's list."""

    source: str
    """"officielebekendmakingen" or "tweedekamer"."""

    key: str
    """Identifies the entry within its source: the publication's identifier, or a GUID."""

    kind: Kind
    title: str
    date: datetime.date | None
    """Date of the document; for questions the day of submission."""

    modified: str
    """The source's own stamp of the last change, compared for equality only."""

    bodies: tuple[Body, ...] = ()
    """The best to read first."""

    identifier: str | None = None
    """Of the official publication: "ah-tk-20242025-2376", "kst-29754-774", "kv-tk-2025Z03250"."""

    document_number: str | None = None
    """The Chamber's own: "2025D26674"."""

    case_number: str | None = None
    """Zaaknummer: "2025Z09739"."""

    dossier: str | None = None
    dossier_number: str | None = None
    submitted: datetime.date | None = None
    askers: tuple[Asker, ...] = ()
    addressees: tuple[OfficeHolder, ...] = ()
    signers: tuple[OfficeHolder, ...] = ()
    provisional: bool = False
    """Published under a number that will be replaced ("onopgemaakt")."""

    supplement: bool = False
    """A second answer to the same questions ("nader antwoord"): never the same document as the first."""

    deleted: bool = False

    @property
    def group_name(self) -> str:
        """What the document is called in the bank, going by this record alone."""
        if self.identifier and not self.provisional:
            return self.identifier
        if self.kind is Kind.QUESTIONS and self.case_number:
            return f"kv-tk-{self.case_number}"
        return self.document_number or self.identifier or self.key

    @property
    def aanhangsel(self) -> tuple[str, int] | None:
        """Session year and Aanhangsel number, where the identifier holds them."""
        known = find_identifier(self.identifier or "")
        return (known.session_year, known.aanhangsel) if known and known.session_year and known.aanhangsel else None


@dataclass(frozen=True, slots=True)
class StoredBody:
    """A file that was fetched."""

    format: str
    url: str
    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as it was last seen."""

    record: Record
    document: str | None
    """Id in the bank of the document that it became part of; None before that."""

    done: bool
    """Whether its text was fetched and put in the bank since its last change."""

    bodies: tuple[StoredBody, ...] = ()


def same_document(one: Record, other: Record) -> bool:
    """Whether two records are the same document, possibly in two sources or before and after its final number."""
    if (one.source, one.key) == (other.source, other.key):
        return True
    if one.document_number and one.document_number == other.document_number:
        return True
    final = [record.identifier for record in (one, other) if record.identifier and not record.provisional]
    if len(final) == 2:
        return final[0] == final[1]
    if one.kind is not other.kind or one.supplement != other.supplement:
        return False
    if one.dossier and one.dossier_number:
        return (one.dossier, one.dossier_number) == (other.dossier, other.dossier_number)
    if not one.case_number or one.case_number != other.case_number:
        return False
    if one.source == other.source and not (one.provisional or other.provisional):
        return False  # the source itself keeps them apart, such as an answer in two parts
    if one.kind in (Kind.QUESTIONS, Kind.ORAL) or not one.date or not other.date:
        return True
    return abs((one.date - other.date).days) <= _NEAR_DAYS
