"""When questions were submitted and answers received, by what the text says; a date that could be either is doubted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers_bank.dutch.time.dates import DATE, parse_date

_I = re.IGNORECASE | re.DOTALL
_ON = r"\s*(?:op|d\.?\s?d\.?|van|:)?\s*"
# In brackets, as headings have it; without them only close behind the words that open a heading.
_SUBMITTED = (
    re.compile(rf"\(\s*(?:nader\s*)?ingezonden{_ON}({DATE})", _I),
    re.compile(rf"\bvragen\s*(?:van|door)\b[^?]{{0,600}}?\bingezonden{_ON}({DATE})", _I),
    re.compile(
        rf"(?:^|\n)[^\n]{{0,20}}\bdatum\s*(?:van\s+)?(?:de\s+)?(?:schriftelijke\s+)?(?:vra(?:ag|gen)|indiening|inzending)\s*:?\s*({DATE})",
        _I,
    ),
    re.compile(rf"(?:^|\n)[^\n.?!]{{0,60}}\b(?:ingediend|gesteld|ingekomen){_ON}({DATE})", _I),
    re.compile(
        rf"\b(?:antwoord|beantwoording)\s+op\s+(?:de\s+)?(?:schriftelijke\s+|mondelinge\s+)?vra(?:ag|gen)\s+"
        rf"(?:(?:met\s+)?(?:nrs?|nummers?)\.?\s*[\w/-]+\s*,?\s*)?(?:van|d\.?\s?d\.?)\s+({DATE})",
        _I,
    ),
    re.compile(rf"uw\s*(?:brief|schrijven|vragen|e-?mail|verzoek)\s*(?:van|d\.?\s?d\.?)\s*({DATE})", _I),
)
_RECEIVED = (
    re.compile(rf"\(\s*(?:\(?ontvangen\s*)+{_ON}({DATE})", _I),
    re.compile(rf"\b(?:antwoord|mededeling)\s*van\b[^?]{{0,500}}?\bontvangen{_ON}({DATE})", _I),
    re.compile(
        rf"(?:^|\n)[^\n]{{0,20}}\b(?:datum\s*(?:van\s+)?(?:het\s+|de\s+)?(?:antwoord(?:en)?|beantwoording)|verzenddatum)\s*:?\s*({DATE})",
        _I,
    ),
    re.compile(rf"(?:^|\n)[^\n.?!]{{0,60}}\b(?:beantwoord|verzonden)\s*(?:op|d\.?\s?d\.?|:)\s*({DATE})", _I),
    re.compile(rf"\bbeantwoord\b[^.?!\n]{{0,60}}\bbij\s+brief\s+(?:van|d\.?\s?d\.?)\s*({DATE})", _I),
    re.compile(rf"\bbij\s+brief\s+(?:van|d\.?\s?d\.?)\s*({DATE})[^.?!\n]{{0,80}}\bbeantwoord", _I),
    re.compile(rf"(?:^|\n)\s*Vastgesteld\s*(?:op|d\.?\s?d\.?|:)?\s*({DATE})", _I),
)
# The labels of a letterhead may stand together, above what belongs to them.
_LABELS = (
    r"(?:(?:Ons|Uw|Onze)\s+(?:kenmerk|referentie)|Kenmerk|Betreft|Onderwerp|Uw\s+brief(?:\s+van)?|Bijlagen?(?:\(n\))?"
    r"|Contactpersoon)"
)
_DATE_LINE = re.compile(
    rf"(?:^|\n)[ \t]*(?:Datum|Date)\s*:?\s*(?:\n\s*{_LABELS}\s*:?\s*(?=\n)){{0,5}}\s*({DATE})"
    rf"|(?:^|\n)[ \t]*(?:[’'‘]s-Gravenhage|Den\s+Haag|Leidschendam|Voorburg|Zoetermeer),?\s+({DATE})"
    rf"|(?:^|\n)[ \t]*(?-i:[A-ZÀ-Þ])[\w’' -]{{2,28}},[ \t]*(?:d\.?\s?d\.?\s*)?({DATE})\.?[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
_BARE_LINE = re.compile(rf"(?:^|\n)[ \t]*(?:\w+dag\s+)?({DATE})\.?[ \t]*(?=\n|$)", re.IGNORECASE)
_SALUTATION = re.compile(r"(?:^|\n)\s*(?:Zeer\s+)?(?:Hoog)?[Gg]eachte\b")
_LETTER = re.compile(
    r"(?:^|\n)\s*(?:>\s*Retouradres|Aan\s+de\s+[Vv]oorzitter|De\s+[Vv]oorzitter\s+van\s+de|(?:Ons|Onze|Uw)\s+(?:kenmerk|referentie|brief)"
    r"|(?:Onderwerp|Betreft)\b[^\n]{0,200}\b(?:[Aa]ntwoord|[Bb]eantwoording))|\b[Hh]ierbij\s+(?:zend|stuur|bied|ontvangt)|\b[Gg]eachte\s+[Vv]oorzitter"
)
_QUESTION_HEAD = re.compile(
    r"(?:^|\n)[ \t]*(?:(?:SCHRIFTELIJKE\s+)?VRA(?:AG|GEN)\b|Schriftelijke\s+vra(?:ag|gen)\b"
    r"|(?:Mondelinge\s+)?[Vv]ra(?:ag|gen)\s+(?:nr|van|door|gesteld))"
)
_ANSWER_HEAD = re.compile(r"(?:^|\n)[ \t]*(?:ANTWOORD|Antwoord(?:en)?\b|Beantwoording\b|Reactie\b)")
_LONGEST_LINES = 300
"""Characters of a line with a date and the labels above it."""

_TOP = 2500
"""Characters of a letter without salutation in which its date stands, if it stands at its head."""


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The dates that a document says of itself."""

    submitted: datetime.date | None = None
    received: datetime.date | None = None
    """Only where the text says that the answer is of that day."""

    letter: datetime.date | None = None
    """That of the letter, where it has one."""

    doubt: str | None = None
    """The line of the letter's date, where that may be the day of the questions."""


