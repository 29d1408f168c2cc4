"""Pictures of every screen in its main states, as they must stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from support.dossier_samples import MOMENT
from support.fake_backend import FakeBackend
from support.screens import press, settle, still, workbench
from textual.pilot import Pilot

from drafter.checks import rules
from drafter.dossier import edits as edits
from drafter.dossier.judging.thread_edits import add_thread, reply, set_thread_done
from drafter.dossier.judging.word_changes import with_changes
from embeddings.errors import BankError
from tui.app import KamerantwoordApp

Keys = tuple[str, ...]

STATES: dict[str, tuple[Keys, tuple[int, int]]] = {
    "dossiers": ((), (120, 30)),
    "workbench": (("enter", "enter"), (140, 40)),
    "workbench_narrow": (("enter", "enter"), (80, 24)),
    "workbench_narrow_side": (("enter", "enter", "tab"), (80, 24)),
    "workbench_wide": (("enter", "enter"), (200, 60)),
    "workbench_empty_answer": (("enter", "n", "n", "n"), (120, 30)),
    "workbench_editing": (("enter", "enter", "enter"), (120, 30)),
    "workbench_difference": (("enter", "enter", "down", "d"), (120, 30)),
    "workbench_standard": (("enter", "P"), (120, 30)),
    "workbench_findings": (("enter", "W"), (120, 30)),
    "workbench_finding_at_hand": (("enter", "enter", "s"), (120, 30)),
    "workbench_note": (("enter", "N"), (120, 30)),
    "open_sets": (("w",), (100, 24)),
    "workbench_coverage": (("enter", "D"), (120, 30)),
    "ready": (("enter", "V"), (120, 30)),
    "review": (("enter", "f7", "a"), (120, 30)),
    "review_difference": (("enter", "f7", "n", "d"), (120, 30)),
    "review_narrow": (("enter", "f7", "n"), (80, 24)),
    "review_edited_only": (("enter", "f7", "b"), (120, 30)),
    "reading": (("enter", "enter", "o"), (100, 30)),
    "bank_documents": (("f3", "tab", "2"), (100, 30)),
    "bank_stale": (("f3", "tab", "5"), (100, 30)),
    "bank_doubtful": (("f3", "tab", "6"), (100, 24)),
    "correct": (("f3", "tab", "2", "down", "e"), (100, 30)),
    "correct_narrow": (("f3", "tab", "2", "e", "enter"), (80, 24)),
    "bank_who": (("f3", "tab", "4"), (100, 24)),
    "consistency": (("enter", "f5"), (100, 30)),
    "settings": (("f9",), (100, 32)),
    "rules": (("f9", "down", "down", "down", "down", "down", "enter", "space"), (100, 30)),
    "help": (("question_mark",), (100, 40)),
    "palette": (("enter", "ctrl+p"), (100, 30)),
}


class Steady(KamerantwoordApp):
    """The same picture wherever the test runs: no folder of this machine in it."""

    def export_screenshot(self, **arguments: Any) -> str:
        return super().export_screenshot(**arguments).replace(str(Path.home()).replace(" ", "&#160;"), "/map")


@pytest.fixture(autouse=True)
def short_paths(backend: FakeBackend, empty_backend: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths of a test's own folder differ in length, and with them how lines wrap."""
    for each in (backend, empty_backend):
        monkeypatch.setattr(each, "bank_folder", Path("/map"))
    # Other rules may come; the picture is of how they are shown.
    monkeypatch.setattr("tui.settings.rules.rules", lambda: (*rules()[:3], *rules()[-1:]))
    monkeypatch.setattr("tui.settings.screen.settings_path", lambda: Path("/map/instellingen.yaml"))


def before(keys: Keys) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        still(pilot)
        await pilot.pause()

    return run


SIZES = ((80, 24), (100, 30), (140, 45), (200, 60))
AT_EACH_SIZE: dict[str, Keys] = {
    "writing": ("enter", "enter", "enter"),
    "finding": ("enter", "enter", "s"),
    "matches": ("enter", "E", "down", "tab", "right"),
    "ready": ("enter", "V"),
}


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("name", AT_EACH_SIZE)
def test_each_size(name: str, size: tuple[int, int], backend: FakeBackend, snap_compare: Any) -> None:
    """Where one writes, on a small terminal as on a large one."""
    assert snap_compare(Steady(backend), run_before=before(AT_EACH_SIZE[name]), terminal_size=size)


