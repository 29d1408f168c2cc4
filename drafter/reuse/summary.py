"""What a reviewer wants to know of a text before reading it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from drafter.checks.finding import Severity
from drafter.reuse.rows import ReviewedParagraph
from drafter.reuse.values import Label, word_shares


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """Shares are percentages of the words; together 100, or 0 for an empty text."""

    verbatim: int
    edited: int
    own: int
    oldest: datetime.date | None
    """Date of the oldest source."""

    passages: int
    accepted: int
    remarks: int
    """Threads that are not done."""

    warnings: int
    changes: int
    """Changes that alter what is said."""


def review_summary(paragraphs: tuple[ReviewedParagraph, ...]) -> ReviewSummary:
    """The summary of a text under review."""
    blocks = [paragraph.block for paragraph in paragraphs if paragraph.block]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
    share = word_shares(sentences)
    dates = [sentence.best.date for sentence in sentences if sentence.best and sentence.best.date]
    found = dict.fromkeys(
        (id(p.block) if p.block else 0, f) for p in paragraphs for s in p.sentences for f in s.findings
    )
    return ReviewSummary(
        verbatim=share[Label.VERBATIM],
        edited=share[Label.EDITED],
        own=share[Label.OWN],
        oldest=min(dates, default=None),
        passages=len(paragraphs),
        accepted=sum(bool(block.accepted_by) for block in blocks),
        remarks=sum(not thread.done for block in blocks for thread in block.discussion),
        warnings=sum(finding.severity is Severity.WARNING for _, finding in found),
        changes=sum(change.kind != "footnote" for sentence in sentences for change in sentence.changes),
    )
