"""Moments in a text, as far as the text fixes them, and whether two of them can be the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from answers_bank.dutch.numbers import ordinal
from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.time.dates import ANY_MONTH, MONTH_NUMBERS
from answers_bank.dutch.words import fold
from drafter.checks.comparison.items import Item, ItemKind

_SEASONS = {
    "voorjaar": (3, 4, 5, 6), "lente": (3, 4, 5, 6), "zomer": (6, 7, 8, 9), "najaar": (9, 10, 11, 12),
    "herfst": (9, 10, 11, 12), "winter": (12, 1, 2, 3),
}  # fmt: skip
_SAME_SEASON = {"lente": "voorjaar", "herfst": "najaar"}
_EVENTS = {
    "zomerreces": (7, 8), "kerstreces": (12, 1), "meireces": (4, 5), "voorjaarsreces": (2, 3), "krokusreces": (2, 3),
    "herfstreces": (10,), "verkiezingsreces": (), "prinsjesdag": (9,), "jaarwisseling": (12, 1), "jaareinde": (12,),
    "voorjaarsnota": (4, 5, 6), "miljoenennota": (9,),
}  # fmt: skip
_POINTING = {
    "dit": "this", "deze": "this", "lopende": "this", "huidig": "this", "huidige": "this",
    "volgend": "next", "volgende": "next", "komend": "next", "komende": "next", "aankomend": "next",
    "aanstaande": "next",
    "vorig": "last", "vorige": "last", "afgelopen": "last", "voorgaand": "last", "voorbije": "last",
}  # fmt: skip

_MONTH = rf"(?P<month>{ANY_MONTH})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_TAIL = r"(?P<tail>\s+(?:jl\b\.?|ll\b\.?|a\.s\.?|jongstleden|aanstaande|laatstleden))?"
_WITHIN = r"(?:(?P<within>begin|medio|half|eind|einde|halverwege)\s+(?:van\s+)?)?"
_POINTER = r"(?:(?P<pointer>" + "|".join(_POINTING) + r")\s+)?"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2025-09-08 and 8-9-2025
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b",
        r"\b(?P<day>\d{1,2})[-/.](?P<number>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<day>\d{1,2})\s+" + _MONTH + r"(?:\s+" + _YEAR + r")?" + _TAIL,
        _WITHIN.replace("(?:(?P", r"(?:\b(?P", 1) + r"\b" + _MONTH + r"(?:\s+(?:van\s+)?" + _YEAR + r")?" + _TAIL,
        r"\b(?P<half>eerste|tweede)\s+(?:helft|halfjaar)(?:\s+van)?(?:\s+"
        + _YEAR
        + r"|\s+(?P<pointer>dit|volgend|vorig)\s+jaar)",
        r"\bQ(?P<quarter>[1-4])(?:[\s-]+(?:van\s+)?" + _YEAR + r")?",
        r"\b(?P<ordinal>eerste|tweede|derde|vierde|laatste|[1-4]e)\s+kwartaal(?:\s+(?:van\s+)?(?:"
        + _YEAR
        + r"|(?P<pointer>dit|volgend|vorig)\s+jaar))?",
        _WITHIN
        + r"\b"
        + _POINTER
        + r"(?P<season>"
        + "|".join(_SEASONS)
        + r")\b(?:\s+(?:van\s+)?(?:"
        + _YEAR
        + r"|(?P<later>dit|volgend|komend|vorig)\s+jaar))?",
        r"\b" + _POINTER + r"(?P<event>" + "|".join(_EVENTS) + r")\b(?:\s+(?:van\s+)?" + _YEAR + r")?",
        r"\b(?P<ending>eind|einde|begin)\s+(?:van\s+)?(?P<pointer>het|dit|volgend|komend|vorig)\s+(?P<unit>jaar|maand|kwartaal)\b",
        r"\b(?P<pointer>"
        + "|".join(_POINTING)
        + r")\s+(?P<unit>jaar|maand|week|kwartaal|schooljaar|studiejaar|parlementaire jaar|vergaderjaar|"
        r"kabinetsperiode)\b",
        r"\b(?P<unit>vandaag|gisteren|morgen)\b",
        r"\b(?P<first>(?:19|20)\d\d)\s?[-–/]\s?(?P<second>(?:19|20)?\d\d)\b",
        _WITHIN + r"(?<![\w.,€/-])(?<!€\s)" + _YEAR + r"(?![.,]\d|\w|\s*(?:euro|%|procent|miljoen|miljard|mln|mld))",
    )
)
_NO_SEASON = re.compile(r"(?:zomer|winter|herfst|voorjaars)(?:tijd|periode)", re.IGNORECASE)

_RELATIONS = tuple(
    (name, re.compile(r"(?:^|\W)" + pattern + r"\s+(?:de\s+|het\s+|eind\s+|einde\s+|van\s+)*$", re.IGNORECASE))
    for name, pattern in (
        ("until", r"(?:tot\s+en\s+met|t/m|tot\s+aan|tot)"),
        ("after", r"(?:na(?:\s+afloop\s+van)?|later\s+dan)"),
        ("from", r"(?:vanaf|sinds|per|ingaande(?:\s+op)?|met\s+ingang\s+van|sedert)"),
        ("within", r"binnen"),
        ("before", r"(?:vóór|voorafgaand\s+aan|uiterlijk(?:\s+(?:op|in|voor))?|niet\s+later\s+dan)"),
        ("for", r"voor"),
        ("at", r"(?:in|op|tijdens|gedurende|rond|rondom)"),
    )
)


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


def moments(text: str, taken: list[tuple[int, int]]) -> list[Item]:
    """The moments named in `text` outside the spans `taken`, in order."""
    found: list[Item] = []
    spans = list(taken)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if overlaps(spans, start, end):
                continue
            values = _values(match)
            if not values:
                continue
            spans.append((start, end))
            relation = _relation(text, start, values[0])
            found += [Item(ItemKind.DATE, value, start, end, relation) for value in values]
    return sorted(found, key=lambda item: item.start)


def _values(match: re.Match[str]) -> list[Moment]:
    groups = match.groupdict()
    if groups.get("first"):
        first = int(groups["first"])
        second = int(groups["second"]) + (first // 100 * 100 if len(groups["second"]) == 2 else 0)
        return [Moment(first), Moment(second)] if first < second < first + 60 else []
    year = int(groups["year"]) if groups.get("year") else None
    day = int(groups["day"]) if groups.get("day") else None
    months: frozenset[int] = frozenset()
    if groups.get("number"):
        months = frozenset({int(groups["number"])})
    elif groups.get("month"):
        name = fold(groups["month"])
        # "Mei" and "mei" are months; "jan" or "dec" without a day or year may be anything.
        if len(name) <= 4 and name != "mei" and day is None and year is None:
            return []
        months = frozenset({MONTH_NUMBERS[name]})
    if day is not None and not (1 <= day <= 31 and months and 1 <= min(months) <= 12):
        return []
    moment = Moment(year, months, day)
    pointer = fold(groups.get("pointer") or groups.get("later") or "")
    if pointer:
        moment = replace(moment, pointing=_POINTING.get(pointer, "this"))
    if groups.get("half"):
        first = groups["half"].lower() == "eerste"
        return [replace(moment, part="H1" if first else "H2", months=frozenset(range(1, 7) if first else range(7, 13)))]
    if groups.get("quarter") or groups.get("ordinal"):
        number = int(groups["quarter"]) if groups.get("quarter") else (ordinal(groups["ordinal"]) or 4)
        return [replace(moment, part=f"Q{number}", months=frozenset(range(3 * number - 2, 3 * number + 1)))]
    if groups.get("season"):
        season = groups["season"].lower()
        return [replace(moment, part=_SAME_SEASON.get(season, season), months=frozenset(_SEASONS[season]))]
    if groups.get("event"):
        event = groups["event"].lower()
        return [replace(moment, part=event, months=frozenset(_EVENTS[event]))]
    if groups.get("ending"):
        begins, unit = groups["ending"].lower() == "begin", groups["unit"].lower()
        months = frozenset((1, 2, 3) if begins else (10, 11, 12)) if unit == "jaar" else frozenset()
        return [replace(moment, part="begin" if begins else "einde", unit=unit, months=months)]
    if groups.get("unit"):
        return [replace(moment, unit=groups["unit"].lower(), pointing=moment.pointing or groups["unit"].lower())]
    within = fold(groups.get("within") or "")
    if within:
        moment = replace(moment, part={"begin": "begin", "eind": "einde", "einde": "einde"}.get(within, "midden"))
    return [moment]


def _relation(text: str, start: int, moment: Moment) -> str:
    before = text[max(0, start - 40) : start]
    for name, pattern in _RELATIONS:
        if pattern.search(before):
            if name == "for":
                # "voor 2026 is geld beschikbaar" says for which year; "voor 1 mei" and "voor de zomer" say before.
                return "" if moment.day is None and not moment.part else "before"
            return name
    return ""


def relation_to(text: str, start: int) -> str:
    """How a length of time that starts at `start` is bound: "within", "after", "from", "until", "before" or ""."""
    before = text[max(0, start - 40) : start]
    for name, pattern in _RELATIONS:
        if name not in ("for", "at") and pattern.search(before):
            return name
    return ""
