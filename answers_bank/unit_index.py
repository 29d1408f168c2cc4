"""The words of the bank, ranked: every answer with its question, and every section of a letter, by BM25.

FTS5 finds passages by word; ranking a whole question of 150 words over a million passages is more than it can do while
someone waits. Here the words of each unit stand in sorted numpy arrays beside the bank, memory-mapped, with their share
in the BM25 score already worked out (Robertson & Zaragoza 2009). A compound also counts as its parts. The cache follows
the bank: what is new is added as a segment, what was removed is no longer there when its passages are fetched.
"""

from __future__ import annotations

import datetime
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from answers_bank.abbreviations import definitions
from answers_bank.compounds import Compounds
from answers_bank.documents import Kind, Role
from answers_bank.segments import Arrays, CacheState, Segment, SegmentCache
from answers_bank.word_index import fold, terms, version
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.bank import Bank
    from answers_bank.stored import DocumentSummary, StoredPassage

K1 = 1.2
B = 0.75
_TOP = K1 + 1
"""A word's share in BM25 stays below this (before its weight); shares are kept in a byte."""

CHUNK = 10_000
"""Units in a segment when building: bounds the memory."""

_LEARN_FROM = 200_000
"""Passages that teach which words are parts of compounds."""

_SHORT = re.compile(r"\w+(?:-\w+)*")

_NO_ANSWERS = frozenset({Kind.QUESTIONS, Kind.DEFERRAL})


class Analyser:
    """Text to the terms by which it is found: Dutch stems, and the stems of the parts of compounds."""

    def __init__(self, compounds: Compounds) -> None:
        self.compounds = compounds
        self._analyse = lru_cache(maxsize=1 << 18)(self._of_chunk)

    def terms(self, text: str) -> list[str]:
        """Terms in the order of the text; a compound's parts follow it."""
        found: list[str] = []
        for chunk in text.split():
            found += self._analyse(chunk)
        return found

    def _of_chunk(self, chunk: str) -> tuple[str, ...]:
        found = terms(chunk)
        for word in _letters(chunk):
            for part in self.compounds.parts(word):
                found += terms(part)
        return tuple(found)


def _letters(chunk: str) -> list[str]:
    """The words of letters in a stretch without white space."""
    return "".join(c if c.isalpha() else " " for c in fold(chunk)).split()


@dataclass
class _Builder:
    """Collects units; `arrays` gives the segment."""

    analyser: Analyser
    average: float
    portfolios: dict[str, int]
    abbreviations: dict[str, dict[str, int]]
    """Short form to its long forms, with the number of documents that introduce it so."""
    columns: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    # Of every word of every unit; a list of Python's own integers would take ten times the memory.
    hashes: array[int] = field(default_factory=lambda: array("I"))
    owners: array[int] = field(default_factory=lambda: array("i"))
    counts: array[int] = field(default_factory=lambda: array("i"))

    @property
    def units(self) -> int:
        return len(self.columns["unit_document"])

    def add(self, summary: DocumentSummary, passages: Sequence[StoredPassage]) -> None:
        found = list(group_units(passages))
        if not found:
            return
        columns = self.columns
        document = len(columns["document_key"])
        portfolio = summary.portfolio or ""
        columns["document_key"].append(summary.key)
        columns["document_date"].append(summary.date.toordinal() if summary.date else 0)
        columns["document_portfolio"].append(self.portfolios.setdefault(portfolio, len(self.portfolios)))
        columns["document_first"].append(passages[0].key - passages[0].position + 1)
        for short, long in {pair for p in passages if "(" in p.text for pair in definitions(p.text)}:
            counted_forms = self.abbreviations.setdefault(short, {})
            counted_forms[long] = counted_forms.get(long, 0) + 1
        # Without a subject the title is the name of a file, and nobody asks for that.
        subject = "" if summary.title == summary.source else summary.title
        for questions, answers in found:
            unit = self.units
            columns["unit_document"].append(document)
            columns["unit_answer"].append(answers[0].key)
            text = " ".join([subject, answers[0].heading, *(p.text for p in (*questions, *answers))])
            counted = Counter(self.analyser.terms(text))
            length = sum(counted.values())
            columns["unit_length"].append(length)
            for passage in (*questions, *answers):
                columns["member_key"].append(passage.key)
                columns["member_unit"].append(unit)
            for term, count in counted.items():
                self.hashes.append(term_hash(term))
                self.owners.append(unit)
                self.counts.append(count)

    def arrays(self) -> Arrays:
        """The arrays of the segment, empty or not."""
        ints = {name: np.array(values, dtype=_COLUMNS[name]) for name, values in self.columns.items()}
        order = np.argsort(ints["member_key"], kind="stable")
        ints["member_key"], ints["member_unit"] = ints["member_key"][order], ints["member_unit"][order]
        owners = np.array(self.owners, dtype=np.int32)
        counts = np.array(self.counts, dtype=np.float32)
        lengths = ints["unit_length"][owners] if len(owners) else np.empty(0, np.float32)
        shares = counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths / self.average))
        impact = np.clip(np.rint(shares / _TOP * 255), 1, 255).astype(np.uint8)
        return {**ints, **_postings(np.array(self.hashes, dtype=np.uint32), owners, impact)}


