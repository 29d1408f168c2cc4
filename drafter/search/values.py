"""What is asked of a search and what it gives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from answers_bank.json_values import fields_of
from answers_bank.store.stored import Filters, StoredPassage


class Mode(StrEnum):
    """What a search goes by."""

    HYBRID = "hybrid"
    MEANING = "meaning"
    WORDS = "words"
    """Words alone: needs no model and answers at once."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search."""

    text: str
    """A question, a set of questions, or a few words."""

    k: int = 10
    """How many results at most."""

    mode: Mode = Mode.HYBRID
    before: datetime.date | None = None
    """Only what is dated before this day."""

    portfolio: str | None = None
    """The addressee: answers of this portfolio are preferred, others stay in."""

    filters: Filters = field(default_factory=Filters)
    exclude: frozenset[str] = frozenset()
    """Ids of documents that must not be found, such as the one under review."""

    undated: bool = False
    """Whether what has no date is found all the same where `before` is given; it is shown as of an unknown date."""

    any_length: bool = False
    """Whether an answer that says next to nothing is as welcome as another: a bare "Ja." may be what is looked for."""

    by_number: bool = True
    """Whether a document whose own number is in the text comes first, also one that answers nothing."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of the bank that was found, and what speaks for it."""

    passage: StoredPassage
    score: float
    """Chance, 0 to 1, that it is of use for the search text; see docs/zoeken.md for how it is measured."""

    closeness: float = 0.0
    """Cosine of its piece with the search text; 0 where only words count."""

    covered: float = 0.0
    """Share of the search text's weight in words that stands in it, 0 to 1."""

    newest: str | None = None
    """Id of the newest variant, where this is an older variant of a standard passage."""

    @property
    def id(self) -> str:
        """Of the passage."""
        return self.passage.id

    @property
    def text(self) -> str:
        """Of the passage."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A question with its answer, or a section of a letter, that was found."""

    rank: int
    """1 is the best."""

    score: float
    """Chance, 0 to 1, that it is a source for the search text; see docs/zoeken.md for how it is measured."""

    scores: dict[str, float]
    """What the score is made of, by part."""

    document: str
    title: str
    date: datetime.date | None
    numbers: tuple[int, ...]
    """Questions that it answers; empty for a letter."""

    heading: str
    """The section's heading; empty for an answer."""

    question: str | None
    """The earlier question, where the document has one."""

    passages: tuple[FoundPassage, ...]
    """Of the answer or section, in reading order, each with its own score."""

    url: str | None
    portfolio: str | None
    """Who answered."""

    why: str
    """In plain Dutch: why this was found."""

    @property
    def json(self) -> dict[str, Any]:
        """The result as the command line prints it."""
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "scores": {name: round(value, 4) for name, value in self.scores.items()},
            **fields_of(self, "document title date numbers heading question"),
            "passages": [
                {**fields_of(p.passage, "id text start end"), "score": round(p.score, 4), "newest": p.newest}
                for p in self.passages
            ],
            "url": self.url,
            "why": self.why,
        }
