"""One document out of all that the sources gave of it: its best file, and what their records add."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from answers_bank.apart.readers import read_bytes
from answers_bank.documents import Document, Kind, OfficeHolder, ReadWarning
from answers_bank.dutch.citations.identifiers import publication_url
from answers_bank.sources.officielebekendmakingen import NAME as PUBLICATIONS_NAME
from answers_bank.sources.records import FORMAT_ORDER
from answers_bank.store.fetching.fetched import KnownRecord, Record
from answers_bank.store.fetching.ledger import Ledger
from embeddings.errors import InputError

_CHAMBER_PAGE = "https://www.tweedekamer.nl/kamerstukken/detail?id={0}&did={0}"


def document_id(members: list[KnownRecord]) -> str:
    """What the document made of `members` is called in the bank: its official identifier as soon as there is one."""
    records = _by_weight(members)
    for record in records:
        if record.identifier and not record.provisional:
            return record.identifier
    return records[0].group_name


def compose(members: list[KnownRecord], ledger: Ledger) -> Document:
    """The document that `members` are together; the same whatever order they came in.

    Raises:
        InputError: no file of any of them can be read.
    """
    records = _by_weight(members)
    document = _read(members, document_id(members), ledger)
    values: dict[str, Any] = {"id": document_id(members), "url": _url(records, document)}
    if document.kind is Kind.OTHER:
        values["kind"] = records[0].kind  # the source knows what a text without a heading is
    warnings = list(document.warnings)
    for record in records:
        for name, value in _told(record, document.kind).items():
            if not value:
                continue
            current = values.get(name, getattr(document, name))
            if not current:
                values[name] = value
            elif name in _COMPARED and _plain(current) != _plain(value):
                warnings.append(
                    ReadWarning(
                        "bron-verschilt",
                        f"{record.source} geeft voor {_COMPARED[name]} {_plain(value)}; "
                        f"in het stuk staat {_plain(current)}.",
                    )
                )
    others = tuple(known.record.source for known in members)
    properties = {**document.properties, "bronnen": ", ".join(dict.fromkeys(others))}
    if document.kind is Kind.ANSWER and any(record.supplement for record in records):
        properties["nader"] = "ja"
    return replace(document, **values, warnings=tuple(dict.fromkeys(warnings)), properties=properties)


_COMPARED = {
    "case_number": "het zaaknummer",
    "document_number": "het documentnummer",
    "received": "de datum",
    "submitted": "de datum van indiening",
    "dossier": "het dossier",
    "dossier_number": "het volgnummer",
}


def _by_weight(members: list[KnownRecord]) -> list[Record]:
    """Records that still exist, the most official first."""
    records = [known.record for known in members if not known.record.deleted] or [known.record for known in members]
    return sorted(records, key=lambda r: (r.provisional, r.source != PUBLICATIONS_NAME, r.source, r.key))


def _read(members: list[KnownRecord], name: str, ledger: Ledger) -> Document:
    files = [
        (known.record.provisional, FORMAT_ORDER.index(body.format), known.record.source, known.record.key, body)
        for known in members
        if not known.record.deleted
        for body in known.bodies
    ]
    problem: InputError | None = None
    for *_, body in sorted(files, key=lambda file: file[:4]):
        content = ledger.content(body.sha256)
        if content is None:
            continue
        try:
            return read_bytes(content, f"{name}.{body.format}")
        except InputError as error:
            problem = problem or error
    raise problem or InputError(f"Van {name} is geen tekst te krijgen.", "Kijk of het stuk bij de bron te openen is.")


def _told(record: Record, kind: Kind) -> dict[str, Any]:
    dated = "submitted" if kind in (Kind.QUESTIONS, Kind.ORAL) else "received"
    aanhangsel = record.aanhangsel
    told: dict[str, Any] = {
        "subject": record.title,
        "case_number": record.case_number,
        "document_number": record.document_number,
        "dossier": record.dossier if kind is Kind.LETTER else None,
        "dossier_number": record.dossier_number if kind is Kind.LETTER else None,
        "submitted": record.submitted,
        "askers": record.askers,
        "addressees": _with_portfolio(record.addressees),
        "ministers": _with_portfolio(record.signers),
        "session_year": aanhangsel[0] if aanhangsel else None,
        "aanhangsel": aanhangsel[1] if aanhangsel else None,
    }
    told[dated] = record.date
    return told


def _with_portfolio(holders: tuple[OfficeHolder, ...]) -> tuple[OfficeHolder, ...]:
    """Names alone would say who, but not of what; only holders with a portfolio help."""
    return tuple(holder for holder in holders if holder.portfolio)


def _url(records: list[Record], document: Document) -> str | None:
    for record in records:
        if record.identifier and not record.provisional:
            return publication_url(record.identifier)
    number = next((record.document_number for record in records if record.document_number), None)
    return document.url or (_CHAMBER_PAGE.format(number) if number else None)


def _plain(value: object) -> str:
    return str(value).replace(" ", "") if value else ""
