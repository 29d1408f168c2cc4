"""The date of a question is never that of its answer; a date in doubt is a warning."""

from __future__ import annotations

import pytest

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_bytes

BODY = ["Vraag 1", "Hoe staat het met de molens?", "Antwoord 1", "Goed. De molens draaien weer."]
INTRO = "Vragen van het lid Wiekstra (PvW) aan de Minister van Wind en Water over molens"
GIVEN = "Antwoord van Minister Zeilmaker (Wind en Water)"


def _read(*head: str, body: list[str] = BODY, tail: tuple[str, ...] = ()) -> Document:
    return read_bytes("\n\n".join([*head, *body, *tail]).encode(), "a.txt")


def _dates(document: Document) -> tuple[str, str]:
    return str(document.submitted), str(document.received)


def _doubted(document: Document) -> bool:
    return any("dat" in warning.code for warning in document.warnings)


@pytest.mark.parametrize(
    "head",
    [
        ["SCHRIFTELIJKE VRAAG", "nr. 321 van ANNA WIEKSTRA", "datum: 3 maart 2031", "Molens - stand van zaken"],
        [f"{INTRO}.", "Datum: 3 maart 2031", GIVEN],
        [f"{INTRO}.", "Datum vraag: 3 maart 2031"],
        [f"{INTRO}.", "Ingediend op 3 maart 2031", GIVEN],
        [f"{INTRO}.", "Zeedam, 3 maart 2031", f"{GIVEN}."],
        ["Vragen van het lid Wiekstra", "3 maart 2031", "Antwoord op vraag nr. 12 van 3 maart 2031"],
        [f"{INTRO} (ingezonden 3 maart 2031).", "Datum 3 maart 2031", f"{GIVEN}."],
    ],
)
def test_the_day_of_the_question_is_not_that_of_the_answer(head: list[str]) -> None:
    document = _read(*head)
    assert document.kind is Kind.ANSWER
    assert _dates(document) == ("2031-03-03", "None")
    assert _doubted(document)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ([f"{INTRO} (ingezonden 3 maart 2031).", f"{GIVEN} (ontvangen 24 maart 2031)."], ()),
        (["Aan de Voorzitter", "Datum 24 maart 2031", f"{INTRO} (ingezonden 3 maart 2031)."], ()),
        ([f"{INTRO}.", "Datum vraag: 3 maart 2031", "Datum antwoord: 24 maart 2031"], ()),
        ([f"{INTRO}, ingezonden op 3 maart 2031.", "Beantwoord op 24 maart 2031"], ()),
        (["Datum: 24-03-2031", "Uw brief van 3 maart 2031", "Geachte voorzitter,", "Hierbij de antwoorden."], ()),
        (
            [f"{INTRO} (ingezonden 3 maart 2031)."],
            ("Zeedam, 24 maart 2031", "De Minister van Wind en Water,", "S. Zeilmaker"),
        ),
        (
            [
                "Datum",
                "Ons kenmerk",
                "24 maart 2031",
                "31/004",
                "Geachte voorzitter,",
                "In uw brief van 3 maart 2031 vroeg u dit.",
            ],
            (),
        ),
        (
            [
                "Schriftelijke vraag nr. 3 van het lid Wiekstra",
                "Datum: 3 maart 2031",
                "ANTWOORD",
                "Datum: 24 maart 2031",
            ],
            (),
        ),
    ],
)
def test_the_day_of_the_answer_is_read_where_the_text_tells_it(head: list[str], tail: tuple[str, ...]) -> None:
    document = _read(*head, tail=tail)
    assert _dates(document) == ("2031-03-03", "2031-03-24")
    assert not _doubted(document)


def test_a_date_that_may_be_either_is_doubted_and_named() -> None:
    document = _read("Datum: 24 maart 2031", "Molens in Zeedam")
    warning = next(warning for warning in document.warnings if warning.code == "date")
    assert "24 maart 2031" in warning.message


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Zeedam, 24 maart 2031", "Geachte voorzitter,", "Ik schrijf u over de molens.", "Dijkbode, 2 april 2031"],
            "2031-03-24",
        ),
        (
            [
                "Aan de Voorzitter van de Tweede Kamer",
                "Datum 24 maart 2031",
                "Geachte voorzitter,",
                "Datum",
                "2 april 2031",
            ],
            "2031-03-24",
        ),
        (
            ["Aan de Voorzitter van de Tweede Kamer", "maandag 24 maart 2031", "Geachte voorzitter,", "Dit meld ik u."],
            "2031-03-24",
        ),
        (
            [
                "Geachte voorzitter,",
                "Ik schrijf u over de molens.",
                "Hoogachtend,",
                "S. Zeilmaker",
                "Zeedam, 24 maart 2031",
            ],
            "2031-03-24",
        ),
        (
            ["Uw brief van", "3 maart 2031", "Datum", "24 maart 2031", "Geachte voorzitter,", "Dit meld ik u."],
            "2031-03-24",
        ),
    ],
)
def test_a_letter_has_the_date_of_its_own_line(lines: list[str], expected: str) -> None:
    document = read_bytes("\n\n".join(lines).encode(), "a.txt")
    assert (document.kind, str(document.received)) == (Kind.LETTER, expected)


def test_answers_as_a_list_below_who_asks() -> None:
    body = [
        "1. Hoe staat het met de molens?",
        "2. Wat kost dat?",
        "ANTWOORD",
        "op vraag nr. 3 van 3 maart 2031",
        "van ANNA WIEKSTRA",
        "1. Goed.",
        "2. Twaalf gulden.",
    ]
    document = _read("SCHRIFTELIJKE VRAAG", "nr. 3 van ANNA WIEKSTRA", body=body)
    assert [(answer.numbers, answer.text) for answer in document.answers] == [((1,), "Goed."), ((2,), "Twaalf gulden.")]
