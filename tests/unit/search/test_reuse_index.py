from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.index.repeated_text import ReuseIndex, grams
from answers_bank.index.sentence_runs import runs_with_owner, word_hash
from answers_bank.store.bank import Bank
from tests.unit.reuse.bank_of import document

OLD = datetime.date(2031, 3, 1)
NEW = datetime.date(2032, 3, 1)
DIKES = "De keringen langs de Zilverbeek worden elk jaar door het waterschap geïnspecteerd op scheuren."
MILLS = "Voor nieuwe molens geldt een vergunning van het Windloket, die binnen acht weken wordt verleend. Dat blijft."


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank.open(tmp_path, create=True) as bank:
        bank.add(document("oud", DIKES, "Ja.", MILLS, date=OLD))
        bank.add(document("nieuw", MILLS + " De wachttijd is nu zes weken.", date=NEW))
        yield bank


def test_a_copied_sentence_is_found_with_its_span(bank: Bank) -> None:
    hit = ReuseIndex.open(bank).candidates(DIKES)[0]
    assert (hit.passage, hit.text, hit.ratio, hit.containment) == ("oud#1", DIKES, 1.0, 1.0)
    assert DIKES[hit.start : hit.end] == hit.text


def test_an_edited_sentence_and_a_contained_one_are_found(bank: Bank) -> None:
    index = ReuseIndex.open(bank)
    edited = DIKES.replace("elk jaar", "twee keer per jaar")
    assert index.candidates(edited)[0].passage == "oud#1"
    part = "Ik wijs erop dat de keringen langs de Zilverbeek worden elk jaar door het waterschap bekeken op gaten."
    hit = index.candidates(part)[0]
    assert hit.passage == "oud#1"
    assert hit.containment > 0.3


def test_equal_sentences_come_newest_first_and_can_be_limited_in_time(bank: Bank) -> None:
    sentence = "Voor nieuwe molens geldt een vergunning van het Windloket, die binnen acht weken wordt verleend."
    index = ReuseIndex.open(bank)
    assert [hit.document for hit in index.candidates(sentence, k=2)] == ["nieuw", "oud"]
    assert [hit.document for hit in index.candidates(sentence, k=2, before=NEW)] == ["oud"]
    assert [hit.document for hit in index.candidates(sentence, k=2, exclude=frozenset({"nieuw"}))] == ["oud"]


def test_short_and_empty_sentences(bank: Bank) -> None:
    index = ReuseIndex.open(bank)
    assert index.candidates("ja!")[0].text == "Ja."
    assert index.candidates("…") == ()
    assert index.candidates("Iets heel anders dan wat er ook maar staat.") == ()


def test_the_index_follows_the_bank(bank: Bank) -> None:
    index = ReuseIndex.open(bank)
    bank.remove("oud")
    bank.add(document("later", "Een geheel nieuwe zin over de getijdenmolen bij Kerkeveer.", date=NEW))
    again = ReuseIndex.open(bank)
    assert again.candidates("een geheel nieuwe zin over de getijdenmolen")[0].document == "later"
    assert again.candidates(DIKES) == ()
    index.refresh()
    assert index.candidates("een geheel nieuwe zin over de getijdenmolen")[0].document == "later"


def test_many_small_additions_are_merged(tmp_path: Path) -> None:
    sentences = [f"Zin nummer {n} gaat over het onderhoud van brug {n} bij dorp {n}." for n in range(20)]
    with Bank.open(tmp_path, create=True) as bank:
        for n, sentence in enumerate(sentences):
            bank.add(document(f"d{n}", sentence, date=OLD))
            index = ReuseIndex.open(bank)
        assert index.sentences == 20
        assert len(list(tmp_path.glob("cache/reuse/*.runs.npy"))) <= 5
        assert [index.candidates(sentence)[0].document for sentence in sentences] == [f"d{n}" for n in range(20)]


@pytest.mark.parametrize("damage", ["manifest", "array", "gone"])
def test_a_damaged_index_is_made_again(bank: Bank, tmp_path: Path, damage: str) -> None:
    ReuseIndex.open(bank)
    array = next(tmp_path.glob("cache/reuse/*.runs.npy"))
    if damage == "manifest":
        (tmp_path / "cache" / "reuse" / "manifest.json").write_text("{", encoding="utf-8")
    elif damage == "array":
        array.write_bytes(array.read_bytes()[:-9])
    else:
        array.unlink()
    assert ReuseIndex.open(bank).candidates(DIKES)[0].passage == "oud#1"


def test_a_bank_that_cannot_be_written_to_is_indexed_in_memory(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bank, "cache_folder", None)
    assert ReuseIndex.open(bank).candidates(DIKES)[0].passage == "oud#1"


@given(st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee"]), max_size=12))
def test_a_text_has_a_run_for_every_four_words(found: list[str]) -> None:
    runs = {tuple(found[i : i + 4]) for i in range(max(len(found) - 3, 0))} or ({tuple(found)} if found else set())
    assert len(grams(found)) == len(runs)


def test_runs_never_cross_a_sentence() -> None:
    one = grams(["a", "b", "c", "d"])
    two = grams(["e", "f", "g"])
    hashes = np.array([word_hash(w) for w in "abcdefg"], dtype=np.uint64)
    runs, owner = runs_with_owner(hashes, np.array([0, 0, 0, 0, 1, 1, 1]))
    assert runs.tolist() == [*one.tolist(), *two.tolist()]
    assert owner.tolist() == [0, 1]
