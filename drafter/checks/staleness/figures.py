"""Figures that grow old: counts, shares and amounts that a sentence gives for the day of writing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from answers_bank.dutch.numbers import NUMBER_WORD, VAGUE_WORD
from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import add_months
from answers_bank.dutch.time.dates import MONTHS, dutch_date
from answers_bank.dutch.time.expressions import TimeKind, find_times
from drafter.checks.case import Case
from drafter.checks.staleness.expressions import StaleExpression
from drafter.checks.staleness.time_expressions import tells_past
from drafter.checks.text import TextUnit

COUNT_GOES_ON = datetime.timedelta(days=120)
"""A count that ends no longer than this before the text is one of a thing that goes on."""

_UNTIL = re.compile(r"(?:tot en met|tot|t/m|per|op peildatum|peildatum|sinds)\b", re.IGNORECASE)
_STAND = re.compile(r"\b(?:peildatum|stand (?:van|op|per))\s+$", re.IGNORECASE)
_FIGURE = re.compile(
    rf"(?<![\w.,€])(?<!\d[.,]\s)(?:(?P<about>{one_of('about')})\s+(?:(?:van|al|zo[’']n|ruim|circa|ongeveer)\s+)?)?"
    rf"(?P<number>(?:€\s?)?\d(?:[\d.,]*\d)?|{NUMBER_WORD}|{VAGUE_WORD}|{one_of('vaguest_numbers')})"
    rf"(?:(?P<percent>\s?%)|\s+(?:\w+(?:e|se|de|ste)\s+)?(?-i:(?![A-Z][a-z])){one_of('counted')})(?!\w)",
    re.IGNORECASE,
)
# After "in totaal" or "ruim" whatever follows is counted, unless it measures.
_ABOUT_ANY = re.compile(
    rf"(?<!\w){one_of('about')}\s+(?:€\s?)?(?:\d(?:[\d.,]*\d)?|{NUMBER_WORD}|{VAGUE_WORD})\s+"
    rf"(?!{one_of('measures')}\b)\w{{4,}}",
    re.IGNORECASE,
)
# An amount that is told as the one of the day: "ongeveer € 3.300,– per maand".
_ABOUT_MONEY = re.compile(
    rf"(?<!\w){one_of('about')}\s+(?:zo[’']n\s+)?(?P<number>(?:€|EUR)\s?\d(?:[\d.]*\d)?(?:,\d+)?)(?:,[-–—]+)?"
    r"(?:\s(?:miljoen|miljard|ml[nd]\b))?(?![\w,.]\d)",
    re.IGNORECASE,
)
# A number and a noun of whatever kind, where the sentence tells in the present tense how many there are.
_COUNT_NOW = re.compile(
    rf"(?<![\w.,€§-])(?<!\d[.,]\s)(?P<number>\d{{1,3}}(?:\.\d{{3}})+|(?!(?:19|20)\d\d)\d{{2,4}}|(?i:{NUMBER_WORD}))\s+(?:(?:\w+e|extra)\s+)?"
    rf"(?!{one_of('measures')}\b|{one_of('uncounted_nouns')}\b|{'|'.join(MONTHS)})[\wà-ÿ-]{{3,}}(?:en|s|fte)(?!\w)"
)
_PRESENT = re.compile(rf"\b{one_of('counting_verbs')}\b", re.IGNORECASE)
_MAY_BE = re.compile(r"\b(?:kan|kunnen|zou|zouden|als|wanneer)\b", re.IGNORECASE)
# A sentence that goes on about the count of the one before.
_GOES_ON = re.compile(
    r"\W*(?:daarvan|hiervan|waarvan|van (?:deze|die|hen)|het (?:gaat|betreft|ging|betrof)|dat (?:is|zijn))\b",
    re.IGNORECASE,
)
# Figures that do not age: of the law, of the past with its date, of a plan, of an example.
_NOT_COUNTED = re.compile(rf"\b{one_of('not_counted')}\b", re.IGNORECASE)
_PAST = re.compile(rf"\b{one_of('past')}\b", re.IGNORECASE)
_VAGUEST = re.compile(one_of("vaguest_numbers"), re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:van|uit|met)\s+$", re.IGNORECASE)
_BY = re.compile(r"\b(?:door|met)\s+$", re.IGNORECASE)
_THESE = re.compile(r"\b(?:deze|die|beide|alle)\s+$", re.IGNORECASE)
_IN_WORDS = re.compile(NUMBER_WORD, re.IGNORECASE)
_NOW = re.compile(r"\b(?:op dit moment|momenteel|thans|inmiddels|reeds|er zijn|zijn er|zicht op)\b", re.IGNORECASE)
_FULL_DATE = re.compile(rf"\b[Oo]p \d{{1,2}} (?:{'|'.join(MONTHS)}) (?:19|20)\d\d\b")
_DATED = re.compile(r"\b(?:19|20)\d\d\b")


def figures(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rule figure."""
    date = case.date
    later = add_months(date, 3) if date else None
    found = (match for pattern in (_FIGURE, _ABOUT_ANY, _ABOUT_MONEY) for match in pattern.finditer(unit.text))
    for match in (*found, *_counts_now(unit)):
        start, end = unit.sentence_at(match.start())
        if not unit.in_quotes(match.start()):
            sentence = unit.text[start:end]
            before = max(0, start - 200) if _GOES_ON.match(sentence) else start
            counted = _count_until(unit.text[before:end], date)
            weak = _fixed(unit.text[before:end], sentence, counted, date) or _vague(match, unit, sentence)
            detail = f"Geteld tot {dutch_date(counted)}." if counted else ""
            yield StaleExpression("figure", match.start(), match.end(), later, info=weak, detail=detail)


