"""What an official source says of a document, before its text is fetched."""

from __future__ import annotations

import datetime
import re
from dataclasses import asdict, dataclass
from typing import Any, Self

from answers_bank.documents import Asker, Kind, OfficeHolder

FORMAT_ORDER = ("xml", "html", "docx", "odt", "pdf", "doc")
"""Forms of a document's text, the best to read first."""

_AANHANGSEL = re.compile(r"^(\d{2})(\d{2})0*(\d+)$")
_OFFICIAL = re.compile(r"^ah-tk-(\d{4})(\d{4})-(\d+)$")


@dataclass(frozen=True, slots=True)
class Body:
    """One file in which a document's text can be had."""

    format: str
    """One of `FORMAT_ORDER`."""

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
    """In the order of `FORMAT_ORDER`."""

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
        match = _OFFICIAL.match(self.identifier or "")
        return (f"{match[1]}-{match[2]}", int(match[3])) if match else None

    def as_json(self) -> dict[str, Any]:
        """A JSON-able form that `from_json` takes back."""
        data = asdict(self)
        for name in ("date", "submitted"):
            data[name] = data[name].isoformat() if data[name] else None
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The record that `as_json` gave."""
        values = dict(data)
        for name in ("date", "submitted"):
            values[name] = datetime.date.fromisoformat(values[name]) if values[name] else None
        values["kind"] = Kind(values["kind"])
        values["bodies"] = tuple(Body(**body) for body in values["bodies"])
        values["askers"] = tuple(Asker(**asker) for asker in values["askers"])
        for name in ("addressees", "signers"):
            values[name] = tuple(OfficeHolder(**holder) for holder in values[name])
        return cls(**values)


def official_aanhangsel(number: str | None) -> str | None:
    """The identifier of an Aanhangsel number as the Chamber writes it: "242502376" is "ah-tk-20242025-2376"."""
    match = _AANHANGSEL.match(number or "")
    return f"ah-tk-20{match[1]}20{match[2]}-{match[3]}" if match else None


def in_order(bodies: list[Body]) -> tuple[Body, ...]:
    """`bodies` of known formats, the best to read first."""
    known = [body for body in bodies if body.format in FORMAT_ORDER]
    return tuple(sorted(known, key=lambda body: FORMAT_ORDER.index(body.format)))
