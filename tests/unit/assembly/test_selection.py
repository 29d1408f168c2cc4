"""Which passages go under which question."""

from __future__ import annotations

import dataclasses
import datetime

from answers_bank.documents import Question
from drafter.assembly.excerpts import Excerpt
from drafter.assembly.needs import Ask, Need
from drafter.assembly.question_candidates import PassageGroup, QuestionCandidates
from drafter.assembly.selection import select
from drafter.search.values import FoundPassage, SearchResult
from tests.unit.assembly.passages import passage

DAY = datetime.date(2025, 5, 1)


def group(name: str, text: str, *worth: float) -> PassageGroup:
    found = FoundPassage(passage(f"{name}#1", name, DAY, text), 0.5)
    result = SearchResult(1, 0.5, {"sum": 1.0}, name, name, DAY, (1,), "", None, (found,), None, None, "")
    return PassageGroup((Excerpt(found.passage),), worth, result, near=0.5)


def candidates(number: int, groups: list[PassageGroup], needs: int = 1, has_source: bool = True) -> QuestionCandidates:
    question = Question((number,), "Vraag?", 0, 6)
    asked = tuple(Need(None, f"deel {n}", f"deel {n}", Ask.CONTENT) for n in range(needs))
    return QuestionCandidates((question,), asked, (number,) * needs, tuple(groups), None, has_source)


def chosen(*gathered: QuestionCandidates) -> list[list[str]]:
    return [[u.excerpts[0].passage.document for u in answering.chosen] for answering in select(gathered)]


MOLEN = "De molen in Terpdam draait sinds dit voorjaar weer elke dag van acht tot zes uur."
DIJK = "De dijk bij Zandgat wordt in drie jaar tijd over twaalf kilometer verhoogd en verbreed."


def test_without_a_source_a_question_stays_empty() -> None:
    assert chosen(candidates(1, [group("a", MOLEN, 0.2)], has_source=False)) == [[]]


def test_a_passage_goes_where_it_is_of_most_use() -> None:
    first = [group("a", MOLEN, 0.4), group("b", DIJK, 0.9)]
    second = [group("a", MOLEN, 0.9), group("b", DIJK, 0.4)]
    assert chosen(candidates(1, first), candidates(2, second)) == [["b"], ["a"]]


def test_no_passage_stands_twice_and_the_other_question_says_where_it_is() -> None:
    answers = select([candidates(1, [group("a", MOLEN, 0.9)]), candidates(2, [group("a", MOLEN, 0.8)])])
    assert [len(answering.chosen) for answering in answers] == [1, 0]
    assert answers[1].elsewhere == {1}


def test_all_that_is_asked_is_covered() -> None:
    groups = [group("a", MOLEN, 0.9, -1.0), group("b", DIJK, -1.0, 0.6)]
    assert sorted(chosen(candidates(1, groups, needs=2))[0]) == ["a", "b"]


def test_the_order_of_what_was_found_does_not_matter() -> None:
    groups = [
        group("a", MOLEN, 0.9),
        group("b", DIJK, 0.8),
        group("c", "Het veer vaart weer, van april tot oktober.", 0.7),
    ]
    assert sorted(chosen(candidates(1, groups))[0]) == sorted(chosen(candidates(1, groups[::-1]))[0])


def test_an_answer_has_a_greatest_length() -> None:
    long = [group(str(n), " ".join(f"woord{n}x{m}" for m in range(150)), 0.9) for n in range(6)]
    assert len(chosen(candidates(1, long))[0]) == 2


def test_a_passage_near_every_question_goes_where_it_stands_out() -> None:
    """The first question is near everything: that gives it no claim on what the second has nothing else for."""
    general = [group(name, f"Over {name} is veel te zeggen, zoals eerder is gedaan.", 1.0) for name in "cdefg"]
    first = [group("a", MOLEN, 1.0), group("b", DIJK, 1.1), *general]
    second = [group("a", MOLEN, 0.9), group("h", "Het veer vaart weer, van april tot oktober.", 0.3)]
    placed = chosen(candidates(1, first), candidates(2, second))
    assert "a" in placed[1]
    assert "a" not in placed[0]


def test_the_same_passage_in_other_company_stands_once() -> None:
    text = "De gemeente houdt toezicht op de sluizen en meldt storingen aan de provincie Zandgat."
    variant = "De gemeente houdt toezicht op de sluizen. Wie een storing ziet kan die melden bij de provincie."
    one = [group("v", variant, 0.9), group("t", text, 0.5)]
    other = [group("t", text, 0.9)]
    placed = chosen(candidates(1, one), candidates(2, other))
    assert sum("t" in names for names in placed) == 1


def test_what_lies_far_from_the_question_is_left_out() -> None:
    far = dataclasses.replace(group("a", MOLEN, 0.9), near=-0.5)
    assert chosen(candidates(1, [far, group("b", DIJK, 0.5)])) == [["b"]]


def test_a_question_that_the_bank_hardly_knows_gets_a_short_answer() -> None:
    long = [group(str(n), " ".join(f"woord{n}x{m}" for m in range(70)), 0.9) for n in range(6)]
    weak = dataclasses.replace(candidates(1, long), nearest=-0.02)
    sure = dataclasses.replace(candidates(1, long), nearest=0.4)
    assert len(chosen(weak)[0]) < len(chosen(sure)[0])


def test_an_answer_to_the_same_question_goes_first() -> None:
    whole = dataclasses.replace(group("a", MOLEN, 2.0), whole=True)
    assert chosen(candidates(1, [group("b", DIJK, 1.2), whole]))[0][0] == "a"
