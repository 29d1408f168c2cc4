"""What the length of an answer does to its place."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Answer, Document, Kind, Passage, Question
from answers_bank.store.bank import Bank
from drafter.search.searcher import Searcher
from drafter.search.signals.length import FEW, MANY, SHORT, USUAL, length
from drafter.search.values import Mode, SearchQuery
from drafter.search.weights import HYBRID, content

ASKED = "Wat kost het baggeren van de Zilverbeek bij de oude molens?"
SAID = "Het baggeren van de Zilverbeek kost vier ton en wordt betaald door het waterschap. "


def one(identifier: str, question: str, said: str) -> Document:
    text = f"{question}\n{said}"
    start = len(question) + 1
    return Document(
        id=identifier,
        sha256=identifier,
        source=f"{identifier}.txt",
        kind=Kind.ANSWER,
        text=text,
        questions=(Question((1,), question, 0, len(question)),),
        answers=(Answer((1,), (Passage(said, start, len(text)),)),),
    )


@given(st.integers(SHORT, 5000))
def test_longer_loses_more_from_short_on(words: int) -> None:
    assert length(words + 1, MANY) > length(words, MANY)


@given(st.integers(SHORT, 5000))
def test_in_a_small_bank_being_long_costs_nothing(words: int) -> None:
    assert length(words, FEW) == 0


@given(st.integers(USUAL + 1, 5000), st.integers(1, 10 * MANY))
def test_it_costs_more_in_a_larger_bank(words: int, size: int) -> None:
    assert length(words, size) <= length(words, size + 1) <= length(words, MANY)


@given(st.integers(1, SHORT - 1), st.integers(1, 10 * MANY))
def test_what_says_next_to_nothing_loses_at_every_size(words: int, size: int) -> None:
    assert length(words, size) > length(words + 1, size)
    assert math.isfinite(length(0, 0))


def test_the_usual_length_counts_for_nothing() -> None:
    assert length(USUAL, MANY) == 0
    assert content(HYBRID, {"question": 0.5, "length": 0.0}) == content(HYBRID, {"question": 0.5})


@pytest.mark.parametrize("padding", [20, 200])
def test_only_the_answer_is_counted(tmp_path: Path, padding: int) -> None:
    asked = f"{ASKED} {'De leden maken zich zorgen over de molens. ' * padding}"
    with Bank.open(tmp_path / "bank", create=True) as bank:
        bank.add(one("lang-gevraagd", asked, SAID))
        (found,) = Searcher(bank).search(SearchQuery(ASKED, mode=Mode.WORDS))
    assert found.scores["length"] == pytest.approx(length(len(SAID.split()), 1))


def test_it_is_in_the_sum_that_is_shown(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        bank.add(one("kort", ASKED, "Ja."))
        bank.add(one("gewoon", ASKED, SAID * 4))
        found = {r.document: r.scores for r in Searcher(bank).search(SearchQuery(ASKED, mode=Mode.WORDS))}
    for scores in found.values():
        parts = 0.8 * scores["words"] + 1.5 * scores["letters"] - 0.03 * scores["length"]
        assert scores["sum"] == pytest.approx(parts)
    assert found["kort"]["length"] > found["gewoon"]["length"]


def test_a_bare_answer_is_as_welcome_where_the_query_says_so(tmp_path: Path) -> None:
    asked = "Bent u bekend met het bericht over de molens aan de Zilverbeek?"
    with Bank.open(tmp_path / "bank", create=True) as bank:
        bank.add(one("ja", asked, "Ja."))
        bank.add(one("uitleg", "Wat staat er in het bericht over de molens?", SAID * 4))
        searcher = Searcher(bank)
        found = {r.document: r for r in searcher.search(SearchQuery(asked, mode=Mode.WORDS, any_length=True))}
        usual = {r.document: r for r in searcher.search(SearchQuery(asked, mode=Mode.WORDS))}
    assert found["ja"].rank == 1
    assert found["ja"].scores["sum"] == pytest.approx(usual["ja"].scores["sum"] + 0.03 * usual["ja"].scores["length"])
    assert found["uitleg"].scores["sum"] == pytest.approx(usual["uitleg"].scores["sum"])
