"""What the resolvers of Dutch time are made of: years, parts of periods, occurrences before and after a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import Interval

Date = datetime.date
Match = re.Match[str]
Kind = Literal["last", "next", "deictic", "yearless", "term", "absolute"]

PAST = {"vorig", "vorige", "afgelopen", "voorbije", "voorgaande", "voorgaand", "verleden", "laatste", "jongste"}
THIS = {"dit", "deze"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What `dutch_time` needs to make an expression of."""

    kind: Kind
    interval: Interval | None
    rewrite: str | None = None
    earlier: Interval | None = None
    span: bool = False


def word(match: Match, group: str) -> str:
    """What a group matched, in lower case with single spaces; empty where it took no part."""
    value = match.groupdict().get(group)
    return "" if value is None else re.sub(r"\s+", " ", value).lower()


def before(match: Match, group: str) -> str:
    """What stands in the match before `group`, as written."""
    return re.sub(r"\s+", " ", match[0][: match.start(group) - match.start()])


def named_year(words: str, date: Date | None) -> tuple[int | None, bool]:
    """The year that words name and whether they name it relative to the document."""
    if words.isdecimal():
        return int(words), False
    if date is None:
        return None, True
    if re.search(r"volgend|komend", words):
        return date.year + 1, True
    if re.search(r"vorig|afgelopen|voorbij|voorgaand", words):
        return date.year - 1, True
    return date.year, True


def part_of(interval: Interval, words: str) -> Interval:
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


def latest(make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    """The latest occurrence that has begun by `date`, and never anything after `date`."""
    for year in range(date.year + 1, date.year - 9, -1):
        interval = make(year)
        if interval is not None and interval.first <= date:
            return _clipped(interval, date)
    return None


def first_from(make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    """The first occurrence that is not over before `date`."""
    for year in range(date.year - 1, date.year + 9):
        interval = make(year)
        if interval is not None and interval.last >= date:
            return interval
    return None


def following(make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    """The first occurrence that begins after `date`."""
    for year in range(date.year - 1, date.year + 9):
        interval = make(year)
        if interval is not None and interval.first > date:
            return interval
    return None


def yearless(make: Callable[[int], Interval | None], date: Date | None) -> Resolved:
    """A moment of a year that is not named: the one to come, and the one before."""
    if date is None:
        return Resolved("yearless", None)
    return Resolved("yearless", first_from(make, date), earlier=latest(make, date))


def dated(
    match: Match, date: Date | None, make: Callable[[int], Interval | None], year_of: Callable[[Interval], int]
) -> Resolved | None:
    """A moment of the year with a year, a mark (jl., a.s.) or nothing behind it."""
    if words := word(match, "year"):
        year, relative = named_year(words, date)
        if year is None:
            return Resolved("deictic", None)
        interval = make(year)
        if interval is None:
            return None
        if not relative:
            return Resolved("absolute", interval)
        return Resolved("deictic", interval, rewrite=f"{before(match, 'year')}{year}")
    for group, choose, kind in (("last", latest, "last"), ("next", first_from, "next")):
        if word(match, group):
            interval = choose(make, date) if date else None
            head = before(match, group).rstrip(" ,(")
            # "in het voorjaar jl." becomes "in het voorjaar van 2026"; a bracket that opened before stays closed.
            of = " van" if match.re.groupindex.keys() & {"season", "moment", "ordinal"} else ""
            tail = ")" if match[0].endswith(")") and "(" not in match[0] else _stop(match)
            rewrite = f"{head}{of} {year_of(interval)}{tail}" if interval else None
            return Resolved("last" if kind == "last" else "next", interval, rewrite=rewrite)
    return yearless(make, date)


def choose(dem: str, make: Callable[[int], Interval | None], date: Date) -> Interval | None:
    """The occurrence that "afgelopen" or "komend" means."""
    if dem in PAST:
        return latest(make, date)
    return following(make, date)


_AFTER_PREPOSITION = re.compile(
    r"\b(?:van|uit|over|tot|sinds|sedert|voor|vóór|vanaf|tot en met|t/m)\s+$", re.IGNORECASE
)
_NEW_SENTENCE = re.compile(rf"\s*(?:$|\n|{one_of('sentence_openers')}\b)")


def _stop(match: Match) -> str:
    """The full stop that the point of "jl." is as well, where a sentence ends with it."""
    ends = match[0].endswith(".") and _NEW_SENTENCE.match(match.string, match.end())
    return "." if ends else ""


_AFTER_LIST = re.compile(r"\b(?:en|of|dan|als|noch|zowel)\s+$|[,/(]\s*$", re.IGNORECASE)


def named_period(match: Match, label: str, article: str = "") -> str | None:
    """What stands for a relative period when it is named: "in maart 2026" for "vorige maand".

    None where the words could be the subject of the sentence ("het afgelopen voorjaar was droog") or one of a list.
    """
    ahead = match.string[max(0, match.start() - 24) : match.start()]
    prep = re.sub(r"\s+", " ", match["prep"]) if "prep" in match.re.groupindex and match["prep"] else ""
    named = f"{article} {label}".strip()
    if prep:
        return f"{prep} {named}"
    if re.match(r"(?:het|de)\s", match[0], re.IGNORECASE) or _AFTER_LIST.search(ahead):
        return None
    return named if _AFTER_PREPOSITION.search(ahead) else like(match[0], f"in {named}")


def like(original: str, text: str) -> str:
    """`text` with a capital where `original` has one."""
    return text[:1].upper() + text[1:] if original[:1].isupper() else text
