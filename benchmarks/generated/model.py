"""A document before it is written, and what a reader must find in it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Piece:
    """A stretch of a line. `kind`: "plain", "note" (text is its mark), "hidden", "deleted", "inserted" or "symbol"."""

    text: str
    kind: str = "plain"


Text = tuple[Piece, ...]


@dataclass(frozen=True)
class Line:
    """A paragraph. `role`: "head", "letter", "question heading", "question", "answer heading", "answer", "item",
    "closing", "notes" (a list of sources), "between" (a heading between two questions)."""

    role: str
    text: Text
    numbers: tuple[int, ...] = ()
    joined: bool = False
    """The end of this paragraph was deleted under tracking: the next one goes on in it."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table with the columns and rows that it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Grid:
    """A table; a place that another cell covers is left out of its row."""

    rows: tuple[tuple[Cell, ...], ...]
    role: str = "answer"

    def places(self) -> list[list[str]]:
        """Every place of the grid; covered ones empty."""
        width = max(sum(cell.columns for cell in row) for row in self.rows)
        shown: list[list[str | None]] = [[None] * width for _ in self.rows]
        for y, row in enumerate(self.rows):
            for cell in row:
                x = shown[y].index(None)
                for dy in range(cell.rows):
                    for dx in range(cell.columns):
                        shown[y + dy][x + dx] = cell.text if dx == dy == 0 else ""
        return [[text or "" for text in row] for row in shown]


@dataclass(frozen=True)
class Layout:
    """How it is put on paper."""

    note_style: str = "list"
    """"list" (all behind the last answer), or "page" (footnotes)."""

    mark_style: str = "1"
    """How marks and the numbers of their notes are written: "1" raised, "1)", "[1]"."""

    bullet: str = "•"
    bold: bool = True
    automatic: bool = False
    """Numbers of questions and items are those of the word processor."""

    head: str = ""
    foot: str = ""
    """On every page; "{page}" and "{pages}" are filled in."""

    line_numbers: int = 0
    """Every so many lines; 0 for none."""

    spaced: float = 0.0
    """Points between the letters of headings."""

    size: float = 10.0
    width: int = 0
    """Characters to which plain text is broken; 0 for one line a paragraph."""

    page_height: int = 842


@dataclass(frozen=True)
class Truth:
    """What is right."""

    kind: str
    questions: list[tuple[tuple[int, ...], str]]
    answers: list[tuple[tuple[int, ...], str]]
    notes: list[tuple[str, str, int]]
    """Text, "question" or "answer", number."""

    tables: list[list[list[str]]]
    submitted: str | None
    received: str | None
    minister: tuple[str, str] | None
    signers: list[tuple[str, str]]
    absent: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """A document as drawn."""

    lines: tuple[Line | Grid, ...]
    notes: tuple[tuple[str, str], ...]
    """Mark and text."""

    layout: Layout
    truth: Truth
    traits: frozenset[str]
    """What is special about it, by which failures are listed."""
