"""From a match of a pattern for a period, a recess or a term and the document's date to days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from fractions import Fraction

from dateutil.easter import easter

from answers_bank.dutch.numbers import count
from answers_bank.dutch.time.calendar import (
    BUDGET_MOMENTS,
    Interval,
    Recess,
    Season,
    add_months,
    budget_moment,
    month,
    prinsjesdag,
    quarter,
    recess,
    school_year,
    season,
    session_interval,
    week_of,
    year_interval,
)
from answers_bank.dutch.time.dates import MONTHS, dutch_date
from answers_bank.dutch.time.parts import (
    PAST,
    THIS,
    Date,
    Match,
    Resolved,
    choose,
    dated,
    like,
    named_period,
    part_of,
    word,
)


def _year_end(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    of = word(match, "of")
    whole = {
        "maand": month(date.year, date.month),
        "kwartaal": quarter(date.year, (date.month + 2) // 3),
        "zomer": season(Season.SUMMER, date.year),
    }.get(of, year_interval(date.year))
    part = part_of(whole, word(match, "phase"))
    # "voor het einde van het jaar" has passed when the year has.
    interval = Interval(whole.after, whole.after) if "eind" in word(match, "phase") and _until(match) else part
    named = of in {"jaar", "kalenderjaar"}
    rewrite = (
        re.sub(r"(?:het|dit)\s+(?:kalender)?jaar$", str(date.year), match[0], flags=re.IGNORECASE) if named else None
    )
    return Resolved("deictic", interval, rewrite=rewrite)


def _until(match: Match) -> bool:
    return bool(re.match(r"(?:nog )?(?:voor|vóór|tot|tegen)\b", word(match, "prep")))


def _years(match: Match, date: Date | None) -> Resolved | None:
    # "2024/25" is as often part of a name.
    first, last = int(match["from"]), int(match["to"] or 0)
    if last < first:
        return None
    return Resolved("absolute", Interval(Date(first, 1, 1), Date(last, 12, 31)))


def _school(match: Match, date: Date | None) -> Resolved | None:
    return Resolved("absolute", school_year(int(match["from"])))


def _step(unit: str, number: Fraction) -> int:
    """How many months `number` of a unit are; weeks and days count as one month at least."""
    months = next((months for name, months in _MONTHS.items() if unit.startswith(name)), None)
    return max(1, round(number / 4)) if months is None else max(1, round(number * months))


_MONTHS = {
    "jaar": 12, "jaren": 12, "decenni": 120, "kwart": 3, "halfjaar": 6, "half jaar": 6, "maand": 1,
    "kabinetsperiode": 48,
}  # fmt: skip


# How long a stretch without a number is taken to be, in months.
_VAGUE = {"jaren": 36, "maanden": 3, "weken": 1, "dagen": 1, "periode": 6, "tijd": 6, "kwartalen": 6, "decennia": 2}
_CALENDAR_UNITS = {"jaar", "kalenderjaar", "begrotingsjaar"}


def _dem_unit(match: Match, date: Date | None) -> Resolved | None:
    dem, unit, number = word(match, "dem"), word(match, "unit"), word(match, "number")
    if date is None:
        return Resolved("deictic", None, span=True)
    past, this = dem in PAST, dem in THIS
    if unit.endswith("jaar") and unit not in _CALENDAR_UNITS | {"halfjaar", "half jaar"} and not number:
        years = _shifted_school(unit, dem, date)
        label = f"{unit} {years.first.year}-{years.last.year}"
        plain = not word(match, "phase") and not (dem in PAST and not dem.startswith("vorig"))
        return Resolved("deictic", years, rewrite=named_period(match, label, "het") if plain else None)
    if this and unit in {"tijd", "periode", "jaren", "maanden", "weken", "dagen"}:
        # "in die/deze periode" refers back in the text, not to the day of writing.
        return None
    if this or (dem.startswith(("vorig", "volgend")) and not number):
        calendar = _calendar_unit(unit, 0 if this else -1 if past else 1, date)
        if calendar is not None:
            rewrite = _named_unit(match, unit, calendar)
            return Resolved("deictic", part_of(calendar, word(match, "phase")), rewrite=rewrite)
    months = _step(unit, count(number)) if number else _VAGUE.get(unit) or _step(unit, Fraction(1))
    interval = Interval(add_months(date, -months), date) if past else Interval(date, add_months(date, months))
    return Resolved("deictic", interval, span=True)


_QUARTERS = ("eerste", "tweede", "derde", "vierde")


def _named_unit(match: Match, unit: str, calendar: Interval) -> str | None:
    """ "in maart 2026" for "vorige maand"; None for what has no plain name."""
    first, phase = calendar.first, word(match, "phase")
    if unit == "maand":
        label = f"{MONTHS[first.month - 1]} {first.year}"
        if phase in {"begin", "medio", "eind"} and not word(match, "prep"):
            return like(match[0], f"{phase} {label}")
        return None if phase else named_period(match, label)
    if phase:
        return None
    if unit == "kwartaal":
        return named_period(match, f"{_QUARTERS[(first.month - 1) // 3]} kwartaal van {first.year}", "het")
    if unit == "week" and word(match, "prep") in {"", "in"}:
        return named_period(match, f"week van {dutch_date(first)}", "de")
    return None


def _calendar_unit(unit: str, shift: int, date: Date) -> Interval | None:
    if unit in _CALENDAR_UNITS:
        return year_interval(date.year + shift)
    if unit == "maand":
        moved = add_months(date.replace(day=1), shift)
        return month(moved.year, moved.month)
    if unit in {"week", "weekend"}:
        return week_of(date + datetime.timedelta(days=7 * shift))
    if unit == "kwartaal":
        moved = add_months(date.replace(day=1), 3 * shift)
        return quarter(moved.year, (moved.month + 2) // 3)
    return None


def _shifted_school(unit: str, dem: str, date: Date) -> Interval:
    shift = 0 if dem in THIS else -1 if dem in PAST else 1
    if unit in {"vergaderjaar", "zittingsjaar"}:
        return session_interval((date.year if date >= prinsjesdag(date.year) else date.year - 1) + shift)
    return school_year((date.year if date.month >= 8 else date.year - 1) + shift)


def _moment(match: Match, date: Date | None) -> Resolved | None:
    name, dem = word(match, "moment").replace("-", ""), word(match, "mdem")

    def make(year: int) -> Interval | None:
        return _moment_in(name, year)

    if dem:
        interval = None if date is None else choose(dem, make, date)
        return Resolved("deictic", interval)
    return dated(match, date, make, lambda i: i.first.year)


def _moment_in(name: str, year: int) -> Interval | None:
    if name in {"reces", "zomervakantie"}:
        return recess(Recess.SUMMER, year)
    if name in {"kerst", "kerstmis"}:
        return Interval(Date(year, 12, 25), Date(year, 12, 26))
    for stem, kind in (
        ("zomer", Recess.SUMMER),
        ("kerst", Recess.CHRISTMAS),
        ("herfst", Recess.AUTUMN),
        ("mei", Recess.MAY),
        ("verkiezing", Recess.ELECTION),
    ):
        if name.startswith(stem) and name.endswith(("reces", "vakantie")):
            return recess(kind, year)
    if name in {"voorjaarsreces", "krokusreces", "voorjaarsvakantie", "krokusvakantie"}:
        return recess(Recess.SPRING, year)
    if name in _HOLIDAYS:
        day = _HOLIDAYS[name](year)
        return Interval(day, day)
    if name == "prinsjesdag":
        return Interval(prinsjesdag(year), prinsjesdag(year))
    if name in BUDGET_MOMENTS:
        day = budget_moment(name, year)
        return Interval(day, day)
    return None


_HOLIDAYS: dict[str, Callable[[int], Date]] = {
    "pasen": easter,
    "hemelvaart": lambda year: easter(year) + datetime.timedelta(days=39),
    "hemelvaartsdag": lambda year: easter(year) + datetime.timedelta(days=39),
    "pinksteren": lambda year: easter(year) + datetime.timedelta(days=49),
    "koningsdag": lambda year: Date(year, 4, 27),
    "dodenherdenking": lambda year: Date(year, 5, 4),
    "bevrijdingsdag": lambda year: Date(year, 5, 5),
}


def _within(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("term", None)
    number = word(match, "number")
    months = _step(word(match, "unit"), count(number))
    return Resolved("term", Interval(date, add_months(date, months)), span=True)


def _ago(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    number = word(match, "number")
    day = add_months(date, -_step(word(match, "unit"), count(number)))
    return Resolved("deictic", Interval(day, date))


resolvers: dict[str, Callable[[Match, Date | None], Resolved | None]] = {
    "year_end": _year_end,
    "years": _years,
    "school": _school,
    "dem_unit": _dem_unit,
    "moment": _moment,
    "within": _within,
    "ago": _ago,
}
