"""What the checks read: pieces of a text in plain reading form, each knowing where it stands.

A document is cut into its answers, sections, notes and questions; what is left over (letterhead, headings, signature)
is its frame. A block of a draft is one piece. Checks look for words in `Unit.text` and report in the text under check.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from answers_bank.documents import Document, Passage, Question
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.spans import TextMap
from drafter.checks.finding import Subject


class Zone(StrEnum):
    """What a piece of a document is."""

    ANSWER = "answer"
    SECTION = "section"
    NOTE = "note"
    QUESTION = "question"
    FRAME = "frame"


@dataclass(frozen=True, eq=False)
class Unit:
    """A piece of text with its place in the text under check."""

    text: str
    """Reading form: single spaces, words that were cut at a line end joined."""

    zone: Zone
    numbers: tuple[int, ...]
    """Questions it answers; empty outside answers."""

    map: TextMap

    @property
    def number(self) -> int | None:
        """The lowest question number."""
        return min(self.numbers, default=None)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of `text[start:end]` in the text under check."""
        return self.map.to_source(start, end)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Spans of the sentences in `text`."""
        return sentence_spans(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The span of the sentence that holds `position`."""
        index = bisect_right(self._starts, position) - 1
        return self.sentences[max(index, 0)] if self.sentences else (0, len(self.text))

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Spans between quotation marks: titles and words of others."""
        return [match.span() for match in _QUOTED.finditer(self.text)]

    def in_quotes(self, position: int) -> bool:
        """Whether `position` is between quotation marks."""
        return any(start < position < end for start, end in self.quoted)


@dataclass(frozen=True, eq=False)
class UnitSentence:
    """A sentence of a unit: half-open span in its text."""

    unit: Unit
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.unit.text[self.start : self.end]


_QUOTED = re.compile(r"(?<!\w)[‘'`][^‘’'\n]{2,160}?[’'](?!\w)|[“”\"„][^“”\"\n]{2,240}?[”\"“]|«[^»\n]{2,240}»")
_BREAKS = re.compile(
    # PDF libraries mark a word cut at a line end with U+FFFE or a soft hyphen.
    r"(?P<hyphen>[\ufffe\u00ad]\s*|(?<=[a-zà-ÿ])-[ \t]*\r?\n\s*(?!(?:en|of|tot|dan wel|alsmede)\b)(?=[a-zà-ÿ]))"
    r"|(?P<para>[ \t\u00a0]*\r?\n[ \t\u00a0]*(?:\r?\n\s*)+)|(?P<space>\s+)"
    r"|(?P<mark>\[footnoteRef:\d+\]|\[bookmark: [^\]]*\])"
)


def reading_form(text: str, start: int = 0, end: int | None = None) -> tuple[str, TextMap]:
    """`text[start:end]` with white space folded and cut words joined, and where its characters stand.

    A blank line stays as one, since it ends a sentence; marks of earlier extractions are left out.
    """
    end = len(text) if end is None else end
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    length = 0
    position = start
    for match in _BREAKS.finditer(text, start, end):
        if match.start() > position:
            runs.append((length, position, match.start() - position))
            parts.append(text[position : match.start()])
            length += match.start() - position
        filler = "\n\n" if match["para"] else " " if match["space"] else ""
        parts.append(filler)
        length += len(filler)
        position = match.end()
    if position < end:
        runs.append((length, position, end - position))
        parts.append(text[position:end])
    return "".join(parts), TextMap(tuple(runs) or ((0, start, 0),))


LONG_GAP = 40
"""Words between the parts of a document from which they are no heading."""


def units_of(subject: Subject) -> list[Unit]:
    """The pieces of the text under check, in the order of the text."""
    document = subject.document
    if document is None:
        return [_raw(subject.text, 0, len(subject.text), Zone.ANSWER, ())]
    units = [_from_question(q) for q in document.questions]
    for answer in document.answers:
        units.extend(_from_passages(answer.paragraphs, Zone.ANSWER, answer.numbers, document.text))
    for section in document.sections:
        units.extend(_from_passages(section.paragraphs, Zone.SECTION, (), document.text))
    notes = (n for n in document.footnotes if n.end > n.start)
    units.extend(_raw(document.text, n.start, n.end, Zone.NOTE, ()) for n in notes)
    covered = sorted(_outer(unit) for unit in units)
    read = [_outer(unit)[0] for unit in units if unit.zone in {Zone.ANSWER, Zone.SECTION}]
    for start, end in _gaps(covered, document.text):
        rest = _raw(document.text, start, end, Zone.FRAME, ())
        # What is no letterhead or heading was not recognised: it is checked as if it were a letter.
        if not read or (start > min(read) and len(rest.text.split()) > LONG_GAP):
            rest = dataclasses.replace(rest, zone=Zone.SECTION)
        units.append(rest)
    return sorted(units, key=lambda unit: _outer(unit))


_UNFINISHED = re.compile(r"[\w,–-]$")


def _from_passages(passages: Sequence[Passage], zone: Zone, numbers: tuple[int, ...], text: str) -> Iterator[Unit]:
    """A unit a passage; a sentence that runs on over a line end into the next passage is made whole."""
    held: Unit | None = None
    last = 0
    for passage in passages:
        unit = Unit(passage.text, zone, numbers, passage.text_map)
        if held is not None and _UNFINISHED.search(held.text) and text[last : passage.start].strip(" \t\r") == "\n":
            runs = ((view + len(held.text) + 1, source, length) for view, source, length in unit.map.runs)
            held = Unit(f"{held.text} {unit.text}", zone, numbers, TextMap((*held.map.runs, *runs)))
        else:
            if held is not None:
                yield held
            held = unit
        last = passage.end
    if held is not None:
        yield held


def _from_question(question: Question) -> Unit:
    return Unit(question.text, Zone.QUESTION, question.numbers, question.text_map)


def _raw(text: str, start: int, end: int, zone: Zone, numbers: tuple[int, ...]) -> Unit:
    view, view_map = reading_form(text, start, end)
    return Unit(view, zone, numbers, view_map)


def _outer(unit: Unit) -> tuple[int, int]:
    return unit.place(0, len(unit.text)) if unit.text else (0, 0)


def _gaps(covered: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in [*covered, (len(text), len(text))]:
        if start > position and any(c.isalnum() for c in text[position:start]):
            yield position, start
        position = max(position, end)


def documents_text(document: Document) -> Subject:
    """The subject for a whole document."""
    return Subject(document.text, document.date, document)
