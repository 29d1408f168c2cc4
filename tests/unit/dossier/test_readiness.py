"""What stands between a set and the Chamber, and how far a set is."""

from __future__ import annotations

import dataclasses
import datetime

from support.dossiers import dossier

from drafter.checks.finding import Coverage
from drafter.dossier import edits
from drafter.dossier.findings.readiness import PointKind, blocking, points
from drafter.dossier.judging.thread_edits import add_thread, reply, set_thread_done
from drafter.dossier.judging.threads import Thread
from drafter.dossier.judging.word_changes import accept_change, changes_of, with_changes
from drafter.dossier.set_state import SetState, set_state_of, with_state
from drafter.dossier.summary import summarise
from drafter.dossier.value import Dossier
from drafter.wording import open_points_words

IN_TERM = datetime.date(2031, 2, 20)


def test_each_kind_has_its_place_the_gravest_first() -> None:
    found = points(dossier(), IN_TERM)
    assert [(p.kind, p.numbers, p.block) for p in found if p.kind is not PointKind.OWN] == [
        (PointKind.EMPTY, (3, 8), ""),
        (PointKind.PART, (2,), ""),
        (PointKind.WARNING, (2,), "b2"),
        (PointKind.REMARK, (2,), "b3"),
    ]
    assert [p.block for p in found if p.kind is PointKind.OWN] == ["b1", "b4"], "b5 was accepted"
    late = datetime.date(2031, 5, 1)
    assert points(dossier(), late)[-1].kind is PointKind.TERM
    sent = with_state(dossier(), SetState.SENT)
    assert PointKind.TERM not in {p.kind for p in points(sent, late)}


def test_what_is_meant_so_or_read_by_another_is_done() -> None:
    held = dossier()
    block = held.block("b2")
    assert block is not None
    done = edits.set_findings(edits.accept(held, "b1", "J. Zeegras"), "b2", ())
    kinds = {(p.kind, p.block) for p in points(done, IN_TERM)}
    assert (PointKind.WARNING, "b2") not in kinds
    assert (PointKind.OWN, "b1") not in kinds


def test_open_remarks_and_undecided_changes_from_word_are_named_and_hold_nothing_up() -> None:
    held = add_thread(dossier(), "b4", "J. Zeegras", "Kan dit korter?")
    held = add_thread(held, "b4", "J. Zeegras", "Dit ook.")
    held = set_thread_done(held, "b4", threads_of(held, "b4")[1].id, True)
    held = reply(held, "b4", threads_of(held, "b4")[0].id, "B. Veer", "Ja, doe ik.")
    after = edits.edit_text(held, "b1", "Ja, dat is bekend.")
    held = with_changes(held, after, "concept.docx", {}, ("B. Veer", None))
    found = [p for p in points(held, IN_TERM) if p.kind in (PointKind.REMARK, PointKind.FROM_WORD) and p.block != "b3"]
    assert [(p.kind, p.block, p.words) for p in found] == [
        (PointKind.REMARK, "b4", "B. Veer: Ja, doe ik."),
        (PointKind.FROM_WORD, "b1", "B. Veer: Ja, dat is bekend."),
    ]
    assert blocking(found) == ()
    (_, change) = next(changes_of(held))
    decided = points(accept_change(held, change.id), IN_TERM)
    assert PointKind.FROM_WORD not in {p.kind for p in decided}


def test_what_is_to_be_judged_is_named_until_the_answer_is_called_ready() -> None:
    part = Coverage(1, "b", "Hoe duidt u dit?", covered=False, block="b1", doubtful=True)
    held = edits.change_answer(dossier(), 1, lambda answer: dataclasses.replace(answer, coverage=(part,)))
    doubts = [p for p in points(held, IN_TERM) if p.kind is PointKind.DOUBT]
    assert [(p.numbers, p.block, p.words) for p in doubts] == [((1,), "b1", "Hoe duidt u dit?")]
    ready = edits.change_answer(held, 1, lambda answer: dataclasses.replace(answer, done=True))
    assert PointKind.DOUBT not in {p.kind for p in points(ready, IN_TERM)}


def threads_of(held: Dossier, block_id: str) -> tuple[Thread, ...]:
    block = held.block(block_id)
    assert block is not None
    return block.discussion


def test_it_is_said_in_a_sentence() -> None:
    assert open_points_words(blocking(points(dossier(), IN_TERM))) == (
        "2 vragen zonder antwoord (3 en 8), 1 deelvraag onbeantwoord (bij vraag 2), "
        "1 waarschuwing open (bij vraag 2)"
    )  # fmt: skip
    assert open_points_words(()) == ""


def test_the_state_of_a_set_is_given_or_follows_from_its_text() -> None:
    held = dossier()
    assert set_state_of(held) is SetState.AT_WORK
    empty = dataclasses.replace(held, answers=tuple(dataclasses.replace(a, blocks=()) for a in held.answers))
    assert set_state_of(empty) is SetState.RECEIVED
    for state in SetState:
        assert set_state_of(with_state(held, state)) is state
        assert summarise(with_state(held, state)).state == state
