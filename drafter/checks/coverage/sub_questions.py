"""Sub-questions: which parts of a question an answer leaves open, and whether it goes on after yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers_bank.documents import Document
from drafter.checks.builder import DocumentSpan, finding
from drafter.checks.comparison.statements.statement import statement
from drafter.checks.coverage.answered import FOLLOW, LONG_ANSWER, covered_parts, polarity
from drafter.checks.coverage.pointers import POINTS
from drafter.checks.coverage.wanted import Wanted, gives, wanted
from drafter.checks.finding import Finding, Near

LEAST_WORDS = 12
"""A shorter answer is not held against the parts of its question: "Ja, dat klopt" answers them all."""


def sub_questions(document: Document, near: Near | None) -> Iterator[Finding]:
    """Findings of the rule sub-question: parts for which an answer has nothing."""
    for answer in document.answers:
        texts = [passage.text for passage in answer.paragraphs]
        for number in answer.numbers:
            question = document.question(number)
            if question is None or len(answer.text.split()) < LEAST_WORDS:
                continue
            found = covered_parts(question, texts, (), near)
            for part in found if len(found) > 1 else ():
                if part.covered or part.doubtful:
                    continue
                at = question.text.find(part.text)
                place = question.text_map.to_source(at, at + len(part.text))
                yield finding("coverage/sub-question", DocumentSpan(*place, part.text, number))


def follow_ups(document: Document) -> Iterator[Finding]:
    """Findings of the rule follow-up: a "Zo nee, …" that an answer which says no leaves alone."""
    for answer in document.answers:
        words, said = answer.text.split(), polarity(answer.text.strip())
        if said is None or len(words) > LONG_ANSWER:
            continue
        for number in answer.numbers:
            question = document.question(number)
            for match in FOLLOW.finditer(question.text) if question else ():
                which = "ja" if match["which"].lower() == "ja" else "nee"
                if question is None or which != said or (len(words) > 6 and _takes_up(match[0], answer.text.strip())):
                    continue
                place = question.text_map.to_source(match.start(), match.end())
                shown = f"“{' '.join(words[:6])} …”" if len(words) > 6 else f"alleen “{' '.join(words)}”"
                span = DocumentSpan(*place, match[0], min(question.numbers, default=None))
                yield finding("coverage/follow-up", span, f"Het antwoord is {shown}.")


def _takes_up(asked: str, answer: str) -> bool:
    """Whether a short answer says what is asked for: a reason, a moment, a number, a way."""
    if POINTS.search(answer) or re.search(r"\b(?:zie|verwijs|verwezen)\b", answer, re.IGNORECASE):
        return True
    sort, long = wanted(asked), len(answer.split()) > LEAST_WORDS
    if sort is Wanted.MOMENT and re.search(r"\b(?:binnenkort|spoedig)\b", answer, re.IGNORECASE):
        return True
    if sort is Wanted.CONTENT or sort.is_yes_or_no:
        return long
    return gives(sort, statement(answer)) or (sort is Wanted.REASON and long)
