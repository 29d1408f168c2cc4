"""Documents drawn at random are read entirely right; the benchmark of the same name draws thousands."""

from __future__ import annotations

import pytest

from benchmarks.generated_reading import WRITERS, judged, made

FORMS = list(WRITERS)


@pytest.mark.parametrize("form", FORMS)
def test_documents_drawn_at_random_are_read_right(form: str) -> None:
    wrong = {
        number: found
        for number, name, drawn, data in made(list(range(7000, 7009)), [form])
        if (found := judged(number, name, drawn, data))
    }
    assert not wrong


@pytest.mark.parametrize("form", FORMS)
def test_a_reading_that_lost_an_answer_is_judged_wrong(form: str) -> None:
    for number, name, drawn, data in made(list(range(7000, 7003)), [form]):
        other = next(iter(made([number + 1], [form])))
        assert judged(number, name, other[2], data), drawn.truth.questions
