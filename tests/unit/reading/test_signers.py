"""On whose behalf an answer is given: every co-signer, wherever the lines break."""

from __future__ import annotations

import re

import pytest
from support import written

from answers_bank.documents import Document
from answers_bank.reading import read_bytes

M, S = "minister", "staatssecretaris"
FORMS: dict[str, list[tuple[str, str]]] = {
    "de Ministers voor Wind en Water, van Landbouw, Natuur en Voedselkwaliteit en voor Jeugd, Preventie en Sport en de "
    "Staatssecretaris van Volksgezondheid, Welzijn en Sport": [
        (M, "Wind en Water"), (M, "Landbouw, Natuur en Voedselkwaliteit"), (M, "Jeugd, Preventie en Sport"),
        (S, "Volksgezondheid, Welzijn en Sport"),
    ],
    "de ministers van Justitie en Veiligheid en Financiën": [(M, "Justitie en Veiligheid"), (M, "Financiën")],
    "de ministers van Wind en Water": [(M, "Wind"), (M, "Water")],
    "minister Bruinsma (Wind en Water) en staatssecretaris Van der Zee (Veren)": [(M, "Wind en Water"), (S, "Veren")],
    "de Minister van Defensie, de Minister voor Klimaat en Energie en de Staatssecretaris van Wind en Water": [
        (M, "Defensie"), (M, "Klimaat en Energie"), (S, "Wind en Water"),
    ],
    "de Minister-President en de Minister van Financiën": [("minister-president", "Algemene Zaken"), (M, "Financiën")],
    "de Staatssecretaris Participatie en Integratie": [(S, "Participatie en Integratie")],
    "mijn ambtgenoot van Buitenlandse Zaken": [(M, "Buitenlandse Zaken")],
    "de minister van Justitie en Veiligheid, D.M. van Zuidwind": [(M, "Justitie en Veiligheid")],
}  # fmt: skip


def signers(document: Document) -> list[tuple[str | None, str | None]]:
    return [(one.office, one.portfolio) for one in document.on_behalf_of]


def _lines(behalf: str) -> list[str]:
    given = f"Antwoord van Minister Zeilmaker (Wind en Water), mede namens {behalf} (ontvangen 24 maart 2031)."
    return [written.INTRO, given, "Vraag 1", written.ASKED, "Antwoord 1", "Ja."]


@pytest.mark.parametrize("behalf", FORMS)
def test_every_co_signer_is_read_wherever_the_line_breaks(behalf: str) -> None:
    lines = _lines(behalf)
    spaces = [match.start() for match in re.finditer(" ", lines[1])]
    for place in spaces:
        broken = lines[1][:place] + "\n" + lines[1][place + 1 :]
        text = "\n\n".join([lines[0], broken, *lines[2:]])
        assert signers(read_bytes(text.encode(), "a.txt")) == FORMS[behalf], broken


@pytest.mark.parametrize("behalf", FORMS)
@pytest.mark.parametrize("width", [180, 260, 420])
def test_every_co_signer_is_read_from_a_narrow_pdf(behalf: str, width: int) -> None:
    import io

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    buffer = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    story = [Paragraph(line, style) for line in _lines(behalf)]
    SimpleDocTemplate(buffer, pagesize=(width + 150, 800)).build(story)
    assert signers(read_bytes(buffer.getvalue(), "a.pdf")) == FORMS[behalf]


@pytest.mark.parametrize(
    "said",
    [
        "Hierbij bied ik u, mede namens de Minister van Landbouw, Natuur en Voedselkwaliteit, de antwoorden aan.",
        "Mede namens de minister van Landbouw, Natuur en Voedselkwaliteit deel ik u mee dat de vragen zijn beantwoord.",
        "De vragen beantwoord ik mede namens de minister van Landbouw, Natuur en Voedselkwaliteit. De Hoge Raad wacht.",
    ],
)
def test_the_list_ends_where_the_sentence_goes_on(said: str) -> None:
    text = "\n\n".join(["Geachte voorzitter,", said, "Vraag 1", written.ASKED, "Antwoord 1", "Ja."])
    assert signers(read_bytes(text.encode(), "a.txt")) == [(M, "Landbouw, Natuur en Voedselkwaliteit")]


@pytest.mark.parametrize("said", ["Dat zeg ik namens alle molenaars.", "Ook namens het lid Wiekstra dank ik u."])
def test_others_are_no_co_signers(said: str) -> None:
    text = "\n\n".join(["Geachte voorzitter,", said, "Vraag 1", written.ASKED, "Antwoord 1", "Ja."])
    assert signers(read_bytes(text.encode(), "a.txt")) == []
