"""How good and how fast is the vector index by size? `python -m benchmarks.vectors --sizes 100000 1000000`.

Vectors are drawn around real ones where --bank gives a bank (a mixture of two real neighbours with a little noise), and
around made-up centres otherwise. Questions are drawn the same way and are not in the index. The baseline is faiss's own
exact search over float32 (IndexFlatIP). JSON on stdout.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from answers_bank.index.meaning import MeaningIndex
from answers_bank.store.bank import Bank
from benchmarks.synthetic import FastEncoder
from embeddings.encoder import ModelIdentity, Vectors
from embeddings.index.vector_index import VectorIndex

_CHUNK = 50_000


def drawn(count: int, real: Vectors | None, seed: int) -> Vectors:
    """Vectors that lie as real ones do."""
    generator = np.random.default_rng(seed)
    if real is None:
        return FastEncoder().encode_passages([f"{seed}-{n}" for n in range(count)])
    made = np.empty((count, real.shape[1]), np.float32)
    spread = float(np.std(real - real.mean(axis=0)))
    for start in range(0, count, _CHUNK):
        size = min(_CHUNK, count - start)
        first = generator.integers(0, len(real), size)
        near = np.minimum(first + generator.integers(1, 4, size), len(real) - 1)  # pieces of one answer lie together
        share = generator.uniform(0.3, 1, (size, 1)).astype(np.float32)
        noise = generator.standard_normal((size, real.shape[1]), dtype=np.float32) * np.float32(0.5 * spread)
        made[start : start + size] = share * real[first] + (1 - share) * real[near] + noise
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def measure(size: int, real: Vectors | None, folder: Path, queries: int) -> dict[str, Any]:
    """One size."""
    vectors = drawn(size, real, 1)
    asked = drawn(queries, real, 2)
    index = VectorIndex.open(folder, ModelIdentity("synthetic", "benchmark", vectors.shape[1]), "benchmark")
    began = time.process_time()
    index.add(np.arange(1, size + 1), vectors)
    index.save({})
    built = time.process_time() - began
    began = time.process_time()
    index = VectorIndex.open(folder, index.model, "benchmark")
    index.search(asked[:1], 10)
    opened = time.process_time() - began
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    del vectors
    truth, full, found, fast = [], [], [], []
    for query in asked:
        began = time.process_time()
        truth.append(set(exact.search(query[None], 10)[1][0].tolist()))
        full.append(time.process_time() - began)
        began = time.process_time()
        rows, _ = index.search(query[None], 200)
        fast.append(time.process_time() - began)
        found.append(set(rows[0][:10].tolist()))
    hits = [len(a & b) / 10 for a, b in zip(truth, found, strict=True)]
    return {
        "vectors": size,
        "kind": index.kind,
        "lists_visited": index._manifest.visited,
        "recall_at_10": round(float(np.mean(hits)), 4),
        "p50_ms": round(1000 * float(np.percentile(fast, 50)), 2),
        "p95_ms": round(1000 * float(np.percentile(fast, 95)), 2),
        "baseline_flat_p50_ms": round(1000 * float(np.percentile(full, 50)), 2),
        "ratio_to_baseline": round(float(np.median(fast) / np.median(full)), 3),
        "build_seconds": round(built, 1),
        "open_and_first_search_seconds": round(opened, 2),
        "disk_mb": index.bytes // 1_000_000,
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 300_000])
    parser.add_argument("--bank", type=Path, help="a bank with real vectors to draw around")
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    real = None
    if options.bank:
        with Bank.open(options.bank, read_only=True) as bank:
            index = MeaningIndex.open(bank)
            real = index.vectors() if index is not None else None
    results = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as scratch:
            results.append(measure(size, real, Path(scratch) / "vectors", options.queries))
    around = "real vectors" if real is not None else "made-up centres"
    print(json.dumps({"clock": "processor", "drawn_around": around, "sizes": results}, indent=1))


if __name__ == "__main__":
    main()
