"""How quick are the screens? `python -m benchmarks.tui --passages 100000 --questions 60`.

First paint is the time from starting the program, in a terminal of its own, to its first words on screen. A keystroke
is timed from the moment it reaches the program until the frame that shows its effect has been written, in the program
itself with Textual's pilot: at rest, and while searches, checks, an ingest or the loading of the model run beside it.
The baseline of each, in the same run, is the smallest program that Textual can be. Milliseconds; JSON on stdout.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import datetime
import functools
import itertools
import json
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import OptionList, TextArea

from answers_bank.documents import Document, Kind, Question
from benchmarks.banks import synthetic_bank
from benchmarks.synthetic import FastEncoder, sentences
from benchmarks.tui_backend import load, measured_backend, real_workspace, register
from drafter.backend.bank import fill, search_meaning
from drafter.backend.local import Backend
from drafter.backend.workbench import check_dossier
from drafter.backend.worker_client import WorkProcess
from drafter.dossier import edits as edits
from drafter.dossier.value import Dossier
from embeddings.progress import SILENT
from tui.app import KamerantwoordApp
from tui.widgets.block import BlockText
from tui.workbench.panes.answer import AnswerPane
from tui.workbench.screen import WorkbenchScreen

SIZE = (140, 40)

_BASELINE = """
from textual.app import App
from textual.widgets import Label
class Small(App):
    def compose(self):
        yield Label("Dossiers")
Small().run()
"""


_OURS = "from drafter.cli.main import main; main()"


# -- first paint -------------------------------------------------------------------------------------------------------


def first_paint(command: list[str], runs: int) -> list[float]:
    """Milliseconds from starting `command` in a terminal to the word "Dossiers" on it; the first run is left out."""
    took = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        child, terminal = pty.fork()
        if child == 0:
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": str(SIZE[0]), "LINES": str(SIZE[1])}
            os.execv(command[0], command)
        _set_size(terminal)
        seen = b""
        while b"Dossiers" not in seen and time.perf_counter() - began < 60:
            if select.select([terminal], [], [], 0.5)[0]:
                with contextlib.suppress(OSError):
                    seen += os.read(terminal, 65536)
        took.append((time.perf_counter() - began) * 1000)
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)
    return took[1:]


def _set_size(terminal: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))


# -- keystrokes --------------------------------------------------------------------------------------------------------


class Small(App[None]):
    """The baseline: a list, and a field to type in."""

    def compose(self) -> ComposeResult:
        """Both."""
        yield OptionList(*[f"regel {n}" for n in range(60)])
        yield TextArea()


class Took(NamedTuple):
    """What a key took."""

    wall: float
    """Milliseconds that the user waited."""

    processor: float
    """Milliseconds that the program itself worked for it: the same on a busy machine and a quiet one."""


class Painted:
    """Tells when the app wrote the first frame after something changed."""

    def __init__(self, app: App[Any]) -> None:
        self._state: Callable[[], Any] = lambda: None
        self._before: Any = None
        self._seen: asyncio.Future[float] | None = None
        display = app._display

        def noted(*arguments: Any) -> None:
            display(*arguments)
            if self._seen is not None and not self._seen.done() and self._state() != self._before:
                self._seen.set_result(time.perf_counter())

        app._display = noted  # type: ignore[method-assign, assignment]

    def changed(self, state: Callable[[], Any]) -> asyncio.Future[float]:
        """The moment of the first frame written once `state` differs from what it is now."""
        self._state, self._before = state, state()
        self._seen = asyncio.get_running_loop().create_future()
        return self._seen


async def keystroke(app: App[Any], painted: Painted, key: str, character: str | None, state: Callable[[], Any]) -> Took:
    """From a key to the first frame written after its effect."""
    frame = painted.changed(state)
    began, worked = time.perf_counter(), time.thread_time()
    app.post_message(events.Key(key, character))
    ended = await asyncio.wait_for(frame, 10)
    return Took((ended - began) * 1000, (time.thread_time() - worked) * 1000)


async def moving(app: App[Any], painted: Painted, options: OptionList, count: int) -> list[Took]:
    """Down and up a list."""
    options.focus()
    await asyncio.sleep(0.3)
    took = []
    for number in range(count):
        key = "down" if number % 20 < 10 else "up"
        took.append(await keystroke(app, painted, key, None, lambda: options.highlighted))
        await asyncio.sleep(0.05)
    return took


async def typing(app: App[Any], painted: Painted, area: TextArea, count: int) -> list[Took]:
    """Letters in a field."""
    area.focus()
    await asyncio.sleep(0.3)
    took = []
    for number in range(count):
        letter = "abcdefgh"[number % 8]
        took.append(await keystroke(app, painted, letter, letter, lambda: len(area.text)))
        await asyncio.sleep(0.05)
    return took


async def baseline(count: int) -> dict[str, Any]:
    """The smallest program."""
    app = Small()
    async with app.run_test(size=SIZE):
        painted = Painted(app)
        return {
            "moving": key_figures(await moving(app, painted, app.query_one(OptionList), count)),
            "typing": key_figures(await typing(app, painted, app.query_one(TextArea), count)),
        }


async def stepping(app: App[Any], painted: Painted, view: AnswerPane, count: int) -> list[Took]:
    """Ten questions on and back again, each with its answer on screen."""
    took = []
    for number in range(count):
        key = "n" if number % 20 < 10 else "p"
        took.append(await keystroke(app, painted, key, key, lambda: view.blocks))
        await asyncio.sleep(0.05)
    return took


async def workbench(backend: Backend, dossier: str, count: int, beside: Callable[[], object] | None) -> dict[str, Any]:
    """The workbench, with work beside it where given."""
    app = KamerantwoordApp(backend)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1.5)
        painted = Painted(app)
        with running(beside):
            await asyncio.sleep(0.5 if beside else 0)
            frame = painted.changed(lambda: bool(app.screen.query("#answer BlockView")))
            began = time.perf_counter()
            app.open_dossier(dossier)
            opened = (await asyncio.wait_for(frame, 30) - began) * 1000
            await pilot.pause(1)
            screen = app.screen
            assert isinstance(screen, WorkbenchScreen)
            moved = await moving(app, painted, screen.query_one("#questions", OptionList), count)
            await pilot.pause(0.5)
            view = screen.query_one(AnswerPane)
            stepped = await stepping(app, painted, view, count)
            await pilot.pause(0.5)
            await view.edit(view.blocks[0].id)
            typed = await typing(app, painted, screen.query_one(BlockText), count)
        return {
            "opening": round(opened, 1),
            "moving": key_figures(moved),
            "next question": key_figures(stepped),
            "typing": key_figures(typed),
        }


@contextlib.contextmanager
def running(work: Callable[[], object] | None) -> Iterator[None]:
    """Do `work` over and over in a thread."""
    stop = threading.Event()

    def loop() -> None:
        while work is not None and not stop.is_set():
            work()

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(30)


def figures(took: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and worst."""
    return {
        "median": round(statistics.median(took), 1),
        "p95": round(_p95(took), 1),
        "worst": round(max(took), 1),
    }


