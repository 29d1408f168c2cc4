"""Relative time made absolute before two sentences are compared: "dit voorjaar" in a letter of February 2026."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import lru_cache

from answers_bank.dutch.time.expressions import TimeExpression, find_times
from drafter.checks.comparison.dates import Moment
from drafter.checks.comparison.items import Item, ItemKind
from drafter.checks.comparison.statement import Statement, statement

_COMING = re.compile(
    r"\b(?:zal|zullen|verwacht\w*|verwachting|voornemens|streef\w*|binnenkort|wordt|worden|volgt|volgen|kom(?:t|en)|uiterlijk)\b",
    re.IGNORECASE,
)
_YEARS = {"this": 0, "next": 1, "last": -1}


def resolved(said: Statement, date: datetime.date | None) -> Statement:
    """`said` with the moments that point from the document filled in; as it is where there is no date."""
    if date is None or not any(_open(item) for item in said.items):
        return said
    times = _times(said.text, date)
    coming = _COMING.search(said.text) is not None
    return replace(said, items=tuple(_filled(item, times, date, coming) for item in said.items))


def has_open_time(text: str) -> bool:
    """Whether `text` names a moment that means another day in another document."""
    return any(_open(item) for item in statement(text).items)


@lru_cache(maxsize=4096)
def _times(text: str, date: datetime.date) -> tuple[TimeExpression, ...]:
    return tuple(find_times(text, date))


def _open(item: Item) -> bool:
    return item.kind is ItemKind.DATE and isinstance(item.value, Moment) and item.value.year is None


def _filled(item: Item, times: tuple[TimeExpression, ...], date: datetime.date, coming: bool) -> Item:
    moment = item.value
    if not _open(item) or not isinstance(moment, Moment):
        return item
    if moment.unit == "jaar" and moment.pointing in _YEARS:
        year = date.year + _YEARS[moment.pointing]
        return replace(item, value=replace(moment, year=year, pointing="", unit=""))
    for time in times:
        if time.interval is None or time.span or time.end <= item.start or item.end <= time.start:
            continue
        first, last = time.interval.first, time.interval.last
        # A yearless moment of which two years are possible stays open.
        either = time.earlier is not None and time.earlier.first.year != first.year and not moment.pointing
        if either and not coming:
            return item
        if first.year != last.year and moment.part not in ("winter", "kerstreces", "jaarwisseling"):
            return item
        months = moment.months
        if not months and (first.month, last.month) != (1, 12):
            months = frozenset(range(first.month, last.month + 1))
        return replace(item, value=replace(moment, year=first.year, months=months, pointing="", unit=""))
    return item
