"""What FAISS does for `vector_index`: candidates, and their exact scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

RECALL = 0.99
"""Share of the true ten nearest that an inverted file must give when it is made."""

_SAMPLE = 200
_TRAINING = 40
"""Training vectors for each list; faiss asks for 39 at least, and more cost memory."""
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


def build(vectors: NDArray[np.float16], path: Path, old: Path | None, held: int) -> int:
    """Write an inverted file over all `vectors` to `path`, and return how many lists must be visited.

    Args:
        vectors: all rows.
        path: where to write.
        old: an inverted file over the first `held` rows, to be added to; None learns the lists anew.
        held: rows in `old`.
    """
    import faiss

    count, dimension = vectors.shape
    if old is not None:
        index = faiss.read_index(str(old))
    else:
        held = 0
        lists = max(int(4 * np.sqrt(count)), 1)
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        chosen = np.random.default_rng(0).permutation(count)[: _TRAINING * lists]
        index.train(np.asarray(vectors[np.sort(chosen)], dtype=np.float32))
    for start in range(held, count, _CHUNK):
        index.add(np.asarray(vectors[start : start + _CHUNK], dtype=np.float32))
    visited = _measure(index, vectors)
    faiss.write_index(index, str(path))
    return visited


def _measure(index: Any, vectors: NDArray[np.float16]) -> int:
    """The fewest lists to visit for a recall of `RECALL` among ten, on rows of the index itself as queries."""
    import faiss

    count = len(vectors)
    chosen = np.sort(np.random.default_rng(1).permutation(count)[:_SAMPLE])
    queries = np.asarray(vectors[chosen], dtype=np.float32)
    truth = _flat_search(vectors, queries, 11)
    visited = 8
    while visited < index.nlist:
        parameters = faiss.SearchParametersIVF(nprobe=visited)  # type: ignore[call-arg]
        _, found = index.search(queries, 100, params=parameters)
        best = [
            set(row[np.argsort(-_exact(vectors, queries[i : i + 1], row[None])[0], kind="stable")][:11].tolist())
            for i, row in enumerate(found)
        ]
        # The row itself is no achievement: it is left out on both sides.
        hits = [len((set(t.tolist()) - {c}) & b) / 10 for t, b, c in zip(truth, best, chosen.tolist(), strict=True)]
        if np.mean(hits) >= RECALL:
            break
        visited *= 2
    return int(min(visited, index.nlist))


def _flat_search(vectors: NDArray[np.float16], queries: Vectors, k: int) -> NDArray[np.int64]:
    best_rows = np.empty((len(queries), 0), np.int64)
    best_scores = np.empty((len(queries), 0), np.float32)
    for start in range(0, len(vectors), _CHUNK):
        scores = queries @ np.asarray(vectors[start : start + _CHUNK], dtype=np.float32).T
        rows = np.broadcast_to(np.arange(start, start + scores.shape[1]), scores.shape)
        best_scores = np.concatenate([best_scores, scores], axis=1)
        best_rows = np.concatenate([best_rows, rows], axis=1)
        order = np.argsort(-best_scores, axis=1, kind="stable")[:, :k]
        best_scores = np.take_along_axis(best_scores, order, axis=1)
        best_rows = np.take_along_axis(best_rows, order, axis=1)
    return best_rows


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
