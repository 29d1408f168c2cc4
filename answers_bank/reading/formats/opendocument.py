"""OpenDocument text (odt)."""

from __future__ import annotations

from typing import Any

from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.archive import Archive
from answers_bank.reading.formats.markup import local, parse_xml
from answers_bank.reading.mapped import Mark
from answers_bank.reading.structure.question_tables import holds_questions
from embeddings.errors import InputError

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "bookmark", "change"}
)


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


class _OdtReader:
    def __init__(self, root: Any, styles: Any) -> None:
        self.builder = TextBuilder()
        self.root = root
        self.bold: dict[str, bool] = {}
        self.formats: dict[tuple[str, int], tuple[str, str]] = {}
        self.notes: list[tuple[str, str, str]] = []
        self.counts: dict[tuple[str, int], int] = {}
        """The last number of each list style and level."""
        for source in (styles, root):
            if source is not None:
                self._collect(source)

    def _collect(self, source: Any) -> None:
        for style in source.iter(f"{_STYLE}style"):
            properties = style.find(f"{_STYLE}text-properties")
            weight = properties.get(f"{_FO}font-weight") if properties is not None else None
            parent = self.bold.get(style.get(f"{_STYLE}parent-style-name", ""), False)
            self.bold[style.get(f"{_STYLE}name", "")] = (
                parent if weight is None else weight in ("bold", "600", "700", "800", "900")
            )
        for listing in source.iter(f"{_TEXT}list-style"):
            for level in listing:
                depth = level.get(f"{_TEXT}level", "1")
                form = level.get(f"{_STYLE}num-format", "") if local(level) == "list-level-style-number" else "•"
                key = (listing.get(f"{_STYLE}name", ""), int(depth) if depth.isdigit() else 1)
                self.formats[key] = (form, level.get(f"{_STYLE}num-suffix", "."))

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
                self._list(element, depth, element.get(f"{_TEXT}style-name", ""), 1)
            elif name == "table":
                self._table(element, depth)
            elif name and name not in _SKIPPED:
                self._blocks(element, depth + 1, **options)

    def _list(self, element: Any, depth: int, style: str, level: int) -> None:
        form, suffix = self.formats.get((style, level), ("•", ""))
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
        number = self.counts.get((style, level), 0) if goes_on else 0
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            given = item.get(f"{_TEXT}start-value", "")
            number = int(given) if given.isdigit() and len(given) < 5 else number + 1
            self.counts[style, level] = number
            label = "•" if form == "•" else f"{_counted(number, form)}{suffix}" if form else None
            for child in item:
                if local(child) == "list":
                    self._list(child, depth + 1, child.get(f"{_TEXT}style-name", style), level + 1)
                elif local(child) in ("p", "h"):
                    self._paragraph(child, depth + 1, {"item": label} if label else {})
                    label = None

    def _paragraph(self, element: Any, depth: int, options: dict[str, Any]) -> None:
        lines: list[tuple[list[str], list[Mark], list[int]]] = [([], [], [0, 0])]
        boxes: list[Any] = []
        self._inline(element, lines, self.bold.get(element.get(f"{_TEXT}style-name", ""), False), boxes)
        for parts, marks, weights in lines:
            self.builder.block("".join(parts), marks, bold=weights[1] > weights[0], **options)
        for box in boxes:
            self._blocks(box, depth + 1)

    def _inline(
        self, element: Any, lines: list[tuple[list[str], list[Mark], list[int]]], bold: bool, boxes: list[Any]
    ) -> None:
        def add(text: str | None) -> None:
            if text:
                lines[-1][0].append(text)
                lines[-1][2][bold] += len(text.replace(" ", ""))

        add(element.text)
        for child in element:
            name = local(child)
            if name == "s":
                count = child.get(f"{_TEXT}c", "1")
                add(" " * min(int(count) if count.isdigit() else 1, 200))
            elif name == "tab":
                add("\t")
            elif name == "line-break":
                lines.append(([], [], [0, 0]))
            elif name == "note":
                self._note(child, lines[-1])
            elif name == "frame":
                boxes.append(child)
            elif name and name not in _SKIPPED:
                self._inline(child, lines, self.bold.get(child.get(f"{_TEXT}style-name", ""), bold), boxes)
            add(child.tail)

    def _note(self, note: Any, line: tuple[list[str], list[Mark], list[int]]) -> None:
        system = "note" if note.get(f"{_TEXT}note-class", "footnote") == "footnote" else "endnote"
        citation = next((e for e in note if local(e) == "note-citation"), None)
        body = next((e for e in note if local(e) == "note-body"), None)
        mark = "".join(citation.itertext()).strip() if citation is not None else ""
        mark = mark or str(sum(1 for other in self.notes if other[0] == system) + 1)
        text = " ".join("".join(p.itertext()) for p in body.iter(f"{_TEXT}p")) if body is not None else ""
        self.notes.append((system, mark, text))
        line[1].append((sum(map(len, line[0])), system, mark))

    def _table(self, table: Any, depth: int) -> None:
        rows = [row for row in table.iter() if local(row) == "table-row"]
        cells = [[cell for cell in row if local(cell) == "table-cell"] for row in rows]
        seen = len(self.notes)
        texts = [[self._cell(cell)[0] for cell in row] for row in cells]
        del self.notes[seen:]  # looked at only
        self.builder.gap()
        filled = [[text for text in row if text] for row in texts]
        data = sum(len(row) > 1 for row in filled) >= 2 and all(len(text) < 400 for row in filled for text in row)
        if data or holds_questions(texts):
            for row in cells:
                self._row(row)
        else:
            for row in cells:
                for cell in row:
                    self._blocks(cell, depth + 1)
        self.builder.gap()

    def _cell(self, cell: Any) -> tuple[str, list[Mark]]:
        """The text of a cell on one line, and its note marks."""
        text = ""
        marks: list[Mark] = []
        # The paragraphs of a note inside the cell are taken with their note.
        inner = [
            p for p in cell.iter(f"{_TEXT}p", f"{_TEXT}h") if not any(local(up) == "note" for up in p.iterancestors())
        ]
        for paragraph in inner:
            lines: list[tuple[list[str], list[Mark], list[int]]] = [([], [], [0, 0])]
            self._inline(paragraph, lines, False, [])
            for parts, noted, _ in lines:
                piece = "".join(parts)
                text += " " if text and piece.strip() else ""
                marks += [(len(text) + position, system, mark) for position, system, mark in noted]
                text += piece
        return text, marks

    def _row(self, cells: list[Any]) -> None:
        texts: list[str] = []
        marks: list[Mark] = []
        done = 0
        for cell in cells:
            text, noted = self._cell(cell)
            marks += [(done + position, system, mark) for position, system, mark in noted]
            texts.append(text)
            done += len(text) + 1
        self.builder.row(texts, marks, role="row")


def _counted(number: int, form: str) -> str:
    if form in ("a", "A"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "a" else letter.upper()
    if form in ("i", "I"):
        roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"][(number - 1) % 12]
        return roman if form == "i" else roman.upper()
    return str(number)
