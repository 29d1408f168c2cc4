"""How long does a search take? `python -m benchmarks.latency --sizes 10000 100000 1000000`.

Real sentences (of a register given with --material) make the passages, synthetic vectors stand for theirs. Times are of
the warm search without the encoder, over queries made of other sentences, each with the time that its parts took;
once more for queries with an addressee, which look among the addressee's own answers too. The baseline is the plainest
thing that works: all vectors compared with numpy, in the same run. Times are milliseconds of the clock, and with --cpu
of the processor, which say more on a machine that has other work. JSON on stdout.

Making a bank of a million passages takes a quarter of an hour or so; --folder keeps the banks for the next time.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from answers_bank.index.meaning import MeaningIndex
from answers_bank.index.standard_passages import StandardPassages
from answers_bank.index.unit_index import UnitIndex
from answers_bank.store.bank import Bank
from benchmarks.banks import size_on_disk, synthetic_bank
from benchmarks.synthetic import FastEncoder, sentences
from drafter.search import reasons
from drafter.search.candidates import CandidateFinder
from drafter.search.searcher import Searcher
from drafter.search.signals.nearness import CandidateNearness
from drafter.search.values import SearchQuery
from embeddings.index.vector_index import VectorIndex

_clock: Callable[[], float] = time.perf_counter

WARM = 10
"""Queries before the clock runs."""

BASELINE = 50
"""Queries of which all vectors are compared."""

_PARTS: dict[str, tuple[Any, str]] = {
    "words": (UnitIndex, "scores"),
    "vectors": (VectorIndex, "search"),
    "choosing by meaning": (CandidateNearness, "rough"),
    "scoring by meaning": (CandidateNearness, "exact"),
    "reading candidates": (CandidateFinder, "_read"),
    "scoring by letters": (CandidateFinder, "add_letters"),
    "reading results": (CandidateFinder, "described"),
    "newer variants": (StandardPassages, "newest_variants"),
    "saying why": (reasons, "why"),
}


def measure(folder: Path, material: Path | None, queries: int, encoder: FastEncoder) -> dict[str, Any]:
    """Latency of one bank."""
    texts = sentences(material)
    generator = np.random.default_rng(11)
    asked = [
        SearchQuery(" ".join(texts[int(i)] for i in generator.integers(0, len(texts), 3)), k=10) for _ in range(queries)
    ]
    with Bank.open(folder) as bank:
        began = _clock()
        searcher = Searcher(bank, encoder)
        searcher.prepare()
        opened = _clock() - began
        began = _clock()
        searcher.search(asked[0])
        first = _clock() - began
        for query in asked[:WARM]:
            searcher.search(query)
        took, parts = _measured(searcher, asked)
        addressed, _ = _measured(
            searcher, [replace(query, portfolio=f"Ministerie nummer {n % 14 + 1}") for n, query in enumerate(asked)]
        )
        index = MeaningIndex.open(bank)
        assert index is not None
        vectors = [encoder.encode_queries([query.text]) for query in asked[:BASELINE]]
        result: dict[str, Any] = {
            "passages": bank.info().passages,
            "vectors": len(index),
            "index": index.index.kind,
            "open_seconds": round(opened, 2),
            "first_ms": round(1000 * first, 1),
            "p50_ms": _milliseconds(took, 50),
            "p95_ms": _milliseconds(took, 95),
            "p50_with_addressee_ms": _milliseconds(addressed, 50),
            "p95_with_addressee_ms": _milliseconds(addressed, 95),
            "parts_p50_ms": {name: _milliseconds(values, 50) for name, values in parts.items()},
            "parts_p95_ms": {name: _milliseconds(values, 95) for name, values in parts.items()},
        }
        plain = index.vectors()
        exact = []
        full = []
        found = [index.search(vector, 10)[0][0] for vector in vectors]
        for vector in vectors:
            began = _clock()
            scores = plain @ vector[0]
            best = np.argpartition(-scores, 10)[:10]
            full.append(_clock() - began)
            exact.append(set(best.tolist()))
        result["baseline_numpy_p50_ms"] = _milliseconds(full, 50)
        result["ratio_vectors_to_baseline"] = round(
            _median([_seconds(index.search, v, 10) for v in vectors]) / _median(full), 3
        )
        hits = [len(truth & set(rows.tolist())) / 10 for truth, rows in zip(exact, found, strict=True)]
        result["recall_at_10_against_exact"] = round(float(np.mean(hits)), 4)
    result["bytes"] = size_on_disk(folder)
    return result


def _measured(searcher: Searcher, asked: list[SearchQuery]) -> tuple[list[float], dict[str, list[float]]]:
    """Seconds of each search, and of each part in each search."""
    took = []
    parts: dict[str, list[float]] = defaultdict(list)
    with _timed() as spent:
        for query in asked:
            spent.clear()
            began = _clock()
            searcher.search(query)
            took.append(_clock() - began)
            for name in _PARTS:
                parts[name].append(spent.get(name, 0.0))
            parts["the rest"].append(took[-1] - sum(spent.values()))
    return took, parts


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """Adds up the time that each part takes."""
    parts: dict[str, float] = defaultdict(float)
    originals = {name: (owner, method, getattr(owner, method)) for name, (owner, method) in _PARTS.items()}

    def wrapped(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            began = _clock()
            try:
                return function(*arguments, **named)
            finally:
                parts[name] += _clock() - began

        return timed

    for name, (owner, method, function) in originals.items():
        setattr(owner, method, wrapped(name, function))
    try:
        yield parts
    finally:
        for owner, method, function in originals.values():
            setattr(owner, method, function)


def _seconds(function: Callable[..., Any], *arguments: Any) -> float:
    began = _clock()
    function(*arguments)
    return _clock() - began


def _median(values: list[float]) -> float:
    return float(np.median(values))


def _milliseconds(values: list[float], percentile: int) -> float:
    return round(1000 * float(np.percentile(values, percentile)), 2)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--material", type=Path, help="a register (.jsonl or .jsonl.gz) whose sentences are used")
    parser.add_argument("--folder", type=Path, help="keep the banks here, and use those that are there")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--cpu", action="store_true", help="time of the processor instead of the clock")
    options = parser.parse_args()
    if options.cpu:
        global _clock
        _clock = time.process_time
    encoder = FastEncoder()
    with tempfile.TemporaryDirectory() as scratch:
        results = []
        for size in options.sizes:
            folder = (options.folder or Path(scratch)) / f"bank-{size}"
            made = synthetic_bank(folder, size, options.material, encoder)
            results.append({**made, **measure(folder, options.material, options.queries, encoder)})
    print(json.dumps({"clock": "processor" if options.cpu else "wall", "sizes": results}, indent=1))


if __name__ == "__main__":
    main()
