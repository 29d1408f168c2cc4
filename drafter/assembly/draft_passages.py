"""Passages of the bank as they are put in a draft: their words, where they come from, and their footnotes."""

from __future__ import annotations

from collections.abc import Callable

from answers_bank.documents import Document
from answers_bank.store.stored import StoredPassage, stored_passages
from drafter.dossier.value import Block, BlockNote, Origin
from embeddings.errors import InputError


def quotation(
    document: Document,
    passage: StoredPassage,
    first: int,
    last: int,
    name: str = "",
    older: str | None = None,
    why: str = "",
) -> Block:
    """Characters `first` to `last` of a passage, word for word as its document has them.

    Args:
        document: that holds the passage.
        passage: of the bank.
        first: of the passage's reading view.
        last: the first character behind the quotation.
        name: of the block; empty where the draft gives it one.
        older: id of the older passage that was found, where this is its newer version.
        why: it was put there, in plain Dutch.
    """
    start, end = passage.start, passage.end
    notes: tuple[BlockNote, ...] = ()
    place = document.place(start, end)
    if place is not None:
        if (first, last) != (0, len(place.text)):
            start, end = place.text_map.to_source(first, last)
        texts = document.note_texts
        notes = tuple(
            BlockNote(ref.position - first, texts[ref.system, ref.mark])
            for ref in place.notes
            if first <= ref.position <= last and (ref.system, ref.mark) in texts
        )
    text = passage.text[first:last]
    origin = Origin(
        document=document.id,
        passage=passage.id,
        start=start,
        end=end,
        date=passage.date,
        text=text,
        title=document.title,
        numbers=passage.numbers,
        url=document.url,
        sha256=document.sha256,
        newer_of=older,
    )
    return Block(name, text, origin, notes=notes, why=why)


def blocks_of(document_named: Callable[[str], Document], passages: tuple[str, ...]) -> tuple[Block, ...]:
    """`passages` as blocks that have no name yet.

    Args:
        document_named: gives a document by its id.
        passages: of each its id, or ``<id>@<first>-<last>`` for a part of its reading view.

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
        passage = next((p for p in stored_passages(documents[document_id]) if p.id == identifier), None)
        if passage is None:
            raise InputError("Deze alinea staat niet meer in de bank.", "Zoek opnieuw.")
        first, last = (int(n) for n in span.split("-")) if span else (0, len(passage.text))
        made.append(quotation(documents[document_id], passage, first, last))
    return tuple(made)
