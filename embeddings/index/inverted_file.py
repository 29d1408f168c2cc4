"""Making an inverted file (IVF, 8 bits a component) of any size in bounded memory.

FAISS holds a whole index in memory while it is filled, several times over while it learns. Here the lists are learnt
from a sample that is read in parts (spherical k-means; Dhillon and Modha 2001), the vectors are encoded some at a time,
and what belongs to one list is brought together by an external sort. The result is a file of FAISS's own format.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

RECALL = 0.995
"""Share of the true ten nearest that an inverted file must give when it is made."""

LISTS = 4
"""Lists of an index, times the square root of its rows."""

_TRAINING = 24
"""Training vectors for each list."""

_ROUNDS = 8
_CODED = 20_000
"""Vectors that teach what the 8 bits stand for."""

_CHUNK = 20_000
"""Vectors in memory at a time as they are encoded."""

_GATHERED = 100_000
"""Entries in memory at a time as the lists are written."""

_QUERIES = 200
_AT_ONCE = 10
"""Queries after which the file is opened anew: what is looked at through a mapping stays in memory."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Vectors in a file, float16."""

    path: Path
    count: int
    dimension: int

    def part(self, start: int, stop: int) -> NDArray[np.float16]:
        """Rows `start` to `stop`, read and not mapped."""
        size = max(min(stop, self.count) - start, 0) * self.dimension
        with self.path.open("rb") as file:
            file.seek(start * self.dimension * 2)
            return np.fromfile(file, "<f2", size).reshape(-1, self.dimension)

    def chunks(self, start: int = 0, size: int = _CHUNK) -> Iterator[tuple[int, Vectors]]:
        """All rows from `start` on, some at a time, each time with the number of the first."""
        for first in range(start, self.count, size):
            yield first, self.part(first, first + size).astype(np.float32)

    def some(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """Some rows, ascending."""
        found = np.empty((len(rows), self.dimension), "<f2")
        for first in range(0, self.count, _CHUNK):
            low, high = np.searchsorted(rows, [first, first + _CHUNK])
            if high > low:
                found[low:high] = self.part(first, first + _CHUNK)[rows[low:high] - first]
        return found

    def scattered(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """Some rows in any order, read one by one: through a mapping each would bring its surroundings into memory."""
        size = self.dimension * 2
        with self.path.open("rb", buffering=0) as file:
            parts = []
            for row in rows.tolist():
                file.seek(row * size)
                parts.append(file.read(size))
        return np.frombuffer(b"".join(parts), "<f2").reshape(-1, self.dimension)


def build(rows: Rows, path: Path, old: Path | None, held: int) -> int:
    """Write an inverted file over all `rows` to `path`, and return how many lists must be visited.

    Args:
        rows: the vectors.
        path: where to write.
        old: an inverted file over the first `held` rows, to be added to; None learns the lists anew.
        held: rows in `old`.
    """
    empty = _opened(old) if old else _learnt(rows)
    scratch = Path(tempfile.mkdtemp(dir=path.parent, prefix="sort-"))
    try:
        runs = _sorted_runs(empty, rows, held if old else 0, scratch)
        _write(empty, runs, old, rows.count, path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return _measured(path, rows)


def _opened(path: Path) -> Any:
    """An inverted file, mapped; what was looked at is let go of with it."""
    import faiss

    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)


def _learnt(rows: Rows) -> Any:
    """An index without rows that has learnt its lists and its 8 bits."""
    import faiss

    lists = max(int(LISTS * np.sqrt(rows.count)), 1)
    generator = np.random.default_rng(0)
    chosen = np.sort(generator.permutation(rows.count)[: max(_TRAINING * lists, min(_CODED, rows.count))])
    sample = rows.some(chosen)
    quantizer = faiss.IndexFlatIP(rows.dimension)
    quantizer.add(_centres(sample[generator.permutation(len(sample))], lists))
    index = faiss.IndexIVFScalarQuantizer(
        quantizer, rows.dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.train(sample[:: max(len(sample) // _CODED, 1)].astype(np.float32))
    return index


def _centres(sample: NDArray[np.float16], lists: int) -> Vectors:
    """Spherical k-means: as many directions that the vectors of `sample` (in random order) gather around."""
    centres = sample[:lists].astype(np.float32)
    step = max(4_000_000 // lists, 1)  # 16 MB of products
    for _ in range(_ROUNDS):
        sums = np.zeros_like(centres)
        counts = np.zeros(lists, np.int64)
        for start in range(0, len(sample), step):
            part = sample[start : start + step].astype(np.float32)
            nearest = np.argmax(part @ centres.T, axis=1)
            order = np.argsort(nearest, kind="stable")
            first = np.flatnonzero(np.diff(nearest[order], prepend=-1))
            own = nearest[order][first]
            sums[own] += np.add.reduceat(part[order], first, axis=0)
            counts += np.bincount(nearest, minlength=lists)
        # A list without vectors stays where it is.
        there = counts > 0
        centres[there] = sums[there] / np.maximum(np.linalg.norm(sums[there], axis=1, keepdims=True), 1e-9)
    return centres


@dataclass(frozen=True, slots=True)
class _Run:
    """Codes of some rows on disk, sorted by list."""

    path: Path
    bounds: NDArray[np.int64]
    """Where each list begins, and the end of the last."""


def _entries(index: Any) -> np.dtype[Any]:
    return np.dtype([("code", "u1", (index.code_size,)), ("row", "<i8")])


def _sorted_runs(index: Any, rows: Rows, start: int, folder: Path) -> list[_Run]:
    width = index.coarse_code_size()
    runs: list[_Run] = []
    for first, vectors in rows.chunks(start):
        coded = index.sa_encode(vectors)
        # The number of the list stands before each code, in as many bytes as it needs.
        number = np.zeros(len(coded), np.int64)
        for byte in range(width):
            number |= coded[:, byte].astype(np.int64) << (8 * byte)
        order = np.argsort(number, kind="stable")
        entries = np.empty(len(coded), _entries(index))
        entries["code"] = coded[order, width:]
        entries["row"] = first + order
        run = _Run(folder / f"{len(runs)}", np.searchsorted(number[order], np.arange(index.nlist + 1)))
        entries.tofile(run.path)
        runs.append(run)
    return runs


def _write(index: Any, runs: list[_Run], old: Path | None, count: int, path: Path) -> None:
    """The file: what FAISS writes of an index without rows, and then its lists."""
    import faiss

    lists = index.nlist
    held = index.invlists
    sizes = np.sum([np.diff(run.bounds) for run in runs], axis=0, dtype=np.int64) + np.zeros(lists, np.int64)
    if old:
        sizes += np.array([held.list_size(n) for n in range(lists)], np.int64)
    bare = faiss.IndexIVFScalarQuantizer(
        index.quantizer, index.d, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    bare.sq = index.sq
    bare.is_trained = True
    bare.ntotal = count
    head: bytes = faiss.serialize_index(bare).tobytes()
    head = head[: head.rindex(b"ilar")]
    with path.open("wb") as file:
        file.write(head + b"ilar" + np.array([lists, index.code_size], "<u8").tobytes())
        file.write(b"full" + np.array([lists], "<u8").tobytes() + sizes.astype("<u8").tobytes())
        ends = np.cumsum(sizes)
        low = 0
        while low < lists:
            already = int(ends[low - 1]) if low else 0
            high = max(int(np.searchsorted(ends, already + _GATHERED, side="right")), low + 1)
            _write_lists(index, runs, old, low, high, file)
            low = high


def _write_lists(index: Any, runs: list[_Run], old: Path | None, low: int, high: int, file: IO[bytes]) -> None:
    kind = _entries(index)
    parts, lists = [], []
    if old:
        entries, number = _held(old, low, high, kind)
        parts.append(entries)
        lists.append(number)
    for run in runs:
        first, last = int(run.bounds[low]), int(run.bounds[high])
        parts.append(np.fromfile(run.path, kind, last - first, offset=first * kind.itemsize))
        lists.append(np.repeat(np.arange(low, high), np.diff(run.bounds[low : high + 1])))
    number = np.concatenate(lists)
    entries = np.concatenate(parts)[np.argsort(number, kind="stable")]
    bounds = np.cumsum(np.bincount(number - low, minlength=high - low))
    for own in np.split(entries, bounds[:-1]):
        file.write(np.ascontiguousarray(own["code"]).data if len(own) else b"")
        file.write(np.ascontiguousarray(own["row"]).data if len(own) else b"")


def _held(old: Path, low: int, high: int, kind: np.dtype[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Entries of some lists of an index, with the list of each; the file is let go of again."""
    import faiss

    index = _opened(old)
    held = index.invlists
    sizes = [held.list_size(n) for n in range(low, high)]
    entries = np.empty(sum(sizes), kind)
    at = 0
    for n, size in zip(range(low, high), sizes, strict=True):
        if size:
            codes = faiss.rev_swig_ptr(held.get_codes(n), size * index.code_size)
            entries["code"][at : at + size] = codes.reshape(size, -1)
            entries["row"][at : at + size] = faiss.rev_swig_ptr(held.get_ids(n), size)
        at += size
    return entries, np.repeat(np.arange(low, high), sizes)


def _measured(path: Path, rows: Rows) -> int:
    """The fewest lists to visit for a recall of `RECALL` among ten, on rows of the index itself as queries."""
    import faiss

    chosen = np.sort(np.random.default_rng(1).permutation(rows.count)[:_QUERIES])
    queries = rows.some(chosen).astype(np.float32)
    truth = _exact(rows, queries, 11)

    def hits(visited: int) -> float:
        found = []
        for start in range(0, len(queries), _AT_ONCE):
            index = _opened(path)
            part = slice(start, start + _AT_ONCE)
            asked = queries[part]
            parameters = faiss.SearchParametersIVF(nprobe=visited)  # type: ignore[call-arg]
            _, near = index.search(asked, 100, params=parameters)
            for query, places, true, own in zip(asked, near, truth[part], chosen[part].tolist(), strict=True):
                places = places[places >= 0]
                scores = rows.scattered(places).astype(np.float32) @ query
                best = places[np.argsort(-scores, kind="stable")][:11]
                # The row itself is no achievement: it is left out on both sides.
                found.append(len((set(true.tolist()) - {own}) & set(best.tolist())) / 10)
        return float(np.mean(found))

    lists = _opened(path).nlist
    visited = 8
    while visited < lists and hits(visited) < RECALL:
        visited *= 2
    return int(min(visited, lists))


def _exact(rows: Rows, queries: Vectors, k: int) -> NDArray[np.int64]:
    """The k rows nearest each query, all rows compared."""
    best = np.empty((len(queries), 0), np.int64)
    scores = np.empty((len(queries), 0), np.float32)
    for first, vectors in rows.chunks(size=_CHUNK // 5):
        more = queries @ vectors.T
        scores = np.concatenate([scores, more], axis=1)
        best = np.concatenate([best, np.broadcast_to(np.arange(first, first + more.shape[1]), more.shape)], axis=1)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        scores = np.take_along_axis(scores, order, axis=1)
        best = np.take_along_axis(best, order, axis=1)
    return best
