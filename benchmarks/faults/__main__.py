"""All trials by one command: kills, damage, storms, full disks, races, edits in Word, damaged documents.

`python -m benchmarks.faults`: the full counts, which take hours. `--scale 0.02` takes minutes; `--only races` one of
them. JSON on standard output; ends with 1 where anything went wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.faults import documents, kills, mutations, races
from benchmarks.faults.word_edits import edited, lost_answers, read_back, unaccounted


def word(count: int) -> dict[str, Any]:
    """So many generated edits of a Word file."""
    sys.path.insert(0, "tests")
    from support.dossiers import dossier

    problems: list[str] = []
    told: Counter[str] = Counter()
    for seed in range(count):
        package, words = edited(dossier(), seed)
        found = read_back(package)
        lost = unaccounted(found, words)
        problems += [f"seed {seed}: {lost}"] if lost else []
        problems += [f"seed {seed}: answers gone"] if lost_answers(dossier(), found, package) else []
        told["words"] += len(words)
        told["lines of the report"] += len(found.not_taken) + len(found.questions)
    return {"done": count, **told, "problems": problems[:50]}


TRIALS: dict[str, tuple[Callable[[int], dict[str, Any]], int]] = {
    "kills": (kills.kills, 300),
    "mutations": (mutations.run, 1000),
    "storm": (kills.storm, 600),
    "full_disks": (kills.full_disks, 50),
    "races": (races.run, 1000),
    "word": (word, 1000),
    "documents": (documents.run, 20_000),
}
"""Name to what does it, and its full count (of the storm: seconds)."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full counts")
    parser.add_argument("--only", choices=sorted(TRIALS), action="append", help="this trial alone; may be repeated")
    options = parser.parse_args()
    found: dict[str, Any] = {}
    for name, (trial, full) in TRIALS.items():
        if options.only and name not in options.only:
            continue
        began = time.perf_counter()
        result = trial(max(1, round(full * options.scale)))
        found[name] = {**result, "took_seconds": round(time.perf_counter() - began, 1)}
        print(f"{name}: {len(result['problems'])} problems", file=sys.stderr, flush=True)
    print(json.dumps(found, indent=1, ensure_ascii=False, default=str))
    sys.exit(1 if any(result["problems"] for result in found.values()) else 0)


if __name__ == "__main__":
    main()
