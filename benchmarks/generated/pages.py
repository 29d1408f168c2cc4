"""The document as PDF, by reportlab or by LibreOffice, and as the text that programs take out of one."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from benchmarks.generated.model import Drawn, Grid, Line, Piece, Text
from benchmarks.generated.shown import mark_shown, note_lines

_FONTS = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}


@dataclass
class _Word:
    text: str
    raised: bool = False
    glued: bool = False
    """No space stands before it."""

    note: str = ""
    bold: bool = False


@dataclass
class _Row:
    """A line on paper."""

    words: list[_Word]
    indent: float = 0.0
    above: float = 0.0
    spaced: float = 0.0
    hanging: str = ""
    cells: list[tuple[float, float, str]] = field(default_factory=list)
    """Left, width and text of the cells of a row of a table."""

    notes: list[str] = field(default_factory=list)


def pdf(drawn: Drawn, chance: random.Random) -> bytes:
    """Pages with footnotes, heads and feet, numbers of lines, letter-spaced headings."""
    from reportlab.pdfgen.canvas import Canvas

    font = chance.choice(list(_FONTS))
    layout = drawn.layout
    height, width = layout.page_height, 595
    left, right = chance.choice([57, 71, 85]), chance.choice([57, 71, 120])
    size, leading = layout.size, layout.size * chance.choice([1.2, 1.3, 1.45])
    gap = leading * chance.choice([0.5, 0.8, 1.0])
    measure = width - left - right
    rows: list[_Row] = []
    for line in drawn.lines:
        rows += _table_rows(line, measure, gap) if isinstance(line, Grid) else _rows(line, drawn, font, measure, gap)
    for index, text in enumerate(note_lines(drawn)):
        rows += _rows(Line("notes" if index else "notes heading", (Piece(text),)), drawn, font, measure, gap)
    bodies = {mark: _broken(f"{mark} {text}", font, size - 2, measure) for mark, text in drawn.notes}
    sheets = _sheets(rows, bodies, height - 140, leading, size)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height))
    counted = 0
    for number, (sheet, notes) in enumerate(sheets, 1):
        _furniture(canvas, layout.head, layout.foot, number, len(sheets), left, height, font)
        y = height - 70.0
        for position, row in enumerate(sheet):
            y -= row.above if position else 0
            counted += 1
            if layout.line_numbers and counted % layout.line_numbers == 0:
                canvas.setFont(font, 7)
                canvas.drawString(left - 30, y, str(counted))
            _set_row(canvas, row, left, y, font, size, leading)
            y -= leading
        y = 70.0 + sum(len(bodies[mark]) for mark in notes) * (size - 1) - (size - 1)
        if notes:
            canvas.line(left, y + size + 3, left + 140, y + size + 3)
        for mark in notes:
            for index, said in enumerate(bodies[mark]):
                canvas.setFont(font, size - 2)
                if index == 0:
                    canvas.setFont(font, size - 4)
                    canvas.drawString(left, y + 2, mark)
                    shift = canvas.stringWidth(mark, font, size - 4) + 2
                    canvas.setFont(font, size - 2)
                    canvas.drawString(left + shift, y, said[len(mark) :].lstrip())
                else:
                    canvas.drawString(left, y, said)
                y -= size - 1
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _furniture(
    canvas: object, head: str, foot: str, page: int, pages: int, left: float, height: float, font: str
) -> None:
    canvas.setFont(font, 8)  # type: ignore[attr-defined]
    canvas.drawString(left, height - 40, head.format(page=page, pages=pages))  # type: ignore[attr-defined]
    canvas.drawString(left, 34, foot.format(page=page, pages=pages))  # type: ignore[attr-defined]


def _width(text: str, font: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))


def _rows(line: Line, drawn: Drawn, font: str, measure: float, gap: float) -> list[_Row]:
    heading = line.role.endswith("heading") and not line.role.startswith("notes")
    bold = drawn.layout.bold and (heading or line.role == "question") and not line.role.startswith("notes")
    face = _FONTS[font] if bold else font
    size = drawn.layout.size
    indent = 18.0 if line.role == "item" else 0.0
    words = _words(line.text, drawn, bold)
    rows: list[_Row] = []
    current: list[_Word] = []
    used = 0.0
    for word in words:
        wide = _width(word.text, face, size - 3 if word.raised else size)
        space = 0.0 if word.glued else _width(" ", face, size)
        if current and not word.glued and used + space + wide > measure - indent:
            rows.append(_Row(current, indent))
            current, used = [], 0.0
        used += (space if current else 0.0) + wide
        current.append(word)
    rows.append(_Row(current, indent))
    rows[0].above = 0.0 if line.role in ("item", "notes", "closing") else gap
    rows[0].hanging = drawn.layout.bullet if line.role == "item" else ""
    for row in rows:
        row.notes = [word.note for word in row.words if word.note]
        row.spaced = drawn.layout.spaced if heading else 0.0
    return rows


def _words(text: Text, drawn: Drawn, bold: bool) -> list[_Word]:
    words: list[_Word] = []
    open_end = False
    """Whether the next word is glued to the one before."""
    for piece in text:
        if piece.kind == "note":
            if drawn.layout.mark_style == "1":
                on_page = drawn.layout.note_style == "page"
                words.append(_Word(piece.text, True, True, piece.text if on_page else ""))
            else:
                words += [_Word(part, bold=bold) for part in mark_shown(piece.text, drawn.layout).split()]
            open_end = True
            continue
        parts = piece.text.split(" ")
        for index, part in enumerate(parts):
            if part:
                words.append(_Word(part, glued=index == 0 and open_end, bold=bold))
        open_end = not piece.text.endswith(" ")
    return words


def _broken(text: str, font: str, size: float, measure: float) -> list[str]:
    lines, current = [], ""
    for word in text.split(" "):
        longer = f"{current} {word}" if current else word
        if current and _width(longer, font, size) > measure:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current]


def _table_rows(grid: Grid, measure: float, gap: float) -> list[_Row]:
    columns = max(sum(cell.columns for cell in row) for row in grid.rows)
    wide = measure / columns
    rows = []
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(grid.rows):
        made = _Row([], above=gap if y == 0 else 4.0)
        x = 0
        for cell in row:
            while (y, x) in covered:
                x += 1
            made.cells.append((x * wide, cell.columns * wide, cell.text))
            covered |= {(y + dy, x + dx) for dy in range(cell.rows) for dx in range(cell.columns)}
            x += cell.columns
        rows.append(made)
    return rows


def _sheets(
    rows: list[_Row], bodies: Mapping[str, list[str]], room: float, leading: float, size: float
) -> list[tuple[list[_Row], list[str]]]:
    sheets: list[tuple[list[_Row], list[str]]] = []
    sheet: list[_Row] = []
    notes: list[str] = []
    used = 0.0
    for row in rows:
        needs = (row.above if sheet else 0) + leading + sum(len(bodies[mark]) for mark in row.notes) * (size - 1)
        needs += 8 if row.notes and not notes else 0
        if sheet and used + needs > room:
            sheets.append((sheet, notes))
            sheet, notes, used = [], [], 0.0
        sheet.append(row)
        notes += row.notes
        used += needs
    return [*sheets, (sheet, notes)]


def _set_row(canvas: object, row: _Row, left: float, y: float, font: str, size: float, leading: float) -> None:
    draw = canvas.drawString  # type: ignore[attr-defined]
    set_font = canvas.setFont  # type: ignore[attr-defined]
    if row.cells:
        set_font(font, size)
        for x, wide, text in row.cells:
            canvas.rect(left + x, y - 3, wide, leading + 4)  # type: ignore[attr-defined]
            draw(left + x + 3, y, text)
        return
    x = left + row.indent
    if row.hanging:
        private = ord(row.hanging[0]) > 0xE000
        set_font(_symbol_font() if private else font, size)
        draw(left + row.indent - 12, y, row.hanging)
    run, run_bold, begin = "", False, x
    for index, word in enumerate(row.words):
        face = _FONTS[font] if word.bold else font
        lead = "" if word.glued or index == 0 else " "
        if word.raised:
            x = _flush(canvas, run, begin, y, _FONTS[font] if run_bold else font, size, row.spaced)
            set_font(font, size - 3)
            draw(x, y + size / 3, word.text)
            begin = x + _width(word.text, font, size - 3)
            run = ""
            continue
        run, run_bold = run + lead + word.text, word.bold
    _flush(canvas, run, begin, y, face if row.words and not row.words[-1].raised else font, size, row.spaced)


def _flush(canvas: object, run: str, x: float, y: float, face: str, size: float, spaced: float) -> float:
    if not run:
        return x
    text = canvas.beginText(x, y)  # type: ignore[attr-defined]
    text.setFont(face, size)
    text.setCharSpace(spaced)
    text.textOut(run)
    canvas.drawText(text)  # type: ignore[attr-defined]
    return x + _width(run, face, size) + spaced * len(run)


@lru_cache(maxsize=1)
def _symbol_font() -> str:
    """A font that can hold a character of the private range."""
    import reportlab
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    return "Vera"


def office_pdfs(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The PDF that LibreOffice makes of each of these files, by name without suffix; empty where it is not there."""
    office = shutil.which("soffice")
    if office is None or not files:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        names = [str(Path(folder) / name) for name in files]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        for start in range(0, len(names), 40):
            command = [
                office,
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                f"{folder}/out",
                *names[start : start + 40],
            ]
            subprocess.run(command, capture_output=True, check=False, timeout=600)
        return {path.stem: path.read_bytes() for path in Path(folder, "out").glob("*.pdf")}


def _by_pdftotext(*options: str) -> Callable[[bytes], str]:
    def text(data: bytes) -> str:
        command = ["pdftotext", *options, "-enc", "UTF-8", "-", "-"]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode("utf8")

    return text


def _by_pypdf(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _by_pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(data)))


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "pdftotext": _by_pdftotext(),
    "pdftotext layout": _by_pdftotext("-layout"),
    "pypdf": _by_pypdf,
    "pdfminer": _by_pdfminer,
}
