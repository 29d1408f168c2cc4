"""Findings as a reader wants them: one matter once, with all its places, and the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from drafter.checks.builder import MOST_EVIDENCE
from drafter.checks.finding import Finding, Grade


@dataclass(frozen=True, slots=True)
class Matter:
    """What is told once: the same words, of which the same rule says the same."""

    findings: tuple[Finding, ...]
    """At least one, in the order of the text."""

    @property
    def finding(self) -> Finding:
        """The first of them."""
        return self.findings[0]


def matters(findings: Iterable[Finding]) -> list[Matter]:
    """`findings` by matter, ordered by what goes wrong if nobody looks."""
    held: dict[tuple[str, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.start, f.end)):
        key = (finding.check, finding.rule, finding.severity, finding.quote.casefold(), finding.message.casefold())
        held.setdefault(key, []).append(finding)
    found = [Matter(tuple(same)) for same in held.values()]
    return sorted(found, key=lambda matter: gravity(matter.finding))


def gravity(finding: Finding) -> int:
    """How bad it is if nobody looks, 0 for the worst.

    A text that goes out with no answer, against another or with a citation that leads nowhere comes before what has
    surely passed; then what a new reader cannot understand, then what may have changed. What is only worth a look is
    last.
    """
    if not finding.is_warning:
        return 9
    if finding.check in {"coverage", "consistency"}:
        return 0
    if finding.grade is Grade.EXPIRED or finding.check == "citations":
        return 1
    return 2 if finding.grade is Grade.ADAPT else 3


_HOW_IT_WENT_ON = frozenset({"timeline", "date", "term", "status"})
"""Rules of contradiction that say how the matter of a sentence went on."""

_HOW_IT_STOOD = frozenset(
    "promise term expectation relative-date relative-period publication law-status pending ongoing figure".split()
)
"""Rules of staleness that say that a matter may have gone on."""


def one_a_matter(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` without what a stronger one on the same words of a sentence says as well.

    What the bank knows of how a matter went on is told once, with all passages; that the words may be stale says less.
    """
    held = list(findings)
    by_sentence: dict[str, list[Finding]] = {}
    for one in held:
        if one.sentence and one.is_warning:
            by_sentence.setdefault(one.sentence, []).append(one)
    for told in by_sentence.values():
        held = _without_place_that_is_gone(held, told)
        known = [one for one in told if one.check == "consistency" and one.rule in _HOW_IT_WENT_ON and _elsewhere(one)]
        if not known:
            held = _without_own_date(held, told)
            continue
        strongest = min(known, key=lambda one: (one.rule != "timeline", one.start))
        same = [one for one in known if one is strongest or _elsewhere(one) & _elsewhere(strongest)]
        same += [one for one in told if one.check == "staleness" and one.rule in _HOW_IT_STOOD and _meets(one, same)]
        if len(same) > 1:
            held = [one for one in held if one not in same]
            held.append(_together(strongest, same))
    return held


def _without_own_date(held: list[Finding], told: Sequence[Finding]) -> list[Finding]:
    """`held` without what is said of a date that has its rewriting: then the rewriting is what to do."""
    written = [one for one in told if one.check == "staleness" and one.suggestion]
    gone = [one for one in told if (one.check, one.rule) == ("consistency", "date") and _meets(one, written)]
    return [one for one in held if one not in gone]


def _without_place_that_is_gone(held: list[Finding], told: Sequence[Finding]) -> list[Finding]:
    """`held` without what is said of a reference in general where it surely leads nowhere."""
    nowhere = [one for one in told if (one.check, one.rule) == ("coverage", "points-nowhere")]
    gone = [
        one
        for one in told
        if (one.check, one.rule) == ("staleness", "internal-reference")
        and any(one.start < other.end and other.start < one.end for other in nowhere)
    ]
    return [one for one in held if one not in gone]


def _elsewhere(one: Finding) -> set[str]:
    return {item.document for item in one.evidence if item.document}


def _meets(one: Finding, others: Sequence[Finding]) -> bool:
    """Whether it is on the same words, or on what stands close to them in the sentence."""
    return any(one.start <= other.end + _CLOSE and other.start <= one.end + _CLOSE for other in others)


_CLOSE = 40
"""Characters between words that are still of one matter."""


def _together(strongest: Finding, same: Sequence[Finding]) -> Finding:
    evidence = tuple(dict.fromkeys(item for one in (strongest, *same) for item in one.evidence))
    return replace(strongest, evidence=evidence[:MOST_EVIDENCE])
