"""Which sentence each note belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from answers_bank.documents import Document, Passage, Question
from answers_bank.dutch.sentences import sentence_spans


def note_places(document: Document) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """For each note, by (system, mark), the places of its mark in the order of the text.

    A place has "part" ("question", "answer" or "section"), "numbers" (of the question or answer; empty in a section),
    "paragraph" (index within that part), "position" (of the mark in the paragraph's text), and "sentence" with its
    "text" in the reading view and its span in the extracted text.
    """
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for part, numbers, index, passage in _passages(document):
        spans = sentence_spans(passage.text) if passage.notes else []
        for note in passage.notes:
            # A mark behind the full stop belongs to the sentence that ended there.
            start, end = next((span for span in reversed(spans) if span[0] < note.position), (spans or [(0, 0)])[0])
            first, last = passage.text_map.to_source(start, end)
            place = {
                "part": part,
                "numbers": list(numbers),
                "paragraph": index,
                "position": note.position,
                "sentence": {"text": passage.text[start:end], "start": first, "end": last},
            }
            found.setdefault((note.system, note.mark), []).append(place)
    return found


def _passages(document: Document) -> Iterator[tuple[str, tuple[int, ...], int, Passage | Question]]:
    for question in document.questions:
        yield "question", question.numbers, 0, question
    for answer in document.answers:
        for index, passage in enumerate(answer.paragraphs):
            yield "answer", answer.numbers, index, passage
    for section in document.sections:
        for index, passage in enumerate(section.paragraphs):
            yield "section", (), index, passage
