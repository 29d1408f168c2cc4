"""Writers that are killed at random, one at a time and in a storm."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.faults.forked import start
from benchmarks.faults.kept import lost, lost_of_the_truth, place
from benchmarks.faults.writers import KILLED

_ENOUGH = 400
"""Reports after which a writer gets a fresh folder: looking takes longer than killing."""


ALIVE = 1 / 3
"""Seconds that a writer goes on after its first report, on average."""


def kills(count: int, seed: int = 0, names: Sequence[str] = KILLED, alive: float = ALIVE) -> dict[str, Any]:
    """So many kills, over these writers in turn; nothing that was reported may be lost.

    Those that read files, take edits back or make indexes report a few times a second: with a longer `alive` their
    counts mean something too.
    """
    chance = random.Random(seed)
    problems: list[str] = []
    done: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for turn, name in enumerate(names):
        left = len(range(turn, count, len(names)))
        while left:
            with tempfile.TemporaryDirectory() as scratch, place(name, Path(scratch) / name, seed + left) as truth:
                folder = Path(scratch) / name
                kept: list[str] = []
                while left and len(kept) < _ENOUGH:
                    left -= 1
                    writer = start(name, folder, chance.randrange(10**9))
                    if chance.random() < 0.7:  # else it may be killed before it has done anything
                        writer.watch(60.0, words=1)
                    writer.watch(chance.expovariate(1 / alive))
                    writer.kill()
                    done[name] += 1
                    reports[name] += len(writer.words)
                    kept += writer.words
                    wrong = [one for one in (writer.told, writer.fault) if one] + lost(name, folder, kept)
                    problems += [f"kill {done.total()}, {name}: {one}" for one in wrong]
                if truth is not None:
                    problems += [f"{name}: {one}" for one in lost_of_the_truth(folder, truth)]
    return {"done": done.total(), "by_writer": dict(done), "reports": dict(reports), "problems": problems}


STORM = ("fills",) * 4 + ("searches",) * 2 + ("drafts", "dossier", "rebuilds", "removes")


def storm(seconds: float, seed: int = 0) -> dict[str, Any]:
    """Four fill, two search, one drafts, one types, one rebuilds, one removes, on one bank, each killed at random."""
    chance = random.Random(seed)
    problems: list[str] = []
    killed: Counter[str] = Counter()
    kept: dict[str, list[str]] = {"bank": [], "dossier": [], "drafts": []}
    guard = threading.Lock()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        until = time.monotonic() + seconds

        def one(name: str, own: random.Random) -> None:
            while time.monotonic() < until:
                writer = start(name, folder, own.randrange(10**9))
                left = max(until - time.monotonic(), 0.1)
                if own.random() < 0.5:  # else it may be killed before it has done anything
                    writer.watch(min(90.0, left), words=1)
                writer.watch(min(own.expovariate(0.3), left))
                writer.kill()
                with guard:
                    killed[name] += 1
                    kept[name if name in kept else "bank"].extend(writer.words)
                    problems.extend(f"{name}: {wrong}" for wrong in (writer.told, writer.fault) if wrong)

        threads = [threading.Thread(target=one, args=(name, random.Random(chance.random()))) for name in STORM]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for name, words in kept.items():
            problems += [f"{name}: {wrong}" for wrong in lost(name, folder, words)]
    counts = {name: len(words) for name, words in kept.items()}
    return {"seconds": seconds, "kills": dict(killed), "reports": counts, "problems": problems}
