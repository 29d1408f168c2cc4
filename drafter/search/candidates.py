"""The units that may answer a query, with what speaks for each."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Role
from answers_bank.meaning import MeaningIndex
from answers_bank.standard_passages import StandardPassages
from answers_bank.stored import DocumentFilters, DocumentSummary, StoredPassage
from answers_bank.unit_index import UnitIndex
from drafter.search import grams, portfolio
from drafter.search.recurrence import Elsewhere, Recurrence
from drafter.search.space import PASSAGE, QUESTION, Space
from drafter.search.values import Mode, SearchQuery
from drafter.search.weights import Weights, combined
from embeddings.encoder import Vectors
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.bank import Bank

TERMS = 60
"""Words of a query that count at most, the most telling first: fewer is faster, and no worse."""

BY_WORDS = 100
BY_QUESTION = 60
BY_PASSAGE = 120
"""Candidates that each way of searching brings in."""

SAME_PORTFOLIO = 0.5
"""Likeness from which a portfolio counts as the addressee's own."""

ORDERED = 80
"""Candidates whose texts are fetched and compared letter by letter."""


@dataclass(frozen=True)
class Pieces:
    """The pieces of a unit's answer: row keys of the first and last passage of each, and its cosine with the query."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    cosine: NDArray[np.float32]

    def closeness(self, key: int) -> float | None:
        """Of the best piece that covers a passage; None where there is none."""
        covering = (self.first <= key) & (self.last >= key)
        return float(self.cosine[covering].max()) if covering.any() else None


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

    pieces: Pieces | None
    """None where only words count."""


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
        self.recurrence = Recurrence(bank, self.units, self.standard)
        self.meaning = MeaningIndex.open(bank, progress) if meaning else None
        self.size = int(self.units.alive.sum())
        """Units that are in the bank now."""
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
        # What the bank writes short or long counts in its other form too, for half.
        for form in self.units.other_forms(text):
            for term in self.units.analyser.terms(form):
                if term not in weights:
                    weights[term] = 0.5
                    rarity[term] = self.units.rarity(self.units.frequency(term))
        best = sorted(weights, key=lambda term: (-weights[term] * rarity[term], term))[:TERMS]
        total = sum(weights[term] * rarity[term] for term in best)
        return WeighedTerms({t: weights[t] for t in best}, {t: rarity[t] for t in best}, max(total, 1e-9))

    def find(
        self, query: SearchQuery, vector: Vectors | None, terms: WeighedTerms, weights: Weights, count: int = ORDERED
    ) -> list[Candidate]:
        """The best candidates by the signals that need no reading, in no order.

        Args:
            query: what is asked.
            vector: of the query's text, None to go by words alone.
            terms: of the query's text.
            weights: of the signals.
            count: candidates to give.
        """
        if not len(self.units):
            return []
        allowed = self._allowed(query)
        words = self.units.scores(terms.weights) / np.float32(terms.total * 1.2)
        circles = [allowed]
        likeness = None
        if query.portfolio:
            likeness = np.array([portfolio.likeness(query.portfolio, other) for other in self.units.portfolios])
            own = allowed & (likeness >= SAME_PORTFOLIO)[self.units.portfolio]
            if own.any():
                circles.append(own)  # the addressee's own answers, also where they lie less near
        chosen = [_best(np.where(circle, words, 0), BY_WORDS) for circle in circles]
        by_meaning = vector is not None and self.space is not None
        if vector is not None and self.space is not None:
            probe = self.space.probe(vector)
            for circle in circles:
                chosen += [
                    self._near(probe, QUESTION, BY_QUESTION, circle),
                    self._near(probe, PASSAGE, BY_PASSAGE, circle),
                ]
        units = np.unique(np.concatenate(chosen))
        if not len(units):
            return []
        members = self.units.members(units)
        signals: list[dict[str, float]]
        pieces: list[Pieces | None]
        if by_meaning and vector is not None:
            signals, pieces = self._meaning_signals(vector, members)
        else:
            signals, pieces = [{} for _ in members], [None] * len(members)
        if query.mode is Mode.MEANING:
            keep = [n for n, own_signals in enumerate(signals) if own_signals]
            units, members = units[keep], [members[n] for n in keep]
            signals, pieces = [signals[n] for n in keep], [pieces[n] for n in keep]
        repeated = self.recurrence.at_any_time(members)
        for place, (unit, found) in enumerate(zip(units, signals, strict=True)):
            found["words"] = min(float(words[unit]), 1.0)
            found["repeated"] = float(repeated[place])
            if likeness is not None:
                found["portfolio"] = float(likeness[self.units.portfolio[unit]])
        order = sorted(range(len(units)), key=lambda n: (-combined(weights, signals[n]), int(units[n])))
        result: list[Candidate] = []
        # A few at a time: documents to leave out may take many of the first places.
        for start in range(0, len(order), count):
            part = order[start : start + count]
            described = self._described([(int(units[n]), members[n]) for n in part])
            result += [
                Candidate(int(units[n]), *seen, signals[n], pieces[n])
                for n in part
                if (seen := described.get(int(units[n]))) is not None and seen[0].id not in query.exclude
            ]
            if len(result) >= count or start + count >= len(order):
                break
        self._count_again(result[:count], query.before)
        return result[:count]

    def add_letters(self, query: SearchQuery, candidates: list[Candidate]) -> None:
        """Add the signal `letters`: likeness letter by letter, for as many as can be read in time."""
        texts = [
            " ".join([c.document.title, *(p.text for p in c.questions), *(p.text for p in c.passages)])
            for c in candidates
        ]
        for candidate, value in zip(candidates, grams.likeness(query.text, texts), strict=True):
            candidate.signals["letters"] = float(value)

    def elsewhere(self, candidate: Candidate, before: datetime.date | None) -> Elsewhere | None:
        """Where else passages of a candidate stand, among what is dated before a day."""
        if not candidate.signals.get("repeated"):
            return None
        keys = [passage.key for passage in candidate.passages]
        return self.recurrence.elsewhere(candidate.unit, keys, self.recurrence.counting(before))

    def _count_again(self, candidates: list[Candidate], before: datetime.date | None) -> None:
        """Correct the signal `repeated`: what was not there yet, or is there no longer, does not count."""
        if self.recurrence.all_count(before):
            return
        counting = self.recurrence.counting(before)
        for candidate in candidates:
            if candidate.signals["repeated"]:
                keys = [passage.key for passage in candidate.passages]
                candidate.signals["repeated"] = self.recurrence.until(candidate.unit, keys, counting)

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

    def _near(self, probe: Vectors, kind: int, count: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Units with the nearest vectors of one kind."""
        assert self.meaning is not None
        mask = self._rows[kind] if allowed.all() else self._rows[kind] & allowed[self._row_unit]
        if not mask.any():
            return np.empty(0, np.int64)
        rows, _ = self.meaning.search(probe[None, :], min(count, len(mask)), mask)
        return np.asarray(self._row_unit[rows[0][rows[0] >= 0]])

    def _described(
        self, units: list[tuple[int, NDArray[np.int64]]]
    ) -> dict[int, tuple[DocumentSummary, tuple[StoredPassage, ...], tuple[StoredPassage, ...]]]:
        """Document, questions and answer of each unit (with its passages' keys) that is still in the bank."""
        passages = self.bank.passages_by_key([int(key) for _, keys in units for key in keys])
        documents = self.bank.summaries(sorted({int(self.units.document_key[unit]) for unit, _ in units}))
        found = {}
        for unit, keys in units:
            summary = documents.get(int(self.units.document_key[unit]))
            own = [passages[int(key)] for key in keys if int(key) in passages]
            answer = tuple(p for p in own if p.role is not Role.QUESTION)
            if summary is not None and answer:
                found[unit] = (summary, tuple(p for p in own if p.role is Role.QUESTION), answer)
        return found

    def _meaning_signals(
        self, vector: Vectors, members: list[NDArray[np.int64]]
    ) -> tuple[list[dict[str, float]], list[Pieces | None]]:
        """Signals by meaning of each unit, given the row keys of its passages."""
        assert self.meaning is not None
        assert self.space is not None
        asked = self.space.query(vector)
        keys = np.concatenate(members)
        low = np.searchsorted(self._first, keys, side="left")
        counts = np.searchsorted(self._first, keys, side="right") - low
        places = np.repeat(low - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
        rows = places if self._order is None else self._order[places]
        owner = np.repeat(np.repeat(np.arange(len(members)), [len(m) for m in members]), counts)
        kinds = np.asarray(self.meaning.kinds[rows])
        placed = self.space.place(self.meaning.vectors(rows), kinds)
        along = placed @ asked
        cosines = along / np.maximum(np.sqrt(np.einsum("ij,ij->i", placed, placed)), 1e-9)
        first, last = self.meaning.first[rows], self.meaning.last[rows]
        bounds = np.searchsorted(owner, np.arange(len(members) + 1))
        signals: list[dict[str, float]] = []
        pieces: list[Pieces | None] = []
        for low_, high in pairwise(bounds.tolist()):
            found: dict[str, float] = {}
            asks = kinds[low_:high] == QUESTION
            if asks.any():
                found["question"] = float(cosines[low_:high][asks].max())
            answers = ~asks
            close = cosines[low_:high][answers]
            if len(close):
                whole = placed[low_:high][answers].sum(axis=0)
                together = float(along[low_:high][answers].sum()) / max(math.sqrt(float(whole @ whole)), 1e-9)
                found["answer"] = (float(close.max()) + together) / 2
            signals.append(found)
            pieces.append(Pieces(first[low_:high][answers], last[low_:high][answers], close))
        return signals, pieces


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the highest scores above 0."""
    places = np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
    return np.asarray(places[scores[places] > 0], dtype=np.int64)
