"""What a reviewer wants to know of a draft before reading it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from drafter.checks.finding import Severity
from drafter.dossier import BlockState, Dossier


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """Shares are percentages of the words; together 100, or 0 for an empty draft."""

    verbatim: int
    edited: int
    own: int
    oldest: datetime.date | None
    """Date of the oldest source."""

    blocks: int
    accepted: int
    remarks: int
    warnings: int


def review_summary(dossier: Dossier) -> ReviewSummary:
    """The summary of `dossier`."""
    blocks = [block for answer in dossier.answers for block in answer.blocks]
    words = dict.fromkeys(BlockState, 0)
    for block in blocks:
        words[block.state] += len(block.text.split())
    total = sum(words.values())
    verbatim, edited = (
        (round(100 * words[state] / total) if total else 0) for state in (BlockState.VERBATIM, BlockState.EDITED)
    )
    dates = [origin.date for block in blocks for origin in block.origins if origin.date]
    return ReviewSummary(
        verbatim=verbatim,
        edited=edited,
        own=max(100 - verbatim - edited, 0) if total else 0,
        oldest=min(dates, default=None),
        blocks=len(blocks),
        accepted=sum(bool(block.accepted_by) for block in blocks),
        remarks=sum(bool(block.remark) for block in blocks),
        warnings=sum(f.severity is Severity.WARNING for block in blocks for f in block.open_findings),
    )
