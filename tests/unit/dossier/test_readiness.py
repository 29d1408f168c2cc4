"""What stands between a set and the Chamber, and how far a set is."""

from __future__ import annotations

import dataclasses
import datetime

from support.dossiers import dossier

from drafter.dossier import edits
from drafter.dossier.findings.readiness import PointKind, blocking, points
from drafter.dossier.set_state import SetState, set_state_of, with_state
from drafter.dossier.summary import summarise
from drafter.wording import open_points_words

IN_TERM = datetime.date(2031, 2, 20)


def test_each_kind_has_its_place_the_gravest_first() -> None:
    found = points(dossier(), IN_TERM)
    assert [(p.kind, p.numbers, p.block) for p in found if p.kind is not PointKind.OWN] == [
        (PointKind.EMPTY, (3, 8), ""),
        (PointKind.PART, (2,), ""),
        (PointKind.WARNING, (2,), "b2"),
    ]
    assert [p.block for p in found if p.kind is PointKind.OWN] == ["b1", "b4"], "b5 was accepted"
    assert points(dossier(), datetime.date(2031, 5, 1))[-1].kind is PointKind.TERM


def test_what_is_meant_so_or_read_by_another_is_done() -> None:
    held = dossier()
    block = held.block("b2")
    assert block is not None
    done = edits.set_findings(edits.accept(held, "b1", "J. Zeegras"), "b2", ())
    kinds = {(p.kind, p.block) for p in points(done, IN_TERM)}
    assert (PointKind.WARNING, "b2") not in kinds
    assert (PointKind.OWN, "b1") not in kinds


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
