"""Working on a dossier with others, on screen; and nothing of it for who works alone."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from support.fake_backend import FakeBackend
from support.fake_companion import FakeCompanion, conflict, history
from support.screens import press, settle, still
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from answers_bank.store.following.shared_dossiers import StoredConflict
from drafter.dossier import edits
from drafter.dossier.value import Dossier
from drafter.tasks.together.standing import Standing
from tui.app import KamerantwoordApp
from tui.together.choice import ChoiceScreen
from tui.together.dossier_line import DossierLine
from tui.together.history import HistoryScreen
from tui.together.listed import ListedScreen
from tui.together.people import PeopleScreen
from tui.workbench.panes.question_list import QuestionList
from tui.workbench.screen import WorkbenchScreen

STORED = StoredConflict("", "", "", "")


@pytest.fixture
def companion(backend: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> FakeCompanion:
    for pause in ("shared_work._REST", "shared_work._AT_MOST", "shared_work._PATIENCE", "actions.together.EVERY"):
        monkeypatch.setattr(f"tui.workbench.{pause}", 0.0 if pause.startswith("shared") else 1e6)
    monkeypatch.setattr("tui.dossiers.screen._TOGETHER", 1e6)
    companion = FakeCompanion(backend.store.list()[0].id)
    backend.companion = companion
    return companion


async def look(pilot: Pilot[None]) -> None:
    """What the clock does by itself."""
    screen = pilot.app.screen
    if isinstance(screen, WorkbenchScreen):
        assert screen.shared is not None
        screen.shared.look()
    else:
        screen.together.look()  # type: ignore[attr-defined]
    await settle(pilot)


def dossier_of(backend: FakeBackend) -> Dossier:
    return backend.store.load(backend.store.list()[0].id)


def words(dossier: Dossier, number: int) -> str:
    answer = dossier.answer(number)
    assert answer is not None
    return " ".join(block.text for block in answer.blocks)


def shown(app: KamerantwoordApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


def by_other(number: int, text: str) -> Callable[[Dossier], Dossier]:
    return lambda dossier: edits.insert(dossier, number, text)[0]


async def test_who_works_alone_sees_nothing_of_it(backend: FakeBackend) -> None:
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert not app.screen.query("#share-line")
        assert not {"s", "y"} & {binding.key for _, binding, *_ in app.screen.active_bindings.values()}
        await press(pilot, "enter", "K", "G", "T")
        assert isinstance(app.screen, WorkbenchScreen)
        assert not app.screen.query(DossierLine)
        assert not {"K", "G", "T"} & {binding.key for _, binding, *_ in app.screen.active_bindings.values()}


def test_who_works_alone_loads_nothing_of_it() -> None:
    code = (
        "import sys, tui.app, tui.dossiers.screen, tui.workbench.screen, drafter.backend.worker\n"
        "print([m for m in sys.modules if m.startswith(('psycopg', 'tui.together', 'answers_bank.sharing')) "
        "or m == 'drafter.tasks.together.companion'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_who_looks_and_whose_it_is_is_on_the_workbench(backend: FakeBackend, companion: FakeCompanion) -> None:
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "● bram bij vraag 2 · van u, met bram, carla (vragen 2 en 3)" in shown(app, "#together-line")
        assert "✓ gedeeld" in shown(app, "#together-line")
        rows = app.screen.query_one(QuestionList)
        assert "●bram" in str(rows.get_option_at_index(1).prompt)
        assert "●" not in str(rows.get_option_at_index(0).prompt)
        await press(pilot, "n")
        await look(pilot)
        assert companion.looked[-1] == 2
        companion.known = dataclasses.replace(companion.known, looking=())  # type: ignore[type-var]
        await look(pilot)
        assert "bram bij" not in shown(app, "#together-line")
        companion.away = True
        await look(pilot)
        assert "geen verbinding" in shown(app, "#together-line")
        await press(pilot, "escape")
        assert companion.gone == [companion.dossier]


async def test_what_another_does_comes_in_by_itself_and_what_is_mine_goes_out(
    backend: FakeBackend, companion: FakeCompanion
) -> None:
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        companion.theirs = by_other(2, "Van Bram.")
        await look(pilot)
        assert words(dossier_of(backend), 2) == "Van Bram."
        assert companion.agreed[-1] == (7, dossier_of(backend).changed.isoformat())
        assert any("Bram wijzigde vraag 2" in str(note.message) for note in app._notifications)
        # It is no change of the user's to be taken back.
        await press(pilot, "z")
        assert words(dossier_of(backend), 2) == "Van Bram."
        assert any("geschiedenis" in str(note.message) for note in app._notifications)


async def test_what_is_typed_meanwhile_is_kept_and_nothing_moves_under_it(
    backend: FakeBackend, companion: FakeCompanion
) -> None:
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        companion.base = dossier_of(backend)
        await press(pilot, "enter", "enter", "enter", *" Eigen")
        typing = app.focused
        companion.theirs = by_other(2, "Van Bram.")
        await look(pilot)
        assert app.focused is typing
        assert words(dossier_of(backend), 2) == "Van Bram."
        await press(pilot, *" zin")
        assert "Eigen zin" in words(dossier_of(backend), 1)
        # The answer that is being typed in waits until that is done.
        companion.theirs = lambda dossier: edits.insert(dossier, 1, "Anders.")[0]
        await look(pilot)
        assert app.focused is typing
        assert "Anders." not in words(dossier_of(backend), 1)
        await press(pilot, "escape")
        await look(pilot)
        await look(pilot)
        assert "Anders." in words(dossier_of(backend), 1)
        assert "Eigen zin" in words(dossier_of(backend), 1) or companion.conflicts


async def test_two_who_changed_the_same_answer_choose_on_screen(backend: FakeBackend, companion: FakeCompanion) -> None:
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        companion.base = dossier_of(backend)
        await press(pilot, "enter", "t", *"Van mij.", "escape")
        companion.theirs = by_other(1, "Van Bram.")
        await look(pilot)
        await look(pilot)
        assert "Van mij." not in words(dossier_of(backend), 1)
        assert "≠ vraag 1: twee teksten, kies (K)" in shown(app, "#together-line")
        assert str(app.screen.query_one(QuestionList).get_option_at_index(0).prompt).startswith("≠")
        await press(pilot, "K")
        assert isinstance(app.screen, ChoiceScreen)
        await press(pilot, "b", "enter")
        assert isinstance(app.screen, WorkbenchScreen)
        assert words(dossier_of(backend), 1).endswith("Van Bram. Van mij.")
        assert companion.conflicts == []
        await look(pilot)
        assert "≠" not in shown(app, "#together-line")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("enter",), ["c1", "c2", "c4"]),
        (("a", "enter"), ["c1", "c2", "c4"]),
        (("m", "enter"), ["c1", "c2", "c3"]),
        # By hand: mine of the second, and the other's last.
        (("down", "space", "tab", "down", "space", "enter"), ["c1", "c2", "c4"]),
        (("escape",), None),
    ],
)
async def test_paragraphs_are_chosen_one_by_one(
    backend: FakeBackend, companion: FakeCompanion, keys: tuple[str, ...], expected: list[str] | None
) -> None:
    dossier = dossier_of(backend)
    companion.conflicts = [(STORED, conflict(dossier, 1))]
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "K", *keys)
        assert isinstance(app.screen, WorkbenchScreen)
    answer = dossier_of(backend).answer(1)
    assert answer is not None
    if expected is None:
        assert answer.blocks == dossier.answers[0].blocks
        assert companion.conflicts
    else:
        assert [block.id for block in answer.blocks] == expected
        mine = "24 uur" in answer.blocks[1].text
        assert mine == ("space" in keys or "m" in keys)


async def test_an_answer_goes_back_to_what_it_was(backend: FakeBackend, companion: FakeCompanion) -> None:
    companion.versions = history(dossier_of(backend), 1)
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "G")
        assert isinstance(app.screen, HistoryScreen)
        assert "bram" in str(app.screen.query_one(OptionList).get_option_at_index(1).prompt)
        await press(pilot, "down", "d")
        assert shown(app, "#history-words") == "Ja, ik ken dat bericht."
        await press(pilot, "enter")
        assert words(dossier_of(backend), 1) == "Ja, ik ken dat bericht."
        await press(pilot, "z")
        assert "windmeting" in words(dossier_of(backend), 1)


async def test_people_are_assigned_on_screen(backend: FakeBackend, companion: FakeCompanion) -> None:
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "T")
        assert isinstance(app.screen, PeopleScreen)
        rows = app.screen.query_one(OptionList)
        assert "eigenaar" in str(rows.get_option_at_index(0).prompt)
        await press(pilot, "down", "down", "v")
        assert app.screen.query_one(Input).value == "2, 3"
        await press(pilot, *("backspace",) * 4, *"2-4", "enter")
        assert companion.known is not None
        assert {n for n, who in companion.known.assigned if who == "carla"} == {2, 3, 4}
        await press(pilot, "enter")
        assert (0, "carla") in companion.known.assigned
        await press(pilot, "enter")
        assert (0, "carla") not in companion.known.assigned
        await press(pilot, "o", "j")
        assert companion.known.owner == "carla"
        # Who may not is told so, and nothing ends.
        await press(pilot, "enter")
        assert "Alleen de eigenaar" in str(app.screen.error)  # type: ignore[attr-defined]


async def test_a_dossier_is_shared_from_the_workbench(backend: FakeBackend, companion: FakeCompanion) -> None:
    companion.known = None
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert not app.screen.query_one(DossierLine).display
        await press(pilot, "T", "j")
        assert isinstance(app.screen, PeopleScreen)
        await press(pilot, "escape")
        await look(pilot)
        assert app.screen.query_one(DossierLine).display


async def test_the_start_says_how_the_bank_stands(backend: FakeBackend, companion: FakeCompanion) -> None:
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert "✓ volgt de gedeelde bank · alles is verstuurd" in shown(app, "#share-line")
        companion.state = Standing(False, "De server is weg.", since=companion.state.since, waiting=2)
        await look(pilot)
        assert "2 wijzigingen wachten, u kunt doorwerken" in shown(app, "#share-line")
        companion.state = Standing(False, "De server vraagt een wachtwoord.", needs_password=True)
        await look(pilot)
        await press(pilot, "y", *"geheim")
        assert "geheim" not in app.export_screenshot()
        await press(pilot, "enter")
        assert companion.passwords == ["geheim"]
        await look(pilot)
        assert "volgt" in shown(app, "#share-line")
        await press(pilot, "s")
        assert isinstance(app.screen, ListedScreen)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, WorkbenchScreen)


async def test_names_of_the_server_are_no_markup_and_steer_no_terminal(
    backend: FakeBackend, companion: FakeCompanion
) -> None:
    bad = "[bold]kwaad[/]\x1b[2J"
    assert companion.known is not None
    companion.known = dataclasses.replace(companion.known, owner=bad, looking=((bad, 1),), assigned=((0, bad),))
    dossier = dossier_of(backend)
    companion.versions = tuple(dataclasses.replace(v, by=bad, label=bad) for v in history(dossier, 1))
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "[bold]kwaad[/]�[2J" in shown(app, "#together-line")
        await press(pilot, "G", "escape", "T")
        assert isinstance(app.screen, PeopleScreen)
        assert "\x1b" not in str(app.screen.query_one(OptionList).get_option_at_index(0).prompt)


# -- pictures ----------------------------------------------------------------------------------------------------------

PICTURES: dict[str, tuple[tuple[str, ...], tuple[int, int]]] = {
    "start": ((), (120, 30)),
    "workbench": (("enter",), (140, 40)),
    "workbench_narrow": (("enter",), (80, 24)),
    "choice": (("enter", "K", "b"), (100, 30)),
    "choice_narrow": (("enter", "K"), (80, 24)),
    "history": (("enter", "G", "down"), (100, 30)),
    "people": (("enter", "T", "down"), (100, 30)),
    "listed": (("s",), (100, 24)),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str,
    backend: FakeBackend,
    companion: FakeCompanion,
    snap_compare: Callable[..., bool],
) -> None:
    """What others do, as it must stay on screen."""
    dossier = dossier_of(backend)
    companion.versions = history(dossier, 1)
    companion.conflicts = [(STORED, conflict(dossier, 1))]
    keys, size = PICTURES[name]

    async def before(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await look(pilot)
        await press(pilot, *keys)
        still(pilot)

    assert snap_compare(KamerantwoordApp(backend), terminal_size=size, run_before=before)
