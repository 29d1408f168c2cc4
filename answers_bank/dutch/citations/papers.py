"""Citations of parliamentary papers: found, taken apart and written in the official form.

Official form: "Kamerstukken II 2025/26, 29754, nr. 774" and "Aanhangsel Handelingen II 2014/15, nr. 12"
(Aanwijzingen voor de regelgeving and the Leidraad voor juridische auteurs).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from answers_bank.dutch.citations.identifiers import answer_identifier, paper_identifier, publication_url


class Series(StrEnum):
    """What is cited."""

    PAPER = "kamerstuk"
    APPENDIX = "aanhangsel"
    PROCEEDINGS = "handelingen"


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation as written, and what it says."""

    start: int
    end: int
    text: str
    series: Series
    chamber: str | None
    """"I", "II" or "I/II"."""

    years: tuple[int, int] | None
    """First and second year of the session year as written (both in full)."""

    years_text: str
    dossier: str | None
    """"29754", "36410 XIII", "21501-20"; None for an Aanhangsel and for the Handelingen."""

    number: str
    """"774", "A"; empty where a dossier is named and no piece of it."""

    flaws: tuple[str, ...]
    """What is written otherwise than a citation ought to be, as Dutch sentences."""

    spaced: bool
    """Whether the dossier number is written "29 754"."""

    more: tuple[str, ...] = ()
    """Further numbers of the same dossier: "nrs. 5 en 6"."""

    item: str | None = None
    """Item in the Handelingen."""

    @property
    def key(self) -> tuple[str, str]:
        """Dossier and number: what makes it the same piece."""
        return self.dossier or self.series.value, self.number

    @property
    def session_year(self) -> str:
        """The session year as "2024-2025"; empty where none is written."""
        return f"{self.years[0]}-{self.years[1]}" if self.years else ""

    @property
    def consecutive(self) -> bool:
        """Whether the session year is two years in a row."""
        return self.years is None or self.years[1] == self.years[0] + 1

    def official(self, years: tuple[int, int] | None = None) -> str | None:
        """The official form, with other `years` where given; None where the session year is not known."""
        span = years or self.years
        if span is None or span[1] != span[0] + 1:
            return None
        year = f"{span[0]}/{span[1] % 100:02d}"
        chamber = self.chamber or "II"
        if self.series is Series.APPENDIX:
            return f"Aanhangsel Handelingen {chamber} {year}, nr. {self.number}"
        if self.series is Series.PROCEEDINGS:
            return f"Handelingen {chamber} {year}, nr. {self.number}{f', item {self.item}' if self.item else ''}"
        number = f", nr. {self.number}" if self.number[0].isdigit() else f", {self.number}"
        if self.more:
            number = f", nrs. {', '.join((self.number, *self.more[:-1]))} en {self.more[-1]}"
        return f"Kamerstukken {chamber} {year}, {self.dossier}{number}"

    @property
    def identifier(self) -> str | None:
        """The official identifier: "kst-29754-774", "ah-tk-20242025-594"; None where it cannot be told."""
        if self.series is Series.PAPER:
            return paper_identifier(self.dossier, self.number) if self.dossier and self.number else None
        if self.years is None or not self.consecutive:
            return None
        house = "ek" if self.chamber == "I" else "tk"
        if self.series is Series.PROCEEDINGS:
            return f"h-{house}-{self.years[0]}{self.years[1]}-{self.number}-{self.item}" if self.item else None
        return answer_identifier(self.session_year, self.number, house)

    @property
    def url(self) -> str | None:
        """Where the piece is published."""
        return publication_url(self.identifier) if self.identifier else None


