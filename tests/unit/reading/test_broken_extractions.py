"""Letters and answers as other programs took them out of a PDF: what the pages repeat is out, sentences are whole, and
where that is not sure the reading says so."""

from __future__ import annotations

import pytest
from support.written import everything

from answers_bank.documents import Document, Kind
from answers_bank.reading import read_bytes
from answers_bank.reading.outline import confidence

SENTENCES = [
    "Met deze brief schets ik hoe het kabinet de molens wil onderhouden.",
    "Het gaat om alle molens langs de dijk en in de polder.",
    "In het noorden liepen de draaiuren vorig jaar terug.",
    "Op twee plaatsen stond een molen langer dan een week stil.",
    "De waterschappen hebben daarover met de molenaars gesproken.",
    "Ik neem dit jaar twee maatregelen om dat te verhelpen.",
]
PAGES = [
    [
        "Met deze brief schets ik hoe het kabinet de molens wil onderhouden. Het gaat om",
        "alle molens langs de dijk en in de polder. In het noorden liepen de draaiuren",
    ],
    [
        "vorig jaar terug. Op twee plaatsen stond een molen langer dan een week stil. De",
        "waterschappen hebben daarover met de",
    ],
    ["molenaars gesproken. Ik neem dit jaar twee maatregelen om dat te verhelpen."],
]
TOP = [
    "> Retouradres Postbus 10101 9900 AA Zeedam",
    "Aan de Voorzitter van de Tweede Kamer",
    "Datum 25 november 2030",
    "Betreft Molens en dijken",
    "Geachte voorzitter,",
]
END = ["De Minister van Wind en Water,", "S. Zeilmaker"]
COLUMN = ["Ministerie van", "Wind en", "Water"]
COLOFON = [
    "Havenstraat 8",
    "9915 XP Zeedam",
    "Postbus 10101",
    "T 070-000 0000",
    "Ons kenmerk",
    "WENW/BSK-2030/000041",
    "Bijlage(n)",
    "3",
]


def _column_below(number: int, page: list[str]) -> list[str]:
    return [*page, *COLUMN, *(COLOFON if number == 1 else []), f"Pagina {number} van 3"]


FORMS: dict[str, list[str]] = {
    "column and number below": [line for n, page in enumerate(PAGES, 1) for line in _column_below(n, page)],
    "column above, number below": [
        line for n, page in enumerate(PAGES, 1) for line in [*COLUMN, *page, f"Pagina {n} van 3"]
    ],
    "column inside the page": [
        line for n, page in enumerate(PAGES, 1) for line in [page[0], *COLUMN, *page[1:], f"Pagina {n} van 3"]
    ],
    "form feeds, head and foot": [
        ("\f" if n > 1 else "") + line if i == 0 else line
        for n, page in enumerate(PAGES, 1)
        for i, line in enumerate(["Wind en Water | Molens en dijken", *page, f"Blad {n} van 3"])
    ],
    "form feeds, bare numbers": [
        ("\f" if n > 1 else "") + line if i == 0 else line
        for n, page in enumerate(PAGES, 1)
        for i, line in enumerate([*page, str(n)])
    ],
    "dashes": [
        line for n, page in enumerate(PAGES, 1) for line in [*page, "Molens en dijken, kenmerk 31-004", f"- {n} -"]
    ],
}


def _letter(lines: list[str]) -> Document:
    return read_bytes("\n".join([*TOP, *lines, *END]).encode(), "a.txt")


@pytest.mark.parametrize("form", FORMS)
def test_what_the_pages_repeat_is_out_and_sentences_are_whole(form: str) -> None:
    document = _letter(FORMS[form])
    text = " ".join(everything(document).split())
    assert document.kind is Kind.LETTER
    for sentence in SENTENCES:
        assert sentence in text
    for line in [*COLUMN, *COLOFON[:-1], "Pagina", "Blad", "Wind en Water |", "kenmerk 31-004", "- 2 -"]:
        assert line not in text.replace("Wind en Water", "") or line == "Water"
    assert str(document.received) == "2030-11-25"
    assert confidence(document) == "high"


def test_an_answer_over_pages_is_whole() -> None:
    lines = [
        "Vragen van het lid Wiekstra (PvW) over molens (ingezonden 3 maart 2031).",
        "Antwoord van Minister Zeilmaker (Wind en Water) (ontvangen 24 maart 2031).",
        "Vraag 1",
        "Hoe staat het met de molens?",
        "Antwoord op vraag 1",
        *FORMS["column above, number below"],
        "Vraag 2",
        "Waarom?",
        "Antwoord op vraag 2",
        "Daarom.",
    ]
    document = read_bytes("\n".join(lines).encode(), "a.txt")
    assert " ".join(document.answers[0].text.split()) == " ".join(SENTENCES)
    assert document.answers[1].text == "Daarom."


def test_letters_that_broke_off_are_put_back_and_said() -> None:
    broken = [
        line.replace("kabinet", "k abinet")
        .replace("Wind", "W ind")
        .replace("Pagina", "P agina")
        .replace("Postbus", "P ostbus")
        for line in FORMS["column and number below"]
    ]
    document = _letter(broken)
    text = everything(document)
    assert "hoe het kabinet de molens" in text
    assert "agina" not in text
    warning = next(warning for warning in document.warnings if warning.code == "broken-words")
    assert "W ind" in warning.message
    assert confidence(document) != "high"


@pytest.mark.parametrize(
    "said",
    [
        "Ik heb vitamine C nodig, plan B werkt niet, en onderdeel a van lid b vervalt.",
        "Dat geldt voor categorie A in de polder, categorie B langs de dijk en categorie C aan zee.",
        "Kunt u zien of u dit wilt? Als u wilt kan het, en à priori ook.",
    ],
)
def test_single_letters_that_are_words_stay(said: str) -> None:
    document = _letter([*PAGES[0], said])
    assert said in everything(document)
    assert not document.warnings


def test_a_line_that_returns_in_the_text_stays() -> None:
    lines = [
        "Molen De Hoop",
        "Deze molen draait.",
        "Molen De Valk",
        "Deze molen draait.",
        "Molen De Zwaan",
        "Deze molen draait.",
    ]
    text = everything(_letter([*lines, "Pagina 1 van 2", *PAGES[2], "Pagina 2 van 2"]))
    assert text.count("Deze molen draait.") == 3
    assert all(line in text for line in lines)


def test_a_clean_letter_is_not_doubted() -> None:
    document = _letter([*PAGES[0], *PAGES[1], *PAGES[2]])
    assert (confidence(document), document.warnings) == ("high", ())
