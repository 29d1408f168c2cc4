"""Where a sentence may come from: candidates of the bank, compared, widened to joined sentences, described."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from answers_bank.documents import Role
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.index.repeated_text import ReuseIndex
from drafter.reuse.matching import Match, Matcher, Prepared
from drafter.reuse.values import ReuseForm, SentenceSource

if TYPE_CHECKING:
    from answers_bank.documents import Document
    from answers_bank.store.bank import Bank
    from answers_bank.store.stored import StoredPassage

CANDIDATES = 48
"""Sentences of the bank that are compared with one sentence."""

WIDER = 0.04
"""What a neighbouring sentence must add to the similarity to count as joined."""


class Sources:
    """Finds the sources of sentences in one bank, for one text under review."""

    def __init__(self, bank: Bank, index: ReuseIndex, matcher: Matcher, exclude: frozenset[str]) -> None:
        """`exclude` are documents that are no source, such as the text under review itself."""
        self._bank = bank
        self._index = index
        self._matcher = matcher
        self.exclude = exclude
        self._passage = lru_cache(maxsize=4096)(bank.passage)
        self._document = lru_cache(maxsize=512)(self._read_document)

    def find(self, text: str) -> list[SentenceSource]:
        """All sources of a sentence that it shares its wording with; the surest first."""
        mine = self._matcher.prepare(text)
        found: dict[tuple[str, int], SentenceSource] = {}
        for place in self.candidates(text):
            source = self.compare(mine, *place)
            if source is not None:
                found[source.passage, source.start] = source
        return sorted(found.values(), key=best_first)

    def compare(self, mine: Prepared, passage_id: str, start: int, end: int) -> SentenceSource | None:
        """The sentence of the bank at a span of a passage's reading view as a source; None where it is none."""
        if not self.is_source(passage_id):
            return None
        passage = self._passage(passage_id)
        match = self._matcher.match(mine, self._matcher.prepare(passage.text[start:end]))
        if match is None:
            return None
        match, start, end = self._widened(mine, match, passage, start, end)
        return SentenceSource(
            document=passage.document,
            passage=passage.id,
            date=passage.date,
            title="",
            numbers=passage.numbers,
            url=None,
            text=passage.text[start:end],
            start=start,
            end=end,
            similarity=match.similarity,
            relation=match.relation,
            strength=match.strength,
        )

    def candidates(self, text: str) -> list[tuple[str, int, int]]:
        """Sentences of the bank that share words with `text`, as (passage, start, end)."""
        hits = self._index.candidates(text, CANDIDATES, self.exclude)
        return [(hit.passage, hit.start, hit.end) for hit in hits]

    def sentences_of(self, passage_id: str) -> list[tuple[str, int, int]]:
        """The sentences of a passage, in the same form."""
        return [(passage_id, start, end) for start, end in sentence_spans(self._passage(passage_id).text)]

    def is_source(self, passage_id: str) -> bool:
        """Whether a passage is what a writer of answers said, and not what the members said with their questions."""
        passage = self._passage(passage_id)
        if passage.role is not Role.SECTION or not passage.heading:
            return True
        document = self._document(passage.document)
        return document is None or not document.is_members(passage.heading)

    def text_at(self, place: tuple[str, int, int]) -> str:
        """The words of a sentence of the bank."""
        passage, start, end = place
        return self._passage(passage).text[start:end]

    def rewritten(self, place: tuple[str, int, int], similarity: float, strength: float) -> SentenceSource:
        """A sentence of the bank as the source of one in other words."""
        found, start, end = self._passage(place[0]), place[1], place[2]
        where = (found.document, found.id, found.date, "", found.numbers, None, found.text[start:end], start, end)
        return SentenceSource(*where, similarity, ReuseForm.PARAPHRASE, strength)

    def in_passage(self, text: str, passage_id: str) -> SentenceSource | None:
        """An equal sentence in a passage of which a neighbour was taken over, however short the sentence is."""
        mine = self._matcher.prepare(text)
        passage = self._passage(passage_id)
        for start, end in sentence_spans(passage.text):
            if mine.words and self._matcher.prepare(passage.text[start:end]).words == mine.words:
                shown = passage.text[start:end]
                place = (passage.document, passage.id, passage.date, "", passage.numbers, None, shown, start, end)
                return SentenceSource(*place, 1.0, ReuseForm.SAME)
        return None

    def described(self, source: SentenceSource) -> SentenceSource:
        """`source` with the title and link of its document."""
        document = self._document(source.document)
        return replace(source, title=document.title, url=document.url) if document else source

    def notes(self, source: SentenceSource) -> tuple[str, ...]:
        """Texts of the footnotes that stand in the source's sentence."""
        document = self._document(source.document)
        if document is None:
            return ()
        try:
            passage = self._passage(source.passage)
        except KeyError:
            return ()  # of a dossier, and meanwhile not in the bank any more
        place = document.place(passage.start, passage.end)
        if place is None:
            return ()
        texts = document.note_texts
        return tuple(
            texts[ref.system, ref.mark]
            for ref in place.notes
            if source.start < ref.position <= source.end and (ref.system, ref.mark) in texts
        )

    def footnotes(self, document_id: str) -> tuple[str, ...]:
        """Texts of all footnotes of a document of the bank."""
        document = self._document(document_id)
        return tuple(dict.fromkeys(note.text for note in document.footnotes)) if document else ()

    def whole(self, document_id: str, text: str) -> SentenceSource | None:
        """A document as the source of a note, where no sentence of it is known to hold the note."""
        document = self._document(document_id)
        if document is None:
            return None
        place = (document.id, "", document.date, document.title, (), document.url, text, 0, 0)
        return SentenceSource(*place, 1.0, ReuseForm.SAME)

    def _widened(
        self, mine: Prepared, match: Match, passage: StoredPassage, start: int, end: int
    ) -> tuple[Match, int, int]:
        """The match with a neighbouring sentence of the source taken in, where the two were joined into one."""
        if match.relation in (ReuseForm.SAME, ReuseForm.CONTAINED) or match.similarity > 0.95:
            return match, start, end
        spans = sentence_spans(passage.text)
        if (start, end) not in spans:
            return match, start, end
        at = spans.index((start, end))
        for first, last in _neighbours(at, len(spans)):
            wide = spans[first][0], spans[last][1]
            wider = self._matcher.match(mine, self._matcher.prepare(passage.text[wide[0] : wide[1]]))
            if wider is not None and wider.similarity >= match.similarity + WIDER:
                return replace(wider, relation=ReuseForm.JOINED), *wide
        return match, start, end

    def _read_document(self, identifier: str) -> Document | None:
        try:
            return self._bank.document(identifier)
        except KeyError:
            return None  # removed since the index was made


def best_first(source: SentenceSource) -> tuple[float, int, str]:
    """Order of sources: the most alike first, among equals the newest."""
    date = source.date or datetime.date.min
    return -round(source.similarity, 2), -date.toordinal(), source.passage


def newest_first(source: SentenceSource) -> tuple[int, float, str]:
    """Order of sources: the newest first, of one day the most alike."""
    date = source.date or datetime.date.min
    return -date.toordinal(), -source.similarity, source.passage


def _neighbours(at: int, count: int) -> Iterator[tuple[int, int]]:
    if at + 1 < count:
        yield at, at + 1
    if at > 0:
        yield at - 1, at
