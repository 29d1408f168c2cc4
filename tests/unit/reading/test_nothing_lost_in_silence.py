"""What reading takes out of a text, or does not understand in it, is right or told."""

from __future__ import annotations

import pytest

from answers_bank.reading import read_bytes


@pytest.mark.parametrize(
    "words",
    [
        "Wat is er gebeurd op zaak1, bij perron2, in gebouw3 en in lokaal4?",
        "Waarom zijn mast1, mast2 en mast3 nog niet gekeurd",
    ],
)
def test_numbers_that_belong_to_their_words_stay(words: str) -> None:
    document = read_bytes(f"Vraag 1\n{words}\n\nAntwoord 1\nDat wordt nagegaan.\n".encode(), "a.txt")
    assert document.questions[0].text == words


def test_marks_without_notes_are_taken_out_and_told() -> None:
    text = (
        "Vraag 1\nKlopt dit bericht?1 Wat vindt u van het rapport?2 Bent u het eens met de auteurs?3\n\n"
        "Antwoord 1\nDat bericht klopt.\n"
    )
    document = read_bytes(text.encode(), "a.txt")
    assert (
        document.questions[0].text == "Klopt dit bericht? Wat vindt u van het rapport? Bent u het eens met de auteurs?"
    )
    [told] = [warning.message for warning in document.warnings if warning.code == "bare-marks"]
    assert "1, 2, 3" in told


def numbered(count: int, first: int = 1) -> bytes:
    parts = (
        f"Vraag {n}\nWat vindt u van molen {n}?\n\nAntwoord {n}\nMolen {n} is gekeurd.\n\n"
        for n in range(first, first + count)
    )
    return "".join(parts).encode()


def test_a_long_list_keeps_every_question() -> None:
    document = read_bytes(numbered(400), "lijst.txt")
    assert [question.numbers for question in document.questions] == [(n,) for n in range(1, 401)]
    assert [answer.numbers for answer in document.answers] == [(n,) for n in range(1, 401)]


def test_a_list_beyond_what_is_read_is_told() -> None:
    document = read_bytes(numbered(1010), "lijst.txt")
    assert len(document.questions) == 999
    assert any(warning.code == "numbers-beyond" and "1000" in warning.message for warning in document.warnings)
