"""The sentences of a text under review, whatever it comes as: a document read from a file, or a dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answers_bank.documents import Document, Passage
from answers_bank.dutch.sentences import sentence_spans
from drafter.dossier.value import Dossier
from drafter.headings import NO_SOURCE, answer_heading


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence under review, with its place."""

    text: str
    """Reading view, white space folded."""

    start: int
    end: int
    """Span in the text under review."""

    part: int
    """Number of its answer or section, from 0."""

    paragraph: int
    """Number of its paragraph in the whole text, from 0."""

    notes: tuple[str, ...] = ()
    """Texts of its footnotes."""

    marks: tuple[tuple[str, str], ...] = ()
    """System and mark of each of `notes`; empty in a dossier."""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """An answer or a section."""

    numbers: tuple[int, ...]
    heading: str


def document_sentences(document: Document) -> tuple[list[AnswerPart], list[ReadSentence]]:
    """Sentences of answers and sections, in the order of the text; of the whole text where it has neither.

    Questions are left out, and what the members say with them: it is not what the writer says.
    """
    notes = document.note_texts
    held = [(AnswerPart(a.numbers, answer_heading(a.numbers)), a.paragraphs) for a in document.answers]
    held += [(AnswerPart((), section.heading), section.paragraphs) for section in document.writers_sections]
    if not held and not document.questions:
        whole = Passage(document.text, 0, len(document.text))
        held = [(AnswerPart((), ""), (whole,))]
    held.sort(key=lambda item: item[1][0].start if item[1] else 0)
    sentences: list[ReadSentence] = []
    paragraph = 0
    for number, (_, passages) in enumerate(held):
        for passage in passages:
            if passage.text.startswith(NO_SOURCE):
                continue  # an exported draft without text here
            sentences.extend(_passage_sentences(passage, number, paragraph, notes))
            paragraph += 1
    return [part for part, _ in held], sentences


def dossier_sentences(dossier: Dossier) -> tuple[list[AnswerPart], list[ReadSentence]]:
    """Sentences of the blocks of all answers."""
    parts = [AnswerPart(answer.numbers, answer_heading(answer.numbers)) for answer in dossier.answers]
    sentences = []
    numbers = {id(answer): number for number, answer in enumerate(dossier.answers)}
    for paragraph, (offset, answer, block) in enumerate(dossier.places()):
        for start, end in sentence_spans(block.text):
            text = " ".join(block.text[start:end].split())
            notes = tuple(note.text for note in block.notes if start < note.position <= end)
            sentences.append(ReadSentence(text, offset + start, offset + end, numbers[id(answer)], paragraph, notes))
    return parts, sentences


def _passage_sentences(
    passage: Passage, part: int, paragraph: int, notes: dict[tuple[str, str], str]
) -> Iterator[ReadSentence]:
    view = passage.text_map
    for start, end in sentence_spans(passage.text):
        source_start, source_end = view.to_source(start, end)
        marks = tuple(
            (ref.system, ref.mark)
            for ref in passage.notes
            if start < ref.position <= end and (ref.system, ref.mark) in notes
        )
        text = " ".join(passage.text[start:end].split())
        bodies = tuple(notes[mark] for mark in marks)
        yield ReadSentence(text, source_start, source_end, part, paragraph, bodies, marks)
