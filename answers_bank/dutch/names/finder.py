"""Names in a text: ministries, bodies, laws, places and whatever else has capitals, by one key for who is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from answers_bank.dutch.names.abbreviations import abbreviates, short_form_behind
from answers_bank.dutch.names.known import COMMON, find_known, known, squeezed
from answers_bank.dutch.overlap import overlaps
from answers_bank.dutch.patterns import group, read_yaml
from answers_bank.dutch.time.dates import MONTHS
from answers_bank.dutch.words import fold


@dataclass(frozen=True, slots=True)
class NameMention:
    """One mention of a named bearer."""

    sort: str
    """ "ministry", "body", "law", "plan" (programme, agenda), "place", "actor" or "role" (common nouns), "other"."""

    key: str
    start: int
    end: int
    text: str
    aliases: tuple[str, ...] = ()
    """Other names that the text itself gives in brackets, folded."""


_LISTS = read_yaml("names", "answers_bank.dutch")["words"]
_CONNECT = r"(?:van|de|der|den|het|voor|op|tot|of|for|the|and|&|ter|ten|in|inzake|tegen)"
_CAPITAL = r"(?:[A-ZÀ-Þ][\w&-]*(?:[’'][\w&-]+)?|[\w]+-[A-ZÀ-Þ][\w-]*)"
# Heads after which a name runs on over "en": "Autoriteit Duinen en Dijken".
_HEADED = re.compile(
    rf"\b{group(_LISTS['heads'])}\s+(?:{_CONNECT}\s+){{0,3}}{_CAPITAL}"
    rf"(?:(?:\s+{_CONNECT}){{0,3}}\s+{_CAPITAL}|,?\s+en\s+{_CAPITAL}|,\s+{_CAPITAL}(?=,?\s+(?:en\s+)?{_CAPITAL}))*"
)
_SEATED = re.compile(rf"\b{group(_LISTS['seated'])}\s+(?:van\s+)?[A-Z][\w-]+")
_PLAN = re.compile(r"(?i:\w*agenda|\w*programma|\w*plan|\w*akkoord|nationaal\s+plan)\b")
_PROPER = re.compile(rf"(?<![\w.’'-]){_CAPITAL}(?:(?:\s+(?:van|de|der|den|of|for|the))*\s+{_CAPITAL})*")
_LAW = re.compile(
    r"\b(?P<compound>[A-ZÀ-Þ][\w-]*?(?:wet|richtlijn|verordening|besluit|regeling|wetboek|verdrag|handvest|convenant)"
    r"(?:\s+(?:19|20)\d\d)?)\b"
    r"|\b(?P<phrase>(?:Wet|Besluit|Regeling|Uitvoeringswet|Uitvoeringsbesluit|Tijdelijke wet|Verordening|"
    r"Richtlijn|Rijkswet)"
    r"(?:\s+(?!(?:dat|die|is|wordt|heeft|zijn|ligt|geldt|regelt|bepaalt|biedt|kan|moet|zal|treedt|werd|was|ter|niet)\b)"
    r"[\w-]+){1,3})"
)
_LAW_BEFORE = re.compile(r"\b(?:[Ww]et|Besluit|Regeling|Verordening)\s$")
_MINISTRY = re.compile(
    r"\b(?:minister(?:ie|s)?|staatssecretaris(?:sen)?|departement|bewindspersoon|ambtgenoot|collega(?:'s)?)\s+(?:van|voor)\s+"
    r"(?P<name>[A-ZÀ-Þ][\w&-]*(?:(?:,\s|\s(?:en|&)\s|\s)(?:(?:en|van)\s)?[A-ZÀ-Þ][\w&-]*)*)"
)


def find_names(text: str, taken: list[tuple[int, int]]) -> list[NameMention]:
    """Every name in `text` outside the spans `taken`, in order; the most specific reading of each place."""
    spans = list(taken)
    found: list[NameMention] = []
    for match in _MINISTRY.finditer(text):
        one = known(match["name"])
        start, end = match.span("name")
        if not overlaps(spans, start, end):
            key = one.key if one else fold(match["name"])
            found.append(NameMention("ministry", key, start, end, match["name"]))
            spans.append((start, end))
    common: list[NameMention] = []
    seats = [match.span() for match in _SEATED.finditer(text)]
    for start, end, one in find_known(text):
        # "Universiteit Utrecht" is no place, "Wet Huis voor de zee" no house.
        part = (one.sort == "place" and overlaps(seats, start, end)) or _LAW_BEFORE.search(text, 0, start)
        if part or overlaps(spans, start, end):
            continue
        name = NameMention(one.sort, one.key, start, end, text[start:end])
        if one.sort in COMMON:
            common.append(name)  # "Omgevingsdienst Duin en Kust" is more than an "omgevingsdienst"
        else:
            found.append(name)
            spans.append((start, end))
    for regex in (_HEADED, _LAW):
        for match in regex.finditer(text):
            if not overlaps(spans, *match.span()):
                found.append(NameMention(_sort(match), squeezed(match[0]), match.start(), match.end(), match[0]))
                spans.append(match.span())
    for match in _PROPER.finditer(text):
        proper = _proper(text, match)
        if proper is not None and not overlaps(spans, proper.start, proper.end):
            if any(a.start <= proper.start and proper.end <= a.end for a in common):
                continue
            found.append(proper)
            spans.append((proper.start, proper.end))
    found += [name for name in common if not overlaps(spans, name.start, name.end)]
    found.sort(key=lambda name: name.start)
    return _with_aliases(text, found)


def _sort(match: re.Match[str]) -> str:
    if match.re is _LAW:
        return "law"
    return "plan" if _PLAN.match(match[0]) else "body"


def _proper(text: str, match: re.Match[str]) -> NameMention | None:
    start, end = match.span()
    parts = match[0].split()
    if _opens_sentence(text, start):
        # The capital may be that of the sentence; a second capital, or capitals inside, make it a name.
        if fold(parts[0]) in _no_name() or (len(parts) > 1 and parts[0].lower() in _starters()):
            start += len(parts[0])
            while start < end and text[start].isspace():
                start += 1
            parts = parts[1:]
            while parts and parts[0].islower():
                start = text.index(parts[0], start) + len(parts[0])
                start += len(text[start:end]) - len(text[start:end].lstrip())
                parts = parts[1:]
        elif len(parts) == 1 and not any(c.isupper() or c.isdecimal() for c in parts[0][1:]):
            return None
    while parts and fold(parts[-1]) in _no_name() and len(parts) > 1:
        end = start + match[0][start - match.start() :].rstrip().rfind(parts[-1])
        end = len(text[:end].rstrip())
        parts = parts[:-1]
    if not parts or start >= end or (len(parts) == 1 and fold(parts[0]) in _no_name()):
        return None
    surface = text[start:end]
    return NameMention("other", squeezed(surface), start, end, surface) if len(surface) > 1 else None


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\n\"'‘“«(•–-")
    return not before or before[-1] in ".!?:;"


def _with_aliases(text: str, found: list[NameMention]) -> list[NameMention]:
    """Joins a name and the short form behind it in brackets: "Autoriteit Duinen en Dijken (hierna: ADD)"."""
    out: list[NameMention] = []
    swallowed: set[int] = set()
    for at, name in enumerate(found):
        if at in swallowed:
            continue
        behind = short_form_behind(text, name.end)
        if behind:
            short, end = behind
            inside = [k for k in range(at + 1, len(found)) if found[k].start < end]
            swallowed.update(inside)
            one = next((found[k] for k in inside if found[k].sort in ("body", "law", "ministry")), None)
            aliases = (squeezed(short), *(found[k].key for k in inside))
            if one is not None and name.sort in ("other", one.sort):
                name = replace(name, sort=one.sort, key=one.key, aliases=(name.key, *aliases))
            else:
                name = replace(name, aliases=aliases)
        out.append(name)
    return out


@cache
def _no_name() -> frozenset[str]:
    """Words with a capital that name nobody, folded."""
    return frozenset(fold(word) for word in (*_LISTS["no_name"], *MONTHS))


@cache
def _starters() -> frozenset[str]:
    """Words that open a sentence before a name."""
    return frozenset(_LISTS["starters"])


def same_bearer(first: NameMention, second: NameMention) -> bool:
    """Whether two mentions may be of one bearer: same key, an alias, an abbreviation, or one name inside the other."""
    mine = {first.key, squeezed(first.text), *first.aliases}
    theirs = {second.key, squeezed(second.text), *second.aliases}
    if mine & theirs or {squeezed(name) for name in mine} & {squeezed(name) for name in theirs}:
        return True
    if first.sort == second.sort and first.sort in ("ministry", "place", *COMMON):
        return False
    for a in (first.text, *first.aliases):
        for b in (second.text, *second.aliases):
            if abbreviates(a, b) or abbreviates(b, a):
                return True
            short, long = sorted((squeezed(a), squeezed(b)), key=len)
            if len(short) >= 4 and re.search(rf"\b{re.escape(short)}\b", long):
                return True
    return False
