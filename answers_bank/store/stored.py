"""What the bank gives out: stored passages, summaries of documents, what it knows of itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from answers_bank.documents import Answer, Document, Kind, Passage, Question, Role, Section


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage in the bank: a question, or a paragraph of an answer or section."""

    id: str
    """`<document id>#<position>`."""

    document: str
    """Id of its document."""

    date: datetime.date | None
    """Of its document."""

    role: Role
    numbers: tuple[int, ...]
    """Questions that it asks or answers; empty for a section."""

    heading: str
    """Of its section; empty for a question or answer."""

    text: str
    """Reading view."""

    start: int
    end: int
    """Span in the extracted text of the document."""

    position: int
    """1, 2, … in the order of the document."""

    key: int = field(default=0, compare=False)
    """Row key: rises with each passage that is added and is never used again. 0 where it is not stored."""


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """Someone named in the heading of a document."""

    role: str
    """"asker", "addressee", "minister" or "on_behalf_of"."""

    name: str | None
    party: str | None = None
    portfolio: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text."""

    id: str
    key: int
    kind: Kind
    title: str
    source: str
    date: datetime.date | None
    submitted: datetime.date | None = None
    received: datetime.date | None = None
    case_number: str | None = None
    document_number: str | None = None
    aanhangsel: int | None = None
    session_year: str | None = None
    dossier: str | None = None
    dossier_number: str | None = None
    url: str | None = None
    sha256: str = ""
    people: tuple[PersonSummary, ...] = ()
    corrected: tuple[str, ...] = ()
    """Names of the details that a person corrected (`answers_bank.documents.Detail`)."""

    @property
    def ministers(self) -> tuple[PersonSummary, ...]:
        """Who answered or wrote, the first signatory first."""
        return tuple(p for p in self.people if p.role in ("minister", "on_behalf_of"))

    @property
    def askers(self) -> tuple[PersonSummary, ...]:
        """Who asked."""
        return tuple(p for p in self.people if p.role == "asker")

    @property
    def portfolio(self) -> str | None:
        """Portfolio of the first who answered, else of the first addressee."""
        for role in ("minister", "addressee", "on_behalf_of"):
            for person in self.people:
                if person.role == role and person.portfolio:
                    return person.portfolio
        return None


@dataclass(frozen=True, slots=True)
class Signature:
    """That someone answered for a portfolio on a day."""

    name: str
    portfolio: str | None
    office: str | None
    date: datetime.date
    document: str
    """Id of the document that was signed."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What documents to list; an empty field allows all."""

    after: datetime.date | None = None
    """Dated on or after this day."""

    before: datetime.date | None = None
    """Dated before this day."""

    portfolio: str | None = None
    """A part of the name of an answering or addressed portfolio; case and accents do not count."""

    minister: str | None = None
    """A part of the name of who answered."""

    party: str | None = None
    """Party of one of the askers."""

    kinds: frozenset[Kind] = frozenset()
    dossier: str | None = None
    """Kamerstuk dossier; spaces do not count."""


@dataclass(frozen=True, slots=True)
class BankInfo:
    """What a bank holds."""

    documents: int
    kinds: dict[str, int]
    """Documents of each kind."""

    questions: int
    answers: int
    passages: int
    pieces: int
    """Texts to be found by meaning; equal texts count each."""

    vectors: int
    """Distinct texts that have been encoded."""

    to_encode: int
    """Distinct texts that still have to be."""

    first_date: datetime.date | None
    last_date: datetime.date | None
    model: str | None
    """Name of the model that made the vectors; None while there are none."""

    model_source: str | None
    generation: int
    schema: int
    bytes: int
    """Size of the database on disk."""


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A question, an answer or a section with its passages, in the order of the text."""

    role: Role
    numbers: tuple[int, ...]
    heading: str
    passages: tuple[StoredPassage, ...]


@lru_cache(maxsize=1 << 14)
def stored_day(date: str | None) -> datetime.date | None:
    """A day as the bank writes it (ISO), as a value; the same few days come back in every row."""
    return datetime.date.fromisoformat(date) if date else None


def passage_id(document: str, position: int) -> str:
    """The id of a passage."""
    return f"{document}#{position}"


def split_passage_id(identifier: str) -> tuple[str, int]:
    """Document and position of a passage's id.

    Raises:
        KeyError: it is not the id of a passage.
    """
    document, mark, position = identifier.rpartition("#")
    if not mark or not position.isascii() or not position.isdigit():
        raise KeyError(identifier)
    return document, int(position)


def units(document: Document) -> tuple[StoredUnit, ...]:
    """The document as the bank keeps it: every question, answer and section with its passages, numbered in text order.

    The same positions as in `StoredPassage.position` and in a passage's id, whether or not the document is stored.
    """
    parts: list[Question | Answer | Section] = [*document.questions, *document.answers, *document.sections]
    places = [
        ((place.start, place.end), part, index)
        for part, own in enumerate(map(_places, parts))
        for index, place in enumerate(own)
    ]
    # By place in the text; sorting is stable, so that equal places keep questions before answers before sections.
    order = sorted(range(len(places)), key=lambda i: places[i][0])
    position = {(places[i][1], places[i][2]): n for n, i in enumerate(order, 1)}
    found = []
    for part, item in enumerate(parts):
        role = _ROLES[type(item)]
        numbers = () if isinstance(item, Section) else item.numbers
        heading = item.heading if isinstance(item, Section) else ""
        passages = tuple(
            StoredPassage(
                passage_id(document.id, position[part, index]),
                document.id,
                document.date,
                role,
                numbers,
                heading,
                place.text,
                place.start,
                place.end,
                position[part, index],
            )
            for index, place in enumerate(_places(item))
        )
        found.append(StoredUnit(role, numbers, heading, passages))
    return tuple(found)


def stored_passages(document: Document) -> tuple[StoredPassage, ...]:
    """The passages of a document as the bank numbers them, in order."""
    return tuple(sorted((p for unit in units(document) for p in unit.passages), key=lambda p: p.position))


_ROLES: dict[type, Role] = {Question: Role.QUESTION, Answer: Role.ANSWER, Section: Role.SECTION}


def _places(part: Question | Answer | Section) -> Iterator[Question | Passage]:
    if isinstance(part, Question):
        yield part
    else:
        yield from part.paragraphs
