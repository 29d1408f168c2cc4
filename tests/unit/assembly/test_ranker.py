"""The models that the project comes with, and how they are read."""

from __future__ import annotations

import math

import numpy as np
import pytest

from drafter.assembly.ranker import SOURCE_NAMES, Trees, from_json, ranker, source_numbers
from drafter.assembly.sentence_numbers import COLUMN, NAMES, SentenceNumbers


def numbers(**columns: list[float]) -> SentenceNumbers:
    count = len(next(iter(columns.values())))
    values = np.zeros((count, len(NAMES)), np.float32)
    for name, column in columns.items():
        values[:, COLUMN[name]] = column
    return SentenceNumbers((), np.zeros(count, np.int64), np.arange(count), values)


def test_a_tree_leads_to_its_leaf() -> None:
    """One question: is the first number at most a half? Then: is the second?"""
    trees = Trees(
        column=np.array([[0, 0, 1, 0, 0]]),
        threshold=np.array([[0.5, 1e30, 0.5, 1e30, 1e30]], np.float32),
        below=np.array([[1, 1, 3, 3, 4]]),
        above=np.array([[2, 1, 4, 3, 4]]),
        value=np.array([[0.0, -1.0, 0.0, 2.0, 5.0]]),
        start=0.25,
        depth=2,
    )
    values = np.array([[0.5, 9.0], [0.6, 0.5], [0.6, 0.6]], np.float32)
    assert trees.total(values).tolist() == [-0.75, 2.25, 5.25]
    assert trees.total(values[:0]).tolist() == []


@pytest.mark.parametrize("meaning", [True, False])
def test_the_models_of_the_project_can_be_read(meaning: bool) -> None:
    models = ranker(meaning=meaning)
    nothing, near = numbers(sum=[0.0, 0.0]), numbers(sum=[1.0, 0.9], own_sum=[1.0, 0.9], words=[0.8, 0.8])
    assert np.isfinite(models.worth(near)).all()
    assert models.has_source(near, models.worth(near), 50) > models.has_source(nothing, models.worth(nothing), 50)
    assert models.has_source(numbers(sum=[]), np.empty(0), 50) == -math.inf


def test_a_larger_bank_asks_for_more() -> None:
    models, near = ranker(meaning=True), numbers(sum=[0.7], own_sum=[0.7], letters=[0.2])
    worth = models.worth(near)
    assert models.has_source(near, worth, 20) > models.has_source(near, worth, 100_000)


def test_who_answered_makes_no_source() -> None:
    assert "portfolio" not in SOURCE_NAMES
    assert "title" not in SOURCE_NAMES


def test_the_numbers_of_a_question_are_those_of_its_best_sentences() -> None:
    own = numbers(sum=[0.1, 0.9], parts=[1.0, 1.0])
    found = dict(zip(SOURCE_NAMES, source_numbers(own, np.array([3.0, -1.0]), 1), strict=True))
    assert (found["worth"], found["worth_of_best"], found["size"]) == (3.0, 1.0, 0.0)
    assert found["sum"] == pytest.approx(0.9)


def test_a_model_of_other_numbers_is_refused() -> None:
    with pytest.raises(KeyError):
        from_json({"trees": {"column": [[0]]}, "columns": ["unheard of"]})
