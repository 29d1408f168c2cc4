"""One matter over time: a study that was running cannot be announced later, and a later document may be further on.

Two documents that speak of the same matter are put in the order of their dates; a paper that was promised may be there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from answers_bank.dutch.names.known import spellings
from answers_bank.dutch.time.moments import Moment
from answers_bank.dutch.words import fold
from answers_bank.store.stored import StoredPassage
from drafter.checks.bank_lookup import BankLookup
from drafter.checks.builder import finding, when
from drafter.checks.comparison.conflict import ConflictType
from drafter.checks.comparison.context import Pair
from drafter.checks.comparison.statements.statement import statement
from drafter.checks.comparison.tense import tense_differences
from drafter.checks.consistency.sentence_similarity import LONGEST, Kin, is_referral
from drafter.checks.consistency.work_status import LAW_STAGES, LAWS, STAGES, Mention, is_expected, mentions
from drafter.checks.finding import Evidence, Finding, Severity
from drafter.checks.text import TextSpan, TextUnit

_CANDIDATES = 10
_TELLING = 1.6
"""What the surroundings of two mentions must share to be of one matter, as kinship counts."""

_APART = 3.0
"""What each may have of its own, as kinship counts."""

_APART_MANY = 1.5
"""The same for things of which there are many."""

_MANY = LAWS | {"register", "website", "akkoord", "advies", "rapport", "loket"}

_DUTCH = {
    "announced": "aangekondigd", "planned": "gepland", "preparation": "in voorbereiding", "started": "gestart",
    "running": "loopt",
    "awaited": "verwacht", "done": "afgerond", "sent": "verzonden of gepubliceerd", "halted": "gestopt of uitgesteld",
    "consultation": "in consultatie", "council of state": "bij de Raad van State", "submitted": "ingediend",
    "upper house": "bij de Eerste Kamer", "adopted": "aangenomen", "published": "bekendgemaakt",
    "in force": "in werking",
}  # fmt: skip


def matter_findings(units: Iterable[TextUnit], bank: BankLookup, kin: Kin) -> list[Finding]:
    """Findings on matters whose state elsewhere does not fit the order of the dates, or is further on."""
    found: list[Finding] = []
    told: set[tuple[str, str, str]] = set()
    for unit in units:
        for mine in mentions(unit.text, bank.date):
            if is_referral(mine.sentence) or len(mine.sentence.split()) > LONGEST or _is_stage(mine):
                continue
            others = [
                (passage, other)
                for passage in _passages(bank, mine)
                for other in mentions(passage.text, passage.date)
                if other.sentence != mine.sentence and mine.same_matter(other) and not is_referral(other.sentence)
                if len(other.sentence.split()) <= LONGEST and not _is_stage(other) and _of_one_matter(kin, mine, other)
            ]
            for one in _out_of_order(unit, mine, others, bank.date):
                key = (mine.noun, one.message, one.evidence[0].document)
                if key not in told:
                    told.add(key)
                    found.append(one)
    return found


def _is_stage(mention: Mention) -> bool:
    """Whether "advies" is no matter but how far a bill is: "ligt voor advies bij de Raad van State"."""
    return mention.noun == "advies" and mention.stage == "council of state"


def _of_one_matter(kin: Kin, mine: Mention, other: Mention) -> bool:
    kinship = kin.kinship(mine.context, other.context)
    # Decrees and registers are many: their surroundings must be more alike than those of one named study.
    return kinship.shared >= _TELLING and kinship.apart <= (_APART_MANY if mine.noun in _MANY else _APART)


def _passages(bank: BankLookup, mine: Mention) -> list[StoredPassage]:
    """Passages that may speak of the same matter: its noun with a name, or with its longest words."""
    queries = [f"{mine.noun} {name}" for key in sorted(mine.names)[:3] for name in spellings(key)[:3]]
    telling = {fold(word.text) for word in statement(mine.context).words if word.stem in mine.qualifiers}
    rare = sorted(telling, key=lambda word: (-len(word), word))
    queries += [f"{mine.noun} {word}" for word in rare[:3]]
    found = {passage.key: passage for query in queries for passage in bank.holding(query, _CANDIDATES, "all")}
    return list(found.values())


def _out_of_order(
    unit: TextUnit, mine: Mention, others: list[tuple[StoredPassage, Mention]], date: datetime.date | None
) -> Iterator[Finding]:
    later: list[tuple[StoredPassage, Mention]] = []
    clash: list[tuple[StoredPassage, Mention]] = []
    for passage, other in others:
        if passage.date is None or date is None:
            continue
        newer = passage.date > date
        step = _step(mine, other)
        if step is None:
            step = _done(mine, other)
        if step is not None and step != 0:
            forwards = step > 0
            if newer == forwards:
                later += [(passage, other)] if newer else []  # how far it was before is history
            elif passage.date != date:
                clash.append((passage, other))
        elif newer and mine.expected and other.expected and _shifted(mine.expected, other.expected):
            later.append((passage, other))
    place = TextSpan(unit, mine.start, mine.end)
    for group in (clash, later):
        if not group:
            continue
        group.sort(key=lambda pair: pair[0].date or datetime.date.min, reverse=True)
        passage, other = group[0]
        detail = f"{_states(mine.stage, other.stage, f'{passage.document} {when(passage.date, date)}')}. "
        detail += (
            "Neem de nieuwere stand over, of noem de datum."
            if group is later
            else "Dat past niet bij de volgorde van de datums: ga na wat klopt."
        )
        evidence = [Evidence(p.document, p.date, " ".join(m.sentence.split())) for p, m in group]
        # A campaign or a working group may be another one, unless both are of one law; what ran and is done is said.
        finished = group is later and mine.stage == "running" and other.stage in ("done", "sent")
        named = finished or any(mine.laws and one.laws for _, one in group)
        yield finding(
            "consistency/timeline", place, detail, evidence=evidence, severity=None if named else Severity.INFO
        )


def _states(here: str, there: str, other: str) -> str:
    """What this text and the `other` say of the state of a matter."""
    if not (here and there):
        return f"{other} zegt hierover iets anders"
    if here == there:
        return f"ook {other} zegt ‘{_DUTCH[there]}’, maar noemt een ander moment"
    return f"hier is de stand ‘{_DUTCH[here]}’, in {other} ‘{_DUTCH[there]}’"


def _shifted(mine: tuple[Moment, ...], theirs: tuple[Moment, ...]) -> bool:
    """Whether what is expected is expected at another moment, or at one that is told more exactly."""
    if not any(a.agrees(b) for a in mine for b in theirs):
        return True
    return all(not a.months and b.months for a in mine for b in theirs if a.agrees(b))


def _done(mine: Mention, other: Mention) -> int | None:
    """1 where `other` has done what `mine` is still to do, by one verb in both; -1 the other way round; else None."""
    conflict = next(tense_differences(Pair(statement(other.sentence), statement(mine.sentence))), None)
    if conflict is None:
        return None
    return 1 if conflict.type is ConflictType.UPDATE else -1


def _step(mine: Mention, other: Mention) -> int | None:
    """How much further `other` is than `mine`; None where that cannot be said."""
    stages = {mine.stage, other.stage}
    if "awaited" in stages and not stages & {"done", "sent"}:
        return None
    ladder = LAW_STAGES if mine.law else STAGES
    if mine.law != other.law or mine.stage not in ladder or other.stage not in ladder:
        return None
    return ladder.index(other.stage) - ladder.index(mine.stage)


_PAPER = re.compile(
    r"\b[\w-]*(?:brief|reactie|rapport|rapportage|notitie|nota|agenda|plan|visie|strategie|evaluatie)(?=\s)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s+(?:over\s+(?:de\s+|het\s+)?)?[‘«“\"](?P<title>[^’»”\"\n]{8,90})[’»”\"]")


def promised_findings(units: Iterable[TextUnit], bank: BankLookup) -> list[Finding]:
    """Findings on papers that were to come, of which a later letter bears the name."""
    found = []
    told: set[str] = set()
    for unit in units if bank.date is not None else ():
        for start, end in unit.sentences:
            text = unit.text[start:end]
            for match in _PAPER.finditer(text) if is_expected(text) else ():
                later = bank.appeared(_named(text, match.end()), fold(match[0]))
                if later is None or later.document in told:
                    continue
                told.add(later.document)
                place = TextSpan(unit, start + match.start(), start + match.end())
                paper = f"{later.document} {when(later.date, bank.date)}"
                detail = f"toegezegd, en zo te zien verschenen: {paper}. Noem dat stuk in plaats van de toezegging."
                found.append(finding("consistency/timeline", place, detail, evidence=[later]))
    return found


def _named(text: str, position: int) -> str:
    """The title or name right behind a paper; empty where there is none."""
    title = _TITLE.match(text, position)
    if title:
        return title["title"]
    return next((name.text for name in statement(text).names if 0 < name.start - position <= 2), "")
