"""What the ranker learns from is as it would be in a smaller bank; a place is learnt from where sentences stood."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path

import numpy as np
import pytest
from support.encoder import TinyEncoder

from answers_bank.documents import Answer, Document, Passage, Question
from answers_bank.documents import Kind as DocumentKind
from answers_bank.sources.jsonl import BadRecord, parse
from benchmarks import ranker_training as training
from benchmarks.no_source import bank_of
from benchmarks.placing_material import as_letter, own_sets
from benchmarks.ranker_material import Case, Kind, asked_of_register, register_cases, smaller
from drafter.assembly.sentence_numbers import COLUMN, NAMES, SentenceNumbers
from drafter.search.comparing import ComparedUnit
from drafter.search.searcher import Searcher

pytest.importorskip("scipy")


def case(number: int, kind: Kind = Kind.REUSED) -> Case:
    """Forty sentences in four answers; those that share most words were taken over, if any."""
    chance = np.random.RandomState(number)
    values = chance.random((40, len(NAMES))).astype(np.float32)
    taken = (values[:, COLUMN["holds"]] > 0.8) & (kind is Kind.REUSED)
    unit = np.repeat(np.arange(4), 10)
    units = tuple(ComparedUnit(n, None, (), (), (), ()) for n in range(4))  # type: ignore[arg-type]
    numbers = SentenceNumbers(units, unit, np.tile(np.arange(10), 4), values)
    return Case(f"v{number}", kind, datetime.date(2030, 1, 1), numbers, taken, 400)


def test_a_smaller_bank_keeps_one_source_and_counts_anew() -> None:
    whole = case(1)
    part = smaller(whole, 0.01, random.Random(1))
    assert part is not None
    assert part.size == 4
    assert set(part.numbers.unit.tolist()) >= {min(whole.homes)}
    assert part.numbers.values[:, COLUMN["sum_below"]].max() == 0
    assert part.numbers.values[:, COLUMN["share_of_holds"]].max() == pytest.approx(1)


def test_a_sentence_stands_under_the_question_that_it_is_nearest() -> None:
    """Two questions find the same sentences; each is taken over where the sum of the search is higher."""
    first, second = case(1).numbers, case(2).numbers
    higher = first.values[:, COLUMN["part_sum"]] > second.values[:, COLUMN["part_sum"]]
    weights = training.place_weights([[(first, higher), (second, ~higher)]])
    assert max(weights, key=lambda name: weights[name]) == "part_sum"


def test_sentences_of_own_answers_teach_the_place_too() -> None:
    """What was taken over says nothing here; the sets' own answers do."""
    first, second = case(1).numbers, case(2).numbers
    higher = first.values[:, COLUMN["close"]] > second.values[:, COLUMN["close"]]
    chance = np.random.RandomState(5).random(40) > 0.5
    weights = training.place_weights([[(first, chance), (second, ~chance)]], [[(first, higher), (second, ~higher)]])
    assert max(weights, key=lambda name: weights[name]) == "close"


def test_a_set_as_a_letter_keeps_its_answers_and_loses_its_questions() -> None:
    letter = as_letter(SET, random.Random(1))
    assert not letter.questions
    assert not letter.answers
    said = [paragraph for section in letter.sections for paragraph in section.paragraphs]
    assert [paragraph.text for paragraph in said] == [answer.paragraphs[0].text for answer in SET.answers]
    assert all(letter.text[paragraph.start : paragraph.end] == paragraph.text for paragraph in said)


def test_each_sentence_of_a_set_stands_under_the_question_that_it_answered() -> None:
    (found,) = own_sets([SET], TinyEncoder())
    assert len(found) == 2
    (first, dikes), (second, bread) = found
    assert dikes.any()
    assert bread.any()
    keys = [
        {(numbers.units[u].unit, p) for u, p in zip(numbers.unit[stands], numbers.place[stands], strict=True)}
        for numbers, stands in ((first, dikes), (second, bread))
    ]
    assert not keys[0] & keys[1]


SAID = (
    "Het waterschap onderhoudt alle dijken tussen Kerkeveer en de Zilverbeek en vervangt elk jaar vier "
    "versleten schotbalken van de oude sluis."
)
EDITED = SAID.replace("vier", "zeven").replace("Het waterschap", "De polder")
ROWS = [
    {"id": "eerst", "date": "2031-01-02", "question": "Wie onderhoudt de dijken?", "answer": SAID},
    {"id": "letterlijk", "date": "2031-01-09", "question": "Wie zorgt voor de sluis?", "answer": f"Ja. {SAID}"},
    {
        "id": "bewerkt",
        "date": "2031-01-16",
        "question": "Hoe oud zijn de schotbalken?",
        "answer": f"{EDITED} Dat kost geld.",
    },
    {
        "id": "anders",
        "date": "2031-01-23",
        "question": "Wat kost brood?",
        "answer": "Een brood kost in Kerkeveer drie gulden.",
    },
]


def _set() -> Document:
    """Two questions with their answers, as one set."""
    text = ""
    questions, answers = [], []
    for number, (asked, said) in enumerate(((ROWS[0]["question"], SAID), (ROWS[3]["question"], ROWS[3]["answer"])), 1):
        start = len(text)
        text += f"{asked}\n\n{said}\n\n"
        questions.append(Question((number,), asked, start, start + len(asked)))
        place = start + len(asked) + 2
        answers.append(Answer((number,), (Passage(said, place, place + len(said)),)))
    return Document(
        "dijken", "0" * 64, "dijken.txt", DocumentKind.ANSWER, text, questions=tuple(questions), answers=tuple(answers)
    )


SET = _set()


def documents() -> list[Document]:
    found = [parse(json.dumps(row).encode(), "register") for row in ROWS]
    return [document for document in found if not isinstance(document, BadRecord)]


def test_what_was_taken_over_word_for_word_is_learnt_from_and_what_was_edited_is_not(tmp_path: Path) -> None:
    asked = asked_of_register(documents(), datetime.date(2031, 1, 5), datetime.date(2031, 3, 1), 0)
    kinds = {(one.document.id, one.kind) for one in asked}
    assert ("letterlijk", Kind.REUSED) in kinds
    assert not any(name in ("anders", "bewerkt") for name, _ in kinds)
    chosen = [one for one in asked if one.kind is Kind.REUSED]
    with bank_of(ROWS, TinyEncoder()) as bank:
        found = {case.name: case for case in register_cases(chosen, Searcher(bank, TinyEncoder()), tmp_path)}
    assert found["letterlijk"].taken.any()
    # What was found is kept: a second run asks the bank for nothing.
    again = {case.name: case for case in register_cases(chosen, None, tmp_path)}  # type: ignore[arg-type]
    assert np.array_equal(again["letterlijk"].numbers.values, found["letterlijk"].numbers.values)
    assert again["letterlijk"].homes == found["letterlijk"].homes
