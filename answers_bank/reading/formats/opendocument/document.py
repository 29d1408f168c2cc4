"""OpenDocument text (odt), as a word processor shows it: hidden text out, tables as grids, symbols as they look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.archive import Archive
from answers_bank.reading.formats.grids import Grid, Slot, elements_of, grid_of, holds_data, spans_of, without_rows
from answers_bank.reading.formats.list_numbers import counted
from answers_bank.reading.formats.markup import local, parse_xml
from answers_bank.reading.formats.opendocument.styles import TABLE, TEXT, OpenDocumentStyles
from answers_bank.reading.formats.symbol_fonts import in_font
from answers_bank.reading.mapped import Mark
from answers_bank.reading.notes.raised import RAISED
from embeddings.errors import InputError

_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "bookmark", "change"}
)
_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_REPEATED = 200
"""Repetitions of one row or cell that are believed; beyond that they fill a sheet and say nothing."""


def extract_odt(data: bytes, shown: str) -> Extract:
    """The text and blocks of an odt; raises InputError."""
    archive = Archive(data, shown)
    content = archive.read("content.xml")
    if content is None:
        raise InputError(f"{shown} is beschadigd: de inhoud ontbreekt.", "Vraag het bestand opnieuw op.")
    manifest = archive.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise InputError(f"{shown} is met een wachtwoord beveiligd.", "Bewaar het zonder wachtwoord.")
    styles = archive.read("styles.xml")
    reader = _OdtReader(
        parse_xml(content, shown, "content.xml"), parse_xml(styles, shown, "styles.xml") if styles else None
    )
    text, blocks, notes = reader.read()
    if not text.strip():
        raise InputError(f"{shown} bevat geen tekst.", "Kijk of het juiste bestand is gekozen.")
    return Extract(text, blocks, notes, Hints())


@dataclass(slots=True)
class _Line:
    """A paragraph, or the part of one up to a line break, while it is being read."""

    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    letters: int = 0
    bold_letters: int = 0

    def add(self, text: str, bold: bool) -> None:
        self.parts.append(text)
        self.length += len(text)
        count = len(text.replace(" ", ""))
        self.letters += count
        self.bold_letters += count * bold


class _OdtReader:
    def __init__(self, root: Any, styles: Any) -> None:
        self.builder = TextBuilder()
        self.root = root
        self.styles = OpenDocumentStyles([source for source in (styles, root) if source is not None])
        self.notes: list[tuple[str, str, str]] = []
        self.counts: dict[tuple[str, int], int] = {}
        """The last number of each list style and level."""

    def read(self) -> Any:
        body = next((e for e in self.root.iter() if local(e) == "text" and "office" in e.tag), None)
        if body is not None:
            self._blocks(body, 0)
        self.builder.gap()
        for system, mark, text in self.notes:
            self.builder.note(system, mark, text)
        return self.builder.finish()

    def _blocks(self, parent: Any, depth: int, **options: Any) -> None:
        if depth > 100:
            return
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(
                    element, depth, dict(options, role="heading") if name == "h" and not options else options
                )
            elif name == "list":
                self._list(element, depth, element.get(f"{TEXT}style-name", ""), 1)
            elif name == "table":
                self._table(element, depth)
            elif name and name not in _SKIPPED and not _hidden_section(element):
                self._blocks(element, depth + 1, **options)

    def _list(self, element: Any, depth: int, style: str, level: int) -> None:
        form, suffix = self.styles.list_form(style, level)
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        number = self.counts.get((style, level), 0) if goes_on else 0
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            given = item.get(f"{TEXT}start-value", "")
            number = int(given) if given.isdigit() and len(given) < 5 else number + 1
            self.counts[style, level] = number
            label = "•" if form == "•" else f"{counted(number, form)}{suffix}" if form else None
            for child in item:
                if local(child) == "list":
                    self._list(child, depth + 1, child.get(f"{TEXT}style-name", style), level + 1)
                elif local(child) in ("p", "h"):
                    self._paragraph(child, depth + 1, {"item": label} if label else {})
                    label = None

    def _paragraph(self, element: Any, depth: int, options: dict[str, Any]) -> None:
        lines = [_Line()]
        boxes: list[Any] = []
        if _hidden_paragraph(element):
            return
        self._inline(element, lines, self._inherited(element), boxes)
        for line in lines:
            self.builder.block("".join(line.parts), line.marks, bold=line.bold_letters * 2 > line.letters, **options)
        for box in boxes:
            self._blocks(box, depth + 1)

    def _inherited(self, element: Any) -> tuple[bool, bool, str | None]:
        """How a paragraph's style sets its text: bold, hidden, in a font of symbols."""
        name = element.get(f"{TEXT}style-name", "")
        return self.styles.bold(name), self.styles.hidden(name), self.styles.symbols(name)

    def _inline(
        self, element: Any, lines: list[_Line], inherited: tuple[bool, bool, str | None], boxes: list[Any]
    ) -> None:
        bold, hidden, font = inherited

        def add(text: str | None) -> None:
            if text and not hidden:
                line = lines[-1]
                if font is not None:
                    text = in_font(text, font, opens=line.length == 0)
                line.add(text, bold)

        add(element.text)
        for child in element:
            name = local(child)
            if name == "s":
                count = child.get(f"{TEXT}c", "1")
                add(" " * min(int(count) if count.isdigit() else 1, 200))
            elif name == "tab":
                add("\t")
            elif name == "line-break":
                lines.append(_Line())
            elif name == "note":
                if not hidden:
                    self._note(child, lines[-1])
            elif name == "frame":
                boxes.append(child)
            elif name == "hidden-text":
                if child.get(f"{TEXT}is-hidden") == "false":
                    add("".join(child.itertext()) or child.get(f"{TEXT}string-value"))
            elif name and name not in _SKIPPED:
                style = child.get(f"{TEXT}style-name", "") if name in ("span", "a") else ""
                inner = (
                    self.styles.bold(style, bold),
                    self.styles.hidden(style, hidden),
                    self.styles.symbols(style, font),
                )
                self._inline(child, lines, inner, boxes)
                shown = (child.text or "").strip()
                if style and shown.isdigit() and len(shown) < 4 and not len(child) and self.styles.raised(style):
                    lines[-1].marks.append((lines[-1].length, RAISED, shown))
            add(child.tail)

    def _note(self, note: Any, line: _Line) -> None:
        system = "note" if note.get(f"{TEXT}note-class", "footnote") == "footnote" else "endnote"
        citation = next((e for e in note if local(e) == "note-citation"), None)
        body = next((e for e in note if local(e) == "note-body"), None)
        mark = "".join(citation.itertext()).strip() if citation is not None else ""
        mark = mark or str(sum(1 for other in self.notes if other[0] == system) + 1)
        number = len(self.notes)
        self.notes.append((system, mark, ""))
        text = self._one_line(body.iter(f"{TEXT}p"))[0] if body is not None else ""
        del self.notes[number + 1 :]  # a note inside a note is none
        self.notes[number] = (system, mark, text)
        line.marks.append((line.length, system, mark))

    def _one_line(self, paragraphs: Iterable[Any]) -> tuple[str, list[Mark]]:
        """The paragraphs on one line, and the places of the note marks in it."""
        text = ""
        marks: list[Mark] = []
        for paragraph in paragraphs:
            if _hidden_paragraph(paragraph):
                continue
            lines = [_Line()]
            self._inline(paragraph, lines, self._inherited(paragraph), [])
            for line in lines:
                piece = "".join(line.parts)
                text += " " if text and piece.strip() else ""
                marks += [(len(text) + position, system, mark) for position, system, mark in line.marks]
                text += piece
        return text, marks

    def _table(self, table: Any, depth: int) -> None:
        grid = self._grid(table)
        seen = len(self.notes)
        cells = [[self._one_line(_paragraphs_of(slot)) if slot else ("", []) for slot in row] for row in grid]
        texts = [
            [["".join(p.itertext()) for p in _paragraphs_of(slot)] if slot else [] for slot in row] for row in grid
        ]
        self.builder.gap()
        if holds_data(texts):
            number = self.builder.table()
            blank = [not any(text.strip() for text, _ in row) for row in cells]
            kept = (row for row, empty in zip(cells, blank, strict=True) if not empty)
            for row, content in zip(without_rows(grid, blank), kept, strict=True):
                self._row(row, content, number)
        else:
            del self.notes[seen:]  # looked at only
            for element in elements_of(grid):
                self._blocks(element, depth + 1)
        self.builder.gap()

    def _grid(self, table: Any) -> Grid:
        hidden = _hidden_columns(table)
        rows: list[list[Slot]] = []
        for row in _rows(table):
            slots: list[Slot] = []
            at = 0
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                repeated = _count(cell, "number-columns-repeated")
                blank = not "".join(cell.itertext()).strip()
                if repeated > _MOST_REPEATED:
                    break  # the rest of a sheet
                if local(cell) == "table-cell":
                    across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
                    for copy in range(repeated):
                        gone = sum(column in hidden for column in range(at + copy, at + copy + across))
                        if gone < across:
                            column = at + copy - sum(other < at + copy for other in hidden)
                            slots.append(Slot(None if blank else cell, across - gone, down, column))
                at += repeated
            repeated = _count(row, "number-rows-repeated")
            rows += [slots] * (repeated if repeated <= _MOST_REPEATED else 1)
        return grid_of(rows)

    def _row(self, row: list[Slot | None], content: list[tuple[str, list[Mark]]], table: int) -> None:
        marks: list[Mark] = []
        done = 0
        for text, noted in content:
            marks += [(done + position, system, mark) for position, system, mark in noted]
            done += len(text) + 1
        self.builder.row([text for text, _ in content], marks, role="row", table=table, spans=spans_of(row))


