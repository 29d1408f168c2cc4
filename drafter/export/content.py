"""What an export shows, in reading order, before any file format: shared by Word, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answers_bank.documents import Question
from answers_bank.dutch.time.dates import UNKNOWN_DATE
from drafter.checks.finding import Finding
from drafter.dossier.value import Block, BlockNote, Dossier, DraftAnswer
from drafter.export.wording import cover_rows, title_text
from drafter.headings import answer_heading, question_heading, questions_reference
from drafter.wording import STATE_WORDS, accepted_words


@dataclass(frozen=True, slots=True)
class QuestionContent:
    """A question as it was asked, under its heading."""

    heading: str
    text: str
    notes: tuple[BlockNote, ...]
    """The members' own source notes, at their places."""


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """An answer in progress with the questions it answers."""

    questions: tuple[QuestionContent, ...]
    heading: str
    numbers: tuple[int, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    """On the answer as a whole."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no text yet: the place then says that no source was found."""
        return not self.blocks


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One line of the annex "Herkomst"."""

    place: str
    """Which answer and which paragraph of it: "vraag 2, alinea 1"."""

    beginning: str
    """The first words of the block."""

    document: str
    question: str
    date: str
    link: str
    similarity: str
    state: str
    accepted_by: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells under `ANNEX_HEADINGS`."""
        source = ", ".join(part for part in (self.document, self.question) if part)
        return (self.place, self.beginning, source, self.date, self.similarity, self.state, self.accepted_by)


ANNEX_HEADINGS = ("Plaats", "Begin van de alinea", "Bron", "Datum", "Gelijk", "Staat", "Akkoord")


@dataclass(frozen=True, slots=True)
class Content:
    """The whole export."""

    title: str
    cover: tuple[tuple[str, str], ...]
    answers: tuple[AnswerContent, ...]
    annex: tuple[AnnexRow, ...]


def content(dossier: Dossier) -> Content:
    """What is to be shown of `dossier`."""
    return Content(
        title=title_text(dossier),
        cover=tuple(cover_rows(dossier)),
        answers=tuple(_answers(dossier)),
        annex=tuple(_annex(dossier)),
    )


def _answers(dossier: Dossier) -> Iterator[AnswerContent]:
    notes = dossier.questions.note_texts
    for answer in dossier.answers:
        asked = [q for q in dossier.questions.questions if set(q.numbers) & set(answer.numbers)]
        yield AnswerContent(
            questions=tuple(
                QuestionContent(question_heading(q.numbers), q.text, _question_notes(q, notes)) for q in asked
            ),
            heading=answer_heading(answer.numbers),
            numbers=answer.numbers,
            blocks=answer.blocks,
            findings=answer.open_findings,
        )


def _question_notes(question: Question, texts: dict[tuple[str, str], str]) -> tuple[BlockNote, ...]:
    return tuple(
        BlockNote(min(ref.position, len(question.text)), texts[ref.system, ref.mark])
        for ref in question.notes
        if (ref.system, ref.mark) in texts
    )


def _annex(dossier: Dossier) -> Iterator[AnnexRow]:
    for answer in dossier.answers:
        for number, block in enumerate(answer.blocks, 1):
            yield _annex_row(answer, number, block)


def _annex_row(answer: DraftAnswer, number: int, block: Block) -> AnnexRow:
    origin = block.origin
    words = block.text.split()
    more = f" en {len(block.also)} andere" if block.also else ""
    return AnnexRow(
        place=f"{questions_reference(answer.numbers)}, alinea {number}",
        beginning=" ".join(words[:8]) + (" …" if len(words) > 8 else ""),
        document=(origin.title or origin.document) + more if origin else "",
        question=f"antwoord op {questions_reference(origin.numbers)}" if origin and origin.numbers else "",
        date=f"{origin.date:%d-%m-%Y}" if origin and origin.date else UNKNOWN_DATE if origin else "",
        link=(origin.url or "") if origin else "",
        similarity=f"{similarity(block):.0f}%" if origin else "",
        state=STATE_WORDS[block.state],
        accepted_by=accepted_words(block),
    )


def similarity(block: Block) -> float:
    """How much of a block's text equals its source, in per cent (indel ratio over characters); 0 without a source."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(block.taken, block.text)) if block.origin else 0.0
