"""The consistency check: an invented document against an invented bank, and against itself."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from answers_bank.documents import Answer, Document, Kind, Passage, Question
from answers_bank.store.bank import Bank
from drafter.checks import check_document
from drafter.checks.finding import Context, Finding, Severity

OLD, MIDDLE, NEW = datetime.date(2030, 3, 1), datetime.date(2031, 3, 1), datetime.date(2032, 3, 1)


def answer(
    identifier: str, date: datetime.date, *paragraphs: str, question: str = "Wat is daarop uw antwoord?"
) -> Document:
    text = f"Vraag 1\n\n{question}\n\nAntwoord\n\n"
    asked = Question((1,), question, text.index(question), text.index(question) + len(question))
    passages = []
    for paragraph in paragraphs:
        passages.append(Passage(paragraph, len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    return Document(
        id=identifier,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source=f"{identifier}.txt",
        kind=Kind.ANSWER,
        text=text,
        received=date,
        questions=(asked,),
        answers=(Answer((1,), tuple(passages)),),
    )


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        yield bank


def check(document: Document, bank: Bank | None = None) -> tuple[Finding, ...]:
    found = check_document(document, Context(NEW, bank), only=["consistency"])
    for one in found:
        assert " ".join(document.text[one.start : one.end].split()) == one.quote
        assert one.evidence
    return found


SAID = "De Dienst Wadden beslist in alle gevallen binnen vier weken op een aanvraag van een mosselkweker."
SAYS = "De Dienst Wadden beslist in alle gevallen binnen zes weken op een aanvraag van een mosselkweker."


def test_another_term_than_an_older_answer(bank: Bank) -> None:
    bank.add(answer("oud", OLD, SAID))
    (one,) = check(answer("nieuw", NEW, SAYS), bank)
    assert (one.rule, one.quote, one.severity) == ("term", "zes weken", Severity.WARNING)
    assert (one.evidence[0].document, one.evidence[0].date, one.evidence[0].quote) == ("oud", OLD, SAID)
    assert "(ouder)" in one.message
    assert one.question == 1


def test_the_newer_document_is_called_newer(bank: Bank) -> None:
    bank.add(answer("nieuw", NEW, SAYS))
    (one,) = check(answer("oud", OLD, SAID), bank)
    assert (one.quote, one.evidence[0].quote) == ("vier weken", SAYS)
    assert "(nieuwer)" in one.message


def test_history_is_silent_where_the_newest_document_says_the_same(bank: Bank) -> None:
    bank.add(answer("oud", OLD, SAID))
    bank.add(answer("later", MIDDLE, SAYS))
    assert check(answer("nieuw", NEW, SAYS), bank) == ()


def test_a_document_does_not_contradict_its_own_copy_in_the_bank(bank: Bank) -> None:
    document = answer("zelf", NEW, SAYS)
    bank.add(document)
    assert check(document, bank) == ()


def two_answers(first: str, second: str) -> Document:
    """A set of two questions."""
    one = answer("zelf", NEW, first)
    text = f"{one.text}Antwoord 2\n\n{second}\n\n"
    passage = Passage(second, text.rindex(second), text.rindex(second) + len(second))
    return dataclasses.replace(one, text=text, answers=(*one.answers, Answer((2,), (passage,))))


def test_two_answers_of_one_set_that_differ() -> None:
    (one,) = check(two_answers(SAYS, SAID))
    assert (one.rule, one.quote, one.evidence[0].quote) == ("term", "vier weken", SAYS)
    assert "elders in dit stuk" in one.message


def test_figures_of_two_places_or_years_may_both_hold() -> None:
    said = "In {} zijn in {} meer dan {} meldingen van verdwaalde zeehonden binnengekomen."
    for first, second in (
        (("Duinland", 2031, 12), ("Wadland", 2031, 14)),
        (("Duinland", 2030, 12), ("Duinland", 2031, 14)),
    ):
        assert check(two_answers(said.format(*first), said.format(*second))) == ()


def test_a_list_in_one_answer_is_no_contradiction() -> None:
    assert check(answer("zelf", NEW, SAYS, SAID)) == ()


def test_other_words_for_the_same_are_left_alone(bank: Bank) -> None:
    bank.add(answer("oud", OLD, SAID))
    same = "De Dienst Wadden beslist in alle gevallen binnen 4 weken op een aanvraag van een mosselkweker."
    assert check(answer("nieuw", NEW, same), bank) == ()


def test_a_study_that_was_running_cannot_be_in_preparation_later(bank: Bank) -> None:
    bank.add(answer("oud", OLD, "Op dit moment voert het Windinstituut een evaluatie uit van de Wet draaiende delen."))
    found = check(answer("nieuw", NEW, "De evaluatie van de Wet draaiende delen is nog in voorbereiding."), bank)
    (one,) = [one for one in found if one.rule == "timeline"]
    assert one.severity is Severity.WARNING
    assert "volgorde" in one.message


def test_a_study_that_was_running_and_is_finished_is_the_course_of_things(bank: Bank) -> None:
    bank.add(answer("oud", OLD, "Op dit moment voert het Windinstituut een evaluatie uit van de Wet draaiende delen."))
    found = check(answer("nieuw", NEW, "De evaluatie van de Wet draaiende delen is afgerond."), bank)
    assert {one.severity for one in found} <= {Severity.INFO}


def test_an_older_document_is_told_how_it_went_on(bank: Bank) -> None:
    bank.add(answer("nieuw", NEW, "De evaluatie van de Wet draaiende delen is afgerond."))
    found = check(answer("oud", OLD, "De evaluatie van de Wet draaiende delen is nog in voorbereiding."), bank)
    (one,) = found
    assert one.rule in ("timeline", "status")
    assert one.severity is Severity.WARNING
    assert "(nieuwer)" in one.message


def test_without_a_bank_ordinary_text_is_silent() -> None:
    assert check(answer("stuk", NEW, SAID, "Ik zie geen aanleiding voor nader onderzoek.")) == ()
