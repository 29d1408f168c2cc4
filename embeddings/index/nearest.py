"""What FAISS does for `vector_index`: candidates, and their exact scores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

_CHUNK = 20_000
_FEW_QUERIES = 8


@dataclass(slots=True)
class FaissStructures:
    """The FAISS structures over the rows of an index."""

    inverted: Any | None
    """Over the first `indexed` rows."""
    indexed: int
    visited: int
    parts: NDArray[np.int8]
    """To which part of the index each row belongs."""

    flats: tuple[Flat, ...]
    """Over the rows after these, each part of the index by itself."""

    @classmethod
    def make(
        cls, vectors: NDArray[np.float16], parts: NDArray[np.int8], path: Path | None, indexed: int, visited: int
    ) -> FaissStructures:
        """Structures over all rows of `vectors`, of which the first `indexed` are in the inverted file at `path`.

        Args:
            vectors: all rows.
            parts: to which part of the index each row belongs.
            path: None for an index that has no inverted file.
            indexed: rows in it.
            visited: lists of it that are visited.
        """
        import faiss

        inverted = None
        if path is not None:
            inverted = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        start = indexed if inverted is not None else 0
        flats = []
        for part in np.unique(parts[start:]).tolist():
            rows = start + np.flatnonzero(parts[start:] == part)
            flats.append(Flat(part, rows, _flat(vectors, rows)))
        return cls(inverted, start, visited, parts, tuple(flats))


@dataclass(frozen=True, slots=True)
class Flat:
    """Rows of one part, all compared."""

    part: int
    rows: NDArray[np.int64]
    index: Any


def search(
    structures: FaissStructures,
    vectors: NDArray[np.float16],
    queries: Vectors,
    k: int,
    mask: NDArray[np.bool_] | None,
    part: int | None = None,
) -> tuple[NDArray[np.int64], Vectors]:
    """The best rows for each query with their scores; see `VectorIndex.search`.

    `mask` must leave out the rows of other parts where `part` is given.
    """
    wanted = min(k, len(vectors))
    rows = np.full((len(queries), k), -1, np.int64)
    scores = np.full((len(queries), k), -np.inf, np.float32)
    if not wanted or not len(queries):
        return rows, scores
    parts = []
    for flat in structures.flats:
        if part is None or flat.part == part:
            # By part, and not by a mask over all: choosing row by row costs more than comparing.
            own = None if mask is None else mask[flat.rows]
            found, likeness = _ask(flat.index, queries, wanted, None if own is None or own.all() else own, None)
            parts.append((np.where(found >= 0, flat.rows[found], -1), likeness))
    if structures.inverted is not None:
        # More than asked for: 8 bits a component order the candidates roughly, the stored vectors order them truly.
        many = min(max(4 * wanted, 100), structures.indexed)
        front = None if mask is None else mask[: structures.indexed]
        found, _ = _ask(structures.inverted, queries, many, front, structures.visited)
        parts.append((found, _exact(vectors, queries, found)))
    if not parts:
        return rows, scores
    all_rows = np.concatenate([found for found, _ in parts], axis=1)
    all_scores = np.concatenate([likeness for _, likeness in parts], axis=1)
    all_scores[all_rows < 0] = -np.inf
    # Ties by row, so that the same question gives the same answer whatever the order of work was.
    order = np.lexsort((all_rows, -all_scores), axis=1)[:, :wanted]
    rows[:, : order.shape[1]] = np.take_along_axis(all_rows, order, axis=1)
    scores[:, : order.shape[1]] = np.take_along_axis(all_scores, order, axis=1)
    rows[np.isneginf(scores)] = -1
    return rows, scores


def _flat(vectors: NDArray[np.float16], rows: NDArray[np.int64]) -> Any:
    """Some rows, compared as they are stored."""
    import faiss

    dimension = vectors.shape[1]
    flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    for start in range(0, len(rows), _CHUNK):
        chunk = np.ascontiguousarray(vectors[rows[start : start + _CHUNK]])
        flat.add_sa_codes(chunk.view(np.uint8).reshape(len(chunk), -1))
    return flat


def _ask(
    index: Any, queries: Vectors, k: int, mask: NDArray[np.bool_] | None, visited: int | None
) -> tuple[NDArray[np.int64], Vectors]:
    import faiss

    k = min(k, index.ntotal)
    if not k:
        return np.empty((len(queries), 0), np.int64), np.empty((len(queries), 0), np.float32)
    options: dict[str, Any] = {}
    if mask is not None:
        bits = np.packbits(mask, bitorder="little")  # must outlive the search: FAISS keeps its address
        options["sel"] = faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits))
    with _threads_for(len(queries)):
        if visited is not None:
            ivf = faiss.SearchParametersIVF(nprobe=visited, **options)  # type: ignore[call-arg]
            scores, rows = index.search(queries, k, params=ivf)
        elif options:
            scores, rows = index.search(queries, k, params=faiss.SearchParameters(**options))
        else:
            scores, rows = index.search(queries, k)
    return rows, scores


@contextmanager
def _threads_for(queries: int) -> Iterator[None]:
    """One thread for a few queries: they take milliseconds, and waiting for a second thread on a busy computer took
    25 ms now and then. The setting is the calling thread's own."""
    import faiss

    before = faiss.omp_get_max_threads()
    if queries > _FEW_QUERIES:
        yield
        return
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _exact(vectors: NDArray[np.float16], queries: Vectors, rows: NDArray[np.int64]) -> Vectors:
    """Scores of the given rows with the stored vectors."""
    scores = np.full(rows.shape, -np.inf, np.float32)
    for i, chosen in enumerate(rows):
        there = chosen >= 0
        scores[i, there] = np.asarray(vectors[chosen[there]], dtype=np.float32) @ queries[i]
    return scores
