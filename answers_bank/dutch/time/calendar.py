"""The parliamentary calendar, computed: Prinsjesdag, session years, recesses and the budget cycle.

Exact dates of a recess are set by the Chamber each year. What is computed here follows the pattern it keeps: the recess
starts on a Friday (first day counted here) and ends on the Monday before the Chamber meets again. A check needs no
more than "is that period surely over"; differences of some days do not matter to it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"interval ends before it begins: {self.first} - {self.last}")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, datetime.date) and self.first <= day <= self.last

    @property
    def after(self) -> datetime.date:
        """The first day on which the interval is over."""
        return self.last + DAY


class Recess(StrEnum):
    """The recesses (recessen) of the Tweede Kamer."""

    CHRISTMAS = "kerst"
    SPRING = "voorjaar"
    MAY = "mei"
    SUMMER = "zomer"
    AUTUMN = "herfst"


class Season(StrEnum):
    """Seasons as administrative Dutch uses them."""

    SPRING = "voorjaar"
    SUMMER = "zomer"
    AUTUMN = "najaar"
    WINTER = "winter"


@lru_cache(maxsize=256)
def prinsjesdag(year: int) -> datetime.date:
    """The third Tuesday of September, on which a session year begins."""
    first = datetime.date(year, 9, 1)
    return first + datetime.timedelta(days=(1 - first.weekday()) % 7 + 14)


def session_year(day: datetime.date) -> str:
    """The session year (vergaderjaar) of a day, as "2024-2025"."""
    start = day.year if day >= prinsjesdag(day.year) else day.year - 1
    return f"{start}-{start + 1}"


def session_interval(start: int) -> Interval:
    """All days of the session year that begins in `start`."""
    return Interval(prinsjesdag(start), prinsjesdag(start + 1) - DAY)


def _on_weekday(day: datetime.date, weekday: int) -> datetime.date:
    """`day` itself or the first `weekday` (Monday is 0) after it."""
    return day + datetime.timedelta(days=(weekday - day.weekday()) % 7)


@lru_cache(maxsize=1024)
def recess(kind: Recess, year: int) -> Interval:
    """The recess that begins in `year`."""
    if kind is Recess.SUMMER:
        # From the first Friday of July (3 July 2026, 4 July 2025) to the last Monday of August.
        last = datetime.date(year, 8, 31)
        return Interval(_on_weekday(datetime.date(year, 7, 1), 4), last - datetime.timedelta(days=last.weekday()))
    if kind is Recess.CHRISTMAS:
        # From the Friday before Christmas (19 December 2025, 20 December 2024); three weeks and a weekend.
        start = _on_weekday(datetime.date(year, 12, 18), 4)
        return Interval(start, start + datetime.timedelta(days=24))
    if kind is Recess.SPRING:
        # The school holiday weeks around Carnival (47 days before Easter), never before the middle of February.
        start = _on_weekday(max(easter(year) - datetime.timedelta(days=54), datetime.date(year, 2, 13)), 4)
        start = min(start, datetime.date(year, 2, 27))
        return Interval(start, start + datetime.timedelta(days=10))
    if kind is Recess.MAY:
        start = _on_weekday(datetime.date(year, 4, 22), 4)
        return Interval(start, start + datetime.timedelta(days=17))
    start = _on_weekday(datetime.date(year, 10, 11), 4)
    return Interval(start, start + datetime.timedelta(days=10))


def season(kind: Season, year: int) -> Interval:
    """A season by its usual (astronomical) bounds; the winter of `year` ends in that year's March."""
    if kind is Season.WINTER:
        return Interval(datetime.date(year - 1, 12, 21), datetime.date(year, 3, 20))
    first, last = {
        Season.SPRING: ((3, 20), (6, 20)),
        Season.SUMMER: ((6, 21), (9, 22)),
        Season.AUTUMN: ((9, 22), (12, 20)),
    }[kind]
    return Interval(datetime.date(year, *first), datetime.date(year, *last))


def month(year: int, number: int) -> Interval:
    """A calendar month."""
    first = datetime.date(year, number, 1)
    following = datetime.date(year + number // 12, number % 12 + 1, 1)
    return Interval(first, following - DAY)


def quarter(year: int, number: int) -> Interval:
    """A quarter (kwartaal), 1 to 4."""
    return Interval(month(year, 3 * number - 2).first, month(year, 3 * number).last)


def year_interval(year: int) -> Interval:
    """A calendar year."""
    return Interval(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def week_of(day: datetime.date) -> Interval:
    """The week, from Monday to Sunday, that `day` is in."""
    monday = day - datetime.timedelta(days=day.weekday())
    return Interval(monday, monday + datetime.timedelta(days=6))


def school_year(start: int) -> Interval:
    """The school year (schooljaar) that begins in `start`: 1 August to 31 July."""
    return Interval(datetime.date(start, 8, 1), datetime.date(start + 1, 7, 31))


def add_months(day: datetime.date, count: int) -> datetime.date:
    """`count` months later (or earlier), on the last day of the month where the day does not exist."""
    return day + relativedelta(months=count)


# Fixed points of the budget cycle, as (month, day) by which the moment has surely passed; None is Prinsjesdag.
BUDGET_MOMENTS: dict[str, tuple[int, int] | None] = {
    "voorjaarsnota": (6, 1),
    "voorjaarsbesluitvorming": (6, 1),
    "verantwoordingsdag": (5, 31),
    "augustusbesluitvorming": None,
    "miljoenennota": None,
    "najaarsnota": (12, 1),
    "begrotingsbehandeling": (12, 20),
    "jaarwisseling": (12, 31),
}


def budget_moment(name: str, year: int) -> datetime.date:
    """The day by which a moment of the budget cycle has passed."""
    day = BUDGET_MOMENTS[name]
    return prinsjesdag(year) if day is None else datetime.date(year, *day)
