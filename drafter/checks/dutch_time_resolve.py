"""From a match of a time pattern and the document's date to days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from drafter.checks.calendar import (
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
from drafter.checks.dutch_time_patterns import MONTHS, NUMBERS, ORDINALS

Date = datetime.date
Match = re.Match[str]
Kind = Literal["last", "next", "deictic", "yearless", "term", "absolute"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What `dutch_time` needs to make an expression of."""

    kind: Kind
    interval: Interval | None
    rewrite: str | None = None
    earlier: Interval | None = None
    span: bool = False


_SEASONS = {
    "voorjaar": Season.SPRING,
    "lente": Season.SPRING,
    "zomer": Season.SUMMER,
    "najaar": Season.AUTUMN,
    "herfst": Season.AUTUMN,
    "winter": Season.WINTER,
}
_PAST = {"vorig", "vorige", "afgelopen", "voorbije", "voorgaande", "voorgaand", "verleden", "laatste", "jongste"}
_THIS = {"dit", "deze"}


def _word(match: Match, group: str) -> str:
    value = match.groupdict().get(group)
    return "" if value is None else re.sub(r"\s+", " ", value).lower()


def _before(match: Match, group: str) -> str:
    """What stands in the match before `group`, as written."""
    return re.sub(r"\s+", " ", match[0][: match.start(group) - match.start()])


# --- parts ---------------------------------------------------------------------------------------------------------


def _year(words: str, date: Date | None) -> tuple[int | None, bool]:
    """The year that words name and whether they name it relative to the document."""
    if words.isdigit():
        return int(words), False
    if date is None:
        return None, True
    if re.search(r"volgend|komend", words):
        return date.year + 1, True
    if re.search(r"vorig|afgelopen|voorbij|voorgaand", words):
        return date.year - 1, True
    return date.year, True