_COLUMNS: dict[str, type[np.generic]] = {
    "document_key": np.int64,
    "document_date": np.int32,
    "document_portfolio": np.int32,
    "document_first": np.int64,
    "unit_document": np.int32,
    "unit_answer": np.int64,
    "unit_length": np.int32,
    "member_key": np.int64,
    "member_unit": np.int32,
}


def _postings(hashes: NDArray[np.uint32], owners: NDArray[np.int32], impact: NDArray[np.uint8]) -> Arrays:
    # Owners rise already; a stable sort keeps them so within each word, at half the memory of sorting by both.
    order = np.argsort(hashes, kind="stable")
    hashes, owners, impact = hashes[order], owners[order], impact[order]
    term, first = np.unique(hashes, return_index=True)
    offset = np.append(first, len(hashes)).astype(np.int64)
    return {"term": term, "offset": offset, "unit": owners, "impact": impact}


def term_hash(term: str) -> int:
    """32 bits, the same in every process."""
    return zlib.crc32(term.encode())


def group_units(
    passages: Sequence[StoredPassage],
) -> Iterator[tuple[tuple[StoredPassage, ...], tuple[StoredPassage, ...]]]:
    """The units of one document: (questions, passages of the answer), or ((), passages of a section)."""
    questions = [p for p in passages if p.role is Role.QUESTION]
    groups: dict[tuple[Role, tuple[int, ...], str, int], list[StoredPassage]] = {}
    previous: StoredPassage | None = None
    section = 0
    for passage in passages:
        if passage.role is Role.QUESTION:
            continue
        if passage.role is Role.SECTION and (previous is None or previous.heading != passage.heading):
            section += 1  # two sections may have the same heading
        key = (passage.role, passage.numbers, passage.heading, section if passage.role is Role.SECTION else 0)
        groups.setdefault(key, []).append(passage)
        previous = passage
    for (role, numbers, _, _), answers in groups.items():
        asked = [q for q in questions if set(q.numbers) & set(numbers)] if role is Role.ANSWER else []
        yield tuple(asked), tuple(answers)


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
        self._cache = SegmentCache(bank.cache_folder / "units" if bank.cache_folder else None, f"units 3 {version()}")
        self._show(self._cache.load())
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
        generation = self._bank.generation
        state = self._state
        if state.generation == generation:
            return
        taken_up = len(self)
        if state.generation > generation or taken_up > 2 * max(state.details.get("learnt", 0), 500):
            # Another bank in this folder; or one that has doubled: learn its words and its lengths again.
            state = CacheState()
        self._show(self._build(state, generation, progress))
        self._cache.commit(self._state)
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
                part[units] += view.arrays["impact"][left:right] * np.float32(weight * _TOP / 255)
        return total

    def rarity(self, frequency: int) -> float:
        """The weight of a word that stands in so many units (inverse document frequency)."""
        return float(np.log1p((len(self) - frequency + 0.5) / (frequency + 0.5)))

    def other_forms(self, text: str) -> list[str]:
        """Long forms of the short forms in a text, and the other way round, as the bank introduces them."""
        found = [self.abbreviations[w] for w in dict.fromkeys(_SHORT.findall(text)) if w in self.abbreviations]
        folded = f" {' '.join(_letters(text))} "
        return found + [short for short, long in self._folded_forms if f" {long} " in folded]

    def frequency(self, term: str) -> int:
        """How many units a term stands in."""
        return sum(right - left for left, right in (_place(view.arrays, term) for view in self._views))

    def members(self, unit: int) -> NDArray[np.int64]:
        """Row keys of the passages of a unit: its questions and its answer, ascending."""
        view = next(v for v in reversed(self._views) if v.unit <= unit)
        arrays = view.arrays
        document = int(arrays["unit_document"][unit - view.unit])
        bounds = np.asarray(arrays["document_first"][document : document + 2])
        low = int(np.searchsorted(arrays["member_key"], bounds[0]))
        high = int(np.searchsorted(arrays["member_key"], bounds[1])) if len(bounds) > 1 else len(arrays["member_key"])
        mine = arrays["member_unit"][low:high] == unit - view.unit
        return np.asarray(arrays["member_key"][low:high][mine])

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

    def _build(self, state: CacheState, generation: int, progress: Progress) -> CacheState:
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
        summaries = {s.id: s for s in self._bank.documents()}
        builder = _Builder(analyser, details["average"], portfolios, abbreviations)

        def finish() -> None:
            nonlocal builder
            if builder.units:
                segments.append(self._cache.write("units", builder.arrays()))
                builder = _Builder(analyser, details["average"], portfolios, abbreviations)

        for passages in _by_document(self._bank.passages_after(last_key, roles=None)):
            last_key = passages[-1].key
            summary = summaries.get(passages[0].document)
            progress.advance()
            if summary is None or summary.kind in _NO_ANSWERS:
                continue
            builder.add(summary, passages)
            if builder.units >= CHUNK:
                finish()
        finish()
        segments = _merged(segments, self._cache)
        details = {**details, "portfolios": list(portfolios), "abbreviations": abbreviations}
        if not state.segments:
            details["learnt"] = sum(len(s.arrays["unit_answer"]) for s in segments)
        return CacheState(generation, last_key, tuple(segments), details)

    def _learn(self, progress: Progress) -> tuple[dict[str, int], float]:
        """Frequencies of words that may be parts of compounds, and the average number of terms in a unit."""
        progress.start("Samenstellingen leren herkennen", None)
        seen: Counter[str] = Counter()
        lengths: list[int] = []
        read = 0
        for passages in _by_document(self._bank.passages_after(0, roles=None)):
            progress.advance()
            read += len(passages)
            seen.update({w for p in passages for w in _letters(p.text)})
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
        self._folded_forms = [(short, " ".join(_letters(long))) for short, long in self.abbreviations.items()]
        compounds = Compounds({})
        compounds.frequencies = state.details.get("parts", {})
        self.analyser = Analyser(compounds)

        def column(name: str) -> NDArray[Any]:
            parts = [np.asarray(view.arrays[name]) for view in views]
            return np.concatenate(parts) if parts else np.empty(0, dtype=_COLUMNS[name])

        def of_unit(name: str) -> NDArray[Any]:
            parts = [np.asarray(view.arrays[name])[view.arrays["unit_document"]] for view in views]
            return np.concatenate(parts) if parts else np.empty(0, dtype=_COLUMNS[name])

        self.answer_key = column("unit_answer")
        self.document_key = of_unit("document_key")
        self.date = of_unit("document_date")
        self.portfolio = of_unit("document_portfolio")


