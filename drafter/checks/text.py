"""The text that checks read: made once for a document or a block, and handed to every check.

A document is cut into its answers, sections, notes and questions; what is left over (letterhead, headings, signature)
is its frame. A block of a draft is one unit. Checks look for words in `TextUnit.text`, which is plain reading form, and
report spans of the text under check.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from answers_bank.documents import Document, Footnote, Passage
from answers_bank.dutch.glued import GluedWords
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.spans import TextMap
from drafter.checks.rules import words_of_rules


class Zone(StrEnum):
    """What a unit of a document is."""

    ANSWER = "answer"
    SECTION = "section"
    NOTE = "note"
    QUESTION = "question"
    FRAME = "frame"


@dataclass(frozen=True, eq=False)
class TextUnit:
    """A paragraph, question, note or piece of the frame, with its place in the text under check."""

    text: str
    """Reading form: single spaces, words that were cut at a line end joined."""

    zone: Zone
    numbers: tuple[int, ...]
    """Of the questions that it answers, or of the question itself; empty elsewhere."""

    map: TextMap

    @property
    def number(self) -> int | None:
        """The lowest question number."""
        return min(self.numbers, default=None)

    @cached_property
    def place(self) -> tuple[int, int]:
        """Its span in the text under check."""
        return self.map.to_source(0, len(self.text)) if self.text else (0, 0)

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
class TextSpan:
    """Words of a unit: half-open span in its text."""

    unit: TextUnit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand there."""
        return self.unit.text[self.start : self.end]

    @property
    def quote(self) -> str:
        """The words, white space folded."""
        return " ".join(self.text.split())

    @property
    def sentence(self) -> str:
        """The sentence that they begin in, white space folded."""
        start, end = self.unit.sentence_at(self.start)
        return " ".join(self.unit.text[start : max(end, self.end)].split())

    @property
    def place(self) -> tuple[int, int]:
        """The span in the text under check."""
        return self.unit.map.to_source(self.start, self.end)

    @property
    def number(self) -> int | None:
        """Number of the question whose answer holds them."""
        return self.unit.number


@dataclass(frozen=True, eq=False)
class CheckedText:
    """The text under check.

    A whole document has `document`; a block of a draft has only its text and the date of the document it came from.
    """

    text: str
    date: datetime.date | None
    """To which relative time in the text refers."""

    units: tuple[TextUnit, ...]
    """In the order of the text."""

    document: Document | None = None

    @classmethod
    def of_document(cls, document: Document) -> CheckedText:
        """A whole document; spans are in `document.text`."""
        return cls(document.text, document.date, tuple(_units_of(document)), document)

    @classmethod
    def of_block(cls, text: str, date: datetime.date | None) -> CheckedText:
        """A paragraph that comes from a document of `date`."""
        return cls(text, date, (_raw(text, 0, len(text), Zone.ANSWER),))

    @cached_property
    def answering(self) -> tuple[TextUnit, ...]:
        """The units of answers and sections: what the writer says."""
        return tuple(unit for unit in self.units if unit.zone in {Zone.ANSWER, Zone.SECTION})


@dataclass(frozen=True, slots=True)
class CarriedNote:
    """A note with the sentence that carries its mark."""

    note: Footnote
    sentence: str
    """White space folded; empty where the mark was not found."""


def carried_notes(document: Document) -> list[CarriedNote]:
    """The notes of a document, in their order."""
    sentences: dict[tuple[str, str], str] = {}
    parts = [answer.paragraphs for answer in document.answers] + [section.paragraphs for section in document.sections]
    for passage in (passage for part in parts for passage in part):
        for ref in passage.notes:
            spans = sentence_spans(passage.text)
            span = next(((a, b) for a, b in spans if a < ref.position <= b + 1), None)
            if span:
                sentences.setdefault((ref.system, ref.mark), " ".join(passage.text[slice(*span)].split()))
    return [CarriedNote(note, sentences.get((note.system, note.mark), "")) for note in document.footnotes]


