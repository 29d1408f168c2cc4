"""Office holders: who signed, in whose name, which colleague; and the names of ministries."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from answers_bank.documents import OfficeHolder
from answers_bank.dutch.patterns import one_of
from answers_bank.dutch.time.calendar import DAY
from answers_bank.dutch.time.dates import dutch_date
from drafter.checks.case import Case
from drafter.checks.finding import Evidence, Grade
from drafter.checks.registers import Registers, Tenure
from drafter.checks.staleness.expressions import StaleExpression
from drafter.checks.staleness.time_expressions import tells_past
from drafter.checks.text import TextUnit

_OFFICE = r"(?:[Mm]inister-[Pp]resident|[Mm]inister|[Ss]taatssecretaris|[Aa]mbtgenoot|[Aa]mbtgeno(?:o)?te(?:n)?)"
_PORTFOLIO = (
    r"(?:(?:van|voor)\s+)?[A-Z][\w’-]+(?:(?:,?\s+(?:en|in|van|de|het|der|voor)){0,3},?\s+[A-Z][\w’-]+){0,6}"
    r"(?:\s+\([A-Z]{2,5}\))?"
)
_MENTION = re.compile(rf"(?<!\w){_OFFICE}s?\s+{_PORTFOLIO}")
# "minister Duinstra": a name, no portfolio.
_PERSON = re.compile(
    rf"{_OFFICE}\s+(?:[A-Z]\.\s?)*(?:[Vv][ao]n\s+(?:[Dd]e[rn]?\s+)?|[Dd]e\s+)?[A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)?"
)
_COLLEAGUE = re.compile(
    r"(?<!\w)(?:mijn|onze)\s+(?:\w+e\s+)?(?:collega(?![’'`]s)|ambtgeno\w+|collega-bewindsperso\w+|collega[’'`]s(?=\s(?:van|voor)\s(?-i:[A-Z])))"
    r"(?!\w)(?:\s+(?:de\s+)?(?:minister|staatssecretaris|van|voor)\s+(?-i:[A-Z])[^.,;]{0,60}?"
    r"(?=[.,;]|\s(?:heeft|is|zal|en|over|die|dat|wordt)))?",
    re.IGNORECASE,
)
# "hoge vertegenwoordiger Duinstra", "de president van Duinland"
_POST = re.compile(
    rf"(?<!\w){one_of('posts')}\s+(?!van\s+(?:de|het)\s)(?:(?:[A-Z]\.\s?)+)?(?:(?:van|von|de|der|den)\s+){{0,2}}(?:V[ao]n\s+(?:d[ee]r?\s+)?|De\s+)?[A-Z][\w’-]+"
)
_ON_BEHALF = re.compile(
    rf"(?:mede\s+namens|namens)\s+(?:de\s+|mijn\s+(?:collega|ambtgeno\w+)\s+)?{_OFFICE}s?\s+{_PORTFOLIO}"
)
# A power that the law gives to the office, whoever holds it.
_POWER = re.compile(
    r"\b(?:op grond van|krachtens|bij wet|bevoegd\w*|wettelijk\w*|ingevolge|aangewezen)\b", re.IGNORECASE
)
# "de minister van Duinen Anna Zeewind": whoever that is, the register speaks of the Dutch one.
_NAME_BEHIND = re.compile(r"\s+[A-Z]")
_TITLE = r"(?:[Mm]inister\s+|[Ss]taatssecretaris\s+)?(?:(?:[A-Z]\.\s?)+|[A-Z][a-zë]+\s+)?"
_ASKED = re.compile(r"\baan\s+(?:de|het)\s+$")
RECENT = datetime.timedelta(days=92)
"""Who signed within this time before the reference date is taken to be in office."""


def people(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rule office-holder in what the writer says."""
    return (one for one in _people(unit, case) if one.end > one.start)


