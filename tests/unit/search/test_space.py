"""Where vectors are compared, and what a score means, in a bank of any size."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.index.meaning import MeaningIndex
from drafter.search.signals.space import PASSAGE, QUESTION, Space
from drafter.search.weights import UNIT, UNIT_WORDS, passage_chance

DIMENSION = 64
SHARED = np.ones(DIMENSION) / np.sqrt(DIMENSION)
"""What all vectors of a model have in common."""


def vectors(count: int, seed: int) -> Any:
    own = np.random.default_rng(seed).normal(size=(count, DIMENSION)) / np.sqrt(DIMENSION)
    found = 2 * SHARED + own
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def index(questions: int, passages: int) -> MeaningIndex:
    kinds = np.array([QUESTION] * questions + [PASSAGE] * passages)
    rows = vectors(questions + passages, seed=1)
    stub = SimpleNamespace(
        kinds=kinds,
        alive=np.ones(len(kinds), bool),
        vectors=lambda rows_: rows[rows_],
        index=SimpleNamespace(model=SimpleNamespace(dimension=DIMENSION)),
    )
    return cast(MeaningIndex, stub)


@pytest.mark.parametrize(("questions", "passages"), [(0, 1), (0, 4), (3, 5), (0, 400), (400, 400)])
def test_unrelated_texts_lie_apart_in_a_bank_of_any_size(questions: int, passages: int) -> None:
    generic = vectors(500, seed=2).mean(axis=0)
    space = Space.learn(index(questions, passages), generic)
    others = vectors(200, seed=3)
    assert (others @ vectors(1, seed=4)[0]).mean() > 0.7  # as the model gives them, all are near
    placed = space.place(others, np.full(len(others), PASSAGE))
    cosines = placed @ space.query(vectors(1, seed=4)[0]) / np.linalg.norm(placed, axis=1)
    assert abs(cosines.mean()) < 0.2


def test_subjects_are_not_taken_for_what_questions_share() -> None:
    generic = vectors(500, seed=2).mean(axis=0)
    none = np.zeros(40, bool)
    by_subjects, by_none = Space.learn(index(20, 20), generic), Space.learn(index(20, 20), generic, none)
    assert np.allclose(by_none.question_mean, (by_none.passage_mean + generic) / 2, atol=1e-6)
    assert not np.allclose(by_subjects.question_mean, by_none.question_mean, atol=1e-3)


def test_a_space_without_any_vectors_still_compares() -> None:
    space = Space.learn(index(0, 0), vectors(500, seed=2).mean(axis=0))
    vector = vectors(1, seed=4)[0]
    placed = space.place(vector[None], np.array([PASSAGE]))[0]
    assert placed @ space.query(vector) / np.linalg.norm(placed) == pytest.approx(1, abs=1e-3)


@given(st.floats(0, 3), st.integers(1, 10**6))
def test_the_same_score_says_less_in_a_larger_bank(score: float, size: int) -> None:
    for calibration in (UNIT, UNIT_WORDS):
        assert 0 <= calibration.chance(score, 10 * size) < calibration.chance(score, size) <= 1
        assert calibration.chance(score, size) < calibration.chance(score + 0.1, size)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 2), st.integers(1, 10**6))
def test_a_passage_gains_by_nearness_words_and_its_answer(
    closeness: float, covered: float, unit: float, size: int
) -> None:
    base = passage_chance(closeness, covered, unit, size)
    assert base < passage_chance(closeness + 0.1, covered, unit, size)
    assert base < passage_chance(closeness, covered + 0.1, unit, size)
    assert base < passage_chance(closeness, covered, unit + 0.1, size)
    assert passage_chance(None, covered, unit, size) < passage_chance(None, covered + 0.1, unit, size)
    assert base > passage_chance(closeness, covered, unit, 10 * size)
