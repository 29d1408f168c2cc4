"""Names in a text: ministries, authorities, laws, places and whatever else has capitals, by one key a bearer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from answers_bank.dutch.words import fold
from drafter.checks.comparison.items import overlaps
from drafter.checks.comparison.lexicon import Known, known_names, words

COMMON = ("actor", "role")
"""Sorts that are common nouns, no names."""


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a named bearer."""

    sort: str
    """ "ministry", "body", "law", "plan" (programme, agenda), "place", "actor" or "role" (common nouns), "other"."""

    key: str
    start: int
    end: int
    text: str
    aliases: tuple[str, ...] = ()
    """Other names that the text itself gives in brackets, folded."""


_CONNECT = r"(?:van|de|der|den|het|voor|op|tot|of|for|the|and|&|ter|ten|in|inzake|tegen|on)"
_CAPITAL = r"(?:[A-ZÀ-Þ][\w&-]*(?:[’'][\w&-]+)?|[\w]+-[A-ZÀ-Þ][\w-]*)"
# Heads after which a name runs on over "en": "Autoriteit Duinen en Dijken".
_HEAD = (
    r"(?:Autoriteit|Raad|College|Commissie|Inspectie|Fonds|Stichting|Vereniging|Bond|Federatie|Agentschap|Platform|"
    r"Taskforce|Werkgroep|Nationaal|Nationale|Landelijk|Landelijke|Nederlandse?|Europese?|Koninklijke?|"
    r"Wetenschappelijke?|Centraal|Centrale|Universiteit|Hogeschool|Gemeente|Provincie|Museum|Ziekenhuis|Waterschap|"
    r"Hoogheemraadschap|Veiligheidsregio|Rechtbank|Gerechtshof|[A-Z]\w*(?:[Ii]nstituut|[Dd]ienst|[Rr]aad|[Bb]ureau|[Cc]entrum|[Uu]nit|"
    r"[Aa]genda|[Pp]rogramma|[Pp]lan|[Aa]kkoord)|Instituut|Dienst|Bureau|Centrum|Programma|Actieplan|Nationaal\s+Plan)"
)
_HEADED = re.compile(
    rf"\b{_HEAD}\s+(?:{_CONNECT}\s+){{0,3}}{_CAPITAL}"
    rf"(?:(?:\s+{_CONNECT}){{0,3}}\s+{_CAPITAL}|,?\s+en\s+{_CAPITAL}|,\s+{_CAPITAL}(?=,?\s+(?:en\s+)?{_CAPITAL}))*"
)
_SEATED = re.compile(
    r"\b(?:Universiteit|Hogeschool|[Gg]emeente|[Pp]rovincie|Museum|Ziekenhuis|Waterschap|Veiligheidsregio|[Rr]echtbank|"
    r"Gerechtshof|GGD|UMC|Omgevingsdienst)\s+(?:van\s+)?[A-Z][\w-]+"
)
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
_MINISTRY = re.compile(
    r"\b(?:minister(?:ie|s)?|staatssecretaris(?:sen)?|departement|bewindspersoon|ambtgenoot|collega(?:'s)?)\s+(?:van|voor)\s+"
    r"(?P<name>[A-ZÀ-Þ][\w&-]*(?:(?:,\s|\s(?:en|&)\s|\s)(?:(?:en|van)\s)?[A-ZÀ-Þ][\w&-]*)*)"
)
_BRACKETED = re.compile(
    r"\s*\((?:(?:hierna|verder|afgekort|ook)(?:\s+te\s+noemen)?:?\s*)?(?:[\w\s-]+,\s*)?"
    r"[‘'«\"“]?(?P<short>[A-Za-z][\w&/ -]{1,24}?)[’'»\"”]?\)"
)


def names(text: str, taken: list[tuple[int, int]]) -> list[Name]:
    """Every name in `text` outside the spans `taken`, in order; the most specific reading of each place."""
    spans = list(taken)
    found: list[Name] = []
    for match in _MINISTRY.finditer(text):
        known = _lookup(match["name"])
        start, end = match.span("name")
        if not overlaps(spans, start, end):
            key = known.key if known else fold(match["name"])
            found.append(Name("ministry", key, start, end, match["name"]))
            spans.append((start, end))
    pattern, _ = _tables()
    common: list[Name] = []
    seats = [match.span() for match in _SEATED.finditer(text)]
    for match in pattern.finditer(text):
        known = _lookup(match[0])
        if known is not None and not overlaps(spans, *match.span()):
            if known.sort == "place" and overlaps(seats, *match.span()):
                continue  # "Universiteit Utrecht" is no place
            name = Name(known.sort, known.key, match.start(), match.end(), match[0])
            if known.sort in COMMON:
                common.append(name)  # "Omgevingsdienst Duin en Kust" is more than an "omgevingsdienst"
            else:
                found.append(name)
                spans.append(match.span())
    for regex in (_HEADED, _LAW):
        for match in regex.finditer(text):
            if not overlaps(spans, *match.span()):
                found.append(Name(_sort(match), _squeeze(match[0]), match.start(), match.end(), match[0]))
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


