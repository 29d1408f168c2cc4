"""Sources elsewhere: a later paper of the dossier, a newer edition or report, a paper with another session year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from answers_bank.dutch.time.moments import Moment
from answers_bank.dutch.words import fold
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.builder import finding, when
from drafter.checks.case import Case
from drafter.checks.comparison.statements.items import Item, ItemKind
from drafter.checks.comparison.statements.references import references
from drafter.checks.comparison.statements.statement import statement
from drafter.checks.consistency.sentence_similarity import Kin
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import CarriedNote, TextSpan, TextUnit, Zone, carried_notes

_FEW = 40
"""Notes of one document that are looked up at most."""

_RARE = 12
"""Notes of the bank that may name a maker or title at most: one that stands everywhere tells nothing."""

_TELLING = 0.8
"""What the sentences that carry two notes must share, as kinship counts."""

_EDITION = re.compile(r"\b(?P<year>(?:19|20)\d\d)\s?/\s?(?P<month>0?[1-9]|1[0-2])\b")
_MAKER = re.compile(r"^\W*(?P<maker>[A-Z]{3,8})\b")

_MEDIA = frozenset("NOS NRC RTL ANP BNR WNL EO KRO NCRV BNNVARA VPRO AVROTROS CNN BBC VRT RTV PZC BD".split())
"""Makers of news: their next article is no newer edition of the last."""


def source_findings(case: Case, bank: BankLookup, kin: Kin) -> list[Finding]:
    """Findings on notes for which a newer document cites something newer."""
    if case.document is None or bank.date is None:
        return []
    places = {unit.place[0]: unit for unit in case.text.units if unit.zone is Zone.NOTE}
    found: list[Finding] = []
    told: set[str] = set()
    for mine in carried_notes(case.document)[:_FEW]:
        unit = places.get(mine.note.start)
        if unit is None or mine.note.end <= mine.note.start or unit.text in told:
            continue
        told.add(unit.text)
        one = next((one for one in (*_papers(unit, mine, bank, kin), *_editions(unit, bank))), None)
        if one is not None:
            found.append(one)
    return found


def _cited(text: str) -> list[tuple[str, int, Item]]:
    """(dossier, number, where) of the papers cited in a note."""
    found = []
    for item in references(text):
        if item.kind is ItemKind.CITATION and isinstance(item.value, tuple) and item.value[0] == "kamerstuk":
            dossier, number = item.value[1], item.value[2]
            if str(number).isdigit():
                found.append((str(dossier), int(number), item))
    return found


def _papers(unit: TextUnit, mine: CarriedNote, bank: BankLookup, kin: Kin) -> Iterator[Finding]:
    """ "nr. 751" where a newer document cites "nr. 774" of the same dossier in a sentence on the same matter."""
    cited = _cited(unit.text)
    if not cited or not mine.sentence:
        return
    for dossier in dict.fromkeys(dossier for dossier, _, _ in cited):
        latest = max(number for one, number, _ in cited if one == dossier)
        place = next(item for one, number, item in cited if (one, number) == (dossier, latest))
        for identifier, date, other in bank.newer_notes(dossier):
            later = [(n, item) for one, n, item in _cited(other.note.text) if one == dossier and n > latest]
            if not later or kin.kinship(mine.sentence, other.sentence).shared < _TELLING:
                continue
            _, item = max(later, key=lambda pair: pair[0])
            there = " ".join(other.note.text[item.start : item.end].split())
            yield _newer(TextSpan(unit, place.start, place.end), identifier, date, there, other, bank.date)
            return


def _editions(unit: TextUnit, bank: BankLookup) -> Iterator[Finding]:
    """A note on a publication of which a newer document cites a later edition, or a later one of the same maker."""
    if _cited(unit.text):
        return
    moment, start = _moment(unit.text)
    if moment is None:
        return
    title = unit.text[:start].strip(" ,.;:(‘'«“")
    maker = _MAKER.match(unit.text)
    name = title if len(title.split()) >= 2 else maker["maker"] if maker else ""
    if maker and maker["maker"] in _MEDIA:
        return
    if (
        len(name) < 3
        or len(name) > 90
        or (maker and name == maker["maker"] and bank.notes_with(name, _RARE + 1) > _RARE)
    ):
        return
    for identifier, date, other in bank.newer_notes(name):
        if fold(other.note.text[: len(name)]) != fold(name):
            continue
        later, _ = _moment(other.note.text)
        if later is not None and _after(later, moment):
            note = " ".join(other.note.text.split())
            yield _newer(TextSpan(unit, 0, len(unit.text)), identifier, date, note, other, bank.date)
            return


def _moment(text: str) -> tuple[Moment | None, int]:
    """The moment of a publication in a note, and where it stands."""
    edition = _EDITION.search(text)
    if edition:
        return Moment(int(edition["year"]), frozenset({int(edition["month"])})), edition.start()
    for item in statement(text).items:
        if item.kind is ItemKind.DATE and isinstance(item.value, Moment) and item.value.year is not None:
            return item.value, item.start
    return None, 0


def _after(first: Moment, second: Moment) -> bool:
    if first.year is None or second.year is None or first.year != second.year:
        return (first.year or 0) > (second.year or 9999)
    return bool(first.months and second.months and min(first.months) > max(second.months))


def _newer(
    place: TextSpan, identifier: str, date: datetime.date, there: str, other: CarriedNote, own: datetime.date | None
) -> Finding:
    detail = f"voor ‘{place.quote}’ noemt {identifier} {when(date, own)} ‘{there}’. Ga na of die bron hier ook hoort."
    quotes = dict.fromkeys(quote for quote in (" ".join(other.note.text.split()), other.sentence) if quote)
    return finding("consistency/newer-source", place, detail, evidence=[Evidence(identifier, date, q) for q in quotes])


_PAPERS = 24
"""Papers of one document that are looked up at most."""


def paper_findings(units: Iterable[TextUnit], bank: BankLookup) -> list[Finding]:
    """Findings on papers that another document cites with another session year."""
    mine: dict[tuple[str, ...], tuple[TextSpan, Item]] = {}
    for unit in units:
        for item in references(unit.text):
            if item.kind is ItemKind.CITATION and item.relation and isinstance(item.value, tuple) and item.value[-1]:
                mine.setdefault(item.value, (TextSpan(unit, item.start, item.end), item))
    found = []
    for value, (place, item) in list(mine.items())[:_PAPERS]:
        evidence = [
            one
            for one in bank.notes_holding(value[-1])
            if any(
                other.value == value and other.relation and other.relation != item.relation
                for other in references(one.quote)
            )
        ]
        if evidence:
            first = evidence[0]
            other_year = f"in {first.document} {when(first.date, bank.date)} met een ander vergaderjaar"
            detail = f"‘{place.quote}’ staat {other_year}. Ga na welk jaar klopt."
            found.append(finding("consistency/citation", place, detail, evidence=evidence))
    return found
