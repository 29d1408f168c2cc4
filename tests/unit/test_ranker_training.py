"""What the ranker learns from is as it would be in a smaller bank; a place is learnt from where sentences stood."""

from __future__ import annotations

import datetime
import random

import numpy as np
import pytest

from benchmarks import ranker_training as training
from benchmarks.ranker_material import Case, Kind, smaller
from drafter.assembly.sentence_numbers import COLUMN, NAMES, SentenceNumbers
from drafter.search.comparing import ComparedUnit

pytest.importorskip("scipy")


def case(number: int, kind: Kind = Kind.REUSED) -> Case:
    """Forty sentences in four answers; those that share most words were taken over, if any."""
    chance = np.random.RandomState(number)
    values = chance.random((40, len(NAMES))).astype(np.float32)
    taken = (values[:, COLUMN["holds"]] > 0.8) & (kind is Kind.REUSED)
    unit = np.repeat(np.arange(4), 10)
    units = tuple(ComparedUnit(n, None, (), (), (), ()) for n in range(4))  # type: ignore[arg-type]
    homes = frozenset(unit[taken].tolist())
    numbers = SentenceNumbers(units, unit, np.tile(np.arange(10), 4), values)
    return Case(f"v{number}", kind, datetime.date(2030, 1, 1), numbers, taken, 400, homes)


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
