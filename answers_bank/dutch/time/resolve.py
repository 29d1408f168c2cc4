"""From a match of a time pattern and the document's date to days: one resolver a pattern."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

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
from answers_bank.dutch.time.dates import MONTHS, WEEKDAYS, dutch_date
from answers_bank.dutch.time.grammar import NUMBERS, ORDINALS
from answers_bank.dutch.time.parts import (
    PAST,
    THIS,
    Date,
    Match,
    Resolved,
    before,
    choose,
    dated,
    like,
    named_period,
    named_year,
    part_of,
    word,
)

_SEASONS = {
    "voorjaar": Season.SPRING,
    "lente": Season.SPRING,
    "zomer": Season.SUMMER,
    "najaar": Season.AUTUMN,
    "herfst": Season.AUTUMN,
    "winter": Season.WINTER,
}


def _day(match: Match, date: Date | None) -> Resolved | None:
    days = [int(d) for d in re.findall(r"\d+", match["days"])]
    number = MONTHS.index(word(match, "month")) + 1

    def make(year: int) -> Interval | None:
        try:
            return Interval(Date(year, number, min(days)), Date(year, number, max(days)))
        except ValueError:
            return None

    return dated(match, date, make, lambda i: i.first.year)


def _numeric(match: Match, date: Date | None) -> Resolved | None:
    try:
        day = Date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return Resolved("absolute", Interval(day, day))


def _month(match: Match, date: Date | None) -> Resolved | None:
    number = MONTHS.index(word(match, "month")) + 1
    return dated(match, date, lambda y: part_of(month(y, number), word(match, "phase")), lambda i: i.first.year)


def _dem_month(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    name, dem = word(match, "month"), word(match, "dem")
    number = MONTHS.index(name) + 1
    interval = month(date.year, number) if dem in THIS else choose(dem, lambda y: month(y, number), date)
    if interval is None:
        return None
    rewrite = (
        named_period(match, f"{name} {interval.first.year}") if _certain(dem, month(date.year, number), date) else None
    )
    return Resolved("deictic", interval, rewrite=rewrite)


def _certain(dem: str, this_year: Interval, date: Date) -> bool:
    """Whether all would take "vorige", "afgelopen", "komend" or "volgend" for the same moment of the year.

    While the moment lasts, "afgelopen" and "komend" may mean this one or the next; "vorig voorjaar", when that of this
    year is over, this one or the one before; "volgend voorjaar", when it has yet to come, likewise.
    """
    if dem in THIS:
        return True
    if date in this_year:
        return False
    if dem.startswith("vorig"):
        return date < this_year.first
    return date > this_year.last if dem.startswith("volgend") else True


def _dem_season(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    dem, name = word(match, "dem"), word(match, "season")
    kind = _SEASONS[name]

    def make(year: int) -> Interval:
        return season(kind, year)

    if dem not in THIS:
        interval = choose(dem, make, date)
    elif kind is Season.WINTER:
        interval = make(date.year if date.month < 7 else date.year + 1)
    else:
        interval = make(date.year)
    if interval is None:
        return None
    article = "het" if name in {"voorjaar", "najaar"} else "de"
    year = interval.first.year if kind is not Season.WINTER else interval.last.year
    label = f"{year}" if kind is not Season.WINTER else f"{year - 1}-{year}"
    phase = word(match, "phase")
    # "eind dit najaar" has no plain rewriting.
    certain = not phase and _certain(dem, season(kind, date.year), date)
    rewrite = named_period(match, f"{name} van {label}", article) if certain else None
    return Resolved("deictic", part_of(interval, phase), rewrite=rewrite)


def _dem_weekday(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    back = (date.weekday() - WEEKDAYS.index(word(match, "weekday"))) % 7
    if word(match, "last") or word(match, "dem") in PAST:
        # On a Wednesday "afgelopen woensdag" is a week ago.
        day = date - datetime.timedelta(days=back or 7)
    else:
        day = date + datetime.timedelta(days=7 - back)
    rewrite = f"op {word(match, 'weekday')} {dutch_date(day)}"
    return Resolved("deictic", Interval(day, day), rewrite=like(match[0], rewrite))


def _season(match: Match, date: Date | None) -> Resolved | None:
    kind = _SEASONS[word(match, "season")]
    # "de winter van 2025-2026" is that which ends in 2026.
    later = 1 if kind is Season.WINTER and word(match, "second") else 0

    def make(year: int) -> Interval:
        return part_of(season(kind, year + later), word(match, "phase"))

    return dated(match, date, make, lambda i: i.first.year)


def _quarter(match: Match, date: Date | None) -> Resolved | None:
    number = ORDINALS.get(word(match, "ordinal")) or int(match["q"] or match["k"])
    return dated(match, date, lambda y: part_of(quarter(y, number), word(match, "phase")), lambda i: i.first.year)


def _half(match: Match, date: Date | None) -> Resolved | None:
    words = f"{word(match, 'which')} helft"
    return dated(match, date, lambda y: part_of(year_interval(y), words), lambda i: i.first.year)


def _year_itself(match: Match, date: Date | None) -> Resolved | None:
    words, phase = word(match, "year"), word(match, "phase")
    year, relative = named_year(words, date)
    if year is None:
        return Resolved("deictic", None)
    interval = part_of(year_interval(year), phase)
    if not relative:
        return Resolved("absolute", interval)
    assert date is not None
    if re.search(r"afgelopen|voorbij", words) and not phase:
        # Mostly the last twelve months, sometimes the last calendar year: no rewriting.
        return Resolved("deictic", Interval(add_months(date, -12), date), span=True)
    if "komend" in words and not phase:
        return Resolved("deictic", Interval(date, year_interval(year).last), span=True)
    if phase in {"later", "eerder"}:
        return Resolved("deictic", interval, rewrite=None)
    head = before(match, "year")
    bare = not head or re.fullmatch(r"(?:de|het) ", head, re.IGNORECASE)
    rewrite = named_period(match, str(year)) if bare else f"{head}{year}"
    return Resolved("deictic", interval, rewrite=rewrite)


_DAY_WORDS = {"eergisteren": -2, "gisteren": -1, "vandaag": 0, "overmorgen": 2}


def _day_word(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    day = date + datetime.timedelta(days=_DAY_WORDS[word(match, "word")])
    written = dutch_date(day)
    ahead = match.string[max(0, match.start() - 12) : match.start()]
    plain = re.search(r"\b(?:van|tot|sinds|vanaf|per|tot en met|voor|vóór|na)\s+$", ahead, re.IGNORECASE)
    return Resolved("deictic", Interval(day, day), rewrite=written if plain else like(match[0], f"op {written}"))


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
    if number:
        count = NUMBERS.get(number) or int(number)
        months = _step(unit, count)
    else:
        months = _VAGUE.get(unit, 0) * (12 if unit == "jaren" else 3 if unit == "kwartalen" else 1) or _step(unit, 1)
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
    if name == "prinsjesdag":
        return Interval(prinsjesdag(year), prinsjesdag(year))
    if name in BUDGET_MOMENTS:
        day = budget_moment(name, year)
        return Interval(day, day)
    return None


def _within(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("term", None)
    number = word(match, "number")
    months = _step(word(match, "unit"), NUMBERS.get(number) or int(number))
    return Resolved("term", Interval(date, add_months(date, months)), span=True)


def _ago(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    number = word(match, "number")
    day = add_months(date, -_step(word(match, "unit"), NUMBERS.get(number) or int(number)))
    return Resolved("deictic", Interval(day, date))


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
    "day_word": _day_word,
    "year_end": _year_end,
    "years": _years,
    "school": _school,
    "dem_unit": _dem_unit,
    "moment": _moment,
    "within": _within,
    "ago": _ago,
}