def ordinal(day: datetime.date | None) -> int:
    """A date as the index keeps it."""
    return day.toordinal() if day else 0


def _by_document(rows: Iterable[tuple[int, StoredPassage]]) -> Iterator[list[StoredPassage]]:
    passages: list[StoredPassage] = []
    for _, passage in rows:
        if passages and passage.document != passages[0].document:
            yield passages
            passages = []
        passages.append(passage)
    if passages:
        yield passages


def _place(arrays: Arrays, term: str) -> tuple[int, int]:
    known = arrays["term"]
    wanted = np.uint32(term_hash(term))
    place = int(np.searchsorted(known, wanted))
    if place == len(known) or known[place] != wanted:
        return 0, 0
    return int(arrays["offset"][place]), int(arrays["offset"][place + 1])


def _merged(segments: list[Segment], cache: SegmentCache) -> list[Segment]:
    """Join the last segments while the one before is no larger, so that their number stays logarithmic."""
    while len(segments) > 1:
        older, newer = segments[-2].arrays, segments[-1].arrays
        units, documents = len(older["unit_answer"]), len(older["document_key"])
        if units > len(newer["unit_answer"]) or units + len(newer["unit_answer"]) > 4 * CHUNK:
            break
        shift = {"unit_document": documents, "member_unit": units}
        columns = {name: np.concatenate([older[name], newer[name] + shift.get(name, 0)]) for name in _COLUMNS}
        postings = _postings(
            np.concatenate([np.repeat(a["term"], np.diff(a["offset"])) for a in (older, newer)]),
            np.concatenate([older["unit"], newer["unit"] + np.int32(units)]),
            np.concatenate([older["impact"], newer["impact"]]),
        )
        arrays = {name: column.astype(_COLUMNS[name]) for name, column in columns.items()}
        segments[-2:] = [cache.write("units", {**arrays, **postings})]
    return segments
