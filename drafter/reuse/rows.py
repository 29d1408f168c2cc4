"""A text under review as it is read: paragraph by paragraph, in each the sentences with where they come from.

At once from what the dossier itself knows (`by_origin`), and better when the review against the bank is there
(`reviewed`). A review of a file that is no dossier gives the same (`of_file`).
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.finding import Finding
from drafter.dossier.value import Block, Dossier, DraftAnswer, Origin
from drafter.headings import answer_heading
from drafter.reuse.values import Label, ReuseForm, Review, SentenceReview, SentenceSource
from drafter.word_difference import word_diff

_TAKEN_OVER = 60.0
"""From this likeness on (rapidfuzz ratio) a sentence counts as an edit of the source's, until the review is there."""

_AS_GOOD = 0.02
"""How much less alike the source that the drafter took may be than the closest one, and still be the one shown."""


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
            sentences = tuple(
                _best(mine, _shown(theirs, block, offset))
                for mine, (offset, theirs) in zip(paragraph.sentences, known, strict=True)
            )
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


def shares(paragraphs: tuple[ReviewedParagraph, ...]) -> dict[Label, int]:
    """Percentages of the words by label; together 100, or 0 where there are no words."""
    words = dict.fromkeys(Label, 0)
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            words[sentence.label] += len(sentence.text.split())
    total = sum(words.values())
    if not total:
        return words
    parts = {label: round(100 * words[label] / total) for label in (Label.VERBATIM, Label.EDITED)}
    return parts | {Label.OWN: max(100 - sum(parts.values()), 0)}


def _best(mine: SentenceReview, theirs: SentenceReview) -> SentenceReview:
    """What is to the letter the block's own source is so, also a "Ja." that tells the bank nothing."""
    if mine.label is Label.VERBATIM and theirs.label is not Label.VERBATIM:
        return dataclasses.replace(mine, sources=theirs.others)
    return theirs


def _own_sentences(answer: DraftAnswer, block: Block, paragraph: int) -> Iterator[SentenceReview]:
    theirs = [
        (origin, " ".join(origin.text[start:end].split()))
        for origin in block.origins
        for start, end in sentence_spans(origin.text)
    ]
    for start, end in sentence_spans(block.text):
        text = " ".join(block.text[start:end].split())
        source = max(theirs, key=lambda pair: fuzz.ratio(pair[1], text), default=None)
        likeness = fuzz.ratio(source[1], text) if source else 0.0
        label, best = Label.OWN, None
        if source is not None and likeness >= _TAKEN_OVER:
            label = Label.VERBATIM if source[1] == text else Label.EDITED
            best = _of_origin(*source, likeness / 100)
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


def _of_origin(origin: Origin, text: str, likeness: float) -> SentenceSource:
    place = (origin.document, origin.passage, origin.date, origin.title, origin.numbers, origin.url, text, 0, 0)
    return SentenceSource(*place, likeness, ReuseForm.SAME if likeness == 1 else ReuseForm.EDITED)


def _shown(one: SentenceReview, block: Block | None, start: int) -> SentenceReview:
    """A sentence of the review with the source that the drafter took, where that is as good as the closest."""
    if block is None:
        findings = _on_words(one.findings, one.start, one.end)
    else:
        findings = _on_words(block.open_findings, start, start + one.end - one.start)
    taken = {origin.passage for origin in block.origins} if block else set()
    best = one.best
    if best is not None:
        own = [s for s in one.sources if s.passage in taken and s.similarity >= best.similarity - _AS_GOOD]
        best = max(own, key=lambda s: s.similarity, default=best)
    sources = tuple(_in_one_line(source) for source in one.sources if source != best)
    best = _in_one_line(best) if best else None
    diff = word_diff(best.text, one.text) if best else ()
    return dataclasses.replace(one, best=best, sources=sources, diff=diff, findings=findings)


def _in_one_line(source: SentenceSource) -> SentenceSource:
    return dataclasses.replace(source, text=" ".join(source.text.split()))


def _on_words(findings: tuple[Finding, ...], start: int, end: int) -> tuple[Finding, ...]:
    """The findings that fall in a span."""
    return tuple(f for f in findings if f.start < end and start < f.end)
