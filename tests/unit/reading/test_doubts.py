"""What is odd about a reading is said with the question or answer it is about; what is whole is not doubted."""

from __future__ import annotations

import pytest
from support import written

from answers_bank.documents import Document
from answers_bank.reading import read_bytes
from answers_bank.reading.outline import confidence
from answers_bank.reading.uncertain import uncertainties

PAIRS = [
    ("Hoe staat het met de molens langs de dijk?", "De molens langs de dijk draaien weer, en zij zijn alle gesmeerd."),
    ("Wat kost dat, en wie betaalt dat?", "Dat kost twaalf gulden, en het waterschap betaalt de helft daarvan."),
    (
        "Wanneer is het onderhoud klaar?",
        "Het onderhoud is in het najaar klaar. Het gaat om:\n\n1. de wind;\n\n2. het water.",
    ),
]


def _lines(pairs: list[tuple[str, str]] = PAIRS, order: tuple[int, ...] = (1, 2, 3)) -> list[str]:
    lines = [written.INTRO, written.GIVEN]
    for number in order:
        asked, given = pairs[number - 1]
        lines += [f"Vraag {number}", asked, f"Antwoord {number}", given]
    return lines


def _read(lines: list[str]) -> Document:
    return read_bytes("\n\n".join(lines).encode(), "a.txt")


def test_what_is_whole_is_not_doubted() -> None:
    document = _read(_lines())
    assert (confidence(document), document.warnings) == ("high", ())


@pytest.mark.parametrize(
    ("damage", "code", "named"),
    [
        (lambda lines: _lines(order=(1, 3, 2)), "order", "Vraag 2"),
        (lambda lines: [*lines[:5], lines[5].split(" zij")[0], *lines[6:]], "broken-off", "1"),
        (lambda lines: [*lines[:9], "en het waterschap betaalt de helft.", *lines[10:]], "broken-off", "Antwoord 2"),
        (lambda lines: [*lines[:7], "Wat kost dat, en wie", *lines[8:]], "broken-off", "Vraag 2"),
        (lambda lines: [*lines[:5], "Ja.", "Hoogachtend,", *lines[5:]], "closing-inside", "antwoord 1"),
        (lambda lines: [*lines[:13], "Het gaat om:", "2. het water;", "1. de wind."], "list-order", "antwoord 3"),
        (lambda lines: [*lines[:5], lines[5], "7", *lines[6:]], "loose-number", "antwoord 1"),
        (lambda lines: [line for line in lines if line != "Vraag 2"], "missing-question", "2"),
        (lambda lines: [line for line in lines if line != "Antwoord 2"], "no-answer-heading", "2"),
    ],
)  # fmt: skip
def test_what_is_odd_is_named(damage: object, code: str, named: str) -> None:
    document = _read(damage(_lines()))  # type: ignore[operator]
    told = [warning.message for warning in document.warnings if warning.code == code]
    assert any(named in message for message in told), document.warnings
    assert confidence(document) != "high"
    assert any(one.grave for one in uncertainties(document))


def test_questions_on_one_line_are_told() -> None:
    lines = [written.INTRO, "1. Kent u het bericht?", "2. Wat kost dat? 3. Wie betaalt dat?", "4. Waarom?"]
    document = _read(lines)
    assert confidence(document) == "low"
    assert any("3. Wie betaalt dat?" in warning.message for warning in document.warnings)


def test_a_note_without_a_mark_is_told() -> None:
    lines = [*_lines()[:-1], "Ja.[^1]", "[^1]: Dijkbode", "[^2]: Polderblad"]
    document = _read(lines)
    assert [warning.code for warning in document.warnings] == ["loose-note"]
    assert "Polderblad" in document.warnings[0].message


@pytest.mark.parametrize(
    "given",
    [
        "Zie de website www.molens.example",
        "Daarover lees ik in “De molens van de dijk”",
        "Ja",
        "Het gaat om de molens:\n\n- De Hoop\n\n- De Valk en de molens die daar in de polder achter de dijk staan",
        "Er zijn 12",
        "Onderhoud\n\nDe molens worden onderhouden.",
    ],
)
def test_short_ends_and_lists_are_not_doubted(given: str) -> None:
    document = _read(_lines([(PAIRS[0][0], given)], order=(1,)))
    assert not [w for w in document.warnings if w.code == "broken-off"], document.warnings


def test_questions_that_are_answered_together_may_stand_in_any_order() -> None:
    lines = [written.INTRO, written.GIVEN]
    for number in (1, 3, 2, 4):
        lines += [f"Vraag {number}", f"Hoe staat het met molen nummer {number}?"]
        lines += {1: ["Antwoord 1", "Goed."], 3: ["Antwoord 3", "Goed."]}.get(number, [])
    together = [written.INTRO, written.GIVEN]
    for number in (1, 4, 2, 3):
        together += [f"Vraag {number}", f"Hoe staat het met molen nummer {number}?"]
        together += {4: ["Antwoord op vragen 1 en 4", "Goed."], 3: ["Antwoord op vragen 2 en 3", "Slecht."]}.get(
            number, []
        )
    assert not [w for w in _read(together).warnings if w.code == "order"]
