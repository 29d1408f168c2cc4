"""The search itself: candidates by meaning and by word, one score, and what is shown of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from answers_bank.index.unit_index import NO_ANSWERS
from drafter.search import reasons
from drafter.search.candidates import ORDERED, CandidateFinder, DescribedUnit, WeighedTerms
from drafter.search.comparing import Comparison, compare
from drafter.search.named_documents import named_documents
from drafter.search.signals.generic import generic_vector
from drafter.search.values import FoundPassage, Mode, SearchQuery, SearchResult
from drafter.search.weights import (
    COMPARED,
    HYBRID,
    MATCH,
    MEANING,
    UNIT,
    UNIT_WORDS,
    WORDS,
    SignalWeights,
    combined,
    content,
    passage_chance,
)
from embeddings.encoder import Vectors
from embeddings.errors import UsageError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import DocumentSummary
    from embeddings.encoder import Encoder

SHARED_LETTERS = 0.05
"""Likeness letter by letter from which a unit is found that shares no word with the query, where only words count."""

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

    def __init__(self, bank: Bank, encoder: Encoder | None = None, weights: SignalWeights | None = None) -> None:
        self.bank = bank
        self.encoder = encoder
        self._weights = weights
        self._candidates: CandidateFinder | None = None
        self._stays = False
        self._lock = threading.Lock()
        if encoder is not None and bank.vectors.model() is not None:
            bank.vectors.check_model(encoder.identity)

    def prepare(self, progress: Progress = SILENT) -> CandidateFinder:
        """Bring the caches beside the bank up to date; the first search does it too."""
        with self._lock:
            current = self._candidates
            if self._stays and current is not None:
                return current
            if current is None or current.generation != self.bank.generation:
                generic = generic_vector(self.bank, self.encoder) if self.encoder else None
                current = CandidateFinder(self.bank, self.encoder is not None, generic, progress)
                self._candidates = current
            return current

    def of_this_moment(self) -> Searcher:
        """One that goes on with the bank as it is now, whatever is added: places in the indexes stay what they are.

        For work in several steps, of which the later ones go on with what the first ones found.
        """
        stays = Searcher(self.bank, self.encoder, self._weights)
        stays._candidates, stays._stays = self.prepare(), True
        return stays

    def search(self, query: SearchQuery) -> tuple[SearchResult, ...]:
        """Questions with their answers, and sections of letters, best first; among equals the newest first.

        A document that the query names by its own number comes before all others, in its own order.
        """
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
        ranked = self._ranked(candidates, query, vector, terms, _PASSAGE_UNITS, ())
        found = [item for score, c in ranked for item in self._passages(candidates, c, score, terms)]
        found.sort(key=_best_first)
        return tuple(self._with_newest(candidates, found[: query.k], query))

    def compare(self, texts: Sequence[str], query: SearchQuery, most: Sequence[int]) -> Comparison:
        """The earlier answers that come nearest to any of `texts`, each compared with all of them.

        Args:
            texts: what is asked, in parts.
            query: what may be found and how; its text does not count.
            most: answers that each text brings in at most.
        """
        candidates = self.prepare()
        vectors = self._encode([replace(query, text=text) for text in texts])
        by_meaning = any(vector is not None for vector in vectors) and candidates.space is not None
        weights = self._weights_for(query, by_meaning, COMPARED)
        return compare(candidates, texts, vectors, query, weights, most)

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

    def _weights_for(self, query: SearchQuery, by_meaning: bool, usual: SignalWeights = HYBRID) -> SignalWeights:
        if query.mode is Mode.MEANING:
            return MEANING
        weights = (self._weights or usual) if by_meaning else WORDS
        return replace(weights, length=0.0) if query.any_length else weights

    def _ranked(
        self,
        candidates: CandidateFinder,
        query: SearchQuery,
        vector: Vectors | None,
        terms: WeighedTerms,
        count: int,
        named: Sequence[DocumentSummary],
    ) -> list[tuple[float, DescribedUnit]]:
        """The best candidates with their scores, best first; among equals the newest first. Before them what is
        named by its number."""
        by_meaning = vector is not None and candidates.space is not None
        weights = self._weights_for(query, by_meaning)
        keys = [summary.key for summary in named]
        place = {summary.id: number for number, summary in enumerate(named)}
        found = candidates.find(query, vector, terms, weights, max(ORDERED, count), keys)
        if weights.letters:
            candidates.add_letters(query, found)
        if not by_meaning:
            found = [
                one
                for one in found
                if one.signals["words"] or one.signals["letters"] >= SHARED_LETTERS or one.document in place
            ]
        ranked = [(combined(weights, one.signals), one) for one in found]
        ranked.sort(
            key=lambda item: (
                (place[item[1].document], item[1].unit)
                if item[1].document in place
                else (len(place), -round(item[0], 3), -item[1].day, item[1].document, item[1].unit)
            )
        )
        scores = {one.unit: score for score, one in ranked}
        described = candidates.described([one for _, one in ranked[:count]])
        return [(scores[candidate.unit], candidate) for candidate in described]

    def _search(
        self, candidates: CandidateFinder, query: SearchQuery, vector: Vectors | None
    ) -> tuple[SearchResult, ...]:
        terms = candidates.terms(query.text)
        if not terms.weights:
            return ()
        named = named_documents(self.bank, query.text) if query.by_number else ()
        ranked = self._ranked(candidates, query, vector, terms, query.k, named)
        meaning = vector is not None and candidates.space is not None
        weights = self._weights_for(query, meaning)
        counting = candidates.recurrence.counting(query.before)
        words = reasons.query_words(terms, candidates.units.analyser, query.text)
        passages = [self._passages(candidates, candidate, score, terms) for score, candidate in ranked]
        shown = iter(self._with_newest(candidates, [item for own in passages for item in own], query))
        place = {summary.id for summary in named}
        unanswered = [self._unanswered(summary) for summary in self._without_answer(named, query)]
        results = [result for result in unanswered if result.passages]
        for (score, candidate), own in zip(ranked, passages, strict=True):
            document = candidate.document
            first = candidate.passages[0]
            by_number = document.id in place
            result = SearchResult(
                rank=0,
                score=1.0 if by_number else (UNIT if meaning else UNIT_WORDS).chance(score, candidates.size),
                scores={**candidate.signals, "content": content(weights, candidate.signals), "sum": score},
                document=document.id,
                title=document.title,
                date=document.date,
                numbers=first.numbers,
                heading=first.heading,
                question="\n".join(p.text for p in candidate.questions) or None,
                passages=tuple(islice(shown, len(own))),
                url=document.url,
                portfolio=document.portfolio,
                why=reasons.BY_NUMBER
                if by_number
                else reasons.why(
                    candidate, words, candidates.units.analyser, candidates.elsewhere(candidate, counting)
                ),
            )
            results.append(result)
        # An answer in a case comes before the questions themselves, and these before everything else.
        answered = {candidate.document.id for _, candidate in ranked}
        results.sort(key=lambda result: (result.document not in place, result.document not in answered))
        return tuple(replace(result, rank=rank) for rank, result in enumerate(results[: query.k], 1))

    def _without_answer(self, named: Sequence[DocumentSummary], query: SearchQuery) -> list[DocumentSummary]:
        """The named documents that hold no answer, such as bare questions, as far as the query allows them."""
        unanswered = [s for s in named if s.kind in NO_ANSWERS and s.id not in query.exclude]
        if query.before:
            unanswered = [s for s in unanswered if (s.date < query.before if s.date else query.undated)]
        allowed = set(self.bank.keys_of(query.filters)) if unanswered else set()
        return [summary for summary in unanswered if summary.key in allowed]

    def _unanswered(self, document: DocumentSummary) -> SearchResult:
        """A document without an answer that was asked for by its number."""
        passages = tuple(FoundPassage(passage, 1.0) for passage in self.bank.passages(document.id))
        return SearchResult(
            rank=0,
            score=1.0,
            scores={},
            document=document.id,
            title=document.title,
            date=document.date,
            numbers=(),
            heading="",
            question=None,
            passages=passages,
            url=document.url,
            portfolio=document.portfolio,
            why=reasons.UNANSWERED[document.kind],
        )

    def _passages(
        self, candidates: CandidateFinder, candidate: DescribedUnit, unit_score: float, terms: WeighedTerms
    ) -> list[FoundPassage]:
        found = []
        for passage in candidate.passages:
            close = candidate.pieces.closeness(passage.key) if candidate.pieces else None
            shared = candidates.units.analyser.distinct(passage.text) & terms.weights.keys()
            covered = sum(terms.weights[t] * terms.rarity[t] for t in shared) / terms.total
            chance = passage_chance(close, covered, unit_score, candidates.size)
            found.append(FoundPassage(passage, chance, closeness=close or 0.0, covered=covered))
        return found

    def _with_newest(
        self, candidates: CandidateFinder, found: Sequence[FoundPassage], query: SearchQuery
    ) -> list[FoundPassage]:
        """The passages, each with the newest variant of it where there is one."""
        newest = candidates.standard.newest_variants([one.passage for one in found], query.before)
        return [replace(one, newest=variant.id) if variant else one for one, variant in zip(found, newest, strict=True)]


def _best_first(found: FoundPassage) -> tuple[float, int, str, int]:
    """Among equals the newest first."""
    passage = found.passage
    return -round(found.score, 3), -(passage.date.toordinal() if passage.date else 0), passage.document, passage.start