def _people(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    for pattern in (_ON_BEHALF, _MENTION, _COLLEAGUE, _POST):
        for match in pattern.finditer(unit.text):
            if unit.in_quotes(match.start()) or _asked(unit, match.start()):
                continue
            start, end = unit.sentence_at(match.start())
            power = bool(_POWER.search(unit.text, start, end))
            found = StaleExpression("office-holder", match.start(), match.end(), case.date, power)
            if pattern is _COLLEAGUE:
                found = dataclasses.replace(found, info=True)  # the words hold for whoever is in office
            past = tells_past(unit.text[start:end])
            if pattern is _POST:
                # A mayor or a commissioner stays when a cabinet goes, and what one did remains so.
                yield dataclasses.replace(found, info=power or past)
            else:
                yield found if power else _of_its_holder(found, match[0], case, past)


def of_its_cabinet(found: StaleExpression, case: Case) -> StaleExpression:
    """`found` with the cabinet that the text was written under, where that has gone."""
    cabinet = None if case.date is None else case.registers.cabinet_on(case.date)
    last = cabinet.period.last if cabinet else None
    if cabinet is None or last is None or case.as_of <= last:
        return found
    detail = f"Het stuk is van het {cabinet.name}, dat tot en met {dutch_date(last)} regeerde."
    return dataclasses.replace(found, stale_from=last + DAY, detail=detail, grade=Grade.EXPIRED, dated=True)


def _of_its_holder(found: StaleExpression, words: str, case: Case, past: bool = False) -> StaleExpression:
    """`found` with who held the office that `words` name when the text was written, and who does now.

    `past`: the sentence tells what was done; by a minister whom the register does not know, it stays true.
    """
    registers, date, tenure = case.registers, case.date, None
    named = _title_pattern(registers).search(words)
    if date and named and named["office"] and not _NAME_BEHIND.match(words, named.end()):
        office, portfolio = named["office"].lower(), registers.names[named["name"]]
        tenure = registers.holder(office, portfolio, date)
        found = _of_tenure(found, tenure, case)
        # The words are those of the office: while that is there they are right, whoever holds it.
        return dataclasses.replace(found, info=found.info or registers.in_use(office, portfolio, case.as_of))
    if date and not named:
        tenure = registers.person(words, None, date)
        if tenure is None and past and _PERSON.fullmatch(words):
            return dataclasses.replace(found, info=True)
    return _of_tenure(found, tenure, case)


def _of_tenure(found: StaleExpression, tenure: Tenure | None, case: Case) -> StaleExpression:
    """`found` with what the register says of who is meant; without words where that one is in the office again."""
    if tenure is None:
        return of_its_cabinet(found, case)
    left, now = case.registers.left(tenure), case.registers.latest(tenure)
    if left is None or case.as_of <= left:
        return found
    if now is not None and now.name == tenure.name and now.period.runs_on(case.as_of):
        # Back in the same office: the name is right, as far as is known.
        return dataclasses.replace(found, end=found.start)
    detail = f"{tenure.name} was dat tot en met {dutch_date(left)}"
    if now is not None and left < now.period.first <= case.as_of:
        detail += f"; sinds {dutch_date(now.period.first)} is dat {now.name}"
        detail += _as_known(now.period.known, case.as_of)
    return dataclasses.replace(found, stale_from=left + DAY, detail=f"{detail}.", grade=Grade.EXPIRED, dated=True)


def signatures(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    """Expressions of the rule office-holder in a heading or under a letter."""
    return (one for one in _signatures(unit, case) if one.end > one.start)


def _signatures(unit: TextUnit, case: Case) -> Iterator[StaleExpression]:
    document = case.document
    for holder in (*document.ministers, *document.on_behalf_of) if document else ():
        if holder.name:
            last_name = re.sub(r"^(?:[A-Z]\.\s?)+|^[A-Z]\w+\s+(?=(?:van|de|der|den|ter|ten)\b)", "", holder.name)
            for match in re.finditer(rf"{_TITLE}{re.escape(last_name)}(?!\w)", unit.text, re.IGNORECASE):
                yield _signed(match.start(), match.end(), holder, case)
    for match in _ON_BEHALF.finditer(unit.text):
        yield _of_its_holder(StaleExpression("office-holder", match.start(), match.end(), case.date), match[0], case)


def _signed(start: int, end: int, holder: OfficeHolder, case: Case) -> StaleExpression:
    found = StaleExpression("office-holder", start, end, case.date)
    tenure = case.registers.person(holder.name or "", holder.portfolio, case.date) if case.date else None
    plain = _of_tenure(found, tenure, case)
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
    """Expressions of the rule ministry: names and titles that were right and are no longer."""
    for match in _title_pattern(case.registers).finditer(unit.text):
        name = case.registers.names[match["name"]]
        ended = case.registers.name_ended(name, case.date, case.as_of, title=match["office"] is not None)
        if (
            ended is None
            or _asked(unit, match.start())
            or unit.in_quotes(match.start())
            or (case.bank and case.bank.signed_since(name, ended))
        ):
            continue
        first, now = case.registers.successors(name, ended, case.as_of)
        detail = f"sinds {dutch_date(ended + DAY)}" + (f" is dat {_row(first)}" if first else " bestaat dat niet meer")
        detail += f", nu {_row(now)}" if now else ""
        detail += f"{_as_known(case.registers.names_known(now or first), case.as_of)}."
        yield StaleExpression(
            "ministry", match.start(), match.end(), ended + DAY, detail=detail, grade=Grade.EXPIRED, dated=True
        )


def _as_known(known: datetime.date | None, as_of: datetime.date) -> str:
    """Up to which day a register was kept, where that is before the reference date: what came after it cannot know."""
    return f" (bekend tot en met {dutch_date(known)})" if known and known < as_of else ""


def _asked(unit: TextUnit, position: int) -> bool:
    """Whether "aan de" stands before it: to whom questions were put does not change."""
    return _ASKED.search(unit.text[max(0, position - 12) : position]) is not None


def _row(names: Sequence[str]) -> str:
    return " en ".join(filter(None, ("; ".join(names[:-1]), names[-1])))


@lru_cache(maxsize=8)
def _title_pattern(registers: Registers) -> re.Pattern[str]:
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(registers.names, key=len, reverse=True))
    return re.compile(
        r"(?:[Mm]inisterie|[Dd]epartement|(?P<office>[Mm]inister|[Ss]taatssecretaris))s?\s+(?:van|voor)\s+"
        rf"(?P<name>{names})(?!\w|,\s[A-Z]|\s+en\s+[A-Z])(?:\s+\([A-Z][\w&]{{1,6}}\))?"
    )
