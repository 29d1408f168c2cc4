"""Changes to a dossier."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.dossier_samples import SOURCE, dossier, finding, origin

from drafter.checks.finding import Coverage
from drafter.dossier import answer_edits, edits, waiver_edits
from drafter.dossier.judging.thread_edits import add_thread
from drafter.dossier.value import Block, BlockState, Dossier, NearPassage, Origin, Status
from drafter.wording import accepted_words
from embeddings.errors import UsageError


def block(value: Dossier, block_id: str) -> Block:
    found = value.block(block_id)
    assert found is not None
    return found


def order(value: Dossier, number: int) -> list[str]:
    answer = value.answer(number)
    assert answer is not None
    return [b.id for b in answer.blocks]


def test_insert_behind_a_block_and_at_both_ends() -> None:
    value, new = edits.insert(dossier(), 1, "Nieuw.", after="b1")
    assert order(value, 1) == ["b1", new, "b2", "b3"]
    value, last = edits.insert(value, 1, "Slot.")
    value, first = edits.insert(value, 1, "Begin.", first=True)
    assert order(value, 1) == [first, "b1", new, "b2", "b3", last]


def test_insert_makes_an_empty_answer_drafted_and_remove_empties_it() -> None:
    value, new = edits.insert(dossier(), 2, SOURCE, origin())
    assert value.answers[1].status is Status.DRAFTED
    assert block(value, new).state is BlockState.VERBATIM
    assert edits.remove(value, new).answers[1].status is Status.NO_SOURCE


def test_ids_are_never_used_again() -> None:
    value, new = edits.insert(dossier(), 2, "Een.")
    value, other = edits.insert(edits.remove(value, new), 2, "Twee.")
    assert new != other


def test_edit_keeps_findings_and_notes_with_their_words() -> None:
    value = edits.edit_text(dossier(), "b1", "Ja. " + SOURCE)
    changed = block(value, "b1")
    assert changed.state is BlockState.EDITED
    assert [changed.text[f.start : f.end] for f in changed.findings] == ["In het najaar"]
    assert changed.text[: changed.notes[0].position].endswith("loopt.")
    rewritten = block(edits.edit_text(value, "b1", changed.text.replace("najaar", "voorjaar")), "b1")
    assert rewritten.findings == ()
    assert rewritten.text[: rewritten.notes[0].position].endswith("loopt.")


@given(st.text(alphabet="ab. ", max_size=12), st.text(alphabet="ab. ", max_size=12))
def test_positions_stay_inside_the_text(old: str, new: str) -> None:
    value = edits.edit_text(edits.edit_text(dossier(), "b1", old), "b1", new)
    assert all(0 <= note.position <= len(new) for note in block(value, "b1").notes)


def test_an_edit_takes_the_approval_away() -> None:
    value = edits.accept(dossier(), "b1", "De Vries", datetime.datetime(2031, 6, 1, 14, 5))
    assert accepted_words(block(value, "b1")) == "De Vries, 1 jun 2031 14:05"
    for taken in (
        edits.edit_text(value, "b1", "Anders."),
        add_thread(value, "b1", "", "Waarom?"),
        edits.accept(value, "b1", ""),
    ):
        assert (block(taken, "b1").accepted_by, block(taken, "b1").accepted_at) == ("", None)
        assert accepted_words(block(taken, "b1")) == ""
    assert accepted_words(block(edits.accept(dossier(), "b1", "De Vries"), "b1")) == "De Vries"  # by an older version


def test_whole_sentences_are_verbatim_parts_of_them_are_not() -> None:
    value = edits.edit_text(dossier(), "b1", "In het najaar volgt een rapport.")
    assert block(value, "b1").state is BlockState.VERBATIM
    value = edits.edit_text(dossier(), "b1", "In het najaar volgt een rapport. Daarna kiest het")
    assert block(value, "b1").state is BlockState.EDITED


@given(st.integers(1, len(SOURCE) - 1))
def test_split_and_merge_give_back_the_same(position: int) -> None:
    value, new = edits.split(dossier(), "b1", position)
    first, second = block(value, "b1"), block(value, new)
    assert first.state is second.state is BlockState.VERBATIM
    for part in (first, second):
        assert part.origin is not None
        assert (part.origin.start, part.origin.end) == (
            100 + SOURCE.index(part.text),
            100 + SOURCE.index(part.text) + len(part.text),
        )
    if SOURCE[position - 1] == " " or SOURCE[position] == " ":
        whole = block(edits.merge(value, "b1"), "b1")
        assert whole.text == SOURCE
        assert whole.origin == origin()
        assert whole.also == ()
        assert whole.notes == dossier().answers[0].blocks[0].notes
    quotes = [f.quote for part in (first, second) for f in part.findings]
    assert quotes == ["In het najaar"] or "In het najaar" not in (first.text + "|" + second.text)


def test_split_refuses_an_empty_part() -> None:
    with pytest.raises(UsageError):
        edits.split(dossier(), "b1", 0)


def test_merge_keeps_both_origins() -> None:
    value = edits.move(dossier(), "b3", -1)
    merged = block(edits.merge(value, "b1"), "b1")
    assert [o.text for o in merged.origins] == [SOURCE, "De windmeting loopt."]
    assert merged.state is BlockState.EDITED
    with pytest.raises(UsageError):
        edits.merge(value, "b2")


def test_move_stops_at_the_ends_and_goes_to_another_answer() -> None:
    assert order(edits.move(dossier(), "b1", 1), 1) == ["b2", "b1", "b3"]
    assert order(edits.move(dossier(), "b1", 99), 1) == ["b2", "b3", "b1"]
    assert order(edits.move(dossier(), "b1", -1), 1) == ["b1", "b2", "b3"]
    moved = edits.move_to_answer(dossier(), "b2", 4)
    assert (order(moved, 1), order(moved, 4)) == (["b1", "b3"], ["b2"])
    assert edits.move_to_answer(dossier(), "b2", 1) == dossier()


def test_remove_opens_what_was_covered() -> None:
    value = edits.remove(dossier(), "b1")
    assert value.answers[0].coverage == (Coverage(1, None, "Hoe staat het?", False, None),)


def test_combine_and_separate() -> None:
    value, new = edits.insert(dossier(), 3, "Over drie.")
    value = answer_edits.set_checked(value, 3, (), (Coverage(3, None, "En drie?", True, new),))
    value = answer_edits.combine(value, [3, 1])
    assert [a.numbers for a in value.answers] == [(1, 3), (2,), (4,)]
    assert order(value, 3) == ["b1", "b2", "b3", new]
    value = answer_edits.separate(value, 3)
    assert [a.numbers for a in value.answers] == [(1,), (3,), (2,), (4,)]
    assert (order(value, 1), order(value, 3)) == (["b1", "b2", "b3"], [new])
    assert value.answers[1].coverage[0].covered
    with pytest.raises(UsageError):
        answer_edits.separate(value, 3)
    with pytest.raises(UsageError):
        answer_edits.combine(value, [2, 2])


def test_what_is_offered_beside_goes_along_with_its_answer() -> None:
    start = dossier()
    offered = NearPassage("Naast drie.", Origin("d", "d#1", 0, 11, None, "Naast drie."), "Dezelfde woorden.")
    answers = tuple(dataclasses.replace(a, near=(offered,)) if a.numbers == (3,) else a for a in start.answers)
    together = answer_edits.combine(dataclasses.replace(start, answers=answers), [3, 1])
    assert together.answers[0].near == (offered,)
    apart = answer_edits.separate(together, 3)
    assert [len(a.near) for a in apart.answers][:2] == [1, 0]


def test_apply_a_suggestion() -> None:
    found = block(dossier(), "b1").findings[0]
    value = edits.apply_suggestion(dossier(), "b1", found)
    assert block(value, "b1").text == SOURCE.replace("najaar", "najaar van 2025")
    assert block(value, "b1").findings == ()
    with pytest.raises(UsageError, match="veranderd"):
        edits.apply_suggestion(edits.edit_text(dossier(), "b1", "Kort."), "b1", found)
    with pytest.raises(UsageError, match="geen vaste"):
        edits.apply_suggestion(dossier(), "b1", dataclasses.replace(found, suggestion=None))


def test_intended_is_per_rule_and_can_be_taken_back() -> None:
    other = finding(SOURCE, "rapport", rule="promise")
    value = edits.set_findings(dossier(), "b1", (*block(dossier(), "b1").findings, other))
    value = waiver_edits.waive(value, "b1", "relative-date", "citaat uit 2024:\nblijft")
    assert block(value, "b1").intended == ("relative-date: citaat uit 2024: blijft",)
    assert [f.rule for f in block(value, "b1").open_findings] == ["promise"]
    assert block(waiver_edits.unwaive(value, "b1", "relative-date"), "b1").intended == ()


def test_small_changes() -> None:
    value = answer_edits.set_note(answer_edits.set_done(dossier(), 2, True), 2, "bellen")
    assert (value.answers[1].done, value.answers[1].note) == (True, "bellen")
    assert answer_edits.set_deferred(value, True).due == value.questions.submitted.replace(month=3, day=25)  # type: ignore[union-attr]
    assert block(edits.mark_seen(value, "b1"), "b1").seen
    replaced = block(edits.replace(value, "b1", "Nieuwer.", origin("Nieuwer.")), "b1")
    assert (replaced.state, replaced.findings, replaced.notes) == (BlockState.VERBATIM, (), ())


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match="vraag 9"):
        answer_edits.set_done(dossier(), 9, True)
    with pytest.raises(UsageError, match="alinea"):
        edits.remove(dossier(), "b9")
