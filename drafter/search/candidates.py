"""The units that may answer a query, with what speaks for each."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Role
from answers_bank.dutch import compounds
from answers_bank.dutch.words import terms
from answers_bank.index.meaning import MeaningIndex
from answers_bank.index.standard_passages import StandardPassages
from answers_bank.index.unit_building import letters as plain_words
from answers_bank.index.unit_index import UnitIndex
from answers_bank.store.stored import DocumentSummary, Filters, StoredPassage
from drafter.search.signals import letters, portfolio
from drafter.search.signals.length import length
from drafter.search.signals.nearness import CandidateNearness, PassageRows, Pieces
from drafter.search.signals.recurrence import Elsewhere, Recurrence
from drafter.search.signals.space import PASSAGE, QUESTION, Space
from drafter.search.values import Mode, SearchQuery
from drafter.search.weights import SignalWeights, combined
from embeddings.encoder import Vectors
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

TERMS = 60
"""Words of a query that count at most, the most telling first: fewer is faster, and no worse."""

BY_WORDS = 100
BY_QUESTION = 60
BY_PASSAGE = 120
"""CandidateFinder that each way of searching brings in."""

SAME_PORTFOLIO = 0.5
"""Likeness from which a portfolio counts as the addressee's own."""

ORDERED = 80
"""CandidateFinder whose texts are fetched and compared letter by letter."""


JOINED = 1.0
PART = 0.5
"""Weight of a compound that the query writes apart, and of a part of one that it writes as one."""

TRIED = 2
"""Times as many candidates as are read that are compared by meaning in full."""


@dataclass(frozen=True)
class RankedUnit:
    """A unit that may answer the query, known by what its ranking needs."""

    unit: int
    document: str
    title: str
    day: int
    """Date of the document (proleptic ordinal, 0 without date)."""

    members: NDArray[np.int64]
    """Row keys of its passages."""

    text: str
    """Questions and answer."""

    signals: dict[str, float]
    """By part, about 0 to 1; a part that could not be judged is absent."""

    pieces: Pieces | None
    """None where only words count."""


@dataclass(frozen=True)
class DescribedUnit:
    """A unit as it is shown, with what speaks for it."""

    unit: int
    document: DocumentSummary
    questions: tuple[StoredPassage, ...]
    passages: tuple[StoredPassage, ...]
    """Of the answer or section, in reading order."""

    signals: dict[str, float]
    pieces: Pieces | None


@dataclass(frozen=True)
class WeighedTerms:
    """The words of a query that count."""

    weights: dict[str, float]
    """Term to how often it counts, without its rarity."""

    rarity: dict[str, float]
    total: float
    """What a text would score that holds every word often."""


@dataclass(frozen=True)
class Circle:
    """The units that a query may find, one place for each unit of the bank."""

    allowed: NDArray[np.bool_]
    own: NDArray[np.bool_] | None
    """Those of the addressee's portfolio; None where none is known or there are none."""

    likeness: NDArray[np.float64] | None
    """Of each portfolio of the bank with the addressee's; None where that is not known."""


