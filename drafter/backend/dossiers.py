"""What the start of a dossier asks: reading questions, from wherever they come, and drafting answers to them."""

from __future__ import annotations

from pathlib import Path

from answers_bank.documents import Document
from drafter.backend.workplace import Workplace, with_model
from drafter.dossier.value import Dossier
from embeddings.errors import InputError
from embeddings.progress import Progress


def read_document(at: Workplace, path: Path) -> Document:
    """Any document from a file."""
    from answers_bank.apart.readers import read_file

    return read_file(path)


def read_questions(at: Workplace, path: Path) -> Document:
    """A set of questions from a file."""
    document = read_document(at, path)
    if not document.questions:
        raise InputError(
            f"In {path.name} zijn geen vragen gevonden.",
            "Kies een bestand met genummerde vragen, of plak de tekst (p).",
        )
    return document


def questions_from_text(at: Workplace, text: str) -> Document:
    """A set of questions from pasted text."""
    from answers_bank.apart.readers import read_bytes

    document = read_bytes(text.encode("utf-8"), "geplakt.txt")
    if not document.questions:
        raise InputError("In deze tekst zijn geen vragen gevonden.", "Zet voor elke vraag haar nummer.")
    return document


def questions_of(at: Workplace, identifier: str) -> Document:
    """The questions of a document in the bank."""
    document = at.document(identifier)
    if not document.questions:
        raise InputError(f"In “{document.title}” staan geen vragen.", "Kies een stuk met Kamervragen.")
    return document


@with_model
def draft(at: Workplace, progress: Progress, questions: Document) -> Dossier:
    """A dossier with drafted answers, not stored yet."""
    from drafter.assembly.assemble import assemble

    progress.start("Model laden", None)
    signals = at.settings.signalen
    drafted = assemble(
        questions,
        at.workspace.searcher(),
        at.as_of,
        progress,
        frozenset(signals.uit),
        registers=signals.registers,
    )
    return at.store.named(drafted)
