"""Which sentences lean on each other, and which stay behind."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from drafter.assembly.answer_sentences import AnswerText, answer_text, runs
from tests.unit.assembly.passages import passage

DAY = datetime.date(2025, 5, 1)


def read(*paragraphs: str) -> AnswerText:
    return answer_text([passage(f"d#{n}", "d", DAY, text) for n, text in enumerate(paragraphs)])


def along(text: AnswerText, begins: str) -> list[str]:
    """What comes along with the sentence that begins so."""
    place = next(s.place for s in text.sentences if s.text.startswith(begins))
    return [text.sentences[n].text for n in text.together[place]]


def test_dit_needs_what_stands_before_it_and_not_what_comes_after() -> None:
    text = read("De boeien zijn vernieuwd. Dit kostte twee ton. De vaargeul is gebaggerd.")
    assert along(text, "Dit") == ["De boeien zijn vernieuwd.", "Dit kostte twee ton."]
    assert along(text, "De vaargeul") == ["De vaargeul is gebaggerd."]


def test_a_day_that_dit_points_at_needs_nothing() -> None:
    text = read("De boeien zijn vernieuwd. Dit jaar volgt de vaargeul.")
    assert along(text, "Dit jaar") == ["Dit jaar volgt de vaargeul."]


def test_a_list_and_its_lead_in_stay_together() -> None:
    text = read(
        "Er gelden drie eisen:", "- een lamp van 12 volt;", "- een ankerketting;", "- een nummer.", "De pont vaart."
    )
    whole = [sentence.text for sentence in text.sentences[:4]]
    assert along(text, "Er gelden") == whole
    assert along(text, "- een anker")[:2] == whole[:2]
    assert along(text, "De pont") == ["De pont vaart."]


def test_a_sentence_that_leans_on_what_stays_behind_stays_behind() -> None:
    text = read("Zie het antwoord op vraag 3. Daarnaast is de vaargeul gebaggerd.")
    assert [bool(places) for places in text.together] == [False, False]


def test_an_opening_that_speaks_of_the_question_stands_alone() -> None:
    text = read("Dat is onwenselijk. De inspectie ziet erop toe.")
    assert along(text, "Dat is") == ["Dat is onwenselijk."]


def test_a_table_is_one_piece() -> None:
    text = read("jaar | boeien\n2023 | 16\n2024 | 18")
    assert len(text.sentences) == 1


def test_a_quotation_is_not_cut() -> None:
    text = read("De schipper zei: “Het is donker. Niemand ziet iets.” De boeien zijn vernieuwd.")
    assert any("donker" in s.text and "Niemand" in s.text for s in text.sentences)


SENTENCES = st.sampled_from(
    [
        "De boeien zijn vernieuwd.",
        "Dit kost veel.",
        "Ja.",
        "- een lamp;",
        "Er gelden eisen:",
        "Daarnaast vaart het veer.",
    ]
)


@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=4))
def test_spans_are_of_the_text_and_what_comes_along_holds_the_sentence(paragraphs: list[str]) -> None:
    text = read(*paragraphs)
    for sentence, places in zip(text.sentences, text.together, strict=True):
        assert sentence.text == sentence.text.strip() != ""
        assert not places or sentence.place in places
        assert all(text.sentences[n].out is None for n in places)
        # What comes along is complete: nothing in it needs more.
        assert all(set(text.together[n]) <= set(places) for n in places)
    every = [first.place for first, _ in runs(range(len(text.sentences)), text.sentences)]
    assert every == sorted(every)
