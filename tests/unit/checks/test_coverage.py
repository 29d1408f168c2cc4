"""Coverage: is everything answered that was asked."""

import dataclasses
import datetime
from collections.abc import Sequence
from pathlib import Path

from support.encoder import TinyEncoder
from unit.checks.samples import LATER, WRITTEN, answered

from answers_bank.documents import Document, Kind, Question, SubQuestion
from answers_bank.store.bank import Bank
from drafter.checks import check_answer, check_document
from drafter.checks.coverage.meaning import AnswerNearness
from drafter.checks.finding import Context, Severity
from drafter.dossier.remarks import checked_again, with_remarks
from drafter.dossier.value import Block, DraftAnswer, Origin

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


def test_a_yes_or_no_in_other_words() -> None:
    asked = "Deelt u de mening dat de dijk hoger moet? Zo nee, waarom niet?"
    assert told((asked, "Die mening deel ik niet. De dijk is sterk.")) == ["follow-up"]
    assert told((asked, "Die mening deel ik niet, omdat de dijk sterk is.")) == []
    assert told((asked, "Die mening deel ik.")) == []


def test_zo_ja_wanneer_wants_a_moment() -> None:
    asked = "Bent u bereid de dijk te keuren? Zo ja, wanneer?"
    assert told((asked, "Ja, daar ben ik zeker toe bereid.")) == ["follow-up"]
    assert told((asked, "Ja, daar begin ik in maart 2026 mee.")) == []
    assert told((asked, "Ja. Zie het antwoord op vraag 2."), ("En?", "In mei.")) == []


def test_answers_that_only_point_at_each_other() -> None:
    first, second = ("Hoe?", "Zie het antwoord op vraag 2."), ("En?", "Zie het antwoord op vraag 1.")
    assert told(first, second) == ["points-nowhere", "points-nowhere"]
    assert told(first, ("En?", "Zie het antwoord op vraag 3."), ("Dus?", "Vijf meter.")) == []
    assert told(("Hoe?", "Zie het vorige antwoord."), ("En?", "Zie het vorige antwoord: vijf.")) == ["points-nowhere"]


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


class Seeing:
    """Takes a text up where it holds a word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def takes_up(self, asked: str, texts: Sequence[str]) -> int | None:
        return next((i for i, text in enumerate(texts) if self.word in text), None)


def test_meaning_settles_what_the_words_leave_open() -> None:
    asked = question("Hoe hoog is de dijk?", "Welke stappen zet u hiertegen?")
    texts, ids = ["De dijk is vijf meter hoog.", "Stormvloeden worden buiten gehouden met een muur."], ["a", "b"]
    words = check_answer(asked, texts, ids)
    assert [(part.covered, part.block) for part in words] == [(True, "a"), (False, None)]
    meaning = check_answer(asked, texts, ids, Seeing("muur"))
    assert [(part.covered, part.block) for part in meaning] == [(True, "a"), (True, "b")]
    assert check_answer(asked, texts, ids, Seeing("sluis")) == words


def test_what_the_model_saw_holds_while_the_block_stays_as_it_is() -> None:
    asked = question("Hoe hoog is de dijk?", "Welke stappen zet u hiertegen?")
    said = "Stormvloeden worden buiten gehouden met een muur."
    origin = Origin("brief-1", "brief-1#1", 0, len(said), WRITTEN, said)
    answer = DraftAnswer((4,), (Block("b", said, origin),))
    drafted = with_remarks(answer, [asked], Context(LATER, near=Seeing("muur")))
    assert [part.covered for part in drafted.coverage] == [True, True]
    assert checked_again(drafted, [asked], CONTEXT).coverage == drafted.coverage
    edited = dataclasses.replace(drafted, blocks=(Block("b", "Een muur.", origin),))
    assert [part.covered for part in checked_again(edited, [asked], CONTEXT).coverage] == [False, False]


def test_nearness_takes_off_what_all_questions_share(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        near = AnswerNearness(bank, TinyEncoder())
        assert near.takes_up("dijk", []) is None
        assert near.takes_up("De dijk breekt.", ["Een ander verhaal.", "De dijk breekt."]) == 1


SUBMITTED = datetime.date(2025, 2, 20)


def deferral(message: str, sent: datetime.date = WRITTEN) -> list[str]:
    text = "Vraag 1 Hoe? " + message
    written = Document(
        id="ah-2", sha256="x", source="x.txt", kind=Kind.DEFERRAL, text=text, submitted=SUBMITTED, received=sent,
        questions=(Question((1,), "Hoe?", 8, 12),),
    )  # fmt: skip
    return [f.rule for f in check_document(written, CONTEXT, ["coverage"])]


WHY = "vanwege afstemming met de waterschappen"


def test_a_deferral_says_why_and_until_when() -> None:
    late = "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord"
    assert deferral(f"{late}, {WHY}. U ontvangt de antwoorden uiterlijk 1 april 2025.") == []
    assert deferral(f"{late}. U ontvangt de antwoorden uiterlijk 1 april 2025.") == ["deferral-reason"]
    assert deferral(f"{late}, {WHY}. Ik antwoord zo spoedig mogelijk.") == ["deferral-date"]
    assert deferral(f"{late}, {WHY}. U ontvangt de antwoorden op 1 juni 2025.") == ["deferral-date"]
    assert deferral("De vragen zijn beantwoord in de brief van 7 maart 2025.") == []


def test_a_deferral_comes_within_three_weeks() -> None:
    told_late = deferral(f"Het lukt niet, {WHY}, voor 1 mei 2025.", datetime.date(2025, 3, 20))
    assert "deferral-late" in told_late
    assert "deferral-late" not in deferral(f"Het lukt niet, {WHY}, voor 1 april 2025.", datetime.date(2025, 3, 13))


def test_the_bank_knows_of_a_deferral(tmp_path: Path) -> None:
    late = dataclasses.replace(
        answered(("Hoe?", "Zo."), submitted=datetime.date(2025, 2, 10)), case_number="2025Z00001"
    )
    put_off = dataclasses.replace(late, id="ah-2", sha256="y", kind=Kind.DEFERRAL, aanhangsel=None)
    with Bank.open(tmp_path / "bank", create=True) as bank:
        context = Context(LATER, bank)
        assert [f.rule for f in check_document(late, context, ["coverage"])] == ["term"]
        bank.add(put_off)
        assert check_document(late, context, ["coverage"]) == ()
