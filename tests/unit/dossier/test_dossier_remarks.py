"""What is said of a draft as a whole."""

from __future__ import annotations

import datetime

from answers_bank.documents import Document, Kind, Question
from drafter.checks.finding import Context
from drafter.dossier.findings.remarks import across
from drafter.dossier.value import Block, Dossier, DraftAnswer, Status

DAY = datetime.date(2026, 5, 20)
MOMENT = datetime.datetime(2026, 5, 20, tzinfo=datetime.UTC)


def dossier(asked: list[str], answers: list[tuple[tuple[int, ...], str]]) -> Dossier:
    questions = tuple(Question((n,), text, 0, len(text)) for n, text in enumerate(asked, 1))
    document = Document(
        id="vragen", sha256="", source="vragen.txt", kind=Kind.QUESTIONS, text="", subject="molens", questions=questions
    )
    drafted = tuple(
        DraftAnswer(numbers, (Block(f"b{n}", text, None),), Status.DRAFTED)
        for n, (numbers, text) in enumerate(answers, 1)
    )
    return Dossier("d", document, drafted, DAY, MOMENT, MOMENT)


MOLENS = ["Hoeveel molens zijn er in Terpdam?", "Hoe oud zijn ze?", "Kunt u deze vragen afzonderlijk beantwoorden?"]


def rules(checked: Dossier) -> list[str]:
    return [f.rule for answer in checked.answers for block in answer.blocks for f in block.findings]


def test_answers_combined_against_the_wish_of_the_members_are_told() -> None:
    combined = across(dossier(MOLENS, [((1, 2), "Er zijn twaalf molens uit 1780.")]), Context(DAY, None))
    assert "combined" in rules(combined)
    apart = across(dossier(MOLENS, [((1,), "Er zijn twaalf molens."), ((2,), "Uit 1780.")]), Context(DAY, None))
    assert "combined" not in rules(apart)


def test_a_draft_that_contradicts_itself_says_where() -> None:
    first = "De gemeente houdt de molens in goede staat."
    second = "In Terpdam staan twaalf molens, waarvan tien in het dorp en vier in de polder."
    checked = across(dossier(MOLENS[:2], [((1,), first), ((2,), second)]), Context(DAY, None))
    found = [(f, b) for a in checked.answers for b in a.blocks for f in b.findings if f.check == "consistency"]
    assert found
    for finding, block in found:
        assert " ".join(block.text[finding.start : finding.end].split()) == finding.quote


def test_a_rule_that_is_switched_off_says_nothing() -> None:
    context = Context(DAY, None, frozenset({"coverage", "consistency"}))
    assert rules(across(dossier(MOLENS, [((1, 2), "Er zijn twaalf molens uit 1780.")]), context)) == []
