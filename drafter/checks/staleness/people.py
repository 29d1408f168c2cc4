"""Office holders: who signed, in whose name, which colleague; and the names of ministries."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

from answers_bank.documents import OfficeHolder
from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import DAY
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.case import Case
from drafter.checks.finding import Evidence, Grade
from drafter.checks.registers import Ministry
from drafter.checks.staleness.expressions import StaleExpression
from drafter.checks.text import TextUnit

_OFFICE = r"(?:[Mm]inister-[Pp]resident|[Mm]inister|[Ss]taatssecretaris|[Aa]mbtgenoot|[Aa]mbtgeno(?:o)?te(?:n)?)"
_PORTFOLIO = (
    r"(?:(?:van|voor)\s+)?[A-Z][\w’-]+(?:(?:,?\s+(?:en|in|van|de|het|der|voor)){0,3},?\s+[A-Z][\w’-]+){0,6}"
    r"(?:\s+\([A-Z]{2,5}\))?"
)
_MENTION = re.compile(rf"(?<!\w){_OFFICE}s?\s+{_PORTFOLIO}")
_COLLEAGUE = re.compile(
    r"(?<!\w)(?:mijn|onze)\s+(?:\w+e\s+)?(?:collega(?![’'`]s)|ambtgeno\w+|collega-bewindsperso\w+|collega[’'`]s(?=\s(?:van|voor)\s(?-i:[A-Z])))"
    r"(?!\w)(?:\s+(?:de\s+)?(?:minister|staatssecretaris|van|voor)\s+(?-i:[A-Z])[^.,;]{0,60}?"
    r"(?=[.,;]|\s(?:heeft|is|zal|en|over|die|dat|wordt)))?",
    re.IGNORECASE,
)
# "hoge vertegenwoordiger Duinstra", "de president van Duinland"
_POST = re.compile(
    rf"(?<!\w){one_of('posts')}\s+(?:(?:[A-Z]\.\s?)+)?(?:(?:van|von|de|der|den)\s+){{0,2}}(?:V[ao]n\s+(?:d[ee]r?\s+)?|De\s+)?[A-Z][\w’-]+"
)
_ON_BEHALF = re.compile(
    rf"(?:mede\s+namens|namens)\s+(?:de\s+|mijn\s+(?:collega|ambtgeno\w+)\s+)?{_OFFICE}s?\s+{_PORTFOLIO}"
)
# A power that the law gives to the office, whoever holds it.
_POWER = re.compile(
    r"\b(?:op grond van|krachtens|bij wet|bevoegd\w*|wettelijk\w*|ingevolge|aangewezen)\b", re.IGNORECASE
)
_TITLE = r"(?:[Mm]inister\s+|[Ss]taatssecretaris\s+)?(?:(?:[A-Z]\.\s?)+|[A-Z][a-zë]+\s+)?"
RECENT = datetime.timedelta(days=92)
"""Who signed within this time before the reference date is taken to be in office."""


def people(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rule office-holder in what the writer says."""
    for pattern in (_ON_BEHALF, _MENTION, _COLLEAGUE, _POST):
        for match in pattern.finditer(unit.text):
            if unit.in_quotes(match.start()):
                continue
            start, end = unit.sentence_at(match.start())
            power = bool(_POWER.search(unit.text, start, end))
            found = StaleExpression("office-holder", match.start(), match.end(), case.date, power)
            yield found if power else of_its_cabinet(found, case)


def of_its_cabinet(found: StaleExpression, case: Case) -> StaleExpression:
    """`found` with the cabinet that the text was written under, where that has gone."""
    cabinet = None if case.date is None else case.registers.cabinet_on(case.date)
    if cabinet is None or cabinet.last is None or case.as_of <= cabinet.last:
        return found
    detail = f"Het stuk is van het {cabinet.name}, dat tot en met {dutch_date(cabinet.last)} regeerde."
    return dataclasses.replace(found, stale_from=cabinet.last + DAY, detail=detail, grade=Grade.EXPIRED, dated=True)


def signatures(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rule office-holder in a heading or under a letter."""
    document = case.document
    for holder in (*document.ministers, *document.on_behalf_of) if document else ():
        if holder.name:
            last_name = re.sub(r"^(?:[A-Z]\.\s?)+|^[A-Z]\w+\s+(?=(?:van|de|der|den|ter|ten)\b)", "", holder.name)
            for match in re.finditer(rf"{_TITLE}{re.escape(last_name)}(?!\w)", unit.text, re.IGNORECASE):
                yield _signed(match.start(), match.end(), holder, case)
    for match in _ON_BEHALF.finditer(unit.text):
        yield StaleExpression("office-holder", match.start(), match.end(), case.date)


def _signed(start: int, end: int, holder: OfficeHolder, case: Case) -> StaleExpression:
    found = StaleExpression("office-holder", start, end, case.date)
    plain = of_its_cabinet(found, case)
    if case.bank is None:
        return plain
    next_one = case.bank.successor(holder)
    if next_one is not None:
        return dataclasses.replace(
            found,
            stale_from=next_one.date,
            detail=f"Op {dutch_date(next_one.date)} tekende {next_one.name} voor {next_one.portfolio}.",
            grade=Grade.EXPIRED,
            dated=True,
            evidence=(Evidence(next_one.document, next_one.date, next_one.name),),
        )
    seen = case.bank.last_signed(holder)
    if seen is None:
        return plain
    detail = f"Tekende nog op {dutch_date(seen)}."
    if case.as_of - seen <= RECENT:
        return dataclasses.replace(found, stale_from=None, info=True, detail=detail)
    if plain.dated and plain.stale_from is not None and seen >= plain.stale_from:
        # The cabinet went, this office holder stayed or came back: what the bank shows wins over the register.
        return dataclasses.replace(found, stale_from=seen, detail=detail)
    return plain


def ministries(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rule ministry: names that were right in the text and are no longer."""
    for ministry in case.registers.ministries:
        # A name the text uses after our register says it ended is a name we do not know enough about.
        gone = ministry.last is not None and case.as_of > ministry.last
        if ministry.last is None or not gone or (case.date and not ministry.used_on(case.date)):
            continue
        for match in _ministry_pattern(ministry).finditer(unit.text):
            back = case.bank is not None and case.bank.signed_since(ministry.name, ministry.last)
            if back or unit.in_quotes(match.start()):
                continue
            end, now = ministry.last + DAY, " en ".join(ministry.successors)
            detail = f"sinds {dutch_date(end)}" + (f" is dat {now}." if now else " bestaat dat niet meer.")
            yield StaleExpression(
                "ministry", match.start(), match.end(), end, detail=detail, grade=Grade.EXPIRED, dated=True
            )


@lru_cache(maxsize=128)
def _ministry_pattern(ministry: Ministry) -> re.Pattern[str]:
    name, short = re.escape(ministry.name).replace(r"\ ", r"\s+"), re.escape(ministry.short)
    return re.compile(
        rf"(?:[Mm]inisterie|[Mm]inister|[Ss]taatssecretaris|[Dd]epartement)s?\s+(?:van|voor)\s+(?:{name}|{short})"
        rf"(?!\w|,\s[A-Z])(?:\s+\({short}\))?"
    )
