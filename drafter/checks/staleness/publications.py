"""Publications that come back: a newer edition makes what they say stale."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import add_months
from answers_bank.dutch.time.dates import MONTH, MONTHS, dutch_date
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.case import Case
from drafter.checks.finding import Evidence, Grade
from drafter.checks.registers import Publication, Registers
from drafter.checks.staleness.expressions import StaleExpression
from drafter.checks.text import TextUnit

# Names of what appears again and again. Compounds count ("Veiligheidsmonitor", "Arbeidsmarktbarometer").
_PERIODICAL = rf"[\w-]*{one_of('periodicals')}"
_EDITION = (
    rf"(?:\s+(?:van|over|uit|voor)\s+(?:het\s+jaar\s+)?(?:{MONTH}\s+)?(?:19|20)\d\d|\s+(?:19|20)\d\d(?:[-/–]\d{{2,4}})?"
    rf"|,?\s+{MONTH}\s+20\d\d|\s+\((?:[a-z]+\s+)?20\d\d\))"
)
_OF = r"(?P<of>(?:\s+(?:van|voor)\s+(?:de|het)?\s*[A-Z][\w.&-]+|\s+[A-Z][\w-]+){0,4}?)"
_PUBLICATION = re.compile(
    rf"(?<![\w-])(?P<latest>{one_of('latest')}\s+)?(?P<name>{_PERIODICAL})(?!\w)"
    rf"(?:{_OF}(?P<edition>{_EDITION}))?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?:verzamel|zaken)brie(?:f|ven)$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:de|het|mijn|dit|deze)\s+(?:\w+\s+)?$", re.IGNORECASE)
_SEASON = re.compile(
    r"(?:[A-Z][\w-]+\s+)+\((?:voorjaar|zomer|najaar|herfst|winter|[Qq][1-4]|\w+ (?:kwartaal|halfjaar))"
    r"\s+20\d\d\)"
)
"""What has a name and is of a part of a year comes again: "Overzicht Zeewering (najaar 2024)"."""
_STATE_OF = re.compile(r"(?<!\w)(?:de\s+)?Staat\s+van\s+(?:de|het)\s+(?!Nederlanden)[A-Z]?\w+(?:\s+20\d\d)?")
_FIGURES_OVER = re.compile(
    r"\b(?:cijfers|gegevens|data|aantallen)\s+(?:over|van|uit)\s+(?:het\s+jaar\s+)?20\d\d", re.IGNORECASE
)


def publications(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rule publication, with the newer edition that a later document names."""
    for one in (*_by_kind(unit, case.date), *_registered(unit, case.date, case.registers)):
        yield one if one.info or case.bank is None else _newest(one, unit, case.bank)


def _by_kind(unit: TextUnit, date: datetime.date | None) -> Iterator[StaleExpression]:
    later = add_months(date, 6) if date else None
    for match in _PUBLICATION.finditer(unit.text):
        end = match.end() if match["edition"] else match.end("name")
        # A monitor or progress letter in general ("een monitor") is no edition of anything.
        named = (
            match["latest"]
            or match["edition"]
            or (match["name"][:1].isupper() and match.start() not in {s for s, _ in unit.sentences})
        )
        # A letter is one of its own day; another may have followed, but that is told by its date.
        letter = not (match["latest"] or match["edition"]) and _LETTER.search(match["name"])
        definite = _DEFINITE.search(unit.text[max(0, match.start() - 24) : match.start()])
        if named or definite:
            yield StaleExpression("publication", match.start(), end, later, info=not named or bool(letter))
    for pattern in (_STATE_OF, _FIGURES_OVER, _SEASON):
        for match in pattern.finditer(unit.text):
            yield StaleExpression("publication", match.start(), match.end(), later)


def _registered(unit: TextUnit, date: datetime.date | None, registers: Registers) -> Iterator[StaleExpression]:
    """Publications of the register; an abbreviation alone only where it is called the newest or has a year."""
    pattern, named = _names(registers)
    for match in pattern.finditer(unit.text):
        name, publication = match["name"], named[match["name"]]
        later = publication.next_edition(date) if date else None
        before = unit.text[max(0, match.start() - 20) : match.start()]
        weak = name.isupper() and len(match[0]) == len(name) and not _LATEST_BEFORE.search(before)
        detail = f"Verschijnt doorgaans elke {publication.every} maanden."
        if later and later == publication.replaced:
            detail = f"De methode is op {dutch_date(later)} vervangen."
        yield StaleExpression("publication", match.start(), match.end(), later, weak, detail, dated=later is not None)


@lru_cache(maxsize=8)
def _names(registers: Registers) -> tuple[re.Pattern[str], dict[str, Publication]]:
    named = {name: p for p in registers.publications for name in (p.name, *p.also)}
    names = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<name>{names})(?!\w)(?:{_EDITION})?"), named


_LATEST_BEFORE = re.compile(rf"\b{one_of('latest')}\s+$", re.IGNORECASE)
_YEAR = re.compile(rf"(?:(?P<month>{MONTH})\s+)?(?P<year>20\d\d)", re.IGNORECASE)


def _newest(one: StaleExpression, unit: TextUnit, bank: BankLookup) -> StaleExpression:
    words = unit.text[one.start : one.end]
    edition = _YEAR.search(words)
    name = re.sub(rf"^{one_of('latest')}\s+", "", words[: edition.start()] if edition else words, flags=re.IGNORECASE)
    name = re.sub(r"[\s,(]+(?:van|over|uit|voor)?[\s,(]*$", "", name)
    known = None
    if edition:
        known = (int(edition["year"]), MONTHS.index(edition["month"].lower()) + 1 if edition["month"] else 0)
    found = bank.newer_edition(name, known) if len(name) > 5 else None
    if found is None or found[0].date is None:
        return one
    passage, quote = found
    return dataclasses.replace(
        one,
        stale_from=passage.date,
        detail=f"Een later stuk noemt “{quote}”.",
        grade=Grade.EXPIRED,
        dated=True,
        evidence=(Evidence(passage.document, passage.date, quote),),
    )
