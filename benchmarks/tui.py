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
import datetime
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
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import OptionList, TextArea

from answers_bank.documents import Document, Kind, Question
from benchmarks.banks import synthetic_bank
from benchmarks.synthetic import FastEncoder, sentences
from drafter import dossier_edits as edits
from drafter.bank_desk import BankDesk
from drafter.dossier import Dossier
from drafter.search.values import Filters
from drafter.settings import Settings
from drafter.workspace import Workspace
from embeddings.progress import SILENT
from tui.app import KamerantwoordApp
from tui.screens.workbench import WorkbenchScreen
from tui.widgets.answer import AnswerView
from tui.widgets.block import BlockText

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


class Painted:
    """Notes when the app last wrote a frame."""

    def __init__(self, app: App[Any]) -> None:
        self.at = 0.0
        display = app._display

        def noted(*arguments: Any) -> None:
            display(*arguments)
            self.at = time.perf_counter()

        app._display = noted  # type: ignore[method-assign]


async def keystroke(
    app: App[Any], painted: Painted, key: str, character: str | None, state: Callable[[], Any]
) -> float:
    """Milliseconds from a key to the first frame written after its effect."""
    before = state()
    began = time.perf_counter()
    app.post_message(events.Key(key, character))
    while state() == before:
        if time.perf_counter() - began > 5:
            raise TimeoutError(key)
        await asyncio.sleep(0)
    effect = time.perf_counter()
    while painted.at < effect:
        if time.perf_counter() - began > 5:
            break  # nothing on screen needed another frame
        await asyncio.sleep(0)
    return (painted.at - began) * 1000


async def moving(app: App[Any], painted: Painted, options: OptionList, count: int) -> list[float]:
    """Down and up a list."""
    options.focus()
    await asyncio.sleep(0.3)
    took = []
    for number in range(count):
        key = "down" if number % 20 < 10 else "up"
        took.append(await keystroke(app, painted, key, None, lambda: options.highlighted))
        await asyncio.sleep(0.05)
    return took


async def typing(app: App[Any], painted: Painted, area: TextArea, count: int) -> list[float]:
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
            "moving": figures(await moving(app, painted, app.query_one(OptionList), count)),
            "typing": figures(await typing(app, painted, app.query_one(TextArea), count)),
        }


async def workbench(desk: BankDesk, dossier: str, count: int, beside: Callable[[], None] | None) -> dict[str, Any]:
    """The workbench, with work beside it where given."""
    app = KamerantwoordApp(desk, dossier)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1.5)
        screen = app.screen
        assert isinstance(screen, WorkbenchScreen)
        painted = Painted(app)
        with running(beside):
            moved = await moving(app, painted, screen.query_one("#questions", OptionList), count)
            await pilot.pause(0.5)
            view = screen.query_one(AnswerView)
            await view.edit(view.blocks[0].id)
            typed = await typing(app, painted, screen.query_one(BlockText), count)
        return {"moving": figures(moved), "typing": figures(typed)}


@contextlib.contextmanager
def running(work: Callable[[], None] | None) -> Iterator[None]:
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


def figures(took: list[float]) -> dict[str, float]:
    """Median, 95th percentile and worst."""
    ordered = sorted(took)
    return {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)], 1),
        "worst": round(ordered[-1], 1),
    }


# -- material ----------------------------------------------------------------------------------------------------------


def big_dossier(desk: BankDesk, count: int) -> Dossier:
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
    dossier = desk.start(questions)
    for number in range(1, count + 1):
        for part in range(6):
            dossier, _ = edits.insert(dossier, number, " ".join(texts[number * 7 + part : number * 7 + part + 4]))
    return dossier


def measure(passages: int, questions: int, count: int, runs: int, model: bool) -> dict[str, Any]:
    """All figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encoder = FastEncoder()
        bank = synthetic_bank(folder, passages, None, encoder)
        desk = BankDesk(Workspace(Settings(), folder, encoder), datetime.date(2026, 2, 2))
        dossier = big_dossier(desk, questions)
        desk.store.save(dossier)
        small = first_paint([sys.executable, "-c", _BASELINE], runs)
        ours = first_paint([sys.executable, "-c", _OURS, "tui", "--bank", str(folder)], runs)
        works: dict[str, Callable[[], None] | None] = {
            "at rest": None,
            "searching": lambda: _search(desk, dossier),
            "checking": lambda: _check(desk, dossier),
            "ingesting": lambda: _ingest(folder),
        }
        if model:
            works["loading the model"] = _load
        result: dict[str, Any] = {
            "bank": bank,
            "questions": questions,
            "first_paint_ms": {"kamerantwoord": figures(ours), "smallest program": figures(small)},
            "first_paint_ratio": round(statistics.median(ours) / statistics.median(small), 2),
            "keystroke_ms": {"smallest program": _run(baseline(count))},
        }
        for label, work in works.items():
            result["keystroke_ms"][label] = _run(workbench(desk, dossier.id, count, work))
        rest = result["keystroke_ms"]["smallest program"]
        result["p95_ratio_to_smallest"] = {
            label: {kind: round(values[kind]["p95"] / rest[kind]["p95"], 1) for kind in values}
            for label, values in result["keystroke_ms"].items()
            if values is not rest
        }
        return result


def _run(work: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    async def wrapped() -> dict[str, Any]:
        return await work

    return asyncio.run(wrapped())


def _search(desk: BankDesk, dossier: Dossier) -> None:
    desk.search(dossier.questions.questions[0].text, None, True, Filters())


def _check(desk: BankDesk, dossier: Dossier) -> None:
    desk.check_dossier(dossier, SILENT)


def _ingest(folder: Path) -> None:
    from answers_bank.bank import Bank
    from answers_bank.filling import ingest

    samples = Path(__file__).resolve().parents[1] / "samples" / "bank"
    with tempfile.TemporaryDirectory() as name, Bank.open(Path(name), create=True) as bank:
        ingest(bank, [samples], FastEncoder())


def _load() -> None:
    from embeddings.models import load_encoder

    load_encoder(None).encode_queries(["warm"])


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--keys", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--model", action="store_true", help="also while the real model loads")
    options = parser.parse_args()
    print(json.dumps(measure(options.passages, options.questions, options.keys, options.runs, options.model), indent=1))


if __name__ == "__main__":
    main()
