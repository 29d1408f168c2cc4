"""What a person had better look at in a document after it was read, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answers_bank.documents import Detail, Document, Kind

ADVICE = {
    "unanswered": "kijk of het antwoord elders staat of ontbreekt",
    "unknown-question": "kijk de nummers na",
    "missing-question": "kijk of een vraag is weggevallen",
    "question-number": "kijk het nummer na",
    "answer-number": "kijk het nummer na",
    "no-answer-heading": "kijk of de grens goed ligt",
    "several-sets": "splits het bestand als dat beter past",
    "order": "kijk of de bladzijden in volgorde staan",
    "broken-off": "kijk op de genoemde plek wat ontbreekt",
    "joined-questions": "zet een regeleinde tussen beide",
    "closing-inside": "kijk wat erachter hoort",
    "list-order": "kijk de volgorde na",
    "loose-number": "kijk of het een nootcijfer is",
    "loose-note": "kijk waar de noot bij hoort",
    "bare-marks": "kijk of het noten waren",
    "numbers-beyond": "splits het bestand",
    "broken-words": "lees liever het bestand zelf",
    "no-date": "geef de datum zelf",
    "date": "kijk de datum na",
    "dates": "kijk de datums na",
    "session-year": "kijk het nummer na",
    "lost-spaces": "lees liever de pdf zelf",
    "ocr": "kijk namen en cijfers na",
    "no-subject": "geef het onderwerp zelf",
    "no-kind": "geef de soort zelf als die wel bekend is",
    "no-questions": "kijk met ‘read’ hoe het stuk is begrepen, of geef de soort zelf",
    "no-text": "kijk of het bestand tekst heeft",
}
"""What to do about a doubt, by its code, where it does not say so itself; docs/lezen.md tells what each means."""

_QUIET = {"no-askers", "stale-properties", "session-year", "several-sets"}
"""About the papers around questions and answers: shown with the document, not a reason to look at it."""

_ANSWERED = {Kind.ANSWER, Kind.QUESTIONS, Kind.ORAL}


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """One thing to look at."""

    code: str
    message: str
    """In Dutch, a sentence."""

    detail: Detail | None = None
    """What the user can give with a correction, where that mends it."""

    @property
    def advice(self) -> str:
        """What to do, in Dutch; empty where nothing need be done."""
        return ADVICE.get(self.code, "")

    @property
    def grave(self) -> bool:
        """Whether it is a reason to look at the document."""
        return self.code not in _QUIET


def uncertainties(document: Document) -> tuple[Uncertainty, ...]:
    """All there is to look at in a document, what the user can mend first."""
    return (*_unknown(document), *_doubted(document))


def _unknown(document: Document) -> Iterator[Uncertainty]:
    given = {correction.detail for correction in document.corrections}
    if document.date is None:
        yield Uncertainty("no-date", "De datum is niet bekend.", Detail.DATE)
    elif any(warning.code == "no-date" for warning in document.warnings):
        told = f"De datum van het antwoord is niet bekend; de vragen zijn van {document.date}."
        yield Uncertainty("no-date", told, Detail.DATE)
    if not document.subject:
        yield Uncertainty("no-subject", "Het onderwerp is niet gevonden.", Detail.TITLE)
    if document.kind is Kind.OTHER and Detail.KIND not in given:
        yield Uncertainty("no-kind", "Het stuk is niet herkend als vragen, antwoorden of een brief.", Detail.KIND)
    if not any(True for _ in document.places()):
        yield Uncertainty("no-text", "Er zijn geen alinea’s gevonden.")
    elif document.kind in _ANSWERED and not document.questions:
        yield Uncertainty("no-questions", "Er zijn geen vragen gevonden.", Detail.KIND)


def _doubted(document: Document) -> Iterator[Uncertainty]:
    for warning in document.warnings:
        if warning.code != "no-date":
            detail = Detail.DATE if warning.code in ("date", "dates") else None
            yield Uncertainty(warning.code, warning.message, detail)
