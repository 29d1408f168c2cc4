"""Moments as far as a text fixes them, whatever its date: what two texts can be compared by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from answers_bank.dutch.numbers import ordinal
from answers_bank.dutch.time.dates import MONTH_NUMBERS, MONTHS

Match = re.Match[str]

_SEASONS = {
    "voorjaar": (3, 4, 5, 6), "lente": (3, 4, 5, 6), "zomer": (6, 7, 8, 9), "najaar": (9, 10, 11, 12),
    "herfst": (9, 10, 11, 12), "winter": (12, 1, 2, 3),
}  # fmt: skip
_SAME_SEASON = {"lente": "voorjaar", "herfst": "najaar"}
_EVENTS = {
    "zomerreces": (7, 8), "kerstreces": (12, 1), "meireces": (4, 5), "voorjaarsreces": (2, 3), "krokusreces": (2, 3),
    "herfstreces": (10,), "verkiezingsreces": (), "prinsjesdag": (9,), "jaarwisseling": (12, 1),
    "voorjaarsnota": (4, 5, 6), "miljoenennota": (9,),
}  # fmt: skip
_UNITS = frozenset("jaar maand week kwartaal schooljaar studiejaar vergaderjaar kabinetsperiode".split())


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as far as a text fixes it; what it leaves open is None or empty."""

    year: int | None = None
    months: frozenset[int] = frozenset()
    """One month, or those of a season, quarter or recess."""

    day: int | None = None
    part: str = ""
    """Season, recess, quarter ("Q3") or "einde": names of one sort must be equal to mean the same."""

    pointing: str = ""
    """ "this", "next", "last": relative to the date of the document."""

    unit: str = ""
    """What is pointed at: "jaar", "week"."""

    def agrees(self, other: Moment) -> bool:
        """Whether both can be the same moment."""
        for mine, theirs in ((self.year, other.year), (self.day, other.day)):
            if mine is not None and theirs is not None and mine != theirs:
                return False
        if self.months and other.months and not self.months & other.months:
            return False
        if self.part and other.part and self.part != other.part and _sort(self.part) == _sort(other.part):
            return False
        return not (
            self.pointing
            and other.pointing
            and self.unit == other.unit
            and self.pointing != other.pointing
            and None in (self.year, other.year)
        )

    def coarser(self, other: Moment) -> bool:
        """Whether this fixes less of the day and month than `other`; a missing year alone is no loss."""
        return (other.day is not None and self.day is None) or (
            len(other.months) == 1 and not self.months and not self.pointing
        )


def _sort(part: str) -> str:
    if part in _SEASONS:
        return "season"
    if part.startswith(("Q", "H")):
        return "quarter" if part.startswith("Q") else "half"
    return "event" if part in _EVENTS else "end"


def _group(match: Match, name: str) -> str:
    return (match.groupdict().get(name) or "").lower()


def _pointing(words: str) -> str:
    if re.match(r"volgend|komend|aankomend|aanstaand|eerst", words):
        return "next"
    return "last" if re.match(r"vorig|afgelopen|voorgaand|voorbij|verleden|laatste|jongste", words) else "this"


def _in_year(match: Match) -> Moment:
    """What the words for the year fix: the year itself, or how it lies to that of the document."""
    words = _group(match, "year").removeprefix("het ")
    if not words:
        return Moment()
    return Moment(int(words)) if words.isdecimal() else Moment(pointing=_pointing(words), unit="jaar")


def _part(phase: str) -> str:
    if re.search(r"begin|primo|eerste", phase):
        return "begin"
    if re.search(r"eind|ultimo|laatste|tweede", phase):
        return "einde"
    return "midden" if re.search(r"medio|half|midden", phase) else ""


def _days(match: Match) -> list[Moment]:
    month = frozenset({MONTH_NUMBERS[_group(match, "month").rstrip(".")]})
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    return [replace(_in_year(match), months=month, day=day) for day in days if 1 <= day <= 31]


def _numeric(match: Match) -> list[Moment]:
    day, month, year = (int(match[name] or match[f"iso_{name}"]) for name in ("d", "m", "y"))
    return [Moment(year, frozenset({month}), day)] if 1 <= month <= 12 and 1 <= day <= 31 else []


