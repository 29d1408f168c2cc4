from __future__ import annotations

import pytest

from answers_bank.index.masked_names import Names, introduced_names, masked_words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Toezicht door de Autoriteit Wind en Water (AWW) is nodig.", ("autoriteit", "wind", "en", "water")),
        ("Volgens de Wet online Golfinhoud (hierna: WOG) mag dat.", None),
        ("Er geldt een Verordening Golf-Inhoud (VGI-verordening).", ("verordening", "golf", "inhoud")),
        ("Dat is zo (zie bijlage).", None),
    ],
)
def test_names_are_learnt_where_they_are_introduced(text: str, name: tuple[str, ...] | None) -> None:
    found = introduced_names([text])
    assert (name in found.all) if name else True
    if name is None:
        assert all(n[0] != "zo" for n in found.all)


def test_a_name_counts_as_one_word() -> None:
    names = Names([("autoriteit", "wind", "en", "water")])
    masked = masked_words("volgens de autoriteit wind en water klopt dat", names)
    assert masked == ["volgens", "de", "§autoriteitwindenwater", "klopt", "dat"]


def test_capitalised_runs_are_names() -> None:
    masked = masked_words("Het Ministerie van Wind en Water en het college spraken af.", Names())
    assert masked == ["het", "§ministerievanwindenwater", "en", "het", "college", "spraken", "af"]


def test_plain_sentences_stay_as_they_are() -> None:
    assert masked_words("De kade is hoog.", Names()) == ["de", "kade", "is", "hoog"]
