"""What the workbench asks: passages to put in, checks, proof of quotations, and the way to Word and back."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.backend.workplace import Workplace
from drafter.dossier.value import Block, Dossier
from embeddings.progress import Progress

if TYPE_CHECKING:
    from drafter.export.verify import Verification
    from drafter.export.word.edits import Imported


def passages(at: Workplace, named: tuple[str, ...]) -> tuple[Block, ...]:
    """Passages of the bank as they are put in a draft; they get their own ids there.

    A part of one is asked for as ``<passage id>@<first>-<last>``, characters of its reading view.
    """
    from drafter.assembly.draft_passages import blocks_of

    return blocks_of(at.document, named)


def source_doubts(at: Workplace, documents: tuple[str, ...]) -> dict[str, str]:
    """What was in doubt when the text of documents of the bank was read, in Dutch, by their id.

    Documents without such doubts are left out. What is not known of a document, such as its date, is none of its text.
    """
    from answers_bank.reading.uncertain import uncertainties

    found = dict[str, str]()
    for one in documents:
        with contextlib.suppress(KeyError):  # it was taken out of the bank meanwhile
            grave = [
                doubt.message for doubt in uncertainties(at.bank.document(one)) if doubt.grave and doubt.detail is None
            ]
            if grave:
                found[one] = grave[0]
    return found


def check_again(at: Workplace, dossier: Dossier, changed: tuple[str, ...]) -> Dossier:
    """The dossier with what is said of it now that the blocks called `changed` have other words."""
    from drafter.dossier.findings.remarks import checked_again

    return checked_again(dossier, at.context(dossier), changed)


def check_dossier(at: Workplace, progress: Progress, dossier: Dossier) -> Dossier:
    """The dossier with all findings and what is covered."""
    from drafter.dossier.findings.remarks import checked

    return checked(dossier, at.context(dossier), progress)


def verify(at: Workplace, dossier: Dossier) -> Verification:
    """Every quotation of a dossier against the bank."""
    from drafter.export.json.draft import draft_json
    from drafter.export.verify import verify_draft

    return verify_draft(draft_json(dossier), at.bank)


def export(at: Workplace, dossier: Dossier, path: Path, changes: bool, clean: bool = False) -> Path:
    """Write a dossier to .docx, .md, .html or .json; `changes` shows reuse as tracked changes in Word.

    With `clean` it is the text alone, as it goes out.
    """
    from drafter.export import ExportOptions, export_dossier

    written = at.settings.uitvoer
    options = ExportOptions(
        track_changes=changes,
        template=Path(written.sjabloon).expanduser() if written.sjabloon else None,
        author=at.settings.naam or written.auteur,
    )
    return export_dossier(dossier, path, options.clean if clean else options)


def word_edits(at: Workplace, dossier: Dossier, path: Path) -> Imported:
    """`dossier` with what was changed in a Word file that was made of it."""
    from drafter.tasks.import_edits import edits_for

    return edits_for(dossier, path)
