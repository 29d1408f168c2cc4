"""Learning what the parts of a score weigh."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from benchmarks.search_weights import NAMES, Case, judged, learn, parts_of, ranks, shipped
from drafter.search.weights import HYBRID, combined

pytest.importorskip("scipy")

SIGNALS = {
    "question": 0.4,
    "answer": 0.3,
    "words": 0.2,
    "letters": 0.1,
    "portfolio": 0.5,
    "repeated": 0.6,
    "length": -0.4,
}


def case(number: int, telling: str) -> Case:
    """Thirty candidates, of which the one that is best by one part is the source."""
    chance = np.random.RandomState(number)
    parts = chance.random((30, len(NAMES)))
    parts[:, NAMES.index("length")] *= -1
    wanted = np.zeros(30, bool)
    wanted[int(parts[:, NAMES.index(telling)].argmax())] = True
    return Case(f"2031-0{1 + number % 2}-01", parts, wanted)


@pytest.mark.parametrize("left_out", ["", "question", "portfolio", "length"])
def test_the_parts_add_up_to_the_score(left_out: str) -> None:
    signals = {name: value for name, value in SIGNALS.items() if name != left_out}
    assert np.array(parts_of(signals)) @ shipped() == pytest.approx(combined(HYBRID, signals))


@pytest.mark.parametrize("telling", ["words", "portfolio"])
def test_what_tells_the_source_comes_to_weigh_most(telling: str) -> None:
    asked = [case(number, telling) for number in range(120)]
    learnt = dict(zip(NAMES, learn(asked), strict=True))
    assert learnt[telling] - asdict(HYBRID)[telling] == max(learnt[name] - asdict(HYBRID)[name] for name in NAMES)
    found = judged(asked, lambda number, _: number % 2, [])
    assert found["learnt of the others"]["mrr@10"] > found["shipped"]["mrr@10"]  # type: ignore[index]


def test_a_source_that_is_no_candidate_has_no_rank() -> None:
    lost = Case("", np.ones((3, len(NAMES))), np.zeros(3, bool))
    assert ranks([lost], shipped()) == [0]
    assert learn([lost]) == pytest.approx(shipped())
