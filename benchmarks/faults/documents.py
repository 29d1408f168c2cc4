"""Documents that were damaged at random, and hostile ones: each within its limits, and the rest in the bank."""

from __future__ import annotations

import os
import random
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from answers_bank.apart.readers import Readers, TooMuchError
from answers_bank.filling.filling import ingest
from answers_bank.store.bank import Bank
from benchmarks.fuzz_reading import damage, seeds

SECONDS = 20.0
"""For one file, whatever it is."""

MEGABYTES = 1000
"""The same."""

HOSTILE = Path(os.environ.get("KAMERANTWOORD_SHARED", "shared")) / "data" / "hostile"


def run(count: int, seed: int = 0) -> dict[str, Any]:
    """So many mutated documents, and the folder of hostile ones where it is present."""
    chance = random.Random(seed)
    material = seeds()
    names = sorted(material)
    outcomes: Counter[str] = Counter()
    problems: list[str] = []
    longest = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)

        def files() -> Iterator[Path]:
            others = list(material.values())
            for number in range(count):
                name = chance.choice(names)
                path = folder / f"{number}-{name.rpartition('/')[2]}"
                path.write_bytes(damage(material[name], chance, others))
                yield path

        with Readers(2) as readers:
            last = time.monotonic()
            for path, document in readers.read_all(files()):
                longest, last = max(longest, time.monotonic() - last), time.monotonic()
                kind = type(document).__name__
                outcomes[kind] += 1
                if isinstance(document, TooMuchError) and "onverwachte fout" in document.message:
                    problems.append(f"{path.name}: {document.message}")
                path.unlink()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    result = {
        "done": count,
        "outcomes": dict(outcomes),
        "longest_wait": round(longest, 1),
        "largest_megabytes": largest,
        "problems": problems,
    }
    if longest > SECONDS:
        problems.append(f"a file took {longest:.0f} s")
    if largest > MEGABYTES:
        problems.append(f"a file took {largest} MB")
    if HOSTILE.is_dir():
        result["hostile"] = hostile()
        problems += result["hostile"]["problems"]
    return result


def hostile() -> dict[str, Any]:
    """The hostile files in a folder of good ones."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "files"
        shutil.copytree(HOSTILE, folder)
        for number in range(5):
            text = f"Vraag 1\nHoeveel molens zijn er in gebied {number}?\n\nAntwoord 1\nEr zijn er {number + 2}.\n"
            (folder / f"goed-{number}.txt").write_text(text, encoding="utf-8")
        took: dict[str, float] = {}
        problems = []
        with Readers() as readers:
            for path in sorted(folder.iterdir()):
                began = time.monotonic()
                for _ in readers.read_all([path]):
                    took[path.name] = round(time.monotonic() - began, 1)
        problems += [f"{name} took {seconds} s" for name, seconds in took.items() if seconds > SECONDS]
        with Bank.open(Path(scratch) / "bank", create=True) as bank:
            report = ingest(bank, [folder])
            there = {document.source for document in bank.documents()}
            problems += [f"goed-{n}.txt is not there" for n in range(5) if f"goed-{n}.txt" not in there]
        return {"seconds": took, "added": report.added, "failed": len(report.failed), "problems": problems}
