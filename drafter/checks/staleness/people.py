"""Office holders: who signed, in whose name, which colleague; and the names of ministries."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

from answers_bank.documents import OfficeHolder
from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import DAY
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.candidates import Candidate
from drafter.checks.finding import Context, Grade, Subject
from drafter.checks.registers import Ministry, load_registers
from drafter.checks.staleness.known_by_bank import Memory
from drafter.checks.text import Unit, Zone

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
# "hoge vertegenwoordiger Kallas", "de president van Duinland"
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


def people(unit: Unit, subject: Subject, context: Context, memory: Memory | None) -> Iterator[Candidate]:
    """Candidates of the rules office-holder and ministry."""
    if unit.zone is Zone.FRAME:
        yield from _signatures(unit, subject, context, memory)
        for match in _ON_BEHALF.finditer(unit.text):
            yield Candidate("office-holder", match.start(), match.end(), subject.date)
        return
    yield from _ministries(unit, subject, context, memory)
    if unit.zone is Zone.NOTE:
        return
    for pattern in (_ON_BEHALF, _MENTION, _COLLEAGUE, _POST):
        for match in pattern.finditer(unit.text):
            if unit.in_quotes(match.start()):
                continue
            start, end = unit.sentence_at(match.start())
            power = bool(_POWER.search(unit.text, start, end))
            found = Candidate("office-holder", match.start(), match.end(), subject.date, power)
            yield found if power else of_cabinet(found, subject, context)


def of_cabinet(candidate: Candidate, subject: Subject, context: Context) -> Candidate:
    """`candidate` with the cabinet that the text was written under, where that has gone."""
    cabinet = None if subject.date is None else load_registers(context.registers).cabinet_on(subject.date)
    if cabinet is None or cabinet.last is None or context.as_of <= cabinet.last:
        return candidate
    detail = f"Het stuk is van het {cabinet.name}, dat tot en met {dutch_date(cabinet.last)} regeerde."
    return Candidate(candidate.rule, candidate.start, candidate.end, cabinet.last + DAY, candidate.info, detail,
                     candidate.suggestion, Grade.EXPIRED, True, candidate.evidence)  # fmt: skip


def _signatures(unit: Unit, subject: Subject, context: Context, memory: Memory | None) -> Iterator[Candidate]:
    if subject.document is None:
        return
    for holder in (*subject.document.ministers, *subject.document.on_behalf_of):
        if not holder.name:
            continue
        last_name = re.sub(r"^(?:[A-Z]\.\s?)+|^[A-Z]\w+\s+(?=(?:van|de|der|den|ter|ten)\b)", "", holder.name)
        pattern = rf"{_TITLE}{re.escape(last_name)}(?!\w)"
        for match in re.finditer(pattern, unit.text, re.IGNORECASE):
            yield _signed(match.start(), match.end(), holder, subject, context, memory)


def _signed(
    start: int, end: int, holder: OfficeHolder, subject: Subject, context: Context, memory: Memory | None
) -> Candidate:
    assert holder.name
    plain = of_cabinet(Candidate("office-holder", start, end, subject.date), subject, context)
    if memory is None:
        return plain
    successor = memory.successor(holder.name, holder.portfolio, holder.office)
    if successor is not None:
        detail = f"Op {dutch_date(successor.date)} tekende {successor.name} voor {successor.portfolio}."
        quote = successor.name
        return Candidate("office-holder", start, end, successor.date, False, detail, grade=Grade.EXPIRED, dated=True,
                         evidence=((successor.document, successor.date, quote),))  # fmt: skip
    seen = memory.last_seen(holder.name, holder.portfolio, holder.office)
    if seen is not None and context.as_of - seen <= RECENT:
        return Candidate("office-holder", start, end, None, True, f"Tekende nog op {dutch_date(seen)}.")
    if seen is not None and plain.dated and plain.stale_from is not None and seen >= plain.stale_from:
        # The cabinet went, this office holder stayed or came back: what the bank shows wins over the register.
        return Candidate("office-holder", start, end, seen, False, f"Tekende nog op {dutch_date(seen)}.")
    return plain


def _ministries(unit: Unit, subject: Subject, context: Context, memory: Memory | None) -> Iterator[Candidate]:
    """Names of ministries that were right in the text and are no longer."""
    written = subject.date or context.as_of
    for ministry in load_registers(context.registers).ministries:
        # A name the text uses after our register says it ended is a name we do not know enough about.
        if ministry.last is None or context.as_of <= ministry.last or (subject.date and not ministry.used_on(written)):
            continue
        for match in _ministry_pattern(ministry).finditer(unit.text):
            if unit.in_quotes(match.start()) or (memory and memory.signed_since(ministry.name, ministry.last)):
                continue
            now = " en ".join(ministry.successors)
            detail = f"sinds {dutch_date(ministry.last + DAY)}" + (
                f" is dat {now}." if now else " bestaat dat niet meer."
            )
            yield Candidate("ministry", match.start(), match.end(), ministry.last + DAY, False, detail,
                            grade=Grade.EXPIRED, dated=True)  # fmt: skip


@lru_cache(maxsize=128)
def _ministry_pattern(ministry: Ministry) -> re.Pattern[str]:
    name, short = re.escape(ministry.name).replace(r"\ ", r"\s+"), re.escape(ministry.short)
    return re.compile(
        rf"(?:[Mm]inisterie|[Mm]inister|[Ss]taatssecretaris|[Dd]epartement)s?\s+(?:van|voor)\s+(?:{name}|{short})"
        rf"(?!\w|,\s[A-Z])(?:\s+\({short}\))?"
    )