class CandidateFinder:
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
            self.rows = PassageRows(self.meaning)
            self._row_unit = self.units.unit_of(self.meaning.first)
            self._in_unit = self._row_unit >= 0
            # What stands for the question of a unit without one is no question itself.
            subjects = self._in_unit & (self.units.answer_key[self._row_unit] == self.meaning.first)
            self.space = Space.learn(self.meaning, generic, ~subjects)

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
        # The other way of writing a compound is no further word that a text ought to hold.
        for term, weight in self._compounds(text).items():
            if term not in weights:
                best.append(term)
                weights[term] = weight
                rarity[term] = self.units.rarity(self.units.frequency(term))
        return WeighedTerms({t: weights[t] for t in best}, {t: rarity[t] for t in best}, max(total, 1e-9))

    def _compounds(self, text: str) -> dict[str, float]:
        """Words of a query that stand apart as the compounds that the bank has, and its compounds as their parts."""
        plain = plain_words(text)
        found: dict[str, float] = {}
        for word in compounds.joined(plain):
            found |= {term: JOINED for term in terms(word) if self.units.frequency(term)}
        for word in dict.fromkeys(plain):
            if len(word) >= compounds.SHORTEST_COMPOUND and not self.units.analyser.compounds.parts(word):
                parts = compounds.split(word, self._count)
                found |= {term: PART for part in parts or () for term in terms(part)}
        return found

    def _count(self, word: str) -> int:
        return min((self.units.frequency(term) for term in terms(word)), default=0)

    def circle(self, query: SearchQuery) -> Circle:
        """The units that a query may find."""
        allowed = self._allowed(query)
        if not query.portfolio:
            return Circle(allowed, None, None)
        likeness = np.array([portfolio.likeness(query.portfolio, other) for other in self.units.portfolios])
        own = allowed & (likeness >= SAME_PORTFOLIO)[self.units.portfolio]
        return Circle(allowed, own if own.any() else None, likeness)

    def word_scores(self, terms: WeighedTerms) -> NDArray[np.float32]:
        """BM25 of every unit as a share of what the query would score on itself."""
        return self.units.scores(terms.weights) / np.float32(terms.total * 1.2)

    def chosen(
        self, circle: Circle, vector: Vectors | None, words: NDArray[np.float32], count: int
    ) -> list[NDArray[np.int64]]:
        """The units that words or meaning bring in, with doubles; all of them where they are no more than `count`."""
        # The addressee's own answers come in also where they lie less near.
        circles = [one for one in (circle.allowed, circle.own) if one is not None]
        chosen = [_best(np.where(one, words, 0), BY_WORDS) for one in circles]
        if vector is not None and self.space is not None:
            probe = self.space.probe(vector)
            for one in circles:
                rows = self._in_unit if one.all() else self._in_unit & one[self._row_unit]
                chosen += [self._near(probe, QUESTION, BY_QUESTION, rows), self._near(probe, PASSAGE, BY_PASSAGE, rows)]
        elif np.count_nonzero(circle.allowed) <= count:
            # All of them are read anyway: letters find "wiskundeonderwijs" where the bank never writes "wiskunde".
            chosen.append(np.flatnonzero(circle.allowed))
        return chosen

    def find(
        self,
        query: SearchQuery,
        vector: Vectors | None,
        terms: WeighedTerms,
        weights: SignalWeights,
        count: int = ORDERED,
        named: Sequence[int] = (),
    ) -> list[RankedUnit]:
        """The best candidates by the signals that need no reading, in no order.

        Args:
            query: what is asked.
            vector: of the query's text, None to go by words alone.
            terms: of the query's text.
            weights: of the signals.
            count: candidates to give.
            named: row keys of the documents whose units are given whatever speaks for them.
        """
        if not len(self.units):
            return []
        circle = self.circle(query)
        wanted = np.flatnonzero(circle.allowed & np.isin(self.units.document_key, list(named)))
        words = self.word_scores(terms)
        likeness = circle.likeness
        units = np.unique(np.concatenate([wanted, *self.chosen(circle, vector, words, count)]))
        if not len(units):
            return []
        members = self.units.members(units)
        repeated = self.recurrence.at_any_time(members)
        likeness_of = None if likeness is None else likeness[self.units.portfolio[units]]

        def rest(place: int) -> dict[str, float]:
            signals = {"words": min(float(words[units[place]]), 1.0), "repeated": float(repeated[place])}
            if likeness_of is not None:
                signals["portfolio"] = float(likeness_of[place])
            return signals

        others = [rest(place) for place in range(len(units))]
        signals: list[dict[str, float]] = [{} for _ in members]
        pieces: list[Pieces | None] = [None] * len(members)
        places = list(range(len(units)))
        first = np.isin(units, wanted)
        if vector is not None and self.meaning is not None and self.space is not None:
            near = CandidateNearness(self.meaning, self.space, self.rows, vector, members)
            subject = [
                int(keys[0]) == int(self.units.answer_key[unit]) for unit, keys in zip(units, members, strict=True)
            ]
            rough = [
                combined(weights, _named(own, about) | other)
                for own, about, other in zip(near.rough(), subject, others, strict=True)
            ]
            # Who is exact about all of them spends most of the time on those that stand no chance.
            places = sorted(sorted(places, key=lambda n: (not first[n], -rough[n], int(units[n])))[: TRIED * count])
            for place, (judged, found_pieces) in zip(places, near.exact(places), strict=True):
                signals[place], pieces[place] = _named(judged, subject[place]), found_pieces
        if query.mode is Mode.MEANING:
            places = [n for n in places if signals[n] or first[n]]
        for place in places:
            signals[place] |= others[place]
        order = sorted(places, key=lambda n: (not first[n], -combined(weights, signals[n]), int(units[n])))
        found = self._read([int(units[n]) for n in order[:count]], [(members[n], signals[n], pieces[n]) for n in order])
        self._count_again(found, query.before)
        return found

    def _read(
        self, units: list[int], known: list[tuple[NDArray[np.int64], dict[str, float], Pieces | None]]
    ) -> list[RankedUnit]:
        """Units with their texts; what has left the bank in the meantime is left out."""
        keys = self.units.document_key[units]
        documents = self.bank.titles(np.unique(keys).tolist())
        texts = self.bank.texts([key for _, (members, _, _) in zip(units, known, strict=False) for key in members])
        found = []
        for unit, key, (members, signals, pieces) in zip(units, keys.tolist(), known, strict=False):
            if key in documents:
                said = [texts.get(member, "") for member in members.tolist()]
                # The questions of a unit stand before its answer.
                answer = said[int(np.searchsorted(members, self.units.answer_key[unit])) :]
                signals["length"] = length(sum(len(text.split()) for text in answer), self.size)
                day = int(self.units.date[unit])
                found.append(RankedUnit(unit, *documents[key], day, members, " ".join(said), signals, pieces))
        return found

    def add_letters(self, query: SearchQuery, found: list[RankedUnit]) -> None:
        """Add the signal `letters`: likeness letter by letter, for as many as can be read in time."""
        values = letters.likeness(query.text, [f"{one.title} {one.text}" for one in found])
        for one, value in zip(found, values.tolist(), strict=True):
            one.signals["letters"] = value

    def described(self, found: Sequence[RankedUnit]) -> list[DescribedUnit]:
        """Some of what was found as it is shown; what has left the bank in the meantime is left out."""
        passages = self.bank.passages_by_key([int(key) for one in found for key in one.members])
        documents = self.bank.summaries(sorted({int(self.units.document_key[one.unit]) for one in found}))
        result = []
        for one in found:
            summary = documents.get(int(self.units.document_key[one.unit]))
            own = [passages[int(key)] for key in one.members if int(key) in passages]
            answer = tuple(p for p in own if p.role is not Role.QUESTION)
            if summary is not None and answer:
                asked = tuple(p for p in own if p.role is Role.QUESTION)
                result.append(DescribedUnit(one.unit, summary, asked, answer, one.signals, one.pieces))
        return result

    def elsewhere(self, candidate: DescribedUnit, counting: NDArray[np.bool_]) -> Elsewhere | None:
        """Where else passages of a candidate stand, among the units that count (see `Recurrence.counting`)."""
        if not candidate.signals.get("repeated"):
            return None
        keys = [passage.key for passage in candidate.passages]
        return self.recurrence.elsewhere(candidate.unit, keys, counting)

    def _count_again(self, found: Sequence[RankedUnit], before: datetime.date | None) -> None:
        """Correct the signal `repeated`: what was not there yet, or is there no longer, does not count."""
        if self.recurrence.all_count(before):
            return
        counting = self.recurrence.counting(before)
        for one in found:
            if one.signals["repeated"]:
                one.signals["repeated"] = self.recurrence.until(one.unit, one.members.tolist(), counting)

    def _allowed(self, query: SearchQuery) -> NDArray[np.bool_]:
        units = self.units
        allowed = units.alive.copy()
        filters = query.filters
        if query.exclude:
            excluded = [summary.key for summary in self.bank.summaries_of(sorted(query.exclude)).values()]
            allowed &= ~np.isin(units.document_key, excluded)
        if query.before:
            allowed &= units.date < query.before.toordinal()
            if not query.undated:
                allowed &= units.date > 0
        if filters.after:
            allowed &= units.date >= filters.after.toordinal()
        others = replace(filters, after=None)
        if others != Filters():
            allowed &= np.isin(units.document_key, self.bank.keys_of(others))
        return allowed

    def _near(self, probe: Vectors, kind: int, count: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Units with the nearest vectors of one kind, of the rows that are allowed."""
        assert self.meaning is not None
        rows, _ = self.meaning.search(probe[None, :], count, allowed, kind)
        return np.asarray(self._row_unit[rows[0][rows[0] >= 0]])


def _named(signals: dict[str, float], subject: bool) -> dict[str, float]:
    """The signals of a unit, where `subject` says that it has no question but its subject stands for it."""
    return {("subject" if subject and name == "question" else name): value for name, value in signals.items()}


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the highest scores above 0."""
    places = np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
    return np.asarray(places[scores[places] > 0], dtype=np.int64)
