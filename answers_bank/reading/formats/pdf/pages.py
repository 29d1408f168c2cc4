"""PDF files with a text layer, read through their layout."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from answers_bank.documents import ReadWarning
from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.pdf.lines import Line, PageText
from answers_bank.reading.formats.pdf.tables import row_groups, split_cells
from answers_bank.reading.mapped import Mark
from answers_bank.reading.structure.furniture import is_furniture
from answers_bank.reading.structure.headings import read_heading
from answers_bank.reading.structure.paragraphs import is_item
from embeddings.errors import InputError

MOST_PAGES = 1500
LONGEST = 120.0
"""Seconds for one file; a set of answers takes a fraction of one."""

_LOCK = threading.Lock()  # PDFium is not safe for use from more than one thread
_ENDED = re.compile(r"[.?!:;…][\"'’”»)\]]*$")
_PAGE_NUMBER = re.compile(r"(?:Pagina\s*)?\d{1,4}(?:\s*(?:van|/)\s*\d{1,4})?$", re.IGNORECASE)
_NOTE = re.compile(r"\[?(\d{1,3})[\])]?\s*(?=\S)")


@dataclass(slots=True)
class _Page:
    lines: list[Line]
    notes: list[list[Line]] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)
    """Letterhead and colofon beside the text."""
    width: float = 0.0
    height: float = 0.0


def extract_pdf(data: bytes, shown: str) -> Extract:
    """The text and blocks of a PDF; raises InputError, also for a scan where no text recognition is installed."""
    with _LOCK:
        pages, title = _read_pages(data, shown)
    if _has_text(pages):
        return _compose(pages, title)
    from answers_bank.reading.formats.pdf.ocr import recognise

    recognised = recognise(data, shown)
    with _LOCK:
        pages, title = _read_pages(recognised, shown)
    if not _has_text(pages):
        raise InputError(
            f"{shown} bevat geen tekst, ook niet na tekstherkenning.", "Kijk of het juiste bestand is gekozen."
        )
    doubt = ReadWarning("ocr", "De tekst komt uit tekstherkenning (OCR); letters en cijfers kunnen fout zijn.")
    return replace(_compose(pages, title), warnings=(doubt,))


def _has_text(pages: Sequence[_Page]) -> bool:
    letters = sum(len(line.text) for page in pages for line in page.lines)
    return letters >= 200 or letters >= 20 * max(len(pages), 1)


def _read_pages(data: bytes, shown: str) -> tuple[list[_Page], str]:
    """The pages, and the title in the file's properties."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(f"{shown} is met een wachtwoord beveiligd.", "Bewaar het zonder wachtwoord.") from None
        raise InputError(f"{shown} is een beschadigde pdf.", "Vraag het bestand opnieuw op.") from None
    try:
        if len(document) > MOST_PAGES:
            raise InputError(
                f"{shown} telt {len(document)} bladzijden; gelezen worden er hoogstens {MOST_PAGES}.",
                "Splits het bestand.",
            )
        started = time.monotonic()
        pages = []
        for number in range(len(document)):
            if time.monotonic() - started > LONGEST:
                raise InputError(
                    f"{shown} lezen duurt te lang (na {number} bladzijden gestopt).", "Splits het bestand."
                )
            page = _read_page(document, number)
            if page is not None:
                pages.append(page)
        return pages, str(document.get_metadata_value("Title"))
    finally:
        document.close()


def _read_page(document: Any, number: int) -> _Page | None:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None  # one damaged page; the others are read
    text = PageText(page)
    try:
        return _Page(text.lines(), width=text.width, height=text.height)
    finally:
        text.close()
        page.close()


