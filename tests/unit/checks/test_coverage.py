"""Coverage: is everything answered that was asked."""

import datetime

from unit.checks.samples import LATER, WRITTEN, answered

from answers_bank.documents import Question, SubQuestion
from drafter.checks import check_answer, check_document
from drafter.checks.finding import Context, Severity

CONTEXT = Context(LATER)


def told(*pairs: tuple[str, str], **more) -> list[str]:
    found = check_document(answered(*pairs, **more), CONTEXT, ["coverage"])
    return [f.rule for f in found if f.severity is Severity.WARNING]


def test_a_question_without_an_answer() -> None:
    assert told(("Hoe hoog is de dijk?", "Vijf meter."), ("En de kade?", "")) == ["no-answer"]


def test_zo_nee_waarom_niet() -> None:
    assert told(("Bent u bereid dit te doen? Zo nee, waarom niet?", "Nee.")) == ["follow-up"]
    assert told(("Bent u bereid dit te doen? Zo nee, waarom niet?", "Ja.")) == []
    assert (
        told(("Bent u bereid? Zo nee, waarom niet?", "Nee, omdat de dijk al hoog genoeg is voor de komende storm."))
        == []
    )


def test_an_answer_that_points_nowhere() -> None:
    assert told(("Hoe?", "Zie het antwoord op vraag 7.")) == ["points-nowhere"]
    assert told(("Hoe?", "Zo."), ("En?", "Zie het antwoord op vraag 1.")) == []
    assert told(("Hoe?", "Zie het antwoord op vraag 7 van het lid De Boei.")) == []


def test_combined_against_the_wish() -> None:
    pairs = (
        ("Hoe?", "Zo en zo."),
        ("Waarom?", ""),
        ("Kunt u deze vragen afzonderlijk beantwoorden?", "Nee, dat kon niet."),
    )
    assert told(*pairs, combined={1: (1, 2)}) == ["combined"]


def test_a_refusal_needs_a_ground() -> None:
    assert told(("Hoe?", "Hierover doe ik geen uitspraken.")) == ["refusal"]
    assert told(("Hoe?", "Het onderzoek loopt. Hierover doe ik geen uitspraken.")) == []


def test_the_term() -> None:
    late = answered(("Hoe?", "Zo."), submitted=WRITTEN - datetime.timedelta(days=40))
    assert [f.rule for f in check_document(late, CONTEXT, ["coverage"])] == ["term"]
    in_time = answered(("Hoe?", "Zo."), submitted=WRITTEN - datetime.timedelta(days=20))
    assert check_document(in_time, CONTEXT, ["coverage"]) == ()


def question(*parts: str) -> Question:
    text = " ".join(parts)
    subs, at = [], 0
    for part in parts:
        subs.append(SubQuestion(None, part, at, at + len(part)))
        at += len(part) + 1
    return Question((4,), text, 0, len(text), sub_questions=tuple(subs))


def test_sub_questions_find_their_block() -> None:
    asked = question("Hoeveel sluizen worden er vernieuwd?", "Waarom duurt de bouw van de kering zo lang?")
    first, second = check_answer(
        asked,
        ["Er worden twaalf sluizen vernieuwd.", "De bouw van de kering duurt lang omdat de bodem zacht is."],
        ["b1", "b2"],
    )
    assert (first.covered, first.block) == (True, "b1")
    assert (second.covered, second.block) == (True, "b2")
    _, missing = check_answer(asked, "Er worden twaalf sluizen vernieuwd.")
    assert not missing.covered


def test_a_branch_not_taken_needs_no_answer() -> None:
    asked = question("Bent u bereid de kering te sluiten?", "Zo nee, waarom niet?")
    assert all(part.covered for part in check_answer(asked, "Ja, daartoe ben ik bereid."))


def test_an_empty_answer_covers_nothing() -> None:
    assert not any(part.covered for part in check_answer(question("Hoeveel sluizen zijn er?"), []))
