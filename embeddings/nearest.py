"""What FAISS does for `vector_index`: candidates, and their exact scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

_CHUNK = 20_000


@dataclass(slots=True)
class Candidates:
    """The FAISS structures over the rows of an index."""

    inverted: Any | None
    """Over the first `indexed` rows."""
    indexed: int
    visited: int
    flat: Any
    """Over the rows after these."""

    @classmethod
    def make(cls, vectors: NDArray[np.float16], path: Path | None, indexed: int, visited: int) -> Candidates:
        """Structures over all rows of `vectors`, of which the first `indexed` are in the inverted file at `path`."""
        import faiss

        inverted = None
        if path is not None:
            inverted = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        start = indexed if inverted is not None else 0
        return cls(inverted, start, visited, _flat(vectors[start:]))


def search(
    candidates: Candidates, vectors: NDArray[np.float16], queries: Vectors, k: int, mask: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int64], Vectors]:
    """The best rows for each query with their scores; see `VectorIndex.search`."""
    wanted = min(k, len(vectors))
    rows = np.full((len(queries), k), -1, np.int64)
    scores = np.full((len(queries), k), -np.inf, np.float32)
    if not wanted or not len(queries):
        return rows, scores
    parts = []
    tail = _ask(candidates.flat, queries, wanted, None if mask is None else mask[candidates.indexed :], None)
    tail[0][tail[0] >= 0] += candidates.indexed
    parts.append(tail)
    if candidates.inverted is not None:
        # More than asked for: 8 bits a component order the candidates roughly, the stored vectors order them truly.
        many = min(max(4 * wanted, 100), candidates.indexed)
        front = None if mask is None else mask[: candidates.indexed]
        found, _ = _ask(candidates.inverted, queries, many, front, candidates.visited)
        parts.append((found, _exact(vectors, queries, found)))
    all_rows = np.concatenate([part[0] for part in parts], axis=1)
    all_scores = np.concatenate([part[1] for part in parts], axis=1)
    all_scores[all_rows < 0] = -np.inf
    # Ties by row, so that the same question gives the same answer whatever the order of work was.
    order = np.lexsort((all_rows, -all_scores), axis=1)[:, :wanted]
    rows[:, : order.shape[1]] = np.take_along_axis(all_rows, order, axis=1)
    scores[:, : order.shape[1]] = np.take_along_axis(all_scores, order, axis=1)
    rows[np.isneginf(scores)] = -1
    return rows, scores


def _flat(vectors: NDArray[np.float16]) -> Any:
    """All rows, compared as they are stored."""
    import faiss

    count, dimension = vectors.shape
    flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    for start in range(0, count, _CHUNK):
        chunk = np.ascontiguousarray(vectors[start : start + _CHUNK])
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
    if visited is not None:
        ivf = faiss.SearchParametersIVF(nprobe=visited, **options)  # type: ignore[call-arg]
        scores, rows = index.search(queries, k, params=ivf)
    elif options:
        scores, rows = index.search(queries, k, params=faiss.SearchParameters(**options))
    else:
        scores, rows = index.search(queries, k)
    return rows, scores


def _exact(vectors: NDArray[np.float16], queries: Vectors, rows: NDArray[np.int64]) -> Vectors:
    """Scores of the given rows with the stored vectors."""
    scores = np.full(rows.shape, -np.inf, np.float32)
    for i, chosen in enumerate(rows):
        there = chosen >= 0
        scores[i, there] = np.asarray(vectors[chosen[there]], dtype=np.float32) @ queries[i]
    return scores
