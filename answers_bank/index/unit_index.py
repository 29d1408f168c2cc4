"""The words of the bank, ranked: every answer with its question, and every section of a letter, by BM25.

FTS5 finds passages by word; ranking a whole question of 150 words over a million passages is more than it can do while
someone waits. Here the words of each unit stand in sorted numpy arrays beside the bank, memory-mapped, with their share
in the BM25 score already worked out (Robertson & Zaragoza 2009). A compound also counts as its parts. The cache follows
the bank: what is new is added as a segment, what was removed is no longer there when its passages are fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Kind
from answers_bank.dutch.compounds import Compounds
from answers_bank.dutch.words import version
from answers_bank.index.arrays.following import kept, own
from answers_bank.index.arrays.merging import last_to_merge
from answers_bank.index.arrays.segments import Arrays, CacheState, SegmentCache
from answers_bank.index.unit_building import (
    CHUNK,
    COLUMNS,
    TOP,
    Analyser,
    Builder,
    by_document,
    group_units,
    grouped,
    letters,
    merged,
    term_hash,
)
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from answers_bank.store.database import BankMark

_LEARN_FROM = 200_000
"""Passages that teach which words are parts of compounds."""

_DOCUMENTS = 200
"""Documents that are looked up at once."""

_SHORT = re.compile(r"\w+(?:-\w+)*")

NO_ANSWERS = frozenset({Kind.QUESTIONS, Kind.DEFERRAL})
"""Documents that answer nothing and so have no units."""


@dataclass(frozen=True)
class _View:
    """A segment in use: where its units and documents start in the whole."""

    arrays: Arrays
    unit: int


class UnitIndex:
    """Ranks the units of a bank by word. Open it with `UnitIndex.open`.

    A unit is known by its number, 0 to `len(index)`; the arrays `document_key`, `date`, `portfolio` and `answer_key`
    tell of each unit its document (row key), its date (proleptic ordinal, 0 without date), its portfolio (place in
    `portfolios`) and the row key of the first passage of its answer; `alive` is whether it is still in the bank.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._cache = SegmentCache(bank.cache_folder / "units" if bank.cache_folder else None, f"units 4 {version()}")
        self._show(own(self._cache.load(), bank))
        self._drop_removed()

    @classmethod
    def open(cls, bank: Bank, progress: Progress = SILENT) -> UnitIndex:
        """The index of a bank, brought up to date."""
        index = cls(bank)
        index.refresh(progress)
        return index

    def __len__(self) -> int:
        return len(self.answer_key)

    @property
    def generation(self) -> int:
        """Of the bank that it follows."""
        return self._state.generation

    @property
    def bytes(self) -> int:
        """Size on disk."""
        return sum(segment.size for segment in self._state.segments)

    def refresh(self, progress: Progress = SILENT) -> None:
        """Take up what the bank added since."""
        mark = self._bank.mark
        if _follows(self._state, mark):
            return

        def build(cache: SegmentCache, state: CacheState) -> CacheState:
            units = sum(len(segment.arrays["unit_answer"]) for segment in state.segments)
            if units > 2 * max(state.details.get("learnt", 0), 500):
                state = CacheState()  # the bank has doubled: learn its words and its lengths again
            new = self._build(cache, state, mark, progress)
            cache.commit(new)
            return new

        self._cache, state = kept(
            self._cache, self._bank, progress, "De index van woorden", build, lambda state: _follows(state, mark)
        )
        self._show(state)
        self._drop_removed()

    def scores(self, weights: dict[str, float], most: int = 6_000_000) -> NDArray[np.float32]:
        """BM25 of every unit.

        Args:
            weights: term (of `analyser`) to its weight in the query, without its rarity.
            most: entries that are read at most; the commonest words are the first to be left out.
        """
        total = np.zeros(len(self), dtype=np.float32)
        wanted = []
        for term, weight in weights.items():
            places = [(view, *_place(view.arrays, term)) for view in self._views]
            frequency = sum(right - left for _, left, right in places)
            if frequency:
                wanted.append((weight * self.rarity(frequency), frequency, places))
        wanted.sort(key=lambda item: item[1])
        read = 0
        for weight, frequency, places in wanted:
            read += frequency
            if read > most and total.any():
                break
            for view, left, right in places:
                units = view.arrays["unit"][left:right]
                part = total[view.unit : view.unit + len(view.arrays["unit_answer"])]
                part[units] += view.arrays["impact"][left:right] * np.float32(weight * TOP / 255)
        return total

    def rarity(self, frequency: int) -> float:
        """The weight of a word that stands in so many units (inverse document frequency)."""
        return float(np.log1p((len(self) - frequency + 0.5) / (frequency + 0.5)))

    def other_forms(self, text: str) -> list[str]:
        """Long forms of the short forms in a text, and the other way round, as the bank introduces them."""
        found = [self.abbreviations[w] for w in dict.fromkeys(_SHORT.findall(text)) if w in self.abbreviations]
        folded = f" {' '.join(letters(text))} "
        return found + [short for short, long in self._folded_forms if f" {long} " in folded]

    def frequency(self, term: str) -> int:
        """How many units a term stands in."""
        return sum(right - left for left, right in (_place(view.arrays, term) for view in self._views))

    def members(self, units: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """Of each unit the row keys of its passages: its questions and its answer, ascending."""
        found: list[NDArray[np.int64]] = [np.empty(0, np.int64)] * len(units)
        for view in self._views:
            arrays = view.arrays
            places = np.flatnonzero((units >= view.unit) & (units < view.unit + len(arrays["unit_answer"])))
            if not len(places):
                continue
            own = units[places] - view.unit
            keys, owners = arrays["member_key"], arrays["member_unit"]
            documents = np.asarray(arrays["unit_document"][own])
            first = arrays["document_first"]
            low = np.searchsorted(keys, first[documents])
            beyond = documents + 1 >= len(first)
            following = np.searchsorted(keys, first[np.minimum(documents + 1, len(first) - 1)])
            high = np.where(beyond, len(keys), following)
            for place, unit, a, b in zip(places.tolist(), own.tolist(), low.tolist(), high.tolist(), strict=True):
                found[place] = keys[a:b][owners[a:b] == unit]
        return found

    def unit_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The unit of each passage (row key); -1 where it is in none, such as a question without an answer."""
        found = np.full(len(keys), -1, dtype=np.int64)
        for view in self._views:
            member = view.arrays["member_key"]
            if len(member):
                place = np.minimum(np.searchsorted(member, keys), len(member) - 1)
                hit = member[place] == keys
                found[hit] = view.arrays["member_unit"][place[hit]] + view.unit
        return found

    def _build(self, cache: SegmentCache, state: CacheState, mark: BankMark, progress: Progress) -> CacheState:
        details: dict[str, Any] = state.details
        segments = list(state.segments)
        if not segments:
            details = {"portfolios": [], "learnt": 0, "abbreviations": {}}
            learnt = self._learn(progress)
            details["parts"], details["average"] = learnt
        compounds = Compounds({})
        compounds.frequencies = details["parts"]
        portfolios = {name: code for code, name in enumerate(details["portfolios"])}
        abbreviations: dict[str, dict[str, int]] = {s: dict(f) for s, f in details["abbreviations"].items()}
        analyser = Analyser(compounds)
        last_key = state.last_key
        progress.start("Woorden opnemen in de index", None)
        builder = Builder(analyser, details["average"], portfolios, abbreviations)

        def finish() -> None:
            nonlocal builder
            if builder.units:
                segments.append(cache.write("units", builder.arrays()))
                builder = Builder(analyser, details["average"], portfolios, abbreviations)

        for group in grouped(by_document(self._bank.passages_after(last_key, roles=None)), _DOCUMENTS):
            if progress.cancelled():
                raise Cancelled
            last_key = group[-1][-1].key
            summaries = self._bank.summaries_of([passages[0].document for passages in group])
            for passages in group:
                summary = summaries.get(passages[0].document)
                if summary is not None and summary.kind not in NO_ANSWERS:
                    builder.add(summary, passages)
                    if builder.units >= CHUNK:
                        finish()
            progress.advance(len(group))
        finish()
        start = last_to_merge([len(segment.arrays["unit_answer"]) for segment in segments])
        if len(segments) - start > 1:
            segments[start:] = [merged(segments[start:], cache)]
        details = {**details, "portfolios": list(portfolios), "abbreviations": abbreviations}
        if not state.segments:
            details["learnt"] = sum(len(s.arrays["unit_answer"]) for s in segments)
        return CacheState(mark.generation, mark.mark, last_key, tuple(segments), details)

    def _learn(self, progress: Progress) -> tuple[dict[str, int], float]:
        """Frequencies of words that may be parts of compounds, and the average number of terms in a unit."""
        progress.start("Samenstellingen leren herkennen", None)
        seen: Counter[str] = Counter()
        lengths: list[int] = []
        read = 0
        for passages in by_document(self._bank.passages_after(0, roles=None)):
            progress.advance()
            read += len(passages)
            seen.update({w for p in passages for w in letters(p.text)})
            for questions, answers in group_units(passages):
                lengths.append(sum(len(p.text.split()) for p in (*questions, *answers)))
            if read >= _LEARN_FROM:
                break
        # A quarter more for the title and the parts of compounds.
        return Compounds(seen).frequencies, 1.25 * float(np.mean(lengths)) if lengths else 250.0

    def _drop_removed(self) -> None:
        """Note which units belong to documents that were taken out of the bank since."""
        alive = np.ones(len(self), dtype=bool)
        for passages, _ in self._bank.removed_since(0):
            if passages is not None:
                low, high = np.searchsorted(self.answer_key, [passages[0], passages[1] + 1])
                alive[low:high] = False
        self.alive = alive

    def _show(self, state: CacheState) -> None:
        self._state = state
        views = []
        unit = 0
        for segment in state.segments:
            views.append(_View(segment.arrays, unit))
            unit += len(segment.arrays["unit_answer"])
        self._views = tuple(views)
        self.portfolios: tuple[str, ...] = tuple(state.details.get("portfolios", ()))
        forms: dict[str, dict[str, int]] = state.details.get("abbreviations", {})
        self.abbreviations = {short: max(sorted(found), key=found.__getitem__) for short, found in forms.items()}
        self._folded_forms = [(short, " ".join(letters(long))) for short, long in self.abbreviations.items()]
        compounds = Compounds({})
        compounds.frequencies = state.details.get("parts", {})
        self.analyser = Analyser(compounds)

        def column(name: str) -> NDArray[Any]:
            parts = [np.asarray(view.arrays[name]) for view in views]
            return np.concatenate(parts) if parts else np.empty(0, dtype=COLUMNS[name])

        def of_unit(name: str) -> NDArray[Any]:
            parts = [np.asarray(view.arrays[name])[view.arrays["unit_document"]] for view in views]
            return np.concatenate(parts) if parts else np.empty(0, dtype=COLUMNS[name])

        self.answer_key = column("unit_answer")
        self.document_key = of_unit("document_key")
        self.date = of_unit("document_date")
        self.portfolio = of_unit("document_portfolio")


def _follows(state: CacheState, mark: BankMark) -> bool:
    return (state.generation, state.mark) == mark


def _place(arrays: Arrays, term: str) -> tuple[int, int]:
    known = arrays["term"]
    wanted = np.uint32(term_hash(term))
    place = int(np.searchsorted(known, wanted))
    if place == len(known) or known[place] != wanted:
        return 0, 0
    return int(arrays["offset"][place]), int(arrays["offset"][place + 1])