def _month(match: Match) -> list[Moment]:
    name, moment = _group(match, "month").rstrip("."), _in_year(match)
    # "jan" or "dec" without a year may be anything.
    if name not in MONTHS and moment.year is None:
        return []
    dem = _group(match, "dem")
    moment = replace(moment, pointing=_pointing(dem)) if dem else moment
    return [replace(moment, months=frozenset({MONTH_NUMBERS[name]}), part=_part(_group(match, "phase")))]


def _season(match: Match) -> list[Moment]:
    name, dem, moment = _group(match, "season"), _group(match, "dem"), _in_year(match)
    moment = replace(moment, pointing=_pointing(dem)) if dem else replace(moment, unit="")
    return [replace(moment, part=_SAME_SEASON.get(name, name), months=frozenset(_SEASONS[name]))]


def _quarter(match: Match) -> list[Moment]:
    number = int(match["q"] or match["k"] or ordinal(match["ordinal"]) or 4)
    moment = replace(_in_year(match), part=f"Q{number}", unit="")
    return [replace(moment, months=frozenset(range(3 * number - 2, 3 * number + 1)))]


def _half(match: Match) -> list[Moment]:
    first = _group(match, "which") == "eerste"
    months = frozenset(range(1, 7) if first else range(7, 13))
    return [replace(_in_year(match), part="H1" if first else "H2", months=months, unit="")]


# What makes a number of four digits something else than a year.
_NO_YEAR_BEHIND = re.compile(r"[.,]\d|\w|\s*(?:euro|%|procent|miljoen|miljard|mln|mld)")


def _year(match: Match) -> list[Moment]:
    moment, part = _in_year(match), _part(_group(match, "phase"))
    if moment.year is None:
        months = {"begin": (1, 2, 3), "einde": (10, 11, 12)}.get(part, ())
        return [replace(moment, part=part, months=frozenset(months))]
    start, end = match.span("year")
    before = match.string[max(0, start - 2) : start]
    if moment.year < 1900 or _NO_YEAR_BEHIND.match(match.string, end) or before.endswith((".", ",", "€", "€ ", "/")):
        return []
    return [replace(moment, part=part)]


def _year_end(match: Match) -> list[Moment]:
    unit, part = _group(match, "of"), _part(_group(match, "phase"))
    if unit == "zomer":
        return [Moment(part="zomer", months=frozenset(_SEASONS["zomer"]))]
    months = {"begin": (1, 2, 3), "einde": (10, 11, 12)}[part] if unit in {"jaar", "kalenderjaar"} else ()
    return [Moment(months=frozenset(months), part=part, pointing="this", unit=unit.removeprefix("kalender"))]


def _years(match: Match) -> list[Moment]:
    first, last = int(match["from"]), _group(match, "to") or _group(match, "short")
    second = int(last) + (first // 100 * 100 if len(last) == 2 else 0)
    return [Moment(first), Moment(second)] if first < second < first + 60 else []


def _unit(match: Match) -> list[Moment]:
    unit, dem = _group(match, "unit"), _group(match, "dem")
    # "de afgelopen drie jaar" is a length of time.
    if _group(match, "number") or unit not in _UNITS:
        return []
    return [Moment(pointing=_pointing(dem), unit=unit, part=_part(_group(match, "phase")))]


def _event(match: Match) -> list[Moment]:
    event, dem = _group(match, "moment").replace("-", ""), _group(match, "mdem")
    if event not in _EVENTS:
        return []
    moment = replace(_in_year(match), part=event, months=frozenset(_EVENTS[event]), unit="")
    return [replace(moment, pointing=_pointing(dem)) if dem else moment]


def _day_word(match: Match) -> list[Moment]:
    return [Moment(pointing=_group(match, "word"), unit=_group(match, "word"))]


readers: dict[str, Callable[[Match], list[Moment]]] = {
    "day": _days,
    "numeric": _numeric,
    "month": _month,
    "dem_month": _month,
    "season": _season,
    "dem_season": _season,
    "quarter": _quarter,
    "half": _half,
    "day_word": _day_word,
    "year": _year,
    "year_end": _year_end,
    "years": _years,
    "school": _years,
    "dem_unit": _unit,
    "moment": _event,
}
"""By the name of the pattern in the grammar; what the others match is a length of time, or fixes nothing."""
