from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.headings import answer_heading, enumeration, question_heading


@pytest.mark.parametrize(
    ("numbers", "heading"),
    [
        ((1,), "Antwoord op vraag 1"),
        ((2, 3), "Antwoord op vragen 2 en 3"),
        ((5, 2, 3), "Antwoord op vragen 2, 3 en 5"),
        ((1, 2, 3, 4), "Antwoord op vragen 1, 2, 3 en 4"),
        ((2, 3, 4, 5, 6), "Antwoord op vragen 2 t/m 6"),
        ((1, 4, 5, 6, 7, 8, 10), "Antwoord op vragen 1, 4 t/m 8 en 10"),
    ],
)
def test_answer_heading(numbers: tuple[int, ...], heading: str) -> None:
    assert answer_heading(numbers) == heading


def test_question_heading() -> None:
    assert question_heading((4,)) == "Vraag 4"
    assert question_heading((6, 7)) == "Vragen 6 en 7"


@given(st.lists(st.text(alphabet="abc", min_size=1), max_size=5))
def test_enumeration_names_every_item(items: list[str]) -> None:
    assert enumeration(items).replace(" en ", ", ").split(", ") == (items or [""])
