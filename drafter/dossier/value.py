"""A dossier: a set of questions with the answers in progress, every passage with its origin.

All values are frozen; a change gives a new dossier, which is what makes undo without end simple.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from answers_bank.documents import Document
from answers_bank.dutch.sentences import sentence_spans
from drafter.checks.finding import Coverage, Finding
from drafter.dossier.judging.threads import Thread, threads_in
from drafter.dossier.waivers import still_open


class BlockState(StrEnum):
    """How a block's text stands to its source."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    OWN = "own"


class Status(StrEnum):
    """Whether the bank held anything for an answer."""

    DRAFTED = "drafted"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block comes from, exact enough to be verified mechanically."""

    document: str
    """Id in the bank."""

    passage: str
    """Id of the passage in the bank."""

    start: int
    end: int
    """Span in the extracted text of the document."""

    date: datetime.date | None
    text: str
    """The passage's reading view as taken over: what the block's text is compared with."""

    title: str = ""
    numbers: tuple[int, ...] = ()
    """Questions that the source passage answered; empty for a letter."""

    url: str | None = None
    sha256: str = ""
    """Of the source's file, to notice later changes."""

    newer_of: str | None = None
    """Id of the older passage that was found, where this newer version of a standard passage was taken instead."""


@dataclass(frozen=True, slots=True)
class BlockNote:
    """A footnote that came along with a block, at `position` in its text."""

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of an answer in progress."""

    id: str
    """Unique within the dossier, never used again."""

    text: str
    origin: Origin | None = None
    also: tuple[Origin, ...] = ()
    """Further sources, in the order of the text, where passages were merged."""

    notes: tuple[BlockNote, ...] = ()
    findings: tuple[Finding, ...] = ()
    seen: bool = False
    """Whether the user has looked at what the program put here."""

    intended: tuple[str, ...] = ()
    """What the user called "bewust zo" here, see `drafter.dossier.waivers`."""

    remark: str = ""
    """The open remarks as one text, see `drafter.dossier.judging.threads`; empty when there is none."""

    accepted_by: str = ""
    """The reviewer who accepted it; empty when nobody did."""

    accepted_at: datetime.datetime | None = None
    """When that was; None when nobody did, or an older version put it down."""

    why: str = ""
    """In plain Dutch: why the program put it here; empty for the user's own choice."""

    threads: tuple[Thread, ...] = ()
    """The remarks as they are kept; read them as `discussion`, which also knows those of older versions."""

    @property
    def discussion(self) -> tuple[Thread, ...]:
        """What was remarked on it, open and done."""
        return threads_in(self.threads, self.remark)

    @property
    def state(self) -> BlockState:
        """How the text stands to its source: verbatim also where it is some of the source's whole sentences."""
        if self.origin is None:
            return BlockState.OWN
        taken = self.taken
        verbatim = self.text == taken or _whole_sentences(self.text, taken)
        return BlockState.VERBATIM if verbatim else BlockState.EDITED

    @property
    def origins(self) -> tuple[Origin, ...]:
        """All sources, in the order of the text."""
        return () if self.origin is None else (self.origin, *self.also)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that the user has not marked as intended."""
        return still_open(self.findings, self.intended)

    @property
    def taken(self) -> str:
        """What was taken over from the sources: the text before any editing; empty for the drafter's own words."""
        return " ".join(origin.text for origin in self.origins)


class ChangeKind(StrEnum):
    """What was done with a paragraph in Word."""

    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"


class Decision(StrEnum):
    """What was decided of a change."""

    OPEN = "open"
    ACCEPTED = "accepted"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class WordChange:
    """A change of one paragraph that came back from Word: it stands in the text until it is undone."""

    id: str
    """"6.2": the second one in the answer to question 6; never used again in this dossier."""

    kind: ChangeKind
    block: str
    """Id of the paragraph."""

    after: str
    """The text that came from Word; empty where the paragraph was taken out."""

    was: Block | None = None
    """The paragraph as it was; None where it is new."""

    behind: str = ""
    """Id of the paragraph behind which one that was taken out stood; empty for the first."""

    author: str = ""
    at: datetime.datetime | None = None
    """Who changed it and when, as far as the file tells."""

    file: str = ""
    """Name of the Word file."""

    decision: Decision = Decision.OPEN

    @property
    def before(self) -> str:
        """The text as it was; empty where the paragraph is new."""
        return self.was.text if self.was else ""


@dataclass(frozen=True, slots=True)
class NearPassage:
    """What comes near a question and not near enough for its answer: offered beside the draft, not in it."""

    text: str
    origin: Origin
    why: str = ""
    """In plain Dutch: what speaks for it."""


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """The answer in progress to one question, or to several that are answered together."""

    numbers: tuple[int, ...]
    blocks: tuple[Block, ...] = ()
    status: Status = Status.NO_SOURCE
    coverage: tuple[Coverage, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Findings on the answer as a whole, such as a sub-question left open."""

    done: bool = False
    """Whether the drafter called it finished."""

    note: str = ""

    near: tuple[NearPassage, ...] = ()
    """"Mogelijk bruikbaar", the nearest first."""

    intended: tuple[str, ...] = ()
    """What of `findings` the user called "bewust zo", see `drafter.dossier.waivers`."""

    changes: tuple[WordChange, ...] = ()
    """What came back from Word, decided or not, in the order in which it came."""

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings on the whole that the user has not marked as intended."""
        return still_open(self.findings, self.intended)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A question set and its answers in progress."""

    id: str
    questions: Document
    answers: tuple[DraftAnswer, ...]
    as_of: datetime.date
    """Reference date (peildatum) of the draft."""

    created: datetime.datetime
    changed: datetime.datetime
    deferred: bool = False
    """Whether a deferral was sent: six weeks instead of three."""

    properties: dict[str, str] = field(default_factory=dict, hash=False)

    intended: tuple[str, ...] = ()
    """What the user called "bewust zo" in the whole dossier; it also stands with each block that it holds for."""

    @property
    def due(self) -> datetime.date | None:
        """Last day of the term: three weeks after submission, six with a deferral; None without a date."""
        submitted = self.questions.submitted
        return None if submitted is None else submitted + datetime.timedelta(weeks=6 if self.deferred else 3)

    @property
    def text(self) -> str:
        """The text that spans in the whole draft point into: its blocks, apart by a blank line."""
        return "\n\n".join(block.text for answer in self.answers for block in answer.blocks)

    def places(self) -> Iterator[tuple[int, DraftAnswer, Block]]:
        """Every block with where it begins in `text`, and its answer."""
        start = 0
        for answer in self.answers:
            for block in answer.blocks:
                yield start, answer, block
                start += len(block.text) + 2

    def answer(self, number: int) -> DraftAnswer | None:
        """The answer in progress to question `number`, if any."""
        return next((a for a in self.answers if number in a.numbers), None)

    def block(self, block_id: str) -> Block | None:
        """The block called `block_id`, if any."""
        return next((b for a in self.answers for b in a.blocks if b.id == block_id), None)


def _whole_sentences(part: str, whole: str) -> bool:
    """Whether `part` is a run of whole sentences of `whole`.

    A sentence that lost its last words is an edit that a reviewer must see, so parts of sentences do not count.
    """
    start = whole.find(part) if part else -1
    if start < 0:
        return False
    spans = sentence_spans(whole)
    return any(s == start for s, _ in spans) and any(e == start + len(part) for _, e in spans)
