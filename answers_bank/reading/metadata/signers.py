"""On whose behalf an answer is given: the offices behind "mede namens", as far as their list goes."""

from __future__ import annotations

import re
from functools import cache

from answers_bank.documents import OfficeHolder
from answers_bank.dutch.patterns import read_yaml

_BEHALF = re.compile(
    r"\b(?:mede|mee|ook|en)\s*namens\s*(?=(?:de|het|mijn|onze|minister|staatssecretaris|ambtgen|collega))",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:(?P<article>de|het|mijn|onze)\s+)?(?P<office>minister-president|minister|staatssecretaris|ambtgeno(?:ot|ten)|collega)"
    r"(?P<many>s|sen|[’']s)?\b\.?",
    re.IGNORECASE,
)
_CAPITAL = r"(?!(?i:Ministers?|Staatssecretariss?e?n?|Mede|Namens|Vra(?:ag|gen)|Antwoord)\b)[A-ZÀ-Þ][\w’'-]*"
_AND = r"(?:\s*,\s*en\s+|\s+en\s+|\s*,\s*|\s*&\s*|\s+)"
_PORTFOLIO = re.compile(
    rf"\s*(?:van|voor)\s*(?:het\s+ministerie\s+van\s+)?(?P<portfolio>{_CAPITAL}(?:{_AND}{_CAPITAL})*)"
)
_LOWER_CASE = re.compile(
    r"\s*(?:van|voor)\s+(?P<portfolio>[a-zà-ÿ][^,.;:()]{2,80}?)"
    r"(?=\s*(?:[,.;:()]|\s(?:en\s+(?:de|het|van|voor|mijn)|mede|dat|deel|bied|stuur|zend|de|het|op|uw)\s|$))"
)
_ALONE = re.compile(rf"\s+(?P<words>{_CAPITAL}(?:{_AND}{_CAPITAL})*)")
_NAMED = re.compile(r"\s*,?\s*(?P<name>[^(),;]{2,60}?)\s*\((?P<portfolio>[^()\d]{2,140})\)")
# "Justitie en Veiligheid, A.B. van Zeewind": the portfolio ends before the name.
_NAME_BEHIND = re.compile(
    r"\s*,\s*(?P<name>(?:(?:[A-ZÀ-Þ]|Ch|Th|Ph|IJ)\.\s*)+(?:(?:van|der?|den|ter?|ten|’t|'t)\s+)*[A-ZÀ-Þ][\w’'-]*"
    r"|[A-ZÀ-Þ][\w’'-]*\s+(?:(?:van|der?|den|ter?|ten|’t|'t)\s+)+[A-ZÀ-Þ][\w’'-]*)"
)
_NEXT = re.compile(
    r"\s*(?:,\s*(?:en|alsmede|alsook|evenals)\b|,|;|\ben\b|\balsmede\b|\balsook\b|\bevenals\b)\s*(?:(?:mede\s+)?namens\s+)?",
    re.IGNORECASE,
)


def read_signers(text: str, colleague: str = "minister") -> tuple[OfficeHolder, ...]:
    """The office holders behind each "mede namens" of `text`.

    Args:
        text: a heading or letter; a line break in a sentence is white space.
        colleague: the office of "mijn ambtgenoot van …": that of the one who answers.
    """
    # A blank line ends a sentence, a single line break does not.
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    found = [
        holder
        for part in paragraphs
        for match in _BEHALF.finditer(part)
        for holder in read_office_list(part, match.end(), colleague)
    ]
    return tuple(dict.fromkeys(found))


def read_office_list(text: str, at: int, colleague: str = "minister") -> list[OfficeHolder]:
    """The office holders of the list that begins at `at` ("de Ministers van A en voor B en staatssecretaris C (D)")."""
    holders: list[OfficeHolder] = []
    office, many = "", False
    while True:
        lead = _OFFICE.match(text, at)
        if lead is None and not many:
            return holders
        if lead is not None:
            office = lead["office"].lower()
            many = bool(lead["many"]) or office == "ambtgenoten"
            office = office if office.startswith(("minister", "staats")) else colleague
            at = lead.end()
        article = lead is not None and lead["article"] is not None
        found, at = _holders(text, at, office, many, article)
        holders += found
        separator = _NEXT.match(text, at) if found else None
        if separator is None:
            return holders
        at = separator.end()


def _holders(text: str, at: int, office: str, many: bool, article: bool) -> tuple[list[OfficeHolder], int]:
    """Those that one "van …" or one name with its portfolio in brackets stands for, and where it ends."""
    if office == "minister-president":
        own = re.compile(r"\s*,?\s*minister\s+van\s+Algemene\s+Zaken", re.IGNORECASE).match(text, at)
        return [OfficeHolder(None, "Algemene Zaken", office)], own.end() if own else at
    portfolio = _PORTFOLIO.match(text, at)
    named = _NAMED.match(text, at)
    if portfolio is None and named and any(c.isupper() for c in named["name"]):
        return [OfficeHolder(" ".join(named["name"].split()), named["portfolio"].strip(), office)], named.end()
    if portfolio is None and (lower := _LOWER_CASE.match(text, at)):
        return [OfficeHolder(None, lower["portfolio"], office)], lower.end()
    if portfolio is None:
        # "de staatssecretaris Rechtsbescherming" has a portfolio there, "staatssecretaris Zeilmaker" a name.
        alone = _ALONE.match(text, at)
        if alone is None:
            return [], at
        if article:
            return [OfficeHolder(None, alone["words"], office)], alone.end()
        name = re.split(r",|\s+en\s", alone["words"])[0]
        return [OfficeHolder(name, None, office)], alone.start("words") + len(name)
    end = portfolio.end()
    for comma in re.finditer(r"\s*,", portfolio["portfolio"]):
        behind = _NAME_BEHIND.match(text, portfolio.start("portfolio") + comma.start())
        if behind:
            said = text[portfolio.start("portfolio") : behind.start()]
            return [OfficeHolder(behind["name"], said, office)], behind.end()
    names = _ministries(portfolio["portfolio"]) if many and not _van_follows(text, end) else [portfolio["portfolio"]]
    return [OfficeHolder(None, name, office) for name in names], end


def _van_follows(text: str, at: int) -> bool:
    """Whether the list goes on with a "van" of its own: then each one has its own."""
    following = _NEXT.match(text, at)
    return following is not None and _PORTFOLIO.match(text, following.end()) is not None


def _ministries(text: str) -> list[str]:
    """The names in "Financiën en Economische Zaken" behind "de ministers van": as the register knows them, else two."""
    if text in _known():
        return [text]
    cuts = list(re.finditer(r"\s*,\s*en\s+|\s+en\s+|\s*,\s*", text))
    for first in reversed(cuts):  # the longest name: "Justitie en Veiligheid" before "Justitie"
        if text[: first.start()] in _known():
            return [text[: first.start()], *_ministries(text[first.end() :])]
    if len(cuts) != 1:
        return [text]
    return [text[: cuts[0].start()], text[cuts[0].end() :]]


@cache
def _known() -> frozenset[str]:
    return frozenset(str(entry["name"]) for entry in read_yaml("ministries", "answers_bank.dutch")["entries"])
