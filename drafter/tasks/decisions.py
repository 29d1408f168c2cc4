"""The use cases behind `changes` and `remarks`: deciding on what came back from Word, and on what was remarked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from drafter.dossier.judging.thread_edits import set_thread_done
from drafter.dossier.judging.threads import Thread
from drafter.dossier.judging.word_changes import accept_change, undo_change
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Block, Dossier, DraftAnswer
from embeddings.errors import BankError, UsageError

Step = tuple[Callable[[Dossier], Dossier], str]
"""A change of a dossier, and what it is called."""


def decide(
    bank_folder: Path, dossier_id: str, accepted: Sequence[str], undone: Sequence[str], *, anyway: bool = False
) -> Dossier:
    """The dossier with changes let stand and put back, by their numbers; each is a step that can be undone.

    Raises:
        BankError: there is no such dossier, it is open elsewhere, or it cannot be written.
        UsageError: a number is no change, or it cannot be decided (any more); then nothing is kept.
    """
    steps: list[Step] = [
        (partial(accept_change, name=name), f"wijziging uit Word akkoord: {name}") for name in accepted
    ]
    steps += [
        (partial(undo_change, name=name, anyway=anyway), f"wijziging uit Word teruggezet: {name}") for name in undone
    ]
    return _taken(bank_folder, dossier_id, steps)


def mark_remarks(bank_folder: Path, dossier_id: str, done: Sequence[str], reopened: Sequence[str]) -> Dossier:
    """The dossier with remarks called done, or open again, by their ids; each is a step that can be undone.

    Raises:
        BankError: there is no such dossier, it is open elsewhere, or it cannot be written.
        UsageError: an id is no remark; then nothing is kept.
    """

    steps: list[Step] = [(partial(_marked, name=name, done=True), "opmerking afgedaan") for name in done]
    steps += [(partial(_marked, name=name, done=False), "opmerking weer open") for name in reopened]
    return _taken(bank_folder, dossier_id, steps)


def _marked(dossier: Dossier, name: str, done: bool) -> Dossier:
    found = [block.id for _, block, thread in remarks_of(dossier) if thread.id == name]
    if not found:
        raise UsageError(f"Er is geen opmerking {name} in dossier {dossier.id}.")
    for block in found:
        dossier = set_thread_done(dossier, block, name, done)
    return dossier


def remarks_of(dossier: Dossier, *, open_only: bool = False) -> Iterator[tuple[DraftAnswer, Block, Thread]]:
    """The remarks in the order of the text, each with its answer and its paragraph."""
    for answer in dossier.answers:
        for block in answer.blocks:
            for thread in block.discussion:
                if not (open_only and thread.done):
                    yield answer, block, thread


def _taken(bank_folder: Path, dossier_id: str, steps: Sequence[Step]) -> Dossier:
    """The dossier with all of the steps, or with none."""
    store = DossierStore(bank_folder)
    if not steps:
        return store.load(dossier_id)
    with store.open_alone(dossier_id) as session:
        dossier, taken = session.dossier, []
        for change, label in steps:
            dossier = change(dossier)
            taken.append((dossier, label))
        for step, label in taken:
            session.record(step, label)
        if session.problem:
            raise BankError(f"De keuze kan niet worden bewaard: {session.problem}.")
        return session.dossier
