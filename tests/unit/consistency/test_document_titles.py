"""Messages name documents as readers know them."""

from drafter.checks.finding import Evidence, Finding, Severity
from drafter.checks.titles import LONGEST_TITLE, short_title, with_titles


class _Summary:
    def __init__(self, title: str) -> None:
        self.title = title


class _Bank:
    """Knows one document."""

    def summaries_of(self, identifiers: list[str]) -> dict[str, _Summary]:
        return {name: _Summary("Antwoorden over de\nsluis") for name in identifiers if name == "ah-12"}


def _finding(message: str, *documents: str) -> Finding:
    evidence = tuple(Evidence(name, None, "De sluis is open.") for name in documents)
    return Finding("consistency", "number", Severity.WARNING, 0, 1, "D", message, evidence=evidence)


def test_an_id_becomes_a_title_and_one_that_is_part_of_a_word_does_not() -> None:
    (one,) = with_titles([_finding("Zie ah-12 van 3 mei, niet xah-12.", "ah-12")], _Bank())
    assert one.message == "Zie ‘Antwoorden over de sluis’ van 3 mei, niet xah-12."
    assert one.evidence[0].named == "Antwoorden over de sluis"


def test_what_the_bank_does_not_know_keeps_its_id() -> None:
    (one,) = with_titles([_finding("Zie ah-13.", "ah-13")], _Bank())
    assert one.message == "Zie ah-13."
    assert one.evidence[0].named == "ah-13"


def test_a_long_title_is_cut_between_words() -> None:
    shown = short_title("Sluis " * 40)
    assert len(shown) <= LONGEST_TITLE + 2
    assert shown.endswith("Sluis …")
