"""Making the index of words: units out of passages, their words as sorted postings, segments as one."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from answers_bank.documents import Role
from answers_bank.dutch.compounds import Compounds
from answers_bank.dutch.names.abbreviations import definitions
from answers_bank.dutch.words import fold, terms
from answers_bank.index.arrays.merging import word_blocks
from answers_bank.index.arrays.segments import Arrays, CacheSegment, SegmentCache

if TYPE_CHECKING:
    from answers_bank.store.stored import DocumentSummary, StoredPassage

K1 = 1.2
B = 0.75
TOP = K1 + 1
"""A word's share in BM25 stays below this (before its weight); shares are kept in a byte."""

CHUNK = 5_000
"""Units in a segment as it is first written: bounds the memory."""


class Analyser:
    """Text to the terms by which it is found: Dutch stems, and the stems of the parts of compounds."""

    def __init__(self, compounds: Compounds) -> None:
        self.compounds = compounds
        self._analyse = lru_cache(maxsize=1 << 16)(self._of_chunk)
        self.distinct = lru_cache(maxsize=512)(self._distinct)
        """The distinct terms of a text; kept, since what is shown is looked at more than once."""

    def terms(self, text: str) -> list[str]:
        """Terms in the order of the text; a compound's parts follow it."""
        found: list[str] = []
        for chunk in text.split():
            found += self._analyse(chunk)
        return found

    def _distinct(self, text: str) -> frozenset[str]:
        return frozenset(self.terms(text))

    def _of_chunk(self, chunk: str) -> tuple[str, ...]:
        found = terms(chunk)
        for word in letters(chunk):
            for part in self.compounds.parts(word):
                found += terms(part)
        return tuple(found)


class _LettersAlone(dict[int, int]):
    """For `str.translate`: a space for what is no letter."""

    def __missing__(self, code: int) -> int:
        self[code] = code if chr(code).isalpha() else ord(" ")
        return self[code]


_LETTERS_ALONE = _LettersAlone()


def letters(chunk: str) -> list[str]:
    """The words of letters in a stretch of text."""
    return fold(chunk).translate(_LETTERS_ALONE).split()


@dataclass
class Builder:
    """Collects units; `arrays` gives the segment."""

    analyser: Analyser
    average: float
    portfolios: dict[str, int]
    abbreviations: dict[str, dict[str, int]]
    """Short form to its long forms, with the number of documents that introduce it so."""
    columns: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    # Of every word of every unit; a list of Python's own integers would take ten times the memory.
    hashes: array[int] = field(default_factory=lambda: array("I"))
    owners: array[int] = field(default_factory=lambda: array("i"))
    counts: array[int] = field(default_factory=lambda: array("i"))

    @property
    def units(self) -> int:
        """How many there are by now."""
        return len(self.columns["unit_document"])

    def add(self, summary: DocumentSummary, passages: Sequence[StoredPassage]) -> None:
        """Take up the units of one document."""
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
        explained = (one for p in passages if "(" in p.text for one in definitions(p.text) if one.spelled)
        for short, long in {(one.short, one.full) for one in explained}:
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
        ints = {name: np.array(values, dtype=COLUMNS[name]) for name, values in self.columns.items()}
        order = np.argsort(ints["member_key"], kind="stable")
        ints["member_key"], ints["member_unit"] = ints["member_key"][order], ints["member_unit"][order]
        owners = np.array(self.owners, dtype=np.int32)
        counts = np.array(self.counts, dtype=np.float32)
        lengths = ints["unit_length"][owners] if len(owners) else np.empty(0, np.float32)
        shares = counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths / self.average))
        impact = np.clip(np.rint(shares / TOP * 255), 1, 255).astype(np.uint8)
        return {**ints, **_postings(np.array(self.hashes, dtype=np.uint32), owners, impact)}


COLUMNS: dict[str, type[np.generic]] = {
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


def by_document(passages: Iterable[StoredPassage]) -> Iterator[list[StoredPassage]]:
    """Passages in the order of the bank, those of one document together."""
    for _, group in groupby(passages, key=lambda passage: passage.document):
        yield list(group)


def grouped(items: Iterable[list[StoredPassage]], size: int) -> Iterator[list[list[StoredPassage]]]:
    """So many at a time."""
    iterator = iter(items)
    while group := list(islice(iterator, size)):
        yield group


def merged(segments: Sequence[CacheSegment], cache: SegmentCache) -> CacheSegment:
    """Segments as one, written in bounded memory."""
    writer = cache.writer(
        "units", {**COLUMNS, "term": np.uint32, "offset": np.int64, "unit": np.int32, "impact": np.uint8}
    )
    units, documents, shifts = 0, 0, []
    for segment in segments:
        shift = {"unit_document": documents, "member_unit": units}
        for name in COLUMNS:
            column = segment.part(name, 0, len(segment.arrays[name]))
            writer.append(name, column + column.dtype.type(shift.get(name, 0)))
        shifts.append(units)
        units += len(segment.arrays["unit_answer"])
        documents += len(segment.arrays["document_key"])
    read = 0
    writer.append("offset", np.zeros(1, np.int64))
    for words, counts, owners, impacts in word_blocks(segments, shifts):
        writer.append("term", words)
        writer.append("offset", read + np.cumsum(counts))
        writer.append("unit", owners)
        writer.append("impact", impacts)
        read += len(owners)
    whole = writer.finish()
    cache.discard(tuple(segments))
    return whole
