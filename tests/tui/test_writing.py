"""Writing as in any editor: the cursor is in view, keys of the text do what they do everywhere, nothing is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise, product

import pytest
from support.fake_backend import FakeBackend
from support.screens import blocks, press, settle, started, workbench
from textual.events import Key, Paste
from textual.pilot import Pilot

from drafter.dossier import edits
from drafter.dossier.value import BlockState
from tui.widgets.block_text import BlockText
from tui.workbench.layout import Shares, widths
from tui.workbench.panes.answer import AnswerPane

SIZES = [(80, 24), (100, 30), (120, 30), (140, 45), (200, 60)]
LONG = " ".join(f"Zin {n} gaat over de molens in de Zilte Bocht." for n in range(1, 61))


@asynccontextmanager
async def writing(backend: FakeBackend, size: tuple[int, int] = (120, 30)) -> AsyncIterator[Pilot[None]]:
    """The first block open, the cursor at its end."""
    async with started(backend, size, "enter", "enter", "enter") as pilot:
        yield pilot


def area(pilot: Pilot[None]) -> BlockText:
    focused = pilot.app.focused
    assert isinstance(focused, BlockText)
    return focused


def cursor_in_view(pilot: Pilot[None]) -> bool:
    """Whether the line of the cursor is inside the pane, and painted there."""
    field, pane = area(pilot), workbench(pilot).text
    line = field.content_region.y + field.wrapped_document.location_to_offset(field.cursor_location).y
    return pane.content_region.y <= line < pane.content_region.bottom


async def write(pilot: Pilot[None], text: str) -> None:
    """Type quickly: letter upon letter, nothing waited for."""
    for character in text:
        await pilot.press("space" if character == " " else "full_stop" if character == "." else character)
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_is_in_view_past_every_edge(backend: FakeBackend, size: tuple[int, int]) -> None:
    async with writing(backend, size) as pilot:
        area(pilot).insert(LONG)
        await settle(pilot)
        assert cursor_in_view(pilot)
        await press(pilot, "x")
        assert cursor_in_view(pilot)
        for key in ("ctrl+home", "pagedown", "pagedown", "pageup", "ctrl+end", "pageup", "home", "end"):
            await press(pilot, key)
            assert cursor_in_view(pilot), key
        await press(pilot, "ctrl+end", *["enter"] * 3, "a", "enter", "b")
        assert cursor_in_view(pilot)
        assert area(pilot).text == "b"
        for _ in range(40):
            await pilot.press("up")
        await settle(pilot)
        assert cursor_in_view(pilot)
        for _ in range(200):
            await pilot.press("down")
        await settle(pilot)
        assert cursor_in_view(pilot)
        assert blocks(pilot)[-1].text == area(pilot).text


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_cursor_stays_in_view_when_what_stands_above_it_changes(
    backend: FakeBackend, size: tuple[int, int]
) -> None:
    """A check that comes in while somebody types makes other paragraphs higher, and lower again."""
    async with started(backend, size, "enter", "enter", "down", "enter") as pilot:
        assert area(pilot).text == blocks(pilot)[1].text
        above = workbench(pilot).text.views[0]
        for text in (LONG[:1500], LONG, LONG[:1500]):  # with a bar beside it all the while
            above.update_block(dataclasses.replace(above.block, text=text))
            await settle(pilot)
            assert cursor_in_view(pilot)


async def test_the_cursor_is_found_while_a_scroll_is_still_to_be_painted(backend: FakeBackend) -> None:
    """Places on the screen are old until then: a second look must not scroll by what was scrolled already."""
    async with writing(backend, (80, 24)) as pilot:
        area(pilot).insert(LONG)
        await settle(pilot)
        area(pilot).move_cursor((0, len(LONG) // 2))
        for _ in range(3):
            area(pilot).reveal()
        await settle(pilot)
        assert cursor_in_view(pilot)
        workbench(pilot).text.scroll_home(animate=False, immediate=True)
        for _ in range(3):
            area(pilot).reveal()
        await settle(pilot)
        assert cursor_in_view(pilot)


async def test_the_cursor_stays_in_view_when_the_pane_gets_lower(backend: FakeBackend) -> None:
    async with writing(backend, (100, 40)) as pilot:
        area(pilot).insert(LONG[:900])
        await settle(pilot)
        await pilot.resize_terminal(100, 20)
        await settle(pilot)
        assert cursor_in_view(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_signal_at_hand_its_explanation_and_its_choices_are_in_view(
    backend: FakeBackend, size: tuple[int, int]
) -> None:
    async with started(backend, size, "enter", "enter") as pilot:
        screen = workbench(pilot)
        long = f"{LONG} In het najaar volgt een rapport. {LONG}"
        await screen.change(lambda: screen.model.record(edits.edit_text(screen.model.dossier, "b1", long), "p", "b1"))
        await settle(pilot)
        await press(pilot, "s")
        view = screen.text.view("b1")
        assert view is not None
        first, height = view.at_hand
        top = view.virtual_region.y + first - round(screen.text.scroll_y)
        assert height >= 4
        assert top >= 0
        assert top + height <= screen.text.content_region.height


@pytest.mark.parametrize(("size", "least"), [((100, 30), 50), ((120, 30), 60), ((80, 24), 50), ((140, 45), 60)])
async def test_there_is_room_for_the_text(backend: FakeBackend, size: tuple[int, int], least: int) -> None:
    async with writing(backend, size) as pilot:
        assert area(pilot).wrap_width >= least
        before = area(pilot).wrap_width
        await press(pilot, "f8")
        assert area(pilot).wrap_width >= max(before, min(size[0] - 30, 100)), "the screen, up to what one can read"
        await press(pilot, "f8")
        assert area(pilot).wrap_width == before


def test_widths_leave_room_for_all() -> None:
    shares = (Shares(), Shares(70, 70), Shares(1, 1), Shares(0, 70), Shares(70, 0))
    for total, chosen in product(range(40, 260), shares):
        now = widths(total, chosen)
        if total >= 100:
            assert total - now.questions - now.side >= 47
            assert now.side >= 28
        if total >= 80:
            assert now.questions >= 10


async def test_every_pane_can_have_the_whole_screen(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "f8") as pilot:
        screen = workbench(pilot)
        shown = [name for name in ("#questions", "#middle", "#side") if screen.query_one(name).display]
        assert shown == ["#questions"]
        await press(pilot, "tab", "tab")
        assert [n for n in ("#questions", "#middle", "#side") if screen.query_one(n).display] == ["#side"]
        assert screen.query_one("#side").size.width > 110
        await press(pilot, "f8")
        assert all(screen.query_one(name).display for name in ("#questions", "#middle", "#side"))


async def test_widths_are_chosen_with_keys_and_mouse_and_kept(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter") as pilot:
        screen = workbench(pilot)
        before = screen.query_one("#side").outer_size.width
        await press(pilot, "less_than_sign", "less_than_sign")
        assert screen.query_one("#side").outer_size.width >= before + 4
        middle = screen.query_one("#middle").region
        assert await pilot.mouse_down(offset=(middle.right - 1, 12))
        await pilot.hover(offset=(middle.right + 5, 12))
        await pilot.mouse_up(offset=(middle.right + 5, 12))
        await settle(pilot)
        width = screen.query_one("#side").outer_size.width
        assert abs(width - (120 - middle.right - 6)) <= 2
        await press(pilot, "escape")
        assert backend.settings_kept["scherm.zijkant"]
    async with started(backend, (120, 30), "enter", "enter") as pilot:
        assert abs(workbench(pilot).query_one("#side").outer_size.width - width) <= 1


async def test_what_is_typed_at_once_after_a_key_that_opens_a_field_comes_in_it(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter") as pilot:
        await pilot.press("t", "k", "x", "enter", "z", "k", "enter", "m")
        await settle(pilot)
        await press(pilot, "escape")
        assert [b.text for b in blocks(pilot)][1:4] == ["kx", "zk", "m"]
        assert not workbench(pilot).model.answer.done


async def test_enter_makes_paragraphs_and_backspace_joins_them(backend: FakeBackend) -> None:
    async with writing(backend) as pilot:
        await press(pilot, "ctrl+home", *["ctrl+right"] * 3, "enter")
        assert [b.text for b in blocks(pilot)][:2] == ["De windmeting loopt.", blocks(pilot)[1].text]
        assert blocks(pilot)[1].text.startswith("In het najaar volgt een rapport.")
        assert all(b.state is BlockState.VERBATIM for b in blocks(pilot)[:2])
        assert area(pilot).position == 0
        await press(pilot, "backspace")
        assert blocks(pilot)[0].text.startswith("De windmeting loopt. In het najaar")
        assert area(pilot).position == len("De windmeting loopt.")
        await press(pilot, "ctrl+end", "enter", *"Nieuw", "enter", "enter")
        assert [b.text for b in blocks(pilot)][1:3] == ["Nieuw", ""]
        await press(pilot, "backspace", "delete")
        assert blocks(pilot)[1].text.startswith("Nieuw De Zilte Bocht")


async def test_a_paragraph_is_split_at_the_sentence_of_the_cursor(backend: FakeBackend) -> None:
    async with writing(backend) as pilot:
        await press(pilot, "ctrl+k")
        assert [b.text for b in blocks(pilot)][:2] == [
            "De windmeting loopt. In het najaar volgt een rapport.",
            "Daarna kiest het kabinet.",
        ]
        await press(pilot, "escape", "up", "ctrl+k")
        assert [b.text for b in blocks(pilot)][:2] == ["De windmeting loopt.", "In het najaar volgt een rapport."]
        await press(pilot, "up", "m", "m")
        assert blocks(pilot)[0].text.endswith("kiest het kabinet.")


async def test_selecting_cutting_and_pasting(backend: FakeBackend) -> None:
    async with writing(backend) as pilot:
        await press(pilot, "ctrl+a", "ctrl+c", "ctrl+end", "space", "ctrl+v")
        text = area(pilot).text
        assert text == f"{text[: len(text) // 2]} {text[: len(text) // 2]}"
        await press(pilot, "ctrl+shift+left", "ctrl+x")
        assert pilot.app.clipboard == "kabinet."
        await press(pilot, "home", "shift+end", "delete")
        assert cursor_in_view(pilot)
        await press(pilot, *["ctrl+z"] * 8, "escape")
        assert (
            blocks(pilot)[0].text == "De windmeting loopt. In het najaar volgt een rapport. Daarna kiest het kabinet."
        )


async def test_pasted_paragraphs_become_paragraphs_of_the_answer(backend: FakeBackend) -> None:
    async with writing(backend) as pilot:
        await press(pilot, "ctrl+home", *["ctrl+right"] * 3)
        pilot.app.post_message(Paste("De eerste alinea uit een mail.\n\nDe tweede.\n\n"))
        await settle(pilot)
        texts = [b.text for b in blocks(pilot)]
        assert texts[:4] == [
            "De windmeting loopt.",
            "De eerste alinea uit een mail.",
            "De tweede.",
            "In het najaar volgt een rapport. Daarna kiest het kabinet.",
        ]
        assert [b.state for b in blocks(pilot)][:4] == [
            BlockState.VERBATIM,
            BlockState.OWN,
            BlockState.OWN,
            BlockState.VERBATIM,
        ]
        assert area(pilot).text == "De tweede."
        await press(pilot, "ctrl+z")
        assert len(blocks(pilot)) == 2


async def test_undo_restores_text_choice_and_place(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter") as pilot:
        model = workbench(pilot).model
        await press(pilot, "down", "x", "n", "n", "z")
        assert (model.number, model.block.id if model.block else "") == (1, "b2")
        await press(pilot, "up", "enter", "ctrl+home", *["ctrl+right"] * 3, *"Nu ", "escape", "down", "n", "z")
        assert (model.number, model.block.id if model.block else "") == (1, "b1")
        assert model.cursor == len("De windmeting loopt. ")
        await press(pilot, "t", *"ja", "escape", "down", "z")
        await press(pilot, "z")
        assert [b.id for b in blocks(pilot)] == ["b1", "b2"]
        assert model.block is not None
        assert model.block.id == "b1"


async def test_opening_a_text_changes_nothing_of_it(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter") as pilot:
        screen = workbench(pilot)
        text = "Een\u00a0bedrag van €\u00a012 \u200eop\tde rekening."
        await screen.change(lambda: screen.model.record(edits.edit_text(screen.model.dossier, "b1", text), "proef"))
        await press(pilot, "enter", "left", "up", "ctrl+home", "escape")
        assert blocks(pilot)[0].text == text
        await press(pilot, "enter", "ctrl+end", "backspace", "!", "escape")
        assert blocks(pilot)[0].text == text[:-1] + "!"


async def test_what_is_inserted_comes_where_the_cursor_stands(backend: FakeBackend) -> None:
    async with writing(backend) as pilot:
        await press(pilot, "ctrl+home", *["ctrl+right"] * 3, "tab", "down", "down", "enter")
        assert [b.text for b in blocks(pilot)][:3] == [
            "De windmeting loopt.",
            "De meldplicht voor storingen geldt sinds 1 januari 2024 binnen 24 uur.",
            "In het najaar volgt een rapport. Daarna kiest het kabinet.",
        ]
        await press(pilot, "z")
        assert len(blocks(pilot)) == 2


async def test_a_long_paragraph_is_gone_through_and_not_jumped_over(backend: FakeBackend) -> None:
    async with started(backend, (80, 24), "enter", "enter") as pilot:
        screen = workbench(pilot)
        await screen.change(lambda: screen.model.record(edits.edit_text(screen.model.dossier, "b1", LONG), "proef"))
        await settle(pilot)
        seen = []
        for _ in range(12):
            seen.append(round(screen.text.scroll_y))
            await press(pilot, "down")
            if screen.model.block is not None and screen.model.block.id != "b1":
                break
        steps = [b - a for a, b in pairwise(seen)]
        assert len(seen) >= 3
        assert all(0 < step < screen.text.content_region.height for step in steps)


async def test_keys_behind_a_step_to_the_next_paragraph_come_where_the_cursor_goes(backend: FakeBackend) -> None:
    """Where that is, is known once its words are wrapped: until then keys wait, or they come at its beginning."""
    async with writing(backend) as pilot:
        second = blocks(pilot)[1]
        column = 4
        area(pilot).put_cursor_on_edge(True, column)
        for key in ("down", "x", "y", "z"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert area(pilot).text == f"{second.text[:column]}xyz{second.text[column:]}"
        assert cursor_in_view(pilot)


async def test_a_double_click_puts_the_cursor_there(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter") as pilot:
        view = workbench(pilot).text.view("b1")
        assert view is not None
        spot = (view.content_region.x + 14, view.content_region.y + 1)
        await pilot.click(offset=spot)
        await pilot.click(offset=spot, times=2)
        await settle(pilot)
        assert area(pilot).position == 14


async def test_read_only_opens_no_field(backend: FakeBackend) -> None:
    with backend.store.open("2026Z00001"):
        async with started(backend, (120, 30), "enter", "enter", "enter") as pilot:
            assert not isinstance(pilot.app.focused, BlockText)
            assert dataclasses.is_dataclass(blocks(pilot)[0])


async def test_a_field_that_is_being_closed_takes_no_focus(backend: FakeBackend) -> None:
    """The toolkit hands the focus of what is hidden to another field; letters typed in one that closes are lost."""
    async with writing(backend) as pilot:
        field, screen = area(pilot), workbench(pilot)
        assert field in screen.focus_chain
        field.remove()
        assert field not in screen.focus_chain
        screen.set_focus(field)
        assert screen.focused is not field


async def test_a_paragraph_in_which_nothing_was_written_does_not_stay(backend: FakeBackend) -> None:
    async with started(backend, (100, 30), "enter", "enter") as pilot:
        before = blocks(pilot)
        await press(pilot, "t", "escape")
        assert [block.text for block in blocks(pilot)] == [block.text for block in before]
        assert isinstance(pilot.app.focused, AnswerPane)
        assert workbench(pilot).model.block == blocks(pilot)[0], "the one behind which it was begun"
        await press(pilot, "enter", "ctrl+end", "enter", "escape")
        assert [block.text for block in blocks(pilot)] == [block.text for block in before]
        await press(pilot, "t", "x", "escape")
        assert len(blocks(pilot)) == len(before) + 1
