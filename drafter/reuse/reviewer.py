"""Reviews a text: sentence by sentence, what was taken from where and what was changed."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from answers_bank.documents import Document
from answers_bank.index.near_sentences import MeaningCandidates
from answers_bank.index.repeated_text import ReuseIndex
from answers_bank.index.word_weights import load_weights
from drafter.checks.finding import Finding
from drafter.dossier.value import Dossier
from drafter.reuse.changes import meaning_changes
from drafter.reuse.footnotes import review_notes
from drafter.reuse.matching import Matcher
from drafter.reuse.origins import with_origin
from drafter.reuse.rewriting import Rewritings
from drafter.reuse.sources import Sources, best_first, newest_first
from drafter.reuse.text import AnswerPart, ReadSentence, document_sentences, dossier_sentences
from drafter.reuse.values import (
    Label,
    LabelCounts,
    PartSummary,
    ReusedPassage,
    ReuseForm,
    Review,
    SentenceReview,
    SentenceSource,
    SourceTally,
)
from drafter.word_difference import word_diff
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank
    from embeddings.encoder import Encoder


_SAME_SUBJECT = 80.0
"""From this likeness on (rapidfuzz token set ratio) two subjects are one."""


class Reviewer:
    """Reviews texts against one bank."""

    def __init__(self, bank: Bank, encoder: Encoder | None = None, progress: Progress = SILENT) -> None:
        """Without an `encoder` free rewriting that shares no run of words is not found.

        Raises:
            BankError: the bank holds vectors of another model than the encoder's.
        """
        self._bank = bank
        self._meaning = MeaningCandidates(bank, encoder, progress) if encoder else None
        self._index = ReuseIndex.open(bank, progress)
        self._matcher = Matcher(load_weights(bank), self._index.sentences)

    def review(self, text: Document | Dossier, progress: Progress = SILENT, findings: Sequence[Finding] = ()) -> Review:
        """The review of a document or dossier.

        The text under review is no source of itself: documents of the bank with its id or its case number are passed
        over.

        Args:
            text: what to review.
            progress: counts the sentences.
            findings: what the checks say of the text; of a document only those on reused sentences are told.

        Raises:
            Cancelled: `progress` asked to stop.
        """
        document = text.questions if isinstance(text, Dossier) else text
        parts, sentences = dossier_sentences(text) if isinstance(text, Dossier) else document_sentences(text)
        sources = Sources(self._bank, self._index, self._matcher, self._own_documents(document))
        progress.start("Zinnen vergelijken met de bank", len(sentences))
        found: list[list[SentenceSource]] = []
        for sentence in sentences:
            if progress.cancelled():
                raise Cancelled
            found.append(sources.find(sentence.text))
            progress.advance()
        Rewritings(self._matcher, sources, self._meaning).add(sentences, found, progress)
        _fill_short(sentences, found, sources)
        reviewed = _mark_split([_reviewed(s, parts[s.part], f, sources) for s, f in zip(sentences, found, strict=True)])
        if isinstance(text, Dossier):
            blocks = [block for _, _, block in text.places()]
            reviewed = [with_origin(r, blocks[s.paragraph]) for r, s in zip(reviewed, sentences, strict=True)]
        reviewed = [_with_changes(r, s, sources) for r, s in zip(reviewed, sentences, strict=True)]
        # Of a file only what was taken over is checked for whether it still holds; a dossier carries all its findings.
        reviewed = [_with_findings(r, findings) if r.best or isinstance(text, Dossier) else r for r in reviewed]
        date = text.as_of if isinstance(text, Dossier) else text.date
        return Review(
            title=document.title,
            date=date,
            sentences=tuple(reviewed),
            passages=tuple(_passages(reviewed, sentences)),
            parts=tuple(_part_summary(n, part, sentences, reviewed) for n, part in enumerate(parts)),
            tally=LabelCounts.of(reviewed),
            documents=_documents(reviewed),
            oldest=_oldest(reviewed),
            bank_sentences=self._index.sentences,
            footnotes=review_notes(text, sentences, reviewed, sources),
            by_meaning=self._meaning is not None,
        )

    def _own_documents(self, document: Document) -> frozenset[str]:
        own: set[str] = set()
        if document.case_number:
            own.update(summary.id for summary in self._bank.find_documents(case_number=document.case_number))
        if document.id in self._bank and _same_document(self._bank.document(document.id), document):
            own.add(document.id)
        return frozenset(own)


def _same_document(held: Document, document: Document) -> bool:
    """Whether two documents with one id are one: an id that was read from a text may be that of a document it cites."""
    if held.sha256 == document.sha256:
        return True
    if held.case_number and document.case_number:
        return held.case_number == document.case_number
    if held.subject and document.subject:
        return fuzz.token_set_ratio(held.subject, document.subject) >= _SAME_SUBJECT
    return True


def _fill_short(sentences: Sequence[ReadSentence], found: list[list[SentenceSource]], sources: Sources) -> None:
    """Gives short sentences ("Ja.") the source of their neighbour: by themselves they say nothing on reuse."""
    for step in (1, -1):
        order = range(len(sentences)) if step == 1 else range(len(sentences) - 1, -1, -1)
        for at in order:
            neighbour = at - step
            if found[at] or not 0 <= neighbour < len(sentences):
                continue
            if sentences[neighbour].part != sentences[at].part:
                continue
            passages = dict.fromkeys(source.passage for source in found[neighbour])
            equal = (sources.in_passage(sentences[at].text, passage) for passage in passages)
            found[at] = sorted((source for source in equal if source), key=best_first)


def _reviewed(
    sentence: ReadSentence, part: AnswerPart, found: list[SentenceSource], sources: Sources
) -> SentenceReview:
    place = (sentence.text, sentence.start, sentence.end, part.numbers, part.heading, sentence.paragraph)
    if not found:
        return SentenceReview(*place, Label.OWN)
    described = [sources.described(source) for source in found]
    best = described[0]
    return SentenceReview(
        *place,
        label=Label.VERBATIM if best.relation is ReuseForm.SAME else Label.EDITED,
        sources=tuple(sorted(described, key=newest_first)),
        best=best,
        diff=word_diff(" ".join(best.text.split()), sentence.text),
    )


def _mark_split(reviewed: list[SentenceReview]) -> list[SentenceReview]:
    """Neighbours with one and the same source sentence were one sentence there."""
    for at in range(len(reviewed) - 1):
        one, two = reviewed[at].best, reviewed[at + 1].best
        if one is None or two is None or (one.passage, one.start, one.end) != (two.passage, two.start, two.end):
            continue
        for place, best in ((at, one), (at + 1, two)):
            if best.relation in (ReuseForm.CONTAINED, ReuseForm.EDITED, ReuseForm.SPLIT):
                split = replace(best, relation=ReuseForm.SPLIT)
                others = tuple(split if source == best else source for source in reviewed[place].sources)
                reviewed[place] = replace(reviewed[place], best=split, sources=others)
    return reviewed


def _with_changes(reviewed: SentenceReview, sentence: ReadSentence, sources: Sources) -> SentenceReview:
    if reviewed.best is None:
        return reviewed
    changes = meaning_changes(sentence.text, reviewed.best, sentence.notes, sources.notes(reviewed.best))
    return replace(reviewed, changes=changes) if changes else reviewed


def _with_findings(reviewed: SentenceReview, findings: Sequence[Finding]) -> SentenceReview:
    here = tuple(f for f in findings if f.start < reviewed.end and reviewed.start < f.end)
    return replace(reviewed, findings=here) if here else reviewed


def _passages(reviewed: Sequence[SentenceReview], sentences: Sequence[ReadSentence]) -> Iterable[ReusedPassage]:
    """Runs of sentences of one part that have a source document in common; the newest such document names them."""
    first = 0
    common: dict[str, datetime.date | None] = {}
    for at in range(len(reviewed) + 1):
        theirs = {source.document: source.date for source in reviewed[at].sources} if at < len(reviewed) else {}
        shared = {document: date for document, date in common.items() if document in theirs}
        if at < len(reviewed) and at > first and sentences[at].part == sentences[first].part and shared:
            common = shared
            continue
        if common:
            yield _passage(reviewed, first, at - 1, common)
        first, common = at, theirs


def _passage(
    reviewed: Sequence[SentenceReview], first: int, last: int, common: dict[str, datetime.date | None]
) -> ReusedPassage:
    document = max(common, key=lambda document: (common[document] or datetime.date.min, document))
    passages: dict[str, None] = {}
    for sentence in reviewed[first : last + 1]:
        passages.update({source.passage: None for source in sentence.sources if source.document == document})
    return ReusedPassage(
        first, last, reviewed[first].start, reviewed[last].end, document, common[document], tuple(passages)
    )


def _part_summary(
    number: int, part: AnswerPart, sentences: Sequence[ReadSentence], reviewed: Sequence[SentenceReview]
) -> PartSummary:
    held = [review for sentence, review in zip(sentences, reviewed, strict=True) if sentence.part == number]
    return PartSummary(part.numbers, part.heading, LabelCounts.of(held), _documents(held), _oldest(held))


def _documents(reviewed: Iterable[SentenceReview]) -> tuple[SourceTally, ...]:
    best = [sentence.best for sentence in reviewed if sentence.best]
    counts = Counter(source.document for source in best)
    one = {source.document: source for source in best}
    order = sorted(counts, key=lambda document: (-counts[document], document))
    return tuple(SourceTally(d, one[d].title, one[d].date, one[d].url, counts[d]) for d in order)


def _oldest(reviewed: Iterable[SentenceReview]) -> datetime.date | None:
    return min((sentence.best.date for sentence in reviewed if sentence.best and sentence.best.date), default=None)
