"""Which passages can stand by themselves."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.assembly import passage_filters as usable


@pytest.mark.parametrize(
    "text", ["Ja.", "Nee.", "Ja", "Ja, dat bericht ken ik.", "Dat klopt.", "Ik deel die mening niet."]
)
def test_yes_or_no(text: str) -> None:
    assert usable.is_yes_or_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ja. De molen draait weer.",
        "Jaarlijks draaien er tien molens.",
        "Nee, de dijk is te laag voor zoveel water en moet dus in elk geval hoger worden.",
    ],
)
def test_more_than_yes_or_no(text: str) -> None:
    assert not usable.is_yes_or_no(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Ja.", True),
        ("Ja, dat bericht ken ik.", True),
        ("Ja, daar heeft Terpdam mij over geschreven.", False),
        ("Ja, op 3 mei.", False),
    ],
)
def test_bare_holds_nothing_of_its_own_set(text: str, bare: bool) -> None:
    assert usable.is_bare(text) is bare


@pytest.mark.parametrize(
    "text",
    [
        "Zie het antwoord op vraag 3.",
        "Ik verwijs u naar het antwoord op vraag 2.",
        "Voor het antwoord op deze vraag verwijs ik naar mijn antwoord op de vragen 4 en 5.",
    ],
)
def test_refers_elsewhere(text: str) -> None:
    assert usable.refers_elsewhere(text)


def test_a_passage_that_also_says_something_is_kept() -> None:
    text = (
        "Zie het antwoord op vraag 3. Daarnaast merk ik op dat de molen in Terpdam sinds 1998 dienst doet, en dat de "
        "gemeente al het onderhoud betaalt, wat per jaar neerkomt op ongeveer 12.000 gulden, zonder de wieken, die "
        "apart worden begroot en om de tien jaar worden vervangen."
    )
    assert not usable.refers_elsewhere(text)


def test_leading_yes_or_no_can_be_left_out() -> None:
    text = "Ja. De molen draait weer."
    assert text[usable.leading_yes_or_no(text) :] == "De molen draait weer."
    assert usable.leading_yes_or_no("Ja.") == 0
    assert usable.leading_yes_or_no("De molen draait. Ja.") == 0


@pytest.mark.parametrize(
    "text", ["Dit geldt ook voor molens.", "Deze regels zijn streng.", "- een eerste punt;", "2. een tweede punt"]
)
def test_points_back(text: str) -> None:
    assert usable.points_back(text)


def test_shingles_are_the_same_in_every_run() -> None:
    assert usable.shingles("De molen draait weer!") == usable.shingles("de molen draait weer")
    assert usable.shingles("de molen draait weer") == frozenset({zlib.crc32(b"de molen draait weer")})


@given(st.text(max_size=200))
def test_nothing_breaks_on_any_text(text: str) -> None:
    assert 0 <= usable.leading_yes_or_no(text) <= len(text)
    usable.points_back(text)
    usable.refers_elsewhere(text)
    assert len(usable.shingles(text)) <= max(len(text), 1)


def test_a_passage_cut_by_a_page_end() -> None:
    assert usable.breaks_off("De molen draait weer, zoals de gemeente Terpdam en het waterschap op 3 mei hebben")
    assert usable.starts_midway("(jeugd)werkers in Terpdam.")
    assert not usable.starts_midway("- een eerste punt;")
    assert not usable.breaks_off("De molen draait ‘weer’.")


@pytest.mark.parametrize(
    "text",
    ["Hierbij stuur ik u het jaarverslag.", "Geachte voorzitter,", "In deze brief beschrijf ik de stand van zaken."],
)
def test_the_frame_of_a_letter_is_no_source(text: str) -> None:
    assert usable.says_nothing(text)


def test_the_address_of_a_letter_is_no_answer() -> None:
    assert usable.frames_a_letter(
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal Den Haag, 17 december 2025"
    )
    assert usable.frames_a_letter("BRIEF VAN DE MINISTER VAN GOLF EN GETIJ")
    assert not usable.frames_a_letter("Aan de molen in Terpdam is in het voorjaar lang gewerkt.")
