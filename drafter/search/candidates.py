"""The units that may answer a query, with what speaks for each."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Role
from answers_bank.meaning import MeaningIndex
from answers_bank.standard_passages import StandardPassages
from answers_bank.stored import DocumentFilters, DocumentSummary, StoredPassage
from answers_bank.unit_index import UnitIndex
from drafter.search import grams, portfolio
from drafter.search.space import PASSAGE, QUESTION, Space
from drafter.search.values import SearchQuery
from embeddings.encoder import Vectors
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.bank import Bank

TERMS = 60
"""Words of a query that count at most, the most telling first: fewer is faster, and no worse."""

BY_WORDS = 120
BY_QUESTION = 80
BY_PASSAGE = 160
"""Candidates that each way of searching brings in."""

SAME_PORTFOLIO = 0.5
"""Likeness from which a portfolio counts as the addressee's own."""

ORDERED = 120
"""Candidates whose texts are fetched and compared letter by letter."""


@dataclass(frozen=True)
class Candidate:
    """A unit with what speaks for it."""

    unit: int
    document: DocumentSummary
    questions: tuple[StoredPassage, ...]
    passages: tuple[StoredPassage, ...]
    """Of the answer or section, in reading order."""

    signals: dict[str, float]
    """By part, about 0 to 1; a part that could not be judged is absent."""

    closeness: tuple[float | None, ...]
    """For each of `passages` the cosine of the query with the best piece of it."""


@dataclass(frozen=True)
class WeighedTerms:
    """The words of a query that count."""

    weights: dict[str, float]
    """Term to how often it counts, without its rarity."""

    rarity: dict[str, float]
    total: float
    """What a text would score that holds every word often."""


