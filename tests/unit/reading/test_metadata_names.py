"""Names of members that begin as a sentence does, and subjects that a letter tells in its first sentence."""

from __future__ import annotations

import pytest

from answers_bank.reading.metadata.letterhead import read_metadata
from answers_bank.reading.metadata.titles import title_of


@pytest.mark.parametrize(
    "name", ["De Wulp", "In ’t Riet", "Op den Dijk", "Het Duin", "Van der Zilt", "De la Golf", "’t Wad"]
)
def test_a_name_may_begin_as_a_sentence_does(name: str) -> None:
    head = (
        f"Vragen van het lid {name} (Vogelvrij) aan de minister van Wind en Water over molens (ingezonden 3 maart 2026)"
    )
    metadata = read_metadata(head, "", head)
    assert [(asker.name, asker.party) for asker in metadata.askers] == [(name, "Vogelvrij")]
    assert metadata.subject == "molens"


@pytest.mark.parametrize("after", ["De minister heeft gezegd", "Het is al laat", "Op 3 maart 2026", "In de zomer"])
def test_a_sentence_behind_the_names_is_no_name(after: str) -> None:
    head = f"Vragen van het lid Wulp (Vogelvrij)\n{after}"
    assert [asker.name for asker in read_metadata(head, "", head).askers] == ["Wulp"]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        (
            "Hierbij stuur ik u het jaarverslag over 2024 van de Dienst Golven (DG)\nen het overzicht dat u vroeg.",
            "jaarverslag over 2024 van de Dienst Golven (DG)",
        ),
        ("Hierbij bied ik uw Kamer het rapport Molens in de mist aan.", "rapport Molens in de mist"),
        ("Met deze brief informeer ik u over de stand\nvan de molens.", "de stand van de molens"),
    ],
)
def test_subject_of_a_first_sentence(sentence: str, subject: str) -> None:
    assert title_of(f"Geachte voorzitter,\n\n{sentence}\n\nMeer volgt.", (), None) == subject
