"""What every format reader gives: the extracted text and its blocks, in reading order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from answers_bank.documents import Footnote, OfficeHolder, ReadWarning, SeeAlso
from answers_bank.reading.mapped import Mapped


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, or one physical line of one."""

    line: Mapped
    """Without note marks, page furniture and note bodies; marks stand in `line.marks`."""

    role: str | None = None
    """What the format itself says: "question", "answer", "heading", "letterhead", "list", "row" (of a table), "note",
    "deferral", "explanation", "signature". None where it says nothing."""

    numbers: tuple[int, ...] = ()
    """Question numbers, where the format itself gives them."""

    bold: bool | None = None
    """Whether all of it is bold; None where the format does not tell."""

    item: str | None = None
    """The automatic number or bullet of a list item, which does not stand in the text."""

    wrapped: bool = False
    """A physical line: its paragraph may go on in the next block."""

    width: int = 0
    """Length of a full line, in characters, where the text was broken to a width; 0 where lines are as long as their
    paragraph or as the page allowed."""

    gap: bool = False
    """White space stands above it: it starts a paragraph."""

    page: int = 0
    """From 1; 0 where the format has no pages."""

    breaks: bool | None = None
    """Whether a paragraph starts here, where the layout tells; None where it does not."""

    fresh: bool = False
    """White space in the text says that a page starts here (a form feed, or the one indented line)."""

    leaf: bool = False
    """A form feed stands above it: surely a new page."""

    table: int = 0
    """Which table of the document it is a row of, from 1; 0 for what is no row of one."""

    cells: tuple[Mapped, ...] = ()
    """The texts of a row's places, also the empty ones; `line` has them with bars between. Empty for other blocks."""

    spans: tuple[tuple[int, int], ...] = ()
    """For each of `cells` the columns and rows that it covers; (0, 0) where another one covers the place."""

    @property
    def text(self) -> str:
        """The reading text of the block."""
        return self.line.text

    def with_line(self, line: Mapped) -> TextBlock:
        """The same block with another text."""
        return replace(self, line=line)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the source tells about the document beside its text; None or empty where it tells nothing."""

    identifier: str | None = None
    subject: str | None = None
    submitted: datetime.date | None = None
    received: datetime.date | None = None
    case_number: str | None = None
    aanhangsel: int | None = None
    session_year: str | None = None
    dossier: str | None = None
    dossier_number: str | None = None
    properties: dict[str, str] = field(default_factory=dict)
    """Document properties such as title and subject; they may be stale."""

    ministers: tuple[OfficeHolder, ...] = ()
    see_also: tuple[SeeAlso, ...] = ()
    kind: str | None = None
    """The source's own word for what it is, such as "Motie"."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A file's text with its blocks and notes."""

    text: str
    blocks: tuple[TextBlock, ...]
    footnotes: tuple[Footnote, ...] = ()
    hints: Hints = Hints()
    warnings: tuple[ReadWarning, ...] = ()
    plain: bool = False
    """From plain text: marks and note bodies still have to be told from the text by their form."""
