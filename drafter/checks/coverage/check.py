"""Whether everything that is asked is answered (dekking)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers_bank.documents import Document, Kind
from answers_bank.dutch.patterns import one_of
from drafter.checks.builder import DocumentSpan, finding
from drafter.checks.case import Case
from drafter.checks.coverage.pointers import listed, pointers
from drafter.checks.coverage.sub_questions import follow_ups, sub_questions
from drafter.checks.coverage.terms import terms
from drafter.checks.finding import Finding
from drafter.checks.text import TextSpan, Zone

_APART = re.compile(
    rf"(?:vragen|vraag|deze)\b[^.?]{{0,60}}\b{one_of('apart')}\b[^.?]{{0,40}}\bbeantwoord", re.IGNORECASE
)
_REFUSAL = re.compile(rf"\b{one_of('withholding')}\b[^.]{{0,80}}?\b{one_of('withheld')}\b", re.IGNORECASE)
_GROUND = re.compile(one_of("grounds"), re.IGNORECASE)


def coverage(case: Case) -> list[Finding]:
    """The findings of the check, in the order of the text; nothing for what is no set of answers."""
    document = case.document
    if document is None:
        return []
    found = list(terms(document, case.bank))
    if document.kind is Kind.ANSWER and document.questions:
        found += [*no_answer(document), *combined(document), *pointers(case, document), *follow_ups(document)]
        found += [*sub_questions(document, case.context.near), *refusals(case)]
    return sorted(found, key=lambda f: (f.start, f.end))


def no_answer(document: Document) -> Iterator[Finding]:
    """Findings of the rule no-answer."""
    answered = {n for a in document.answers if a.text.strip() for n in a.numbers}
    for question in document.questions:
        missing = [n for n in question.numbers if n not in answered]
        if missing:
            place = DocumentSpan(question.start, question.end, question.text, missing[0])
            yield finding("coverage/no-answer", place, f"Op vraag {listed(missing)} staat geen antwoord.")


def combined(document: Document) -> Iterator[Finding]:
    """Findings of the rule combined."""
    asked = next((q for q in document.questions if _APART.search(q.text)), None)
    for answer in document.answers if asked else ():
        numbers = [n for n in answer.numbers if asked and n not in asked.numbers]
        if len(numbers) > 1 and answer.paragraphs:
            first = answer.paragraphs[0]
            place = DocumentSpan(first.start, first.end, number=numbers[0])
            yield finding("coverage/combined", place, f"Vraag {listed(numbers)} zijn samen beantwoord.")


def refusals(case: Case) -> Iterator[Finding]:
    """Findings of the rule refusal: nothing around it says why."""
    answers = [unit for unit in case.text.units if unit.zone is Zone.ANSWER]
    for index, unit in enumerate(answers):
        near = [one.text for one in answers[max(0, index - 1) : index + 2] if one.numbers == unit.numbers]
        for start, end in unit.sentences if not _GROUND.search(" ".join(near)) else ():
            match = _REFUSAL.search(unit.text, start, end)
            if match:
                yield finding("coverage/refusal", TextSpan(unit, *match.span()))
