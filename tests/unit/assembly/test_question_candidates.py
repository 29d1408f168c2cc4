"""Which of the passages that were found may go into a draft."""

from __future__ import annotations

import datetime

from drafter.assembly.excerpts import Excerpt
from drafter.assembly.question_candidates import PassageGroup, _overtaken, asks_the_same
from drafter.search.values import FoundPassage, SearchResult
from tests.unit.assembly.passages import passage


def group(document: str, year: int, text: str, worth: float = 1.0) -> PassageGroup:
    day = datetime.date(year, 5, 1)
    found = FoundPassage(passage(f"{document}#1", document, day, text), 0.5)
    result = SearchResult(1, 0.5, {"sum": 1.0}, document, document, day, (1,), "", None, (found,), None, None, "")
    return PassageGroup((Excerpt(found.passage),), (worth,), result)


OLD = "Een molenaar moet een storing van meer dan twee uur binnen 48 uur melden bij de gemeente Terpdam."
NEW = "Een molenaar moet een storing van meer dan een uur binnen 24 uur melden bij de gemeente Terpdam. Dat is streng."


def test_the_latest_position_wins() -> None:
    old, new = group("oud", 2023, OLD), group("nieuw", 2025, NEW)
    assert _overtaken(old, [old, new])
    assert not _overtaken(new, [old, new])


def test_a_newer_passage_on_something_else_overtakes_nothing() -> None:
    old, other = group("oud", 2023, OLD), group("nieuw", 2025, "De wieken van de molen zijn in het voorjaar vernieuwd.")
    assert not _overtaken(old, [old, other])


def test_a_newer_passage_that_hardly_fits_the_question_overtakes_nothing() -> None:
    old, new = group("oud", 2023, OLD), group("nieuw", 2025, NEW, worth=0.1)
    assert not _overtaken(old, [old, new])


def test_the_same_question_in_other_order() -> None:
    asked = "Hoeveel molens staan er in Terpdam en hoe oud zijn die molens?"
    assert asks_the_same(asked, "Hoe oud zijn de molens in Terpdam en hoeveel molens staan er?")
    assert not asks_the_same(asked, "Hoeveel kost het onderhoud van de dijk bij Zandgat per jaar?")
    assert not asks_the_same("Deelt u deze mening?", "Deelt u deze mening?")
