"""The grammar of headings, every variant that was seen in real documents."""

from __future__ import annotations

import pytest

from answers_bank.reading.structure.headings import read_heading, read_item


@pytest.mark.parametrize(
    ("line", "kind", "numbers"),
    [
        ("Vraag 1", "question", (1,)),
        ("Vraag 1:", "question", (1,)),
        ("Vragen 2 en 3", "question", (2, 3)),
        ("Vraag 6 en 7", "question", (6, 7)),
        ("Vraag 2 t/m 6", "question", (2, 3, 4, 5, 6)),
        ("Vraag 3, 4 en 5", "question", (3, 4, 5)),
        ("VRAAG 4", "question", (4,)),
        ("Vraag nr. 12.", "question", (12,)),
        ("Antwoord 2", "answer", (2,)),
        ("Antwoord 2 en 3", "answer", (2, 3)),
        ("Antwoord op vraag 1", "answer", (1,)),
        ("Antwoord op vraag 9 en 10", "answer", (9, 10)),
        ("Antwoord op vragen 2 en 3", "answer", (2, 3)),
        ("Antwoord op vragen 7, 8, en 9", "answer", (7, 8, 9)),
        ("Antwoorden op vraag 3, 4, 5, 9 en 10", "answer", (3, 4, 5, 9, 10)),
        ("Antwoorden op de vragen 3 en 4", "answer", (3, 4)),
        ("Antwoord op 3 en 4", "answer", (3, 4)),
        ("Antwoord vraag 4:", "answer", (4,)),
        ("Antwoord vraag 9-14:", "answer", (9, 10, 11, 12, 13, 14)),
        ("Antwoord vragen 1,2,3,4 en 5", "answer", (1, 2, 3, 4, 5)),
        ("Antwoorden 5 en 6", "answer", (5, 6)),
        ("Antwoord 5:", "answer", (5,)),
        ("Antwoord 2 t/m 6", "answer", (2, 3, 4, 5, 6)),
        ("Antwoord 2 tot en met 4", "answer", (2, 3, 4)),
        ("Vragen 2 tot 4", "question", (2, 3, 4)),
        ("Antwoord op vragen 3 en/of 4", "answer", (3, 4)),
        ("Antwoord op de vragen 1 en 2 van het lid Wiekstra", "answer", (1, 2)),
        ("Antwoord op vraag 5 t/m 7 en 9 (gezamenlijk)", "answer", (5, 6, 7, 9)),
        ("Antwoord 4, 5, 6 7 en 8", "answer", (4, 5, 6, 7, 8)),
        ("Antwoord op vraag 3 en vraag 5", "answer", (3, 5)),
        ("Antwoord op de vragen 1 & 2", "answer", (1, 2)),
        ("Antwoord op vraag3en 8", "answer", (3, 8)),
        ("Antwoord", "answer", ()),
        ("Antwoord:", "answer", ()),
        ("Mededeling", "deferral", ()),
        ("Toelichting:", "explanation", ()),
    ],
)
def test_every_variant_is_read(line: str, kind: str, numbers: tuple[int, ...]) -> None:
    heading = read_heading(line)
    assert heading is not None
    assert (heading.kind, heading.numbers, heading.firm) == (kind, numbers, True)
    assert heading.rest == len(line)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Vraag 1: Bent u bekend met de molen?", "Bent u bekend met de molen?"),
        ("Antwoord vraag 4: Ja.", "Ja."),
        ("Antwoord 1Ja.", "Ja."),
        ("Vraag 5 Deelt u die mening?", "Deelt u die mening?"),
        ("Antwoord: Nee, dat klopt niet.", "Nee, dat klopt niet."),
        ("Antwoord 1 12 molens staan stil", None),
    ],
)
def test_text_on_the_line_of_the_heading(line: str, rest: str | None) -> None:
    heading = read_heading(line)
    if rest is None:
        assert heading is None
    else:
        assert heading is not None
        assert line[heading.rest :] == rest


@pytest.mark.parametrize(
    "line",
    [
        "Vraag 3 gaat over de molens.",
        "Antwoord op vraag 7, waarin de molens worden genoemd",
        "Antwoord op uw brief van 5 juli",
        "Vragen van het lid Wiekstra",
        "Antwoord van de minister van Wind en Water",
        "Vraag 2024",
        "De vraag 3",
        "",
        "Reactie van het kabinet",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    assert read_heading(line) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [("1.", (1, 2)), ("1", (1, 1)), ("12. Bent u bereid", (12, 4)), ("3) Kunt u", (3, 3)), ("2 opgezet. Hier", None)],
)
def test_numbered_lines(line: str, found: tuple[int, int] | None) -> None:
    assert read_item(line) == found
