"""Official sources besides the papers of the Chambers: Staatsblad, Staatscourant, case law, acts of the European Union.

Forms: Aanwijzingen voor de regelgeving (Stb., Stcrt., PbEU), the ECLI standard (Council conclusions 2011/C 127/01), and
the numbering of acts of the Union since 1 January 2015 ("(EU) year/number" for all of them).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from answers_bank.dutch.citations.identifiers import publication_url

RENUMBERED = 2015
"""From this year on all acts of the Union are numbered "(EU) year/number"."""


@dataclass(frozen=True, slots=True)
class OfficialSource:
    """One reference as written, and what it says."""

    start: int
    end: int
    text: str
    kind: str
    """"Staatsblad", "Staatscourant", "Tractatenblad", "Publicatieblad", "ECLI", "Verordening", "Richtlijn" or another
    act; empty for an act of the Union of which only the number is written."""

    year: int
    number: str
    official: str
    """The right way of writing it; as written for an act without its kind."""

    url: str
    flaws: tuple[str, ...]

    @property
    def act(self) -> tuple[int, str] | None:
        """Year and number of an act of the Union, whatever it is called; None for other sources."""
        return (self.year, self.number) if not self.kind or self.kind in _LETTERS else None


_LETTERS = {"Verordening": "R", "Richtlijn": "L", "Besluit": "D", "Kaderbesluit": "F"}
_CASE = "https://deeplink.rechtspraak.nl/uitspraak?id="
_LAW = "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri="

_GAZETTES = {"Stb": ("Staatsblad", "Stb."), "Stcrt": ("Staatscourant", "Stcrt."), "Trb": ("Tractatenblad", "Trb.")}
_GAZETTE = re.compile(
    r"(?<!\w)(?P<name>Stb|Stcrt|Trb|Staatsblad|Staatscourant|Tractatenblad)(?P<dot>\.?)\s+(?P<year>(?:18|19|20)\d\d)"
    r"(?P<comma>,?)\s*(?P<nr>nr\.?\s*)?(?P<number>\d{1,6})(?!\w|\.\d)"
)
_ECLI = re.compile(
    r"(?<!\w)ECLI(?P<rest>[:\s][A-Z]{2}[:\s][A-Z0-9]{1,7}[:\s]\d{2,4}[:\s][A-Z0-9.]{1,25}[A-Z0-9])(?!\w)", re.IGNORECASE
)
_ACT = re.compile(
    r"(?<!\w)(?P<kind>[Vv]erordening|[Rr]ichtlijn|(?:[Uu]itvoerings|[Kk]ader)?[Bb]esluit)\s+(?:\((?P<body>EU|EG|EEG|Euratom|GBVB)\)\s*)?"
    r"(?P<nr>nr\.?\s*)?(?P<a>\d{1,4})/(?P<b>\d{1,4})(?:/(?P<tail>EU|EG|EEG|JBZ|GBVB|Euratom))?(?![\w/])"
)
# "richtlijnen 2002/65/EG en 2009/110/EG", "de AVG ((EU) 2016/679)"
_BARE_ACT = re.compile(
    r"(?<![\w/])(?:(?:\((?P<body>EU|EG|EEG|Euratom)\)|EU)\s*(?P<nr>nr\.?\s*)?|(?=\d{2,4}/\d{1,4}/(?:EU|EG|EEG)))"
    r"(?P<a>\d{1,4})/(?P<b>\d{1,4})(?:/(?P<tail>EU|EG|EEG))?(?![\w/])"
)
_JOURNAL = re.compile(
    r"(?<!\w)(?P<name>Pb\s?EU|Pb\s?EG|PB)\.?\s+(?P<year>(?:19|20)\d\d)(?P<comma>,?)\s*(?P<series>[LC])\s?(?P<number>\d{1,4})(?!\w)"
)


def find_sources(text: str) -> list[OfficialSource]:
    """All references to official sources in `text`, in order."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], OfficialSource | None]], ...] = (
        (_GAZETTE, _gazette), (_JOURNAL, _journal), (_ECLI, _ecli), (_ACT, _act),
    )  # fmt: skip
    found = [source for pattern, read in readers for match in pattern.finditer(text) if (source := read(match))]
    taken = {source.end for source in found}
    found += [s for match in _BARE_ACT.finditer(text) if match.end() not in taken and (s := _act(match))]
    return sorted(found, key=lambda source: source.start)


