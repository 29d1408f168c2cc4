"""Official references as items to compare, and the numbers of places in the document itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers_bank.dutch.citations.articles import find_articles
from answers_bank.dutch.citations.identifiers import CASE, DOCUMENT, find_identifiers
from answers_bank.dutch.citations.official_sources import find_sources
from answers_bank.dutch.citations.papers import Series, find_papers
from answers_bank.dutch.overlap import overlaps
from drafter.checks.comparison.statements.items import Item, ItemKind

_INTERNAL = re.compile(
    r"\b(?:vragen|vraag|antwoord(?:en)?\s+op|voetnoot|noot|bijlagen?|tabel(?:len)?|figu(?:ur|ren)|paragraaf|hoofdstuk|pagina|blz\.|deelvraag)\s+"
    r"(?P<number>\d{1,3}[a-z]?(?:(?:\s*,\s*|\s+(?:en|tot(?:\s+en\s+met)?|t/m)\s+)\d{1,3}[a-z]?)*)\b",
    re.IGNORECASE,
)
# "nr. 879 van 3 april 2017" tells which, not how many; so does the number of a list at the head of a sentence.
_ORDER_NUMBER = re.compile(
    r"\b(?:nrs?\.?|nummers?|blz\.?|bladzijden?|pagina['’]?s?|volgnummer|kenmerk)\s*(?P<number>\d[\d.]*\d|\d)"
    r"(?:(?:\s*,\s*|\s+en\s+|\s*[-–]\s*)\d+\b)*(?:\s+van\s+\d{1,2}\s+[a-z]+\s+(?:19|20)\d\d)?|"
    r"\A\s*(?P<item>\d{1,2})(?:\.\d{1,2})?\s*[.)](?=\s+[A-Za-z])",
    re.IGNORECASE,
)
_CHAMBER_NUMBER = re.compile(rf"\b(?:{CASE}|{DOCUMENT})\b")
_DAY = r"\d{1,2}\s+[a-z]+\s+(?:(?:19|20)\d\d|jl\.?|jongstleden)|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d"
# When these questions came in and when they were answered: of another set it is always another day.
_ABOUT_QUESTIONS = re.compile(
    rf"\b(?:vragen|vraag|antwoord(?:en)?|beantwoording|lid|leden|zaaknummer|{CASE})\b", re.IGNORECASE
)
_SENT_IN = re.compile(
    rf"\b(?:ingezonden|ontvangen|binnengekomen|ingediend|ingekomen|gesteld)\s+(?:op\s+|d\.?d\.?\s+)?(?P<after>{_DAY})"
    rf"|\bop\s+(?P<before>{_DAY})\s+(?:\w+\s+){{0,2}}(?:ingezonden|ingediend|gesteld|ontvangen)\b"
    rf"|\b(?:uw\s+(?:brief|verzoek|kenmerk)|kenmerk|zaaknummer|nummer|nr\.?)\b[^.;]{{0,40}}?\b(?:van|d\.?d\.?)\s+(?P<letter>{_DAY})"
    rf"|(?P<own>{_DAY})\s*\((?:(?:kenmerk|zaaknummer|nummer|nr\.?)\s*:?\s*)?{CASE}\)"
    rf"|\bvragen\s+van\s+(?:het\s+lid|de\s+leden)\b[^.;]{{0,120}}?\b(?:van|d\.?d\.?)\s+(?P<asked>{_DAY})",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    rf"(?:\A|(?<=\n))\s*(?:datum:?|’s-Gravenhage,?|'s-Gravenhage,?|[A-Z][\w-]+(?:\s[A-Z][\w-]+)?,)\s+(?P<head>{_DAY})\s*\.?\s*(?=\Z|\n)",
    re.IGNORECASE,
)


def references(text: str) -> list[Item]:
    """Citations, articles and numbers of places, apart and in the order of the text.

    A citation's value leaves out the session year, which some notations lack; it stands in `relation`.
    """
    found: list[Item] = []
    for finder in (_papers, _sources, _identifiers, _internal, _articles, _order_numbers, _sent_in):
        taken = [(item.start, item.end) for item in found]
        found += [item for item in finder(text) if not overlaps(taken, item.start, item.end)]  # the surest first
    return sorted(found, key=lambda item: item.start)


def _papers(text: str) -> Iterator[Item]:
    for one in find_papers(text):
        value = (one.series, one.dossier or "", one.number)
        yield Item(ItemKind.CITATION, value, one.start, one.end, one.session_year)


def _sources(text: str) -> Iterator[Item]:
    for one in find_sources(text):
        value = ("act", *map(str, one.act)) if one.act else (one.kind, str(one.year), one.official)
        yield Item(ItemKind.CITATION, value, one.start, one.end)


def _identifiers(text: str) -> Iterator[Item]:
    """Identifiers, with the value of the same paper written out."""
    for one in find_identifiers(text):
        value: tuple[str, ...] = ("key", one.text)
        if one.aanhangsel:
            value = (Series.APPENDIX, "", str(one.aanhangsel))
        elif one.dossier:
            value = (Series.PAPER, one.dossier, one.dossier_number or "")
        yield Item(ItemKind.CITATION, value, one.start, one.end, one.session_year or "")
    for match in _CHAMBER_NUMBER.finditer(text):
        yield Item(ItemKind.INTERNAL, match[0], match.start(), match.end())


def _sent_in(text: str) -> Iterator[Item]:
    """The days on which a set of questions and its answers were sent, where the text says whose they are."""
    matches = [*_LETTERHEAD.finditer(text), *(_SENT_IN.finditer(text) if _ABOUT_QUESTIONS.search(text) else ())]
    for match in matches:
        group = str(match.lastgroup)
        yield Item(ItemKind.INTERNAL, match[group], match.start(group), match.end(group))


def _internal(text: str) -> Iterator[Item]:
    for match in _INTERNAL.finditer(text):
        yield Item(ItemKind.INTERNAL, match["number"], match.start(), match.end())


def _articles(text: str) -> Iterator[Item]:
    for one in find_articles(text):
        yield Item(ItemKind.ARTICLE, (one.number, one.member, one.letter), one.start, one.end)


def _order_numbers(text: str) -> Iterator[Item]:
    for match in _ORDER_NUMBER.finditer(text):
        yield Item(ItemKind.INTERNAL, match["number"] or match["item"], match.start(), match.end())
