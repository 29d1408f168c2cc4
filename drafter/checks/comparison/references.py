"""Articles of law and references to parliamentary papers, in any notation."""

from __future__ import annotations

import re

from answers_bank.dutch.numbers import ordinal
from answers_bank.dutch.words import fold
from drafter.checks.comparison.items import Item, ItemKind

_SESSION = r"(?:,?\s*(?:vergaderjaar\s+)?(?P<year>(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)?\d\d))\s*,?)?"
_PAPER = re.compile(
    r"(?:\bKamerstuk(?:ken)?|\bHandelingen)(?:\s+(?P<chamber>I{1,2}|EK|TK))?"
    + _SESSION
    + r"[\s,]*(?P<dossier>\d{2}[\s.]?\d{3})"
    r"(?:[\s-]*(?:\((?:R\d+)\)|(?P<roman>[IVX]{1,6}|[A-Z])(?=[\s,;]|$)))?(?:[\s,;-]*(?:nrs?\.?|nummers?|[,-])\s*(?P<number>[A-Z]{0,3}\d{0,4}))?",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"\bAanhangsel(?:\s+(?:van\s+de\s+)?Handelingen)?(?:\s+(?:I{1,2}|TK))?"
    + _SESSION
    + r"[\s,]*(?:nrs?\.?|nummers?)\s*(?P<number>\d{1,5})",
    re.IGNORECASE,
)
_GAZETTE = re.compile(
    r"\b(?P<series>Stb|Stcrt|Trb|PbEU|Pb)\.?(?:\s*EU)?\s*(?P<year>\d{4})\s*,?\s*(?:nr\.?\s*)?(?P<number>[LC]?\s?\d+(?:\s*/\s*\d+)?)"
)
_EUROPEAN = re.compile(
    r"(?:\((?:EU|EG|EEG|EU/Euratom)\)|\bEU)\s*(?:nr\.?\s*)?(?P<number>\d{2,4}/\d{2,4})|\b(?P<directive>(?:19|20)\d\d/\d{1,4}/(?:EU|EG|EEG))"
)
_INTERNAL = re.compile(
    r"\b(?:vragen|vraag|antwoord(?:en)?\s+op|voetnoot|noot|bijlage|tabel|figuur|paragraaf|hoofdstuk|pagina|blz\.|deelvraag)\s+"
    r"(?P<number>\d{1,3}[a-z]?(?:(?:\s*,\s*|\s+(?:en|tot\s+en\s+met|t/m)\s+)\d{1,3}[a-z]?)*)\b",
    re.IGNORECASE,
)
# "nr. 879 van 3 april 2017" tells which, not how many; so does the number of a list at the head of a sentence.
_IDENTIFIER = re.compile(
    r"\b(?:nrs?\.?|nummers?|blz\.?|bladzijden?|pagina['’]?s?|volgnummer|kenmerk)\s*(?P<number>\d[\d.]*\d|\d)"
    r"(?:(?:\s*,\s*|\s+en\s+|\s*[-–]\s*)\d+\b)*(?:\s+van\s+\d{1,2}\s+[a-z]+\s+(?:19|20)\d\d)?|"
    r"\A\s*(?P<item>\d{1,2})(?:\.\d{1,2})?\s*[.)](?=\s+[A-Za-z])",
    re.IGNORECASE,
)
_KEY = re.compile(r"\b(?:20\d\d[ZD]\d{5}|(?:ah|kst|kv|blg)-[\w-]+|ECLI:[\w:.]+)\b")