@pytest.mark.parametrize("name", STATES)
def test_screen(name: str, backend: FakeBackend, snap_compare: Any) -> None:
    """Each screen in one state."""
    keys, size = STATES[name]
    if name == "settings":
        backend.bank_folder = Path("/map")
    assert snap_compare(Steady(backend), run_before=before(keys), terminal_size=size)


def judged(backend: FakeBackend) -> None:
    """Remarks with an answer, and changes that came back from Word."""
    with backend.store.open("2026Z00001") as session:
        value = add_thread(session.dossier, "b1", "Anna Dijk", "Klopt dit nog na de zomer?", MOMENT)
        block = value.block("b1")
        assert block is not None
        value = reply(value, "b1", block.discussion[0].id, "Bas Veer", "Ja, nagevraagd bij de molenaars.", MOMENT)
        value = add_thread(value, "b1", "Anna Dijk", "Naam voluit.", MOMENT)
        block = value.block("b1")
        assert block is not None
        value = set_thread_done(value, "b1", block.discussion[1].id, True)
        after = edits.edit_text(value, "b1", block.text.replace("een rapport", "het eindrapport"))
        after, _ = edits.insert(after, 2, "Over de kosten volgt een aparte brief.")
        authors = {"b1": ("Anna Dijk", MOMENT)}
        session.record(with_changes(value, after, "concept.docx", authors, ("Bas Veer", None)), "bewerkt in Word")


@pytest.mark.parametrize("size", SIZES[:3], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("key", ["f7", "w"])
def test_judging(key: str, size: tuple[int, int], backend: FakeBackend, snap_compare: Any) -> None:
    """Threads under their paragraph, and what came back from Word with both texts."""
    judged(backend)
    assert snap_compare(Steady(backend), run_before=before(("enter", key)), terminal_size=size)


def test_an_empty_start(empty_backend: FakeBackend, snap_compare: Any) -> None:
    """Three lines that say what to do."""
    assert snap_compare(Steady(empty_backend), run_before=before(()), terminal_size=(100, 24))


def test_an_error(backend: FakeBackend, snap_compare: Any) -> None:
    """What is wrong, and what next."""

    async def run(pilot: Pilot[None]) -> None:
        await before(("enter", "enter", "tab"))(pilot)
        backend.fail = BankError("De bank is beschadigd.", "Herstel haar met: kamerantwoord bank rebuild.")
        await before(("enter",))(pilot)

    assert snap_compare(Steady(backend), run_before=run, terminal_size=(120, 30))


def test_read_only(backend: FakeBackend, snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second program is told."""
    monkeypatch.setattr("drafter.dossier.storage.locks.DossierLock.holder", lambda _: "de Vries (proces 12)")
    with backend.store.open("2026Z00001"):
        assert snap_compare(Steady(backend), run_before=before(("enter",)), terminal_size=(120, 30))


@pytest.mark.parametrize("theme", ["kamer-licht", "kamer-contrast"])
def test_theme(theme: str, backend: FakeBackend, snap_compare: Any) -> None:
    """Light, and high contrast."""
    app = Steady(backend)
    app.theme = theme
    assert snap_compare(app, run_before=before(("enter", "enter")), terminal_size=(120, 30))


def test_sixteen_colours(backend: FakeBackend, snap_compare: Any) -> None:
    """Only colours that such a terminal has."""
    app = Steady(backend)
    app.theme = "kamer-16"
    assert snap_compare(app, run_before=before(("enter", "enter", "down", "d")), terminal_size=(120, 30))


STRANGE = (
    "\x1b[31mrood\x1b[0m \x9b2J \x1b]0;titel\x07 \u202eomgekeerd\u202c [red]geen opmaak[/] 漢字かな交じり文 한국어 "
    "e\u0301e\u0308n a\u030argang 👩\u200d🔬 ﬁnancieel \u00adzacht\tafbreken"
)


@pytest.mark.parametrize("size", [(132, 43), (80, 24)])
def test_strange_characters(size: tuple[int, int], backend: FakeBackend, snap_compare: Any) -> None:
    """Wide and combining characters keep their columns; what could steer the terminal is shown as a mark."""

    async def run(pilot: Pilot[None]) -> None:
        await before(("enter", "enter"))(pilot)
        screen = workbench(pilot)
        strange = edits.edit_text(screen.model.dossier, "b1", STRANGE)
        await screen.change(lambda: screen.model.record(strange, "proef"))
        await before(("d",))(pilot)

    assert snap_compare(Steady(backend), run_before=run, terminal_size=size)


def test_without_colour(backend: FakeBackend, snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR: signs and shapes say it all."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(Steady(backend), run_before=before(("enter", "enter", "down", "d")), terminal_size=(120, 30))
