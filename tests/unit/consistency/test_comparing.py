"""Two documents aligned question by question, and their difference in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answers_bank.documents import Answer, Document, Kind, Passage, Question, Section
from answers_bank.reading.reader import read_bytes
from drafter.tasks.compare import Fate, compare_by_sentence, pair_up
from drafter.tasks.contradictions import between_documents


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


LETTER = """Vragen van het lid Duinker over veerponten (ingezonden {day}, {case}).

Antwoord van minister Rietkraag (Wind en Water) (ontvangen 27 maart 2025).

Vraag {number}
Hoeveel storingen waren er?

Antwoord op vraag {number}
{answer}
"""


def read(answer: str, number: int = 1, day: str = "5 maart 2025", case: str = "2025Z91021") -> Document:
    text = LETTER.format(answer=answer, number=number, day=day, case=case)
    return read_bytes(text.encode(), "stuk.txt")


KEPT = "De pont vaart al sinds 1950 tussen beide oevers."
OLDER = read(f"{KEPT} Er zijn 31 storingen gemeld.[1] De pont is oud. Dat is vaak een last voor bewoners.")
NEWER = read(
    f"Er zijn 47 storingen gemeld.[2] Dat is nog steeds een last voor bewoners. {KEPT} Ik stuur een brief over de tol.",
    number=1,
    day="3 april 2026",
    case="2026Z00001",
)


def test_every_sentence_is_taken_over_changed_new_or_gone() -> None:
    found = [(one.fate, (one.new or one.old).text) for one in compare_by_sentence(NEWER, OLDER) if one.new or one.old]
    assert found == [
        (Fate.CHANGED, "Er zijn 47 storingen gemeld."),
        (Fate.CHANGED, "Dat is nog steeds een last voor bewoners."),
        (Fate.SAME, KEPT),
        (Fate.NEW, "Ik stuur een brief over de tol."),
        (Fate.GONE, "De pont is oud."),
    ]


def test_what_differs_is_typed_and_stands_with_both_sentences() -> None:
    (one,) = [one for one in compare_by_sentence(NEWER, OLDER) if one.conflicts]
    assert [conflict.kind for conflict in one.conflicts] == ["number"]
    assert one.new is not None
    assert one.old is not None
    assert (one.new.part, one.new.numbers, one.old.text) == ("vraag 1", (1,), "Er zijn 31 storingen gemeld.")
    assert NEWER.text[one.new.start : one.new.end].startswith("Er zijn 47 storingen")


def test_the_screen_shows_the_same() -> None:
    found = between_documents(NEWER, OLDER)
    assert [(one.kind, one.to_check) for one in found] == [
        ("getal", True),
        ("gewijzigd", False),
        ("nieuw", False),
        ("vervallen", False),
    ]
    assert found[0].new.label.startswith("Vraag 1 · ")
    assert "[" not in found[0].new.sentence + found[0].old.sentence
