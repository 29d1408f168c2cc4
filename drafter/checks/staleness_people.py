"""Office holders: who signed, in whose name, which colleague."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.finding import Context, Subject
from drafter.checks.staleness_candidates import Candidate
from drafter.checks.units import Unit, Zone

_OFFICE = r"(?:[Mm]inister-[Pp]resident|[Mm]inister|[Ss]taatssecretaris|[Aa]mbtgenoot|[Aa]mbtgeno(?:o)?te(?:n)?)"
_PORTFOLIO = (
    r"(?:(?:van|voor)\s+)?[A-Z][\w’-]+(?:(?:,?\s+(?:en|in|van|de|het|der|voor)){0,3},?\s+[A-Z][\w’-]+){0,6}"
    r"(?:\s+\([A-Z]{2,5}\))?"
)
_MENTION = re.compile(rf"(?<!\w){_OFFICE}s?\s+{_PORTFOLIO}")
_COLLEAGUE = re.compile(
    r"(?<!\w)(?:mijn|onze)\s+(?:collega|ambtgeno\w+|collega-bewindsperso\w+|collega[’'`]s)"
    r"(?:\s+(?:de\s+)?(?:minister|staatssecretaris|van|voor)\s+(?-i:[A-Z])[^.,;]{0,60}?(?=[.,;]|\s(?:heeft|is|zal|en|over|die|dat|wordt)))",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    rf"(?:mede\s+namens|namens)\s+(?:de\s+|mijn\s+(?:collega|ambtgeno\w+)\s+)?{_OFFICE}s?\s+{_PORTFOLIO}"
)


def people(unit: Unit, subject: Subject, context: Context) -> Iterator[Candidate]:
    """Candidates of the rule office-holder."""
    if unit.zone is Zone.FRAME:
        yield from _signatures(unit, subject)
        for match in _ON_BEHALF.finditer(unit.text):
            yield Candidate("office-holder", match.start(), match.end(), subject.date)
        return
    if unit.zone is Zone.NOTE:
        return
    for pattern in (_ON_BEHALF, _MENTION, _COLLEAGUE):
        for match in pattern.finditer(unit.text):
            if not unit.in_quotes(match.start()):
                yield Candidate("office-holder", match.start(), match.end(), subject.date)


def _signatures(unit: Unit, subject: Subject) -> Iterator[Candidate]:
    if subject.document is None:
        return
    for holder in (*subject.document.ministers, *subject.document.on_behalf_of):
        if not holder.name:
            continue
        surname = re.sub(r"^(?:[A-Z]\.\s?)+|^[A-Z]\w+\s+(?=(?:van|de|der|den|ter|ten)\b)", "", holder.name)
        for match in re.finditer(
            rf"(?:[Mm]inister\s+|[Ss]taatssecretaris\s+)?(?:(?:[A-Z]\.\s?)+|[A-Z][a-zë]+\s+)?{re.escape(surname)}(?!\w)",
            unit.text,
            re.IGNORECASE,
        ):
            yield Candidate("office-holder", match.start(), match.end(), subject.date)
