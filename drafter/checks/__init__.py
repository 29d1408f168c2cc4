"""The checks (signalen): what is stale, wrongly cited, left unanswered or contradicted in a text.

`check_document` checks a whole document, `check_block` a paragraph of a draft, `check_answer` whether an answer in
progress takes up everything that is asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from answers_bank.documents import Document
from drafter.checks.citations import Citations
from drafter.checks.coverage import CoverageCheck, check_answer
from drafter.checks.finding import Check, Context, Finding, Subject
from drafter.checks.rules import Rule, rules
from drafter.checks.staleness import Staleness

__all__ = ["CHECKS", "Rule", "check_answer", "check_block", "check_document", "rules"]

CHECKS: dict[str, Check] = {"staleness": Staleness(), "citations": Citations(), "coverage": CoverageCheck()}


def check_document(document: Document, context: Context, only: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Findings on a whole document, in the order of its text; offsets are into `document.text`."""
    return _run(Subject(document.text, document.date, document), context, only)


def check_block(text: str, date: datetime.date | None, context: Context) -> tuple[Finding, ...]:
    """Findings on a paragraph of a draft that comes from a document of `date`; offsets are into `text`."""
    return _run(Subject(text, date), context, ("staleness", "citations"))


def _run(subject: Subject, context: Context, only: Iterable[str] | None) -> tuple[Finding, ...]:
    names = set(CHECKS) if only is None else set(only)
    found = [finding for name, check in CHECKS.items() if name in names for finding in check.run(subject, context)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.check, f.rule)))
