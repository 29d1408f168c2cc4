"""A compound and its parts find each other, written as one or apart."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.encoder import TinyEncoder

from answers_bank.documents import Document, Kind, Passage, Section
from answers_bank.dutch.compounds import joined, split
from answers_bank.filling.encoding import encode_waiting
from answers_bank.store.bank import Bank
from drafter.search.searcher import Searcher
from drafter.search.values import Mode, SearchQuery

TEXTS = {
    "een": "Het wiskundeonderwijs op de eilanden is goed.",
    "apart": "Het onderwijs in de wiskunde blijft achter.",
    "muziek": "Er is geen geld voor muziekonderwijs.",
    "pont": "De pont vaart elk uur.",
    "tarieven": "De haventarieven stijgen.",
    "haven": "Het tarief in de haven stijgt.",
}


def letter(name: str, text: str) -> Document:
    passage = Passage(text, 0, len(text))
    day = datetime.date(2030, 1, 1)
    return Document(
        name, name, name, Kind.LETTER, text, subject="post", received=day, sections=(Section("", (passage,)),)
    )


@pytest.fixture
def searcher(tmp_path: Path, encoder: TinyEncoder) -> Iterator[Searcher]:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        for name, text in TEXTS.items():
            bank.add(letter(name, text))
        encode_waiting(bank, encoder)
        yield Searcher(bank, encoder)


@pytest.mark.parametrize("mode", [Mode.WORDS, Mode.HYBRID])
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("wiskunde onderwijs", {"een", "apart"}),
        ("wiskundeonderwijs", {"een", "apart"}),
        ("onderwijs in wiskunde", {"een", "apart"}),
        ("wiskunde", {"een", "apart"}),
        ("haven tarieven", {"tarieven", "haven"}),
        ("haventarief", {"tarieven", "haven"}),
        ("Haven-tarieven", {"tarieven", "haven"}),
        ("tarieven van de haven", {"tarieven", "haven"}),
    ],
)
def test_compounds_and_their_parts(searcher: Searcher, asked: str, wanted: set[str], mode: Mode) -> None:
    assert {result.document for result in searcher.search(SearchQuery(asked, k=2, mode=mode))} == wanted


def test_what_is_written_alike_comes_first(searcher: Searcher) -> None:
    first = {
        asked: searcher.search(SearchQuery(asked, mode=Mode.WORDS))[0].document
        for asked in ("wiskundeonderwijs", "wiskunde")
    }
    assert first == {"wiskundeonderwijs": "een", "wiskunde": "apart"}


def test_words_that_share_nothing_find_nothing(searcher: Searcher) -> None:
    assert searcher.search(SearchQuery("fiets", mode=Mode.WORDS)) == ()


def test_how_two_words_are_written_as_one() -> None:
    assert "haventarief" in set(joined(["haven", "tarief"]))
    assert "veiligheidsplan" in set(joined(["veiligheid", "plan"]))
    assert "bankentoezicht" in set(joined(["toezicht", "op", "de", "banken"]))
    assert not list(joined(["op", "zee", "in", "1990"]))


@given(st.lists(st.sampled_from(["haven", "tarief", "op", "de", "zee", "2024", "veerdienst"]), max_size=6))
def test_joined_words_hold_two_words_of_the_text(words: list[str]) -> None:
    for found in joined(words):
        assert any(found.startswith(one) and found.endswith(other) for one in words for other in words)


def test_a_compound_is_split_into_the_likeliest_words() -> None:
    counts = {"haven": 3, "tarief": 2, "ventarief": 1, "veiligheid": 1, "plan": 5}
    assert split("haventarief", lambda word: counts.get(word, 0)) == ("haven", "tarief")
    assert split("veiligheidsplan", lambda word: counts.get(word, 0)) == ("veiligheid", "plan")
    assert split("zeehavengeld", lambda word: counts.get(word, 0)) is None
