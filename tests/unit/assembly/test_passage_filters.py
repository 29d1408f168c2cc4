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


def test_shingles_are_the_same_in_every_run() -> None:
    assert usable.shingles("De molen draait weer!") == usable.shingles("de molen draait weer")
    assert usable.shingles("de molen draait weer") == frozenset({zlib.crc32(b"de molen draait weer")})


@given(st.text(max_size=200))
def test_nothing_breaks_on_any_text(text: str) -> None:
    usable.starts_midway(text)
    usable.breaks_off(text)
    assert len(usable.shingles(text)) <= max(len(text), 1)


def test_a_passage_cut_by_a_page_end() -> None:
    assert usable.breaks_off("De molen draait weer, zoals de gemeente Terpdam en het waterschap op 3 mei hebben")
    assert usable.starts_midway("(jeugd)werkers in Terpdam.")
    assert not usable.starts_midway("- een eerste punt;")
    assert not usable.breaks_off("De molen draait ‘weer’.")
