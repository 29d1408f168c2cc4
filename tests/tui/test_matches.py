"""What was found is put in by its number and by the sentence, where the cursor stands."""

from __future__ import annotations

import dataclasses

from support.fake_backend import TEXTS, FakeBackend, origin
from support.screens import blocks, press, settle, started, workbench

from drafter.checks.finding import Severity
from drafter.dossier import edits
from drafter.dossier.value import BlockState, NearPassage
from tui.widgets.block_text import BlockText
from tui.widgets.found import FoundPane
from tui.workbench.panes.answer import AnswerPane
from tui.workbench.panes.signals import SignalPane


async def test_a_digit_puts_in_the_match_of_that_number_and_keeps_the_place(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter", "3") as pilot:
        assert [b.text for b in blocks(pilot)][1] == TEXTS["ah-wind-2#3"], "behind the paragraph at hand"
        assert isinstance(pilot.app.focused, AnswerPane)
        await press(pilot, "9")
        assert len(blocks(pilot)) == 3
        await press(pilot, "z", "n", "1")
        assert [b.text for b in blocks(pilot, 2)] == [TEXTS["kst-golf-9#1"]]


async def test_a_match_that_is_not_in_view_is_shown_first(backend: FakeBackend) -> None:
    async with started(backend, (80, 24), "enter", "enter") as pilot:
        screen = workbench(pilot)
        before = blocks(pilot)
        await press(pilot, "2")
        assert blocks(pilot) == before
        assert screen.frame.pane_at_hand == "side"
        assert screen.side.query_one(FoundPane).result_list.highlighted == 1
        assert any("2 = invoegen" in told.message for told in pilot.app._notifications)
        await press(pilot, "2")
        after = blocks(pilot)
        assert len(after) > len(before)
        assert isinstance(pilot.app.focused, AnswerPane), "what was put in is seen"
        assert any(" uit " in told.message for told in pilot.app._notifications), "it is said from where"
    async with started(backend, (140, 40), "enter", "W", "escape", "1") as pilot:
        screen = workbench(pilot)
        assert blocks(pilot) == after
        assert screen.side.active == "eerder", "behind the tab of signals they were not in view"
        assert isinstance(pilot.app.focused, AnswerPane)
        await press(pilot, "1")
        assert len(blocks(pilot)) > len(after)


async def test_the_side_names_the_question_where_it_stands_alone(backend: FakeBackend) -> None:
    async with started(backend, (80, 24), "enter", "enter", "E") as pilot:
        side = workbench(pilot).side
        assert "Vraag 1: " in str(side.border_title)
        await press(pilot, "escape", "n")
        assert "Vraag 2: " in str(side.border_title)
    async with started(backend, (140, 40), "enter", "enter", "E") as pilot:
        side = workbench(pilot).side
        assert not side.border_title
        await press(pilot, "f8")
        assert "Vraag 2: " in str(side.border_title)


async def test_a_digit_is_a_digit_while_typing_and_with_alt_a_match_at_the_cursor(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter", "enter") as pilot:
        await press(pilot, "ctrl+home", *["ctrl+right"] * 3, "alt+3")
        assert [b.text for b in blocks(pilot)][:3] == [
            "De windmeting loopt.",
            TEXTS["ah-wind-2#3"],
            "In het najaar volgt een rapport. Daarna kiest het kabinet.",
        ]
        assert isinstance(pilot.app.focused, BlockText)
        await press(pilot, "3")
        assert blocks(pilot)[1].text == TEXTS["ah-wind-2#3"] + "3"


async def test_in_the_tab_of_standard_passages_the_newest_wording_is_put_in(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "enter", "P", "escape", "1") as pilot:
        assert [b.text for b in blocks(pilot)][1] == TEXTS["ah-wind-3#3"]


async def test_two_sentences_of_a_passage_are_picked_and_put_in_with_their_origin(backend: FakeBackend) -> None:
    async with started(backend, (120, 30), "enter", "n", "tab", "tab", "down", "tab") as pilot:
        pane = workbench(pilot).query_one(FoundPane)
        await press(pilot, "right", "right", "shift+down", "enter")
        assert [b.text for b in blocks(pilot, 2)] == ["In het najaar volgt een rapport. Daarna kiest het kabinet."]
        block = blocks(pilot, 2)[0]
        assert block.state is BlockState.VERBATIM
        assert block.origin is not None
        assert block.origin.passage == "ah-wind-1#4"
        assert pilot.app.focused is pane.passage_list
        await press(pilot, "left", "left")
        assert pane.passage_list.picked is None
        await press(pilot, "shift+down", "enter")
        assert blocks(pilot, 2)[-1].text == "De windmeting loopt."


async def test_from_a_result_one_goes_on_to_its_sentences(backend: FakeBackend) -> None:
    async with started(backend, (80, 24), "enter", "n", "E", "down", "right") as pilot:
        pane = workbench(pilot).query_one(FoundPane)
        assert pilot.app.focused is pane.passage_list
        assert pane.passage_list.picked == (0, 0)
        await press(pilot, "shift+down", "enter")
        assert [b.text for b in blocks(pilot, 2)] == ["De windmeting loopt. In het najaar volgt een rapport."]
        await press(pilot, "E", "up", "right")
        assert pane.passage_list.picked is None, "the only sentence is the whole"


async def test_a_click_picks_a_sentence_and_two_put_it_in(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "n", "tab", "tab", "down", "tab") as pilot:
        passages = workbench(pilot).query_one(FoundPane).passage_list
        at = passages.content_region
        await pilot.click(offset=(at.x + 25, at.y))
        await settle(pilot)
        assert passages.picked == (1, 1)
        assert blocks(pilot, 2) == []
        await pilot.click(offset=(at.x + 25, at.y), times=2)
        await settle(pilot)
        assert [b.text for b in blocks(pilot, 2)] == ["In het najaar volgt een rapport."]


async def test_what_stands_there_already_is_shown_by_the_word(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter", "down") as pilot:
        shown = str(workbench(pilot).query_one(FoundPane).passage_list.get_option_at_index(0).prompt)
        assert "lijkt op de gekozen alinea" in shown
        await press(pilot, "d")
        shown = str(workbench(pilot).query_one(FoundPane).passage_list.get_option_at_index(0).prompt)
        assert "47 molens[-." in shown or "[+, waarvan er 12 stilstaan+]" in shown


async def test_tabs_have_keys_that_are_no_digits(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter") as pilot:
        side = workbench(pilot).side
        for key, tab in (("W", "signalen"), ("D", "deelvragen"), ("N", "notities"), ("escape", "notities"),
                         ("P", "standaard"), ("right_square_bracket", "signalen"), ("E", "eerder")):  # fmt: skip
            await press(pilot, key)
            assert side.active == tab


async def test_the_list_of_signals_and_the_text_go_together(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter", "W") as pilot:
        screen = workbench(pilot)
        await press(pilot, "down")
        assert screen.text.lit is not None
        assert screen.text.lit.rule == "other-number"
        assert screen.model.block is not None
        assert screen.model.block.id == "b2"
        await press(pilot, "escape", "S")
        pane = screen.side.query_one(SignalPane)
        assert pane.chosen is not None
        assert pane.chosen.finding == screen.text.lit


async def test_what_is_for_information_is_shown_when_asked_for(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter") as pilot:
        screen = workbench(pilot)
        block = screen.model.dossier.block("b2")
        assert block is not None
        info = tuple(dataclasses.replace(f, severity=Severity.INFO) for f in block.findings)
        screen.model.session.amend(edits.set_findings(screen.model.dossier, "b2", info))
        await screen.show()
        await press(pilot, "s", "s")
        assert screen.text.lit is not None
        assert screen.text.lit.is_warning
        await press(pilot, "i", "s")
        assert screen.text.lit is not None
        assert not screen.text.lit.is_warning


async def test_k_says_why_it_waits_and_twice_is_meant(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "enter", "k") as pilot:
        assert not workbench(pilot).model.answer.done
        assert any("2 waarschuwingen open" in told.message for told in pilot.app._notifications)
        await press(pilot, "k")
        assert workbench(pilot).model.answer.done
        await press(pilot, "k")
        assert not workbench(pilot).model.answer.done
        await press(pilot, "n", "k")
        assert not workbench(pilot).model.answer.done
        assert any("nog geen tekst" in told.message for told in pilot.app._notifications)
        await press(pilot, "t", "x", "escape", "k")
        assert workbench(pilot).model.answer.done


async def test_what_may_be_of_use_is_offered_and_put_in_with_a_key(backend: FakeBackend) -> None:
    async with started(backend, (140, 40), "enter", "n") as pilot:
        screen = workbench(pilot)
        near = (NearPassage(TEXTS["ah-wind-2#3"], origin("ah-wind-2#3"), "zelfde onderwerp"),)
        offered = edits.change_answer(screen.model.dossier, 2, lambda answer: dataclasses.replace(answer, near=near))
        screen.model.session.amend(offered)
        await screen.show()
        await settle(pilot)
        assert "Mogelijk bruikbaar" in pilot.app.export_screenshot().replace("&#160;", " ")
        await press(pilot, "plus")
        assert [b.text for b in blocks(pilot, 2)] == [TEXTS["ah-wind-2#3"]]
        assert not screen.text.query_one(".near").display
