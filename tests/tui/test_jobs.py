"""Work beside the screens: it is shown, stops on Esc wherever it was begun, and its faults leave the rest alive."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.fake_backend import FakeBackend
from support.screens import blocks, press, settle, started
from textual.pilot import Pilot
from textual.widgets import Static

from drafter.backend.bank import reading
from drafter.backend.worker_client import AT_HAND, WorkStoppedError
from embeddings.errors import Cancelled
from tui.bank.screen import BankScreen
from tui.compare.screen import CompareScreen, ConsistencyScreen
from tui.dialogs.error import ErrorScreen
from tui.dossiers.screen import DossiersScreen
from tui.jobs import Job, foremost
from tui.ready.screen import ReadyScreen
from tui.review.screen import ReviewScreen
from tui.widgets.job_line import JobLine, job_words
from tui.workbench.screen import WorkbenchScreen


class Hanging:
    """Puts calls of a backend in suspense until they are stopped, as work in another process is."""

    def __init__(self, backend: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> None:
        self._backend, self._monkeypatch = backend, monkeypatch
        self.free = threading.Event()

    def __call__(self, *names: str) -> None:
        for name in names:
            self._monkeypatch.setattr(self._backend, name, self._hanging(getattr(self._backend, name)))

    def _hanging(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def hang(*args: Any, **kwargs: Any) -> Any:
            job = AT_HAND.get()
            end = time.monotonic() + 20
            while not job.cancelled() and not self.free.is_set():
                assert time.monotonic() < end
                time.sleep(0.01)
            if job.cancelled():
                raise Cancelled
            return call(*args, **kwargs)

        return hang


@pytest.fixture
def hang(backend: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    monkeypatch.setattr("tui.jobs.NOTICED", 0.05)
    hanging = Hanging(backend, monkeypatch)
    yield hanging
    hanging.free.set()


async def running(pilot: Pilot[None], label: str) -> None:
    """Wait until a job is on its line, with how to stop it."""
    end = time.monotonic() + 10
    while True:
        await pilot.pause(0.05)
        job_line = pilot.app.screen.query_one(JobLine)
        words = str(job_line.render())
        if job_line.display and label in words and "Esc = stoppen" in words:
            return
        assert time.monotonic() < end, f"{label!r} is not shown: {words!r}"


async def stopped(pilot: Pilot[None], screen: type[Any]) -> None:
    """Esc ends what runs, and stays where the user is."""
    await press(pilot, "escape")
    assert isinstance(pilot.app.screen, screen)
    shown = [job for job in pilot.app.jobs.values() if job.name != "model"]  # type: ignore[attr-defined]
    assert shown == []


def words(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).content)


async def test_a_search_that_takes_long_is_stopped_and_can_be_done_again(backend: FakeBackend, hang: Hanging) -> None:
    hang("search_words", "search_meaning")
    async with started(backend, (140, 40)) as pilot:
        await pilot.press("enter")
        await running(pilot, "Zoeken")
        await stopped(pilot, WorkbenchScreen)
        assert "Niet gezocht" in words(pilot, "#found-state")
        hang.free.set()
        await press(pilot, "n", "p")
        assert "eerdere antwoorden" in words(pilot, "#found-state")


async def test_inserting_checking_drafting_and_export_are_stopped(backend: FakeBackend, hang: Hanging) -> None:
    async with started(backend, (140, 40), "enter", "enter") as pilot:
        before = blocks(pilot)
        hang("passages", "check_dossier", "draft", "export", "standard_passages")
        for keys, label in (
            (("E", "enter"), "Invoegen"),
            (("P",), "Standaardpassages"),
            (("ctrl+r",), "Controleren"),
            (("ctrl+d",), "Opstellen"),
            (("ctrl+e", "enter", "enter"), "schrijven"),
        ):
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.1)
            await running(pilot, label)
            await stopped(pilot, WorkbenchScreen)
        assert blocks(pilot) == before
        assert backend.exported == []
        assert "Niet opgezocht" in words(pilot, "#standard-state")


async def test_consistency_and_comparing_are_stopped(backend: FakeBackend, hang: Hanging, tmp_path: Path) -> None:
    hang("consistency", "compare")
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    async with started(backend, (140, 40), "enter") as pilot:
        await pilot.press("f5")
        await running(pilot, "Samenhang")
        await stopped(pilot, ConsistencyScreen)
        assert "Niet nagegaan" in words(pilot, "#pair-state")
        await press(pilot, "escape", "f4", "n", *"a.txt", "enter", "o", *"a.txt")
        await pilot.press("enter")
        await running(pilot, "Vergelijken")
        await stopped(pilot, CompareScreen)
        assert "Niet vergeleken" in words(pilot, "#pair-state")


async def test_in_the_bank_and_while_reviewing_esc_stops_first(backend: FakeBackend, hang: Hanging) -> None:
    hang("stale_in_bank", "export")
    async with started(backend, (140, 40), "enter", "f7", "ctrl+e") as pilot:
        await pilot.press("enter")
        await running(pilot, "schrijven")
        await stopped(pilot, ReviewScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, DossiersScreen)
        await press(pilot, "f3", "tab")
        await pilot.press("5")
        await running(pilot, "Bank nalopen")
        await stopped(pilot, BankScreen)
        assert "Gestopt" in words(pilot, "#stale-state")


async def test_a_crash_of_a_worker_is_told_and_leaves_the_rest_alive(
    backend: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> Any:
        error = WorkStoppedError("Het rekenwerk is gestopt.", "Probeer het opnieuw.")
        error.details = "te weinig geheugen"
        raise error

    async with started(backend, (140, 40), "enter", "enter") as pilot:
        passages = backend.passages
        monkeypatch.setattr(backend, "passages", crash)
        await press(pilot, "E", "enter")
        assert isinstance(pilot.app.screen, ErrorScreen)
        await press(pilot, "c", "escape")
        assert pilot.app.clipboard == "Het rekenwerk is gestopt.\nProbeer het opnieuw.\nte weinig geheugen"
        await press(pilot, "escape", "t", "N", "u", "escape")
        assert "Nu" in [block.text for block in blocks(pilot)]
        monkeypatch.setattr(backend, "passages", passages)
        count = len(blocks(pilot))
        await press(pilot, "E", "enter")
        assert len(blocks(pilot)) > count


def test_the_work_that_was_asked_for_comes_before_what_runs_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.jobs.NOTICED", 0.0)
    asked, other = Job("opstellen", "Opstellen"), Job("export", "Schrijven")
    model, search = Job("model", "Klaarzetten"), Job("zoeken 1", "Zoeken", quiet=True)
    time.sleep(0.001)
    assert foremost([model, asked, search]) is asked
    assert foremost([asked, other, search]) is other
    assert foremost([model, search]) is search
    assert foremost([model]) is model
    assert foremost([]) is None


def test_the_line_says_what_runs_and_which_stage_it_is_in() -> None:
    job = Job("opstellen", "Opstellen")
    assert job_words(job).plain.startswith("Opstellen …")
    job.start("Nakijken", 12)
    job.advance(3)
    assert "Opstellen · Nakijken" in job_words(job).plain
    assert "3 van 12" in job_words(job).plain


async def test_one_fault_met_by_several_jobs_is_told_once(backend: FakeBackend) -> None:
    async with started(backend, (140, 40)) as pilot:
        app = pilot.app
        for name in ("een", "twee", "drie"):
            app.fetch(name, lambda _: backend.ask(reading, "weg"), lambda _: None)  # type: ignore[attr-defined]
        await settle(pilot)
        assert isinstance(app.screen, ErrorScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, DossiersScreen)


async def test_escape_on_another_screen_is_not_for_a_quiet_search(backend: FakeBackend, hang: Hanging) -> None:
    hang("search_words", "search_meaning", "check_again")
    async with started(backend, (140, 40)) as pilot:
        await pilot.press("enter")
        await running(pilot, "Zoeken")
        await pilot.press("V")
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, ReadyScreen)
        assert "Esc = stoppen" not in str(pilot.app.screen.query_one(JobLine).render())
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        await running(pilot, "Zoeken")
        hang.free.set()


def test_work_that_nobody_asked_for_takes_no_line() -> None:
    checking = Job("controle b1", "Bezig", quiet=True, started=time.monotonic() - 60)
    searching = Job("zoeken 1", "Zoeken", quiet=True, started=time.monotonic() - 60)
    assert foremost([checking]) is None
    assert foremost([searching, checking]) is searching
