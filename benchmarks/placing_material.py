"""What the place of a sentence is learnt from beside what was taken over: whose sentence stands under which question.

Of every set of questions and answers the answers are put in a bank as a letter without questions, some of them under
one heading, and the questions are asked: each sentence belongs under the question that it answered. Sets of any
ministry serve, and they are many where sentences that were taken over are few.
"""

from __future__ import annotations

import datetime
import hashlib
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from answers_bank.documents import Document, Kind, Passage, Question, Section
from answers_bank.filling.encoding import encode_waiting
from answers_bank.store.bank import Bank
from benchmarks.ranker_training import SetCases
from drafter.assembly.question_candidates import Terms, look_up
from drafter.assembly.set_texts import SetTexts
from drafter.search.searcher import Searcher
from embeddings.encoder import Encoder

SETS = 12
"""Sets in a bank: the others are what else is found."""

MOST_QUESTIONS = 15


def own_sets(documents: Sequence[Document], encoder: Encoder | None) -> Iterator[SetCases]:
    """Of each set with two answers or more its sentences under each of its questions, and whether they belong there."""
    sets = [document for document in documents if len(document.questions) > 1 and len(document.answers) > 1]
    chance = random.Random(3)
    for first in range(0, len(sets), SETS):
        part = sets[first : first + SETS]
        with tempfile.TemporaryDirectory() as scratch, Bank.open(Path(scratch) / "bank", create=True) as bank:
            for document in part:
                bank.add(as_letter(document, chance))
            if encoder is not None:
                encode_waiting(bank, encoder)
            searcher = Searcher(bank, encoder)
            for document in part:
                yield _of_set(document, searcher)


def as_letter(document: Document, chance: random.Random) -> Document:
    """The answers of a set as a letter: each by itself or with the next under one heading, as chance has it."""
    text = document.id
    sections: list[Section] = []
    open_section: list[Passage] = []
    for answer in document.answers:
        for paragraph in answer.paragraphs:
            start = len(text) + 2
            text += f"\n\n{paragraph.text}"
            open_section.append(Passage(paragraph.text, start, len(text)))
        if open_section and chance.random() < 0.5:
            sections.append(Section(str(len(sections) + 1), tuple(open_section)))
            open_section = []
    if open_section:
        sections.append(Section(str(len(sections) + 1), tuple(open_section)))
    return Document(
        id=_letter_of(document),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source=_letter_of(document),
        kind=Kind.LETTER,
        text=text,
        received=datetime.date(2000, 1, 1),
        sections=tuple(sections),
    )


def _letter_of(document: Document) -> str:
    return f"letter-{document.id}"


def _of_set(document: Document, searcher: Searcher) -> SetCases:
    terms = Terms(datetime.date.max, None, frozenset())
    known = SetTexts(searcher.prepare(), terms.as_of, None, terms.exclude)
    found = []
    for question in document.questions[:MOST_QUESTIONS]:
        _, numbers = look_up(question, document.subject or "", searcher, terms, known)
        own = [unit.document.id == _letter_of(document) for unit in numbers.units]
        rows = np.flatnonzero(np.array(own, np.bool_)[numbers.unit]) if own else np.empty(0, np.int64)
        numbers = replace(numbers, unit=numbers.unit[rows], place=numbers.place[rows], values=numbers.values[rows])
        answered = _answered(document, question)
        units = [numbers.units[unit] for unit in numbers.unit.tolist()]
        stands = [
            known.read(unit).text.sentences[place].passage.text in answered
            for unit, place in zip(units, numbers.place.tolist(), strict=True)
        ]
        found.append((numbers, np.array(stands, np.bool_)))
    return found


def _answered(document: Document, question: Question) -> frozenset[str]:
    """The paragraphs that answer a question."""
    answers = (answer for answer in document.answers if set(answer.numbers) & set(question.numbers))
    return frozenset(paragraph.text for answer in answers for paragraph in answer.paragraphs)
