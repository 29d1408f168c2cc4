"""Why a passage stands in the draft, in words."""

from __future__ import annotations

import dataclasses
import math

from answers_bank.dutch.compounds import Compounds
from answers_bank.index.unit_building import Analyser
from drafter.assembly.why import why
from tests.unit.assembly.test_selection import answer

BOEI = "De boeien bij Griend zijn in het voorjaar vernieuwd."
SAYS = dict.fromkeys(("question", "asked", "used", "portfolio"), 0.0)


def told(**says: float) -> str:
    (one,) = answer("a", BOEI, 0.5)
    asked = {"boeien": {"boei": 3.0}, "het": {"het": 0.1}, "vaargeul": {"vaargeul": 4.0}}
    return why(dataclasses.replace(one, says=SAYS | says), BOEI, asked, Analyser(Compounds({})))


def test_it_names_the_words_that_are_shared_and_no_empty_ones() -> None:
    assert told() == "Deelt met de vraag: boeien."


def test_it_says_where_else_it_stands_and_what_it_answered() -> None:
    assert "staat ook in 1 ander stuk" in told(used=math.log1p(1))
    assert "staat ook in 3 andere stukken" in told(used=math.log1p(3))
    assert "het onderwerp lijkt erop" in told(question=0.6)


def test_there_is_always_a_reason() -> None:
    (one,) = answer("b", "Het veer vaart.", 0.5)
    assert (
        why(dataclasses.replace(one, says=SAYS), "Het veer vaart.", {}, Analyser(Compounds({})))
        == "Verwant van inhoud."
    )
