"""Answers that point to another answer: is it there, and does it say anything itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answers_bank.documents import Document
from drafter.checks.builder import finding
from drafter.checks.case import Case
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan, TextUnit, Zone

POINTS = re.compile(
    r"(?:antwoord(?:en)?|beantwoording)\s+(?:op|van|onder|bij)?\s*(?:de\s+)?(?:vraag|vragen)\s+"
    r"(?P<numbers>\d+(?:\s*(?:,|en|of|t/m|tot en met|-|–)+\s*\d+)*)",
    re.IGNORECASE,
)
"""A reference to the answer to numbered questions."""

_PREVIOUS = re.compile(
    r"\b(?:(?:vorige|voorgaande|bovenstaande)\s+(?:antwoord|antwoorden|vraag|vragen|beantwoording)|antwoord(?:en)?\s+hierboven)\b",
    re.IGNORECASE,
)
_OTHER_SET = re.compile(r"\s+(?:van|in)\s+(?:de|het)\s+(?:lid|leden|brief|Aanhangsel|set|eerdere|verslag|schriftelijk)")

ONLY_POINTS = 25
"""An answer with a reference and at most so many words says nothing else."""


def pointers(case: Case, document: Document) -> Iterator[Finding]:
    """Findings of the rule points-nowhere."""
    known = {n for a in document.answers for n in a.numbers}
    empty = _only_pointing(document)
    answers = [unit for unit in case.text.units if unit.zone is Zone.ANSWER]
    for unit in answers:
        for match in POINTS.finditer(unit.text):
            # "het antwoord op vraag 3 van het lid X" is about another set.
            detail = None if _OTHER_SET.match(unit.text, match.end()) else _nowhere(match, unit, known, empty)
            if detail is not None:
                yield finding("coverage/points-nowhere", TextSpan(unit, *match.span()), detail)
        first = unit is answers[0] and unit.number == min(known, default=None)
        previous = _PREVIOUS.search(unit.text) if first else None
        if previous:
            yield finding("coverage/points-nowhere", TextSpan(unit, *previous.span()), "Dit is het eerste antwoord.")


def _nowhere(match: re.Match[str], unit: TextUnit, known: set[int], empty: dict[int, set[int]]) -> str | None:
    """What is wrong with a reference; None where it leads somewhere."""
    aims, own = _numbers(match["numbers"]), set(unit.numbers)
    gone = sorted(aims - known)
    if gone:
        return f"Er is geen antwoord op vraag {listed(gone)}."
    if aims <= own:
        return "Het verwijst naar zichzelf."
    if own & set(empty) and _ends_nowhere(aims, own, empty):
        return "Daar staat ook alleen een verwijzing terug."
    return None


def _only_pointing(document: Document) -> dict[int, set[int]]:
    """The questions whose answer only points elsewhere in the set, and where to."""
    found: dict[int, set[int]] = {}
    for answer in document.answers:
        text = answer.text
        aims = {n for m in POINTS.finditer(text) for n in _numbers(m["numbers"])}
        if aims and len(text.split()) <= ONLY_POINTS and not _OTHER_SET.search(text):
            found |= dict.fromkeys(answer.numbers, aims - set(answer.numbers))
    return found


def _ends_nowhere(aims: set[int], own: set[int], empty: dict[int, set[int]]) -> bool:
    """Whether following the references never comes to an answer that says something."""
    seen, open_ = set(own), set(aims)
    while open_:
        number = open_.pop()
        if number in seen:
            continue
        if number not in empty:
            return False
        seen.add(number)
        open_ |= empty[number]
    return True


def _numbers(text: str) -> set[int]:
    """The numbers of "3 en 4" and "3 t/m 6"."""
    found: set[int] = set()
    for match in re.finditer(r"(\d{1,3})(?:\s*(?:t/m|tot en met|-|–)\s*(\d{1,3}))?", text):
        first, last = int(match[1]), int(match[2] or match[1])
        found |= set(range(first, last + 1)) if first <= last else {first, last}
    return found


def listed(numbers: Sequence[int]) -> str:
    """Numbers of questions in words: "2, 5 en 9"."""
    head = [str(n) for n in numbers]
    return head[0] if len(head) == 1 else ", ".join(head[:-1]) + " en " + head[-1]
