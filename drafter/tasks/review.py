"""The use case behind `review`: a file, or a dossier by its id, to a review."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.checks.finding import Finding
from drafter.dossier.value import Dossier
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from drafter.reuse.values import Review
    from drafter.tasks.workspace import Workspace
    from embeddings.encoder import Encoder


def review_any(
    workspace: Workspace, named: Path, as_of: datetime.date, *, meaning: bool = True, progress: Progress = SILENT
) -> Review:
    """The review of a file, or of the dossier called `named` where there is no such file.

    Raises:
        InputError: the file cannot be read.
        BankError: there is no bank, or the dossier cannot be read.
        ModelError: the model cannot be loaded.
    """
    from drafter.dossier.store import SUFFIX, DossierStore

    store = DossierStore(workspace.bank_folder)
    if not named.exists() and named.name == str(named) and (store.folder / f"{named}{SUFFIX}").exists():
        return review_dossier(workspace, store.load(named.name), meaning=meaning, progress=progress)
    return review_file(workspace, named, as_of, meaning=meaning, progress=progress)


def review_file(
    workspace: Workspace, path: Path, as_of: datetime.date, *, meaning: bool = True, progress: Progress = SILENT
) -> Review:
    """The review of a file, with what the checks say of its reused parts at `as_of`.

    Args:
        workspace: the bank to compare with.
        path: the file.
        as_of: the reference date of the checks.
        meaning: also search by meaning, which loads the model; words alone are quicker.
        progress: counts the sentences.

    Raises:
        InputError: the file cannot be read.
        BankError: there is no bank.
        ModelError: the model cannot be loaded.
    """
    from answers_bank.apart.readers import read_file
    from drafter.checks import check_document
    from drafter.reuse.reviewer import Reviewer

    document = read_file(path)
    bank = workspace.bank()
    reviewer = Reviewer(bank, _encoder(workspace, meaning), progress)
    findings = check_document(document, workspace.check_context(as_of), ("staleness", "citations"))
    return reviewer.review(document, progress, findings)


def review_dossier(
    workspace: Workspace, dossier: Dossier, *, meaning: bool = True, progress: Progress = SILENT
) -> Review:
    """The review of a dossier; its findings are those that it carries.

    Raises:
        BankError: there is no bank.
        ModelError: the model cannot be loaded.
    """
    from drafter.reuse.reviewer import Reviewer

    reviewer = Reviewer(workspace.bank(), _encoder(workspace, meaning), progress)
    return reviewer.review(dossier, progress, dossier_findings(dossier))


def _encoder(workspace: Workspace, meaning: bool) -> Encoder | None:
    """The model, where it is asked for and the bank has vectors to compare with."""
    return workspace.encoder() if meaning and workspace.bank().vectors.model() is not None else None


def dossier_findings(dossier: Dossier) -> tuple[Finding, ...]:
    """The open findings of all blocks, with spans into `Dossier.text`."""
    return tuple(
        dataclasses.replace(finding, start=finding.start + offset, end=finding.end + offset)
        for offset, _, block in dossier.places()
        for finding in block.open_findings
    )