def _compose(pages: Sequence[_Page], title: str) -> Extract:
    body = _body_size(pages)
    right = _right_edge(pages, body)
    before: _Page | None = None
    for page in pages:
        _set_apart(page, body, right)
        _take_notes(page, body, before if before is not None and _breaks_off(before, right) else None)
        before = page
    leading = _leading(pages)
    noted = 0
    for page in pages:
        if not page.notes:
            _take_notes_below_gap(page, leading, noted)
        for note in page.notes:
            mark = _NOTE.match(note[0].text)
            noted = max(noted, int(mark[1])) if mark else noted
    builder = TextBuilder()
    aside: set[str] = set()
    for page in pages:
        for line in page.aside:
            if line.text not in aside and (page is pages[0] or not is_furniture(line.text)):
                aside.add(line.text)
                builder.block(line.text, role="letterhead")
    builder.gap()
    above: Line | None = None
    for number, page in enumerate(pages, 1):
        known = _marks_of(page)
        tables = row_groups(page.lines)
        tabled = 0
        for index, line in enumerate(page.lines):
            if index in tables:
                _table(builder, tables[index], known, number)
                tabled = index + sum(map(len, tables[index]))
            if index < tabled:
                above = line
                continue
            gap = above is not None and index > 0 and abs(above.y - line.y) > 1.45 * leading
            breaks = above is None or _breaks(above, line, gap, right)
            builder.block(
                *_line_text(line, known),
                bold=line.bold,
                wrapped=True,
                breaks=breaks,
                gap=gap or above is None,
                page=number,
            )
            above = line
    builder.gap()
    for page in pages:
        for note in page.notes:
            _note(builder, note)
    text, blocks, notes = builder.finish()
    return Extract(text, blocks, notes, Hints(properties={"title": title} if title.strip() else {}))


def _table(builder: TextBuilder, rows: Sequence[Sequence[Line]], known: frozenset[str], number: int) -> None:
    """The rows of a table, a tab between their cells."""
    builder.gap()
    for row in rows:
        texts: list[str] = []
        marks: list[Mark] = []
        done = 0
        for cell in (cell for line in row for cell in split_cells(line)):
            text, noted = _line_text(cell, known)
            marks += [(done + position, system, mark) for position, system, mark in noted]
            texts.append(text)
            done += len(text) + 1
        builder.row(texts, marks, role="row", bold=all(line.bold for line in row), page=number)
    builder.gap()


def _line_text(line: Line, known: frozenset[str]) -> tuple[str, list[Mark]]:
    """The line without its raised marks, and those marks."""
    text, marks, shift = line.text, [], 0
    for start, end in line.raised:
        mark = line.text[start:end]
        if not _is_mark(line, start, end, known):
            continue
        cut = start - shift
        text = text[:cut] + text[cut + end - start :]
        marks.append((cut, "note", mark))
        shift += end - start
    # A comma between two marks ("huis2,3") goes with them; spaces left over fold away later.
    return text + ("-" if line.hyphen else ""), marks


def _is_mark(line: Line, start: int, end: int, known: frozenset[str]) -> bool:
    """A raised number is a note's mark when the page has that note, or where no unit (m2, 10³) explains it."""
    if line.text[start:end] in known:
        return True
    before = line.text[:start]
    return not re.search(r"(?:\b(?:[kcdm]?m|10)|\d)$", before)


def _marks_of(page: _Page) -> frozenset[str]:
    return frozenset(match[1] for note in page.notes if (match := _NOTE.match(note[0].text)))


def _note(builder: TextBuilder, lines: Sequence[Line]) -> None:
    first = _NOTE.match(lines[0].text)
    assert first is not None
    parts = [lines[0].text[first.end() :], *(line.text for line in lines[1:])]
    text = ""
    for index, part in enumerate(parts):
        glued = index > 0 and (
            lines[index - 1].hyphen or (text.endswith(("/", "-", "_", "=", "?", "&")) and "/" in text[-80:])
        )
        text += ("-" if index > 0 and lines[index - 1].hyphen else "") + ("" if glued or not text else " ") + part
    builder.note("note", first[1], text)


