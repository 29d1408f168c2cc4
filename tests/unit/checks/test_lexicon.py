"""The lexicon: its little language, and the anchors that make it fast."""

import pytest

from answers_bank.dutch.patterns import Lexicon
from drafter.checks.rules import patterns, rules


def matched(pattern: str, sentence: str, **more: object) -> list[str]:
    lexicon = Lexicon({"words": {"fruit": ["appel", "rode bes"]}, "rules": {"r": [{"pattern": pattern, **more}]}})
    return [sentence[h.start : h.end] for h in lexicon.hits(sentence)]


@pytest.mark.parametrize(
    ("pattern", "sentence", "found"),
    [
        ("op dit moment", "Op dit\nmoment is dat zo.", ["Op dit\nmoment"]),
        ("(a|b) c", "Dus b c dan.", ["b c"]),
        ("(de )?vraag", "Zie vraag 3 en de vraag.", ["vraag", "de vraag"]),
        ("[nog] later", "Nog later dan later.", ["Nog later", "later"]),
        ("verwacht~", "Dat verwachtte hij.", ["verwachtte"]),
        ("is ~ klaar", "Dat is bijna klaar.", ["is bijna klaar"]),
        ("zal … komen", "Hij zal morgen in de loop van de dag komen.", ["zal morgen in de loop van de dag komen"]),
        ("is .. weg", "Hij is al lang weg, zij is er al sinds gisteren niet weg.", ["is al lang weg"]),
        ("een {fruit}", "Een rode bes en een appel.", ["Een rode bes", "een appel"]),
        ("huidige?", "Het huidig en het huidige.", ["huidig", "huidige"]),
        ("moment", "Op het momentum.", []),
        ("(internet|pre)?consultatie", "In internetconsultatie.", ["internetconsultatie"]),
    ],
)
def test_the_little_language(pattern: str, sentence: str, found: list[str]) -> None:
    assert matched(pattern, sentence) == found


def test_unless_and_softens() -> None:
    assert matched("op het moment", "Op het moment dat hij komt.", unless=["op het moment dat"]) == []
    lexicon = Lexicon({"rules": {"r": [{"pattern": "loopt", "softens": ["altijd"]}]}})
    assert [h.info for h in lexicon.hits("Het loopt altijd.")] == [True]


def test_a_far_date_is_not_taken_into_the_quotation() -> None:
    sentence = "De proef met de sinds 1 september 2023 geldende regels is gestart."
    assert matched("proef … (is gestart)", sentence) == ["is gestart"]


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="maanden"):
        Lexicon({"rules": {"r": [{"pattern": "a", "maanden": 3}]}})


SENTENCES = [example.text for rule in rules() for example in rule.speaks] + [
    "Het wetsvoorstel is in internetconsultatie gegaan en de inspectie onderzoekt dit.",
    "Zoals ik in mijn antwoord op vraag 2 heb aangegeven, verwijs ik naar vraag 6.",
    "De gesprekken worden voortgezet; ik ben hierover in gesprek en kom er eind dit jaar op terug.",
    "Uw Kamer wordt nader geïnformeerd zodra het hoger beroep is ingesteld of het onderzoek loopt.",
    "Mijn ambtsvoorganger verwachtte dat de regeling nog niet was opengesteld.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_anchors_leave_nothing_out(sentence: str) -> None:
    lexicon = patterns("staleness")
    fast = {id(what) for what, _ in lexicon.patterns.find(sentence)}
    missed = [
        pattern.source
        for pattern, what in lexicon.patterns.all
        if pattern.regex.search(sentence) and id(what) not in fast
    ]
    assert missed == []


@pytest.mark.parametrize("pattern", ["(laat|laten) (ik )?… onderzoeken", "heb (ik )?.. contact"])
def test_a_gap_that_would_stand_for_itself_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="gat"):
        Lexicon({"rules": {"rule": [{"pattern": pattern}]}})
