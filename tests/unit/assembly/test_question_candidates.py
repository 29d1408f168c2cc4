"""What asks the same, and what is compared with the bank."""

from __future__ import annotations

from answers_bank.documents import Question
from drafter.assembly.needs import needs
from drafter.assembly.question_candidates import asked_texts, asks_the_same


def test_the_same_question_in_other_order() -> None:
    asked = "Hoeveel molens staan er in Terpdam en hoe oud zijn die molens?"
    assert asks_the_same(asked, "Hoe oud zijn de molens in Terpdam en hoeveel molens staan er?")
    assert not asks_the_same(asked, "Hoeveel kost het onderhoud van de dijk bij Zandgat per jaar?")
    assert not asks_the_same("Deelt u deze mening?", "Deelt u deze mening?")


def test_a_question_is_compared_with_its_subject_alone_and_in_parts() -> None:
    question = Question((1,), "Welke eisen gelden er voor molens, en wie houdt daar toezicht op?", 0, 66)
    whole, alone, *parts = asked_texts(question, "De molens van Terpdam", needs(question))
    assert whole == f"De molens van Terpdam {alone}"
    assert alone == question.text
    assert any(part.endswith("wie houdt daar toezicht op?") for part in parts)


def test_a_question_of_one_part_is_compared_once() -> None:
    question = Question((1,), "Hoeveel molens staan er in Terpdam?", 0, 35)
    assert asked_texts(question, "", needs(question)) == [question.text] * 2
