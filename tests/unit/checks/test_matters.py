"""One matter once, and the worst first."""

from __future__ import annotations

import dataclasses

from drafter.checks.finding import Finding, Grade, Severity
from drafter.checks.matters import gravity, matters

ONE = Finding("staleness", "ongoing", Severity.WARNING, 10, 15, "thans", "“thans”: ga na.", grade=Grade.UNCERTAIN)


def test_the_same_words_are_told_once_with_their_places() -> None:
    later = dataclasses.replace(ONE, start=80, end=85, quote="Thans", message="“Thans”: ga na.")
    other = dataclasses.replace(ONE, start=40, end=45, quote="vooralsnog", message="“vooralsnog”: ga na.")
    assert [matter.findings for matter in matters([later, other, ONE])] == [(ONE, later), (other,)]


def test_the_same_words_of_which_something_else_is_said_are_two() -> None:
    known = dataclasses.replace(ONE, start=80, end=85, message="“thans”: daarna is hierover bericht.")
    assert len(matters([ONE, known])) == 2


def test_the_worst_is_first() -> None:
    info = dataclasses.replace(ONE, severity=Severity.INFO)
    passed = dataclasses.replace(ONE, grade=Grade.EXPIRED, message="voorbij")
    adapt = dataclasses.replace(ONE, grade=Grade.ADAPT, message="aanpassen")
    open_question = dataclasses.replace(ONE, check="coverage")
    ordered = [matter.finding for matter in matters([info, ONE, adapt, passed, open_question])]
    assert ordered == [open_question, passed, adapt, ONE, info]
    assert [gravity(finding) for finding in ordered] == sorted(gravity(finding) for finding in ordered)
