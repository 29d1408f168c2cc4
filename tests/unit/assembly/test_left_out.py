"""What stays behind with the old document: every rule has its examples, with those that look alike and do not."""

from __future__ import annotations

import pytest

from drafter.assembly.left_out import LeftOutRule, left_out, left_out_rules


@pytest.mark.parametrize("rule", left_out_rules(), ids=lambda rule: rule.name)
def test_a_rule_holds_for_its_examples_alone(rule: LeftOutRule) -> None:
    assert rule.out
    assert rule.kept
    assert [text for text in rule.out if not rule.matches(text)] == []
    assert [(text, left_out(text)) for text in rule.kept if left_out(text)] == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Geachte leden van de Kamer,", "salutation"),
        ("Ik ga ervan uit dat ik u hiermee voldoende heb geïnformeerd.", "closing"),
        ("Met deze brief informeer ik uw Kamer over de boeien in de Wierde.", "letter-announces"),
        ("Zoals toegezegd ontvangt u hierbij het jaarverslag.", "as-promised"),
        ("Gelet op de samenhang worden de vragen 3 en 4 samen beantwoord.", "set-answered"),
        ("Ik dank de leden voor de gestelde vragen.", "politeness"),
        ("Zie ook mijn antwoord op vraag 7.", "refers-within-set"),
        ("3. De kosten van de veerdienst ..... 12", "contents"),
        ("Ik verwijs u naar het antwoord op vraag 2.", "refers-within-set"),
        ("Voor het antwoord op deze vraag verwijs ik naar mijn antwoord op de vragen 4 en 5.", "refers-within-set"),
        ("Ten aanzien van de kosten verwijs ik kortheidshalve naar de beantwoording van vraag 4.", "refers-within-set"),
        ("Met betrekking tot de boeien verwijzen wij u naar de antwoorden op de vragen 2 en 3.", "refers-within-set"),
        ("Over de veerdienst verwijs ik naar het antwoord van de minister op eerdere schriftelijke vragen.", None),
        ("Hierbij stuur ik u het jaarverslag.", "letter-sends"),
        ("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal Den Haag, 17 december 2025", "salutation"),
        ("Aan de molen in Terpdam is in het voorjaar lang gewerkt.", None),
        ("De boeien in de Wierde zijn in 2024 vernieuwd.", None),
        ("In deze brief heeft de schipper zijn beklag gedaan over de boeien.", None),
        ("De Kamer is geïnformeerd over de kosten van de boeien.", None),
    ],
)
def test_other_sentences(sentence: str, rule: str | None) -> None:
    assert left_out(sentence) == rule
