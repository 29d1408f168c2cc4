"""The use case behind `draft`: a file with questions to a draft, kept as a dossier in the folder of the bank."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.dossier.value import Dossier
from embeddings.errors import InputError
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from drafter.dossier.store import DossierStore
    from drafter.tasks.workspace import Workspace


def draft_file(workspace: Workspace, path: Path, as_of: datetime.date, progress: Progress = SILENT) -> Dossier:
    """A draft of the answers to the questions in the file at `path`.

    Raises:
        InputError: the file cannot be read, or holds no questions.
        BankError: there is no bank.
    """
    from answers_bank.apart.readers import read_file
    from drafter.assembly.assemble import assemble
    from drafter.checks import check_rule_names

    questions = read_file(path)
    if not questions.questions:
        # Said before the model is loaded, which takes seconds.
        raise InputError(
            f"In {questions.source} zijn geen vragen gevonden.",
            f"Bekijk hoe het bestand wordt begrepen met: kamerantwoord read {questions.source}",
        )
    workspace.bank()
    signals = workspace.settings.signalen
    off = check_rule_names(signals.uit)
    return assemble(questions, workspace.searcher_for_drafts(), as_of, progress, off, registers=signals.registers)


def keep(store: DossierStore, dossier: Dossier) -> Dossier:
    """Save a new draft as a dossier of its own; `dossier` with the id that it has there.

    Work in progress is never overwritten: where another dossier has the name, the draft gets a name with a number.
    The very same draft is not kept twice, so that making it again gives the same file, byte for byte.
    """
    name = store.new_id(dossier.questions)
    base = name.rsplit("-", 1)[0] if name[-1].isdigit() and not store.path(name).exists() else name
    for known in [summary.id for summary in store.list() if not summary.problem and summary.id.startswith(base)]:
        same_name = dataclasses.replace(store.load(known), created=dossier.created, changed=dossier.changed)
        if dataclasses.replace(dossier, id=known) == dataclasses.replace(same_name, properties=dossier.properties):
            return dataclasses.replace(dossier, id=known)
    now = datetime.datetime.now().astimezone()
    new = dataclasses.replace(dossier, id=name, created=now, changed=now)
    with store.create_free(new, "concept gemaakt") as session:
        return dataclasses.replace(dossier, id=session.dossier.id)
