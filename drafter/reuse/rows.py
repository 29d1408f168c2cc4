"""A text under review as it is read: paragraph by paragraph, in each the sentences with where they come from.

At once from what the dossier itself knows (`by_origin`), and better when the review against the bank is there
(`reviewed`). A review of a file that is no dossier gives the same (`of_file`).
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.finding import Finding
from drafter.dossier.value import Block, Dossier, DraftAnswer
from drafter.headings import answer_heading
from drafter.reuse.origins import origin_of
from drafter.reuse.values import Label, ReuseForm, Review, SentenceReview, SentenceSource
from drafter.word_difference import word_diff

_TAKEN_OVER = 0.6
"""From this likeness on (rapidfuzz ratio) a sentence counts as an edit of the source's, until the review is there."""


@dataclass(frozen=True, slots=True)
class ReviewedParagraph:
    """A paragraph under review."""

    numbers: tuple[int, ...]
    """Questions of the answer it stands in; empty in a letter."""

    heading: str
    sentences: tuple[SentenceReview, ...]
    """Of a block their open findings, with spans in the block; the words of a source in one line."""

    block: Block | None = None
    """None where it is of no dossier."""


def by_origin(dossier: Dossier) -> tuple[ReviewedParagraph, ...]:
    """Every block with its sentences as they stand to the block's own source."""
    return tuple(
        ReviewedParagraph(
            answer.numbers, answer_heading(answer.numbers), tuple(_own_sentences(answer, block, number)), block
        )
        for number, (_, answer, block) in enumerate(dossier.places())
    )


def reviewed(dossier: Dossier, review: Review, of: Dossier) -> tuple[ReviewedParagraph, ...]:
    """As `by_origin`, with what the review of an earlier state (`of`) says of blocks that did not change since."""
    found = {
        (block.id, block.text): [
            (sentence.start - offset, sentence)
            for sentence in review.sentences
            if offset <= sentence.start and sentence.end <= offset + len(block.text)
        ]
        for offset, _, block in of.places()
    }
    paragraphs = []
    for paragraph in by_origin(dossier):
        block = paragraph.block
        assert block is not None
        known = found.get((block.id, block.text))
        if known and len(known) == len(paragraph.sentences):
            sentences = tuple(_shown(one, block, offset) for offset, one in known)
            paragraph = dataclasses.replace(paragraph, sentences=sentences)
        paragraphs.append(paragraph)
    return tuple(paragraphs)


def of_file(review: Review) -> tuple[ReviewedParagraph, ...]:
    """The paragraphs of a review of a file."""
    return tuple(
        ReviewedParagraph(held[0].numbers, held[0].heading, tuple(_shown(one, None, one.start) for one in held))
        for _, group in itertools.groupby(review.sentences, key=lambda one: one.paragraph)
        if (held := list(group))
    )


def _own_sentences(answer: DraftAnswer, block: Block, paragraph: int) -> Iterator[SentenceReview]:
    for start, end in sentence_spans(block.text):
        text = " ".join(block.text[start:end].split())
        source = origin_of(block, text)
        label, best = Label.OWN, None
        if source is not None and source.similarity >= _TAKEN_OVER:
            label, best = (Label.VERBATIM if source.relation is ReuseForm.SAME else Label.EDITED), source
        yield SentenceReview(
            text,
            start,
            end,
            answer.numbers,
            answer_heading(answer.numbers),
            paragraph,
            label,
            best=best,
            diff=word_diff(best.text, text) if best else (),
            findings=_on_words(block.open_findings, start, end),
        )


def _shown(one: SentenceReview, block: Block | None, start: int) -> SentenceReview:
    """A sentence of the review as it is shown: its sources in one line, the findings that fall in it."""
    if block is None:
        findings = _on_words(one.findings, one.start, one.end)
    else:
        findings = _on_words(block.open_findings, start, start + one.end - one.start)
    best = _in_one_line(one.best) if one.best else None
    sources = tuple(_in_one_line(source) for source in one.sources)
    diff = word_diff(best.text, one.text) if best else ()
    return dataclasses.replace(one, best=best, sources=sources, diff=diff, findings=findings)


def _in_one_line(source: SentenceSource) -> SentenceSource:
    return dataclasses.replace(source, text=" ".join(source.text.split()))


def _on_words(findings: tuple[Finding, ...], start: int, end: int) -> tuple[Finding, ...]:
    """The findings that fall in a span."""
    return tuple(f for f in findings if f.start < end and start < f.end)
