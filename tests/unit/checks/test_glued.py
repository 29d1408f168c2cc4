"""Words that a broken extraction wrote together, and words that are whole."""

from __future__ import annotations

from unit.checks.samples import LATER, answered

from answers_bank.dutch.glued import GluedWords
from drafter.checks import check_document
from drafter.checks.finding import Context

BROKEN = (
    "De sluis van deKustwacht is dicht. Volgens hetWaterschap is dat op dit momentgeen bezwaar. De kustwacht doet "
    "injuni jl. een proef. Het waterschap heeftmijn steun. Dehavens en de mijnbouw zijn veilig. De havens groeien, "
    "het moment is daar."
)


def apart(text: str, around: str | None = None) -> str:
    words = GluedWords.of_text(around or text)
    places = words.places(text)
    return "".join(" " + c if i in places else c for i, c in enumerate(text))


def test_two_words_that_lost_their_space_are_read_apart() -> None:
    shown = apart(BROKEN)
    for words in ("de Kustwacht", "het Waterschap", "moment geen", "in juni", "heeft mijn", "De havens en"):
        assert words in shown
    assert "mijnbouw" in shown


def test_a_whole_text_is_left_alone() -> None:
    text = "GroenLinks-PvdA en het RvdK vragen TikTok om uitleg over het hetgeen in juni van de mijnbouw bekend werd."
    assert GluedWords.of_text(text).places(text) == []


def test_rules_see_the_words_and_places_are_those_of_the_text() -> None:
    document = answered(("Hoe staat het?", BROKEN))
    found = [f for f in check_document(document, Context(LATER), ["staleness"]) if f.is_warning]
    quotes = {f.rule: document.text[f.start : f.end] for f in found}
    assert quotes["ongoing"] == "op dit moment"
    assert quotes["relative-date"] == "injuni jl."