_QUOTED = re.compile(r"(?<!\w)[‘'`][^‘’'\n]{2,160}?[’'](?!\w)|[“”\"„][^“”\"\n]{2,240}?[”\"“]|«[^»\n]{2,240}»")
_BREAKS = re.compile(
    # PDF libraries mark a word cut at a line end with U+FFFE or a soft hyphen.
    r"(?P<hyphen>[\ufffe\u00ad]\s*|(?<=[a-zà-ÿ])-[ \t]*\r?\n\s*(?!(?:en|of|tot|dan wel|alsmede)\b)(?=[a-zà-ÿ]))"
    r"|(?P<para>[ \t\u00a0]*\r?\n[ \t\u00a0]*(?:\r?\n\s*)+)|(?P<space>\s+)"
    r"|(?P<mark>\[footnoteRef:\d+\]|\[bookmark: [^\]]*\])"
)


def _reading_form(text: str, start: int, end: int) -> tuple[str, TextMap]:
    """`text[start:end]` with white space folded and cut words joined, and where its characters stand.

    A blank line stays as one, since it ends a sentence; marks of earlier extractions are left out.
    """
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


def _units_of(document: Document) -> list[TextUnit]:
    """The units of a document, in the order of its text."""
    units = [TextUnit(q.text, Zone.QUESTION, q.numbers, q.text_map) for q in document.questions]
    for answer in document.answers:
        units.extend(_from_passages(answer.paragraphs, Zone.ANSWER, answer.numbers, document.text))
    for section in document.sections:
        units.extend(_from_passages(section.paragraphs, Zone.SECTION, (), document.text))
    notes = (n for n in document.footnotes if n.end > n.start)
    units.extend(_raw(document.text, n.start, n.end, Zone.NOTE) for n in notes)
    read = [unit.place[0] for unit in units if unit.zone in {Zone.ANSWER, Zone.SECTION}]
    for start, end in _gaps(sorted(unit.place for unit in units), document.text):
        rest = _raw(document.text, start, end, Zone.FRAME)
        # What is no letterhead or heading was not recognised: it is checked as if it were a letter.
        if not read or (start > min(read) and len(rest.text.split()) > LONG_GAP):
            rest = dataclasses.replace(rest, zone=Zone.SECTION)
        units.append(rest)
    words = GluedWords.of_text(document.text, words_of_rules())
    if words.broken:
        units = [_apart(unit, words.places(unit.text)) for unit in units]
    return sorted(units, key=lambda unit: unit.place)


def _apart(unit: TextUnit, places: Sequence[int]) -> TextUnit:
    """`unit` with a space where two words were written together; its map leads past them."""
    if not places:
        return unit
    bounds = [0, *places, len(unit.text)]
    text = " ".join(unit.text[a:b] for a, b in pairwise(bounds))
    runs = []
    for view, source, length in unit.map.runs:
        cuts = [view, *(place for place in places if view < place < view + length), view + length]
        for a, b in pairwise(cuts):
            runs.append((a + bisect_right(places, a), source + a - view, b - a))
    return dataclasses.replace(unit, text=text, map=TextMap(tuple(runs)))


_UNFINISHED = re.compile(r"[\w,–-]$")


def _from_passages(passages: Sequence[Passage], zone: Zone, numbers: tuple[int, ...], text: str) -> Iterator[TextUnit]:
    """A unit a passage; a sentence that runs on over a line end into the next passage is made whole."""
    held: TextUnit | None = None
    last = 0
    for passage in passages:
        unit = TextUnit(passage.text, zone, numbers, passage.text_map)
        if held is not None and _UNFINISHED.search(held.text) and text[last : passage.start].strip(" \t\r") == "\n":
            runs = ((view + len(held.text) + 1, source, length) for view, source, length in unit.map.runs)
            held = TextUnit(f"{held.text} {unit.text}", zone, numbers, TextMap((*held.map.runs, *runs)))
        else:
            if held is not None:
                yield held
            held = unit
        last = passage.end
    if held is not None:
        yield held


def _raw(text: str, start: int, end: int, zone: Zone) -> TextUnit:
    view, view_map = _reading_form(text, start, end)
    return TextUnit(view, zone, (), view_map)


def _gaps(covered: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in [*covered, (len(text), len(text))]:
        if start > position and any(c.isalnum() for c in text[position:start]):
            yield position, start
        position = max(position, end)
