"""From a passage of the bank to a block of the draft, with its exact origin and the footnotes that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers_bank.documents import Document, Passage
from drafter.assembly.pieces import Piece
from drafter.dossier.value import Block, BlockNote, Origin
from drafter.search.values import FoundPassage

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank


class BlockMaker:
    """Makes blocks from passages of one bank, for one draft."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._documents: dict[str, Document] = {}
        self._made = 0

    def block(self, piece: Piece) -> Block:
        """The block for `piece`, word for word as its source has it."""
        found = piece.passage
        document = self._document(found.document)
        passage = self._passage(document, found)
        start, end = found.start, found.end
        notes: tuple[BlockNote, ...] = ()
        if passage is not None:
            stop = len(passage.text) - piece.cut
            if piece.skip or piece.cut:
                start, end = passage.text_map.to_source(piece.skip, stop)
            texts = {(note.system, note.mark): note.text for note in document.footnotes}
            notes = tuple(
                BlockNote(ref.position - piece.skip, texts[ref.system, ref.mark])
                for ref in passage.notes
                if piece.skip <= ref.position <= stop and (ref.system, ref.mark) in texts
            )
        origin = Origin(
            document=found.document,
            passage=found.id,
            start=start,
            end=end,
            date=found.date,
            text=piece.text,
            title=found.title,
            numbers=found.numbers,
            url=document.url,
            sha256=document.sha256,
            newer_of=piece.older,
        )
        self._made += 1
        return Block(id=f"b{self._made}", text=piece.text, origin=origin, notes=notes)

    def _document(self, document_id: str) -> Document:
        if document_id not in self._documents:
            self._documents[document_id] = self._bank.document(document_id)
        return self._documents[document_id]

    @staticmethod
    def _passage(document: Document, found: FoundPassage) -> Passage | None:
        groups = [a.paragraphs for a in document.answers] + [s.paragraphs for s in document.sections]
        return next((p for group in groups for p in group if (p.start, p.end) == (found.start, found.end)), None)
