"""The search itself: candidates by meaning and by word, one score, and what is shown of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.search import reasons
from drafter.search.candidates import ORDERED, Candidate, Candidates, WeighedTerms
from drafter.search.generic import generic_vector
from drafter.search.values import FoundPassage, Mode, SearchQuery, SearchResult
from drafter.search.weights import (
    HYBRID,
    MATCH,
    MEANING,
    UNIT,
    UNIT_WORDS,
    WORDS,
    Weights,
    combined,
    content,
    passage_chance,
)
from embeddings.encoder import Vectors
from embeddings.errors import UsageError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.bank import Bank
    from embeddings.encoder import Encoder

_PASSAGE_UNITS = 40
"""Units whose passages are looked through when searching for passages."""


class Searcher:
    """Searches one bank; safe to use from several threads.

    Args:
        bank: follows it: what is added later is found.
        encoder: None to go by words alone, and then no model is needed.
        weights: of the parts, in place of those that were measured.

    Raises:
        BankError: the bank holds vectors of another model.
    """

    def __init__(self, bank: Bank, encoder: Encoder | None = None, weights: Weights | None = None) -> None:
        self.bank = bank
        self.encoder = encoder
        self._weights = weights
        self._candidates: Candidates | None = None
        self._lock = threading.Lock()
        if encoder is not None and bank.encoding.model() is not None:
            bank.encoding.check_model(encoder.identity)

    def prepare(self, progress: Progress = SILENT) -> Candidates:
        """Bring the caches beside the bank up to date; the first search does it too."""
        with self._lock:
            current = self._candidates
            if current is None or current.generation != self.bank.generation:
                generic = generic_vector(self.bank, self.encoder) if self.encoder else None
                current = Candidates(self.bank, self.encoder is not None, generic, progress)
                self._candidates = current
            return current

    def search(self, query: SearchQuery) -> tuple[SearchResult, ...]:
        """Questions with their answers, and sections of letters, best first; among equals the newest first."""
        return self.search_many([query])[0]

    def search_many(self, queries: Sequence[SearchQuery]) -> list[tuple[SearchResult, ...]]:
        """As `search`, for many at once; each gives what it would give alone."""
        candidates = self.prepare()
        vectors = self._encode(queries)
        return [self._search(candidates, q, v) for q, v in zip(queries, vectors, strict=True)]

    def passages(self, query: SearchQuery) -> tuple[FoundPassage, ...]:
        """Passages of answers and sections, best first, at most `query.k`."""
        candidates = self.prepare()
        (vector,) = self._encode([query])
        terms = candidates.terms(query.text)
        ranked = self._ranked(candidates, query, vector, terms)[:_PASSAGE_UNITS]
        found = [p for score, c in ranked for p in self._passages(candidates, c, score, terms, query)]
        found.sort(key=lambda p: (-round(p.score, 3), -(p.date.toordinal() if p.date else 0), p.document, p.start))
        return tuple(found[: query.k])

    def is_match(self, score: float) -> bool:
        """Whether the score of a result or passage is high enough to speak of a source."""
        return score >= MATCH

    def _encode(self, queries: Sequence[SearchQuery]) -> list[Vectors | None]:
        if any(q.mode is Mode.MEANING for q in queries) and self.encoder is None:
            raise UsageError("Zoeken op betekenis kan niet zonder taalmodel.", "Zoek met --mode words.")
        wanted = [n for n, q in enumerate(queries) if q.mode is not Mode.WORDS]
        vectors: list[Vectors | None] = [None] * len(queries)
        if self.encoder is not None and wanted:
            for n, vector in zip(wanted, self.encoder.encode_queries([queries[n].text for n in wanted]), strict=True):
                vectors[n] = vector
        return vectors

    def _weights_for(self, query: SearchQuery, by_meaning: bool) -> Weights:
        if query.mode is Mode.MEANING:
            return MEANING
        return (self._weights or HYBRID) if by_meaning else WORDS

    def _ranked(
        self, candidates: Candidates, query: SearchQuery, vector: Vectors | None, terms: WeighedTerms
    ) -> list[tuple[float, Candidate]]:
        by_meaning = vector is not None and candidates.space is not None
        weights = self._weights_for(query, by_meaning)
        found = candidates.find(query, vector, terms, weights, max(ORDERED, query.k))
        if weights.letters:
            candidates.add_letters(query, found)
        ranked = [(combined(weights, c.signals), c) for c in found]
        ranked.sort(key=lambda item: (-round(item[0], 3), -_day(item[1]), item[1].document.id, item[1].unit))
        return ranked

    def _search(self, candidates: Candidates, query: SearchQuery, vector: Vectors | None) -> tuple[SearchResult, ...]:
        terms = candidates.terms(query.text)
        if not terms.weights:
            return ()
        ranked = self._ranked(candidates, query, vector, terms)[: query.k]
        meaning = vector is not None and candidates.space is not None
        weights = self._weights_for(query, meaning)
        results = []
        for rank, (score, candidate) in enumerate(ranked, 1):
            document = candidate.document
            first = candidate.passages[0]
            results.append(
                SearchResult(
                    rank=rank,
                    score=(UNIT if meaning else UNIT_WORDS).chance(score, candidates.size),
                    scores={**candidate.signals, "content": content(weights, candidate.signals), "sum": score},
                    document=document.id,
                    title=document.title,
                    date=document.date,
                    numbers=first.numbers,
                    heading=first.heading,
                    question="\n".join(p.text for p in candidate.questions) or None,
                    passages=tuple(self._passages(candidates, candidate, score, terms, query)),
                    url=document.url,
                    portfolio=document.portfolio,
                    why=reasons.why(
                        candidate,
                        terms,
                        candidates.units.analyser,
                        query,
                        candidates.elsewhere(candidate, query.before),
                    ),
                )
            )
        return tuple(results)

    def _passages(
        self, candidates: Candidates, candidate: Candidate, unit_score: float, terms: WeighedTerms, query: SearchQuery
    ) -> list[FoundPassage]:
        found = []
        for passage in candidate.passages:
            close = candidate.pieces.closeness(passage.key) if candidate.pieces else None
            shared = set(candidates.units.analyser.terms(passage.text)) & terms.weights.keys()
            covered = sum(terms.weights[t] * terms.rarity[t] for t in shared) / terms.total
            newest = candidates.standard.newest_variant(passage, query.before)
            found.append(
                FoundPassage(
                    id=passage.id,
                    document=passage.document,
                    date=passage.date,
                    title=candidate.document.title,
                    numbers=passage.numbers,
                    text=passage.text,
                    start=passage.start,
                    end=passage.end,
                    score=passage_chance(close, covered, unit_score, candidates.size),
                    closeness=close or 0.0,
                    covered=covered,
                    newest=newest.id if newest else None,
                )
            )
        return found


def _day(candidate: Candidate) -> int:
    return candidate.document.date.toordinal() if candidate.document.date else 0
