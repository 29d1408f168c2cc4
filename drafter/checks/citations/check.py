"""Citations that cannot be right, contradict each other or are written in two ways (vindplaatsen)."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.dutch.citations.official_sources import find_sources, from_the_future
from answers_bank.dutch.citations.papers import Citation, Series, find_citations
from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import prinsjesdag, session_year
from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.time.expressions import TimeKind, find_times
from drafter.checks.finding import Context, Evidence, Finding, Subject
from drafter.checks.rules import rule as rule_of
from drafter.checks.text import Unit, Zone, units_of

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank


@dataclass(frozen=True, slots=True)
class Placed:
    """A citation with the unit it stands in."""

    unit: Unit
    citation: Citation


class Citations:
    """The citations check."""

    name = "citations"

    def run(self, subject: Subject, context: Context) -> Iterable[Finding]:
        """Findings in the order of the text."""
        units = units_of(subject)
        placed = [
            Placed(unit, c) for unit in units if unit.zone is not Zone.QUESTION for c in find_citations(unit.text)
        ]
        found = [
            *_form(placed, subject),
            *_dates(placed),
            *_two_years(placed, subject.date),
            *(_remembered(placed, context.bank) if context.bank is not None else ()),
            *_style([p for p in placed if p.unit.zone is not Zone.FRAME], subject.date),
            *_official_sources(subject, units),
            *_articles(subject, units),
            *_quotes(units),
        ]
        # What the bank knows replaces what was only missing.
        told = {(f.rule, f.start): f for f in found}
        return sorted(told.values(), key=lambda f: (f.start, f.end))


def _finding(name: str, unit: Unit, start: int, end: int, detail: str, suggestion: str | None = None) -> Finding:
    rule = rule_of("citations", name)
    first, last = unit.place(start, end)
    sentence_start, sentence_end = unit.sentence_at(start)
    quote = " ".join(unit.text[start:end].split())
    return Finding(
        check="citations",
        rule=name,
        severity=rule.severity,
        start=first,
        end=last,
        quote=quote,
        message=rule.message.format(quote=quote, detail=f" {detail}" if detail else "").strip(),
        sentence=" ".join(unit.text[sentence_start:sentence_end].split()),
        question=unit.number,
        suggestion=suggestion,
        grade=rule.grade,
    )


def _at(name: str, placed: Placed, detail: str, suggestion: str | None = None) -> Finding:
    citation = placed.citation
    linked = f"{detail} Het stuk: {citation.url}".strip() if citation.url else detail
    return _finding(name, placed.unit, citation.start, citation.end, linked, suggestion)


def _year_text(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02d}"


def _form(placed: Iterable[Placed], subject: Subject) -> Iterator[Finding]:
    date, document = subject.date, subject.document
    running_head = (document.dossier, document.dossier_number) if document else None
    for item in placed:
        citation = item.citation
        if not citation.consecutive:
            yield _at("session-year", item, "Een vergaderjaar beslaat twee opeenvolgende jaren.")
        elif citation.years and date and citation.years[0] > int(session_year(date)[:4]):
            yield _at(
                "session-year",
                item,
                f"Het begon pas op {dutch_date(prinsjesdag(citation.years[0]))}, na de datum van dit stuk.",
            )
        if item.unit.zone is Zone.FRAME or (citation.dossier, citation.number) == running_head:
            continue
        if citation.flaws:
            yield _at("form", item, " ".join(citation.flaws), citation.official())
        elif citation.series is Series.PAPER and (citation.years is None or citation.chamber is None):
            yield _at(
                "incomplete", item, "Kamer of vergaderjaar ontbreekt.", citation.official() if citation.years else None
            )


_SENT = re.compile(rf"\b{one_of('sent')}\b", re.IGNORECASE)


def _dates(placed: Iterable[Placed]) -> Iterator[Finding]:
    """A session year against the date of the letter that the same sentence names."""
    for item in placed:
        citation = item.citation
        if citation.years is None or not citation.consecutive:
            continue
        start, end = item.unit.sentence_at(citation.start)
        before = item.unit.text[start : citation.start]
        if len(list(find_citations(item.unit.text[start:end]))) != 1 or not _SENT.search(before):
            continue
        days = [
            t.interval.first
            for t in find_times(before, None)
            if t.kind is TimeKind.ABSOLUTE and t.interval and t.interval.first == t.interval.last
        ]
        if len(days) == 1 and int(session_year(days[0])[:4]) != citation.years[0]:
            right = int(session_year(days[0])[:4])
            yield _at(
                "session-year",
                item,
                f"{dutch_date(days[0])} valt in vergaderjaar {_year_text(right)}.",
                citation.official((right, right + 1)),
            )


KNOWN_DOSSIER = 5
"""From so many pieces of a dossier on, a number that is missing is worth a word."""

_TITLE = re.compile(r"[‘«“\"]([^‘’«»“”\"\n]{12,160})[’»”\"][^‘«“\"\n]{0,60}$")


def _remembered(placed: Iterable[Placed], bank: Bank) -> Iterator[Finding]:
    """A citation against the piece that the bank holds under that number."""
    for item in placed:
        citation = item.citation
        if citation.series is Series.PAPER:
            held = bank.find_documents(dossier=citation.dossier, dossier_number=citation.number)
        elif citation.years is not None:
            year = f"{citation.years[0]}-{citation.years[1]}"
            held = bank.find_documents(aanhangsel=int(citation.number), session_year=year)
        else:
            continue
        if not held:
            known = bank.find_documents(dossier=citation.dossier) if citation.dossier else []
            if len(known) >= KNOWN_DOSSIER:
                yield _at("not-in-bank", item, f"Van dossier {citation.dossier} zijn er {len(known)} andere stukken.")
            continue
        piece = held[0]
        right = int(piece.session_year[:4]) if piece.session_year else None
        evidence = (Evidence(piece.id, piece.date, piece.title),)
        if right is not None and citation.years != (right, right + 1) and citation.consecutive:
            name = "session-year" if citation.years else "incomplete"
            detail = f"Het stuk is van vergaderjaar {_year_text(right)}."
            official = citation.official((right, right + 1))
            yield dataclasses.replace(_at(name, item, detail, official), evidence=evidence)
        start, _ = item.unit.sentence_at(citation.start)
        named = _TITLE.search(item.unit.text[start : citation.start])
        if named and not _same_title(named[1], piece.title):
            yield dataclasses.replace(_at("title", item, f"Daar heet het “{piece.title}”."), evidence=evidence)


def _same_title(first: str, second: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(first.lower(), second.lower()) >= 50


def _two_years(placed: Iterable[Placed], date: datetime.date | None) -> Iterator[Finding]:
    same: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for item in placed:
        if item.citation.years and item.citation.series is Series.PAPER:
            same[item.citation.key].append(item)
    for items in same.values():
        if len({i.citation.years for i in items}) > 1:
            for item in items:
                others = [i.citation for i in items if i.citation.years != item.citation.years]
                years = sorted({other.years_text for other in others})
                told = _at("two-years", item, f"Elders in dit stuk staat {' en '.join(years)}.")
                yield dataclasses.replace(told, evidence=(Evidence("", date, others[0].text),))


def _style(placed: list[Placed], date: datetime.date | None) -> Iterator[Finding]:
    """One way of writing in one document: the minority is pointed at."""
    papers = [p for p in placed if p.citation.series is Series.PAPER]
    ways: dict[str, list[tuple[Placed, int]]] = {
        "het vergaderjaar": [(p, len(p.citation.years_text)) for p in papers if p.citation.years],
        "het dossiernummer": [(p, int(p.citation.spaced)) for p in papers],
    }
    told: set[int] = set()
    for what, marked in ways.items():
        counts = Counter(way for _, way in marked)
        if len(counts) < 2:
            continue
        # The official form wins a tie: short year, dossier number in one piece.
        usual = max(counts, key=lambda way: (counts[way], -way))
        for item, way in marked:
            if way != usual and id(item) not in told:
                told.add(id(item))
                other = next(p.citation for p, its in marked if its == usual)
                found = _at("style", item, f"Elders in dit stuk is {what} anders geschreven.", item.citation.official())
                yield dataclasses.replace(found, evidence=(Evidence("", date, other.text),))


def _official_sources(subject: Subject, units: list[Unit]) -> Iterator[Finding]:
    """Staatsblad, Staatscourant, case law and acts of the Union: form, date, and one name for one act."""
    found = [
        (unit, s)
        for unit in units
        if unit.zone not in {Zone.QUESTION, Zone.FRAME}
        for s in find_sources(unit.text)
        if s.kind
    ]
    names: dict[tuple[int, str], set[str]] = defaultdict(set)
    for _, source in found:
        if source.act:
            names[source.act].add(source.kind)
    for unit, source in found:
        details = list(source.flaws)
        if subject.date and from_the_future(source, subject.date):
            details.append(f"Het stuk is van {dutch_date(subject.date)}; deze bron kan er toen niet zijn geweest.")
        others = sorted(names[source.act] - {source.kind}) if source.act else []
        if others:
            details.append(f"Elders in dit stuk heet dit {' en '.join(others)}.")
        if details:
            suggestion = source.official if source.flaws and source.official != source.text else None
            detail = f"{' '.join(details)} De bron: {source.url}"
            yield _finding("official-source", unit, source.start, source.end, detail, suggestion)


_ARTICLE = re.compile(
    r"\b[Aa]rt(?:ikel(?:en)?|\.)\s+(?P<number>\d+(?:[.:]\d+)*[a-z]{0,2})(?:,?\s+(?:\w+\s+)?lid(?:\s+\d+)?,?)?\s+(?:van\s+(?:de|het)\s+)?(?P<law>[A-Z][\w]+(?:\s\(nieuw\))?)"
)


def _articles(subject: Subject, units: list[Unit]) -> Iterator[Finding]:
    """An article in the text against the same law's article in the note that explains the sentence."""
    document = subject.document
    if document is None:
        return
    notes = {(n.system, n.mark): n for n in document.footnotes}
    by_start = {unit.place(0, 1)[0]: unit for unit in units if unit.text}
    passages = [p for a in document.answers for p in a.paragraphs] + [
        p for s in document.sections for p in s.paragraphs
    ]
    for passage in passages:
        unit = by_start.get(passage.text_map.to_source(0, 1)[0]) if passage.text else None
        for ref in passage.notes:
            note = notes.get((ref.system, ref.mark))
            if unit is None or note is None or unit.text != passage.text:
                continue
            start, end = unit.sentence_at(max(ref.position - 1, 0))
            inside = list(_ARTICLE.finditer(unit.text, start, end))
            noted = _ARTICLE.search(note.text[:80])
            if len(inside) != 1 or noted is None or noted["law"].lower()[:3] != inside[0]["law"].lower()[:3]:
                continue
            if noted["number"] != inside[0]["number"]:
                detail = f"Noot {note.mark} noemt artikel {noted['number']}."
                yield _finding("article", unit, inside[0].start(), inside[0].end(), detail)
                for other in units:
                    place = other.place(0, len(other.text)) if other.text else (0, 0)
                    if place[0] <= note.start < place[1] and (match := _ARTICLE.search(other.text)):
                        yield _finding(
                            "article",
                            other,
                            match.start(),
                            match.end(),
                            f"De tekst noemt artikel {inside[0]['number']}.",
                        )


_MIXED = re.compile(r"‘[^‘’“”\n]{2,120}”|“[^‘’“”\n]{2,120}’(?!\w)")


def _quotes(units: Iterable[Unit]) -> Iterator[Finding]:
    for unit in units:
        if unit.zone in {Zone.QUESTION, Zone.FRAME}:
            continue
        for match in _MIXED.finditer(unit.text):
            yield _finding("quotation-marks", unit, match.start(), match.end(), "")
