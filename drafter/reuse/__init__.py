"""Reuse: which sentences come from the bank, what was changed in them, what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.reuse.values import (
    Kinship,
    Label,
    LabelCounts,
    MeaningChange,
    NoteReview,
    PartSummary,
    ReusedPassage,
    Review,
    SentenceReview,
    SentenceSource,
    SourceTally,
)
from drafter.word_difference import word_diff

if TYPE_CHECKING:
    from drafter.reuse.reviewer import Reviewer

__all__ = [
    "Kinship",
    "Label",
    "LabelCounts",
    "MeaningChange",
    "NoteReview",
    "PartSummary",
    "ReusedPassage",
    "Review",
    "Reviewer",
    "SentenceReview",
    "SentenceSource",
    "SourceTally",
    "word_diff",
]


def __getattr__(name: str) -> object:
    # The engine needs numpy and the bank; the values that screens show do not.
    if name == "Reviewer":
        from drafter.reuse.reviewer import Reviewer

        return Reviewer
    raise AttributeError(name)
