"""A draft as a document, for whoever reads documents: the checks of a whole text."""

from __future__ import annotations

from answers_bank.documents import Answer, Document, Kind, Passage
from drafter.dossier.value import Dossier


def as_document(dossier: Dossier) -> Document:
    """The answers in progress as a document of the day of reference; its text is `Dossier.text`."""
    paragraphs: dict[tuple[int, ...], list[Passage]] = {}
    for start, answer, block in dossier.places():
        passage = Passage(block.text, start, start + len(block.text))
        paragraphs.setdefault(answer.numbers, []).append(passage)
    asked = dossier.questions
    return Document(
        id=asked.id,
        sha256="",
        source=asked.source,
        kind=Kind.ANSWER,
        text=dossier.text,
        subject=asked.subject,
        submitted=asked.submitted,
        received=dossier.as_of,
        case_number=asked.case_number,
        addressees=asked.addressees,
        answers=tuple(Answer(numbers, tuple(own)) for numbers, own in paragraphs.items()),
    )
