"""Two documents aligned question by question, and their difference in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Answer, Document, Kind, Passage, Question, Section
from drafter.tasks.compare import pair_up


def made(*answers: tuple[int, str, str], kind: Kind = Kind.ANSWER) -> Document:
    return Document(
        "d",
        "",
        "d.txt",
        kind,
        "",
        questions=tuple(Question((n,), asked, 0, 0) for n, asked, _ in answers),
        answers=tuple(Answer((n,), (Passage(said, 0, 0),)) for n, _, said in answers),
    )


OLD = made(
    (1, "Bent u bekend met de storing in de getijdencentrale?", "Ja."),
    (2, "Hoeveel storingen waren er in 2024?", "In 2024 waren er 43 storingen in alle centrales samen."),
    (3, "Wanneer komt de evaluatie van de meldplicht?", "De evaluatie komt voor de zomer van 2025 naar de Kamer."),
)
NEW = made(
    (1, "Wanneer komt de evaluatie van de meldplicht?", "De evaluatie komt voor de zomer van 2026 naar de Kamer."),
    (2, "Bent u bekend met de storing in de getijdencentrale?", "Ja, daar ben ik mee bekend."),
    (3, "Wat kost een nieuwe stuw?", "Over de kosten van een stuw is nog niets te zeggen."),
)


def test_answers_are_matched_by_content_not_by_number() -> None:
    found = {
        (pair.new.numbers if pair.new else None, pair.old.numbers if pair.old else None) for pair in pair_up(NEW, OLD)
    }
    assert found == {((1,), (3,)), ((2,), (1,)), ((3,), None), (None, (2,))}


def test_the_difference_is_by_word() -> None:
    pair = pair_up(NEW, OLD)[0]
    changed = [(change.op, change.text) for change in pair.diff if change.op != "equal"]
    assert changed == [("delete", "2025"), ("insert", "2026")]


def test_sections_of_letters_are_matched_by_heading_and_text() -> None:
    def letter(text: str) -> Document:
        return Document(
            "l", "", "l", Kind.LETTER, "", sections=(Section("Toezicht", (Passage(text, 0, 0),)), Section("Leeg", ()))
        )

    (pair,) = pair_up(letter("Het toezicht loopt goed."), letter("Het toezicht loopt niet goed."))
    assert [(c.op, c.text.strip()) for c in pair.diff if c.op != "equal"] == [("delete", "niet")]


@given(st.lists(st.tuples(st.text("abc ", max_size=30), st.text("abc ", max_size=30)), max_size=5))
def test_every_part_of_both_appears_once(texts: list[tuple[str, str]]) -> None:
    new = made(*((n, asked, said) for n, (asked, said) in enumerate(texts, 1)))
    pairs = pair_up(new, OLD)
    assert [pair.new.numbers for pair in pairs if pair.new] == [answer.numbers for answer in new.answers]
    assert sorted(pair.old.numbers for pair in pairs if pair.old) == [(1,), (2,), (3,)]
