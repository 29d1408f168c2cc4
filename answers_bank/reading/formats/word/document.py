"""Word documents (docx), as Word shows them: inserted text in, deleted text out, text boxes once, numbers resolved."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.archive import Archive
from answers_bank.reading.formats.grids import Slot, elements_of, holds_data, spans_of, without_rows
from answers_bank.reading.formats.markup import local, parse_xml
from answers_bank.reading.formats.symbol_fonts import in_font
from answers_bank.reading.formats.word.numbering import Numbering
from answers_bank.reading.formats.word.shown import W, joins_next, symbol
from answers_bank.reading.formats.word.styles import Properties, ReadStyles
from answers_bank.reading.formats.word.tables import table_grid
from answers_bank.reading.mapped import Mark
from answers_bank.reading.notes.raised import RAISED
from embeddings.errors import InputError

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NO_TEXT = (
    "Fallback annotationRef commentReference continuationSeparator del delText endnoteRef footnoteRef "
    "instrText moveFrom oMathParaPr pPr pict proofErr rPr sdtEndPr sdtPr sectPr separator tblGrid tblPr "
    "tcPr trPr"
)
_RUN_PROPERTIES = f"{W}rPr"
_SKIPPED = frozenset(_NO_TEXT.split())
_DASHES = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "tab": "\t", "ptab": "\t"}


@dataclass(slots=True)
class _Line:
    """A paragraph, or the part of one up to a line break, while it is being read."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    letters: int = 0
    bold_letters: int = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, text: str, bold: bool) -> None:
        self.text.append(text)
        self.length += len(text)
        count = len(text.replace(" ", ""))
        self.letters += count
        self.bold_letters += count * bold

    @property
    def bold(self) -> bool | None:
        return self.bold_letters * 2 > self.letters if self.letters else None


def extract_docx(data: bytes, shown: str) -> Extract:
    """The text and blocks of a docx; raises InputError."""
    return _DocxReader(Archive(data, shown), shown).read()


