"""Ready to send: what is still to be done leads to its place, and a clean text is refused until then."""

from __future__ import annotations

import datetime
from pathlib import Path

from support.fake_backend import FakeBackend
from support.screens import press, reached, settle, started, workbench
from textual.widgets import Static

from drafter.dossier.findings.readiness import PointKind
from drafter.dossier.judging.thread_edits import add_thread
from drafter.dossier.set_state import SetState, set_state_of
from drafter.dossier.value import Block
from tui.dialogs.ask import Choose
from tui.dossiers.screen import DossiersScreen
from tui.ready.screen import ReadyScreen
from tui.review.screen import ReviewScreen
from tui.widgets.lists import FindingList
from tui.workbench.panes.head import DossierHead
from tui.workbench.screen import WorkbenchScreen


async def test_each_line_leads_to_its_place(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "V") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadyScreen)
        assert [point.kind.value for point in screen.points] == ["empty"] * 3 + ["warning"] * 2 + ["quotation"]
        told = str(screen.query_one("#ready-line", Static).content)
        assert "Nog niet klaar" in told
        assert "leeg 3 · waarschuwing 2 · citaat 1" in told
        await press(pilot, "down", "enter")
        assert workbench(pilot).model.number == 3
        await press(pilot, "V", "end", "enter")
        block = workbench(pilot).model.block
        assert isinstance(block, Block)
        assert (workbench(pilot).model.number, block.id) == (1, "b2")


async def test_open_remarks_lead_to_where_they_are_answered(backend: FakeBackend) -> None:
    session = backend.store.load("2026Z00001")
    backend.store.save(add_thread(session, "b2", "N. Bos", "Is dit zo?"))
    async with started(backend, (120, 30), "enter", "V") as pilot:
        ready = pilot.app.screen
        assert isinstance(ready, ReadyScreen)
        at = next(index for index, point in enumerate(ready.points) if point.kind is PointKind.REMARK)
        assert ready.points[at].words == "N. Bos: Is dit zo?"
        await press(pilot, *["down"] * at, "enter")
        review = pilot.app.screen
        assert isinstance(review, ReviewScreen)
        assert review.row is not None
        assert review.row.block is not None
        assert review.row.block.id == "b2"
        await press(pilot, "k", "escape", "V")
        ready = pilot.app.screen
        assert isinstance(ready, ReadyScreen)
        assert PointKind.REMARK not in {point.kind for point in ready.points}
        shown = ready.query_one(FindingList).highlighted
        assert shown == min(at, len(ready.points) - 1), "one goes on where one was"


async def test_a_warning_is_lit_up_at_its_place(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "V", *["down"] * 4) as pilot:
        ready = pilot.app.screen
        assert isinstance(ready, ReadyScreen)
        point = ready.points[4]
        assert point.finding is not None
        await press(pilot, "enter")
        screen = workbench(pilot)
        assert screen.model.block is not None
        assert (screen.model.block.id, screen.text.lit) == (point.block, point.finding)


async def test_a_set_that_is_called_sent_too_early_says_so_and_is_late_no_more(backend: FakeBackend) -> None:
    backend.as_of = datetime.date(2031, 1, 1)
    async with started(backend, (140, 30), "enter", "V") as pilot:
        assert "te laat" in str(pilot.app.screen.query_one("#head", Static).content)
        await press(pilot, "f", "end", "enter")
        assert any("met nog" in told.message for told in pilot.app._notifications)
        assert "te laat" not in str(pilot.app.screen.query_one("#head", Static).content)
        await press(pilot, "escape")
        assert "te laat" not in str(workbench(pilot).query_one(DossierHead).render())


async def test_the_state_of_a_set_is_kept_and_shown(backend: FakeBackend) -> None:
    async with started(backend, (140, 30), "enter", "V", "f", "down", "enter") as pilot:
        assert set_state_of(backend.store.load("2026Z00001")) is SetState.IN_REVIEW
        assert "ter beoordeling" in str(pilot.app.screen.query_one("#head", Static).content)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, DossiersScreen)
        assert pilot.app.screen.summaries[0].state == "ter beoordeling"
        await press(pilot, "enter", "z")
        assert set_state_of(backend.store.load("2026Z00001")) is SetState.AT_WORK


async def test_a_clean_text_is_refused_unless_told_otherwise(backend: FakeBackend, tmp_path: Path) -> None:
    async with started(backend, (120, 30), "enter", "ctrl+e", "down", "enter") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Choose)
        assert "3 vragen zonder antwoord (2 t/m 4)" in screen.question
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        assert backend.exported == []
        await press(pilot, "ctrl+e", "down", "enter", "down", "enter", "enter")
        assert backend.exported == [(tmp_path / "2026Z00001 schoon.docx", False)]
        assert backend.exported_clean


async def test_a_first_draft_is_in_the_list_at_once_with_its_progress(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "vragen.txt").write_text("x", encoding="utf-8")
    backend.gate.clear()
    async with started(backend, (140, 30), "n") as pilot:
        await press(pilot, *"vragen.txt", "enter")
        await pilot.press("j")
        await reached(pilot, lambda: isinstance(pilot.app.screen, WorkbenchScreen))
        await pilot.press("f2")
        await reached(pilot, lambda: isinstance(pilot.app.screen, DossiersScreen) and pilot.app.screen.summaries[1:])
        screen = pilot.app.screen
        assert isinstance(screen, DossiersScreen)
        screen._follow()
        shown = pilot.app.export_screenshot().replace("&#160;", " ")
        assert "wordt opgesteld" in shown
        backend.gate.set()
        await settle(pilot)
        new = next(one.id for one in screen.summaries if one.id != "2026Z00001")
        assert [a.numbers for a in backend.store.load(new).answers if a.blocks] == [(1,)]
