"""The use case behind `import-edits`: an edited Word file into its dossier in the folder of the bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.dossier import Dossier
from drafter.dossier_store import DossierStore

if TYPE_CHECKING:
    from drafter.export.import_edits import Imported


def import_file(bank_folder: Path, path: Path, *, keep: bool = True) -> Imported:
    """What the Word file at `path` changes in its dossier; kept as one step that can be undone.

    A dossier that is not there (the file came from another machine) is made.

    Raises:
        InputError: the file cannot be read, or holds no dossier.
        BankError: the dossier is open elsewhere, or the folder cannot be written.
    """
    from drafter.export.import_edits import read_edits

    store = DossierStore(bank_folder)

    def current(identifier: str) -> Dossier | None:
        return store.load(identifier) if store.path(identifier).exists() else None

    found = read_edits(path, current)
    if keep:
        store.save(found.dossier, f"bewerkt in Word: {path.name}")
    return found
