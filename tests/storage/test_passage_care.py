"""What is said of a standard passage stays with it, whatever wording is newest, and travels as rows."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Document
from answers_bank.reading.reader import read_bytes
from answers_bank.store.annotations.passage_care import (
    CareField,
    care_annotations,
    care_of,
    passage_cares,
    wording_key,
)
from answers_bank.store.bank import Bank
from drafter.checks import check_block
from drafter.checks.finding import Context
from drafter.tasks.upkeep.passage_care import find_passage, say_of_passage
from embeddings.errors import UsageError

NOW = datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC)
DAY = datetime.date(2031, 6, 1)
PASSAGE = "De Windautoriteit houdt toezicht op de draaiende delen van molens en kan een boete van {} euro opleggen."


def letter(number: int, text: str) -> Document:
    whole = f"Geachte voorzitter,\n\nOver molen {number} is gesproken met gemeente {number}.\n\n{text}\n"
    return read_bytes(whole.encode(), f"brief-{number}.txt")


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    bank = Bank.open(tmp_path / "bank", create=True)
    for number in (1, 2):
        bank.add(letter(number, PASSAGE.format("duizend")))
    return bank


@given(st.text(max_size=60), st.dates())
def test_what_is_said_reads_back(note: str, day: datetime.date) -> None:
    said = care_annotations("De molen draait.", {CareField.NOTE: note, CareField.REVIEW_BY: str(day)}, "", NOW)

    class Said:
        def all_about(self, about: object) -> object:
            return said

    (care,) = passage_cares(Said()).values()  # type: ignore[arg-type]
    assert (care.note, care.review_by, care.wording) == (note, day, "De molen draait.")
    assert care_of(["Iets anders.", "de molen  draait"], {care.key: care}) == care
    assert care.is_due(day)


def test_it_stays_with_the_passage_when_a_newer_wording_comes(bank: Bank) -> None:
    cluster = find_passage(bank, "brief-1#2")
    say_of_passage(bank, cluster, {CareField.OWNER: "Directie Wind", CareField.REVIEW_BY: "2031-05-01"}, "Anna", NOW)
    bank.add(letter(3, PASSAGE.format("tweeduizend")))
    again = find_passage(bank, "brief-3#2")
    assert len(again.variants) == 2
    say_of_passage(bank, again, {CareField.NOTE: "Bedrag nagaan."}, "Bram", NOW)
    (care,) = passage_cares(bank.annotations).values()
    assert (care.owner, care.note, care.review_by) == ("Directie Wind", "Bedrag nagaan.", datetime.date(2031, 5, 1))
    assert care.key == wording_key(PASSAGE.format("duizend"))
    assert bank.damage() == []


def test_a_draft_says_that_the_day_has_passed_and_whom_to_ask(bank: Bank) -> None:
    cluster = find_passage(bank, "brief-1#2")
    say_of_passage(bank, cluster, {CareField.OWNER: "Directie Wind", CareField.REVIEW_BY: "2031-05-01"}, "", NOW)
    edited = PASSAGE.format("drieduizend")
    for as_of, due in ((datetime.date(2031, 4, 30), False), (DAY, True)):
        found = check_block(edited, datetime.date(2030, 1, 1), Context(as_of, bank), only=["staleness"])
        assert [("Directie Wind" in one.message, one.is_warning) for one in found if one.rule == "review-due"] == (
            [(True, True)] if due else []
        )
    say_of_passage(bank, cluster, {CareField.REVIEW_BY: None}, "", NOW)
    found = check_block(edited, datetime.date(2030, 1, 1), Context(DAY, bank), only=["staleness"])
    assert not [one for one in found if one.rule == "review-due"]


@pytest.mark.parametrize("value", ["", "morgen", "x" * 600])
def test_a_value_that_is_none_is_refused(bank: Bank, value: str) -> None:
    with pytest.raises(UsageError):
        say_of_passage(bank, find_passage(bank, "brief-1#2"), {CareField.REVIEW_BY: value}, "", NOW)
    assert passage_cares(bank.annotations) == {}


def test_a_passage_that_is_none_is_said(bank: Bank) -> None:
    with pytest.raises(UsageError):
        find_passage(bank, "brief-1#1")
