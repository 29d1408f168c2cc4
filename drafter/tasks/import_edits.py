"""The use case behind `import-edits`: an edited Word file into its dossier in the folder of the bank."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.dossier.store import DossierStore, NameTakenError
from drafter.dossier.value import Dossier
from embeddings.errors import BankError, InputError

if TYPE_CHECKING:
    from drafter.dossier.session import DossierSession
    from drafter.export.word.edits import Imported


def import_file(
    bank_folder: Path, path: Path, *, keep: bool = True, check: Callable[[Dossier], Dossier] | None = None
) -> Imported:
    """What the Word file at `path` changes in its dossier; kept as one step that can be undone.

    `check` gives the dossier with what is said of its new words.

    A dossier that is not there (the file came from another machine) is made.

    Raises:
        InputError: the file cannot be read, or holds no dossier.
        BankError: the dossier is open elsewhere, or the folder cannot be written.
    """
    store = DossierStore(bank_folder)
    while True:
        try:
            return _import(store, path, keep, check)
        except NameTakenError:
            continue  # another import has just made it: then this one merges with that


def _import(store: DossierStore, path: Path, keep: bool, check: Callable[[Dossier], Dossier] | None) -> Imported:
    from drafter.export.word.edits import read_edits

    label = f"bewerkt in Word: {path.name}"
    # Read, merged and saved under one lock: of two imports at once the second one merges with the first.
    with ExitStack() as held:
        sessions: list[DossierSession] = []

        def current(identifier: str) -> Dossier | None:
            if not store.path(identifier).exists():
                return None
            if not keep:
                return store.load(identifier)
            sessions.append(held.enter_context(store.open_alone(identifier)))
            return sessions[0].dossier

        found = read_edits(path, current)
        if check is not None:
            found = dataclasses.replace(found, dossier=check(found.dossier))
        if keep and sessions:
            sessions[0].record(found.dossier, label)
            if sessions[0].problem:
                raise BankError(f"De bewerking kan niet worden bewaard: {sessions[0].problem}.")
        elif keep:
            store.create(found.dossier, label).close()
        return found


def edits_for(dossier: Dossier, path: Path) -> Imported:
    """What the Word file at `path` changes in `dossier`, which is open; nothing is kept.

    Raises:
        InputError: the file cannot be read, holds no dossier, or holds another one.
    """
    from drafter.export.word.edits import read_edits

    def current(identifier: str) -> Dossier:
        if identifier != dossier.id:
            raise InputError(
                f"{path.name} hoort bij het dossier {identifier}, niet bij dit dossier.",
                "Open dat dossier en lees het bestand daar terug.",
            )
        return dossier

    return read_edits(path, current)
