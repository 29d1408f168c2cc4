"""A letter that was promised and that the bank has since: "in de voortgangsbrief Duinen" against that letter itself."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from answers_bank.dutch.time.dates import dutch_date
from answers_bank.dutch.words import fold
from answers_bank.store.bank import Bank
from drafter.checks.consistency.findings import Place, finding, when
from drafter.checks.consistency.work_status import Mention, mentions
from drafter.checks.finding import Evidence, Finding
from drafter.checks.text import Unit

_PAPERS = re.compile(r"(?:brief|reactie|rapport|notitie|agenda|plan|visie|strategie|monitor|evaluatie)$")
_MOST = 20
"""Later documents whose subject is looked at for one promise."""


def promised_findings(
    units: Iterable[Unit], bank: Bank, own: frozenset[str], date: datetime.date | None
) -> list[Finding]:
    """Findings on promises of a paper of which a later document bears the name."""
    if date is None:
        return []
    found = []
    told: set[tuple[str, str]] = set()
    for unit in units:
        for mine in mentions(unit.text, date):
            if not mine.expected or not mine.names or not _PAPERS.search(mine.noun):
                continue
            later = _named(bank, own, date, mine)
            if later is None or (mine.noun, later[0]) in told:
                continue
            identifier, day, subject, quote = later
            told.add((mine.noun, identifier))
            place = Place(unit, mine.start, mine.end)
            detail = f"toegezegd stuk lijkt verschenen: {identifier} {when(day, date)}, ‘{subject}’."
            evidence = [Evidence(identifier, day, one) for one in (quote, subject) if one]
            found.append(finding("timeline", place, detail, evidence))
    return found


def _named(
    bank: Bank, own: frozenset[str], date: datetime.date, mine: Mention
) -> tuple[str, datetime.date, str, str] | None:
    """(id, date, subject, line that holds its date) of the first later document whose subject has the name."""
    for name in sorted(mine.names, key=len, reverse=True):
        wanted = [word for word in re.findall(r"[\w-]{4,}", fold(name)) if word != mine.noun]
        if len(wanted) < 2:
            continue
        rows = bank.sql(
            "SELECT id, date, title FROM document WHERE date > ? AND fold(title) LIKE ? ORDER BY date LIMIT ?",
            (date.isoformat(), f"%{max(wanted, key=len)}%", _MOST),
        ).fetchall()
        for identifier, day, subject in rows:
            if identifier not in own and all(word in fold(subject) for word in wanted):
                then = datetime.date.fromisoformat(day)
                return str(identifier), then, " ".join(str(subject).split()), _dated(bank, str(identifier), then)
    return None


def _dated(bank: Bank, identifier: str, date: datetime.date) -> str:
    """The line of a document that holds its date; empty where none does."""
    text, full = bank.document(identifier).text, dutch_date(date)
    at = text.find(full)
    if at < 0:
        return ""
    return " ".join(text[text.rfind("\n", 0, at) + 1 : at + len(full)].split())[-60:]
