"""Random keys on the workbench, thousands of them: `python -m benchmarks.soak --keys 20000 --seed 7`.

Looks for errors, letters that were lost, a cursor out of view, text on screen that is not on disk, and memory that
grows. The keys, the answers and the bank are those of the tests; pauses of the program are short, so that the keys
follow each other as fast as it can take them. Memory is told against that after the first tenth of the keys, the
baseline, with what the dossier holds by then: text that was typed takes room too. JSON on stdout.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.dossier_samples import questions  # noqa: E402
from support.fake_backend import FakeBackend  # noqa: E402
from support.soaking import soak  # noqa: E402

from embeddings.progress import SILENT  # noqa: E402
from tui.app import KamerantwoordApp  # noqa: E402
from tui.workbench.screen import WorkbenchScreen  # noqa: E402


async def _at_once(*_: float) -> None:
    await asyncio.sleep(0)


_SHORT: dict[str, object] = {
    "tui.workbench.panes.side._PAUSE": 0.005,
    "tui.workbench.screen._REST": 0.005,
    "tui.workbench.panes.answer._TYPING": 0.005,
    "textual.app.wait_for_idle": _at_once,
    "textual.pilot.wait_for_idle": _at_once,
}
"""Pauses of the program, and of the toolkit's pilot: the next key does not wait for a quiet moment of the machine."""


def megabytes() -> float:
    """Memory of this process that is in use."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def state(app: KamerantwoordApp, number: int, began: float) -> dict[str, Any]:
    """Where a run is: keys, processor seconds, memory, and what is in the dossier and on screen."""
    screen = next((screen for screen in app.screen_stack if isinstance(screen, WorkbenchScreen)), None)
    answers = screen.model.dossier.answers if screen is not None else ()
    return {
        "keys": number,
        "processor_seconds": round(time.process_time() - began, 1),
        "megabytes": megabytes(),
        "paragraphs": sum(len(answer.blocks) for answer in answers),
        "characters": sum(len(block.text) for answer in answers for block in answer.blocks),
        "widgets": len(app._registry),
    }


async def run(folder: Path, keys: int, seed: int, every: int) -> dict[str, Any]:
    """Press the keys; what went wrong, and memory along the way."""
    for name, value in _SHORT.items():
        module, attribute = name.rsplit(".", 1)
        setattr(importlib.import_module(module), attribute, value)
    backend = FakeBackend(folder)
    backend.store.save(backend.draft(questions(), SILENT))
    began, states = time.process_time(), list[dict[str, Any]]()

    def look(app: KamerantwoordApp, number: int) -> None:
        if number % every == 0 and number:
            states.append(state(app, number, began))
            print(json.dumps(states[-1]), file=sys.stderr, flush=True)

    wrong = await soak(backend, keys, seed, look)
    base, peak = states[0], max(states, key=lambda one: float(one["megabytes"]))
    return {
        "keys": keys,
        "seed": seed,
        "wrong": wrong,
        "memory_ratio_to_first_tenth": round(states[-1]["megabytes"] / base["megabytes"], 2),
        "memory_ratio_of_the_peak": round(peak["megabytes"] / base["megabytes"], 2),
        "states": states,
    }


def main() -> None:
    """Press and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = scratch
        every = max(options.keys // 2000, 1) * 200
        print(json.dumps(asyncio.run(run(Path(scratch) / "bank", options.keys, options.seed, every)), indent=1))


if __name__ == "__main__":
    main()
