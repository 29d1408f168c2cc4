"""A document's own number finds it first, however it is written, above the documents that cite it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.bank_samples import make_document, make_letter
from support.encoder import TinyEncoder

from answers_bank.documents import Answer, Kind, Passage
from answers_bank.filling.encoding import encode_waiting
from answers_bank.store.bank import Bank
from answers_bank.store.stored import Filters
from drafter.search.named_documents import named_documents
from drafter.search.searcher import Searcher
from drafter.search.values import Mode, SearchQuery

CITES = (
    "Zie het antwoord op de vragen met nummer 2031Z00001, Aanhangsel Handelingen 2030-2031, nr. 101, "
    "ah-tk-20302031-101, en de brief (Kamerstuk 99123, nr. 7, kst-99123-7)."
)
CASE = ("2031Z00001", "2031z00001", " 2031 Z 00001 ", "zaak 2031Z00001", "wat staat er in 2031Z00001?")
ANSWER = (
    "ah-tk-20302031-101",
    "AH-TK-20302031-101",
    "Aanhangsel Handelingen 2030-2031, nr. 101",
    "Aanhangsel van de Handelingen II, vergaderjaar 2030–2031, nr. 101",
    "Aanhangsel Handelingen II 2030/31, nr. 101",
    "Aanh. Hand. 2030/31, 101",
    "aanhangsel 101",
    "2030-2031, nr. 101",
    "https://zoek.example/ah-tk-20302031-101.html",
)
LETTER = (
    "kst-99123-7",
    "KST-99123-7",
    "Kamerstuk 99123, nr. 7",
    "kamerstukken II 2031/32, 99 123, nr. 7",
    "99123-7",
    "99 123 nr 7",
    "99.123, nr. 7",
)


@pytest.fixture
def bank(tmp_path: Path, encoder: TinyEncoder) -> Iterator[Bank]:
    citing = make_document("ah-citing", number=9, received=datetime.date(2033, 1, 1))
    text = citing.text + CITES
    answers = (*citing.answers, Answer((3,), (Passage(CITES, len(citing.text), len(text)),)))
    questions = make_document("kv-1", number=4, kind=Kind.QUESTIONS, answers=(), case_number="2032Z00004")
    budget = make_letter("begroting", dossier="36410 XIII", dossier_number="5", received=datetime.date(2032, 1, 1))
    with Bank.open(tmp_path / "bank", create=True) as bank:
        for document in (
            make_document("ah-tk-20302031-101", number=1),
            make_letter("kst-99123-7"),
            make_document("ander-stuk", number=2, document_number="2031D00017"),
            questions,
            budget,
        ):
            bank.add(document)
        bank.add(
            type(citing)(**{**{f: getattr(citing, f) for f in citing.__slots__}, "text": text, "answers": answers})
        )
        encode_waiting(bank, encoder)
        yield bank


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    ("text", "wanted"),
    [*((t, "ah-tk-20302031-101") for t in (*CASE, *ANSWER)), *((t, "kst-99123-7") for t in LETTER)],
)
def test_a_number_in_any_spelling_and_mode(
    bank: Bank, encoder: TinyEncoder, text: str, wanted: str, mode: Mode
) -> None:
    results = Searcher(bank, encoder).search(SearchQuery(text, mode=mode))
    assert results[0].document == wanted
    assert results[0].score == 1.0
    assert "dit nummer" in results[0].why
    documents = list(dict.fromkeys(result.document for result in results))
    assert documents[0] == wanted
    assert [result.rank for result in results] == list(range(1, len(results) + 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2031D00017", "ander-stuk"),
        ("Kamerstuk 36410 XIII, nr. 5", "begroting"),
        ("36 410 xiii nr. 5", "begroting"),
        ("kst-36410-XIII-5", "begroting"),
        ("kv-1", "kv-1"),
    ],
)
def test_other_numbers(bank: Bank, text: str, wanted: str) -> None:
    assert [summary.id for summary in named_documents(bank, text)] == [wanted]


def test_the_units_of_the_document_come_in_its_own_order(bank: Bank) -> None:
    results = Searcher(bank).search(SearchQuery("2031Z00001"))
    own = [result.numbers for result in results if result.document == "ah-tk-20302031-101"]
    assert own == [(1,), (2,)]


def test_questions_without_an_answer_are_found_by_their_number(bank: Bank) -> None:
    (first, *_) = Searcher(bank).search(SearchQuery("2032Z00004"))
    assert first.document == "kv-1"
    assert "zonder antwoord" in first.why
    assert first.passages[0].text.startswith("Bent u bekend")


@pytest.mark.parametrize(
    "text",
    [
        "molens",
        "nr. 7",
        "In 2031 zijn er 7 molens bij gekomen, klopt dat?",
        "Waarom heeft de minister in Kamerstuk 99123, nr. 7 gezegd dat windmolens boven water niet worden gekeurd?",
        "101 dalmatiërs",
        "2031Z99999",
    ],
)
def test_what_names_no_document_or_only_cites_one(bank: Bank, text: str) -> None:
    assert named_documents(bank, text) == ()


def test_filters_dates_and_exclusion_go_before_a_number(bank: Bank) -> None:
    searcher = Searcher(bank)
    for query in (
        SearchQuery("2031Z00001", before=datetime.date(2031, 1, 1)),
        SearchQuery("2031Z00001", filters=Filters(after=datetime.date(2032, 6, 1))),
        SearchQuery("2031Z00001", exclude=frozenset({"ah-tk-20302031-101"})),
        SearchQuery("2032Z00004", exclude=frozenset({"kv-1"})),
        SearchQuery("2032Z00004", before=datetime.date(2031, 1, 1)),
    ):
        assert not any("dit nummer" in result.why for result in searcher.search(query))


def test_a_search_that_is_not_by_number(bank: Bank) -> None:
    results = Searcher(bank).search(SearchQuery("2032Z00004 2031Z00001 molens", by_number=False))
    assert not any("dit nummer" in result.why for result in results)


def test_what_has_no_date_is_found_where_that_is_asked(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "los", create=True) as bank:
        bank.add(make_letter("brief-zonder-datum", received=None))
        searcher = Searcher(bank)
        day = datetime.date(2040, 1, 1)
        assert searcher.search(SearchQuery("windmolens gekeurd", before=day)) == ()
        (result, *_) = searcher.search(SearchQuery("windmolens gekeurd", before=day, undated=True))
        assert result.document == "brief-zonder-datum"
