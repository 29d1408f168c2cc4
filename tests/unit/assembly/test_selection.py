"""Which sentences go under which question."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Kind, Question
from answers_bank.store.stored import DocumentSummary
from drafter.assembly.answer_sentences import answer_text
from drafter.assembly.needs import Ask, Need
from drafter.assembly.question_candidates import QuestionCandidates, SentenceCandidate, joined, judged
from drafter.assembly.selection import Answering, select
from drafter.search.comparing import ComparedUnit
from tests.unit.assembly.passages import passage

DAY = datetime.date(2025, 5, 1)
MOLEN = "De molen in Terpdam draait sinds dit voorjaar weer elke dag van acht tot zes uur."
DIJK = "De dijk bij Zandgat wordt in drie jaar tijd over twaalf kilometer verhoogd en verbreed."
VEER = "Het veer naar Griend vaart weer, van april tot en met oktober."
_NUMBERS: dict[str, int] = {}


def answer(
    name: str, text: str, worth: float, placed: float = 0.0, day: datetime.date = DAY
) -> list[SentenceCandidate]:
    """The sentences of an earlier answer, each worth the same."""
    summary = DocumentSummary(name, 1, Kind.ANSWER, name, name, day)
    number = _NUMBERS.setdefault(name, len(_NUMBERS))
    unit = ComparedUnit(
        number, summary, (), (passage(f"{name}#1", name, day, text),), ({"sum": worth},) * 2, (None, None)
    )
    read = answer_text(unit.passages)
    return [
        SentenceCandidate(unit, s, tuple(read.sentences[n] for n in read.together[s.place]), worth, placed, {})
        for s in read.sentences
        if read.together[s.place]
    ]


def candidates(
    number: int, *offered: list[SentenceCandidate], source: float | None = 1.0, parts: int = 1
) -> QuestionCandidates:
    question = Question((number,), "Vraag?", 0, 6)
    needs = tuple(Need(None, f"deel {n}", f"deel {n}", Ask.CONTENT) for n in range(parts))
    return QuestionCandidates((question,), needs, tuple(one for some in offered for one in some), source=source)


def chosen(*gathered: QuestionCandidates) -> list[list[str]]:
    return [texts(answering) for answering in select(gathered, [()] * len(gathered))]


def texts(answering: Answering) -> list[str]:
    return [sentence.text for sentence in answering.chosen.values()]


def test_without_a_source_a_question_stays_empty_and_what_is_near_is_offered_beside_it() -> None:
    (answering,) = select([candidates(1, answer("a", MOLEN, 0.4), source=-0.5)], [()])
    assert not answering.chosen
    assert [one.sentence.text for one in answering.near] == [MOLEN]


def test_what_is_far_is_not_offered_either() -> None:
    (answering,) = select([candidates(1, answer("a", MOLEN, 0.001), source=-0.5)], [()])
    assert not answering.near


def test_a_sentence_goes_where_it_stands_best() -> None:
    first = candidates(1, answer("a", MOLEN, 0.5, -1.0), answer("b", DIJK, 0.5, 1.0))
    second = candidates(2, answer("a", MOLEN, 0.5, 1.0), answer("b", DIJK, 0.5, -1.0))
    assert chosen(first, second) == [[DIJK], [MOLEN]]


def test_a_question_without_a_source_takes_nothing_from_the_others() -> None:
    first = candidates(1, answer("a", MOLEN, 0.5, 1.0), source=-1.0)
    second = candidates(2, answer("a", MOLEN, 0.5, -1.0))
    assert chosen(first, second) == [[], [MOLEN]]


def test_no_sentence_stands_twice_and_the_other_question_says_where_it_is() -> None:
    answers = select([candidates(1, answer("a", MOLEN, 0.9)), candidates(2, answer("a", MOLEN, 0.8))], [(), ()])
    assert [texts(answering) for answering in answers] == [[MOLEN], []]
    assert answers[1].elsewhere == {1}


def test_the_same_words_in_another_document_are_said_once() -> None:
    assert chosen(candidates(1, answer("a", MOLEN, 0.9), answer("b", MOLEN, 0.8))) == [[MOLEN]]


def test_what_a_sentence_leans_on_comes_along() -> None:
    whole = answer("a", f"{VEER} Dit geldt niet bij storm.", 0.5)
    leaning = [one for one in whole if one.sentence.text.startswith("Dit")]
    assert chosen(candidates(1, leaning)) == [[VEER, "Dit geldt niet bij storm."]]


def test_the_latest_position_wins() -> None:
    old = "Een molenaar moet een storing van meer dan twee uur binnen 48 uur melden bij de gemeente Terpdam."
    new = "Een molenaar moet een storing van meer dan een uur binnen 24 uur melden bij de gemeente Terpdam."
    before = answer("oud", old, 0.6, day=datetime.date(2023, 5, 1))
    assert chosen(candidates(1, before, answer("nieuw", new, 0.5))) == [[new]]
    assert chosen(candidates(1, before, answer("nieuw", new, 0.1)))[0][0] == old
    assert chosen(candidates(1, before, answer("anders", DIJK, 0.5)))[0][0] == old


def test_an_older_position_does_not_come_along_with_what_leans_on_it() -> None:
    old = "Een molenaar moet een storing van meer dan twee uur melden bij de gemeente Terpdam. Dit moet binnen een dag."
    new = "Een molenaar moet een storing van meer dan een uur melden bij de gemeente Terpdam."
    before = answer("oud", old, 0.6, day=datetime.date(2023, 5, 1))
    assert chosen(candidates(1, before, answer("nieuw", new, 0.5))) == [[new]]


def test_an_answer_has_a_greatest_length_that_grows_with_what_is_asked() -> None:
    long = [answer(str(n), f"Aldus {' '.join(f'woord{n}x{m}' for m in range(60))} gedaan.", 0.9) for n in range(12)]
    one, many = len(chosen(candidates(1, *long))[0]), len(chosen(candidates(1, *long, parts=5))[0])
    assert 2 <= one < many < 9


def test_who_is_judged_with_a_set_that_the_bank_knows_has_a_source_sooner() -> None:
    near = candidates(1, source=-0.3)
    assert not judged([near])[0].has_source
    assert judged([near, candidates(2, source=1.6)])[0].has_source
    assert not judged([near, *(candidates(n, source=4.0) for n in range(2, 6))])[0].has_source, "on something else"
    nothing = candidates(3, source=None)
    assert judged([nothing, near])[1].source == near.source


def test_questions_that_are_answered_together_have_all_that_was_found() -> None:
    both = joined(
        [candidates(1, answer("a", MOLEN, 0.3)), candidates(2, answer("a", MOLEN, 0.6), answer("b", DIJK, 0.2))]
    )
    assert both.numbers == (1, 2)
    assert sorted((one.sentence.text, one.worth) for one in both.sentences) == [(DIJK, 0.2), (MOLEN, 0.6)]


@given(st.permutations(range(4)))
def test_the_order_of_what_was_found_does_not_matter(order: list[int]) -> None:
    offered = [answer("a", MOLEN, 0.9), answer("b", DIJK, 0.8), answer("c", VEER, 0.7), answer("d", MOLEN, 0.9)]
    assert chosen(candidates(1, *(offered[n] for n in order))) == chosen(candidates(1, *offered))


def test_what_a_sentence_leans_on_is_not_brought_where_it_stands_under_another_question() -> None:
    leaning = "Dat is een verdubbeling van de dagen waarop de wieken draaiden in de jaren daarvoor."
    first = candidates(1, answer("a", f"{MOLEN} {leaning}", 0.5), answer("b", DIJK, 0.4))
    lead, lean = first.sentences[0], first.sentences[1]
    first = replace(first, sentences=(replace(lead, placed=1.0), replace(lean, placed=-1.0), first.sentences[2]))
    second = candidates(2, answer("b", DIJK, 0.1, -1.0))
    second = replace(second, sentences=(replace(lead, placed=-1.0), replace(lean, placed=1.0), *second.sentences))
    found = [text for texts in chosen(first, second) for text in texts]
    assert found.count(MOLEN) == 1
    assert leaning not in found


def test_another_answer_has_to_be_better_than_what_goes_on_in_the_same() -> None:
    def weak(some: list[SentenceCandidate]) -> list[SentenceCandidate]:
        return [replace(one, worth=0.1) for one in some]

    same = answer("a", f"{MOLEN} {DIJK}", 0.5)
    assert chosen(candidates(1, [same[0], *weak(same[1:])])) == [[MOLEN, DIJK]]
    assert chosen(candidates(1, answer("a", MOLEN, 0.5), weak(answer("b", DIJK, 0.5)))) == [[MOLEN]]
    assert chosen(candidates(1, answer("a", MOLEN, 0.5), answer("b", DIJK, 0.4))) == [[MOLEN, DIJK]]


def test_a_paragraph_has_no_hole_in_the_middle() -> None:
    """The middle one of three stands a little better elsewhere, and goes with the others; the last one does not."""
    three = answer("a", f"{MOLEN} {DIJK} {VEER}", 0.5)

    def placed(*values: float) -> list[SentenceCandidate]:
        return [replace(one, placed=value) for one, value in zip(three, values, strict=True)]

    assert chosen(candidates(1, placed(3.0, 0.0, 3.0)), candidates(2, placed(-3.0, 1.0, -3.0))) == [
        [MOLEN, DIJK, VEER],
        [],
    ]
    assert chosen(candidates(1, placed(3.0, 3.0, -3.0)), candidates(2, placed(-3.0, -3.0, 3.0))) == [
        [MOLEN, DIJK],
        [VEER],
    ]
