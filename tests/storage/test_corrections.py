"""What a person corrects of a document goes before what is read, and stays when the document is read again."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bank_samples import make_document
from support.encoder import TinyEncoder

from answers_bank.documents import Detail, Kind, OfficeHolder, ReadWarning
from answers_bank.filling.filling import encode, ingest, rebuild
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.annotations.corrections import checked_value, corrected, read_value
from answers_bank.store.bank import Bank
from answers_bank.store.connection import FILE_NAME
from answers_bank.store.stored import Filters
from embeddings.errors import UsageError

MOMENT = datetime.datetime(2031, 6, 1, 12, tzinfo=datetime.UTC)
NAMES = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters=";"), min_size=1).filter(
    lambda text: bool(text.strip()) and len(text) < 400
)
VALUES = {
    Detail.DATE: st.dates().map(str),
    Detail.TITLE: NAMES,
    Detail.SIGNER: st.lists(NAMES, min_size=1, max_size=3).map("; ".join),
    Detail.PORTFOLIO: st.lists(NAMES, min_size=1, max_size=3).map("; ".join),
    Detail.KIND: st.sampled_from([kind.value for kind in Kind]),
}


def said(detail: Detail, value: str | None, subject: str = "d1", minutes: int = 0, by: str = "Anna") -> Annotation:
    at = MOMENT + datetime.timedelta(minutes=minutes)
    return Annotation(About.DOCUMENT, subject, detail.value, value, by, at)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    bank = Bank.open(tmp_path / "bank", create=True)
    for number in (1, 2):
        bank.add(make_document(f"d{number}", number=number))
    encode(bank, TinyEncoder())
    return bank


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_every_detail_reads_back_as_it_was_corrected(values: dict[Detail, str]) -> None:
    document = make_document()
    result = corrected(document, [said(detail, value) for detail, value in values.items()])
    for detail in Detail:
        known = values.get(detail)
        if known is not None:
            assert read_value(result, detail) == checked_value(detail, known)
        elif detail not in (Detail.SIGNER, Detail.PORTFOLIO):  # fewer signers: fewer portfolios
            assert read_value(result, detail) == read_value(document, detail)
    assert {one.detail: one.read for one in result.corrections} == {d: read_value(document, d) for d in values}
    assert (result.text, result.questions, result.answers, result.id) == (
        document.text,
        document.questions,
        document.answers,
        document.id,
    )


def test_a_correction_shows_everywhere_and_can_be_taken_back(bank: Bank) -> None:
    before = bank.document("d1")
    bank.annotate([said(Detail.DATE, "2030-02-03"), said(Detail.TITLE, "Het juiste onderwerp")])
    assert bank.document("d1").date == datetime.date(2030, 2, 3)
    (summary,) = bank.summaries_of(["d1"]).values()
    assert (summary.title, summary.date) == ("Het juiste onderwerp", datetime.date(2030, 2, 3))
    assert summary.corrected == ("date", "title")
    assert not any(one.corrected for one in bank.documents() if one.id == "d2")
    assert {p.date for p in bank.passages("d1")} == {datetime.date(2030, 2, 3)}
    assert [d.id for d in bank.documents(Filters(before=datetime.date(2030, 3, 1)))] == ["d1"]
    assert bank.as_read("d1") == before
    assert bank.damage() == []
    bank.annotate([said(Detail.DATE, None, minutes=1), said(Detail.TITLE, None, minutes=1)])
    assert bank.document("d1") == before
    assert bank.damage() == []


def test_it_stays_when_the_document_is_read_again(bank: Bank) -> None:
    bank.annotate([said(Detail.TITLE, "Het juiste onderwerp")])
    assert bank.add(make_document("d1", number=1)) == "unchanged"
    assert bank.add(make_document("d1", number=1, url="https://example.org")) == "updated"
    assert bank.document("d1").title == "Het juiste onderwerp"
    rebuild(bank, TinyEncoder())
    assert bank.document("d1").title == "Het juiste onderwerp"
    assert bank.damage() == []


def test_a_date_needs_no_new_vectors_and_a_title_only_those_of_the_questions(bank: Bank) -> None:
    bank.annotate([said(Detail.DATE, "2030-02-03")])
    assert bank.vectors.waiting() == 0
    bank.annotate([said(Detail.TITLE, "Het juiste onderwerp")])
    assert bank.vectors.waiting() == 2


def test_a_file_that_is_read_again_stays_corrected_and_one_that_became_another_document_does_not(
    tmp_path: Path,
) -> None:
    file = tmp_path / "brief.txt"
    text = "Geachte voorzitter,\n\nDe Toeterfabriek blijft open. {}\n\nHet besluit volgt in het najaar, na overleg.\n"
    file.write_text(text.format("Dat is besloten."), "utf-8")
    with Bank.open(tmp_path / "bank", create=True) as bank:
        ingest(bank, [file])
        (document,) = bank.documents()
        bank.annotate([said(Detail.DATE, "2030-02-03", document.id)])
        file.write_text(text.format("Dat is nu zeker."), "utf-8")
        assert ingest(bank, [file]).updated == 1
        assert bank.document(document.id).date == datetime.date(2030, 2, 3)
        file.write_text("Beste collega,\n\nDit is een heel ander stuk over de veerpont naar het eiland.\n", "utf-8")
        assert ingest(bank, [file]).updated == 1
        assert bank.document(document.id).date is None
        assert bank.damage() == []


def test_what_is_removed_takes_its_corrections_along(bank: Bank) -> None:
    bank.annotate([said(Detail.DATE, "2030-02-03")])
    bank.remove("d1")
    bank.add(make_document("d1", number=1))
    assert not bank.document("d1").corrections
    assert bank.damage() == []


def test_a_document_that_is_not_there_cannot_be_corrected_and_nothing_else_is_then(bank: Bank) -> None:
    with pytest.raises(KeyError):
        bank.annotate([said(Detail.DATE, "2030-02-03"), said(Detail.DATE, "2030-02-03", "d9")])
    assert not bank.document("d1").corrections


def test_who_speaks_last_here_is_heard_whatever_the_clock_says(bank: Bank) -> None:
    bank.annotate([said(Detail.TITLE, "Eerst", minutes=60)])
    bank.annotate([said(Detail.TITLE, "Daarna")])
    assert bank.document("d1").title == "Daarna"


@given(order=st.permutations(range(4)))
def test_all_banks_end_alike_in_whatever_order_they_hear(
    order: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    heard = [
        said(Detail.TITLE, "A", minutes=1),
        said(Detail.TITLE, "B", minutes=3),
        said(Detail.TITLE, "C", minutes=3, by="Bram"),
        said(Detail.DATE, None, minutes=2),
    ]
    with Bank.open(tmp_path_factory.mktemp("bank"), create=True) as bank:
        bank.take_over([heard[order[0]]])  # before the document is there
        bank.add(make_document("d1"))
        for place in order[1:]:
            bank.take_over([heard[place]])
        assert bank.document("d1").title == "C"
        assert bank.take_over(heard) == 0
        assert [one.value for _, one in bank.annotations.since(0) if one.field == "title"] == ["C"]
        assert bank.damage() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE annotation SET value = '2001-01-01'",
        "DELETE FROM annotation",
        "INSERT INTO annotation VALUES ('document', 'd2', 'title', 'X', '', '2031', 1)",
    ],
)
def test_what_the_program_did_not_write_is_found(bank: Bank, change: str) -> None:
    bank.annotate([said(Detail.DATE, "2030-02-03")])
    with closing(sqlite3.connect(bank.folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute(change)
    assert bank.damage()


@pytest.mark.parametrize(
    "typed", ["2025-12-31", "31-12-2025", "31/12/2025", "31.12.2025", " 31 december 2025", "31 dec. 2025", "20251231"]
)
def test_a_day_may_be_typed_as_it_is_written(typed: str) -> None:
    assert checked_value(Detail.DATE, typed) == "2025-12-31"


@pytest.mark.parametrize(
    ("detail", "typed"),
    [
        (Detail.DATE, "31 maart"),
        (Detail.DATE, "31-12-25"),
        (Detail.DATE, "12-31-2025"),
        (Detail.DATE, "2024-02-30"),
        (Detail.KIND, "briefje"),
        (Detail.TITLE, "  "),
        (Detail.TITLE, "x" * 600),
        (Detail.TITLE, "a\x1b[31m"),
        (Detail.SIGNER, " ; ;"),
    ],
)
def test_a_value_that_is_none_is_refused(detail: Detail, typed: str) -> None:
    with pytest.raises(UsageError):
        checked_value(detail, typed)


def test_what_is_not_understood_here_is_passed_over() -> None:
    document = make_document()
    newer = Annotation(About.DOCUMENT, "doc-1", "colour", "blauw", "", MOMENT)
    assert corrected(document, [newer, said(Detail.DATE, "geen datum")]) == document


def test_the_date_of_bare_questions_is_when_they_were_put_and_a_year_follows_the_date() -> None:
    document = make_document(kind=Kind.QUESTIONS, received=None, aanhangsel=None)
    result = corrected(document, [said(Detail.DATE, "2030-10-03")])
    assert (result.submitted, result.received, result.session_year) == (datetime.date(2030, 10, 3), None, "2030-2031")


def test_a_corrected_date_settles_the_doubt_about_it() -> None:
    doubts = (ReadWarning("no-date", "Geen datum."), ReadWarning("order", "Volgorde."))
    result = corrected(make_document(received=None, warnings=doubts), [said(Detail.DATE, "2030-10-03")])
    assert [warning.code for warning in result.warnings] == ["order"]


def test_a_signer_keeps_office_and_portfolio_and_a_portfolio_needs_no_signer() -> None:
    document = make_document(ministers=(OfficeHolder("Van Wind", "Wind en Water", "minister"),))
    result = corrected(document, [said(Detail.SIGNER, "Duinstra")])
    assert result.ministers == (OfficeHolder("Duinstra", "Wind en Water", "minister"),)
    nobody = corrected(make_document(ministers=()), [said(Detail.PORTFOLIO, "Wind en Water")])
    assert nobody.ministers == (OfficeHolder(None, "Wind en Water"),)
