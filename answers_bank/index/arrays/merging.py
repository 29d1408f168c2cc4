"""Sorted lists on disk, walked through together in order, a bounded part of each in memory at a time.

This is the merge of an external sort: indexes are written in small sorted segments and made one by it, however large
the bank is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from answers_bank.index.arrays.segments import CacheSegment

BLOCK = 1_000_000
"""Entries in memory at a time, about; one word or run that has more is one block."""

_HALF = np.uint64(32)


def last_to_merge(sizes: Sequence[int]) -> int:
    """From which segment on to join them into one: while the one before is not twice as large as what follows it.

    So their number stays logarithmic, and each entry is written a logarithmic number of times.
    """
    if not sizes:
        return 0
    start = len(sizes) - 1
    total = sizes[start]
    while start and sizes[start - 1] <= 2 * total:
        start -= 1
        total += sizes[start]
    return start


def run_blocks(
    segments: Sequence[CacheSegment], offsets: Sequence[int], block: int = BLOCK
) -> Iterator[NDArray[np.uint64]]:
    """Postings (run << 32 | number) of all segments in order, whole runs at a time.

    Args:
        segments: with the sorted array `runs`.
        offsets: what is added to the numbers of each segment.
        block: postings at a time, about.
    """
    share = max(block // max(len(segments), 1), 1)
    place = [0] * len(segments)
    lengths = [len(segment.arrays["runs"]) for segment in segments]
    while any(at < length for at, length in zip(place, lengths, strict=True)):
        read = [_whole_runs(segment, at, share) for segment, at in zip(segments, place, strict=True)]
        last = min(until for _, until in read)
        parts = []
        for n, (runs, _) in enumerate(read):
            own = runs[: np.searchsorted(runs >> _HALF, np.uint64(last), side="right")]
            place[n] += len(own)
            parts.append(own + np.uint64(offsets[n]))
        found = np.concatenate(parts)
        if len(parts) > 1:
            found.sort()
        if len(found):
            yield found


def _whole_runs(segment: CacheSegment, start: int, share: int) -> tuple[NDArray[np.uint64], int]:
    """Postings from `start` on, `share` of them or more, and the last run that is whole in them."""
    length = len(segment.arrays["runs"])
    while True:
        runs = segment.part("runs", start, min(start + share, length))
        if start + share >= length:
            return runs, (1 << 32) - 1
        last = int(runs[-1]) >> 32
        if int(runs[0]) >> 32 < last:
            return runs, last - 1
        share *= 2  # one run has more postings than this


def word_blocks(
    segments: Sequence[CacheSegment], offsets: Sequence[int], block: int = BLOCK
) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int32], NDArray[np.uint8]]]:
    """Words of all segments in order: (words, entries of each, units, shares), whole words at a time.

    Args:
        segments: with the arrays `term` (ascending), `offset` (one more), `unit` and `impact`.
        offsets: what is added to the units of each segment.
        block: entries at a time, about.
    """
    share = max(block // max(len(segments), 1), 1)
    place = [0] * len(segments)
    lengths = [len(segment.arrays["term"]) for segment in segments]
    while any(at < length for at, length in zip(place, lengths, strict=True)):
        last = (1 << 32) - 1
        for segment, at, length in zip(segments, place, lengths, strict=True):
            if at < length:
                offset = segment.arrays["offset"]
                until = int(np.searchsorted(offset, offset[at] + share, side="right")) - 1  # words that fit end here
                if until < length:
                    last = min(last, int(segment.arrays["term"][max(until - 1, at)]))
        words, units, impacts = [], [], []
        for n, segment in enumerate(segments):
            end = int(np.searchsorted(segment.arrays["term"], np.uint32(last), side="right"))
            if end > place[n]:
                bounds = segment.part("offset", place[n], end + 1)
                words.append(np.repeat(segment.part("term", place[n], end), np.diff(bounds)))
                units.append(segment.part("unit", int(bounds[0]), int(bounds[-1])) + np.int32(offsets[n]))
                impacts.append(segment.part("impact", int(bounds[0]), int(bounds[-1])))
            place[n] = end
        if words:
            word, unit, impact = np.concatenate(words), np.concatenate(units), np.concatenate(impacts)
            if len(words) > 1:
                # Stable: units rise from segment to segment, and so within each word.
                order = np.argsort(word, kind="stable")
                word, unit, impact = word[order], unit[order], impact[order]
            distinct, counts = np.unique(word, return_counts=True)
            yield distinct, counts.astype(np.int64), unit, impact
