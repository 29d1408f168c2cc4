"""Titles in place of ids: what a reader knows a document of the bank by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.checks.finding import Evidence, Finding

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

LONGEST_TITLE = 70
"""Characters of a title that a message shows."""


def with_titles(findings: Sequence[Finding], bank: Bank) -> list[Finding]:
    """`findings` whose evidence and messages name documents by their titles; an id without a title stays."""
    ids = list(dict.fromkeys(one.document for finding in findings for one in finding.evidence if one.document))
    titles = {key: " ".join(found.title.split()) for key, found in bank.summaries_of(ids).items()} if ids else {}
    return [_named(finding, titles) for finding in findings]


def _named(finding: Finding, titles: dict[str, str]) -> Finding:
    known = {one.document: titles[one.document] for one in finding.evidence if titles.get(one.document)}
    if not known:
        return finding
    row = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    message = re.sub(rf"(?<![\w‘])(?:{row})(?!\w)", lambda match: f"‘{short_title(known[match[0]])}’", finding.message)
    evidence = tuple(_entitled(one, known) for one in finding.evidence)
    return replace(finding, message=message, evidence=evidence)


def _entitled(one: Evidence, titles: dict[str, str]) -> Evidence:
    return replace(one, title=titles[one.document]) if one.document in titles else one


def short_title(title: str) -> str:
    """A title of at most `LONGEST_TITLE` characters, cut between words."""
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
