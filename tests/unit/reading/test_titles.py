"""A document is called by the title that its text has, in whatever form, and never by a line that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.reading_files import docx, paragraph, run

from answers_bank.reading.reader import read_bytes

TITLE = "Toekomst van de Toeterfabriek"
BODY = "De fabriek blijft open. Dat is besloten na overleg met de gemeente."
SET = "Vraag 1\nBlijft de fabriek open?\n\nAntwoord 1\nJa, zij blijft open.\n"
WORDS = st.lists(
    st.sampled_from("dijken sluis onderhoud veerpont kust wind water keuring toezicht eiland".split()),
    min_size=2,
    max_size=8,
).map(lambda words: " ".join(words).capitalize())


def subject(text: str | bytes, name: str = "bestand-7.txt") -> str | None:
    return read_bytes(text if isinstance(text, bytes) else text.encode(), name).subject


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{BODY}\n",
        f"{TITLE}\n\nGeachte voorzitter,\n\n{BODY}\n",
        f"Ministerie van Wind en Water\n\nDatum 4 maart 2031\n\n{TITLE}\n\nGeachte leden,\n\n{BODY}\n",
        f"Betreft: {TITLE}\n\nGeachte voorzitter,\n\n{BODY}\n",
        f"Inzake: {TITLE}\n\nGeachte heer,\n\n{BODY}\n",
        f"Re: {TITLE}\n\nBeste collega,\n\n{BODY}\n",
        f"{TITLE}\n\n4 maart 2031\n\n{BODY}\n",
        f"{TITLE}\n\nAanleiding\n\n{BODY}\n\nAdvies\n\nAkkoord gaan.\n",
        f"{TITLE}\n\n{SET}",
        f"SCHRIFTELIJKE VRAAG\nnr. 321\nvan ANNA DUIN\n{TITLE}\n\n{SET}",
    ],
)
def test_plain_text(text: str) -> None:
    assert subject(text) == TITLE


@given(WORDS)
def test_any_title(title: str) -> None:
    assert subject(f"{title}\n\n{BODY}\n") == title
    assert subject(f"{title}\n\n{SET}") == title
    assert subject(f"<html><body><h1>{title}</h1><p>{BODY}</p></body></html>", "x.html") == title
    assert subject(f"# {title}\n\n{BODY}\n", "x.md") == title


def test_word() -> None:
    assert subject(docx(paragraph(run(TITLE, bold=True)), paragraph(run(BODY))), "bestand.docx") == TITLE


@pytest.mark.parametrize(
    "text",
    [
        SET,
        f"Zie ook Aanhangsel Handelingen, vergaderjaar 2030-2031, nr. 397\n\n{SET}",
        f"4 maart 2031\n\n{BODY}\n",
        f"Geachte voorzitter,\n\n1. Inleiding\n\n{BODY}\n",
        f"Aan de voorzitter van de Tweede Kamer\n\nPostbus 20018\n2500 EA Den Haag\n\nGeachte voorzitter,\n\n{BODY}\n",
        f"{BODY}\n\n{BODY}\n",
        "De fabriek blijft open, zo is besloten\nna overleg met de gemeente en de provincie.\n\nDat is zo.\n",
    ],
)
def test_what_is_no_title_is_not_taken_for_one(text: str) -> None:
    assert subject(text) is None


def test_the_name_of_the_dossier_serves_where_nothing_else_does() -> None:
    head = "40 123 Veerdiensten\n\nNr. 17 LIJST VAN VRAGEN EN ANTWOORDEN\n\nVastgesteld 4 december 2030\n\n"
    assert subject(head + "1. Hoeveel overtochten waren er?\n\nEr waren 41.000 overtochten.\n") == "Veerdiensten"