def document_dates(head: str, tail: str, asked_on: str) -> DocumentDates:
    """The dates in `head` (before the first question; a letter's whole text) and `tail` (behind the last answer).

    Args:
        head: text with a blank line where a paragraph starts.
        tail: likewise.
        asked_on: a date that a sentence gives as the day on which the questions were put; may be empty.
    """
    submitted = _first(_SUBMITTED, head) or parse_date(asked_on)
    received = _first(_RECEIVED, head)
    for match in _candidates(head, tail):
        date = parse_date(next(filter(None, match.groups())))
        if date is None:
            continue
        owner = _owner(date, submitted, match.string[: match.start()], match.string is tail, head)
        if owner == "question":
            submitted = submitted or date
            continue
        doubt = " ".join(match[0].split()) if owner is None else None
        return DocumentDates(submitted, received, date, doubt)
    return DocumentDates(submitted, received)


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> datetime.date | None:
    dates = (parse_date(match[1]) for pattern in patterns for match in pattern.finditer(text))
    return next(filter(None, dates), None)


def _candidates(head: str, tail: str) -> Iterator[re.Match[str]]:
    """Lines that may hold the date of the letter: above its salutation, else below the signature."""
    salutation = _SALUTATION.search(head)
    top = salutation.start() if salutation else min(len(head), _TOP)
    line_end = head.find("\n", top + _LONGEST_LINES)
    near = len(head) if line_end < 0 else line_end
    yield from (match for match in _DATE_LINE.finditer(head, 0, near) if match.start() < top)
    yield from _DATE_LINE.finditer(tail)
    yield from (match for match in _BARE_LINE.finditer(head, 0, near) if match.start() < top)
    if salutation:  # some letters are dated at their end
        yield from _DATE_LINE.finditer(head, max(top, len(head) - 600))
    yield from _BARE_LINE.finditer(tail)


def _owner(date: datetime.date, submitted: datetime.date | None, before: str, behind: bool, head: str) -> str | None:
    """Whether a date belongs to the questions or to the answer; None where it may be either."""
    if submitted is not None:
        return "question" if date == submitted else "answer"
    asked = max((match.start() for match in _QUESTION_HEAD.finditer(before)), default=-1)
    answered = max((match.start() for match in _ANSWER_HEAD.finditer(before)), default=-1)
    if behind or answered > asked:
        return "answer"
    if asked >= 0:
        return "question"
    return "answer" if _LETTER.search(head) else None