_YEARS = r"(?:vergaderjaar\s*)?(?P<y1>(?:19|20)\d\d)\s*[-–—/]\s*(?P<y2>(?:19|20)?\d\d)"
_DOSSIER = (
    r"(?P<dossier>\d{2}[\s.]?\d{3}(?!\d))(?:-(?P<suffix>\d{2})(?=\s*,?\s*(?:nrs?\b|[A-Z]{1,3}\b)|-\d))?"
    r"(?:(?:[\s-]+|,?\s+hoofdstuk\s+)(?P<roman>[IVXLC]{1,6}(?:[A-D])?)(?![A-Za-z]))?(?:\s?\(R\s?\d+\))?"
)
_NR = r"(?:n(?:r|ummer)(?P<many>s)?\.?\s*)"
_NUMBER = r"(?P<number>\d{1,4}(?!\d)|[A-Z]{1,3}(?![A-Za-z]))"
_MORE = r"(?P<more>(?:\s?(?:,|en)\s?\d{1,4}(?![\d/]))*)"
_PAPER = re.compile(
    rf"(?:(?P<name>[Kk]amerst(?:ukken|uk)\.?)(?:\s+nrs?\.?(?=\s\d))?(?:\s+(?P<chamber>I{{1,2}}(?:/II)?|ll|TK|EK)(?![A-Za-z]))?"
    rf"|(?P<house>Tweede\s+Kamer|Eerste\s+Kamer|TK|EK)(?=,?\s+(?:vergaderjaar\s+)?(?:19|20)\d\d\s?[-–—/]))"
    rf",?\s*(?:{_YEARS}\s*,?\s*)?{_DOSSIER}"
    rf"(?:\s*(?P<comma>,?)\s*(?:{_NR}|(?=[A-Z]{{1,3}}\b)){_NUMBER}(?(many){_MORE})|-(?P<dash>\d{{1,4}})(?!\d))?"
)
_APPENDIX = re.compile(
    rf"[Aa]anhangsel(?:\s*(?:van\s*de\s*|der\s*)?Handelingen)?(?:\s*(?P<chamber>I{{1,2}}|TK|EK)(?![A-Za-z]))?,?\s*(?:{_YEARS})?"
    rf"\s*(?P<comma>,?)\s*(?P<nr>{_NR})?(?(nr)|(?(y1)|(?!)))(?P<number>\d{{1,5}})(?!\d)(?(many){_MORE})"
)
_PROCEEDINGS = re.compile(
    rf"Handelingen(?:\s+(?P<chamber>I{{1,2}}|TK|EK)(?![A-Za-z]))?,?\s*{_YEARS}\s*(?P<comma>,?)\s*nrs?\.?\s*(?P<number>\d{{1,3}})"
    r"(?:,\s*(?:item|nr\.)\s*(?P<item>\d{1,2}))?"
)
_HOUSES = {"ll": "II", "TK": "II", "EK": "I", "Tweede Kamer": "II", "Eerste Kamer": "I"}


def _flaws(match: re.Match[str], groups: dict[str, str | None]) -> Iterator[str]:
    if groups.get("house") or groups.get("chamber") in {"TK", "EK"}:
        yield "De kamer wordt met een cijfer geschreven: II of I."
    if groups.get("dash"):
        yield "Het nummer hoort achter ‘, nr.’, niet achter een streepje."
    elif not groups["comma"] and str(groups["number"]).isdigit():
        yield "De komma voor ‘nr.’ ontbreekt."
    if "nr" in groups and not groups["nr"]:
        yield "Voor het nummer hoort ‘nr.’."
    if re.search(r"\bnrs?\s", match[0]):
        yield "Achter ‘nr’ hoort een punt."
    if groups["chamber"] == "ll":
        yield "De kamer hoort met hoofdletters: II."


def find_citations(text: str) -> Iterator[Citation]:
    """All citations in `text` that name a piece, in order."""
    return (citation for citation in find_papers(text) if citation.number)


def find_papers(text: str) -> list[Citation]:
    """As `find_citations`, with the dossiers that are named without a piece."""
    found = [_citation(match, Series.PAPER) for match in _PAPER.finditer(text)]
    found += [_citation(match, Series.APPENDIX) for match in _APPENDIX.finditer(text)]
    for match in _PROCEEDINGS.finditer(text):
        if not any(citation.start < match.start() < citation.end for citation in found):
            found.append(_citation(match, Series.PROCEEDINGS))
    return sorted(found, key=lambda citation: citation.start)


def _citation(match: re.Match[str], series: Series) -> Citation:
    groups = match.groupdict()
    years = None
    if groups["y1"]:
        first, second = int(groups["y1"]), groups["y2"]
        years = (first, int(second) if len(second) == 4 else first // 100 * 100 + int(second))
        if years[1] < first and len(second) == 2 and first % 100 == 99:
            years = (first, years[1] + 100)
    dossier, roman = groups.get("dossier"), groups.get("roman")
    number = groups["number"] or groups.get("dash") or ""
    if not number and roman and len(roman) == 1 and match.string[match.start("roman") - 1].isspace():
        number, roman = roman, None  # "Kamerstukken I 2018/19, 34453 C"
    if dossier is not None:
        dossier = re.sub(r"\D", "", dossier) + (f"-{groups['suffix']}" if groups["suffix"] else "")
        dossier += f" {roman}" if roman else ""
    chamber = groups.get("house") or groups["chamber"]
    return Citation(
        start=match.start(),
        end=match.end(),
        text=" ".join(match[0].split()),
        series=series,
        chamber=_HOUSES.get(" ".join(chamber.split()), chamber) if chamber else None,
        years=years,
        years_text=f"{groups['y1']}/{groups['y2']}" if groups["y1"] else "",
        dossier=dossier,
        number=number,
        flaws=tuple(_flaws(match, groups)),
        spaced=bool(re.search(r"\d\d\s\d{3}", groups.get("dossier") or "")),
        more=tuple(re.findall(r"\d+", groups.get("more") or "")),
        item=groups.get("item"),
    )
