"""A text under review as it is read: passage by passage, in each the sentences with where they come from.

At once from what the dossier itself knows (`by_origin`), and better when the review against the bank is there
(`reviewed`). A review of a file that is no dossier gives the same (`of_file`).
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.finding import Finding, Severity
from drafter.dossier.value import Block, Dossier, Origin
from drafter.headings import answer_heading
from drafter.reuse.values import Label, MeaningChange, Review, SentenceReview, SentenceSource
from drafter.word_difference import Change, edit_count, word_diff

_TAKEN_OVER = 60.0
"""From this likeness on (rapidfuzz ratio) a sentence counts as an edit of the source's, until the review is there."""

_AS_GOOD = 0.02
"""How much less alike the source that the drafter took may be than the closest one, and still be the one shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence comes from, or also stands."""

    document: str
    passage: str
    title: str
    date: datetime.date | None
    numbers: tuple[int, ...]
    url: str | None
    text: str
    """The sentence there."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence under review."""

    text: str
    label: Label
    place: Place | None = None
    others: tuple[Place, ...] = ()
    """Where it also stands, newest first."""

    changes: tuple[MeaningChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    """The open findings on its words; their spans are those of the text they were made on."""

    @property
    def diff(self) -> tuple[Change, ...]:
        """From the source to this sentence; empty without a source."""
        return word_diff(self.place.text, self.text) if self.place else ()

    @property
    def edits(self) -> int:
        """How many places were changed."""
        return edit_count(self.diff)

    @property
    def warned(self) -> bool:
        """Whether there is something to look at."""
        return any(f.severity is Severity.WARNING for f in self.findings) or any(
            change.kind != "footnote" for change in self.changes
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph under review."""

    numbers: tuple[int, ...]
    """Questions of the answer it stands in; empty in a letter."""

    heading: str
    sentences: tuple[Sentence, ...]
    block: Block | None = None
    """None where it is of no dossier."""


def by_origin(dossier: Dossier) -> tuple[Passage, ...]:
    """Every block with its sentences as they stand to the block's own source."""
    return tuple(
        Passage(answer.numbers, answer_heading(answer.numbers), tuple(_own_sentences(block)), block)
        for answer in dossier.answers
        for block in answer.blocks
    )


def reviewed(dossier: Dossier, review: Review, of: Dossier) -> tuple[Passage, ...]:
    """As `by_origin`, with what the review of an earlier state (`of`) says of blocks that did not change since."""
    found = _by_block(review, of)
    passages = []
    for passage in by_origin(dossier):
        block = passage.block
        assert block is not None
        known = found.get((block.id, block.text))
        if known and len(known) == len(passage.sentences):
            sentences = tuple(
                _best(mine, _sentence(one, block, offset))
                for mine, (offset, one) in zip(passage.sentences, known, strict=True)
            )
            passage = Passage(passage.numbers, passage.heading, sentences, block)
        passages.append(passage)
    return tuple(passages)


def _best(mine: Sentence, theirs: Sentence) -> Sentence:
    """What is to the letter the block's own source is so, also a "Ja." that tells the bank nothing."""
    if mine.label is Label.VERBATIM and theirs.label is not Label.VERBATIM:
        return dataclasses.replace(mine, others=theirs.others)
    return theirs


def of_file(review: Review) -> tuple[Passage, ...]:
    """The paragraphs of a review of a file."""
    passages: list[Passage] = []
    held: list[SentenceReview] = []
    for one in (*review.sentences, None):
        if held and (one is None or one.paragraph != held[0].paragraph):
            sentences = tuple(_sentence(sentence, None, sentence.start) for sentence in held)
            passages.append(Passage(held[0].numbers, held[0].heading, sentences))
            held = []
        if one is not None:
            held.append(one)
    return tuple(passages)


def shares(passages: tuple[Passage, ...]) -> dict[Label, int]:
    """Percentages of the words by label; together 100, or 0 where there are no words."""
    words = dict.fromkeys(Label, 0)
    for passage in passages:
        for sentence in passage.sentences:
            words[sentence.label] += len(sentence.text.split())
    total = sum(words.values())
    if not total:
        return words
    parts = {label: round(100 * words[label] / total) for label in (Label.VERBATIM, Label.EDITED)}
    return parts | {Label.OWN: max(100 - sum(parts.values()), 0)}


def _own_sentences(block: Block) -> Iterator[Sentence]:
    theirs = [
        (origin, " ".join(origin.text[start:end].split()))
        for origin in block.origins
        for start, end in sentence_spans(origin.text)
    ]
    for start, end in sentence_spans(block.text):
        text = " ".join(block.text[start:end].split())
        findings = _on_words(block.open_findings, start, end)
        best = max(theirs, key=lambda pair: fuzz.ratio(pair[1], text), default=None)
        likeness = fuzz.ratio(best[1], text) if best else 0.0
        if best is None or likeness < _TAKEN_OVER:
            yield Sentence(text, Label.OWN, findings=findings)
        else:
            label = Label.VERBATIM if best[1] == text else Label.EDITED
            yield Sentence(text, label, _of_origin(*best), findings=findings)


def _of_origin(origin: Origin, text: str) -> Place:
    return Place(origin.document, origin.passage, origin.title, origin.date, origin.numbers, origin.url, text)


def _by_block(review: Review, of: Dossier) -> dict[tuple[str, str], list[tuple[int, SentenceReview]]]:
    """The reviewed sentences of each block, with where they begin in it."""
    found: dict[tuple[str, str], list[tuple[int, SentenceReview]]] = {}
    offset = 0
    for answer in of.answers:
        for block in answer.blocks:
            inside = [s for s in review.sentences if offset <= s.start and s.end <= offset + len(block.text)]
            found[block.id, block.text] = [(sentence.start - offset, sentence) for sentence in inside]
            offset += len(block.text) + 2
    return found


def _sentence(one: SentenceReview, block: Block | None, start: int) -> Sentence:
    if block is None:
        findings = _on_words(one.findings, one.start, one.end)
    else:
        findings = _on_words(block.open_findings, start, start + one.end - one.start)
    taken = {origin.passage for origin in block.origins} if block else set()
    best = one.best
    if best is not None:
        own = [s for s in one.sources if s.passage in taken and s.similarity >= best.similarity - _AS_GOOD]
        best = max(own, key=lambda s: s.similarity, default=best)
    others = tuple(_of_source(source) for source in one.sources if source != best)
    return Sentence(one.text, one.label, _of_source(best) if best else None, others, one.changes, findings)


def _of_source(source: SentenceSource) -> Place:
    text = " ".join(source.text.split())
    return Place(source.document, source.passage, source.title, source.date, source.numbers, source.url, text)


def _on_words(findings: tuple[Finding, ...], start: int, end: int) -> tuple[Finding, ...]:
    """The findings that fall in a span."""
    return tuple(f for f in findings if f.start < end and start < f.end)
