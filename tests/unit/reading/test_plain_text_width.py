"""How wide the lines of a text were broken, also where some have grown since."""

from __future__ import annotations

from answers_bank.reading import read_bytes
from answers_bank.reading.formats.plain_text import line_width

LINE = "De dijken van de Zilte Bocht worden ieder jaar door de waterwachters van het gebied na"
GROWN = LINE + "gelopen en waar nodig hersteld, zoals eerder is gemeld in de brief over het beheer van de kust"
PARAGRAPHS = ["Een alinea op een regel. " * n for n in (2, 5, 9, 14, 3, 11, 7, 20)]


def test_lines_that_grew_do_not_hide_the_width() -> None:
    """Where notes were taken out of a broken text, the line around the mark is long; the others still tell."""
    text = "\n".join([LINE, LINE, GROWN, LINE, LINE, LINE, GROWN, LINE, LINE, LINE, LINE, LINE])
    assert line_width(text) == len(LINE)


def test_paragraphs_on_one_line_have_no_width() -> None:
    assert line_width("\n".join(PARAGRAPHS)) == 0


def test_a_sentence_over_such_lines_stays_in_one_paragraph() -> None:
    lines = ["Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", "Den Haag, 3 mei 2025", ""]
    lines += [LINE, GROWN, LINE.replace(" na", " van"), "Noorderzoom en het eiland daarachter, en dat blijft zo."]
    lines += [LINE] * 8 + ["gelopen."]
    document = read_bytes("\n".join(lines).encode(), "brief.txt")
    texts = [passage.text for section in document.sections for passage in section.paragraphs]
    assert any("gebied van Noorderzoom en het eiland" in text for text in texts)
