"""Makes the pictures of the manual from the samples: ``python -m docs.maak_schermen [NAME…]``.

So the pictures stay true: they show what the program does with `samples/` on a fixed day. The bank is made in a scratch
folder with the default model. Pictures are SVG, without fonts from elsewhere.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from answers_bank.store.following.shared_dossiers import StoredConflict
from drafter.backend.bank import fill
from drafter.backend.dossiers import draft, read_questions
from drafter.backend.local import Backend
from drafter.settings.values import Settings
from drafter.tasks.workspace import Workspace
from embeddings.progress import SILENT
from tests.support.fake_companion import FakeCompanion, conflict, history
from tui.app import KamerantwoordApp

ROOT = Path(__file__).resolve().parents[1]
TARGET = Path(__file__).resolve().parent / "schermen"
AS_OF = datetime.date(2026, 5, 20)
MOMENT = datetime.datetime(2026, 5, 20, 9, 30).astimezone()
SIZE = (132, 36)

FONTS = "'Cascadia Mono', 'DejaVu Sans Mono', 'Liberation Mono', Consolas, Menlo, monospace"

Step = Callable[[Pilot[None]], Awaitable[None]]


def keys(*names: str) -> Step:
    """Press keys, each until all is at rest."""

    async def run(pilot: Pilot[None]) -> None:
        for name in names:
            await pilot.press(name)
            await rest(pilot)

    return run


async def rest(pilot: Pilot[None]) -> None:
    """Wait until nothing runs any more."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.25)


async def to_storage_question(pilot: Pilot[None]) -> None:
    """Go to the third question: it has a figure that differs between two answers."""
    await keys("n", "n")(pilot)


SHOTS: dict[str, tuple[Step, ...]] = {
    "dossiers": (),
    "wacht": (keys("w"),),
    "werkbank": (keys("enter"), to_storage_question, keys("enter")),
    "eerder": (keys("enter", "n", "tab", "tab"),),
    "verzenden": (keys("enter", "V"),),
    "bron": (keys("enter", "n", "tab", "tab", "space"),),
    "bewerken": (
        keys("enter", "n", "enter", "enter", *"ctrl+home".split(), "I", "n", "d", "e", "r", "d", "a", "a", "d", "."),
    ),
    "verschil": (
        keys("enter", "n", "enter", "enter", "ctrl+home", "I", "n", "d", "e", "r", "d", "a", "a", "d", ".", "space"),
        keys("escape", "d"),
    ),
    "standaard": (keys("enter", "P"),),
    "signalen": (keys("enter"), to_storage_question, keys("W", "escape", "s", "s", "s")),
    "deelvragen": (keys("enter"), to_storage_question, keys("D")),
    "beoordelen": (
        keys(
            "enter", "n", "enter", "enter", "ctrl+home", *"Volgens", "space", *"de", "space", *"AGG", "colon", "space"
        ),
        keys("escape", "f7", "n", "a", "p"),
    ),
    "samenhang": (keys("enter", "f5"),),
    "verouderd": (keys("f3", "tab", "5"),),
    "instellingen": (keys("f9"),),
    "bank": (keys("f3", *"meldplicht", "tab"),),
    "opdrachten": (keys("enter", "ctrl+p"),),
    "hulp": (keys("enter", "enter", "question_mark"),),
    "smal": (keys("enter", "enter"),),
}

TOGETHER: dict[str, tuple[Step, ...]] = {
    "samen-dossiers": (),
    "samen-werkbank": (keys("enter", "enter"),),
    "samen-kiezen": (keys("enter", "K", "b"),),
    "samen-geschiedenis": (keys("enter", "G", "down"),),
    "samen-mensen": (keys("enter", "T", "down"),),
}
"""Of docs/samen.md, with colleagues who are invented: no server is needed for a picture."""


async def picture(name: str, backend: Backend, steps: tuple[Step, ...]) -> None:
    """One picture, on a copy of nothing: each begins at the start."""
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(80, 24) if name == "smal" else SIZE) as pilot:
        await rest(pilot)
        for step in steps:
            await step(pilot)
        await rest(pilot)
        for field in (*app.screen.query(Input), *app.screen.query(TextArea)):
            field.cursor_blink = False
        if name != "signalen":
            app.clear_notifications()
        await pilot.pause(0.3)
        svg = app.export_screenshot(title="kamerantwoord")
    TARGET.mkdir(exist_ok=True)
    for mine in (backend.bank_folder.parent, Path.home()):  # no folder of this machine in a picture
        svg = svg.replace(str(mine), "/home/u")
    (TARGET / f"{name}.svg").write_text(offline(svg, name), encoding="utf-8")
    print(f"{name}.svg")


def offline(svg: str, name: str) -> str:
    """The picture without fonts from the network, and with names of its own that do not change from run to run."""
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family:\s*Fira Code[^;\"]*", f"font-family: {FONTS}", svg)
    svg = re.sub(r'font-family="Fira Code[^"]*"', f'font-family="{FONTS}"', svg)
    return re.sub(r"terminal-\d+", f"kamerantwoord-{name}", svg)


async def main(wanted: list[str]) -> None:
    """Fill a bank with the samples, draft the new questions, and take the pictures: these, or all."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bank"
        backend = Backend(Workspace(Settings(naam="J. de Zee"), folder), AS_OF, lambda: MOMENT)
        if not wanted or "leeg" in wanted:
            await picture("leeg", backend, ())
        backend.work(fill, SILENT, (ROOT / "samples" / "bank",))
        questions = backend.ask(read_questions, ROOT / "samples" / "nieuwe-vragen.docx")
        backend.store.save(backend.work(draft, SILENT, questions))
        os.utime(folder / "bank.sqlite", (MOMENT.timestamp(), MOMENT.timestamp()))
        untouched = {path: path.read_bytes() for path in (folder / "dossiers").glob("*.dossier")}
        for name, steps in (SHOTS | TOGETHER).items():
            if wanted and name not in wanted:
                continue
            for path, content in untouched.items():
                path.write_bytes(content)
            if name in TOGETHER:
                (summary,) = backend.store.list()
                dossier = backend.store.load(summary.id)
                companion = FakeCompanion(summary.id)
                companion.conflicts = [(StoredConflict("", "", "", ""), conflict(dossier, 1))]
                companion.versions = history(dossier, 1)
                backend.companion = companion
            await picture(name, backend, steps)
        backend.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
