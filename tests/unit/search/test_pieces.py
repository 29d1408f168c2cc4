from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Role
from answers_bank.store.pieces import LONG, cut, pieces


@dataclass(frozen=True)
class P:
    text: str
    role: Role = Role.ANSWER
    numbers: tuple[int, ...] = (1,)
    heading: str = ""


def test_a_question_carries_the_subject() -> None:
    (piece,) = pieces([P("Klopt dit?", Role.QUESTION)], "Molens")
    assert (piece.kind, piece.first, piece.last, piece.text) == ("question", 0, 0, "Molens Klopt dit?")


def test_what_answers_no_question_is_about_its_subject_and_heading() -> None:
    letter = [P("Er komt een brug.", Role.SECTION, (), "Bruggen"), P("En een sluis.", Role.SECTION, (), "Sluizen")]
    found = [(p.kind, p.first, p.last, p.text) for p in pieces(letter, "Voortgang")]
    assert found == [
        ("question", 0, 0, "Voortgang Bruggen"),
        ("passage", 0, 0, "Er komt een brug."),
        ("question", 1, 1, "Voortgang Sluizen"),
        ("passage", 1, 1, "En een sluis."),
    ]
    assert [p.kind for p in pieces([P("Er komt een brug.", Role.SECTION, ())], None)] == ["passage"]


def test_an_answer_with_its_question_is_about_that_alone() -> None:
    found = pieces([P("Klopt dit?", Role.QUESTION), P("Ja."), P("Nee.", numbers=(2,))], "Molens")
    assert [(p.kind, p.text) for p in found if p.kind == "question"] == [
        ("question", "Molens Klopt dit?"),
        ("question", "Molens"),
    ]


def test_short_paragraphs_join_their_neighbour_and_never_another_answer() -> None:
    found = pieces([P("Ja."), P("a" * 300), P("b" * 300), P("c"), P("Nee.", numbers=(2,))], None)
    assert [(p.first, p.last) for p in found] == [(0, 1), (2, 3), (4, 4)]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    sentence = "De brug bij Kerkeveer wordt in het voorjaar gesloten voor herstel van de pijlers. "
    found = pieces([P((sentence * 30).strip())], None)
    assert len(found) == 5
    assert all(p.text.startswith("De brug") and p.text.endswith("pijlers.") for p in found)
    assert {(p.first, p.last) for p in found} == {(0, 0)}


@given(st.text(alphabet="ab .?A\n", max_size=3000))
def test_cutting_loses_nothing_but_white_space(text: str) -> None:
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@given(st.lists(st.integers(1, 2 * LONG), max_size=12))
def test_every_passage_is_in_a_piece(lengths: list[int]) -> None:
    found = pieces([P("x" * length) for length in lengths], None)
    assert {n for p in found for n in range(p.first, p.last + 1)} == set(range(len(lengths)))