def key_figures(took: Sequence[Took]) -> dict[str, float]:
    """As `figures` of what the user waits, and the 95th percentile of the work itself."""
    return figures([one.wall for one in took]) | {"processor_p95": round(_p95([one.processor for one in took]), 1)}


def _p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]


# -- material ----------------------------------------------------------------------------------------------------------


def big_dossier(backend: Backend, count: int) -> Dossier:
    """A dossier of `count` questions with six passages each."""
    texts = sentences(None)
    asked = [f"{texts[n][:-1]}, {texts[n + 1][:-1].lower()}?" for n in range(count)]
    text = "\n".join(asked)
    starts = [text.index(one) for one in asked]
    questions = Document(
        id="benchmark",
        sha256="",
        source="benchmark.txt",
        kind=Kind.QUESTIONS,
        text=text,
        subject="Meting van de schermen",
        submitted=datetime.date(2026, 1, 5),
        questions=tuple(
            Question((n,), one, start, start + len(one))
            for n, (one, start) in enumerate(zip(asked, starts, strict=True), start=1)
        ),
    )
    dossier = dataclasses.replace(
        backend.store.start(questions, backend.as_of), id="benchmark"
    )  # the same one in a bank that is kept
    for number in range(1, count + 1):
        for part in range(6):
            dossier, _ = edits.insert(dossier, number, " ".join(texts[number * 7 + part : number * 7 + part + 4]))
    return dossier


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, on a bank in `folder`, made there where it is not."""
    bank = synthetic_bank(folder, options.passages, None, FastEncoder())
    backend = measured_backend(folder, options.threads)
    with contextlib.closing(backend):
        dossier = big_dossier(backend, options.questions)
        backend.store.save(dossier)
        small = first_paint([sys.executable, "-c", _BASELINE], options.runs)
        ours = first_paint([sys.executable, "-c", _OURS, "tui", "--bank", str(folder)], options.runs)
        seeds = itertools.count(1)
        works: dict[str, Callable[[], object] | None] = {
            "at rest": None,
            "searching": lambda: backend.ask(search_meaning, dossier.questions.questions[0].text),
            "checking": lambda: backend.work(check_dossier, SILENT, dossier),
            "ingesting": lambda: backend.work(fill, SILENT, (register(folder / "nieuw.jsonl", next(seeds)),)),
        }
        if options.model:
            works["loading the model"] = _load if options.threads else functools.partial(_load_beside, folder)
        result: dict[str, Any] = {
            "bank": bank,
            "questions": options.questions,
            "work": "threads" if options.threads else "processes",
            "first_paint_ms": {"kamerantwoord": figures(ours), "smallest program": figures(small)},
            "first_paint_ratio": round(statistics.median(ours) / statistics.median(small), 2),
            "keystroke_ms": {"smallest program": _run(baseline(options.keys))},
        }
        wanted = options.only.split(",") if options.only else list(works)
        for label, work in works.items():
            if label not in wanted:
                continue
            result["keystroke_ms"][label] = _run(workbench(backend, dossier.id, options.keys, work))
        rest = result["keystroke_ms"]["smallest program"]
        result["p95_ratio_to_smallest"] = {
            label: {kind: round(values[kind]["p95"] / rest[kind]["p95"], 1) for kind in rest}
            for label, values in result["keystroke_ms"].items()
            if values is not rest
        }
        return result


def _run(work: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    async def wrapped() -> dict[str, Any]:
        return await work

    return asyncio.run(wrapped())


def _load() -> None:
    from embeddings.models import load_encoder

    load_encoder(None).encode_queries(["warm"])


def _load_beside(folder: Path) -> None:
    process = WorkProcess(functools.partial(real_workspace, folder))
    process.ask(load)
    process.close()


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--keys", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--model", action="store_true", help="also while the real model loads")
    parser.add_argument("--only", default="", help="of the kinds of work beside it, with commas between")
    parser.add_argument("--threads", action="store_true", help="all work in threads of the program, to compare with")
    parser.add_argument("--bank", type=Path, help="folder to make the bank in and keep it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(measure(options.bank or Path(scratch), options), indent=1))


if __name__ == "__main__":
    main()
