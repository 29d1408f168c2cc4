"""What the screens ask that lay a text beside others: reviewing, comparing, consistency."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from answers_bank.documents import Document
from drafter.backend.workplace import Workplace, with_model
from drafter.dossier.value import Dossier
from embeddings.errors import ModelError
from embeddings.progress import Progress

if TYPE_CHECKING:
    from drafter.reuse.values import Review
    from drafter.tasks.contradictions import Contradiction


@with_model
def review(at: Workplace, progress: Progress, dossier: Dossier) -> Review:
    """How each sentence of a dossier stands to the bank, as the command line tells it; without a model by words."""
    from drafter.tasks.review import review_dossier

    return review_dossier(at.workspace, dossier, meaning=_has_model(at), progress=progress)


@with_model
def review_file(at: Workplace, progress: Progress, path: Path) -> Review:
    """The same of any file with an answer or letter, with what the checks say of what was taken over."""
    from drafter.tasks import review

    return review.review_file(at.workspace, path, at.as_of, meaning=_has_model(at), progress=progress)


def _has_model(at: Workplace) -> bool:
    try:
        at.workspace.encoder()
    except ModelError:
        return False
    return True


def compare(at: Workplace, new: Document, old: Document) -> tuple[Contradiction, ...]:
    """Contradictions between two documents."""
    from drafter.tasks.contradictions import between_documents

    return between_documents(new, old)


def consistency(at: Workplace, progress: Progress, dossier: Dossier) -> tuple[Contradiction, ...]:
    """Contradictions of a draft with the bank and within itself."""
    from drafter.tasks.contradictions import of_draft

    # Models only here, where the user asks and waits: not at every paragraph that is typed.
    encoder, inference = at.workspace.loaded_encoder, at.workspace.inference()
    context = dataclasses.replace(at.context(dossier), encoder=encoder, inference=inference)
    return of_draft(dossier, context, progress)
