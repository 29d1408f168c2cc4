"""The domain: documents with their questions, answers, passages and notes.

Spans are Unicode code points into `Document.text`, the text extracted from the file. All classes are frozen.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from answers_bank.spans import TextMap
from answers_bank.tables import Table


class Kind(StrEnum):
    """What a document is."""

    ANSWER = "answer"
    QUESTIONS = "questions"
    DEFERRAL = "deferral"
    LETTER = "letter"
    ORAL = "oral"
    OTHER = "other"


class Role(StrEnum):
    """What a passage is in its document."""

    QUESTION = "question"
    ANSWER = "answer"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Asker:
    """A member who asks (vragensteller)."""

    name: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """A minister or state secretary (bewindspersoon) as named in the document."""

    name: str | None
    """Without the office: "Van Oosten", "A.B. van Zeewind". None where only the office is named."""

    portfolio: str | None
    """"Justitie en Veiligheid"; None where the document does not say."""

    office: str | None = None
    """"minister" or "staatssecretaris"; None where the document does not say."""


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """A reference to an earlier document in the heading ("Zie ook Aanhangsel Handelingen …")."""

    session_year: str
    """"2024-2025"."""

    number: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note (voet- of eindnoot), kept out of the running text."""

    system: str
    """Which numbering it belongs to: "source" (the questions' own list) or "note" (the word processor's)."""

    mark: str
    """As printed: "1", "12", "*"."""

    text: str
    start: int
    end: int
    """Span of the note's body in the extracted text; start == end where it has no place there."""


@dataclass(frozen=True, slots=True)
class NoteRef:
    """Where a note mark stood in a passage: after `position` characters of the passage's text."""

    system: str
    mark: str
    position: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (alinea), a list or a table as a reader sees it: the unit that is found, reused and traced."""

    text: str
    """Reading view: no note marks, no line-end hyphens, single spaces; a list item or table row keeps its own line."""

    start: int
    end: int
    """Span in the extracted text."""

    runs: tuple[tuple[int, int, int], ...] = ()
    """Alignment of `text` with the extracted text, see `TextMap`; empty where text equals the extracted span."""

    notes: tuple[NoteRef, ...] = ()
    table: Table | None = None
    """The cells, where the passage is a table; `text` then has a line for each row (see `answers_bank.tables`)."""

    @property
    def text_map(self) -> TextMap:
        """The alignment of the reading view with the extracted text."""
        return TextMap(self.runs) if self.runs else TextMap.identity(self.start, len(self.text))


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One thing asked inside a question: a lettered part, or one of its sentences that ask."""

    label: str | None
    """"a", "b"; None where it has no letter."""

    text: str
    start: int
    end: int
    """Span in the question's reading view (`Question.text`)."""


@dataclass(frozen=True, slots=True)
class Question:
    """What stands under one question heading: one question as a rule, more where the document merges them."""

    numbers: tuple[int, ...]
    text: str
    start: int
    end: int
    runs: tuple[tuple[int, int, int], ...] = ()
    notes: tuple[NoteRef, ...] = ()
    sub_questions: tuple[SubQuestion, ...] = ()

    @property
    def text_map(self) -> TextMap:
        """The alignment of the reading view with the extracted text."""
        return TextMap(self.runs) if self.runs else TextMap.identity(self.start, len(self.text))


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands under one answer heading; `numbers` are all questions it answers."""

    numbers: tuple[int, ...]
    paragraphs: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The whole answer, paragraphs apart by a blank line."""
        return "\n\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a letter under one heading (empty for what precedes the first), or the Toelichting of a set."""

    heading: str
    paragraphs: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """A doubt of the reader; codes are documented in docs/lezen.md."""

    code: str
    message: str


