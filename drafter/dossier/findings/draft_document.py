"""A draft as a document: its questions and answers in one text, so that the checks read it as they read a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from answers_bank.documents import Answer, Document, Kind, Passage, Question
from drafter.dossier.value import Block, Dossier, DraftAnswer


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """The document, and where each block stands in its text."""

    document: Document
    """It bears no dates: what it looks back on counts from the sources of its blocks."""

    places: tuple[tuple[int, DraftAnswer, Block], ...]
    """Where each block begins, in the order of the text."""

    def block_at(self, position: int) -> tuple[int, Block] | None:
        """The block that holds a position in the text, with where it begins."""
        return next(
            ((start, block) for start, _, block in self.places if start <= position < start + len(block.text)), None
        )


def draft_document(dossier: Dossier) -> DraftDocument:
    """`dossier` as a document: every question before its answer."""
    pieces: list[str] = []
    length = 0

    def put(text: str) -> int:
        nonlocal length
        start = length
        pieces.append(text)
        length += len(text) + 2
        return start

    asked = dossier.questions
    questions: list[Question] = []

    def ask(these: Iterable[Question]) -> None:
        for question in these:
            if not any(set(question.numbers) & set(other.numbers) for other in questions):
                start = put(question.text)
                end = start + len(question.text)
                questions.append(dataclasses.replace(question, start=start, end=end, runs=(), notes=()))

    answers: list[Answer] = []
    places: list[tuple[int, DraftAnswer, Block]] = []
    for given in dossier.answers:
        ask(question for n in given.numbers if (question := asked.question(n)) is not None)
        passages = []
        for block in given.blocks:
            start = put(block.text)
            places.append((start, given, block))
            passages.append(Passage(block.text, start, start + len(block.text)))
        answers.append(Answer(given.numbers, tuple(passages)))
    ask(asked.questions)
    document = Document(
        id=asked.id,
        sha256="",
        source=asked.source,
        kind=Kind.ANSWER,
        text="\n\n".join(pieces),
        subject=asked.subject,
        case_number=asked.case_number,
        addressees=asked.addressees,
        questions=tuple(questions),
        answers=tuple(answers),
    )
    return DraftDocument(document, tuple(places))