def _phase(interval: Interval, words: str) -> Interval:
    """The part of an interval that "begin", "medio", "eind" and the like name: a third, or a half."""
    days = (interval.last - interval.first).days
    third, half = datetime.timedelta(days=days // 3), datetime.timedelta(days=days // 2)
    if re.search(r"eerste helft", words):
        return Interval(interval.first, interval.first + half)
    if re.search(r"tweede helft", words):
        return Interval(interval.first + half, interval.last)
    if re.search(r"begin|primo|eerste maanden", words):
        return Interval(interval.first, interval.first + third)
    if re.search(r"medio|half|midden|halverwege", words):
        return Interval(interval.first + third, interval.last - third)
    if re.search(r"eind|ultimo|laatste maanden", words):
        return Interval(interval.last - third, interval.last)
    return interval


def _clipped(interval: Interval, last: Date) -> Interval:
    return Interval(interval.first, max(interval.first, min(interval.last, last)))


def _latest(make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    """The latest occurrence that has begun by `date`, and never anything after `date`."""
    for year in range(date.year + 1, date.year - 9, -1):
        interval = make(year)
        if interval is not None and interval.first <= date:
            return _clipped(interval, date)
    return None


def _first(make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    """The first occurrence that is not over before `date`."""
    for year in range(date.year - 1, date.year + 9):
        interval = make(year)
        if interval is not None and interval.last >= date:
            return interval
    return None


def _following(make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    """The first occurrence that begins after `date`."""
    for year in range(date.year - 1, date.year + 9):
        interval = make(year)
        if interval is not None and interval.first > date:
            return interval
    return None


def _yearless(make: Callable[[int], Interval | None], date: Date | None) -> Resolved:
    if date is None:
        return Resolved("yearless", None)
    return Resolved("yearless", _first(make, date), earlier=_latest(make, date))


def _dated(
    match: Match, date: Date | None, make: Callable[[int], Interval | None], year_of: Callable[[Interval], int]
) -> Resolved | None:
    """A moment of the year with a year, a mark (jl., a.s.) or nothing behind it."""
    if words := _word(match, "year"):
        year, relative = _year(words, date)
        if year is None:
            return Resolved("deictic", None)
        interval = make(year)
        if interval is None:
            return None
        if not relative:
            return Resolved("absolute", interval)
        return Resolved("deictic", interval, rewrite=f"{_before(match, 'year')}{year}")
    for group, choose, kind in (("last", _latest, "last"), ("next", _first, "next")):
        if _word(match, group):
            interval = choose(make, date) if date else None
            head = _before(match, group).rstrip(" ,(")
            rewrite = f"{head} {year_of(interval)}" if interval else None
            return Resolved("last" if kind == "last" else "next", interval, rewrite=rewrite)
    return _yearless(make, date)


# --- one resolver a pattern ----------------------------------------------------------------------------------------


def _day(match: Match, date: Date | None) -> Resolved | None:
    days = [int(d) for d in re.findall(r"\d+", match["days"])]
    number = MONTHS.index(_word(match, "month")) + 1

    def make(year: int) -> Interval | None:
        try:
            return Interval(Date(year, number, min(days)), Date(year, number, max(days)))
        except ValueError:
            return None

    return _dated(match, date, make, lambda i: i.first.year)


def _numeric(match: Match, date: Date | None) -> Resolved | None:
    try:
        day = Date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return Resolved("absolute", Interval(day, day))


def _month(match: Match, date: Date | None) -> Resolved | None:
    number = MONTHS.index(_word(match, "month")) + 1
    return _dated(match, date, lambda y: _phase(month(y, number), _word(match, "phase")), lambda i: i.first.year)


def _choose(dem: str, make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    if dem in _PAST:
        return _latest(make, date)
    return _following(make, date)


def _dem_month(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    name, dem = _word(match, "month"), _word(match, "dem")
    number = MONTHS.index(name) + 1
    interval = month(date.year, number) if dem in _THIS else _choose(dem, lambda y: month(y, number), date)
    if interval is None:
        return None
    prep = _word(match, "prep") or "in"
    return Resolved("deictic", interval, rewrite=_like(match[0], f"{prep} {name} {interval.first.year}"))


def _dem_season(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    dem, name = _word(match, "dem"), _word(match, "season")
    kind = _SEASONS[name]

    def make(year: int) -> Interval:
        return season(kind, year)

    if dem not in _THIS:
        interval = _choose(dem, make, date)
    elif kind is Season.WINTER:
        interval = make(date.year if date.month < 7 else date.year + 1)
    else:
        interval = make(date.year)
    if interval is None:
        return None
    article = "het" if name in {"voorjaar", "najaar"} else "de"
    year = interval.first.year if kind is not Season.WINTER else interval.last.year
    label = f"{year}" if kind is not Season.WINTER else f"{year - 1}-{year}"
    phase = _word(match, "phase")
    # "eind dit najaar" has no plain rewriting.
    rewrite = None if phase else _like(match[0], f"{_word(match, 'prep') or 'in'} {article} {name} van {label}")
    return Resolved("deictic", _phase(interval, phase), rewrite=rewrite)


_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def _dem_weekday(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    back = (date.weekday() - _WEEKDAYS.index(_word(match, "weekday"))) % 7
    if _word(match, "last") or _word(match, "dem") in _PAST:
        day = date - datetime.timedelta(days=back)
    else:
        day = date + datetime.timedelta(days=(7 - back) % 7)
    rewrite = f"op {_word(match, 'weekday')} {day.day} {MONTHS[day.month - 1]} {day.year}"
    return Resolved("deictic", Interval(day, day), rewrite=_like(match[0], rewrite))


def _season(match: Match, date: Date | None) -> Resolved | None:
    kind = _SEASONS[_word(match, "season")]

    def make(year: int) -> Interval:
        return _phase(season(kind, year), _word(match, "phase"))

    return _dated(match, date, make, lambda i: i.first.year)


def _quarter(match: Match, date: Date | None) -> Resolved | None:
    number = ORDINALS.get(_word(match, "ordinal")) or int(match["q"] or match["k"])
    return _dated(match, date, lambda y: _phase(quarter(y, number), _word(match, "phase")), lambda i: i.first.year)


def _half(match: Match, date: Date | None) -> Resolved | None:
    words = f"{_word(match, 'which')} helft"
    return _dated(match, date, lambda y: _phase(year_interval(y), words), lambda i: i.first.year)


def _year_itself(match: Match, date: Date | None) -> Resolved | None:
    words, phase = _word(match, "year"), _word(match, "phase")
    year, relative = _year(words, date)
    if year is None:
        return Resolved("deictic", None)
    interval = _phase(year_interval(year), phase)
    if not relative:
        return Resolved("absolute", interval)
    assert date is not None
    if re.search(r"afgelopen|voorbij", words) and not phase:
        # Mostly the last twelve months, sometimes the last calendar year: no rewriting.
        return Resolved("deictic", Interval(add_months(date, -12), date), span=True)
    if "komend" in words and not phase:
        return Resolved("deictic", Interval(date, year_interval(year).last), span=True)
    head = re.sub(r"^(?:de|het) $", "", _before(match, "year"), flags=re.IGNORECASE)
    if phase in {"later", "eerder"}:
        return Resolved("deictic", interval, rewrite=None)
    rewrite = f"{head}{year}" if head else _like(match[0], f"in {year}")
    return Resolved("deictic", interval, rewrite=rewrite)


def _year_end(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    of = _word(match, "of")
    whole = {
        "maand": month(date.year, date.month),
        "kwartaal": quarter(date.year, (date.month + 2) // 3),
        "zomer": season(Season.SUMMER, date.year),
    }.get(of, year_interval(date.year))
    part = _phase(whole, _word(match, "phase"))
    # "voor het einde van het jaar" has passed when the year has.
    interval = Interval(whole.after, whole.after) if "eind" in _word(match, "phase") and _until(match) else part
    named = of in {"jaar", "kalenderjaar"}
    rewrite = (
        re.sub(r"(?:het|dit)\s+(?:kalender)?jaar$", str(date.year), match[0], flags=re.IGNORECASE) if named else None
    )
    return Resolved("deictic", interval, rewrite=rewrite)


def _until(match: Match) -> bool:
    return bool(re.match(r"(?:nog )?(?:voor|vóór|tot|tegen)\b", _word(match, "prep")))


def _years(match: Match, date: Date | None) -> Resolved | None:
    first, last = int(match["from"]), int(match["to"])
    if last < first:
        return None
    return Resolved("absolute", Interval(Date(first, 1, 1), Date(last, 12, 31)))


def _school(match: Match, date: Date | None) -> Resolved | None:
    return Resolved("absolute", school_year(int(match["from"])))


def _step(unit: str, count: int) -> int:
    """How many months `count` of a unit are; weeks and days count as one month at least."""
    if unit.startswith(("jaar", "jaren")):
        return 12 * count
    if unit.startswith("decenni"):
        return 120 * count
    if unit.startswith("kwart"):
        return 3 * count
    if unit in {"halfjaar", "half jaar"}:
        return 6 * count
    if unit.startswith("maand"):
        return count
    if unit.startswith("kabinetsperiode"):
        return 48
    return max(1, round(count / 4))


# How long a stretch without a number is taken to be, in months.
_VAGUE = {"jaren": 3, "maanden": 3, "weken": 1, "dagen": 1, "periode": 6, "tijd": 6, "kwartalen": 2, "decennia": 2}
_CALENDAR_UNITS = {"jaar", "kalenderjaar", "begrotingsjaar"}


def _dem_unit(match: Match, date: Date | None) -> Resolved | None:
    dem, unit, number = _word(match, "dem"), _word(match, "unit"), _word(match, "number")
    if date is None:
        return Resolved("deictic", None, span=True)
    past, this = dem in _PAST, dem in _THIS
    if unit.endswith("jaar") and unit not in _CALENDAR_UNITS | {"halfjaar", "half jaar"} and not number:
        return Resolved("deictic", _shifted_school(unit, dem, date))
    if this and unit in {"tijd", "periode", "jaren", "maanden", "weken", "dagen"}:
        # "in die/deze periode" refers back in the text, not to the day of writing.
        return None
    if this or (dem.startswith(("vorig", "volgend")) and not number):
        calendar = _calendar_unit(unit, 0 if this else -1 if past else 1, date)
        if calendar is not None:
            return Resolved("deictic", _phase(calendar, _word(match, "phase")))
    if number:
        count = NUMBERS.get(number) or int(number)
        months = _step(unit, count)
    else:
        months = _VAGUE.get(unit, 0) * (12 if unit == "jaren" else 3 if unit == "kwartalen" else 1) or _step(unit, 1)
    interval = Interval(add_months(date, -months), date) if past else Interval(date, add_months(date, months))
    return Resolved("deictic", interval, span=True)


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
    shift = 0 if dem in _THIS else -1 if dem in _PAST else 1
    if unit in {"vergaderjaar", "zittingsjaar"}:
        return session_interval((date.year if date >= prinsjesdag(date.year) else date.year - 1) + shift)
    return school_year((date.year if date.month >= 8 else date.year - 1) + shift)


def _moment(match: Match, date: Date | None) -> Resolved | None:
    name, dem = _word(match, "moment").replace("-", ""), _word(match, "mdem")

    def make(year: int) -> Interval | None:
        return _moment_in(name, year)

    if dem:
        interval = None if date is None else _choose(dem, make, date)
        return Resolved("deictic", interval)
    return _dated(match, date, make, lambda i: i.first.year)


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
    ):
        if name.startswith(stem) and name.endswith(("reces", "vakantie")):
            return recess(kind, year)
    if name in {"voorjaarsreces", "krokusreces", "voorjaarsvakantie", "krokusvakantie"}:
        return recess(Recess.SPRING, year)
    if name == "prinsjesdag":
        return Interval(prinsjesdag(year), prinsjesdag(year))
    if name in BUDGET_MOMENTS:
        day = budget_moment(name, year)
        return Interval(day, day)
    return None


def _within(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("term", None)
    number = _word(match, "number")
    months = _step(_word(match, "unit"), NUMBERS.get(number) or int(number))
    return Resolved("term", Interval(date, add_months(date, months)), span=True)


def _ago(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    number = _word(match, "number")
    day = add_months(date, -_step(_word(match, "unit"), NUMBERS.get(number) or int(number)))
    return Resolved("deictic", Interval(day, date))


def _like(original: str, text: str) -> str:
    """`text` with a capital where `original` has one."""
    return text[:1].upper() + text[1:] if original[:1].isupper() else text


resolvers: dict[str, Callable[[Match, Date | None], Resolved | None]] = {
    "day": _day,
    "numeric": _numeric,
    "month": _month,
    "dem_month": _dem_month,
    "dem_season": _dem_season,
    "dem_weekday": _dem_weekday,
    "weekday_mark": _dem_weekday,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "year": _year_itself,
    "year_end": _year_end,
    "years": _years,
    "school": _school,
    "dem_unit": _dem_unit,
    "moment": _moment,
    "within": _within,
    "ago": _ago,
}
