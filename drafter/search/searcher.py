"""The search itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.search.values import FoundPassage, SearchQuery, SearchResult

if TYPE_CHECKING:
    from answers_bank.bank import Bank
    from embeddings.encoder import Encoder


class Searcher:
    """Searches one bank. Without an encoder it goes by words alone."""

    def __init__(self, bank: Bank, encoder: Encoder | None = None) -> None:
        self.bank = bank
        self.encoder = encoder

    def search(self, query: SearchQuery) -> tuple[SearchResult, ...]:
        """Questions with their answers, and sections of letters, best first."""
        raise NotImplementedError

    def passages(self, query: SearchQuery) -> tuple[FoundPassage, ...]:
        """Passages, best first, at most `query.k`."""
        raise NotImplementedError

    def is_match(self, score: float) -> bool:
        """Whether a score is high enough to speak of a source."""
        raise NotImplementedError
