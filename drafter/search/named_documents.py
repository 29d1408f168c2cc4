"""Documents that a query names by their own number: "2025Z90112", "ah-tk-20242025-9096", "Kamerstuk 99101, nr. 38".

Whoever types a number wants that document and not one that cites it. People leave out what an official citation needs
("99 101 nr 38", "aanhangsel 9096", "2025 z 90112"), so a query is read more loosely than a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.documents import Kind
from answers_bank.dutch.citations.identifiers import find_identifiers
from answers_bank.dutch.citations.papers import Series, find_citations

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import DocumentSummary

MOST_OTHER_WORDS = 6
"""Words of four letters or more beside the number, up to which the query asks for the document; a longer one is a
question that happens to cite it."""

_WORD = re.compile(r"[^\W\d_]{4,}")

_CASE_OR_DOCUMENT = re.compile(
    r"(?<!\w)(?P<year>(?:19|20)\d\d)\s?(?P<letter>[ZD])\s?(?P<number>\d{5})(?!\w)", re.IGNORECASE
)
_YEARS = r"(?P<first>(?:19|20)\d\d)\s?[-–—/]?\s?(?P<second>(?:19|20)\d\d|\d\d(?!\d))"
_NR = r"(?:n(?:r|o|ummer)s?\b\.?\s*)"
_ANSWER = re.compile(
    rf"(?<!\w)(?:(?:ah|aanh(?:angsel)?\.?)\b(?:[\s,./-]*(?:van|de|der|hand(?:elingen)?\.?|tk|ek|ii?|vergaderjaar)\b\.?)*[\s,:-]*)"
    rf"(?:{_YEARS}[\s,:-]+)?{_NR}?(?P<number>\d{{1,5}})(?!\w)",
    re.IGNORECASE,
)
_YEARS_AND_NUMBER = re.compile(rf"(?<!\w){_YEARS}\s?[,:\s-]\s?{_NR}?(?P<number>\d{{1,5}})(?!\w)", re.IGNORECASE)
_PAPER = re.compile(
    rf"(?<![\w,.])(?P<dossier>\d{{2}}[\s.]?\d{{3}}(?:-\d\d(?=[\s,-]))?)(?:[\s-]+(?P<chapter>[IVXLC]{{1,6}}[A-D]?)(?!\w))?"
    rf"(?:\s?\(R\s?\d+\))?\s?[,:\s-]\s?{_NR}?(?P<number>\d{{1,4}}|[A-Z]{{1,3}})(?!\w)",
    re.IGNORECASE,
)
_ORDER = (Kind.ANSWER, Kind.LETTER, Kind.ORAL, Kind.OTHER, Kind.DEFERRAL, Kind.QUESTIONS)


@dataclass(frozen=True, slots=True)
class _DocumentNumber:
    """A number in a query."""

    start: int
    end: int
    search: dict[str, str | int]
    """Arguments of `Bank.find_documents`."""


def named_documents(bank: Bank, text: str) -> tuple[DocumentSummary, ...]:
    """The documents whose own number `text` is, best first; none where it is a question that cites them.

    An answer comes before the letter about it, and that before the bare questions of the same case; then the newest.
    """
    if not any(character.isdigit() for character in text):
        return ()
    found: dict[str, DocumentSummary] = {}
    spans: list[tuple[int, int]] = []
    for number in _numbers(text):
        known = bank.find_documents(**number.search)  # type: ignore[arg-type]
        if known:
            spans.append((number.start, number.end))
            found |= {summary.id: summary for summary in known if summary.id not in found}
    by_id = bank.summaries_of(list({text.strip(), *text.split(), text.strip().lower()}))
    for identifier, summary in by_id.items():
        if any(character.isdigit() for character in identifier):
            found.setdefault(identifier, summary)
            start = text.lower().find(identifier.lower())
            spans.append((start, start + len(identifier)))
    if not found or len(_WORD.findall(_without(text, spans))) > MOST_OTHER_WORDS:
        return ()
    return tuple(sorted(found.values(), key=_place))


def _place(summary: DocumentSummary) -> tuple[int, int, str]:
    return _ORDER.index(summary.kind), -(summary.date.toordinal() if summary.date else 0), summary.id


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _numbers(text: str) -> Iterator[_DocumentNumber]:
    """Every number that `text` may mean, the surest first."""
    for match in _CASE_OR_DOCUMENT.finditer(text):
        name = "case_number" if match["letter"] in "zZ" else "document_number"
        value = f"{match['year']}{match['letter'].upper()}{match['number']}"
        yield _DocumentNumber(*match.span(), {name: value})
    for identifier in find_identifiers(text.lower()):
        # The pattern wants the chapter of a budget and the letter of a paper as they are printed.
        again = next(find_identifiers(text[identifier.start : identifier.end]), identifier)
        fields = {
            "session_year": again.session_year,
            "aanhangsel": again.aanhangsel,
            "case_number": again.case_number,
            "dossier": again.dossier,
            "dossier_number": again.dossier_number,
        }
        if given := {name: value for name, value in fields.items() if value is not None}:
            yield _DocumentNumber(identifier.start, identifier.end, given)
    for citation in find_citations(text):
        if citation.series is Series.PAPER and citation.dossier:
            for number in (citation.number, *citation.more):
                yield _paper(citation.start, citation.end, citation.dossier, number)
    for match in _PAPER.finditer(text):
        dossier = re.sub(r"[\s.]", "", match["dossier"])
        chapter = f" {match['chapter'].upper()}" if match["chapter"] else ""
        yield _paper(*match.span(), dossier + chapter, match["number"].upper())
    for pattern in (_ANSWER, _YEARS_AND_NUMBER):
        for match in pattern.finditer(text):
            year = _session_year(match["first"], match["second"])
            of_year: dict[str, str | int] = {"session_year": year} if year else {}
            if pattern is _ANSWER or year:
                yield _DocumentNumber(*match.span(), {"aanhangsel": int(match["number"]), **of_year})


def _paper(start: int, end: int, dossier: str, number: str) -> _DocumentNumber:
    return _DocumentNumber(start, end, {"dossier": dossier, "dossier_number": number})


def _session_year(first: str | None, second: str | None) -> str | None:
    if first is None or second is None:
        return None
    last = int(second) if len(second) == 4 else int(first) // 100 * 100 + int(second)
    if len(second) == 2 and last < int(first):
        last += 100
    return f"{first}-{last}" if last == int(first) + 1 else None
