from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers_bank.dutch.names.abbreviations import definitions
from answers_bank.index.unit_index import UnitIndex
from answers_bank.store.bank import Bank
from drafter.search.searcher import Searcher
from drafter.search.values import SearchQuery
from tests.unit.search.test_search import DAY, WATER, answer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("De Autoriteit voor Wind en Molens (AWM) ziet toe.", [("AWM", "Autoriteit voor Wind en Molens")]),
        (
            "Zo is er de Verordening Wijde Inlaat-Molens (hierna: de WIM-verordening).",
            [("WIM-verordening", "Verordening Wijde Inlaat-Molens")],
        ),
        ("De Algemene Inspectie- en Waterdienst (‘AIWD’) telt.", [("AIWD", "Algemene Inspectie- en Waterdienst")]),
        ("Dat zei de heer Duin (ZEE) gisteren.", []),
        ("In het jaar (2031) en later (Stb. 12).", []),
        ("Een molen (zie bijlage) en een dijk (A).", []),
        ("(AWM)", []),
    ],
)
def test_definitions(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.short, one.full) for one in definitions(text) if one.spelled] == found


@given(st.text(alphabet="aAbB -(.)é", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for one in definitions(text):
        assert " ".join(text[one.start : one.end].split()).startswith(one.full)


def test_a_short_form_finds_the_long_one_and_the_other_way_round(tmp_path: Path) -> None:
    with Bank.open(tmp_path / "bank", create=True) as bank:
        said = "De Autoriteit voor Wind en Molens (AWM) ziet toe op draaien."
        bank.add(answer("ah-1", DAY, WATER, "Toezicht", ("Wie ziet toe?", said)))
        bank.add(answer("ah-2", DAY, WATER, "Boetes", ("Wie beboet?", "Een boete legt de AWM op aan wie stilstaat.")))
        bank.add(answer("ah-3", DAY, WATER, "Beroep", ("En beroep?", "Tegen de Autoriteit voor Wind en Molens.")))
        bank.add(answer("ah-4", DAY, WATER, "Brood", ("Wat kost brood?", "Daarover gaat de bakker.")))
        assert UnitIndex.open(bank).abbreviations == {"AWM": "Autoriteit voor Wind en Molens"}
        searcher = Searcher(bank)
        assert "ah-3" in {r.document for r in searcher.search(SearchQuery("AWM"))}
        assert "ah-2" in {r.document for r in searcher.search(SearchQuery("de Autoriteit voor Wind en Molens"))}
