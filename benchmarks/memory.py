"""Memory and disk: what filling and searching take, and how each grows. `python -m benchmarks.memory`.

Each size runs in a process of its own, with synthetic vectors: what is measured is this program and not the model,
whose own memory (measured apart with --model) comes on top. The baseline is a process that only imports what filling
imports. JSON on stdout.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.banks import PARAGRAPHS, size_on_disk
from benchmarks.synthetic import FastEncoder, records, sentences

_MEGABYTE = 1_000_000


def fill(folder: Path, register: Path) -> dict[str, Any]:
    """Ingest a register, and look at the memory that took."""
    from answers_bank.filling.filling import ingest
    from answers_bank.store.bank import Bank

    with Bank.open(folder, create=True) as bank:
        report = ingest(bank, [register], FastEncoder())
        return {"records": report.added, "passages": bank.info().passages, "seconds": round(report.seconds, 1)}


def search(folder: Path) -> dict[str, Any]:
    """Open a bank and search it."""
    from answers_bank.store.bank import Bank
    from drafter.search.searcher import Searcher
    from drafter.search.values import SearchQuery

    with Bank.open(folder) as bank:
        searcher = Searcher(bank, FastEncoder())
        for passage in bank.sample(20):
            searcher.search(SearchQuery(passage.text[:300]))
    return {}


def imports(folder: Path) -> dict[str, Any]:
    """What filling imports, and nothing else."""
    import faiss  # noqa: F401

    import answers_bank.filling.filling  # noqa: F401
    import drafter.search  # noqa: F401

    FastEncoder()
    return {}


def model(folder: Path) -> dict[str, Any]:
    """The embedding model, loaded and used."""
    from embeddings.models import load_encoder

    encoder = load_encoder()
    encoder.encode_passages(["Een tekst van enige lengte over windmolens en water. " * 30] * 32)
    return {}


def in_its_own_process(task: str, *arguments: str) -> dict[str, Any]:
    """Run one of the above, and add its peak memory."""
    command = [sys.executable, "-m", "benchmarks.memory", "--task", task, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[1])
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[2_000, 10_000])
    parser.add_argument("--material", type=Path, help="a register (.jsonl or .jsonl.gz) whose sentences are used")
    parser.add_argument("--model", action="store_true", help="measure the embedding model too")
    parser.add_argument("--task", choices=["fill", "search", "imports", "model"], help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        paths = [Path(argument) for argument in options.arguments] or [Path()]
        result = {"fill": fill, "search": search, "imports": imports, "model": model}[options.task](*paths)
        # Linux gives kilobytes.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({**result, "peak_bytes": peak}))
        return
    base = in_its_own_process("imports")["peak_bytes"]
    found: dict[str, Any] = {"baseline_imports_mb": base // _MEGABYTE}
    if options.model:
        found["model_mb"] = in_its_own_process("model")["peak_bytes"] // _MEGABYTE
    texts = sentences(options.material)
    sizes = []
    for count in options.records:
        with tempfile.TemporaryDirectory() as scratch:
            register, folder = Path(scratch) / "register.jsonl", Path(scratch) / "bank"
            with register.open("w", encoding="utf-8") as file:
                for record in records(count, texts, paragraphs=PARAGRAPHS):
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
            filled = in_its_own_process("fill", str(folder), str(register))
            searched = in_its_own_process("search", str(folder))
            disk = size_on_disk(folder)
            passages = filled["passages"]
            sizes.append(
                {
                    "records": filled["records"],
                    "passages": passages,
                    "register_mb": register.stat().st_size // _MEGABYTE,
                    "seconds": filled["seconds"],
                    "filling_mb_above_baseline": (filled["peak_bytes"] - base) // _MEGABYTE,
                    "search_mb_above_baseline": (searched["peak_bytes"] - base) // _MEGABYTE,
                    "disk_mb": {name: size // _MEGABYTE for name, size in disk.items()},
                    "disk_mb_per_million_passages": {
                        name: round(size / passages) for name, size in disk.items()
                    },  # bytes a passage = megabytes a million
                }
            )
    print(json.dumps({**found, "sizes": sizes}, indent=1))


if __name__ == "__main__":
    main()
