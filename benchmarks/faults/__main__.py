"""All trials by one command: kills, damage, storms, full disks, races, edits in Word, damaged documents.

`python -m benchmarks.faults`: the full counts, which take hours. `--scale 0.02` takes minutes; `--only races` one of
them. With `--seed` other ones are drawn, so that the full counts can be made in slices; `--sum` adds their reports.
JSON on standard output; ends with 1 where anything went wrong. `TMPDIR` names where the files are: a folder in memory
(/dev/shm) is faster, and as honest for all but a power cut.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.faults import disks, documents, kills, mutations, races, word_edits
from benchmarks.faults.writers import KILLED

TRIALS: dict[str, tuple[Callable[..., dict[str, Any]], int]] = {
    "kills": (kills.kills, 300),
    "mutations": (mutations.run, 1000),
    "storm": (kills.storm, 600),
    "full_disks": (disks.full_disks, 50),
    "races": (races.run, 1000),
    "word": (word_edits.run, 1000),
    "documents": (documents.run, 20_000),
}
"""Name to what does it, and its full count (of the storm: seconds)."""


def added(one: Any, other: Any) -> Any:
    """Two reports as one: counts added, problems one after the other, of what was longest or largest the most."""
    if isinstance(one, dict):
        return {
            key: max(one[key], other[key])
            if key.startswith(("longest", "largest")) and key in one and key in other
            else added(one[key], other[key])
            if key in one and key in other
            else one.get(key, other.get(key))
            for key in {**one, **other}
        }
    return one if isinstance(one, str) else one + other


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full counts")
    parser.add_argument("--only", choices=sorted(TRIALS), action="append", help="this trial alone; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn; another for each slice")
    parser.add_argument("--writers", choices=KILLED, nargs="+", default=KILLED, help="kill these alone")
    parser.add_argument("--alive", type=float, default=kills.ALIVE, help="seconds from the first report to the kill")
    parser.add_argument("--sum", type=Path, nargs="+", help="add up reports of slices, and do nothing else")
    options = parser.parse_args()
    found: dict[str, Any] = {}
    for path in options.sum or ():
        found = added(found, json.loads(path.read_text("utf-8")))
    for name, (trial, full) in TRIALS.items():
        if options.sum or (options.only and name not in options.only):
            continue
        began = time.perf_counter()
        chosen = {"names": options.writers, "alive": options.alive} if name == "kills" else {}
        result = trial(max(1, round(full * options.scale)), options.seed, **chosen)
        found[name] = {**result, "took_seconds": round(time.perf_counter() - began, 1)}
        print(f"{name}: {len(result['problems'])} problems", file=sys.stderr, flush=True)
    print(json.dumps(found, indent=1, ensure_ascii=False, default=str))
    sys.exit(1 if any(result["problems"] for result in found.values()) else 0)


if __name__ == "__main__":
    main()