def _gazette(match: re.Match[str]) -> OfficialSource:
    short = next(short for short, (long, _) in _GAZETTES.items() if match["name"] in (short, long))
    kind, name = _GAZETTES[short]
    in_full = match["name"] == kind
    year, number = int(match["year"]), str(int(match["number"]))
    flaws = []
    if not in_full and not match["dot"]:
        flaws.append("Achter de afkorting hoort een punt.")
    if not match["comma"]:
        flaws.append("Achter het jaar hoort een komma.")
    if match["nr"] and not in_full:
        flaws.append(f"Bij {name} staat geen ‘nr.’.")
    url = publication_url(f"{short.lower()}-{year}-{number}")
    return _source(match, kind, year, number, f"{name} {year}, {number}", url, flaws)


def _journal(match: re.Match[str]) -> OfficialSource:
    name, year = "".join(match["name"].split()), int(match["year"])
    flaws = [] if match["comma"] else ["Achter het jaar hoort een komma."]
    if name == "PB" or name != match["name"]:
        flaws.append("Het Publicatieblad wordt afgekort als PbEU.")
    official = f"{'PbEG' if name == 'PbEG' else 'PbEU'} {year}, {match['series']} {match['number']}"
    url = f"{_LAW}OJ:{match['series']}:{year}:{int(match['number']):03d}:TOC"
    return _source(match, "Publicatieblad", year, match["number"], official, url, flaws)


def _ecli(match: re.Match[str]) -> OfficialSource | None:
    parts = re.split(r"[:\s]", match["rest"].lstrip(": "))
    official = "ECLI:" + ":".join(part.upper() for part in parts)
    if not parts[2].isdecimal():
        return None
    flaws = (
        [] if match[0] == official else ["Een ECLI bestaat uit hoofdletters en cijfers met dubbele punten ertussen."]
    )
    if len(parts[2]) != 4:
        flaws.append("Het jaar in een ECLI heeft vier cijfers.")
    place = {"EU": f"{_LAW}ecli:", "CE": "https://hudoc.echr.coe.int/?i="}.get(parts[0].upper(), _CASE)
    return _source(match, "ECLI", int(parts[2]), parts[3], official, place + official, flaws)


def _act(match: re.Match[str]) -> OfficialSource | None:
    groups = match.groupdict()
    named = (groups.get("kind") or "").lower()
    kind = "Kaderbesluit" if named == "kaderbesluit" else "Besluit" if named.endswith("besluit") else named.capitalize()
    if kind == "Besluit" and not (match["body"] or match["tail"]):
        return None
    # Until 1999 the year has two digits: "Richtlijn 92/43/EEG", "Verordening (EG) nr. 974/98".
    old = match["body"] in {"EG", "EEG"} or match["tail"] in {"EG", "EEG"}
    first, second = (_full(part) if old else part for part in (match["a"], match["b"]))
    year_first = _is_year(first) and (not _is_year(second) or int(first) >= RENUMBERED or kind != "Verordening")
    if not year_first and not _is_year(second):
        return None
    year, number = (int(first), match["b"]) if year_first else (int(second), match["a"])
    number = str(int(number))
    if not kind:
        return _source(match, "", year, number, " ".join(match[0].split()), "", [])
    flaws = []
    if year >= RENUMBERED:
        body = match["body"] if match["body"] in {"GBVB", "Euratom"} else "EU"
        official = f"{match['kind']} ({body}) {year}/{number}"
        if not match["body"] and not match["tail"]:
            flaws.append("Sinds 2015 staat ‘(EU)’ voor het nummer.")
        if match["nr"]:
            flaws.append("Sinds 2015 staat er geen ‘nr.’ meer.")
        if not year_first:
            flaws.append("Sinds 2015 staat het jaar voorop.")
        if old:
            flaws.append("Sinds 2009 is het de EU, niet de EG.")
    else:
        official = " ".join(match[0].split())
    celex = f"3{year}{_LETTERS[kind]}{int(number):04d}"
    return _source(match, kind, year, number, official, f"{_LAW}CELEX:{celex}", flaws)


def _full(part: str) -> str:
    return f"19{part}" if len(part) == 2 and int(part) >= 52 else part


def _is_year(text: str) -> bool:
    return len(text) == 4 and 1952 <= int(text) <= 2099


def _source(
    match: re.Match[str], kind: str, year: int, number: str, official: str, url: str, flaws: list[str]
) -> OfficialSource:
    written = " ".join(match[0].split())
    return OfficialSource(match.start(), match.end(), written, kind, year, number, official, url, tuple(flaws))


def from_the_future(source: OfficialSource, date: datetime.date) -> bool:
    """Whether the source cannot have existed when the text was written."""
    return source.year > date.year
