"""What a question asks."""

from __future__ import annotations

import pytest

from answers_bank.documents import Question, SubQuestion
from answers_bank.dutch.clauses import clauses
from answers_bank.dutch.sentences import sentence_spans
from drafter.assembly.needs import Ask, ask_of, named_titles, needs, wants_separate_answers


def question(text: str) -> Question:
    spans = [span for span in sentence_spans(text) if text[slice(*span)].endswith("?")]
    parts = tuple(SubQuestion(None, text[slice(*span)], *span) for span in spans)
    return Question((1,), text, 0, len(text), sub_questions=parts if len(parts) > 1 else ())


@pytest.mark.parametrize(
    "text",
    [
        "Bent u bekend met het bericht ‘Molen draait achteruit’?",
        "Kent u de uitzending van Omroep Waterkant van 3 mei?",
        "Heeft u kennisgenomen van het onderzoeksrapport over de Zeedijk?",
        "Heeft u het krantenartikel over de Zeedijk gelezen?",
        "Bent u op de hoogte van de berichtgeving over de Zeedijk?",
        "Bent u ermee bekend dat er een rapport over de Zeedijk is, en met het bericht daarover?",
    ],
)
def test_acquaintance_with_a_publication(text: str) -> None:
    assert ask_of(text) is Ask.ACQUAINTANCE


@pytest.mark.parametrize(
    "text",
    [
        "Kunt u deze vragen afzonderlijk beantwoorden?",
        "Wilt u deze vragen één voor één en vóór het debat van 3 mei beantwoorden?",
        "Bent u bereid bovenstaande vragen binnen drie weken te beantwoorden?",
    ],
)
def test_procedure(text: str) -> None:
    assert ask_of(text) is Ask.PROCEDURE


@pytest.mark.parametrize(
    "text",
    [
        "Bent u bekend met het feit dat de gemeente eigenaar is van de molen?",
        "Hoeveel molens staan er in Terpdam?",
        "Hoe beantwoordt u de kritiek van omwonenden?",
        "Deelt u de mening dat het bericht onjuist is?",
    ],
)
def test_content(text: str) -> None:
    assert ask_of(text) is Ask.CONTENT


@pytest.mark.parametrize(
    "text", ["Wat is uw reactie op dit bericht?", "Hoe luidt uw oordeel over de zaak?", "Wat vindt u van het rapport?"]
)
def test_reaction_to_one_event(text: str) -> None:
    assert ask_of(text) is Ask.REACTION


def test_an_opinion_on_something_else_is_content() -> None:
    found = needs(question("Klopt het dat de molen te hard draait? Zo ja, wat vindt u daarvan?"))
    assert [need.ask for need in found] == [Ask.CONTENT, Ask.CONTENT]


def test_one_sentence_may_ask_several_things() -> None:
    text = "Welke regels gelden er voor molens, hoe wordt toezicht gehouden en welke straffen volgen bij overtreding?"
    assert clauses(text) == [
        "Welke regels gelden er voor molens",
        "hoe wordt toezicht gehouden",
        "welke straffen volgen bij overtreding?",
    ]


def test_a_list_in_a_question_is_no_list_of_questions() -> None:
    assert len(clauses("Welke molens staan er in Terpdam, Zandgat en Oosterhoek?")) == 1
    assert len(clauses("Wat betekent het rapport, waaruit blijkt dat de dijk zakt, voor de molens?")) == 1


def test_what_leans_is_searched_with_what_it_leans_on() -> None:
    found = needs(question("Bent u bereid de molens stil te zetten? Zo nee, waarom niet?"))
    assert [need.text for need in found] == ["Bent u bereid de molens stil te zetten?", "Zo nee, waarom niet?"]
    assert found[1].search == "Bent u bereid de molens stil te zetten? Zo nee, waarom niet?"
    assert [need.conditional for need in found] == [False, True]


def test_a_condition_with_a_question_of_its_own_is_not_conditional() -> None:
    found = needs(question("Is de molen veilig? Zo ja, wanneer is de laatste keuring van de wieken geweest?"))
    assert not found[1].conditional


def test_acquaintance_and_reaction_are_two_needs() -> None:
    found = needs(question("Kent u het bericht ‘Molen draait achteruit’ en wat is uw reactie daarop?"))
    assert [need.ask for need in found] == [Ask.ACQUAINTANCE, Ask.REACTION]


@pytest.mark.parametrize(
    ("text", "separate"),
    [
        ("Kunt u deze vragen afzonderlijk beantwoorden?", True),
        ("Wilt u deze vragen een voor een beantwoorden?", True),
        ("Kunt u deze vragen vóór het debat beantwoorden?", False),
        ("Kunt u per vraagstuk uitleggen wat u doet?", False),
    ],
)
def test_wish_for_separate_answers(text: str, separate: bool) -> None:
    assert wants_separate_answers((question(text),)) is separate


def test_titles_between_quotation_marks() -> None:
    titles = named_titles('Kent u ‘Molen draait achteruit!’ en "Dijk te laag", en de foto\'s?')
    assert titles == {"molen draait achteruit", "dijk te laag"}
