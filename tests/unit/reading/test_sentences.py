"""The sentence splitter that all rooms share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.dutch.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja. Nee. Zo ja, waarom? Zo nee, waarom niet?", ["Ja.", "Nee.", "Zo ja, waarom?", "Zo nee, waarom niet?"]),
        ("Zie art. 5 en nr. 3. Dat is duidelijk.", ["Zie art. 5 en nr. 3.", "Dat is duidelijk."]),
        ("Op 3 mei jl. kwam mr. P. de Molenaar. Hij ging.", ["Op 3 mei jl. kwam mr. P. de Molenaar.", "Hij ging."]),
        ("Op 17 dec. 2030 was er wind. Nu niet.", ["Op 17 dec. 2030 was er wind.", "Nu niet."]),
        ("Dat gold tot 2030. 2 molens staan stil.", ["Dat gold tot 2030.", "2 molens staan stil."]),
        ("1. De eerste. 2. De tweede.", ["1. De eerste.", "2. De tweede."]),
        ("Er is wind. ’s Avonds niet.", ["Er is wind.", "’s Avonds niet."]),
        ("Het is opgelost.Ten eerste is er wind.", ["Het is opgelost.", "Ten eerste is er wind."]),
        ("Zie www.molens.Nl en https://x.example/a.Bc d.", ["Zie www.molens.Nl en https://x.example/a.Bc d."]),
        ("Punten:\n• een;\n• twee.\n\nKlaar", ["Punten:", "• een;", "• twee.", "Klaar"]),
        (
            "Het kost 3,5 mln. euro. Het kost 4 mln. Het is veel.",
            ["Het kost 3,5 mln. euro.", "Het kost 4 mln.", "Het is veel."],
        ),
        ("Kent u het stuk ‘Wat nu?’ van 3 mei? Ja.", ["Kent u het stuk ‘Wat nu?’ van 3 mei?", "Ja."]),
        ("Een regel\nloopt door. Klaar.", ["Een regel\nloopt door.", "Klaar."]),
        ("", []),
        ("De brief d.d. 10 mei 2030 is er. Ja.", ["De brief d.d. 10 mei 2030 is er.", "Ja."]),
        ("Zie pp. 12-14, hfdst. 3 en bijl. B. Klaar.", ["Zie pp. 12-14, hfdst. 3 en bijl. B.", "Klaar."]),
        (
            "Zie Hand. II 2029/30, nr. 4. Dat is aan de hand. Ja.",
            ["Zie Hand. II 2029/30, nr. 4.", "Dat is aan de hand.", "Ja."],
        ),
        ("Dat volgt uit art. 5 jo. Art. 6 Wmol. Niet meer.", ["Dat volgt uit art. 5 jo. Art. 6 Wmol.", "Niet meer."]),
        ("De kosten (incl. BTW) zijn hoog, ca. 5 gulden.", ["De kosten (incl. BTW) zijn hoog, ca. 5 gulden."]),
        ("Zij is van categorie A. Dit geldt niet.", ["Zij is van categorie A.", "Dit geldt niet."]),
        (
            "Molens van risicocategorie B. Molens in klasse C. mogen.",
            ["Molens van risicocategorie B.", "Molens in klasse C. mogen."],
        ),
        ("Kinderen krijgen vitamine K. Zij groeien.", ["Kinderen krijgen vitamine K.", "Zij groeien."]),
        ("Het is bijlage C. De Kamer heeft die.", ["Het is bijlage C.", "De Kamer heeft die."]),
        ("Ik sprak de heer B. De Wulp. Hij ging.", ["Ik sprak de heer B. De Wulp.", "Hij ging."]),
        ("Volgens A. Van der Zee en S. In ’t Veld klopt dat.", ["Volgens A. Van der Zee en S. In ’t Veld klopt dat."]),
        ("Minister J.A. Molenaar kwam met mr. P. Dijk.", ["Minister J.A. Molenaar kwam met mr. P. Dijk."]),
        ("Er staat een X. Dat is alles.", ["Er staat een X.", "Dat is alles."]),
        ("Dat meldt het RIVM.Dit is zo.", ["Dat meldt het RIVM.", "Dit is zo."]),
        ("Het gold tot 2030.Daarna niet.", ["Het gold tot 2030.", "Daarna niet."]),
        ("Dit gaat over optie B.De rest volgt.", ["Dit gaat over optie B.", "De rest volgt."]),
        ("Hij woont in de VS. De rest ook.", ["Hij woont in de VS.", "De rest ook."]),
        ("Zie J.De Wulp en www.x.nl/AB.De weg.", ["Zie J.De Wulp en www.x.nl/AB.De weg."]),
        ("Het is 5.De Hoop is een molen.", ["Het is 5.", "De Hoop is een molen."]),
        ("De molen draait.[3] Hij maalt. [12 ] Niet meer.", ["De molen draait.[3]", "Hij maalt. [12 ]", "Niet meer."]),
        ("Dat is zo.[1 ] [2 ] [Naschrift] ontbreekt.", ["Dat is zo.[1 ] [2 ]", "[Naschrift] ontbreekt."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


PIECES = st.lists(
    st.sampled_from(
        [
            "De molen draait",
            "ja",
            "nr.",
            "art.",
            "3",
            "2030",
            "J.",
            "mr.",
            ".",
            "?",
            "!",
            "…",
            " ",
            "  ",
            "\n",
            "\n\n",
            "• ",
            "’s ",
            "«",
            "»",
            "(",
            ")",
            "[1]",
            "jl.",
            "mln.",
            "A",
            "Ik ",
            "1. ",
            "- ",
            "www.molen.example/a.B",
            "é",
            "\u00a0",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=200)))
def test_spans_are_in_order_apart_and_hold_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    end = 0
    for start, stop in spans:
        assert end <= start < stop
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()
    assert sentences(text) == [text[start:stop] for start, stop in spans]


@given(PIECES)
def test_a_sentence_is_not_parted_again_into_more_than_itself(text: str) -> None:
    """Splitting the parts of paragraphs again finds nothing new, but for numbers that opened their paragraph."""
    for sentence in sentences(text):
        assert "".join("".join(sentences(sentence)).split()) == "".join(sentence.split())
