"""The workbench without a screen: the place, every change, the way back, and what the checks say meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.dossier_samples import clock, dossier

from drafter.checks.finding import Finding, Severity
from drafter.dossier import answer_edits, edits
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Block, Dossier
from embeddings.errors import BankError, UsageError
from tui.workbench.model import Workbench
from tui.workbench.signal_places import places


@pytest.fixture
def store(tmp_path: Path) -> DossierStore:
    return DossierStore(tmp_path, clock)


@pytest.fixture
def bench(store: DossierStore) -> Iterator[Workbench]:
    with store.create(dossier()) as session:
        yield Workbench(session)


def ids(bench: Workbench) -> list[str]:
    return [block.id for block in bench.answer.blocks]


def block(bench: Workbench) -> Block:
    assert bench.block is not None
    return bench.block


def finding(quote: str, text: str) -> Finding:
    start = text.index(quote)
    return Finding("staleness", "ongoing", Severity.WARNING, start, start + len(quote), quote, "Klopt dit nog?")


def test_the_first_block_is_at_hand_until_another_is_chosen(bench: Workbench) -> None:
    first, second, *_ = ids(bench)
    assert block(bench).id == first
    bench.choose(second)
    assert block(bench).id == second
    bench.choose("bestaat-niet")
    assert block(bench).id == second
    bench.go(1)
    assert bench.block is None
    bench.go(0)
    assert block(bench).id == first, "another answer was at hand in between"


def test_the_place_is_there_again_the_next_time(store: DossierStore) -> None:
    with store.create(dossier()) as session:
        bench = Workbench(session)
        assert not bench.begins_in_text
        second = ids(bench)[1]
        bench.choose(second)
        bench.remember("signalen")
    with store.open("wind") as session:
        again = Workbench(session)
        assert (again.number, block(again).id, again.first_tab) == (1, second, "signalen")
        assert again.begins_in_text


def test_what_is_typed_in_one_stretch_is_one_step(bench: Workbench) -> None:
    first = block(bench)
    bench.begin_typing()
    for text in ("E", "Ei", "Ein"):
        bench.keep_typed(first.id, text)
    bench.begin_typing()
    bench.keep_typed(first.id, "Eind")
    assert block(bench).text == "Eind"
    bench.undo()
    assert block(bench).text == "Ein"
    bench.undo()
    assert block(bench).text == first.text
    assert bench.keep_typed("weg", "x") is None


def test_typing_nothing_new_is_no_step(bench: Workbench) -> None:
    bench.keep_typed(block(bench).id, block(bench).text)
    assert bench.undo() is None


def test_going_back_goes_to_where_it_was(bench: Workbench) -> None:
    bench.toggle_done()
    bench.go(2)
    step = bench.undo()
    assert step is not None
    assert (step.label, bench.at) == ("klaar", 0)
    bench.go(2)
    step = bench.redo()
    assert step is not None
    assert (bench.at, bench.answer.done) == (0, True)


def test_a_block_is_written_behind_the_one_at_hand_and_is_at_hand_then(bench: Workbench) -> None:
    before = ids(bench)
    bench.write()
    assert ids(bench) == [before[0], block(bench).id, *before[1:]]


def test_passages_go_behind_the_block_at_hand_or_in_its_place(bench: Workbench) -> None:
    before = ids(bench)
    new = bench.put_in((Block("", "Een."), Block("", "Twee.")), bench.number)
    assert ids(bench) == [before[0], *new, *before[1:]]
    assert block(bench).id == new[-1]
    assert bench.put_in((Block("", "Drie."),), bench.number, replacing=before[0]) == (before[0],)
    assert block(bench).text == "Drie."


def test_passages_for_an_answer_that_was_left_go_to_its_end(bench: Workbench) -> None:
    bench.go(1)
    (new,) = bench.put_in((Block("", "Te laat."),), 1)
    assert bench.dossier.answers[0].blocks[-1].id == new
    assert bench.block is None


def test_split_and_merge_give_what_must_be_checked(bench: Workbench) -> None:
    first = block(bench)
    touched = bench.split(first.id, len(first.text) // 2)
    assert touched == (first.id, block(bench).id)
    bench.choose(first.id)
    assert bench.merge(block(bench)) == (first.id,)
    with pytest.raises(UsageError):
        bench.split(first.id, 0)


def test_removing_takes_the_one_beside_at_hand(bench: Workbench) -> None:
    first, second, third = ids(bench)
    bench.choose(second)
    bench.remove(block(bench))
    assert block(bench).id == third
    bench.remove(block(bench))
    assert block(bench).id == first
    bench.remove(block(bench))
    assert bench.block is None


def test_combining_stays_with_the_question_and_can_be_taken_back(bench: Workbench) -> None:
    bench.go(1)
    bench.combine((4,))
    assert bench.answer.numbers == (2, 4)
    bench.separate()
    assert [answer.numbers for answer in bench.dossier.answers] == [(1,), (2,), (4,), (3,)]
    with pytest.raises(UsageError):
        bench.separate()


def test_findings_are_gone_through_from_the_answer_at_hand_and_round(bench: Workbench) -> None:
    dossier = answer_edits.set_checked(bench.dossier, 3, (finding("", ""),), ())
    first = block(bench)
    dossier = edits.set_findings(dossier, first.id, (finding(first.text[:3], first.text),))
    bench.session.amend(dossier)
    found = places(bench.dossier.answers)
    step = bench.next_signal(None, 1)
    assert step == found[0]
    seen = [step]
    for _ in found:
        step = bench.next_signal(step, 1)
        assert step is not None
        seen.append(step)
    assert seen[:-1] == found
    assert seen[-1] == found[0]
    assert bench.next_signal(found[0], -1) == found[-1]


def test_bewust_zo_in_a_block_of_an_answer_and_everywhere(bench: Workbench) -> None:
    first = block(bench)
    bench.session.amend(edits.set_findings(bench.dossier, first.id, (finding(first.text[:3], first.text),)))
    place = places((bench.answer,))[0]
    bench.waive(place, "mag")
    assert places((bench.answer,), intended=True)[0].intended.endswith(": mag")
    bench.unwaive(places((bench.answer,), intended=True)[0])
    assert place in places((bench.answer,))
    bench.waive_everywhere("ongoing", "")
    assert bench.dossier.intended == ("ongoing",)
    bench.unwaive(places((bench.answer,), intended=True)[0])
    assert bench.dossier.intended == ()


def test_what_the_checks_say_holds_only_for_the_words_they_saw(bench: Workbench) -> None:
    first = block(bench)
    found = finding(first.text[:3], first.text)
    blocks = (dataclasses.replace(first, findings=(found,)), *bench.answer.blocks[1:])
    answers = (dataclasses.replace(bench.answer, blocks=blocks), *bench.dossier.answers[1:])
    checked = dataclasses.replace(bench.dossier, answers=answers)
    assert bench.take_checked(checked)
    assert block(bench).findings == (found,)
    assert not bench.take_checked(checked), "nothing is new"
    bench.keep_typed(first.id, "Heel anders.")
    before = bench.dossier
    assert not bench.take_checked(checked)
    assert bench.dossier == before


def test_a_dossier_that_is_open_elsewhere_is_only_read(store: DossierStore) -> None:
    with store.create(dossier()), store.open("wind") as session:
        bench = Workbench(session)
        before = bench.dossier
        with pytest.raises(BankError):
            bench.toggle_done()
        assert bench.keep_typed(block(bench).id, "x") is None
        assert not bench.mark_seen()
        bench.remember("eerder")
        assert bench.dossier == before


ACTIONS = (
    lambda b, n: b.go(n % len(b.dossier.answers)),
    lambda b, n: b.choose(ids(b)[n % len(ids(b))]) if ids(b) else None,
    lambda b, n: b.write(),
    lambda b, n: b.keep_typed(block(b).id, f"Zin {n}. En nog een.") if b.block else None,
    lambda b, n: b.split(block(b).id, n) if b.block else None,
    lambda b, n: b.merge(block(b)) if b.block else None,
    lambda b, n: b.move(block(b), n % 3 - 1) if b.block else None,
    lambda b, n: b.remove(block(b)) if b.block else None,
    lambda b, n: b.move_to(block(b), n % 4 + 1) if b.block else None,
    lambda b, n: b.put_in((Block("", f"Passage {n}."),), n % 4 + 1),
    lambda b, n: b.combine((n % 4 + 1,)),
    lambda b, n: b.separate(),
    lambda b, n: b.toggle_done(),
    lambda b, n: b.toggle_deferred(),
    lambda b, n: b.write_note(f"notitie {n}"),
    lambda b, n: b.begin_typing(),
)


@given(st.lists(st.tuples(st.integers(0, len(ACTIONS) - 1), st.integers(0, 40)), max_size=25))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_the_way_back_leads_to_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[int, int]]
) -> None:
    store = DossierStore(tmp_path_factory.mktemp("bank"), clock)
    with store.create(dossier()) as session:
        bench = Workbench(session)
        states: list[Dossier] = [bench.dossier]
        for which, number in doings:
            try:
                ACTIONS[which](bench, number)  # type: ignore[no-untyped-call]
            except UsageError:
                assert bench.dossier == states[-1], "what is refused changes nothing"
            assert bench.block is None or bench.block in bench.answer.blocks
            if bench.dossier != states[-1]:
                states.append(bench.dossier)
        assert store.load("wind") == bench.dossier, "every change is kept at once"
        while bench.undo() is not None:
            assert 0 <= bench.at < len(bench.dossier.answers)
        assert bench.dossier == states[0]
