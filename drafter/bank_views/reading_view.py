"""A document of the bank in the order in which it is read, with its headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.documents import Document, Role
from answers_bank.dutch.time.dates import dutch_date
from drafter.bank_views.document_words import DETAIL_WORDS, KINDS
from drafter.wording import question_words

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ReadingParagraph:
    """One paragraph of a document on screen."""

    heading: str
    """Shown above it; empty when it stands under the heading before."""

    text: str
    question: bool = False
    passage: str = ""
    """Id of the passage in the bank; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A document as it is read on screen."""

    title: str
    line: str
    """Kind, date, who answered."""

    paragraphs: tuple[ReadingParagraph, ...]
    url: str = ""
    doubts: tuple[str, ...] = ()
    """What was in doubt when its file was read, in Dutch."""
    corrected: tuple[str, ...] = ()
    """Which details a person corrected, in Dutch."""


def reading_of(document: Document) -> ReadingView:
    """The document as it is read on screen; passages carry the ids that the bank gives them."""
    from answers_bank.reading.uncertain import uncertainties

    facts = [KINDS[document.kind]]
    if document.date:
        facts.append(dutch_date(document.date))
    facts += [" ".join(filter(None, (m.office, m.name))) or (m.portfolio or "") for m in document.ministers]
    return ReadingView(
        title=document.title,
        line=" · ".join(filter(None, facts)),
        paragraphs=tuple(_paragraphs(document)),
        url=document.url or "",
        doubts=tuple(doubt.message for doubt in uncertainties(document) if doubt.grave),
        corrected=tuple(DETAIL_WORDS[one.detail] for one in document.corrections),
    )


def _paragraphs(document: Document) -> Iterator[ReadingParagraph]:
    from answers_bank.store.stored import stored_passages

    before: tuple[Role, tuple[int, ...], str] | None = None
    for passage in stored_passages(document):
        place = (passage.role, passage.numbers, passage.heading)
        heading = ""
        if place != before:
            before = place
            if passage.role is Role.SECTION:
                heading = passage.heading
            else:
                words = question_words(passage.numbers, capital=passage.role is Role.QUESTION)
                heading = words if passage.role is Role.QUESTION else f"Antwoord op {words}"
        yield ReadingParagraph(heading, passage.text, passage.role is Role.QUESTION, passage.id)
    for number, note in enumerate(document.footnotes):
        yield ReadingParagraph("Noten" if number == 0 else "", f"{note.mark} {note.text}", question=True)