class Detail(StrEnum):
    """What of a document a person can correct."""

    DATE = "date"
    TITLE = "title"
    SIGNER = "signer"
    PORTFOLIO = "portfolio"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Correction:
    """A detail of a document that a person corrected: it goes before what was read."""

    detail: Detail
    read: str
    """What was read; empty where nothing was."""

    by: str
    """Who corrected it; empty where that is not known."""

    day: datetime.date


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was understood."""

    id: str
    """Stable key in the bank: an official identifier where the document has one ("ah-tk-20242025-594",
    "kst-29754-774"), the record's id for an imported record, else made from the file's name."""

    sha256: str
    """Of the file's bytes."""

    source: str
    """The file's name (no folder), or the record's origin."""

    kind: Kind
    text: str
    """The extracted text that all spans point into; for a plain-text file the decoded file itself."""

    subject: str | None = None
    submitted: datetime.date | None = None
    received: datetime.date | None = None
    """Date of the answer or letter; None for a set of questions only."""

    case_number: str | None = None
    """Zaaknummer, "2025Z15052"."""

    document_number: str | None = None
    """"2025D40475"."""

    aanhangsel: int | None = None
    """The document's own Aanhangsel number, unique within its session year."""

    session_year: str | None = None
    """"2024-2025", computed from the date."""

    dossier: str | None = None
    """Kamerstuk dossier: "29754", "36410 XIII"."""

    dossier_number: str | None = None
    """Number within the dossier: "774"."""

    askers: tuple[Asker, ...] = ()
    addressees: tuple[OfficeHolder, ...] = ()
    """To whom the questions were put; names as a rule None."""

    ministers: tuple[OfficeHolder, ...] = ()
    on_behalf_of: tuple[OfficeHolder, ...] = ()
    see_also: tuple[SeeAlso, ...] = ()
    url: str | None = None
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    properties: dict[str, str] = field(default_factory=dict, hash=False)
    """What else the source tells, such as the themes of an imported record."""

    corrections: tuple[Correction, ...] = ()
    """What a person corrected, in a document that comes from the bank; the details above are as corrected."""

    @property
    def date(self) -> datetime.date | None:
        """The date that relative time in the text refers to: received, else submitted."""
        return self.received or self.submitted

    @property
    def title(self) -> str:
        """What to call it in a list: the subject, else the file's name."""
        return self.subject or self.source

    @property
    def writers_sections(self) -> tuple[Section, ...]:
        """The sections without those that are the members' own: the Toelichting and mededeling with their questions."""
        return tuple(section for section in self.sections if not self.is_members(section.heading))

    def is_members(self, heading: str) -> bool:
        """Whether a section of this heading holds what the members say with their questions.

        In a letter a heading "Toelichting" is the writer's, and so is the mededeling that an answer comes later.
        """
        if not self.questions:
            return False
        word = heading.strip().partition(" ")[0].rstrip(":.").lower()
        return word == "toelichting" or (word in ("mededeling", "mededelingen") and self.kind is not Kind.DEFERRAL)

    @property
    def note_texts(self) -> dict[tuple[str, str], str]:
        """Texts of the footnotes by system and mark."""
        return {(note.system, note.mark): note.text for note in self.footnotes}

    def places(self) -> Iterator[Question | Passage]:
        """All questions, then all paragraphs of answers and of sections."""
        yield from self.questions
        for answer in self.answers:
            yield from answer.paragraphs
        for section in self.sections:
            yield from section.paragraphs

    def place(self, start: int, end: int) -> Question | Passage | None:
        """The question or paragraph with this span, if any."""
        return next((place for place in self.places() if (place.start, place.end) == (start, end)), None)

    def question(self, number: int) -> Question | None:
        """The question that carries `number`, if any."""
        return next((q for q in self.questions if number in q.numbers), None)

    def answer(self, number: int) -> Answer | None:
        """The answer to question `number`, if any."""
        return next((a for a in self.answers if number in a.numbers), None)


def id_from_name(stem: str) -> str:
    """The id of a document without an official number, from its file's name: lower case letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "document"
