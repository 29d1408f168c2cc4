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


ANSWERED = [
    "Vragen van het lid Wiekstra (PvW) over molens (ingezonden 3 maart 2031).",
    "Antwoord van Minister Zeilmaker (Wind en Water) (ontvangen 24 maart 2031).",
    "Vraag 1",
    "Hoe staat het met de molens?1",
    "Antwoord op vraag 1",
    "De molens draaien weer en worden in het najaar opnieuw gesmeerd.2",
]
NOTED = ["Dijkbode, 12 oktober 2030", "Kamerstuk 40 123, nr. 14."]


def _noted(lines: list[str]) -> list[str]:
    document = read_bytes("\n".join(lines).encode(), "a.txt")
    assert document.questions[0].text == "Hoe staat het met de molens?"
    assert document.answers[0].text == ANSWERED[-1].removesuffix("2")
    return [note.text for note in document.footnotes]


@pytest.mark.parametrize("foot", ["1", "- 1 -", "1/1", "Pagina 1 van 1", "blz. 1", "Molenbank NL00MOLN0123 blz. 1"])
@pytest.mark.parametrize("feed", ["", "\f"])
def test_the_foot_of_the_only_page_is_no_part_of_the_last_note(foot: str, feed: str) -> None:
    bodies = [f"{number} {note}" for number, note in enumerate(NOTED, 1)]
    assert _noted([*ANSWERED, "", *bodies, "", foot, feed]) == NOTED


def test_numbers_of_notes_on_lines_of_their_own_between_the_text() -> None:
    bodies = [line for number, note in enumerate(NOTED, 1) for line in (str(number), f" {note}")]
    rest = ["Vraag 2", "Waarom?", "Antwoord op vraag 2", "Daarom."]
    assert _noted([*ANSWERED, *bodies, "", *rest]) == NOTED


def test_notes_behind_the_text_whose_marks_stand_on_earlier_pages() -> None:
    rest = ["\fVraag 2", "Waarom?", "Antwoord op vraag 2", "Daarom, zo is in 2022 gebleken.", "Noten"]
    bodies = [f"{number} {note}" for number, note in enumerate(NOTED, 1)]
    assert _noted([*ANSWERED, *rest, *bodies, "\f"]) == NOTED


def test_the_head_of_each_page_with_its_number_below_it_is_out() -> None:
    pages = [
        ["Wind en Water", str(n), *page] for n, page in enumerate([ANSWERED[:4], ANSWERED[4:], ["Dat is alles."]], 1)
    ]
    document = read_bytes("\n".join(line for page in pages for line in page).encode(), "a.txt")
    assert document.answers[0].text.replace("\n", " ").count("Wind en Water") == 0
    assert "Dat is alles." in document.answers[0].text


def test_a_text_with_signs_that_could_not_be_named_is_read() -> None:
    items = ["\x00", "de wind;", "\x00", "het water."]
    document = read_bytes("\n".join([*ANSWERED[:5], "Het gaat om:", *items]).encode(), "a.txt")
    assert "het water." in document.answers[0].text
    bullets = read_bytes(
        "\n".join([*ANSWERED[:5], "Het gaat om:", "•", "de wind;", "•", "het water."]).encode(), "a.txt"
    )
    assert bullets.answers[0].text == "Het gaat om:\n\n• de wind;\n• het water."


def test_a_closing_below_a_table_is_no_part_of_it() -> None:
    lines = [*ANSWERED[:5], "Zie de tabel.", "Molen   2029   2030", "De Hoop   12   13", "Hoogachtend,"]
    document = read_bytes("\n".join([*lines, "De Minister van Wind en Water,", "S. Zeilmaker"]).encode(), "a.txt")
    assert "Hoogachtend" not in document.answers[0].text


@pytest.mark.parametrize("mark", ["## {}", "**{}**", "### {}.", "**{}.**"])
def test_headings_of_markdown_that_are_numbers(mark: str) -> None:
    lines = [ANSWERED[0], mark.format(1), "Kent u het bericht?", mark.format(2), "Wat kost dat?"]
    document = read_bytes("\n\n".join(lines).encode(), "a.md")
    assert [(q.numbers, q.text) for q in document.questions] == [((1,), "Kent u het bericht?"), ((2,), "Wat kost dat?")]
