"""What a review says: sentence by sentence, passage by passage, answer by answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from drafter.checks.finding import Finding, Severity
from drafter.word_difference import Change, edit_count


class Label(StrEnum):
    """How a sentence stands to the bank."""

    VERBATIM = "verbatim"
    """Word for word; marks, capitals, white space and note marks aside."""

    EDITED = "edited"
    """Taken over and changed."""

    OWN = "own"
    """No source was found."""


class ReuseForm(StrEnum):
    """How the words of a sentence stand to those of a source."""

    SAME = "same"
    EDITED = "edited"
    CONTAINED = "contained"
    """The sentence is a part of a longer sentence of the source."""

    CONTAINS = "contains"
    """The source's sentence is a part of this longer one."""

    JOINED = "joined"
    """Two sentences of the source became this one."""

    SPLIT = "split"
    """This sentence and a neighbour were one sentence in the source."""

    PARAPHRASE = "paraphrase"
    """Other words for much the same; to be judged by the reader."""


@dataclass(frozen=True, slots=True)
class SentenceSource:
    """A place in the bank that a sentence may come from."""

    document: str
    passage: str
    date: datetime.date | None
    title: str
    numbers: tuple[int, ...]
    """Questions that the passage answers; empty for a letter."""

    url: str | None
    text: str
    """The sentence of the source, or the sentences where several were joined."""

    start: int
    end: int
    """Span of `text` in the passage's reading view."""

    similarity: float
    """0 to 1: share of equal letters and digits (indel ratio over words, case and marks aside)."""

    relation: ReuseForm

    strength: float = 0.0
    """How sure the find is, in nats above the line at which a sentence counts as reused: to choose the best."""


@dataclass(frozen=True, slots=True)
class MeaningChange:
    """A change in the reuse that changes what is said, not only how."""

    kind: str
    """Of a conflict (see drafter/checks), or "footnote"."""

    removed: str
    """Words of the source that are gone; empty where words were only added."""

    added: str
    message: str
    """In plain Dutch."""


@dataclass(frozen=True, slots=True)
class SentenceReview:
    """One sentence of the text under review."""

    text: str
    """Reading view."""

    start: int
    end: int
    """Span in the text under review: the extracted text of a file, `Dossier.text` of a draft."""

    numbers: tuple[int, ...]
    """Questions whose answer it stands in; empty in a letter."""

    heading: str
    paragraph: int
    """Number of its paragraph in the whole text, from 0."""

    label: Label
    sources: tuple[SentenceSource, ...] = ()
    """All that were found, newest first."""

    best: SentenceSource | None = None
    """The one that the difference is made with: the closest, among equals the newest."""

    diff: tuple[Change, ...] = ()
    """From the best source to this sentence; empty without a source."""

    changes: tuple[MeaningChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What the checks say of this sentence, where it was reused; spans as in the text under review."""

    @property
    def similarity(self) -> float:
        """With the best source; 0 without one."""
        return self.best.similarity if self.best else 0.0

    @property
    def others(self) -> tuple[SentenceSource, ...]:
        """Where it also stands, newest first."""
        return tuple(source for source in self.sources if source != self.best)

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
class NoteReview:
    """One footnote of the answers under review."""

    system: str
    mark: str
    text: str
    start: int | None
    end: int | None
    """Span in the text under review; None in a dossier, whose notes stand outside its text."""

    sentence: int
    """Number of its sentence in `Review.sentences`."""

    label: Label
    similarity: float
    """With its source, 0 to 1; 0 without one."""

    source: SentenceSource | None = None
    """The sentence whose note it was, or the sentence of the bank that it repeats."""

    source_text: str = ""
    """What the source says: its note, or its sentence."""

    diff: tuple[Change, ...] = ()
    """From the source's text to this note; empty without a source."""


@dataclass(frozen=True, slots=True)
class ReusedPassage:
    """Neighbouring sentences that come from one passage or from neighbouring passages of one document."""

    first: int
    last: int
    """Numbers of its sentences in `Review.sentences`, both included."""

    start: int
    end: int
    """Span in the text under review."""

    document: str
    date: datetime.date | None
    passages: tuple[str, ...]
    """Of the source, in the order of the text under review."""


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """How much of a text is of which kind."""

    verbatim: int
    edited: int
    own: int
    """Sentences."""

    characters: int
    reused_characters: int

    @classmethod
    def of(cls, sentences: Iterable[SentenceReview]) -> LabelCounts:
        """Counts `sentences`."""
        held = list(sentences)
        labels = [sentence.label for sentence in held]
        return cls(
            verbatim=labels.count(Label.VERBATIM),
            edited=labels.count(Label.EDITED),
            own=labels.count(Label.OWN),
            characters=sum(len(sentence.text) for sentence in held),
            reused_characters=sum(len(sentence.text) for sentence in held if sentence.label is not Label.OWN),
        )

    @property
    def sentences(self) -> int:
        """How many there are."""
        return self.verbatim + self.edited + self.own

    def share(self, label: Label) -> float:
        """Share of the sentences with that label, 0 to 1."""
        return float(getattr(self, label.value)) / self.sentences if self.sentences else 0.0

    @property
    def reused(self) -> float:
        """Share of the characters that was taken over, edited or not, 0 to 1."""
        return self.reused_characters / self.characters if self.characters else 0.0


def word_shares(sentences: Iterable[SentenceReview]) -> dict[Label, int]:
    """Percentages of the words by label; together 100, or 0 where there are no words.

    The one figure of a text, on screen and on the command line.
    """
    words = dict.fromkeys(Label, 0)
    for sentence in sentences:
        words[sentence.label] += len(sentence.text.split())
    total = sum(words.values())
    if not total:
        return words
    parts = {label: round(100 * words[label] / total) for label in (Label.VERBATIM, Label.EDITED)}
    return parts | {Label.OWN: max(100 - sum(parts.values()), 0)}


@dataclass(frozen=True, slots=True)
class SourceTally:
    """How much came from one document."""

    document: str
    title: str
    date: datetime.date | None
    url: str | None
    sentences: int


@dataclass(frozen=True, slots=True)
class PartSummary:
    """An answer, or a section of a letter, in figures."""

    numbers: tuple[int, ...]
    heading: str
    tally: LabelCounts
    documents: tuple[SourceTally, ...]
    """Of the best sources, most used first."""

    oldest: datetime.date | None
    """Date of the oldest best source."""


@dataclass(frozen=True, slots=True)
class Review:
    """What was reused from where, in a whole text."""

    title: str
    date: datetime.date | None
    sentences: tuple[SentenceReview, ...]
    passages: tuple[ReusedPassage, ...]
    parts: tuple[PartSummary, ...]
    tally: LabelCounts
    documents: tuple[SourceTally, ...]
    oldest: datetime.date | None
    bank_sentences: int = 0
    """How many sentences were compared with."""

    footnotes: tuple[NoteReview, ...] = ()
    """In the order of their marks; not counted in `tally`."""

    by_meaning: bool = False
    """Whether sentences were also searched by meaning, not by their words alone."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks say of the reused sentences, in the order of the text."""
        return tuple(dict.fromkeys(finding for sentence in self.sentences for finding in sentence.findings))

    @property
    def changes(self) -> int:
        """How many changes of meaning there are in the text; footnotes are told but not counted."""
        return sum(change.kind != "footnote" for sentence in self.sentences for change in sentence.changes)
