"""Who answered, with one person under several spellings."""

from __future__ import annotations

import datetime

from answers_bank.store.stored import Signature
from drafter.bank_views.office_holders import office_terms


def signature(name: str, day: int, portfolio: str = "Wind en Water") -> Signature:
    return Signature(name, portfolio, "minister", datetime.date(2025, 1, day), f"stuk-{day}")


def test_one_person_under_several_spellings() -> None:
    names = {"F. van der Duin": 1, "Van der Duin": 3, "Frida van der Duin": 2}
    found = office_terms(signature(name, day) for name, day in names.items())
    assert [(one.name, one.times, one.document) for one in found] == [("Frida van der Duin", 3, "stuk-3")]
    assert (found[0].first.day, found[0].last.day) == (1, 3)


def test_two_people_with_one_surname_stay_two() -> None:
    assert len(office_terms([signature("F. Duin", 1), signature("K. Duin", 2)])) == 2
    assert len(office_terms([signature("F. Duin", 1), signature("F. Duin", 2, "Golf en Getij")])) == 2