class _DocxReader:
    def __init__(self, archive: Archive, shown: str) -> None:
        self.archive, self.shown = archive, shown
        self.builder = TextBuilder()
        document = archive.read("word/document.xml") or b""
        self.styles = ReadStyles(self._part("word/styles.xml"), W)
        # Parts that the text does not use are not parsed; most documents have them all.
        lists = b"numPr" in document or self.styles.numbered
        self.numbering = Numbering(self._part("word/numbering.xml") if lists else None, W)
        self.footnotes = self._note_bodies("word/footnotes.xml", "footnote") if b"footnoteReference" in document else {}
        self.endnotes = self._note_bodies("word/endnotes.xml", "endnote") if b"endnoteReference" in document else {}
        self.used: list[tuple[str, str, Any]] = []
        self.held: list[_Line] | None = None
        """The lines of a paragraph that goes on in the next one."""
        self.depth = 0

    def read(self) -> Extract:
        root = self._part("word/document.xml", needed=True)
        body = root.find(f"{W}body")
        if body is None:
            raise InputError(
                f"{self.shown} is beschadigd: het document heeft geen inhoud.", "Vraag het bestand opnieuw op."
            )
        self._headers(root)
        self._blocks(body)
        self.builder.gap()
        noted, self.footnotes, self.endnotes = self.used, {}, {}  # a note that cites a note, itself even, ends here
        for system, mark, element in noted:
            self.builder.note(system, mark, self._plain(element))
        text, blocks, notes = self.builder.finish()
        return Extract(text, blocks, notes, Hints(properties=self._properties()))

    def _part(self, name: str, needed: bool = False) -> Any:
        data = self.archive.read(name)
        if data is None:
            if needed:
                raise InputError(f"{self.shown} is beschadigd: {name} ontbreekt.", "Vraag het bestand opnieuw op.")
            return None
        if _STRICT in data[:4000]:
            data = data.replace(_STRICT, _TRANSITIONAL)
        return parse_xml(data, self.shown, name)

    def _headers(self, root: Any) -> None:
        """The letterhead: page headers may hold the date of the letter and nothing else does."""
        seen: set[str] = set()
        names = sorted(n for n in self.archive.names if n.startswith("word/header") and n.endswith(".xml"))
        for name in names[:12]:
            part = self._part(posixpath.normpath(name))
            for paragraph in part.iter(f"{W}p") if part is not None else ():
                if (
                    any(local(up) == "Fallback" for up in paragraph.iterancestors())
                    or paragraph.find(f".//{W}p") is not None
                ):
                    continue
                line = self._plain(paragraph)
                if line.strip() and line not in seen:
                    seen.add(line)
                    self.builder.block(line, role="letterhead")
        self.builder.gap()

    def _blocks(self, parent: Any) -> None:
        self.depth += 1
        if self.depth > 40:
            raise InputError(f"{self.shown} is te diep genest om te lezen.", "Bewaar het document opnieuw in Word.")
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._release()
                self._table(element)
            elif name not in _SKIPPED:
                self._blocks(element)  # sdt, sdtContent, ins, customXml, AlternateContent, Choice
        if local(parent) in ("body", "tc", "txbxContent"):
            self._release()
        self.depth -= 1

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(f"{W}pPr")
        lines, self.held = self.held or [_Line()], None
        boxes: list[Any] = []
        self._inline(paragraph, lines, self._inherited(properties), boxes)
        if joins_next(paragraph, self.styles):
            self.held = lines
        else:
            self._write(lines, properties)
        for box in boxes:
            held, self.held = self.held, None
            self._blocks(box)
            self.held = held

    def _release(self) -> None:
        """Write the paragraph that would go on in a next one, where none comes."""
        if self.held is not None:
            lines, self.held = self.held, None
            self._write(lines, None)

    def _write(self, lines: list[_Line], properties: Any) -> None:
        item = (
            self.numbering.label(properties, self.styles) if any("".join(line.text).strip() for line in lines) else None
        )
        for index, line in enumerate(lines):
            text = "".join(line.text)
            options: dict[str, Any] = {"bold": line.bold}
            if index == 0 and item is not None:
                options["item"] = item
            self.builder.block(text, line.marks, **options)

    def _inherited(self, properties: Any) -> tuple[bool, bool]:
        """Whether the runs of a paragraph are bold, and whether they are hidden, unless they say otherwise."""
        return self.styles.paragraph_bold(properties), self.styles.paragraph_hidden(properties)

    def _inline(self, parent: Any, lines: list[_Line], inherited: tuple[bool, bool], boxes: list[Any]) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                own = element.find(_RUN_PROPERTIES)
                properties = None if own is None else Properties(own)
                if not self.styles.run_hidden(properties, inherited[1]):
                    self._run(element, properties, lines, self.styles.run_bold(properties, inherited[0]), boxes)
            elif name in ("AlternateContent", "drawing"):
                boxes.extend(_text_boxes(element))
            elif name not in _SKIPPED:
                if element.text and name == "t" and not element.tag.startswith(W):
                    lines[-1].add(element.text, inherited[0])  # formulas keep their letters
                self._inline(element, lines, inherited, boxes)

    def _run(self, run: Any, properties: Any, lines: list[_Line], bold: bool, boxes: list[Any]) -> None:
        font = self.styles.run_symbols(properties)
        raised = self.styles.run_raised(properties)
        for element in run:
            name = local(element)
            line = lines[-1]
            if name == "t":
                text = in_font(element.text or "", font, line.length == 0)
                line.add(text, bold)
                if raised and text.strip().isdigit() and len(text.strip()) < 4:
                    line.marks.append((line.length - len(text) + len(text.rstrip()), RAISED, text.strip()))
            elif name in _DASHES:
                line.add(_DASHES[name], bold)
            elif name in ("br", "cr"):
                lines.append(_Line())
            elif name == "sym":
                line.add(symbol(element, line.length == 0), bold)
            elif name in ("footnoteReference", "endnoteReference"):
                self._reference(element, name, line)
            elif name in ("AlternateContent", "drawing", "pict", "object"):
                boxes.extend(_text_boxes(element))

    def _reference(self, element: Any, name: str, line: _Line) -> None:
        identity = element.get(f"{W}id", "")
        bodies = self.footnotes if name == "footnoteReference" else self.endnotes
        body = bodies.get(identity)
        if body is None:
            return
        system = "note" if name == "footnoteReference" else "endnote"
        mark = str(sum(1 for used in self.used if used[0] == system) + 1)
        self.used.append((system, mark, body))
        line.marks.append((line.length, system, mark))

    def _note_bodies(self, name: str, tag: str) -> dict[str, Any]:
        part = self._part(name)
        if part is None:
            return {}
        # Types other than None are the lines Word draws between text and notes.
        return {e.get(f"{W}id", ""): e for e in part.iter(f"{W}{tag}") if e.get(f"{W}type") in (None, "normal")}

    def _plain(self, element: Any) -> str:
        """The text of a note or header paragraph on one line."""
        return self._one_line([element] if local(element) == "p" else element.iter(f"{W}p"))[0]

    def _one_line(self, paragraphs: Iterable[Any]) -> tuple[str, list[Mark]]:
        """The paragraphs on one line, and the places of the note marks in it."""
        text = ""
        marks: list[Mark] = []
        joined = True
        for paragraph in paragraphs:
            lines = [_Line()]
            self._inline(paragraph, lines, self._inherited(paragraph.find(f"{W}pPr")), [])
            for index, line in enumerate(lines):
                piece = "".join(line.text)
                text += " " if text and piece.strip() and (index or not joined) else ""
                marks += [(len(text) + position, system, mark) for position, system, mark in line.marks]
                text += piece
            joined = joins_next(paragraph, self.styles)
        return text, marks

    def _table(self, table: Any) -> None:
        grid = table_grid(table)
        used = len(self.used)
        texts = [[[self._plain(p) for p in slot.paragraphs(f"{W}p")] if slot else [] for slot in row] for row in grid]
        del self.used[used:]  # looked at only: the notes are numbered where the text is taken
        self.builder.gap()
        if holds_data(texts):
            number = self.builder.table()
            for row in without_rows(grid, [not any(p.strip() for cell in row for p in cell) for row in texts]):
                self._row(row, number)
        else:
            for element in elements_of(grid):
                self._blocks(element)
        self.builder.gap()

    def _row(self, row: list[Slot | None], table: int) -> None:
        """A row of data: each cell on one line, with its note marks in their place."""
        texts: list[str] = []
        marks: list[Mark] = []
        done = 0
        for slot in row:
            text, noted = self._one_line(slot.paragraphs(f"{W}p")) if slot else ("", [])
            marks += [(done + position, system, mark) for position, system, mark in noted]
            texts.append(text)
            done += len(text) + 1
        self.builder.row(texts, marks, role="row", table=table, spans=spans_of(row))

    def _properties(self) -> dict[str, str]:
        data = self.archive.read("docProps/core.xml")
        if data is None:
            return {}
        try:
            core = parse_xml(data, self.shown, "docProps/core.xml")
        except InputError:
            return {}
        wanted = ("title", "subject", "created", "modified")
        return {local(e): " ".join(e.text.split()) for e in core if local(e) in wanted and e.text and e.text.strip()}


def _text_boxes(element: Any) -> list[Any]:
    """The contents of text boxes; the Fallback copy for older programs left out, inner ones with their outer one."""
    found = []
    for box in element.iter(f"{W}txbxContent"):
        ancestors = [local(up) for up in box.iterancestors()]
        inside = ancestors[: ancestors.index("txbxContent")] if "txbxContent" in ancestors else ancestors
        if "Fallback" not in ancestors and inside == ancestors:
            found.append(box)
    return found
