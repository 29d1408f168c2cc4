"""Relative time made absolute before two sentences are compared: "dit voorjaar" in a letter of February 2026."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import lru_cache

from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.time.expressions import TimeExpression, dated, find_times
from answers_bank.dutch.time.moments import Moment
from drafter.checks.comparison.statements.items import Item, ItemKind
from drafter.checks.comparison.statements.statement import Statement, statement

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
    here = (time for time in times if overlaps([(time.start, time.end)], item.start, item.end))
    time = next((time for time in here if time.interval and not time.span), None)
    return replace(item, value=dated(moment, time, coming)) if time else item
