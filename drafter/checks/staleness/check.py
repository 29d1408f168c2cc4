"""What in a text may no longer be true: the staleness check (verouderde feiten).

Each part looks at one kind of expression and gives candidates; here they are brought together, judged against the
reference date and told once. A text that is as young as the reference date is its own present: there only what has
surely expired is a warning.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from answers_bank.dutch.patterns import load
from answers_bank.dutch.time.calendar import add_months
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.candidates import Candidate
from drafter.checks.finding import Context, Evidence, Finding, Grade, Severity, Subject
from drafter.checks.registers import load_registers
from drafter.checks.rules import rule as rule_of
from drafter.checks.staleness.facts import facts
from drafter.checks.staleness.known_by_bank import Memory, remembered
from drafter.checks.staleness.moved_portfolio import moved
from drafter.checks.staleness.newer_wording import newer
from drafter.checks.staleness.people import of_cabinet, people
from drafter.checks.staleness.time_expressions import times
from drafter.checks.text import Unit, Zone, units_of

_SOURCE = re.compile(
    r"^\W*(?:\d{1,2}\W{1,3})?[A-Z][\w.&’' -]{1,48},?\s+(?:d\.d\.\s+)?(?:van\s+)?\d{1,2}\s+[a-z]{3,9}\s+\d{4}|https?://|www\."
)
"""A note that only names a newspaper, a broadcaster or a page."""

FRESH_DAYS = 14
"""A text no older than this at the reference date speaks of its own present."""

# Where two candidates overlap, the earlier named tells more about what to do.
_PRIORITY = (
    "promise", "term", "expectation", "relative-date", "relative-period", "publication", "law-status", "office-holder",
    "cabinet", "ministry", "ongoing-work", "ongoing", "figure", "internal-reference", "superlative", "broken-link",
    "link", "undated-intent",
)  # fmt: skip


class Staleness:
    """The staleness check."""

    name = "staleness"

    def run(self, subject: Subject, context: Context) -> Iterable[Finding]:
        """Findings in the order of the text."""
        found: list[Finding] = []
        fresh = subject.date is not None and (context.as_of - subject.date).days <= FRESH_DAYS
        own = own_documents(subject, context)
        memory = None if context.bank is None else Memory(context.bank, subject.date, context.as_of, own)
        units = units_of(subject)
        for unit in units:
            settled = _worth_telling(settle(_candidates(unit, subject, context, memory), unit.text), unit)
            if memory is not None:
                settled = [remembered(candidate, unit, memory) for candidate in settled]
            found.extend(_finding(candidate, unit, subject, context, fresh) for candidate in settled)
        found.extend(newer(subject, context, units, own))
        found.extend(moved(subject, context, own))
        return sorted(found, key=lambda f: (f.start, f.end))


def own_documents(subject: Subject, context: Context) -> frozenset[str]:
    """Ids of what the bank holds of the text itself, under whatever id: it tells nothing about the text."""
    if subject.document is None or context.bank is None:
        return context.exclude
    case = subject.document.case_number
    same = context.bank.find_documents(case_number=case) if case else []
    return context.exclude | {subject.document.id, *(summary.id for summary in same)}


def _candidates(unit: Unit, subject: Subject, context: Context, memory: Memory | None) -> Iterator[Candidate]:
    if unit.zone is Zone.QUESTION:
        return
    yield from people(unit, subject, context, memory)
    if unit.zone is Zone.FRAME:
        return
    yield from facts(unit, subject.date, load_registers(context.registers), memory)
    if unit.zone is Zone.NOTE and _SOURCE.search(unit.text):
        # The title of an article is not the minister's word; a date without a year in it still is no use.
        yield from (c for c in times(unit, subject.date) if c.suggestion is not None)
        return
    for start, end in unit.sentences:
        for candidate in _words(unit, start, end, subject.date):
            yield of_cabinet(candidate, subject, context) if candidate.rule == "cabinet" else candidate
    yield from times(unit, subject.date)


def _words(unit: Unit, start: int, end: int, date: datetime.date | None) -> Iterator[Candidate]:
    for hit in load("staleness", "drafter.checks").hits(unit.text[start:end]):
        if unit.in_quotes(start + hit.start):
            continue
        yield Candidate(
            hit.entry.rule,
            start + hit.start,
            start + hit.end,
            stale_from=add_months(date, hit.entry.months) if date and hit.entry.months else date,
            info=hit.info,
        )


def settle(candidates: Iterable[Candidate], text: str) -> list[Candidate]:
    """One candidate a place: those that overlap become one, of the rule that says most about what to do."""
    groups: list[list[Candidate]] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, c.end)):
        if groups and candidate.start < max(c.end for c in groups[-1]):
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return [_merged(group, text) for group in groups]


def _worth_telling(candidates: list[Candidate], unit: Unit) -> list[Candidate]:
    """Without what is only information in a sentence that has a warning already."""
    loud = {unit.sentence_at(c.start) for c in candidates if not c.info}
    return [c for c in candidates if not c.info or unit.sentence_at(c.start) not in loud]


def _merged(group: list[Candidate], text: str) -> Candidate:
    if len(group) == 1:
        return group[0]
    loud = [c for c in group if not c.quiet] or group
    chosen = min(loud, key=lambda c: (_PRIORITY.index(c.rule), c.end - c.start))
    dated = next((c for c in loud if c.dated), None)
    start, end = min(c.start for c in loud), max(c.end for c in loud)
    stale_from, detail, grade = chosen.stale_from, chosen.detail, chosen.grade
    if dated is not None and dated is not chosen:
        stale_from, detail, grade = dated.stale_from, detail or dated.detail, grade or dated.grade
    # The rewriting of a part is one of the whole.
    suggestion = next(
        (text[start : c.start] + c.suggestion + text[c.end : end] for c in loud if c.suggestion is not None), None
    )
    return Candidate(
        chosen.rule,
        start,
        end,
        stale_from,
        chosen.info,
        detail,
        suggestion,
        grade,
        dated is not None,
        chosen.evidence,
    )


def _finding(candidate: Candidate, unit: Unit, subject: Subject, context: Context, fresh: bool) -> Finding:
    rule = rule_of("staleness", candidate.rule)
    start, end = unit.place(candidate.start, candidate.end)
    sentence_start, sentence_end = unit.sentence_at(candidate.start)
    expired = candidate.stale_from is not None and candidate.stale_from <= context.as_of and candidate.dated
    grade = candidate.grade or (Grade.EXPIRED if expired and rule.grade is not Grade.ADAPT else rule.grade)
    severity = Severity.INFO if candidate.info or (fresh and grade is not Grade.EXPIRED) else rule.severity
    quote = " ".join(unit.text[candidate.start : candidate.end].split())
    detail = candidate.detail
    if not detail and candidate.dated and candidate.stale_from is not None:
        moment = "Dat moment is voorbij" if expired else "Dat moment moet nog komen"
        detail = f"{moment}: {dutch_date(candidate.stale_from)}."
    return Finding(
        check="staleness",
        rule=candidate.rule,
        severity=severity,
        start=start,
        end=end,
        quote=quote,
        message=rule.message.format(quote=quote, detail=f" {detail}" if detail else "").strip(),
        sentence=" ".join(unit.text[sentence_start:sentence_end].split()),
        question=unit.number,
        stale_from=candidate.stale_from,
        suggestion=candidate.suggestion,
        evidence=tuple(Evidence(*e) for e in candidate.evidence),
        grade=grade,
    )