class Candidates:
    """Finds candidates in one bank, as it is now; make a new one when the bank has changed."""

    def __init__(self, bank: Bank, meaning: bool, generic: Vectors | None = None, progress: Progress = SILENT) -> None:
        self.bank = bank
        self.generation = bank.generation
        self.units = UnitIndex.open(bank, progress)
        self.standard = StandardPassages.open(bank, progress)
        self.meaning = MeaningIndex.open(bank, progress) if meaning else None
        self.space: Space | None = None
        if self.meaning is not None and len(self.meaning):
            self.space = Space.learn(self.meaning, generic)
            first = np.ascontiguousarray(self.meaning.first)
            self._order = None if (np.diff(first) >= 0).all() else np.argsort(first, kind="stable")
            self._first = first if self._order is None else first[self._order]
            self._row_unit = self.units.unit_of(first)
            there = self._row_unit >= 0
            self._rows = tuple(there & (self.meaning.kinds == kind) for kind in (QUESTION, PASSAGE))

    def terms(self, text: str) -> WeighedTerms:
        """The words of a query that count, the most telling `TERMS` of them."""
        counted = Counter(self.units.analyser.terms(text))
        rarity = {term: self.units.rarity(self.units.frequency(term)) for term in counted}
        # A word said three times is not thrice as telling.
        weights = {term: 3 * count / (count + 2) for term, count in counted.items()}
        best = sorted(weights, key=lambda term: (-weights[term] * rarity[term], term))[:TERMS]
        total = sum(weights[term] * rarity[term] for term in best)
        return WeighedTerms({t: weights[t] for t in best}, {t: rarity[t] for t in best}, max(total, 1e-9))

    def find(self, query: SearchQuery, vector: Vectors | None, terms: WeighedTerms) -> list[Candidate]:
        """Candidates with their signals, in no order.

        Args:
            query: what is asked.
            vector: of the query's text, None to go by words alone.
            terms: of the query's text.
        """
        if not len(self.units):
            return []
        allowed = self._allowed(query)
        words = self.units.scores(terms.weights) / np.float32(terms.total * 1.2)
        circles = [allowed]
        if query.portfolio and (own := allowed & self._portfolios_like(query.portfolio)[self.units.portfolio]).any():
            circles.append(own)  # the addressee's own answers, also where they lie less near
        chosen = [_best(np.where(circle, words, 0), BY_WORDS) for circle in circles]
        if vector is not None and self.space is not None:
            probe = self.space.probe(vector)
            for circle in circles:
                chosen += [
                    self._near(probe, QUESTION, BY_QUESTION, circle),
                    self._near(probe, PASSAGE, BY_PASSAGE, circle),
                ]
        units = np.unique(np.concatenate(chosen))
        found = self._described(units)
        if vector is not None and self.space is not None:
            signals = self._meaning_signals(self.space.query(vector), found)
        else:
            signals = [({}, tuple(None for _ in passages)) for _, _, _, passages in found]
        for (unit, summary, _, answers), (own, _) in zip(found, signals, strict=True):
            own["words"] = min(float(words[unit]), 1.0)
            own["repeated"] = self._repeated(answers)
            if query.portfolio:
                own["portfolio"] = portfolio.likeness(query.portfolio, summary.portfolio)
        result = [
            Candidate(unit, summary, questions, passages, own, close)
            for (unit, summary, questions, passages), (own, close) in zip(found, signals, strict=True)
        ]
        return [c for c in result if c.document.id not in query.exclude]

    def add_letters(self, query: SearchQuery, candidates: list[Candidate]) -> None:
        """Add the signal `letters`: likeness letter by letter, for as many as can be read in time."""
        texts = [
            " ".join([c.document.title, *(p.text for p in c.questions), *(p.text for p in c.passages)])
            for c in candidates
        ]
        for candidate, value in zip(candidates, grams.likeness(query.text, texts), strict=True):
            candidate.signals["letters"] = float(value)

    def _repeated(self, passages: tuple[StoredPassage, ...]) -> float:
        """How much of this is used again and again: 0 for what stands here alone, 1 for what stands in a hundred."""
        most = int(self.standard.repeats(np.array([p.key for p in passages])).max())
        return min(math.log1p(most) / math.log(100), 1.0)

    def _allowed(self, query: SearchQuery) -> NDArray[np.bool_]:
        units = self.units
        allowed = units.alive.copy()
        filters = query.filters
        if query.before:
            allowed &= (units.date > 0) & (units.date < query.before.toordinal())
        if filters.after:
            allowed &= units.date >= filters.after.toordinal()
        if filters.portfolio or filters.minister or filters.party or filters.kinds or filters.dossier:
            wanted = DocumentFilters(
                portfolio=filters.portfolio,
                minister=filters.minister,
                party=filters.party,
                kinds=filters.kinds,
                dossier=filters.dossier,
            )
            keys = [summary.key for summary in self.bank.documents(wanted)]
            allowed &= np.isin(units.document_key, keys)
        return allowed

    def _portfolios_like(self, name: str) -> NDArray[np.bool_]:
        """Of each portfolio in the bank, whether it is much the same as this one."""
        found = [portfolio.likeness(name, other) >= SAME_PORTFOLIO for other in self.units.portfolios]
        return np.array(found, dtype=bool)

    def _near(self, probe: Vectors, kind: int, count: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Units with the nearest vectors of one kind."""
        assert self.meaning is not None
        mask = self._rows[kind] if allowed.all() else self._rows[kind] & allowed[self._row_unit]
        if not mask.any():
            return np.empty(0, np.int64)
        rows, _ = self.meaning.search(probe[None, :], min(count, len(mask)), mask)
        return np.asarray(self._row_unit[rows[0][rows[0] >= 0]])

    def _described(
        self, units: NDArray[np.int64]
    ) -> list[tuple[int, DocumentSummary, tuple[StoredPassage, ...], tuple[StoredPassage, ...]]]:
        members = {int(unit): self.units.members(int(unit)) for unit in units}
        passages = self.bank.passages_by_key([int(key) for keys in members.values() for key in keys])
        documents = self.bank.summaries(sorted({int(self.units.document_key[unit]) for unit in members}))
        found = []
        for unit, keys in members.items():
            summary = documents.get(int(self.units.document_key[unit]))
            own = [passages[int(key)] for key in keys if int(key) in passages]
            answer = tuple(p for p in own if p.role is not Role.QUESTION)
            if summary is not None and answer:
                found.append((unit, summary, tuple(p for p in own if p.role is Role.QUESTION), answer))
        return found

    def _meaning_signals(
        self,
        asked: Vectors,
        found: list[tuple[int, DocumentSummary, tuple[StoredPassage, ...], tuple[StoredPassage, ...]]],
    ) -> list[tuple[dict[str, float], tuple[float | None, ...]]]:
        assert self.meaning is not None
        assert self.space is not None
        # Rows of all pieces that start in a passage of a candidate, one candidate after the other.
        keys = np.array([p.key for _, _, questions, passages in found for p in (*questions, *passages)], np.int64)
        owner = np.repeat(
            np.arange(len(found)), [len(questions) + len(passages) for _, _, questions, passages in found]
        )
        low = np.searchsorted(self._first, keys, side="left")
        count = np.searchsorted(self._first, keys, side="right") - low
        places = np.repeat(low - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
        owner = np.repeat(owner, count)
        rows = places if self._order is None else self._order[places]
        kinds = np.asarray(self.meaning.kinds[rows])
        placed = self.space.place(self.meaning.vectors(rows), kinds)
        cosines = placed @ asked / np.maximum(np.linalg.norm(placed, axis=1), 1e-9)
        signals: list[dict[str, float]] = [{} for _ in found]
        asks = kinds == QUESTION
        for candidate, start, stop in _stretches(owner[asks]):
            signals[candidate]["question"] = float(cosines[asks][start:stop].max())
        best, answers = cosines[~asks], placed[~asks]
        for candidate, start, stop in _stretches(owner[~asks]):
            whole = answers[start:stop].mean(axis=0)
            together = float(whole @ asked / max(float(np.linalg.norm(whole)), 1e-9))
            signals[candidate]["answer"] = (float(best[start:stop].max()) + together) / 2
        close: dict[int, float] = {}
        spans = (self.meaning.first[rows[~asks]], self.meaning.last[rows[~asks]], best)
        for first, last, cosine in zip(*(span.tolist() for span in spans), strict=True):
            for key in range(first, last + 1):
                close[key] = max(cosine, close.get(key, cosine))
        return [
            (own, tuple(close.get(p.key) for p in passages))
            for own, (_, _, _, passages) in zip(signals, found, strict=True)
        ]


def _stretches(owner: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """(owner, start, stop) of each stretch of equal owners."""
    if not len(owner):
        return []
    starts = np.concatenate([[0], np.flatnonzero(np.diff(owner)) + 1])
    stops = np.append(starts[1:], len(owner))
    return list(zip(owner[starts].tolist(), starts.tolist(), stops.tolist(), strict=True))


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the highest scores above 0."""
    places = np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
    return np.asarray(places[scores[places] > 0], dtype=np.int64)
