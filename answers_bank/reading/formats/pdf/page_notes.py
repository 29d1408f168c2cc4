"""The notes at the foot of PDF pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.pdf.lines import Line, Page
from answers_bank.reading.structure.headings import read_heading

_ENDED = re.compile(r"[.?!:;…][\"'’”»)\]]*$")
_NOTE = re.compile(r"\[?(\d{1,3})(?!\d)[\])]?\s*(?=\S)")


def marks_of(page: Page) -> frozenset[str]:
    """The marks of the notes that the page has at its foot."""
    return frozenset(match[1] for note in page.notes if (match := _NOTE.match(note[0].text)))


def last_number(page: Page, before: int) -> int:
    """The highest number of a note so far: that of the pages `before`, or one on this page."""
    numbers = [int(mark[1]) for note in page.notes if (mark := _NOTE.match(note[0].text))]
    return max([before, *numbers])


def write_note(builder: TextBuilder, lines: Sequence[Line]) -> None:
    """Add the body of a note, whose first line begins with its number."""
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


def breaks_off(page: Page, right: float) -> bool:
    """Whether the last note of a page goes on at the foot of the next: its last line is full and has not ended."""
    if not page.notes:
        return False
    lines = [line for note in page.notes for line in note]
    full = max(line.x1 for line in lines) if len(lines) > 1 else right
    return lines[-1].hyphen or (not _ENDED.search(lines[-1].text) and lines[-1].x1 > full - 0.08 * page.width)


def take_notes(page: Page, body: float, before: Page | None) -> None:
    """The notes at the foot: smaller type, the first line of each with its number, nothing else below.

    What stands above the first number goes on with the last note of the page `before`, where that one breaks off.
    """
    start = len(page.lines)
    for index in range(len(page.lines) - 1, -1, -1):
        line = page.lines[index]
        if line.size > 0.93 * body or line.row is not None or read_heading(line.text):
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


def take_notes_below_gap(page: Page, leading: float, noted: int) -> None:
    """Notes in the same type as the text: the next number, below white space, its mark raised on the same page."""
    marks = {line.text[start:end] for line in page.lines for start, end in line.raised}
    for index in range(1, len(page.lines)):
        line = page.lines[index]
        number = _NOTE.match(line.text)
        apart = page.lines[index - 1].y - line.y > 1.5 * leading
        if not number or number[1] != str(noted + 1) or number[1] not in marks or not _starts_note(line):
            continue
        lowest = all(below.y <= line.y for below in page.lines[index:])
        if apart and lowest and line.y < 0.5 * page.height:
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
