"""The workbench, key by key."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from support.dossier_samples import questions
from support.fake_backend import FakeBackend
from support.screens import blocks, press, reached, settle, started, words, workbench
from textual.pilot import Pilot
from textual.widgets import Static

from drafter.dossier.value import BlockState
from embeddings.errors import BankError
from embeddings.progress import SILENT
from tui.app import KamerantwoordApp
from tui.dialogs.ask import AskLine
from tui.dialogs.error import ErrorScreen
from tui.dossiers.screen import DossiersScreen
from tui.review.word_changes import WordChangesScreen
from tui.widgets.block import BlockText
from tui.widgets.found import FoundPane
from tui.widgets.standard import StandardPane
from tui.workbench.panes.answer import AnswerPane
from tui.workbench.panes.question_list import QuestionList
from tui.workbench.screen import WorkbenchScreen


@asynccontextmanager
async def opened(backend: FakeBackend, size: tuple[int, int] = (140, 40)) -> AsyncIterator[Pilot[None]]:
    """The workbench on the one dossier, with the answer in focus."""
    async with started(backend, size, "enter", "enter") as pilot:
        yield pilot


async def test_typing_is_kept_at_once_and_is_one_step(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.focused, BlockText)
        await press(pilot, "space", "J", "a", ".")
        assert backend.store.load("2026Z00001").answers[0].blocks[0].text.endswith("kabinet. Ja.")
        await press(pilot, "escape", "z")
        assert blocks(pilot)[0].state is BlockState.VERBATIM
        await press(pilot, "Z")
        assert blocks(pilot)[0].text.endswith(" Ja.")


async def test_why_a_passage_is_there_and_what_is_in_doubt_of_its_source_are_told(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        assert str(workbench(pilot).text.border_subtitle) == "waarom: deelt met de vraag: molen."
        await press(pilot, "o")
        told = str(pilot.app.screen.query_one("#reading-line", Static).content)
        assert "Waarom in het concept: Deelt met de vraag: molen." in told
        assert "⚠" not in told
        await press(pilot, "escape", "down")
        assert str(workbench(pilot).text.border_subtitle) == "⚠ bron onzeker gelezen (o)"
        await press(pilot, "o")
        told = str(pilot.app.screen.query_one("#reading-line", Static).content)
        assert "⚠ Bij het lezen van dit stuk: Noot 3 staat niet in de tekst." in told
        assert "Waarom" not in told
        await press(pilot, "escape", "n")
        assert not workbench(pilot).text.border_subtitle, "an empty answer"


async def test_typing_survives_the_end_of_the_program(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "enter", "space", "X")
        pilot.app.screen.leave()  # type: ignore[attr-defined]
    assert backend.store.load("2026Z00001").answers[0].blocks[0].text.endswith(" X")


async def test_reopening_comes_back_to_the_same_place(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "down", "W", "escape", "n", "n", "escape")
    async with opened(backend) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, WorkbenchScreen)
        assert screen.model.number == 3


async def test_insert_a_whole_earlier_answer_and_one_passage(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "n", "tab", "down", "enter")
        assert [b.origin.passage for b in blocks(pilot, 2) if b.origin] == ["ah-wind-1#5"]
        await press(pilot, "tab", "enter")
        assert [b.origin.passage for b in blocks(pilot, 2) if b.origin] == ["ah-wind-1#5", "ah-wind-1#4"]
        assert all(b.state is BlockState.VERBATIM and b.seen for b in blocks(pilot, 2))
        assert blocks(pilot, 2)[1].findings


async def test_replace_takes_the_place_of_the_chosen_block(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "P", "v")
        assert [b.origin.passage for b in blocks(pilot) if b.origin] == ["ah-wind-3#3", "kst-golf-9#1"]


async def test_standard_passages_that_fit_the_question_come_first(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "P")
        pane = pilot.app.screen.query_one(StandardPane)
        assert [one.id for one in pane.standards] == ["c1", "c2"]
        assert "1 bij deze vraag" in str(pane.query_one("#standard-state", Static).content)
        await press(pilot, "tab", "down")
        shown = str(pane.query_one("#standard-timeline", Static).content)
        assert shown.startswith("5 mrt 2025 ●")
        assert shown.endswith("○ 20 jan 2026")


async def test_own_text_between_two_passages(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "t", "N", "u", "escape")
        assert [b.text for b in blocks(pilot)][1] == "Nu"
        assert blocks(pilot)[1].state is BlockState.OWN


async def test_move_merge_split_and_remove(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "alt+down")
        assert [b.id for b in blocks(pilot)] == ["b2", "b1"]
        await press(pilot, "alt+up", "m")
        assert len(blocks(pilot)) == 1
        assert len(blocks(pilot)[0].origins) == 2
        await press(pilot, "ctrl+k", "home", "right", "right", "ctrl+k")
        assert len(blocks(pilot)) == 2
        await press(pilot, "x", "x")
        assert blocks(pilot) == []
        await press(pilot, *"zzzzzz")
        assert [b.id for b in blocks(pilot)] == ["b1", "b2"]


async def test_findings_one_by_one(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "s", "h")
        assert blocks(pilot)[0].text.startswith("De windmeting loopt. In het najaar van 2025 volgt")
        await press(pilot, "s", "b", "o", "k", "enter")
        assert blocks(pilot)[1].intended == ("other-number “47 molens”: ok",)
        assert blocks(pilot)[1].open_findings == ()
        await press(pilot, "W", "end", "b")
        assert blocks(pilot)[1].intended == ()
        assert blocks(pilot)[1].open_findings


async def test_a_finding_is_intended_in_the_whole_dossier_also_in_what_comes_later(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "down", "s", "S", "B", "enter", *"feit", "enter")
        assert workbench(pilot).model.dossier.intended == ("other-number “47 molens”: feit",)
        assert blocks(pilot)[1].open_findings == ()
        await press(pilot, "n", "tab", "enter")
        assert blocks(pilot, 2)[0].findings
        assert blocks(pilot, 2)[0].open_findings == ()
        await press(pilot, "W", "end", "b")
        assert workbench(pilot).model.dossier.intended == ()
        assert all(b.open_findings for b in (blocks(pilot)[1], blocks(pilot, 2)[0]))


async def test_combining_says_that_the_members_asked_for_separate_answers(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        asked = workbench(pilot).model.dossier.questions
        apart = dataclasses.replace(asked.questions[-1], text="Kunt u deze vragen afzonderlijk beantwoorden?")
        changed = dataclasses.replace(asked, questions=(*asked.questions[:-1], apart))
        dossier = dataclasses.replace(workbench(pilot).model.dossier, questions=changed)
        await workbench(pilot).change(lambda: workbench(pilot).model.record(dossier, "proef"))
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, AskLine)
        assert "apart" in pilot.app.screen.question


async def test_a_note_is_left_with_escape(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "N", *"bel", "escape")
        assert pilot.app.focused is pilot.app.screen.query_one(AnswerPane)
        assert workbench(pilot).model.answer.note == "bel"


async def test_combine_and_separate(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "c", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, WorkbenchScreen)
        assert [a.numbers for a in screen.model.dossier.answers] == [(1, 2), (3,), (4,)]
        await press(pilot, "C")
        assert [a.numbers for a in screen.model.dossier.answers] == [(1,), (2,), (3,), (4,)]


async def test_word_results_first_and_meaning_results_without_moving_the_choice(tmp_path: Path) -> None:
    backend = FakeBackend(tmp_path)
    backend.store.save(backend.draft(questions(), SILENT))
    backend.model_may_load.clear()
    app = KamerantwoordApp(backend)
    async with app.run_test(size=(140, 40)) as pilot:
        await reached(pilot, lambda: app.screen.query("#dossiers:focus"))
        await pilot.press("enter")
        await reached(pilot, lambda: app.screen.query(FoundPane) and app.screen.query_one(FoundPane).results)
        pane = app.screen.query_one(FoundPane)
        assert [r.document for r in pane.results] == ["ah-wind-1", "ah-wind-2"]
        pane.result_list.focus()
        await pilot.press("down")
        await reached(pilot, lambda: pane.chosen is not None and pane.chosen.document == "ah-wind-2")
        backend.model_may_load.set()
        await settle(pilot)
        assert pane.result_list.highlighted == 1
        assert pane.chosen is not None
        assert pane.chosen.document == "ah-wind-2"
        assert [r.document for r in pane.results] == ["ah-wind-1", "ah-wind-2", "kst-golf-9"]


async def test_the_second_program_is_told_and_cannot_change(backend: FakeBackend) -> None:
    with backend.store.open("2026Z00001"):
        async with opened(backend) as pilot:
            assert pilot.app.screen.query_one(".save-line").display
            before = blocks(pilot)
            await press(pilot, "x", "t", "k", "enter", "z", "m")
            assert blocks(pilot) == before
            assert pilot.app.focused is pilot.app.screen.query_one(AnswerPane)


async def test_a_failing_worker_leaves_the_rest_alive(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        backend.fail = BankError("De bank is weg.", "Kijk of de schijf er is.")
        await press(pilot, "tab", "enter")
        assert isinstance(pilot.app.screen, ErrorScreen)
        await press(pilot, "c", "escape")
        assert pilot.app.clipboard == "De bank is weg.\nKijk of de schijf er is."
        backend.fail = None
        await press(pilot, "enter")
        assert len(blocks(pilot)) == 3


async def test_a_fault_of_ours_in_a_worker_is_told_too(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        backend.fail = ZeroDivisionError("x")
        await press(pilot, "tab", "enter")
        assert isinstance(pilot.app.screen, ErrorScreen)
        assert "ZeroDivisionError" in pilot.app.screen.details
        backend.fail = None


async def test_edits_in_word_come_back_as_one_step(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "terug.docx").write_bytes(b"")
    async with opened(backend) as pilot:
        await press(pilot, "ctrl+o", *"terug.docx", "enter")
        assert blocks(pilot)[0].text == "In Word geschreven."
        await press(pilot, "z")
        assert blocks(pilot)[0].text.startswith("De windmeting loopt.")


async def test_what_came_from_word_is_let_stand_or_put_back_one_by_one(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "terug.docx").write_bytes(b"")
    async with opened(backend) as pilot:
        await press(pilot, "ctrl+o", *"terug.docx", "enter", "w")
        screen = pilot.app.screen
        assert isinstance(screen, WordChangesScreen)
        assert "2 wijzigingen nog te bekijken" in words(screen, "#review-summary")
        assert "Anna Dijk" in words(screen, "#review-source-text")
        await press(pilot, "x")
        assert blocks(pilot)[0].text.startswith("De windmeting loopt.")
        assert "1 wijziging nog te bekijken" in words(screen, "#review-summary")
        await press(pilot, "a")
        assert "Alles is besloten" in words(screen, "#review-summary")
        await press(pilot, "u")
        assert [change.decision for _, change in screen.rows] == ["undone", "accepted"]
        await press(pilot, "z", "z")
        assert blocks(pilot)[0].text == "In Word geschreven."
        await press(pilot, "e")
        assert workbench(pilot).model.block is not None
        assert workbench(pilot).model.block.id == "b1"  # type: ignore[union-attr]


async def test_what_was_changed_since_word_is_put_back_at_the_second_time(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "terug.docx").write_bytes(b"")
    async with opened(backend) as pilot:
        await press(pilot, "ctrl+o", *"terug.docx", "enter")
        await press(pilot, "home", "e", *"Zo", "escape", "w", "x")
        assert "Zo" in blocks(pilot)[0].text
        await press(pilot, "x")
        assert blocks(pilot)[0].text.startswith("De windmeting loopt.")


async def test_a_quotation_that_is_not_to_the_letter_is_shown(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "f6")
        assert workbench(pilot).model.block is not None
        assert workbench(pilot).model.block.id == "b2"  # type: ignore[union-attr]


async def test_export_asks_where_to(backend: FakeBackend, tmp_path: Path) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "ctrl+e", "enter", "enter")
        assert backend.exported == [(tmp_path / "2026Z00001.docx", False)]


async def test_text_of_documents_is_never_markup_nor_escape_codes(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "t", "left_square_bracket", "b", "right_square_bracket", "escape")
        screen = pilot.app.screen
        assert isinstance(screen, WorkbenchScreen)
        from drafter.dossier import edits as edits

        evil = "[red]rood[/] [@click=app.quit]weg[/] \x1b[31mrood\x1b]0;titel\x07 \x9b2J \u202eomgekeerd"
        await screen.change(lambda: screen.model.record(edits.edit_text(screen.model.dossier, "b1", evil), "proef"))
        await settle(pilot)
        shown = pilot.app.export_screenshot()
        assert "\x1b" not in shown
        assert "\x9b" not in shown
        assert "[red]rood[/]" in shown.replace("&#160;", " ")


async def test_narrow_the_side_is_a_screen_of_its_own(backend: FakeBackend) -> None:
    async with opened(backend, (80, 24)) as pilot:
        screen = pilot.app.screen
        assert not screen.query_one("#side").display
        await press(pilot, "tab")
        assert screen.query_one("#side").display
        assert not screen.query_one("#middle").display
        await press(pilot, "escape")
        assert screen.query_one("#middle").display


async def test_escape_goes_back_and_lets_go_of_the_dossier(backend: FakeBackend) -> None:
    async with opened(backend) as pilot:
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, DossiersScreen)
        with backend.store.open("2026Z00001") as session:
            assert not session.read_only


async def test_who_is_on_the_way_down_the_list_is_not_taken_back(
    backend: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(backend, (140, 40), "enter") as pilot:
        monkeypatch.setattr("tui.workbench.screen._REST", 60)
        screen = workbench(pilot)
        await pilot.press("down", "down")
        await screen.show()  # such as when a check comes in
        assert screen.query_one("#questions", QuestionList).highlighted == 2
        assert screen.model.at == 0
        await screen._arrive()
        assert screen.model.at == 2


async def test_one_escape_too_many_leaves_no_work(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter", "enter", "x") as pilot:
        screen = workbench(pilot)
        await press(pilot, "escape", "escape")
        assert pilot.app.screen is screen
        assert pilot.app.focused is screen.query_one(QuestionList)
        await press(pilot, "enter", "f8", "escape")
        assert not screen.frame.zoomed
        assert pilot.app.focused is screen.text
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, DossiersScreen)


async def test_lines_are_no_longer_than_one_can_read(backend: FakeBackend) -> None:
    async with started(backend, (200, 60), "enter", "enter", "f8", "e") as pilot:
        view = workbench(pilot).text.views[0]
        assert view.area is not None
        assert 95 <= view.area.content_size.width <= 101
        await press(pilot, "escape")
        row = max(view._rows(view.content_size.width).lines, key=lambda row: row.cell_length)
        assert row.cell_length <= 121
