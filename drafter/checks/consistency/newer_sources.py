"""Sources that a newer document cites for the same thing: a later paper of the dossier, a newer edition or report."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers_bank.documents import Document, Footnote
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.dutch.words import fold
from answers_bank.store.bank import Bank
from drafter.checks.comparison.dates import Moment
from drafter.checks.comparison.items import Item, ItemKind
from drafter.checks.comparison.references import references
from drafter.checks.comparison.statement import statement
from drafter.checks.consistency.findings import Place, finding, when
from drafter.checks.consistency.sentence_similarity import Kin
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import Unit, Zone

_FEW = 40
"""Notes of one document that are looked up at most."""

_NEWEST = 8
"""Newer documents that are read for one note at most."""

_RARE = 12
"""Notes of the bank that may name a maker or title at most: one that stands everywhere tells nothing."""

_TELLING = 0.8
"""What the sentences that carry two notes must share, as kinship counts."""

_EDITION = re.compile(r"\b(?P<year>(?:19|20)\d\d)\s?/\s?(?P<month>0?[1-9]|1[0-2])\b")
_MAKER = re.compile(r"^\W*(?P<maker>[A-Z]{3,8})\b")

_MEDIA = frozenset("NOS NRC RTL ANP BNR WNL EO KRO NCRV BNNVARA VPRO AVROTROS CNN BBC VRT RTV PZC BD".split())
"""Makers of news: their next article is no newer edition of the last."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A note with the sentence that carries it."""

    note: Footnote
    sentence: str
    """Empty where the text's mark was not found."""


def source_findings(
    units: list[Unit],
    document: Document | None,
    bank: Bank,
    date: datetime.date | None,
    kin: Kin,
    own: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Findings on notes for which a newer document cites something newer."""
    if document is None or date is None:
        return []
    places = {unit.place(0, len(unit.text))[0]: unit for unit in units if unit.zone is Zone.NOTE}
    reader = _Reader(bank, own, date)
    found: list[Finding] = []
    told: set[str] = set()
    for mine in carried(document)[:_FEW]:
        unit = places.get(mine.note.start)
        if unit is None or mine.note.end <= mine.note.start or unit.text in told:
            continue
        told.add(unit.text)
        one = next((one for one in (*_papers(unit, mine, reader, kin), *_editions(unit, mine, reader))), None)
        if one is not None:
            found.append(one)
    return found


def carried(document: Document) -> list[Carried]:
    """The notes of a document, in their order."""
    sentences: dict[tuple[str, str], str] = {}
    parts = [a.paragraphs for a in document.answers] + [s.paragraphs for s in document.sections]
    for passage in (passage for part in parts for passage in part):
        for ref in passage.notes:
            spans = sentence_spans(passage.text)
            span = next(((a, b) for a, b in spans if a < ref.position <= b + 1), None)
            if span:
                sentences.setdefault((ref.system, ref.mark), " ".join(passage.text[slice(*span)].split()))
    return [Carried(note, sentences.get((note.system, note.mark), "")) for note in document.footnotes]


class _Reader:
    """The notes of newer documents, each document read once."""

    def __init__(self, bank: Bank, own: frozenset[str], date: datetime.date) -> None:
        self.date = date
        self._bank = bank
        self._own = own
        self._read: dict[str, list[Carried]] = {}

    def naming(self, text: str) -> list[tuple[str, datetime.date, Carried]]:
        """Notes of newer documents that hold `text`, the newest document first."""
        rows = self._bank.sql(
            "SELECT DISTINCT document.id, document.date FROM footnote "
            "JOIN document ON document.key = footnote.document "
            "WHERE replace(footnote.text, ' ', '') LIKE ? AND document.date > ? "
            "ORDER BY document.date DESC LIMIT ?",
            (f"%{text.replace(' ', '')}%", self.date.isoformat(), _NEWEST + len(self._own)),
        ).fetchall()
        found = []
        for identifier, day in rows:
            if identifier in self._own:
                continue
            if identifier not in self._read:
                self._read[identifier] = carried(self._bank.document(identifier))
            held = [one for one in self._read[identifier] if text.replace(" ", "") in one.note.text.replace(" ", "")]
            found += [(str(identifier), datetime.date.fromisoformat(day), one) for one in held]
        return found

    def common(self, text: str) -> bool:
        """Whether so many notes hold `text` that it tells nothing."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM footnote WHERE text LIKE ? LIMIT ?)"
        return bool(self._bank.sql(sql, (f"%{text}%", _RARE + 1)).fetchone()[0] > _RARE)


def _cited(text: str) -> list[tuple[str, int, Item]]:
    """(dossier, number, where) of the papers cited in a note."""
    found = []
    for item in references(text):
        if item.kind is ItemKind.CITATION and isinstance(item.value, tuple) and item.value[0] == "kamerstuk":
            dossier, number = item.value[1], item.value[2]
            if str(number).isdigit():
                found.append((str(dossier), int(number), item))
    return found


def _papers(unit: Unit, mine: Carried, reader: _Reader, kin: Kin) -> Iterator[Finding]:
    """ "nr. 751" where a newer document cites "nr. 774" of the same dossier in a sentence on the same matter."""
    cited = _cited(unit.text)
    if not cited or not mine.sentence:
        return
    for dossier in dict.fromkeys(dossier for dossier, _, _ in cited):
        latest = max(number for one, number, _ in cited if one == dossier)
        place = next(item for one, number, item in cited if (one, number) == (dossier, latest))
        for identifier, date, other in reader.naming(dossier):
            later = [(n, item) for one, n, item in _cited(other.note.text) if one == dossier and n > latest]
            if not later or kin.kinship(mine.sentence, other.sentence).shared < _TELLING:
                continue
            _, item = max(later, key=lambda pair: pair[0])
            there = " ".join(other.note.text[item.start : item.end].split())
            yield _newer(unit, (place.start, place.end), identifier, date, there, other, reader.date)
            return


def _editions(unit: Unit, mine: Carried, reader: _Reader) -> Iterator[Finding]:
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
    if len(name) < 3 or len(name) > 90 or (maker and name == maker["maker"] and reader.common(name)):
        return
    for identifier, date, other in reader.naming(name):
        if fold(other.note.text[: len(name)]) != fold(name):
            continue
        later, _ = _moment(other.note.text)
        if later is not None and _after(later, moment):
            note = " ".join(other.note.text.split())
            yield _newer(unit, (0, len(unit.text)), identifier, date, note, other, reader.date)
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
    unit: Unit,
    span: tuple[int, int],
    identifier: str,
    date: datetime.date,
    there: str,
    other: Carried,
    own: datetime.date,
) -> Finding:
    place = Place(unit, *span)
    detail = f"voor ‘{place.quote}’ noemt {identifier} {when(date, own)} ‘{there}’."
    quotes = dict.fromkeys(quote for quote in (" ".join(other.note.text.split()), other.sentence) if quote)
    return finding("newer-source", place, detail, [Evidence(identifier, date, quote) for quote in quotes])
