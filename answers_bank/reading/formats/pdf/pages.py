"""PDF files with a text layer, read through their layout."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from answers_bank.documents import ReadWarning
from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.pdf.lines import Line, Page, PageText, Row
from answers_bank.reading.formats.pdf.margins import leading_of, running_lines, without_line_numbers
from answers_bank.reading.formats.pdf.page_notes import (
    breaks_off,
    last_number,
    marks_of,
    take_notes,
    take_notes_below_gap,
    write_note,
)
from answers_bank.reading.formats.pdf.rules import rulings
from answers_bank.reading.formats.pdf.tables import FOOT_LINES, with_tables
from answers_bank.reading.mapped import Mark
from answers_bank.reading.notes.raised import RAISED
from answers_bank.reading.structure.furniture import is_furniture
from answers_bank.reading.structure.paragraphs import breaks_off_before, is_item
from embeddings.errors import InputError

MOST_PAGES = 1500
LONGEST = 120.0
"""Seconds for one file; a set of answers takes a fraction of one."""

_LOCK = threading.Lock()  # PDFium is not safe for use from more than one thread
_ENDED = re.compile(r"[.?!:;…][\"'’”»)\]]*$")
_PAGE_NUMBER = re.compile(r"(?:Pagina\s*)?\d{1,4}(?:\s*(?:van|/)\s*\d{1,4})?$", re.IGNORECASE)

_PAGE_OF_PAGES = re.compile(r"(?:\d{1,4}\s*(?:van|/)\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—])$", re.IGNORECASE)


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


def _has_text(pages: Sequence[Page]) -> bool:
    letters = sum(len(line.text) for page in pages for line in page.lines)
    return letters >= 200 or letters >= 20 * max(len(pages), 1)


def _read_pages(data: bytes, shown: str) -> tuple[list[Page], str]:
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
        pages: list[Page] = []
        for number in range(len(document)):
            if time.monotonic() - started > LONGEST:
                raise InputError(
                    f"{shown} lezen duurt te lang (na {number} bladzijden gestopt).", "Splits het bestand."
                )
            page = _read_page(document, number, pages[-1] if pages else None)
            if page is not None:
                pages.append(page)
        return pages, str(document.get_metadata_value("Title"))
    finally:
        document.close()


def _read_page(document: Any, number: int, before: Page | None) -> Page | None:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None  # one damaged page; the others are read
    text = PageText(page)
    try:
        lines, counted = without_line_numbers(text.lines(), text.words, before.counted if before else None)
        ruled = rulings(page) if len(lines) > 3 else []
        open_table = _columns_at_end(before)
        lines = with_tables(lines, ruled, text.words, open_table)
        return Page(lines, width=text.width, height=text.height, counted=counted)
    finally:
        text.close()
        page.close()


def _columns_at_end(page: Page | None) -> list[float]:
    """Where the columns of a table begin that stands at the foot of a page; empty where none does."""
    for line in reversed(page.lines[-FOOT_LINES:] if page else []):
        if line.row is not None:
            return line.row.columns
    return []


def _compose(pages: Sequence[Page], title: str) -> Extract:
    body = _body_size(pages)
    right = _right_edge(pages, body)
    running = running_lines([page.lines for page in pages])
    before: Page | None = None
    numbers = _page_numbers(pages)
    for page in pages:
        _set_apart(page, body, running, numbers)
        take_notes(page, body, before if before is not None and breaks_off(before, right) else None)
        before = page
    leading = leading_of([page.lines for page in pages])
    noted = 0
    for page in pages:
        if not page.notes:
            take_notes_below_gap(page, leading, noted)
        noted = last_number(page, noted)
    builder = TextBuilder()
    aside: set[str] = set()
    for page in pages:
        for line in page.aside:
            if line.text not in aside and (page is pages[0] or not is_furniture(line.text)):
                aside.add(line.text)
                builder.block(line.text, role="letterhead")
    builder.gap()
    above: Line | None = None
    table = 0
    for number, page in enumerate(pages, 1):
        known = marks_of(page)
        for index, line in enumerate(page.lines):
            if line.row is not None:
                if not (above and above.row and _same_table(above.row, line.row, new_page=index == 0)):
                    table = builder.table()
                    head = line.row
                if index or not _repeats(head, line.row) or line.row is head:
                    _write_row(builder, line, line.row, known, number, table)
                above = line
                continue
            gap = above is not None and index > 0 and abs(above.y - line.y) > 1.45 * leading
            breaks = above is None or above.row is not None or _breaks(above, line, gap, right)
            builder.block(
                *_line_text(line.text, line.raised, known, line.hyphen),
                bold=line.bold,
                wrapped=True,
                breaks=breaks,
                gap=gap or above is None or above.row is not None,
                page=number,
            )
            above = line
    builder.gap()
    for page in pages:
        for note in page.notes:
            write_note(builder, note)
    text, blocks, notes = builder.finish()
    return Extract(text, blocks, notes, Hints(properties={"title": title} if title.strip() else {}))


def _same_table(above: Row, row: Row, new_page: bool) -> bool:
    """Whether a row belongs to the table of the one before it; at the head of a page one with the same columns does."""
    if not new_page:
        return above.table == row.table
    alike = len(above.columns) == len(row.columns)
    return alike and all(abs(a - b) < 12 for a, b in zip(above.columns, row.columns, strict=True))


def _repeats(head: Row, row: Row) -> bool:
    """Whether a row at the head of a page is the head of its table again."""
    return [cell.text for cell in head.cells] == [cell.text for cell in row.cells]


def _write_row(builder: TextBuilder, line: Line, row: Row, known: frozenset[str], number: int, table: int) -> None:
    """A row of a table, a tab between its cells."""
    texts: list[str] = []
    marks: list[Mark] = []
    done = 0
    for cell in row.cells:
        text, noted = _line_text(cell.text, cell.raised, known, hyphen=False)
        marks += [(done + position, system, mark) for position, system, mark in noted]
        texts.append(text)
        done += len(text) + 1
    builder.row(texts, marks, role="row", bold=line.bold, page=number, table=table, spans=tuple(row.spans))


def _line_text(
    whole: str, raised: Sequence[tuple[int, int]], known: frozenset[str], hyphen: bool
) -> tuple[str, list[Mark]]:
    """A line or cell without its raised marks, and those marks."""
    text, marks, shift = whole, [], 0
    for start, end in raised:
        if not _is_mark(whole, start, end, known):
            continue
        if start == 0 and whole[end:].strip():
            marks.append((end, RAISED, whole[:end]))  # what opens a line may be the number of a note
            continue
        cut = start - shift
        text = text[:cut] + text[cut + end - start :]
        marks.append((cut, "note", whole[start:end]))
        shift += end - start
    # A comma between two marks ("huis2,3") goes with them; spaces left over fold away later.
    return text + ("-" if hyphen else ""), marks


def _is_mark(text: str, start: int, end: int, known: frozenset[str]) -> bool:
    """A raised number is a note's mark when the page has that note, or where no unit (m2, 10³) explains it."""
    if text[start:end] in known:
        return True
    return not re.search(r"(?:\b(?:[kcdm]?m|10)|\d)$", text[:start])


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _right_edge(pages: Sequence[Page], body: float) -> float:
    edges = sorted(line.x1 for page in pages for line in page.lines if abs(line.size - body) < 0.6)
    return edges[int(len(edges) * 0.95)] if edges else 500.0


