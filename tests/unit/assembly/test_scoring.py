"""What a passage is worth, and whether the bank has a source at all."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from drafter.assembly.scoring import are_sources, nearness, worth
from drafter.search.values import FoundPassage, SearchResult
from tests.unit.assembly.passages import passage

DAY = datetime.date(2025, 5, 1)


def found(closeness: float, covered: float, **scores: float) -> tuple[SearchResult, FoundPassage]:
    held = FoundPassage(passage("a#1", "a", DAY, "Tekst."), 0.5, closeness=closeness, covered=covered)
    return SearchResult(1, 0.5, scores, "a", "a", DAY, (1,), "", None, (held,), None, None, ""), held


def test_who_answered_makes_no_source() -> None:
    mine, theirs = found(0.1, 0.1, answer=0.1, portfolio=1.0), found(0.1, 0.1, answer=0.1, portfolio=0.0)
    assert nearness(*mine, 50) == nearness(*theirs, 50)
    assert worth(*mine) > worth(*theirs)


def test_a_larger_bank_asks_for_more() -> None:
    near = found(0.4, 0.3, answer=0.3, question=0.3, letters=0.2)
    assert nearness(*near, 20) > 0 > nearness(*near, 10**9)


def test_words_decide_between_passages_and_not_whether_there_is_a_source() -> None:
    by_words, by_meaning = found(0.1, 0.5, answer=0.1), found(0.4, 0.1, answer=0.4)
    assert worth(*by_words) > worth(*by_meaning)
    assert nearness(*by_words, 50) < nearness(*by_meaning, 50)


def test_without_meaning_letters_decide() -> None:
    assert nearness(*found(0.0, 0.4, words=0.6, letters=0.4), 20) > 0 > nearness(*found(0.0, 0.1, letters=0.05), 20)


def test_a_question_just_short_of_a_source_has_one_in_a_set_that_the_bank_knows() -> None:
    assert are_sources([-0.05]) == [False]
    assert are_sources([-0.05, 0.4, 0.5]) == [True, True, True]


def test_what_asks_nothing_of_substance_has_no_say() -> None:
    assert are_sources([None, 0.1]) == [False, True]
    assert are_sources([None, None]) == [False, False]


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=8), st.integers(0, 7), st.floats(0, 1))
def test_nearer_never_takes_a_source_away(nearest: list[float], place: int, more: float) -> None:
    place %= len(nearest)
    before = are_sources(nearest)
    nearest[place] += more
    assert all(now or not then for then, now in zip(before, are_sources(nearest), strict=True))