def _counts_now(unit: TextUnit) -> Iterator[re.Match[str]]:
    for start, end in unit.sentences:
        if _PRESENT.search(unit.text, start, end) and not _MAY_BE.search(unit.text, start, end):
            yield from _COUNT_NOW.finditer(unit.text, start, end)


def _count_until(around: str, date: datetime.date | None) -> datetime.date | None:
    """The day up to which was counted, where that is shortly before the text: such a count goes on."""
    if date is None or not _UNTIL.search(around):
        return None
    ends = [
        t.interval.last
        for t in find_times(around, date)
        if t.interval
        and t.kind is not TimeKind.TERM
        and (_UNTIL.match(around, t.start) or _STAND.search(around[max(0, t.start - 16) : t.start]))
    ]
    recent = [end for end in ends if date - COUNT_GOES_ON <= end <= date]
    return max(recent, default=None)


def _fixed(around: str, sentence: str, counted: datetime.date | None, date: datetime.date | None) -> bool:
    """Whether a figure is one of the law or of an example, or a year or the past tense says of when it is."""
    if _NOT_COUNTED.search(sentence) or (_FULL_DATE.search(sentence) and counted is None):
        return True
    return counted is None and bool(_dated(around, date) or _PAST.search(sentence))


def _dated(around: str, date: datetime.date | None) -> bool:
    """Whether a year fixes a figure: not that of the text itself, in which was still being counted."""
    return any(date is None or int(year) != date.year or date.month == 12 for year in _DATED.findall(around))


def _vague(match: re.Match[str], unit: TextUnit, sentence: str) -> bool:
    """Whether a figure says almost nothing: a bare percentage, "meerdere", "een consortium van drie bedrijven"."""
    before = unit.text[max(0, match.start() - 8) : match.start()]
    if _BY.search(before) and tells_past(sentence):
        return True  # "de oproep is door 26 landen ondertekend": so it was, and stays
    if _THESE.search(before):
        return True  # "deze drie organisaties" were named
    groups = match.groupdict()
    number = groups.get("number")
    if not number or groups.get("about"):
        return False
    part = _WITHIN.search(before) and _IN_WORDS.fullmatch(number)
    return bool(groups.get("percent") or part or (_VAGUEST.fullmatch(number) and not _NOW.search(sentence)))
