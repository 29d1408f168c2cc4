"""Names of months and weekdays, and dates as they are written, also where spaces were lost ("28 juni2024")."""

from __future__ import annotations

import datetime
import re

MONTHS = tuple("januari februari maart april mei juni juli augustus september oktober november december".split())
SHORT_MONTHS = tuple("jan feb mrt apr mei jun jul aug sep okt nov dec".split())
WEEKDAYS = tuple("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split())
MONTH_NUMBERS = {name: index + 1 for names in (MONTHS, SHORT_MONTHS) for index, name in enumerate(names)} | {
    "febr": 2,
    "sept": 9,
}
"""Every way of writing a month, to its number."""

MONTH = "(?:" + "|".join(MONTHS) + ")"
"""A pattern for a month in full; use with IGNORECASE."""

ANY_MONTH = "(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + ")"
"""A pattern for a month, in full or short; use with IGNORECASE."""

DATE = (
    rf"(?:(?<!\d)\d{{1,2}}\s*{ANY_MONTH}\.?\s*(?:19|20)\s?\d\s?\d(?!\d)"
    r"|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
"""A pattern for one date; use with IGNORECASE."""

UNKNOWN_DATE = "datum onbekend"
"""In the place of a date, where a document has none."""

_WORDS = re.compile(r"(\d{1,2})\s*([a-z]+)\.?\s*([\d\s]{4,6})$", re.IGNORECASE)


def parse_date(text: str) -> datetime.date | None:
    """The date that `text` is, or None."""
    cleaned = " ".join(text.split())
    words = _WORDS.match(cleaned)
    try:
        if words and words[2].lower() in MONTH_NUMBERS:
            year = int("".join(words[3].split()))
            return datetime.date(year, MONTH_NUMBERS[words[2].lower()], int(words[1]))
        parts = [int(part) for part in re.split(r"[-/.]", cleaned)]
        if len(parts) == 3:
            return datetime.date(*parts) if parts[0] > 31 else datetime.date(parts[2], parts[1], parts[0])
    except (ValueError, OverflowError):  # a year of thirty figures is neither
        return None
    return None


def typed_day(text: str) -> datetime.date | None:
    """The day that somebody typed, in any way in which days are written: "2025-12-31", "31-12-2025", "31 dec 2025".

    None where it is no day, or its year stands there by two figures only.
    """
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        day = parse_date(text)
    return day if day is not None and day.year >= 1000 else None


def dutch_date(day: datetime.date) -> str:
    """A date as it is written in answers: "19 mei 2015"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
