"""Whether two figures are of one thing."""

import datetime

from unit.checks.samples import WRITTEN

from answers_bank.index.repeated_text import SentenceHit
from drafter.checks.comparison.compare import compare_sentences
from drafter.checks.comparison.conflict import Conflict, ConflictType
from drafter.checks.consistency.near_duplicates import Clash, _of_a_part, _of_years, _one_day
from drafter.checks.text import CheckedText, TextSpan


def clash(mine: str, theirs: str, kind: str) -> Clash:
    (unit,) = CheckedText.of_block(mine, WRITTEN).units
    conflict = next(one for one in compare_sentences(mine, theirs) if one.kind == kind)
    assert isinstance(conflict, Conflict)
    assert isinstance(conflict.type, ConflictType)
    hit = SentenceHit("p", "d", datetime.date(2025, 1, 1), 0, len(theirs), theirs, 0.9, 0.9)
    return Clash(TextSpan(unit, 0, len(mine)), conflict, hit, False, 5.0, 0.1, 0.1)


def test_a_number_of_some_of_them_is_no_contradiction() -> None:
    all_of_them = "De loodsdienst telt in totaal 23 medewerkers bij de sluizen."
    assert _of_a_part(
        clash("De loodsdienst telt in totaal 12 vrouwelijke medewerkers bij de sluizen.", all_of_them, "number")
    )
    assert not _of_a_part(clash("De loodsdienst telt in totaal 12 medewerkers bij de sluizen.", all_of_them, "number"))


def test_years_that_are_told_of_are_no_contradiction_but_what_happened_is() -> None:
    of_year = clash(
        "De cijfers van 2015 over de sluizen zijn voorlopig.",
        "De cijfers van 2016 over de sluizen zijn voorlopig.",
        "date",
    )
    assert _of_years(of_year)
    happened = clash("De sluis bij Duinhaven is in 2015 geopend.", "De sluis bij Duinhaven is in 2016 geopend.", "date")
    assert not _of_years(happened)


def test_a_day_with_and_without_its_year_is_one() -> None:
    assert _one_day("17 februari jl.", "17 februari 2017")
    assert not _one_day("17 februari 2016", "17 februari 2017")
    assert not _one_day("18 februari jl.", "17 februari 2017")
