"""The other screens, key by key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.fake_backend import FakeBackend
from support.screens import blocks, press, reached, settle, started, words, workbench
from textual.widgets import DataTable, Input, OptionList, TabbedContent

from drafter.checks import rules
from tui.bank.screen import BankScreen
from tui.compare.screen import CompareScreen, ConsistencyScreen
from tui.dialogs.ask import Confirm
from tui.dialogs.error import ErrorScreen
from tui.dialogs.files import FileScreen
from tui.dialogs.palette import PaletteScreen
from tui.dossiers.open_sets import OpenSetsScreen
from tui.dossiers.screen import DossiersScreen
from tui.reading import ReadingScreen
from tui.review.screen import ReviewScreen
from tui.review.view import FileReviewScreen
from tui.settings.rules import RulesScreen
from tui.settings.screen import SettingsScreen
from tui.text import plain
from tui.workbench.screen import WorkbenchScreen


async def test_an_empty_start_says_what_to_do(empty_backend: FakeBackend) -> None:
    async with started(empty_backend) as pilot:
        assert [row.split()[0] for row in words(pilot.app.screen, "#welcome").splitlines()] == ["a", "v", "n"]
        await press(pilot, "v")
        assert "4 stukken" in words(pilot.app.screen, "#bank-line")


async def test_filling_can_be_stopped(empty_backend: FakeBackend) -> None:
    empty_backend.gate.clear()
    async with started(empty_backend) as pilot:
        await pilot.press("v")
        await reached(pilot, lambda: "vullen" in pilot.app.jobs)  # type: ignore[attr-defined]
        job = pilot.app.jobs["vullen"]  # type: ignore[attr-defined]
        await pilot.press("escape")
        assert job.cancelled()
        empty_backend.gate.set()
        await settle(pilot)
        assert not pilot.app.jobs  # type: ignore[attr-defined]
        assert isinstance(pilot.app.screen, DossiersScreen)


async def test_a_new_dossier_from_a_file(empty_backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "vragen.txt").write_text("1. Hoe?", encoding="utf-8")
    empty_backend.empty = False
    async with started(empty_backend) as pilot:
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, FileScreen)
        await press(pilot, *"vragen.tx", "t", "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "j")
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        assert len(blocks(pilot)) == 2


async def test_a_new_dossier_from_pasted_text_without_drafting(empty_backend: FakeBackend) -> None:
    empty_backend.empty = False
    async with started(empty_backend) as pilot:
        await press(pilot, "p", "H", "o", "e", "question_mark", "ctrl+s", "n")
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        assert blocks(pilot) == []


async def test_a_file_that_cannot_be_read_is_told(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "kapot.pdf").write_bytes(b"")
    async with started(backend) as pilot:
        await press(pilot, "n", *"kapot.pdf", "enter")
        assert isinstance(pilot.app.screen, ErrorScreen)
        assert "kapot.pdf" in pilot.app.screen.message


async def test_the_picker_walks_through_folders(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "stuk.docx").write_bytes(b"")
    async with started(backend, (140, 40), "a") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FileScreen)
        names = [entry.name for entry in screen.entries]
        screen.query_one(OptionList).highlighted = names.index("map")
        await press(pilot, "enter")
        assert [entry.name for entry in screen.entries][1] == "stuk.docx"
        await press(pilot, "ctrl+up")
        assert screen.folder == tmp_path
        await press(pilot, "tab", *"bestaat-niet", "enter")
        assert isinstance(pilot.app.screen, FileScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DossiersScreen)


async def test_a_folder_typed_with_its_slash_shows_what_is_in_it(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    for name in ("map/stuk.docx", "map/brief.doc", "ander.docx"):
        (tmp_path / name).write_bytes(b"")
    async with started(backend, (140, 40), "a") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FileScreen)
        for typed, names in (
            (f"{tmp_path}/map/", {"stuk.docx", "brief.doc"}),
            (f"{tmp_path}/map/st", {"stuk.docx"}),
            ("map/", {"stuk.docx", "brief.doc"}),
            (f"{tmp_path}/", {"map", "ander.docx"}),
        ):
            screen.query_one(Input).value = typed
            await settle(pilot)
            assert names <= {entry.name for entry in screen.entries}, typed
            assert ("stuk.docx" in {entry.name for entry in screen.entries}) == ("stuk.docx" in names)
        screen.query_one(Input).value = "map/stuk.docx"  # from the folder that was chosen, not from the one shown
        await settle(pilot)
        taken: list[Path] = []
        screen.take = taken.append  # type: ignore[method-assign]
        await press(pilot, "enter")
        assert taken == [tmp_path / "map" / "stuk.docx"]


async def test_typing_filters_the_files_and_arrows_go_to_the_list(backend: FakeBackend, tmp_path: Path) -> None:
    for age, name in enumerate(("brief wind.doc", "vragen wind.docx", "antwoord zee.rtf", "los.exe")):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (age, age))
    (tmp_path / "map wind").mkdir()
    async with started(backend, (140, 40), "a") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FileScreen)
        files = [entry.name for entry in screen.entries if entry.is_file()]
        assert files == ["antwoord zee.rtf", "vragen wind.docx", "brief wind.doc"]
        await press(pilot, *"wind")
        assert [entry.name for entry in screen.entries] == ["map wind", "vragen wind.docx", "brief wind.doc"]
        await press(pilot, "down")
        assert screen.focused is screen.query_one(OptionList)
        screen.query_one(Input).value = "wind vr"
        await settle(pilot)
        assert [entry.name for entry in screen.entries] == ["vragen wind.docx"]
        screen.query_one(Input).value = str(tmp_path / "map wi")
        await settle(pilot)
        assert [entry.name for entry in screen.entries] == ["map wind"]
        await press(pilot, "enter")
        assert screen.folder == tmp_path / "map wind"


async def test_a_dossier_is_put_aside_only_after_a_yes(backend: FakeBackend) -> None:
    async with started(backend) as pilot:
        await press(pilot, "x", "n")
        assert len(backend.store.list()) == 1
        await press(pilot, "x", "j")
        assert backend.store.list() == ()


async def test_what_is_late_comes_first_and_says_so(backend: FakeBackend) -> None:
    import dataclasses
    import datetime

    late = backend.store.load("2026Z00001")
    earlier = dataclasses.replace(late.questions, submitted=datetime.date(2026, 1, 1), subject="Te laat")
    moment = late.changed - datetime.timedelta(days=3)
    backend.store.save(dataclasses.replace(late, id="laat", questions=earlier, changed=moment))
    async with started(backend) as pilot:
        table = pilot.app.screen.query_one(DataTable)
        assert [str(cell) for cell in table.get_column_at(0)] == ["Te laat", "Molens boven water"]
        assert "39 dagen te laat" in str(table.get_cell_at((0, 2)))  # type: ignore[arg-type]


async def test_what_the_chamber_waits_for(backend: FakeBackend) -> None:
    async with started(backend) as pilot:
        assert "2 vragensets wachten in de bank op antwoord, 1 te laat" in words(pilot.app.screen, "#waiting-line")
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, OpenSetsScreen)
        await press(pilot, "down", "enter")  # there is a dossier: it opens
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        await press(pilot, "f2", "w", "enter")
        assert isinstance(pilot.app.screen, Confirm)


async def test_the_sample_goes_on_with_its_questions(empty_backend: FakeBackend) -> None:
    async with started(empty_backend) as pilot:
        await press(pilot, "v", "v")
        assert isinstance(pilot.app.screen, Confirm)


async def test_review_accepts_remarks_and_filters(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "f7") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        assert "overgenomen 68%" in words(screen, "#review-summary")
        await press(pilot, "a")
        assert blocks(pilot)[0].accepted_by == "De Vries"
        assert blocks(pilot)[0].accepted_at is not None
        await press(pilot, "o", *"Klopt", "space", *"dit?", "enter")
        assert blocks(pilot)[1].remark == "Klopt dit? (De Vries)"
        (thread,) = blocks(pilot)[1].discussion
        assert (thread.author, thread.text, thread.at is not None) == ("De Vries", "Klopt dit?", True)
        await press(pilot, "r", *"Ja.", "enter")
        assert [reply.text for reply in blocks(pilot)[1].discussion[0].replies] == ["Ja."]
        assert "1 opmerking open" in words(screen, "#review-summary")
        await press(pilot, "o", *"Nog", "space", "een", "enter", "k", "down", "enter")
        assert [thread.done for thread in blocks(pilot)[1].discussion] == [False, True]
        await press(pilot, "z", "z", "z")
        await press(pilot, "x")
        assert blocks(pilot)[1].discussion == ()
        await press(pilot, "k", "r")  # there is none any more: said, and nothing else
        assert pilot.app.screen is screen
        await press(pilot, "b")
        assert [row.block.id for row in screen.rows if row.block] == ["b2"]
        await press(pilot, "b", "w")
        assert [row.block.id for row in screen.rows if row.block] == ["b1", "b2"]
        await press(pilot, "w", "n", "n", "e")
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        assert workbench(pilot).model.block is not None


async def test_review_tells_of_each_sentence_where_it_comes_from(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "f7") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        labels = [str(row.sentence.label) for row in screen.rows if row.sentence]
        assert labels == ["verbatim", "verbatim", "verbatim", "edited"]
        assert "1 met andere betekenis" in words(screen, "#review-summary")
        await press(pilot, "n")
        assert "[-, waarvan er 12 stilstaan-]" in words(screen, "#review-source-text")
        await press(pilot, "d")
        shown = [str(screen.query_one(OptionList).get_option_at_index(i).prompt) for i in range(len(screen.rows))]
        assert sum("[-" in prompt for prompt in shown) == 1
        await press(pilot, "a", "u")
        assert [row.block.id for row in screen.rows if row.block] == ["b1"] * 3
        await press(pilot, "u", "p", "space")
        assert isinstance(pilot.app.screen, ReadingScreen)


async def test_review_shows_what_the_dossier_knows_while_the_bank_is_searched(backend: FakeBackend) -> None:
    backend.gate.clear()
    async with started(backend) as pilot:
        await press(pilot, "enter")
        await pilot.press("f7")
        await reached(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen) and pilot.app.screen.rows)
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        assert [str(row.sentence.label) for row in screen.rows if row.sentence][-1] == "edited"
        assert "worden vergeleken" in words(screen, "#review-summary")
        await pilot.press("escape")
        assert pilot.app.jobs["beoordelen"].cancelled()  # type: ignore[attr-defined]
        backend.gate.set()
        await settle(pilot)
        assert pilot.app.screen is screen


async def test_any_file_can_be_reviewed(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "antwoord.txt").write_text("a", encoding="utf-8")
    async with started(backend, (140, 40), "f7", *"antwoord.txt", "enter") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FileReviewScreen)
        await press(pilot, "b")
        assert [str(row.sentence.label) for row in screen.rows if row.sentence] == ["edited"]
        assert "akkoord" not in words(screen, "#review-summary")


async def test_review_asks_for_a_name_once(backend: FakeBackend) -> None:
    backend.set_setting("naam", "")
    async with started(backend, (140, 40), "enter", "f7", "a", *"Zilt", "enter") as pilot:
        assert backend.settings_kept["naam"] == "Zilt"
        assert blocks(pilot)[0].accepted_by == "Zilt"


async def test_review_exports_with_changes(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "f7", "ctrl+e", "enter"):
        assert [changes for _, changes in backend.exported] == [True]


async def test_a_source_is_read_in_full_and_a_passage_taken_from_it(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter", "o") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.paragraph is not None
        assert screen.paragraph.passage == "ah-wind-1#4"
        await press(pilot, "n", "n", "enter")
        assert [b.origin.passage for b in blocks(pilot) if b.origin] == ["ah-wind-1#4", "ah-wind-1#5", "kst-golf-9#1"]


async def test_the_bank_searches_reads_and_begins_a_dossier(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "f3", *"molens") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BankScreen)
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, ReadingScreen)
        await press(pilot, "escape", "3")
        assert "1 standaardpassage" in words(screen, "#standard-state")
        await press(pilot, "4")
        assert "Niets met “molens”" in words(screen, "#signed-state")
        await press(pilot, "slash", "ctrl+u", "down")
        for key, tab in (("2", "stukken"), ("3", "passages"), ("4", "wie"), ("5", "verouderd")):
            await press(pilot, key)
            assert screen.query_one(TabbedContent).active == tab
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, ReadingScreen)
            await press(pilot, "escape")
        await press(pilot, "2", "n", "n")
        assert isinstance(pilot.app.screen, WorkbenchScreen)


async def test_a_document_of_the_bank_is_compared_and_taken_out(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    async with started(backend, (140, 40), "f3", "tab", "2", "v") as pilot:
        assert isinstance(pilot.app.screen, CompareScreen)
        await press(pilot, "n", *"a.txt", "enter")
        assert "43 molens" in words(pilot.app.screen, "#side-old-text")
        await press(pilot, "escape", "x", "n")
        assert backend.removed == []
        await press(pilot, "x", "j")
        assert backend.removed == ["ah-wind-1"]


async def test_a_filter_that_is_not_understood_is_told_in_place(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "f3", *"na:gisteren") as pilot:
        assert "geen datum" in words(pilot.app.screen, "#found-state")


async def test_two_documents_side_by_side(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    async with started(backend, (140, 40), "f4", "n", *"a.txt", "enter", "o", *"a.txt", "enter") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        assert "47 molens" in words(screen, "#side-new-text")
        assert "43 molens" in words(screen, "#side-old-text")


async def test_consistency_goes_to_the_passage(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "f5") as pilot:
        assert isinstance(pilot.app.screen, ConsistencyScreen)
        await press(pilot, "enter")
        assert workbench(pilot).model.block is not None
        assert workbench(pilot).model.block.id == "b2"  # type: ignore[union-attr]


async def test_settings_change_date_theme_and_name(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "f9", "enter") as pilot:
        pilot.app.screen.query_one(Input).value = "2026-04-01"
        await press(pilot, "enter")
        assert backend.as_of.isoformat() == "2026-04-01"
        await press(pilot, "enter")
        pilot.app.screen.query_one(Input).value = "gisteren"
        await press(pilot, "enter", "down", "enter", "down", "enter")
        assert isinstance(pilot.app.screen, SettingsScreen)
        assert backend.as_of.isoformat() == "2026-04-01"
        assert backend.settings_kept["thema"] == "kamer-licht"
        await press(pilot, "down", "enter", "ctrl+u", *"Zilt", "enter")
        assert backend.settings_kept["naam"] == "Zilt"


async def test_settings_choose_a_model_and_refuse_what_is_none(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    async with started(backend, (140, 40), "f9", "down", "down", "down", "enter", "enter") as pilot:
        assert isinstance(pilot.app.screen, FileScreen)
        pilot.app.screen.go(tmp_path / "model")
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, ErrorScreen)
        assert "model" not in backend.settings_kept
        (tmp_path / "model" / "config.json").write_text("{}", encoding="utf-8")
        await press(pilot, "escape", "enter", "enter")
        assert isinstance(pilot.app.screen, FileScreen)
        pilot.app.screen.go(tmp_path / "model")
        await press(pilot, "ctrl+o")
        assert backend.settings_kept["model"] == str(tmp_path / "model")
        assert isinstance(pilot.app.screen, SettingsScreen)
        assert "model" in pilot.app.screen.waiting
        await press(pilot, "enter", "down", "enter")
        assert backend.settings_kept["model"] is None


async def test_settings_switch_kinds_of_findings_off(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "f9", *("down",) * 5, "enter", "enter", "down", "space", "space") as pilot:
        assert isinstance(pilot.app.screen, RulesScreen)
        await press(pilot, "ctrl+s")
        assert backend.settings.signalen.uit == (rules()[0].id,)
        await press(pilot, "enter", "enter", "ctrl+s")
        assert backend.settings_kept["signalen.uit"] is None


async def test_settings_choose_registers_and_a_template(backend: FakeBackend, tmp_path: Path) -> None:
    (tmp_path / "sjabloon.docx").write_bytes(b"")
    async with started(backend, (140, 40), "f9", *("down",) * 6, "enter", "enter", "ctrl+o") as pilot:
        assert backend.settings_kept["signalen.registers"] == str(tmp_path)
        await press(pilot, "down", "enter", "enter", *"sjabloon.docx", "enter")
        assert backend.settings_kept["uitvoer.sjabloon"] == str(tmp_path / "sjabloon.docx")


async def test_the_palette_finds_and_does(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "ctrl+p") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, PaletteScreen)
        await press(pilot, *"beoordel", "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\x07", "\u202e", "\x00", "\x7f", "\ud800"])
def test_plain_shows_what_could_steer_the_terminal(character: str) -> None:
    assert plain(f"a{character}b") == "a�b"


def test_plain_keeps_positions_and_ordinary_text() -> None:
    text = "“Café” – 100 € e\u0301 漢字\n👩\u200d🔬\u00a0x\ty"
    assert len(plain(text)) == len(text)
    assert plain(text).replace(" ", "") == text.replace("\u00a0", "").replace("\t", "").replace(" ", "")
