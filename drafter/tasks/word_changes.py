"""The use case behind `changes`: what came back from Word into a dossier, let stand or put back one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafter.dossier.judging.word_changes import accept_change, undo_change
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from embeddings.errors import BankError


def decide(
    bank_folder: Path, dossier_id: str, accepted: Sequence[str], undone: Sequence[str], *, anyway: bool = False
) -> Dossier:
    """The dossier with changes let stand and put back, by their numbers; each is a step that can be undone.

    Raises:
        BankError: there is no such dossier, it is open elsewhere, or it cannot be written.
        UsageError: a number is no change, or it cannot be decided (any more); then nothing is kept.
    """
    store = DossierStore(bank_folder)
    if not accepted and not undone:
        return store.load(dossier_id)
    with store.open_alone(dossier_id) as session:
        steps = []
        dossier = session.dossier
        for name in accepted:
            dossier = accept_change(dossier, name)
            steps.append((dossier, f"wijziging uit Word akkoord: {name}"))
        for name in undone:
            dossier = undo_change(dossier, name, anyway=anyway)
            steps.append((dossier, f"wijziging uit Word teruggezet: {name}"))
        for step, label in steps:
            session.record(step, label)
        if session.problem:
            raise BankError(f"De keuze kan niet worden bewaard: {session.problem}.")
        return session.dossier