_NUMBER = r"\d+[:.]?(?:\d+[a-z]{0,2}(?:[.:]\d+[a-z]{0,2})*|[a-z]{1,2}(?![a-z]))?"
_RANK = r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|\d+(?:e|de|ste))"
_DETAIL = (
    r"(?:\s*,?\s*(?:(?P<rank{0}>" + _RANK + r")(?:\s+(?:en|of)\s+" + _RANK + r")?\s+lid|lid\s+(?P<member{0}>\d+)"
    r"|(?:aanhef\s+en\s+)?(?:onder(?:deel|delen)?|sub)\s+(?P<letter{0}>[a-z]{{1,2}}|\d{{1,2}})(?:°|º)?(?![\w])))"
)
_ARTICLE = re.compile(
    r"(?:(?P<lead>" + _RANK + r")\s+lid\s*,?\s*(?:van\s+)?)?(?:het\s+)?\b(?:artikel(?:en)?|artt?\.)\s+(?P<numbers>"
    + _NUMBER + r"(?:(?:\s*,\s*|\s+(?:en|of)\s+|\s*(?:-|–|t/m|tot en met)\s*)" + _NUMBER + r"(?!\s*(?:°|%)))*)"
    + _DETAIL.format(1) + "?" + _DETAIL.format(2) + "?" + _DETAIL.format(3) + "?",
    re.IGNORECASE,
)  # fmt: skip


def references(text: str) -> list[Item]:
    """Citations first and articles after them, in the order of the text within each.

    A citation's value leaves out the session year, which some notations lack; it stands in `relation`.
    """
    found = [*_papers(text), *_others(text)]
    taken = [(item.start, item.end) for item in found]
    for match in _ARTICLE.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found += _articles(match)
            taken.append(match.span())
    for match in _IDENTIFIER.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found.append(Item(ItemKind.INTERNAL, match["number"] or match["item"], match.start(), match.end()))
    return sorted(found, key=lambda item: item.start)


def session_year(text: str | None) -> str:
    """ "2024/25", "2024–2025" and "2024-2025" as "2024-2025"; "" for None."""
    if not text:
        return ""
    first, second = re.split(r"\s?[-–/]\s?", text, maxsplit=1)
    return f"{first}-{second if len(second) == 4 else first[:2] + second}"


def _papers(text: str) -> list[Item]:
    found = []
    for match in _PAPER.finditer(text):
        dossier = re.sub(r"\D", "", match["dossier"])
        roman = (match["roman"] or "").upper()
        number = (match["number"] or "").upper()
        value = ("kamerstuk", f"{dossier} {roman}".strip(), number)
        found.append(Item(ItemKind.CITATION, value, match.start(), match.end(), session_year(match["year"])))
    return found


def _others(text: str) -> list[Item]:
    found = [
        Item(ItemKind.CITATION, ("aanhangsel", m["number"]), m.start(), m.end(), session_year(m["year"]))
        for m in _ANNEX.finditer(text)
    ]
    found += [
        Item(ItemKind.CITATION, (m["series"], m["year"], re.sub(r"\s", "", m["number"])), m.start(), m.end())
        for m in _GAZETTE.finditer(text)
    ]
    found += [
        Item(ItemKind.CITATION, ("eu", re.sub(r"/E[UG]+$", "", m["number"] or m["directive"])), m.start(), m.end())
        for m in _EUROPEAN.finditer(text)
    ]
    found += [Item(ItemKind.INTERNAL, m["number"], m.start(), m.end()) for m in _INTERNAL.finditer(text)]
    found += [Item(ItemKind.CITATION, ("key", m[0].lower()), m.start(), m.end()) for m in _KEY.finditer(text)]
    return found


def _articles(match: re.Match[str]) -> list[Item]:
    member = letter = ""
    if match["lead"]:
        member = str(ordinal(fold(match["lead"])) or "")
    for at in (1, 2, 3):
        if match[f"rank{at}"]:
            member = str(ordinal(fold(match[f"rank{at}"])) or "")
        elif match[f"member{at}"]:
            member = match[f"member{at}"]
        elif match[f"letter{at}"]:
            letter = match[f"letter{at}"].lower()
    numbers = re.findall(_NUMBER, match["numbers"], re.IGNORECASE)
    last = len(numbers) - 1
    return [
        Item(
            ItemKind.ARTICLE,
            (number.lower().rstrip("."), member if at == last else "", letter if at == last else ""),
            match.start(),
            match.end(),
        )
        for at, number in enumerate(numbers)
    ]
