"""How long until the first answer? `python -m benchmarks.start BANK`.

`kamerantwoord search` from the command line in a new process, by meaning and by words alone, against the bare cost of
what it cannot do without: importing sentence-transformers, loading the model, encoding one text. JSON on stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

_CLI = "from drafter.cli.main import main; main()"
_BARE = (
    "import os; os.environ['HF_HUB_OFFLINE'] = '1'\n"
    "from sentence_transformers import SentenceTransformer\n"
    "SentenceTransformer({folder!r}, device='cpu', local_files_only=True).encode(['query: windmolens'])"
)


def _seconds(code: str, *arguments: str) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    before = os.times()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)
    wall = time.perf_counter() - began
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, spent


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--query", default="Hoeveel meldingen zijn er gedaan en wat is daarmee gebeurd?")
    options = parser.parse_args()
    from embeddings.packaged.model import unpack

    folder = str(unpack().folder)
    search = ["search", "--bank", str(options.bank), "--json", options.query]
    tasks: dict[str, tuple[str, list[str]]] = {
        "baseline_import_and_load": (_BARE.format(folder=folder), []),
        "search": (_CLI, search),
        "search_words_only": (_CLI, [*search, "--mode", "words"]),
        "help": (_CLI, ["--help"]),
    }
    found: dict[str, dict[str, float]] = {}
    for name, (code, arguments) in tasks.items():
        taken = [_seconds(code, *arguments) for _ in range(options.times)]
        found[name] = {
            "wall_seconds": round(statistics.median(wall for wall, _ in taken), 2),
            "processor_seconds": round(statistics.median(spent for _, spent in taken), 2),
        }
    ratio = found["search"]["processor_seconds"] / found["baseline_import_and_load"]["processor_seconds"]
    print(json.dumps({**found, "ratio_search_to_baseline": round(ratio, 2)}, indent=1))


if __name__ == "__main__":
    main()