def _proper(text: str, match: re.Match[str]) -> Name | None:
    start, end = match.span()
    parts = match[0].split()
    if _opens_sentence(text, start):
        # The capital may be that of the sentence; a second capital, or capitals inside, make it a name.
        if fold(parts[0]) in words().no_name or (len(parts) > 1 and parts[0].lower() in words().starters):
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
    while parts and fold(parts[-1]) in words().no_name and len(parts) > 1:
        end = start + match[0][start - match.start() :].rstrip().rfind(parts[-1])
        end = len(text[:end].rstrip())
        parts = parts[:-1]
    if not parts or start >= end or (len(parts) == 1 and fold(parts[0]) in words().no_name):
        return None
    surface = text[start:end]
    return Name("other", _squeeze(surface), start, end, surface) if len(surface) > 1 else None


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\n\"'‘“«(•–-")
    return not before or before[-1] in ".!?:;"


def _with_aliases(text: str, found: list[Name]) -> list[Name]:
    """Joins a name and the short form behind it in brackets: "Autoriteit Duinen en Dijken (hierna: ADD)"."""
    out: list[Name] = []
    swallowed: set[int] = set()
    for at, name in enumerate(found):
        if at in swallowed:
            continue
        match = _BRACKETED.match(text, name.end)
        if match:
            inside = [k for k in range(at + 1, len(found)) if found[k].start < match.end()]
            swallowed.update(inside)
            known = next((found[k] for k in inside if found[k].sort in ("body", "law", "ministry")), None)
            aliases = (_squeeze(match["short"]), *(found[k].key for k in inside))
            if known is not None and name.sort in ("other", known.sort):
                name = replace(name, sort=known.sort, key=known.key, aliases=(name.key, *aliases))
            else:
                name = replace(name, aliases=aliases)
        out.append(name)
    return out


def _squeeze(text: str) -> str:
    return re.sub(r"[\s-]+", " ", fold(text)).strip()


@lru_cache(maxsize=1)
def _tables() -> tuple[re.Pattern[str], dict[str, Known]]:
    table: dict[str, Known] = {}
    exact: list[str] = []
    loose: list[str] = []
    for known in known_names():
        for name in known.names:
            table.setdefault(name if _is_short(name) else _squeeze(name), known)
            target = exact if _is_short(name) or (known.sort == "ministry" and " " not in name) else loose
            pattern = re.escape(name).replace(r"\ ", r"\s+")
            target.append(re.sub(r"\\-", r"[-\\s]\\s?", pattern))
            if known.sort == "ministry" and target is exact:
                table.setdefault(_squeeze(name), known)
    exact.sort(key=len, reverse=True)
    loose.sort(key=len, reverse=True)
    edges = r"(?<![\w-])(?:(?i:{})|(?:{}))(?!\w|-[A-Z])"
    return re.compile(edges.format("|".join(loose), "|".join(exact))), table


def _is_short(name: str) -> bool:
    """Whether only this very spelling counts: abbreviations such as "AP", "OM", "Sv"."""
    return " " not in name and (len(name) <= 3 or any(c.isupper() for c in name[1:]))


def _lookup(text: str) -> Known | None:
    _, table = _tables()
    return table.get(text) or table.get(_squeeze(text))


def spellings(key: str) -> tuple[str, ...]:
    """All names of the bearer with this key that the lexicon has; the key itself for any other."""
    known = _lookup(key)
    return known.names if known is not None else (key,)


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` may be made of the initials of `full`, in order, from its first letter on."""
    letters = re.sub(r"[^a-z]", "", fold(short))
    words = re.findall(r"[a-z]+", fold(full))
    if not 2 <= len(letters) <= 8 or not words or letters[0] != words[0][0]:
        return False
    text = "".join(words)
    starts = set()
    at = 0
    for word in words:
        starts.add(at)
        at += len(word)
    # In order through the text, most of them at the start of a word.
    position, at_start = -1, 0
    for letter in letters:
        following = [p for p in range(position + 1, len(text)) if text[p] == letter]
        if not following:
            return False
        position = next((p for p in following if p in starts), following[0])
        at_start += position in starts
    return at_start >= max(2, (len(letters) + 1) // 2)


def same_bearer(first: Name, second: Name) -> bool:
    """Whether two mentions may be of one bearer: same key, an alias, an abbreviation, or one name inside the other."""
    mine = {first.key, _squeeze(first.text), *first.aliases}
    theirs = {second.key, _squeeze(second.text), *second.aliases}
    if mine & theirs or {_squeeze(name) for name in mine} & {_squeeze(name) for name in theirs}:
        return True
    if first.sort == second.sort and first.sort in ("ministry", "place", *COMMON):
        return False
    for a in (first.text, *first.aliases):
        for b in (second.text, *second.aliases):
            if abbreviates(a, b) or abbreviates(b, a):
                return True
            short, long = sorted((_squeeze(a), _squeeze(b)), key=len)
            if len(short) >= 4 and re.search(rf"\b{re.escape(short)}\b", long):
                return True
    return False
