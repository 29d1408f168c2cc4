"""The checks (signalen): what is stale, wrongly cited, left unanswered or contradicted in a text.

`check_document` checks a whole document, `check_block` a paragraph of a draft, `check_answer` whether an answer in
progress takes up everything that is asked; `rules` says what there is to be told.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from answers_bank.documents import Document, Question
from drafter.checks.case import Case
from drafter.checks.finding import Context, Coverage, Finding
from drafter.checks.matters import one_a_matter
from drafter.checks.rules import CHECK_NAMES, Rule, check_rule_names, rules
from drafter.checks.text import CheckedText
from drafter.checks.titles import with_titles

if TYPE_CHECKING:
    from drafter.checks.finding import Coverage, Near

__all__ = ["CHECK_NAMES", "Rule", "check_answer", "check_block", "check_document", "check_rule_names", "rules"]


# A check is imported when it first runs: it brings word lists and a stemmer that need not be there to show findings.
def _staleness(case: Case) -> Iterable[Finding]:
    from drafter.checks.staleness.check import staleness

    return staleness(case)


def _citations(case: Case) -> Iterable[Finding]:
    from drafter.checks.citations.check import citations

    return citations(case)


def _coverage(case: Case) -> Iterable[Finding]:
    from drafter.checks.coverage.check import coverage

    return coverage(case)


def _consistency(case: Case) -> Iterable[Finding]:
    from drafter.checks.consistency.check import consistency

    return consistency(case)


_CHECKS: dict[str, Callable[[Case], Iterable[Finding]]] = {
    "staleness": _staleness,
    "citations": _citations,
    "coverage": _coverage,
    "consistency": _consistency,
}


def check_document(document: Document, context: Context, only: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Findings on a whole document, in the order of its text; offsets are into `document.text`.

    Args:
        document: what to check; relative time counts from its date.
        context: the reference date, the bank, and the rules that are switched off.
        only: names of checks; None is all of them.
    """
    return _run(Case(CheckedText.of_document(document), context), CHECK_NAMES if only is None else only)


def check_block(
    text: str,
    date: datetime.date | None,
    context: Context,
    intended: Iterable[str] = (),
    only: Iterable[str] = ("staleness", "citations", "consistency"),
) -> tuple[Finding, ...]:
    """Findings on a paragraph of a draft that comes from a document of `date`; offsets are into `text`.

    `intended` are the rules that the user marked "bewust zo" on this block, as "rule" or "rule: reason".
    """
    meant = {mark.split(":", 1)[0].strip().rpartition("/")[2] for mark in intended}
    found = _run(Case(CheckedText.of_block(text, date), context), only)
    return tuple(finding for finding in found if finding.rule not in meant)


def check_answer(
    question: Question, texts: Sequence[str] | str, blocks: Sequence[str] = (), near: Near | None = None
) -> tuple[Coverage, ...]:
    """Which parts of `question` an answer in progress takes up.

    Args:
        question: what is asked, with its sub-questions.
        texts: the paragraphs of the answer.
        blocks: their block ids, in the same order; the first that takes a part up is named.
        near: settles by meaning what the words leave open.
    """
    from drafter.checks.coverage.answered import covered_parts

    return covered_parts(question, [texts] if isinstance(texts, str) else texts, blocks, near)


def _run(case: Case, only: Iterable[str]) -> tuple[Finding, ...]:
    wanted, off = set(only), case.context.off
    found = [
        finding
        for name, check in _CHECKS.items()
        if name in wanted and name not in off
        for finding in check(case)
        if f"{finding.check}/{finding.rule}" not in off
    ]
    told = one_a_matter(found)
    if case.context.bank is not None:
        told = with_titles(told, case.context.bank)
    return tuple(sorted(told, key=lambda f: (f.start, f.end, f.check, f.rule)))