def _page_numbers(pages: Sequence[Page]) -> set[int]:
    """The `id` of each number at the very foot of a page that counts the pages, and not the questions."""
    found = [
        (int(page.lines[-1].text) - number, id(page.lines[-1]), number)
        for number, page in enumerate(pages, 1)
        if len(page.lines) > 3 and re.fullmatch(r"\d{1,4}", page.lines[-1].text)
    ]
    counts = Counter(ahead for ahead, _, _ in found)
    return {line for ahead, line, number in found if ahead == 0 or counts[ahead] > 1}


def _set_apart(page: Page, body: float, running: set[int], numbers: set[int]) -> None:
    """Furniture away; the colofon (small type in a column of its own) beside the text."""
    kept: list[Line] = []
    for line in page.lines:
        edge = line.y < 0.045 * page.height or line.y > 0.965 * page.height
        near = line.y < 0.085 * page.height or line.y > 0.925 * page.height
        counts = (edge and _PAGE_NUMBER.match(line.text)) or (near and _PAGE_OF_PAGES.match(line.text))
        if line.row is None and (id(line) in running or is_furniture(line.text) or counts):
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
        and id(kept[-1]) in numbers
        and len(kept) > 3
    ):
        kept.pop()
    page.lines = kept


def _unmarked_end(line: Line) -> str:
    """The text of a line without the raised mark that ends it ("waarom niet?2")."""
    end = len(line.text)
    for start, stop in reversed(line.raised):
        if stop == end:
            end = start
    return line.text[:end].rstrip()


def _breaks(above: Line, line: Line, gap: bool, right: float) -> bool:
    """Whether a paragraph starts at `line`."""
    if above.hyphen:
        return False
    goes_on = line.text[:1].islower()
    if not gap and breaks_off_before(above.text, line.text):
        return False
    if is_item(line.text):
        return True
    if gap:
        return True
    word = line.text.split(" ", 1)[0]
    room = right - above.x1
    needed = (len(word) + 1) * 0.5 * line.size
    if not _ENDED.search(_unmarked_end(above)):
        # Cells and headings are short and start with a capital; a sentence fills its line: had the next word been
        # part of it, it would stand there.
        short = above.x1 < right - 0.3 * (right - above.x0) and above.x1 < right - 60
        return not goes_on and (short or (is_item(above.text) and room > needed + 2 * line.size))
    # An item whose mark could not be read begins in lower case.
    return room > needed + line.size and (not goes_on or above.text.endswith((":", ";")))
