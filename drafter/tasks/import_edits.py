"""The use case behind `import-edits`: an edited Word file into its dossier in the folder of the bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from embeddings.errors import InputError

if TYPE_CHECKING:
    from drafter.export.word.edits import Imported


def import_file(bank_folder: Path, path: Path, *, keep: bool = True) -> Imported:
    """What the Word file at `path` changes in its dossier; kept as one step that can be undone.

    A dossier that is not there (the file came from another machine) is made.

    Raises:
        InputError: the file cannot be read, or holds no dossier.
        BankError: the dossier is open elsewhere, or the folder cannot be written.
    """
    from drafter.export.word.edits import read_edits

    store = DossierStore(bank_folder)

    def current(identifier: str) -> Dossier | None:
        return store.load(identifier) if store.path(identifier).exists() else None

    found = read_edits(path, current)
    if keep:
        store.save(found.dossier, f"bewerkt in Word: {path.name}")
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
