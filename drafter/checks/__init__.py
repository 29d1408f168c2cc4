"""The checks (signalen): what is stale, wrongly cited, left unanswered or contradicted in a text.

`check_document` checks a whole document, `check_block` a paragraph of a draft, `check_answer` whether an answer in
progress takes up everything that is asked; `rules` says what there is to be told.
"""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.checks.finding import Check, Context, Finding, Subject
from drafter.checks.rules import Rule, check_rule_names, rules

if TYPE_CHECKING:
    from drafter.checks.coverage.check import check_answer

__all__ = ["CHECK_NAMES", "Rule", "check_answer", "check_block", "check_document", "check_rule_names", "rules"]

# Check -> (module, class); imported when the check first runs.
_CHECKS = {
    "staleness": ("drafter.checks.staleness.check", "Staleness"),
    "citations": ("drafter.checks.citations.check", "Citations"),
    "coverage": ("drafter.checks.coverage.check", "CoverageCheck"),
    "consistency": ("drafter.checks.consistency.check", "Consistency"),
}

CHECK_NAMES = tuple(_CHECKS)
"""The kinds of checks, in the order in which they are documented."""


def __getattr__(name: str) -> object:
    # The coverage check brings a stemmer and its word lists, which those who only show findings do not need.
    if name == "check_answer":
        from drafter.checks.coverage.check import check_answer

        return check_answer
    raise AttributeError(name)


def check_document(document: Document, context: Context, only: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Findings on a whole document, in the order of its text; offsets are into `document.text`.

    Args:
        document: what to check; relative time counts from its date.
        context: the reference date, the bank, and the rules that are switched off.
        only: names of checks; None is all of them.
    """
    return _run(Subject(document.text, document.date, document), context, CHECK_NAMES if only is None else only)


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
    found = _run(Subject(text, date), context, only)
    return tuple(finding for finding in found if finding.rule not in meant)


def _run(subject: Subject, context: Context, only: Iterable[str]) -> tuple[Finding, ...]:
    wanted = set(only)
    found = [
        finding
        for name in CHECK_NAMES
        if name in wanted and name not in context.off
        for finding in _check(name).run(subject, context)
        if f"{finding.check}/{finding.rule}" not in context.off
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.check, f.rule)))


@cache
def _check(name: str) -> Check:
    module, cls = _CHECKS[name]
    check: Check = getattr(importlib.import_module(module), cls)()
    return check
