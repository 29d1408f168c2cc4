"""Correcting what is known of a document, from the list of the bank and from the document itself."""

from __future__ import annotations

from support.fake_backend import FakeBackend
from support.screens import press, settle, started
from textual.widgets import Input, OptionList, Static

from tui.dialogs.correct import CorrectScreen
from tui.reading import ReadingScreen


def shown(screen: CorrectScreen) -> str:
    options = screen.query_one(OptionList)
    return "\n".join(str(options.get_option_at_index(n).prompt) for n in range(options.option_count))


async def test_a_date_is_corrected_and_put_back(backend: FakeBackend) -> None:
    async with started(backend, (100, 30), "f3", "tab", "2", "e") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CorrectScreen)
        before = shown(screen)
        await press(pilot, "enter")
        pilot.app.screen.query_one(Input).value = "3 februari 2030"
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert "3 feb 2030" in shown(screen)
        assert "verbeterd door De Vries" in shown(screen)
        await press(pilot, "x")
        assert shown(screen) == before
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, CorrectScreen)


async def test_a_value_that_is_none_is_said_and_changes_nothing(backend: FakeBackend) -> None:
    async with started(backend, (100, 30), "f3", "tab", "2", "e", "enter") as pilot:
        pilot.app.screen.query_one(Input).value = "gisteren"
        await press(pilot, "enter")
        assert backend.said == {}


async def test_a_kind_is_chosen(backend: FakeBackend) -> None:
    async with started(backend, (100, 30), "f3", "tab", "2", "e", "up", "enter") as pilot:
        await press(pilot, "home", "down", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CorrectScreen)
        assert [one.value for one in backend.said.values()] == ["questions"]
        assert "vragen" in shown(screen)


async def test_the_document_that_is_read_can_be_corrected_and_says_so(backend: FakeBackend) -> None:
    async with started(backend, (100, 30), "f3", "tab", "2", "enter", "e") as pilot:
        await press(pilot, "enter")
        pilot.app.screen.query_one(Input).value = "2030-02-03"
        await press(pilot, "enter", "escape")
        reading = pilot.app.screen
        assert isinstance(reading, ReadingScreen)
        assert reading.changed
        assert "Verbeterd: datum." in str(reading.query_one("#reading-line", Static).render())
        await settle(pilot)


async def test_a_standard_passage_gets_an_owner_and_a_day_and_tells_when_that_has_passed(backend: FakeBackend) -> None:
    async with started(backend, (100, 30), "f3", "tab", "3", "down", "o", "down", "enter") as pilot:
        pilot.app.screen.query_one(Input).value = "2026-01-31"
        await press(pilot, "enter", "o", "enter")
        pilot.app.screen.query_one(Input).value = "Directie Wind"
        await press(pilot, "enter")
        options = pilot.app.screen.query_one("#standard-list", OptionList)
        told = str(options.get_option_at_index(1).prompt)
        assert "⚠ eigenaar: Directie Wind, nakijken vóór 31 januari 2026 (die dag is voorbij)" in told
        await press(pilot, "o", "down", "enter")
        pilot.app.screen.query_one(Input).value = ""
        await press(pilot, "enter")
        assert "nakijken" not in str(options.get_option_at_index(1).prompt)


async def test_care_is_of_a_standard_passage(backend: FakeBackend) -> None:
    async with started(backend, (100, 30), "f3", "tab", "2", "o") as pilot:
        assert backend.care is None
        assert pilot.app.screen.query("#entries")
