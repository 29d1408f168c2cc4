"""Records whose text was broken to a width: their lines are no paragraphs."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.sources.broken_lines import joined_lines

PROSE = (
    "De steigers langs de noordkade worden elk voorjaar gekeurd door de havendienst en een onafhankelijk bureau.",
    "Over de uitkomst daarvan bericht de gemeente in de jaarlijkse voortgangsrapportage, die ook de kosten noemt.",
    "Waar een steiger wordt afgekeurd, krijgt de eigenaar zes weken om te herstellen en volgt een tweede keuring.",
)


@pytest.mark.parametrize("width", [55, 72, 80, 95])
@pytest.mark.parametrize("sentences", [1, 2, 3])
def test_what_was_broken_to_a_width_is_one_paragraph(width: int, sentences: int) -> None:
    text = " ".join(PROSE[:sentences])
    assert joined_lines("\n".join(textwrap.wrap(text, width))) == [text]


def test_a_word_that_was_parted_is_whole_again() -> None:
    broken = "Het toezicht op de kade is een taak van de gemeente en de veiligheids-\nregio samen."
    assert joined_lines(broken) == ["Het toezicht op de kade is een taak van de gemeente en de veiligheidsregio samen."]


def test_a_short_last_line_ends_a_paragraph() -> None:
    paragraphs = [f"{PROSE[0]} {PROSE[1]} Dat blijft zo.", f"{PROSE[2]} Meer is er niet."]
    broken = "\n".join(line for text in paragraphs for line in textwrap.wrap(text, 74))
    assert joined_lines(broken) == paragraphs


def test_a_line_that_lost_its_end_does_not_keep_the_others_apart() -> None:
    text = " ".join(PROSE)
    lines = textwrap.wrap(text, 74)
    assert joined_lines("\n".join([lines[0], " ".join(lines[1:3]), *lines[3:]])) == [text]


@pytest.mark.parametrize(
    "lines",
    [
        PROSE,
        ("Ja.", "De gemeente is hiervan op de hoogte."),
        # Lists without marks or with letters, and cells of a table: each line is its own.
        (
            "Gemeente Oosterhoek, afdeling Havens en Waterwegen: 5 medewerkers in dienst",
            "Gemeente Westerkade, afdeling Openbare Ruimte: 12 medewerkers in dienst",
            "Provincie Zuiderzee, afdeling Vergunningen en Toezicht: 7 medewerkers in dienst",
        ),
        (
            "De gevraagde aantallen over de afgelopen vijf jaar staan in bijlage",
            "a) het aantal keuringen per jaar;",
            "b) het aantal afgekeurde steigers per jaar.",
        ),
    ],
)
def test_lines_that_are_paragraphs_stay_apart(lines: tuple[str, ...]) -> None:
    assert joined_lines("\n".join(lines)) == list(lines)


@given(st.text(alphabet="ab Z.,:-\n1)", max_size=400))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(joined_lines(text))
    assert "".join(c for c in kept if c.isalnum()) == "".join(c for c in text if c.isalnum())
