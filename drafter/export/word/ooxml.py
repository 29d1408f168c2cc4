"""WordprocessingML in small pieces: elements, runs, and paragraphs with marks and tracked changes at given places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from drafter.export.wording import printable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
XML = "http://www.w3.org/XML/1998/namespace"
NSMAP = {"w": W}

Element = etree._Element
Operation = Literal["equal", "insert", "delete"]
Tracked = Callable[[Operation, Element], Element]
"""Wraps a run as inserted or deleted."""


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """The element `w:tag` with attributes in the same namespace."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap=NSMAP)
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name}", str(value))
    element.extend(children)
    return element


def qn(tag: str) -> str:
    """The qualified name of `tag` in the WordprocessingML namespace."""
    return f"{{{W}}}{tag}"


def text_run(text: str, *, deleted: bool = False, style: str | None = None, bold: bool = False) -> Element:
    """A run with `text`; line breaks and tabs become their own elements, control characters go."""
    run = w("r")
    if style or bold:
        run.append(w("rPr", *([w("rStyle", val=style)] if style else []), *([w("b")] if bold else [])))
    for piece in re.split(r"(\n|\t)", printable(text)):
        if piece == "\n":
            run.append(w("br"))
        elif piece == "\t":
            run.append(w("tab"))
        elif piece:
            element = w("delText" if deleted else "t")
            element.text = piece
            element.set(f"{{{XML}}}space", "preserve")
            run.append(element)
    return run


def paragraph(*children: Element, style: str | None = None, properties: Iterable[Element] = ()) -> Element:
    """A paragraph; `properties` follow the style in `w:pPr`, in the order the schema asks."""
    p = w("p")
    held = [*([w("pStyle", val=style)] if style else []), *properties]
    if held:
        p.append(w("pPr", *held))
    p.extend(children)
    return p


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made a tracked change or comment, and when."""

    author: str
    date: str
    """ISO date and time in UTC."""


@dataclass(slots=True)
class Identifiers:
    """Numbers for annotations: unique in the document, handed out in order."""

    last: int = 0

    def next(self) -> int:
        """The next number, from 1."""
        self.last += 1
        return self.last


@dataclass(frozen=True, slots=True)
class Mark:
    """Something between two characters: a note reference, the begin or end of a comment."""

    position: int
    order: int
    """Among marks at one position: what ends (0) precedes what stands (1) precedes what begins (2)."""

    elements: tuple[Element, ...]


@dataclass(slots=True)
class MarkedText:
    """A text with marks, and with its history where changes are tracked.

    Positions count characters of the text as it is now; deleted stretches take no place.
    """

    stretches: list[tuple[Operation, str]]
    marks: list[Mark] = field(default_factory=list)
    style: str | None = None
    """Character style of all of it."""

    @classmethod
    def plain(cls, text: str) -> MarkedText:
        """A text without history."""
        return cls([("equal", text)])

    @property
    def length(self) -> int:
        """Characters of the text as it is now."""
        return sum(len(text) for operation, text in self.stretches if operation != "delete")

    def mark(self, position: int, order: int, *elements: Element) -> None:
        """Puts `elements` at `position`, moved inside the text where it lies outside."""
        self.marks.append(Mark(min(max(position, 0), self.length), order, elements))

    @property
    def has_lines(self) -> bool:
        """Whether every line can be a paragraph of its own: no line break was added or taken away by itself."""
        if len(self.stretches) == 1:
            return True
        return not any("\n" in text for operation, text in self.stretches if operation != "equal")

    def runs(self, tracked: Tracked) -> list[Element]:
        """The runs and marks in order; `tracked` wraps inserted and deleted runs."""
        return [element for element in self._walk(tracked, by_line=False) if element is not None]

    def lines(self, tracked: Tracked) -> list[list[Element]]:
        """The same line by line; line breaks themselves are left out."""
        lines: list[list[Element]] = [[]]
        for element in self._walk(tracked, by_line=True):
            if element is None:
                lines.append([])
            else:
                lines[-1].append(element)
        return lines

    def _walk(self, tracked: Tracked, *, by_line: bool) -> Iterator[Element | None]:
        """Runs and marks; None stands for a line break where `by_line`."""
        marks = sorted(self.marks, key=lambda mark: (mark.position, mark.order))
        at = index = 0
        for operation, text in self.stretches:
            if operation == "delete":
                yield tracked(operation, text_run(text, deleted=True, style=self.style))
                continue
            begin = 0
            # Marks at the very end of a stretch wait for the next one: a deletion then stands before them.
            while index < len(marks) and marks[index].position < at + len(text):
                cut = marks[index].position - at
                if cut > begin:
                    yield from self._wrapped(operation, text[begin:cut], tracked, by_line)
                    begin = cut
                yield from marks[index].elements
                index += 1
            if begin < len(text):
                yield from self._wrapped(operation, text[begin:], tracked, by_line)
            at += len(text)
        for mark in marks[index:]:
            yield from mark.elements

    def _wrapped(self, operation: Operation, text: str, tracked: Tracked, by_line: bool) -> Iterator[Element | None]:
        for number, piece in enumerate(text.split("\n") if by_line else [text]):
            if number:
                yield None
            if piece:
                run = text_run(piece, style=self.style)
                yield run if operation == "equal" else tracked(operation, run)
