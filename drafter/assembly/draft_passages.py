"""Passages of the bank as they are put in a draft: their words, where they come from, and their footnotes."""

from __future__ import annotations

from collections.abc import Callable

from answers_bank.documents import Document, Passage
from answers_bank.store.stored import stored_passages
from drafter.backend.protocol import Material
from drafter.dossier.value import BlockNote, Origin
from embeddings.errors import InputError


def material_of(document_named: Callable[[str], Document], passages: tuple[str, ...]) -> tuple[Material, ...]:
    """`passages`, each an id or ``<id>@<first>-<last>``, of documents that `document_named` gives by their id.

    Raises:
        InputError: one of them is not in the bank any more.
    """
    made = []
    documents: dict[str, Document] = {}
    for named in passages:
        identifier, _, span = named.partition("@")
        document_id = identifier.rpartition("#")[0]
        if document_id not in documents:
            documents[document_id] = document_named(document_id)
        document = documents[document_id]
        stored = next((p for p in stored_passages(document) if p.id == identifier), None)
        if stored is None:
            raise InputError("Deze alinea staat niet meer in de bank.", "Zoek opnieuw.")
        whole = _passage(document, stored.start, stored.end)
        first, last = (int(n) for n in span.split("-")) if span else (0, len(stored.text))
        start, end = whole.text_map.to_source(first, last) if whole else (stored.start, stored.end)
        text = stored.text[first:last]
        origin = Origin(
            document=document.id,
            passage=stored.id,
            start=start,
            end=end,
            date=document.date,
            text=text,
            title=document.title,
            numbers=stored.numbers,
            url=document.url,
            sha256=document.sha256,
        )
        made.append(Material(stored.id, text, origin, _notes(document, whole, first, last)))
    return tuple(made)


def _passage(document: Document, start: int, end: int) -> Passage | None:
    """The paragraph at a span of the extracted text."""
    groups = [answer.paragraphs for answer in document.answers] + [part.paragraphs for part in document.sections]
    return next((p for group in groups for p in group if (p.start, p.end) == (start, end)), None)


def _notes(document: Document, passage: Passage | None, first: int, last: int) -> tuple[BlockNote, ...]:
    """The footnotes in a part of a paragraph's reading view."""
    texts = {(note.system, note.mark): note.text for note in document.footnotes}
    return tuple(
        BlockNote(ref.position - first, texts[ref.system, ref.mark])
        for ref in (passage.notes if passage else ())
        if first <= ref.position <= last and (ref.system, ref.mark) in texts
    )