def _hidden_section(element: Any) -> bool:
    """Whether a section is not shown: hidden outright, or by a condition that holds."""
    display = element.get(f"{TEXT}display")
    return bool(display == "none" or (display == "condition" and element.get(f"{TEXT}is-hidden") != "false"))


def _hidden_paragraph(paragraph: Any) -> bool:
    """Whether a field in the paragraph hides it."""
    return any(element.get(f"{TEXT}is-hidden") != "false" for element in paragraph.iter(f"{TEXT}hidden-paragraph"))


def _rows(parent: Any) -> Iterator[Any]:
    """The rows of a table that are shown, without those of the tables inside it."""
    for child in parent:
        if child.get(f"{TABLE}visibility") in ("collapse", "filter"):
            continue
        if local(child) == "table-row":
            yield child
        elif local(child) in _ROW_GROUPS and child.get(f"{TABLE}display") != "false":
            yield from _rows(child)


def _hidden_columns(table: Any) -> frozenset[int]:
    hidden: set[int] = set()
    at = 0
    for column in table.iter(f"{TABLE}table-column"):
        repeated = min(_count(column, "number-columns-repeated"), _MOST_REPEATED)
        if column.get(f"{TABLE}visibility") in ("collapse", "filter"):
            hidden.update(range(at, at + repeated))
        at += repeated
    return frozenset(hidden)


def _paragraphs_of(slot: Slot) -> list[Any]:
    """The paragraphs of a cell; those of a note inside it are taken with their note."""
    found = slot.paragraphs(f"{TEXT}p", f"{TEXT}h")
    return [p for p in found if next(p.iterancestors(f"{TEXT}note"), None) is None]


def _count(element: Any, name: str) -> int:
    value = element.get(f"{TABLE}{name}", "1")
    return max(1, int(value)) if value.isdigit() and len(value) < 7 else 1
