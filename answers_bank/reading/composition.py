"""From a file's blocks to its `Document`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from answers_bank.documents import (
    Answer,
    Document,
    Footnote,
    Kind,
    NoteRef,
    Passage,
    Question,
    Section,
    SubQuestion,
)
from answers_bank.reading.blocks import Extract, TextBlock
from answers_bank.reading.doubts import doubts
from answers_bank.reading.mapped import Mapped, join
from answers_bank.reading.metadata import identity
from answers_bank.reading.metadata.kinds import kind_of
from answers_bank.reading.metadata.letterhead import read_metadata
from answers_bank.reading.metadata.letters import letter_sections
from answers_bank.reading.metadata.signature import split_signature
from answers_bank.reading.notes.binding import settle_notes
from answers_bank.reading.structure.paragraphs import Paragraph, document_words, paragraphs
from answers_bank.reading.structure.segmentation import segments
from answers_bank.reading.structure.segments import Segment
from answers_bank.reading.structure.sub_questions import sub_questions
from answers_bank.reading.structure.turns import has_turns, speaker_turns, speakers

# A word parted at a line end in a heading; "land-\nen tuinbouw" stays.
_PARTED = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])(?!(?:en|of)\b)")


def compose(extract: Extract, name: str, sha256: str) -> Document:
    """The document that `extract` holds; `name` is that of its file."""
    settled = settle_notes(extract)
    parts, unsure = segments(settled.blocks)
    warnings = [*extract.warnings, *settled.warnings, *unsure]
    words = document_words(extract.text)
    _signature_off(parts)
    head = _plain(part for part in parts if part.kind == "head")
    tail = _plain(part for part in parts if part.kind == "signature")
    found = read_metadata(head, tail, extract.text)
    kind = kind_of(parts, head, found, extract.hints)
    questions = tuple(_question(part, words) for part in parts if part.kind == "question" and part.blocks)
    answers = _answers(parts, words)
    if kind is Kind.ORAL:
        askers, holders = speakers([block for part in parts for block in part.blocks])
        parties = {asker.name: asker for asker in askers}
        named = tuple(parties.get(asker.name, asker) for asker in found.askers)
        found = dataclasses.replace(found, askers=named or askers, ministers=found.ministers or holders)
    sections = _sections(parts, words, kind.value in ("letter", "other", "oral"))
    document = Document(
        id="",
        sha256=sha256,
        source=name,
        kind=kind,
        text=extract.text,
        questions=questions if kind.value not in ("letter", "other") else (),
        answers=answers if kind.value not in ("letter", "other") else (),
        sections=sections,
        footnotes=_footnotes(settled.footnotes),
    )
    warnings += doubts(document)
    return identity.complete(document, found, extract.hints, name, warnings, head)


def _plain(parts: Iterable[Segment]) -> str:
    lines = []
    for block in (block for part in parts for block in part.blocks):
        # The cells of a letterhead ("Datum", "25 juli 2024") are read like lines.
        text = "\n".join(cell.text for cell in block.cells if cell) if block.cells else block.text
        lines.append(("\n" if block.gap else "") + text)
    return _PARTED.sub("", "\n".join(lines))


def _signature_off(parts: list[Segment]) -> None:
    """What stands behind the last answer and signs the letter is no part of the answer."""
    last = next((part for part in reversed(parts) if part.kind == "answer" and part.blocks), None)
    if last is None:
        return
    cut = split_signature(last.blocks)
    if cut is not None and cut > 0:
        parts.append(Segment("signature", (), last.blocks[cut:]))
        last.blocks = last.blocks[:cut]


def _question(part: Segment, words: frozenset[str]) -> Question:
    if part.letters:
        return _lettered_question(part, words)
    text = join([found.text for found in paragraphs(part.blocks, words)], "\n")
    return Question(part.numbers, text.text, text.start, text.end, text.runs(), _notes(text), sub_questions(text.text))


def _lettered_question(part: Segment, words: frozenset[str]) -> Question:
    """A question whose halves had headings of their own ("Vraag 1a", "Vraag 1b")."""
    starts = [start for _, start in part.letters]
    ends = [*starts[1:], len(part.blocks)]
    halves = [
        join([found.text for found in paragraphs(part.blocks[a:b], words)], "\n")
        for a, b in zip([0, *starts[1:]], ends, strict=True)
    ]
    text = join(halves, "\n")
    asked, cursor = [], 0
    for (letter, _), half in zip(part.letters, halves, strict=True):
        asked.append(SubQuestion(letter or None, half.text, cursor, cursor + len(half.text)))
        cursor += len(half.text) + 1
    return Question(part.numbers, text.text, text.start, text.end, text.runs(), _notes(text), tuple(asked))


def _answers(parts: Sequence[Segment], words: frozenset[str]) -> tuple[Answer, ...]:
    answers: list[Answer] = []
    for part in parts:
        if part.kind != "answer":
            continue
        passages = tuple(map(_passage, paragraphs(part.blocks, words)))
        if passages and part.numbers:
            answers.append(Answer(part.numbers, passages))
    return tuple(answers)


def _passage(found: Paragraph) -> Passage:
    text = found.text
    return Passage(text.text, text.start, text.end, text.runs(), _notes(text), found.table)


def _notes(text: Mapped) -> tuple[NoteRef, ...]:
    return tuple(NoteRef(system, mark, position) for position, system, mark in text.marks)


def _sections(parts: Sequence[Segment], words: frozenset[str], is_letter: bool) -> tuple[Section, ...]:
    sections: list[Section] = []
    titles = {"deferral": "Mededeling", "explanation": "Toelichting"}
    for part in parts:
        if part.kind in titles or part.kind == "appendix":
            body = tuple(map(_passage, paragraphs(part.blocks, words)))
            if body:
                sections.append(Section(titles.get(part.kind, part.heading), body))
    if is_letter:
        blocks: list[TextBlock] = [block for part in parts for block in part.blocks]
        for heading, group in speaker_turns(blocks) if has_turns(blocks) else letter_sections(blocks):
            body = tuple(map(_passage, paragraphs(group, words)))
            if body or heading:
                sections.append(Section(heading, body))
    return tuple(sections)


def _footnotes(notes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    unique = {(note.system, note.mark): note for note in reversed(notes)}
    return tuple(sorted(unique.values(), key=lambda note: (note.start, note.system, note.mark)))
