"""Kills a process that fills a bank, at random points, and looks at what is left.

`python -m benchmarks.kill --kills 200 --early 40`: so many kills that fall after the process has reported something as
added, and so many that fall before. After each the bank must open, be whole, and hold everything that was reported as
added; the indexes must follow. JSON on stdout.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from answers_bank.filling.filling import encode
from answers_bank.filling.intake import taking
from answers_bank.index.meaning import MeaningIndex
from answers_bank.index.standard_passages import StandardPassages
from answers_bank.index.unit_index import UnitIndex
from answers_bank.sources.jsonl import parse
from answers_bank.store.bank import Bank
from benchmarks.synthetic import FastEncoder, records, sentences

RECORDS = 400
STEP = 60
"""Records in a step at most."""


def work(folder: Path, seed: int) -> None:
    """Fill, change and empty the bank in small steps, and report each step only when it is done."""
    material = sentences(None, 2000)
    lines = [json.dumps(record).encode() for record in records(RECORDS, material, paragraphs=2)]
    chance = random.Random(seed)
    print("ready", flush=True)
    with Bank.open(folder, create=True) as bank:
        while True:
            chosen = chance.sample(range(RECORDS), chance.randint(1, STEP))
            version = chance.randint(1, 3)
            with taking(bank, "benchmark", group=chance.randint(1, 40)) as intake:
                for number in chosen:
                    intake.take(parse(_changed(lines[number], version), "register"))
            print("added", *(f"r0-{number}:{version}" for number in chosen), flush=True)
            if chance.random() < 0.7:
                encode(bank, FastEncoder())
                print("vectors", bank.info().vectors, flush=True)
            if chance.random() < 0.3:
                gone = chance.choice(chosen)
                bank.remove(f"r0-{gone}")
                print("removed", f"r0-{gone}", flush=True)


def _changed(line: bytes, version: int) -> bytes:
    record = json.loads(line)
    record["answer"] += f" Versie {version}."
    return json.dumps(record).encode()


def run(kills: int, early: int, folder: Path, seed: int = 0) -> dict[str, Any]:
    """Kill `kills` times after something was reported and `early` times before, and tell what was found."""
    chance = random.Random(seed)
    expected: dict[str, str] = {}
    problems: list[str] = []
    killed_during: dict[str, int] = {}
    reports = 0
    late = [True] * kills + [False] * early
    chance.shuffle(late)
    for number, after in enumerate(late):
        command = [sys.executable, "-m", "benchmarks.kill", "--worker", str(folder), "--seed", str(seed + number)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        # A kill after the first report waits for it; the moment itself is by chance, and no step is spared.
        reported = process.stdout.readline() if after else ""
        time.sleep(chance.expovariate(4.0 if after else 20.0))
        process.send_signal(signal.SIGKILL)
        reported += process.stdout.read()
        process.wait()
        process.stdout.close()
        last = "nothing yet"
        for line in reported.splitlines(keepends=True):
            if not line.endswith("\n"):
                break  # cut off in the middle: not reported
            last, *values = line.split()
            reports += 1
            if last == "added":
                expected |= dict(value.split(":") for value in values)
            elif last == "removed":
                expected.pop(values[0], None)
        killed_during[last] = killed_during.get(last, 0) + 1
        problems += _look(folder, expected, number)
    return {
        "kills": len(late),
        "kills_after_a_report": sum(killed_during.values()) - killed_during.get("nothing yet", 0),
        "problems": problems,
        "after_last_report_of": killed_during,
        "reports": reports,
        "documents_at_the_end": len(expected),
    }


def _look(folder: Path, expected: dict[str, str], number: int) -> list[str]:
    problems: list[str] = []
    if not (folder / "bank.sqlite").is_file():
        return ["reported documents, and no bank"] if expected else []
    # Killed before anything was reported, it may not be a bank yet.
    with Bank.open(folder, create=not expected) as bank:
        problems += bank.damage()
        there = {summary.id for summary in bank.documents()}
        # A removal may have been done and not yet reported; whatever was reported as added must be there, else.
        missing = [identifier for identifier in expected if identifier not in there]
        if len(missing) > 1:
            problems.append(f"kill {number}: gone: {missing[:5]}")
        for identifier in missing:
            expected.pop(identifier)
        others = 0
        for identifier in there:
            version = bank.document(identifier).text.rpartition("Versie ")[2].rstrip(".")
            # Another version than was reported is one of the last step, done and not reported any more.
            others += expected.get(identifier, version) != version
            expected[identifier] = version
        if others > STEP:
            problems.append(f"kill {number}: {others} documents of another version")
        bank.vectors.waiting()
        index = MeaningIndex.open(bank)
        if index is not None:
            held = bank.sql(
                "SELECT count(*) FROM piece JOIN vector USING (encoded_text) WHERE key <= ?",
                (bank.vectors.encoded_until(),),
            ).fetchone()[0]
            if held != len(index):
                problems.append(f"kill {number}: index holds {len(index)} of {held}")
        units = UnitIndex.open(bank)
        if int(units.alive.sum()) != len(there):  # each of these documents is one question with its answer
            problems.append(f"kill {number}: {int(units.alive.sum())} units of {len(there)}")
        StandardPassages.open(bank).clusters()
        words = bank.sql("SELECT count(*) FROM words WHERE words MATCH 'versie'").fetchone()[0]
        texts = bank.sql("SELECT count(*) FROM passage WHERE text LIKE '%Versie %'").fetchone()[0]
        if words != texts:
            problems.append(f"kill {number}: {words} passages by word, {texts} by text")
    return problems


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--early", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        with contextlib.suppress(BrokenPipeError):
            work(options.worker, options.seed)
        return
    with tempfile.TemporaryDirectory() as scratch:
        began = time.perf_counter()
        result = run(options.kills, options.early, Path(scratch) / "bank", options.seed)
        print(json.dumps({**result, "seconds": round(time.perf_counter() - began, 1)}, indent=1))
    sys.exit(1 if result["problems"] else 0)


if __name__ == "__main__":
    main()
