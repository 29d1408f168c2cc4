"""Fetching against both services as played on this machine: is the bank the truth, also with faults and kills?

    python -m benchmarks.fetching [--documents 5000] [--faults 0.3] [--kills 50]

JSON on standard output. `clean` is the baseline: the same documents without faults and kills. Time is not paced, so
seconds tell what the program itself costs; `requests` is what the services would see.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.services import Services, Truth, invent  # noqa: E402

from answers_bank.sources.http import ClientSettings, PoliteClient, SourceError  # noqa: E402
from answers_bank.store.bank import Bank  # noqa: E402
from drafter.settings.values import FetchSettings, Settings  # noqa: E402
from drafter.tasks.fetching import Request, collect  # noqa: E402
from drafter.tasks.workspace import Workspace  # noqa: E402

TODAY = datetime.date(2026, 3, 1)
TIMEOUT = 0.25


def run_once(urls: FetchSettings, folder: Path) -> tuple[int, int]:
    """One run of fetching; how many documents failed, and whether a list broke off (1) or not (0)."""
    ticks = iter(range(10**9))
    client = PoliteClient(ClientSettings(timeout=TIMEOUT), clock=lambda: 30.0 * next(ticks), sleep=lambda seconds: None)
    with Workspace(Settings(ophalen=urls), folder) as workspace:
        try:
            reports = collect(workspace, Request(since=datetime.date(2024, 1, 1)), today=TODAY, client=client)
        except SourceError:
            return 0, 1
    return sum(len(report.failed) for report in reports.values()), 0


def held(folder: Path) -> dict[str, str]:
    with Bank.open(folder, read_only=True) as bank:
        return {summary.id: summary.kind.value for summary in bank.documents()}


def until_whole(urls: FetchSettings, folder: Path) -> tuple[int, int]:
    """Run until nothing fails; how many runs that took, and how many documents failed on the way."""
    failures = 0
    for runs in range(1, 11):
        failed, broken = run_once(urls, folder)
        failures += failed
        if not failed and not broken:
            return runs, failures
    return runs, failures


def scenario(truth: Truth, kills: int) -> dict[str, object]:
    rng = random.Random(5)
    with Services(truth) as services, tempfile.TemporaryDirectory() as scratch:
        urls = FetchSettings(services.search, services.publications, services.chamber)
        folder = Path(scratch) / "bank"
        began = time.perf_counter()
        killed = 0
        while killed < kills:
            arguments = [sys.executable, "-m", "benchmarks.fetching", "--worker", json.dumps(dataclasses.asdict(urls))]
            worker = subprocess.Popen([*arguments, str(folder)], cwd=ROOT)
            try:
                worker.wait(rng.uniform(0.4, 3.0))  # one that ended by itself is begun again: the list is read anew
            except subprocess.TimeoutExpired:
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                killed += 1
        runs, failures = until_whole(urls, folder)
        found, expected = held(folder), truth.expected()
        return {
            "documents": len(expected),
            "equal_to_truth": found == expected,
            "missing": len(expected.keys() - found.keys()),
            "doubles": len(found.keys() - expected.keys()),
            "kills": killed,
            "runs_until_whole": runs,
            "documents_failed_on_the_way": failures,
            "requests": truth.requests,
            "seconds": round(time.perf_counter() - began, 1),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--faults", type=float, default=0.3)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        run_once(FetchSettings(**json.loads(options.worker[0])), Path(options.worker[1]))
        return
    clean = scenario(invent(options.documents), 0)
    faulty = invent(options.documents)
    faulty.faults, faulty.slow_seconds = options.faults, TIMEOUT * 1.5
    beset = scenario(faulty, options.kills)
    requests = (int(str(beset["requests"])), int(str(clean["requests"])))
    print(
        json.dumps(
            {"clean": clean, "beset": beset, "request_ratio": round(requests[0] / max(requests[1], 1), 2)}, indent=1
        )
    )


if __name__ == "__main__":
    main()
