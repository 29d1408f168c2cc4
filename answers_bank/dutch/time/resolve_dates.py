"""From a match of a pattern for a day, month, season, quarter or year and the document's date to days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

from answers_bank.dutch.numbers import ordinal
from answers_bank.dutch.time.calendar import (
    Interval,
    Season,
    add_months,
    month,
    quarter,
    season,
    week_of,
    year_interval,
)
from answers_bank.dutch.time.dates import MONTH_NUMBERS, MONTHS, WEEKDAYS, dutch_date
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
    number = MONTH_NUMBERS[word(match, "month").rstrip(".")]

    def make(year: int) -> Interval | None:
        try:
            return Interval(Date(year, number, min(days)), Date(year, number, max(days)))
        except ValueError:
            return None

    found = dated(match, date, make, lambda i: i.first.year)
    if found is None or found.rewrite is None or word(match, "month") in MONTHS:
        return found
    # In a date that is written out a month is too: "12 mrt jl." becomes "12 maart 2025".
    written = match["month"]
    return replace(found, rewrite=found.rewrite.replace(written, MONTHS[number - 1], 1))


def _numeric_mark(match: Match, date: Date | None) -> Resolved | None:
    """ "op 12-03 jl."."""
    day, number = int(match["d"]), int(match["m"])

    def make(year: int) -> Interval | None:
        try:
            return Interval(Date(year, number, day), Date(year, number, day))
        except ValueError:
            return None

    if make(2024) is None:
        return None
    found = dated(match, date, make, lambda i: i.first.year)
    if found is None or found.rewrite is None or found.interval is None:
        return found
    written = re.sub(r"\s*[-/]\s*", "-", match[0][match.start("d") - match.start() : match.end("m") - match.start()])
    head = match[0][: match.start("d") - match.start()]
    tail = found.rewrite[len(head) + len(written) + len(f" {found.interval.first.year}") :]
    return replace(found, rewrite=f"{head}{dutch_date(found.interval.first)}{tail}")


def _numeric(match: Match, date: Date | None) -> Resolved | None:
    try:
        day = Date(*(int(match[name] or match[f"iso_{name}"]) for name in ("y", "m", "d")))
    except ValueError:
        return None
    return Resolved("absolute", Interval(day, day))


def _month(match: Match, date: Date | None) -> Resolved | None:
    number = MONTH_NUMBERS[word(match, "month").rstrip(".")]
    if word(match, "month") not in MONTHS and not word(match, "year").isdecimal():
        return None  # "dec" may be anything
    return dated(match, date, lambda y: part_of(month(y, number), word(match, "phase")), lambda i: i.first.year)


def _dem_month(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    name, dem = word(match, "month").rstrip("."), word(match, "dem")
    number = MONTH_NUMBERS[name]
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
    number = int(match["q"] or match["k"] or ordinal(word(match, "ordinal")) or 4)
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


def _year_part(match: Match, date: Date | None) -> Resolved | None:
    """ "vorig jaar zomer", "volgend jaar maart": one moment, not a year and a month."""
    if date is None:
        return Resolved("deictic", None)
    year, _ = named_year(word(match, "year"), date)
    assert year is not None
    name, phase = word(match, "season"), word(match, "phase")
    if name:
        interval, article, label = season(_SEASONS[name], year), "de", f"{name} van {year}"
        article = "het" if name in {"voorjaar", "najaar"} else "de"
    else:
        name = word(match, "month").rstrip(".")
        interval, article, label = month(year, MONTH_NUMBERS[name]), "", f"{MONTHS[MONTH_NUMBERS[name] - 1]} {year}"
    # "vorig jaar winter" may be either of two, and "vorig jaar eind zomer" has no plain rewriting.
    certain = name != "winter" and not (phase and article)
    if phase and not article:
        head = f"{word(match, 'prep')} " if word(match, "prep") else ""
        return Resolved("deictic", part_of(interval, phase), rewrite=like(match[0], f"{head}{phase} {label}"))
    rewrite = named_period(match, label, article) if certain else None
    return Resolved("deictic", part_of(interval, phase), rewrite=rewrite)


def _week_day(match: Match, date: Date | None) -> Resolved | None:
    """ "vorige week donderdag": the Thursday of last week."""
    if date is None:
        return Resolved("deictic", None)
    name = word(match, "weekday") or word(match, "weekday_first")
    dem = word(match, "dem") or word(match, "dem_behind")
    shift = 0 if dem in THIS else -7 if dem in PAST else 7
    monday = week_of(date + datetime.timedelta(days=shift)).first
    day = monday + datetime.timedelta(days=WEEKDAYS.index(name))
    prep, written = word(match, "prep"), f"{name} {dutch_date(day)}"
    if not prep and not _follows_preposition(match):
        prep = "op"
    return Resolved("deictic", Interval(day, day), rewrite=like(match[0], f"{prep} {written}".strip()))


_DAY_WORDS = {
    "eergisteren": -2, "eergister": -2, "gisteren": -1, "gister": -1, "vandaag": 0, "heden": 0, "van": 0,
    "morgen": 1, "overmorgen": 2,
}  # fmt: skip


def _follows_preposition(match: Match) -> bool:
    """Whether "van", "tot" or the like stands before the words, so that "op" or "in" cannot."""
    ahead = match.string[max(0, match.start() - 14) : match.start()]
    return bool(re.search(r"\b(?:van|tot|sinds|vanaf|per|tot en met|voor|vóór|na)\s+$", ahead, re.IGNORECASE))


def _day_part(match: Match, date: Date | None) -> Resolved | None:
    """ "gisteravond", "vanochtend"."""
    if date is None:
        return Resolved("deictic", None)
    first, part = word(match, "word"), word(match, "part")
    day = date + datetime.timedelta(days=_DAY_WORDS[first])
    if part == "nacht":
        # "Vannacht" is the night before or the night to come.
        return Resolved("deictic", Interval(day - datetime.timedelta(days=1), day))
    name = "ochtend" if part == "morgen" else part
    words = f"de {name} van {dutch_date(day)}"
    rewrite = words if _follows_preposition(match) else like(match[0], f"in {words}")
    return Resolved("deictic", Interval(day, day), rewrite=rewrite)


def _day_word(match: Match, date: Date | None) -> Resolved | None:
    if date is None:
        return Resolved("deictic", None)
    day = date + datetime.timedelta(days=_DAY_WORDS[word(match, "word")])
    written = dutch_date(day)
    rewrite = written if _follows_preposition(match) else like(match[0], f"op {written}")
    return Resolved("deictic", Interval(day, day), rewrite=rewrite)


resolvers: dict[str, Callable[[Match, Date | None], Resolved | None]] = {
    "year_part": _year_part,
    "week_day": _week_day,
    "day_part": _day_part,
    "numeric_mark": _numeric_mark,
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
}
