"""What is known of one document of the bank: its details, what was corrected, and what to look at."""

from __future__ import annotations

import datetime
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from answers_bank.documents import Correction, Detail, Document, Kind
from answers_bank.json_values import encode, fields_of
from answers_bank.reading.outline import confidence
from answers_bank.reading.uncertain import Uncertainty, uncertainties
from answers_bank.store.annotations.corrections import read_value
from drafter.bank_views.document_words import KINDS
from drafter.wording import short_date
from embeddings.errors import UsageError

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

SURE_WORDS = {"high": "hoog", "medium": "redelijk", "low": "laag"}

_EXAMPLES = {
    Detail.DATE: "JJJJ-MM-DD",
    Detail.TITLE: "…",
    Detail.SIGNER: "…",
    Detail.PORTFOLIO: "…",
    Detail.KIND: "letter",
}


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """One document of the bank as a user looks after it."""

    document: Document
    files: tuple[str, ...]
    """Paths that it was read from; empty for what was fetched or came from others."""

    @property
    def confidence(self) -> str:
        """How sure the reading is: "high", "medium" or "low"."""
        return confidence(self.document)

    @property
    def uncertainties(self) -> tuple[Uncertainty, ...]:
        """What to look at."""
        return uncertainties(self.document)

    @property
    def details(self) -> tuple[tuple[Detail, str], ...]:
        """What can be corrected, with its value as text; empty where it is not known."""
        return tuple((detail, read_value(self.document, detail)) for detail in Detail)

    @property
    def json(self) -> dict[str, Any]:
        """As the command line prints it."""
        document = self.document
        return {
            **fields_of(document, "id kind title date submitted received case_number document_number aanhangsel"),
            **fields_of(document, "session_year dossier dossier_number url source"),
            "ministers": [fields_of(one, "name portfolio office") for one in document.ministers],
            "addressees": [fields_of(one, "name portfolio office") for one in document.addressees],
            "askers": [fields_of(one, "name party") for one in document.askers],
            "questions": len(document.questions),
            "answers": len(document.answers),
            "sections": len(document.sections),
            "files": list(self.files),
            "corrections": {one.detail.value: _correction_json(one, document) for one in document.corrections},
            "confidence": self.confidence,
            "doubts": [
                {
                    "code": one.code,
                    "message": one.message,
                    "advice": one.advice,
                    "correct": one.detail.value if one.detail else None,
                }
                for one in self.uncertainties
            ],
        }


def _correction_json(correction: Correction, document: Document) -> dict[str, Any]:
    return {
        "value": read_value(document, correction.detail),
        "read": correction.read or None,
        "by": correction.by or None,
        "day": encode(correction.day),
    }


def document_card(bank: Bank, identifier: str) -> DocumentCard:
    """The card of a document.

    Raises:
        UsageError: there is none with this id.
    """
    try:
        return DocumentCard(bank.document(identifier), tuple(bank.files(identifier)))
    except KeyError:
        raise UsageError(f"Niet in de bank: {identifier}.", "Bekijk de namen met: kamerantwoord bank list.") from None


def detail_text(detail: Detail, value: str) -> str:
    """The value of a detail as a user reads it: a date and a kind in words."""
    if not value:
        return "niet bekend"
    if detail is Detail.DATE:
        return short_date(datetime.date.fromisoformat(value))
    return KINDS[Kind(value)] if detail is Detail.KIND else value


def correction_line(correction: Correction) -> str:
    """That a detail was corrected, by whom and when, and what was read: "verbeterd door Anna op 3 mei 2031 …"."""
    by = f" door {correction.by}" if correction.by else ""
    read = detail_text(correction.detail, correction.read)
    return f"verbeterd{by} op {short_date(correction.day)}; gelezen: {read}"


def command_for(identifier: str, details: tuple[Detail, ...]) -> str:
    """The command with which the user gives these details, to copy and complete."""
    given = " ".join(f"--{detail.value} {_EXAMPLES[detail]}" for detail in details)
    return f"kamerantwoord bank set {shlex.quote(identifier)} {given}"
