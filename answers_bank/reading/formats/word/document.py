"""Word documents (docx), as Word shows them: inserted text in, deleted text out, text boxes once, numbers resolved."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any

from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.archive import Archive
from answers_bank.reading.formats.markup import local, parse_xml
from answers_bank.reading.formats.word.numbering import Numbering
from answers_bank.reading.formats.word.styles import Styles
from answers_bank.reading.mapped import Mark
from answers_bank.reading.structure.headings import read_heading
from answers_bank.reading.structure.question_tables import holds_questions
from embeddings.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NO_TEXT = (
    "Fallback annotationRef commentReference continuationSeparator del delText endnoteRef footnoteRef "
    "instrText moveFrom oMathParaPr pPr pict proofErr rPr sdtEndPr sdtPr sectPr separator tblGrid tblPr "
    "tcPr trPr"
)
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
        self.styles = Styles(self._part("word/styles.xml"), W)
        # Parts that the text does not use are not parsed; most documents have them all.
        lists = b"numPr" in document or self.styles.numbered
        self.numbering = Numbering(self._part("word/numbering.xml") if lists else None, W)
        self.footnotes = self._note_bodies("word/footnotes.xml", "footnote") if b"footnoteReference" in document else {}
        self.endnotes = self._note_bodies("word/endnotes.xml", "endnote") if b"endnoteReference" in document else {}
        self.used: list[tuple[str, str, Any]] = []
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
                self._table(element)
            elif name not in _SKIPPED:
                self._blocks(element)  # sdt, sdtContent, ins, customXml, AlternateContent, Choice
        self.depth -= 1

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(f"{W}pPr")
        style_bold = self.styles.paragraph_bold(properties)
        lines = [_Line()]
        boxes: list[Any] = []
        self._inline(paragraph, lines, style_bold, boxes)
        item = (
            self.numbering.label(properties, self.styles) if any("".join(line.text).strip() for line in lines) else None
        )
        for index, line in enumerate(lines):
            text = "".join(line.text)
            options: dict[str, Any] = {"bold": line.bold}
            if index == 0 and item is not None:
                options["item"] = item
            self.builder.block(text, line.marks, **options)
        for box in boxes:
            self._blocks(box)

    def _inline(self, parent: Any, lines: list[_Line], bold: bool, boxes: list[Any]) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, lines, self.styles.run_bold(element.find(f"{W}rPr"), bold), boxes)
            elif name in ("AlternateContent", "drawing"):
                boxes.extend(_text_boxes(element))
            elif name not in _SKIPPED:
                if element.text and name == "t" and not element.tag.startswith(W):
                    lines[-1].add(element.text, bold)  # formulas keep their letters
                self._inline(element, lines, bold, boxes)

    def _run(self, run: Any, lines: list[_Line], bold: bool, boxes: list[Any]) -> None:
        for element in run:
            name = local(element)
            line = lines[-1]
            if name == "t":
                line.add(element.text or "", bold)
            elif name in _DASHES:
                line.add(_DASHES[name], bold)
            elif name in ("br", "cr"):
                lines.append(_Line())
            elif name == "sym":
                line.add("•" if line.length == 0 else "", bold)
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
        paragraphs = [element] if local(element) == "p" else list(element.iter(f"{W}p"))
        texts = []
        for paragraph in paragraphs:
            lines = [_Line()]
            self._inline(paragraph, lines, False, [])
            texts.append(" ".join("".join(line.text) for line in lines))
        return " ".join(texts)

    def _row(self, cells: list[Any]) -> None:
        """A row of data: each cell on one line, with its note marks in their place."""
        texts: list[str] = []
        marks: list[tuple[int, str, str]] = []
        done = 0
        for cell in cells:
            text = ""
            for paragraph in cell.iter(f"{W}p"):
                lines = [_Line()]
                self._inline(paragraph, lines, False, [])
                for line in lines:
                    piece = "".join(line.text)
                    text += " " if text and piece.strip() else ""
                    marks += [(done + len(text) + position, system, mark) for position, system, mark in line.marks]
                    text += piece
            texts.append(text)
            done += len(text) + 1
        self.builder.row(texts, marks, role="row")

    def _table(self, table: Any) -> None:
        rows = [
            [cell for cell in row.iter(f"{W}tc") if _owner(cell, "tr") is row]
            for row in table.iter(f"{W}tr")
            if _owner(row, "tbl") is table
        ]
        used = len(self.used)
        texts = [[[self._plain(p) for p in cell.iter(f"{W}p")] for cell in cells] for cells in rows]
        del self.used[used:]  # looked at only: the notes are numbered where the text is taken
        self.builder.gap()
        if _is_data(texts):
            for cells in rows:
                self._row(cells)
        else:
            for cells in rows:
                for cell in cells:
                    self._blocks(cell)
        self.builder.gap()

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


def _owner(element: Any, name: str) -> Any:
    return next((up for up in element.iterancestors() if local(up) == name), None)


def _is_data(texts: list[list[list[str]]]) -> bool:
    """Whether a table holds data (rows of short cells) and no layout: letterhead, or a whole document in cells."""
    filled = [[cell for cell in cells if any(p.strip() for p in cell)] for cells in texts]
    rows = [cells for cells in filled if cells]
    if holds_questions([[" ".join(filter(str.strip, cell)) for cell in cells] for cells in texts]):
        return True
    if len(rows) < 2 or sum(len(cells) >= 2 for cells in rows) < 2:
        return False
    for cells in rows:
        for cell in cells:
            lines = [p for p in cell if p.strip()]
            if len(lines) > 12 or any(read_heading(p.strip()) for p in lines):
                return False
    return True
