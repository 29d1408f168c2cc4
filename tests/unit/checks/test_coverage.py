"""Coverage: is everything answered that was asked."""

import dataclasses
import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.encoder import TinyEncoder
from unit.checks.samples import LATER, WRITTEN, answered

from answers_bank.documents import Kind, Question, SubQuestion
from answers_bank.store.bank import Bank
from drafter.checks import check_answer, check_document
from drafter.checks.coverage.meaning import AnswerNearness
from drafter.checks.finding import Context, Severity
from drafter.dossier.findings.remarks import with_remarks
from drafter.dossier.value import Block, DraftAnswer, Origin

CONTEXT = Context(LATER)


def told(*pairs: tuple[str, str], **more) -> list[str]:
    found = check_document(answered(*pairs, **more), CONTEXT, ["coverage"])
    return [f.rule for f in found if f.severity is Severity.WARNING]


def test_answers_that_only_point_at_each_other() -> None:
    first, second = ("Hoe?", "Zie het antwoord op vraag 2."), ("En?", "Zie het antwoord op vraag 1.")
    assert told(first, second) == ["points-nowhere", "points-nowhere"]
    assert told(first, ("En?", "Zie het antwoord op vraag 3."), ("Dus?", "Vijf meter.")) == []
    assert told(("Hoe?", "Zie het vorige antwoord."), ("En?", "Zie het vorige antwoord: vijf.")) == ["points-nowhere"]


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


def test_what_would_follow_does_not_say_what_will_be_done() -> None:
    asked = question("Bent u bereid om het tarief van de veerdienst te verlagen?", "Hoeveel reizigers zijn er?")
    would, _ = check_answer(
        asked, "Als het tarief van de veerdienst wordt verlaagd, kost dat geld. Er zijn 40 reizigers."
    )
    assert not would.covered
    will, _ = check_answer(asked, "Ik ben bereid om het tarief van de veerdienst te verlagen. Er zijn 40 reizigers.")
    assert will.covered


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
    assert [(part.covered, part.doubtful, part.block) for part in meaning] == [(True, False, "a"), (False, True, "b")]
    assert meaning[1].sentence == texts[1]
    assert check_answer(asked, texts, ids, Seeing("sluis")) == words


def test_what_the_model_saw_holds_while_the_block_stays_as_it_is() -> None:
    asked = question("Hoe hoog is de dijk?", "Welke stappen zet u hiertegen?")
    said = "Stormvloeden worden buiten gehouden met een muur."
    origin = Origin("brief-1", "brief-1#1", 0, len(said), WRITTEN, said)
    answer = DraftAnswer((4,), (Block("b", said, origin),))
    drafted = with_remarks(answer, [asked], Context(LATER, near=Seeing("muur")))
    assert [part.doubtful for part in drafted.coverage] == [True, True]
    assert with_remarks(drafted, [asked], CONTEXT).coverage == drafted.coverage
    edited = dataclasses.replace(drafted, blocks=(Block("b", "Een muur.", origin),))
    assert [part.doubtful for part in with_remarks(edited, [asked], CONTEXT).coverage] == [False, False]


def test_nearness_takes_off_what_all_questions_share(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        near = AnswerNearness(bank, TinyEncoder())
        assert near.takes_up("dijk", []) is None
        assert near.takes_up("De dijk breekt.", ["Een ander verhaal.", "De dijk breekt."]) == 1


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


def shown(asked: str, *texts: str) -> list[tuple[str, str]]:
    """Of each part of a question what is said of it, and by which sentence."""
    found = check_answer(Question((1,), asked, 0, len(asked)), texts)
    return [("ja" if part.covered else "misschien" if part.doubtful else "nee", part.sentence) for part in found]


SANCTIONS = (
    "Welke verplichtingen gelden voor veerdiensten, hoe wordt toezicht gehouden op de dienstregeling, "
    "en welke sancties kunnen bij overtreding worden opgelegd?"
)
DUTIES = "Voor veerdiensten gelden de verplichtingen van de Wet op de veren."


def test_a_question_is_cut_where_it_asks_another_thing() -> None:
    said = shown(SANCTIONS, DUTIES)
    assert [state for state, _ in said] == ["ja", "nee", "nee"]
    assert said[0][1] == DUTIES


def test_an_unrelated_paragraph_clears_nothing() -> None:
    more = "De veerdiensten varen ook op zondag en vervoeren elk jaar vele reizigers naar de eilanden."
    assert [state for state, _ in shown(SANCTIONS, DUTIES, more)][2] == "nee"
    punished = "Bij overtreding kan de inspectie een boete of een andere sanctie opleggen."
    assert [state for state, _ in shown(SANCTIONS, DUTIES, more, punished)][2] == "ja"


@pytest.mark.parametrize(
    ("asked", "telling", "beside"),
    [
        ("Hoeveel sluizen zijn gekeurd?", "Er zijn 31 sluizen gekeurd.", "De sluizen zijn in mei gekeurd."),
        ("Hoe vaak is de brug gestremd?", "De brug is drie keer gestremd.", "De brug is door een storing gestremd."),
        ("Wanneer wordt de kade hersteld?", "De kade wordt in mei 2026 hersteld.", "De kade wordt geheel hersteld."),
        ("Wie controleert de ponten?", "De Inspectie Veren controleert de ponten.", "De ponten worden gecontroleerd."),
        ("Waarom is de pont gestopt?", "De pont is gestopt omdat de motor stuk was.", "De pont is in maart gestopt."),
        ("Hoeveel ponten zonken er?", "Hoeveel ponten zonken, is niet bekend.", "Ponten die zonken, worden geborgen."),
    ],
)  # fmt: skip
def test_the_sort_of_answer_counts(asked: str, telling: str, beside: str) -> None:
    assert shown(asked, telling) == [("ja", telling)]
    assert shown(asked, beside) == [("misschien", beside)]


def test_for_what_did_not_happen_nothing_is_asked() -> None:
    asked = "Bent u bereid de kade te herstellen, en zo ja, wanneer?"
    assert [state for state, _ in shown(asked, "Nee, de kade is sterk genoeg.")] == ["ja", "ja"]
    assert [state for state, _ in shown(asked, "Ja, daartoe ben ik bereid.")] == ["ja", "nee"]


def test_a_yes_to_something_else_is_for_the_user_to_judge() -> None:
    asked = "Wordt de kade bij Schorrenland hersteld?"
    said = shown(asked, "Ja, de wachttijden van het loket hebben mijn volle aandacht en worden besproken.")
    assert [state for state, _ in said] == ["misschien"]
