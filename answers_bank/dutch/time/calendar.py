"""The parliamentary calendar: Prinsjesdag, session years, recesses and the budget cycle.

Recesses are set by the Chamber each year; those that were read stand in `data/recesses.yaml`. For other years they are
computed by the pattern that the Chamber keeps: from a Friday to the Monday before it meets again.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from answers_bank.dutch.patterns import read_yaml

DAY = datetime.timedelta(days=1)


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
    ELECTION = "verkiezing"


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


@cache
def _read_recesses() -> dict[tuple[Recess, int], Interval]:
    entries = read_yaml("recesses", "answers_bank.dutch")["entries"]
    return {
        (Recess(e["kind"]), e["year"]): Interval(e["from"], e["until"])
        for e in entries
        if "from" in e and "until" in e and "uncertain" not in e
    }


def recess(kind: Recess, year: int) -> Interval | None:
    """The recess that begins in `year`; None for an election of which no recess is known.

    An election recess that meets the autumn recess takes its place.
    """
    known = _read_recesses()
    if (kind, year) in known:
        return known[kind, year]
    found = _computed_recess(kind, year)
    election = known.get((Recess.ELECTION, year))
    if kind is Recess.AUTUMN and found and election and found.first <= election.last and election.first <= found.last:
        return election
    return found


@lru_cache(maxsize=1024)
def _computed_recess(kind: Recess, year: int) -> Interval | None:
    if kind is Recess.SUMMER:
        # From the Friday after the first Thursday of July to the Monday before the first Tuesday of September.
        last = _on_weekday(datetime.date(year, 9, 1), 1) - DAY
        return Interval(_on_weekday(datetime.date(year, 7, 2), 4), last)
    if kind is Recess.CHRISTMAS:
        start, days = _on_weekday(datetime.date(year, 12, 17), 4), 25
    elif kind is Recess.SPRING:
        # The school holiday weeks around Carnival (47 days before Easter), never before the middle of February.
        start = _on_weekday(max(easter(year) - datetime.timedelta(days=54), datetime.date(year, 2, 13)), 4)
        start, days = min(start, datetime.date(year, 2, 27)), 11
    elif kind is Recess.MAY:
        start, days = _on_weekday(datetime.date(year, 4, 21), 4), 18
    elif kind is Recess.AUTUMN:
        start, days = _on_weekday(datetime.date(year, 10, 11), 4), 11
    else:
        return None
    return Interval(start, start + (days - 1) * DAY)


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
