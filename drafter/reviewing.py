"""The use case behind `review`: a file, or a dossier by its id, to a review."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.checks.finding import Context, Finding
from drafter.dossier import Dossier
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from drafter.reuse.values import Review
    from drafter.workspace import Workspace


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
    from answers_bank.reading import read_file
    from drafter.checks import check_document
    from drafter.reuse.reviewer import Reviewer

    document = read_file(path)
    bank = workspace.bank()
    reviewer = Reviewer(bank, workspace.encoder() if meaning else None, progress)
    findings = check_document(document, Context(as_of, bank), ("staleness", "citations"))
    return reviewer.review(document, progress, findings)


def review_dossier(workspace: Workspace, dossier: Dossier, *, meaning: bool = False) -> Review:
    """The review of a dossier; its findings are those that it carries.

    Raises:
        BankError: there is no bank.
        ModelError: the model cannot be loaded.
    """
    from drafter.reuse.reviewer import Reviewer

    reviewer = Reviewer(workspace.bank(), workspace.encoder() if meaning else None)
    return reviewer.review(dossier, findings=dossier_findings(dossier))


def dossier_findings(dossier: Dossier) -> tuple[Finding, ...]:
    """The open findings of all blocks, with spans into `dossier_text`."""
    found: list[Finding] = []
    offset = 0
    for answer in dossier.answers:
        for block in answer.blocks:
            found += [
                dataclasses.replace(finding, start=finding.start + offset, end=finding.end + offset)
                for finding in block.open_findings
            ]
            offset += len(block.text) + 2
    return tuple(found)
