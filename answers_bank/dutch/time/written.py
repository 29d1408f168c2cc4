"""Dates as Dutch letters write them."""

from __future__ import annotations

import datetime

MONTHS = tuple("januari februari maart april mei juni juli augustus september oktober november december".split())


def dutch_date(day: datetime.date) -> str:
    """A date as it is written in answers: "19 mei 2015"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