def _body_size(pages: Sequence[_Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _right_edge(pages: Sequence[_Page], body: float) -> float:
    edges = sorted(line.x1 for page in pages for line in page.lines if abs(line.size - body) < 0.6)
    return edges[int(len(edges) * 0.95)] if edges else 500.0


def _leading(pages: Sequence[_Page]) -> float:
    """The usual distance between two lines."""
    steps: Counter[float] = Counter()
    for page in pages:
        for above, line in zip(page.lines, page.lines[1:], strict=False):
            step = round(above.y - line.y, 1)
            if 4 < step < 40:
                steps[step] += 1
    return steps.most_common(1)[0][0] if steps else 12.0


def _set_apart(page: _Page, body: float, right: float) -> None:
    """Furniture away; the colofon (small type in a column of its own) beside the text."""
    kept: list[Line] = []
    for line in page.lines:
        edge = line.y < 0.045 * page.height or line.y > 0.965 * page.height
        if is_furniture(line.text) or (edge and _PAGE_NUMBER.match(line.text)):
            page.aside.append(line)
            continue
        small = line.size < 0.85 * body
        if small and line.x0 > 0.66 * page.width:
            page.aside.append(line)
        elif line.text in ("1", "2") and line.size > 1.8 * body:
            continue  # the Chamber's number in the masthead
        else:
            kept.append(line)
    if (
        kept
        and _PAGE_NUMBER.match(kept[-1].text)
        and kept[-1].y < 0.1 * page.height
        and kept[-1].text.isdigit()
        and len(kept) > 3
    ):
        kept.pop()
    page.lines = kept


def _breaks_off(page: _Page, right: float) -> bool:
    """Whether the last note of a page goes on at the foot of the next: its last line is full and has not ended."""
    if not page.notes:
        return False
    lines = [line for note in page.notes for line in note]
    full = max(line.x1 for line in lines) if len(lines) > 1 else right
    return lines[-1].hyphen or (not _ENDED.search(lines[-1].text) and lines[-1].x1 > full - 0.08 * page.width)


def _take_notes(page: _Page, body: float, before: _Page | None) -> None:
    """The notes at the foot: smaller type, the first line of each with its number, nothing else below.

    What stands above the first number goes on with the last note of the page `before`, where that one breaks off.
    """
    start = len(page.lines)
    for index in range(len(page.lines) - 1, -1, -1):
        line = page.lines[index]
        if line.size > 0.93 * body or read_heading(line.text):
            break
        start = index
    foot = page.lines[start:]
    first = next((i for i, line in enumerate(foot) if _starts_note(line)), None)
    ahead = foot[:first]
    # A table in small type is no note: it has columns, or stands close to the text above it.
    apart = start == 0 or (ahead and page.lines[start - 1].y - ahead[0].y > 1.6 * body)
    if before is not None and ahead and apart and not any(line.cells for line in ahead):
        before.notes[-1] += ahead
        del page.lines[start : start + len(ahead)]
        first = None if first is None else 0
        foot = foot[len(ahead) :]
    if first is None:
        return
    page.lines = page.lines[: start + first]
    left = foot[first].x0
    for line in foot[first:]:
        if _starts_note(line) and line.x0 < left + 6 and (not page.notes or _follows(page.notes[-1][0], line)):
            page.notes.append([line])
        elif page.notes:
            page.notes[-1].append(line)


def _take_notes_below_gap(page: _Page, leading: float, noted: int) -> None:
    """Notes in the same type as the text: the next number, below white space, its mark raised on the same page."""
    marks = {line.text[start:end] for line in page.lines for start, end in line.raised}
    for index in range(1, len(page.lines)):
        line = page.lines[index]
        number = _NOTE.match(line.text)
        apart = page.lines[index - 1].y - line.y > 1.5 * leading
        if number and apart and number[1] == str(noted + 1) and number[1] in marks and line.y < 0.5 * page.height:
            for below in page.lines[index:]:
                starts = _starts_note(below) and (not page.notes or _follows(page.notes[-1][0], below))
                if starts:
                    page.notes.append([below])
                else:
                    page.notes[-1].append(below)
            page.lines = page.lines[:index]
            return


def _starts_note(line: Line) -> bool:
    match = _NOTE.match(line.text)
    if not match:
        return False
    raised = any(start == match.start(1) for start, _ in line.raised)
    return raised or not line.text[match.end(1) :].startswith((".", ",", "%", "-"))


def _follows(last: Line, line: Line) -> bool:
    before, after = _NOTE.match(last.text), _NOTE.match(line.text)
    return bool(before and after and 0 < int(after[1]) - int(before[1]) <= 2)


def _breaks(above: Line, line: Line, gap: bool, right: float) -> bool:
    """Whether a paragraph starts at `line`."""
    if above.hyphen:
        return False
    goes_on = line.text[:1].islower()
    if is_item(line.text):
        return True
    if gap:
        return True
    word = line.text.split(" ", 1)[0]
    room = right - above.x1
    needed = (len(word) + 1) * 0.5 * line.size
    if not _ENDED.search(above.text):
        # Cells and headings are short and start with a capital; a sentence fills its line: had the next word been
        # part of it, it would stand there.
        short = above.x1 < right - 0.3 * (right - above.x0) and above.x1 < right - 60
        return not goes_on and (short or (is_item(above.text) and room > needed + 2 * line.size))
    return room > needed + line.size and not goes_on
