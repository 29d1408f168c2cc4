"""Dutch dates as they are written, also where spaces were lost ("28 juni2024", "11februari 2026")."""

from __future__ import annotations

import datetime
import re

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_SHORT = {
    "jan": 1,
    "feb": 2,
    "febr": 2,
    "mrt": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
}
_SHORT |= {"nov": 11, "dec": 12}
_NAMES = {name: index + 1 for index, name in enumerate(MONTHS)} | _SHORT

DATE = (
    r"(?:(?<!\d)\d{1,2}\s*(?:" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\.?\s*(?:19|20)\s?\d\s?\d(?!\d)"
    r"|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
"""A pattern for one date; use with IGNORECASE."""

_DATE = re.compile(DATE, re.IGNORECASE)
_WORDS = re.compile(r"(\d{1,2})\s*([a-z]+)\.?\s*([\d\s]{4,6})$", re.IGNORECASE)


def find_date(text: str, start: int = 0) -> datetime.date | None:
    """The first date in `text` from `start` on that exists in the calendar."""
    for match in _DATE.finditer(text, start):
        date = parse_date(match[0])
        if date:
            return date
    return None


def parse_date(text: str) -> datetime.date | None:
    """The date that `text` is, or None."""
    cleaned = " ".join(text.split())
    words = _WORDS.match(cleaned)
    try:
        if words and words[2].lower() in _NAMES:
            year = int("".join(words[3].split()))
            return datetime.date(year, _NAMES[words[2].lower()], int(words[1]))
        parts = [int(part) for part in re.split(r"[-/.]", cleaned)]
        if len(parts) == 3:
            return datetime.date(*parts) if parts[0] > 31 else datetime.date(parts[2], parts[1], parts[0])
    except ValueError:
        return None
    return None


def session_year(date: datetime.date) -> str:
    """The session year (vergaderjaar) of a date: it turns on the third Tuesday of September."""
    first = date.year if date >= opening_day(date.year) else date.year - 1
    return f"{first}-{first + 1}"


def opening_day(year: int) -> datetime.date:
    """Prinsjesdag: the third Tuesday of September."""
    first = datetime.date(year, 9, 1)
    return first + datetime.timedelta(days=(1 - first.weekday()) % 7 + 14)
