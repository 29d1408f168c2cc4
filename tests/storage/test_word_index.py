"""Words: stems, accents, compounds, numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.dutch.words import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("keuringen", "Keuring"),
        ("beëindigen", "beeindigen"),
        ("verantwoordelijkheden", "verantwoordelijkheid"),
        ("1.250", "1250"),
        ("foto’s", "foto's"),
        ("ﬁnanciële", "financiele"),
    ],
)
def test_one_word_however_it_is_written(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_a_compound_is_found_by_its_parts_and_as_a_whole() -> None:
    parts = terms("TOI-verordening")
    assert set(terms("verordening")) <= set(parts)
    assert set(terms("toiverordening")) <= set(parts)
    assert parts == terms("toi‑verordening"), "with a non-breaking hyphen"


def test_order_is_kept() -> None:
    assert terms("Het toezicht, op 3 mei 2031.") == ["het", "toezicht", "op", "3", "mei", "2031"]


@given(st.text())
def test_any_text_gives_words_that_are_safe_to_search(text: str) -> None:
    found = terms(text)
    assert all(word and '"' not in word and not word.isspace() for word in found)
    assert terms(text) == found
