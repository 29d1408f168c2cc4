"""The second system of notes: "1)" or "[1]" behind a question, with a list of sources behind the last answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.documents import Footnote
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped, join
from answers_bank.reading.structure.headings import read_heading
from answers_bank.reading.structure.paragraphs import join_lines

_ENTRY = re.compile(
    r"(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})\)|voetnoot\s*(\d{1,3})\s*:)(?:\s*(?=\S)|$)", re.IGNORECASE
)
_SQUARE = re.compile(r"\s?\[(\d{1,3}|\*{1,3})\]")
_ROUND = re.compile(r"(?<=[?.!,;:”’»\"'\w)])\s?\(?(\d{1,2})\)(?=$|[\s.,;:?!)\]]|\(?\d{1,2}\))")
_ALONE = re.compile(r"\[(\d{1,3})\]|\(?(\d{1,2})\)")
_BROKEN_OFF = re.compile(r"(?:(\d{1,2})\)(?:(?=[.,;:?!])|\s+(?=[A-ZÀ-Þ]))|\[(\d{1,2})\]\s*(?=\S))")
_ITEM = re.compile(r"[\[(]?(\d{1,3})[\])]$")
_CITATION = re.compile(r"https?:|www\.|\.nl\b|\.com\b|\|| – |\bnr\.|(?:19|20)\d\d\b")
_NUMBERED_NOTE = re.compile(r"(\d{1,3})\s+(?=[A-ZÀ-Þ«‘“])")

_MOST_LISTS = 40
_MOST_LINES = 12
"""Lines of one note, or behind the last one."""


def lift_sources(blocks: list[TextBlock], other_notes: bool) -> tuple[list[TextBlock], list[Footnote]]:
    """Take the list of sources and its marks out of `blocks`."""
    blocks = _rejoined_marks(blocks)
    notes: list[Footnote] = []
    square = False
    # One list behind the last answer as a rule; some documents have one below each.
    for _ in range(_MOST_LISTS):
        begin = _list_start(blocks, max((int(note.mark) for note in notes), default=0))
        if begin is None:
            break
        bracketed = blocks[begin].text.startswith("[")
        found, blocks = _read_list(blocks, begin)
        notes += found
        square = square or (bracketed and any(_SQUARE.search(block.text) for block in blocks))
    # Where the list and the marks have square brackets, "(punt 2)" is no mark.
    listed = frozenset(note.mark for note in notes)
    blocks = _lift_marks(blocks, frozenset() if square else listed, listed)
    if not notes:
        blocks, notes = _unnumbered_list(blocks)
    return blocks, notes


def _rejoined_marks(blocks: list[TextBlock]) -> list[TextBlock]:
    """Marks that a line break parted from their sentence ("ligt stil»" / "3)?") put back at the line above.

    Believed where the list behind the text has the number and no other mark has, and the line is no item of a list.
    """
    begin, count = _list_at_end(blocks)
    above = blocks[:begin]
    missing = [str(number) for number in range(1, count + 1) if not _marked(above, str(number))]
    result = list(blocks)
    for mark in missing:
        found = [
            (index, match)
            for index, block in enumerate(result[:begin])
            if index and block.wrapped and (match := _BROKEN_OFF.match(block.text)) and mark in match.groups()
        ]
        if len(found) != 1:
            continue
        index, match = found[0]
        block, before = result[index], result[index - 1]
        others = {str(int(mark) - 1), str(int(mark) + 1)}
        listed = any((entry := _entry(other)) and entry[0] in others for other in above[max(index - 8, 0) : index + 8])
        if (listed and not match[2]) or before.text.endswith((":", ";")) or _is_heading(before):
            continue
        label = f" {match[0].strip()}"
        result[index - 1] = before.with_line(join([before.line, Mapped(label, [-1] * len(label))], ""))
        result[index] = replace(block.with_line(block.line.cut(match.end()).strip()), breaks=False)
    return result


def _is_heading(block: TextBlock) -> bool:
    heading = read_heading(block.text)
    return heading is not None and heading.rest >= len(block.text)


def _list_at_end(blocks: Sequence[TextBlock]) -> tuple[int, int]:
    """Where a list of entries 1, 2, 3, … begins that ends the document, and its last number; (0, 0) without one."""
    count = expected = 0
    others = 0
    for index in range(len(blocks) - 1, 0, -1):
        entry = _entry(blocks[index])
        if entry is None:
            others += 1
            if others > _MOST_LINES or read_heading(blocks[index].text):
                break
            continue
        others = 0
        number = int(entry[0])
        if expected and number != expected:
            break
        count = count or number
        if number == 1:
            return index, count
        expected = number - 1
    return 0, 0


def _entry(block: TextBlock) -> tuple[str, int] | None:
    """The number of a list entry and where its text starts."""
    match = _ENTRY.match(block.text)
    if match:
        return next(group for group in match.groups() if group), match.end()
    automatic = _ITEM.match(block.item) if block.item else None
    return (automatic[1], 0) if automatic else None


def _list_start(blocks: Sequence[TextBlock], beyond: int = 0) -> int | None:
    """Where the list starts: an entry whose mark stands in the text above it, with nothing but the list below.

    Only numbers `beyond` this one count: a next list goes on where the one before it ended.
    """
    entries = [
        (index, entry[0])
        for index, block in enumerate(blocks)
        if index > 1 and (entry := _entry(block)) is not None and int(entry[0]) > beyond
    ]
    if not entries:
        return None
    last_heading = max((i for i, block in enumerate(blocks) if read_heading(block.text)), default=-1)
    for index, number in entries:
        heading = read_heading(blocks[index - 1].text)
        if index < last_heading and not _closed_list(blocks, index):
            continue
        if _comes_again(blocks, index, number):
            continue  # items of a list in the answer above the notes
        if heading is not None and heading.kind != "notes" and heading.rest >= len(blocks[index - 1].text):
            continue  # the first item of an answer
        if _marked(blocks[:index], number):
            return index
    return None


def _comes_again(blocks: Sequence[TextBlock], index: int, number: str) -> bool:
    """Whether another entry below, up to the next heading, has the same number."""
    for block in blocks[index + 1 :]:
        if read_heading(block.text):
            return False
        entry = _entry(block)
        if entry is not None and entry[0] == number:
            return True
    return False


def _closed_list(blocks: Sequence[TextBlock], index: int) -> bool:
    """A list in the middle: entries only, up to the next heading."""
    for block in blocks[index:]:
        if read_heading(block.text):
            return True
        if _entry(block) is None and (block.gap or not block.wrapped):
            return False
    return True


def _marked(above: Sequence[TextBlock], number: str) -> bool:
    form = re.compile(rf"\[{number}\]|(?<!\d){number}\)")
    return any(
        match.start() > 0 or match.end() == len(block.text)
        for block in above
        if number in block.text
        for match in form.finditer(block.text)
    )


def _read_list(blocks: list[TextBlock], begin: int) -> tuple[list[Footnote], list[TextBlock]]:
    notes: list[Footnote] = []
    current: tuple[str, str, Mapped] | None = None
    rest: list[TextBlock] = []
    end = len(blocks)
    for index in range(begin, len(blocks)):
        block = blocks[index]
        if read_heading(block.text):
            end = index
            break
        entry = _entry(block)
        other = _NUMBERED_NOTE.match(block.text) if entry is None and block.gap else None
        if entry is not None:
            notes += _finished(current)
            current = ("source", entry[0], block.line.cut(entry[1]).strip())
        elif other:
            notes += _finished(current)
            current = ("note", other[1], block.line.cut(other.end()))
        elif current is not None:
            current = (current[0], current[1], join_lines(current[2], block.line, frozenset()))
    notes += _finished(current)
    rest = blocks[:begin] + blocks[end:]
    if rest and begin and (heading := read_heading(blocks[begin - 1].text)) and heading.kind == "notes":
        del rest[begin - 1]
    return notes, rest


def _finished(current: tuple[str, str, Mapped] | None) -> list[Footnote]:
    if current is None:
        return []
    system, mark, text = current
    folded = text.fold()
    return [Footnote(system, mark, folded.text, folded.start, folded.end)]


def _lift_marks(blocks: Sequence[TextBlock], known: frozenset[str], listed: frozenset[str]) -> list[TextBlock]:
    """Marks in square brackets are marks wherever they stand; "1)" is one where it is `known`.

    On a line of its own a mark is one where the list has it (`listed`).
    """
    result: list[TextBlock] = []
    settled = _settled_marks(blocks, known)
    for block in blocks:
        if ")" not in block.text and "]" not in block.text:  # most of them: none of the forms is there
            if block.text or block.line.marks:
                result.append(block)
            continue
        alone = _ALONE.fullmatch(block.text)
        if alone and result and block.wrapped and (alone[1] or alone[2]) in listed:
            # A mark that was wrapped to a line of its own.
            line = result[-1].line
            mark = (len(line), "source", alone[1] or alone[2])
            result[-1] = result[-1].with_line(Mapped(line.text, line.at, (*line.marks, mark)))
            continue
        found = list(_SQUARE.finditer(block.text))
        if known:
            strong = [m for m in _ROUND.finditer(block.text) if m[1] in known and _is_mark(block.text, m)]
            found += [m for m in strong if m[1] not in settled or _ends_something(block.text, m)]
        found.sort(key=re.Match.start)
        apart = [m for i, m in enumerate(found) if i == 0 or m.start() >= found[i - 1].end()]
        if apart and not (len(apart) == 1 and apart[0].span() == (0, len(block.text))):
            spans = [match.span() for match in apart]
            line = block.line.without(spans, [(match.start(), "source", match[1]) for match in apart])
            block = block.with_line(line.strip())
        if block.text or block.line.marks:
            result.append(block)
    return result


def _settled_marks(blocks: Sequence[TextBlock], known: frozenset[str]) -> frozenset[str]:
    """The marks that stand behind a sentence somewhere: elsewhere "2)" is then the number of an item."""
    return frozenset(
        match[1]
        for block in blocks
        if known and ")" in block.text
        for match in _ROUND.finditer(block.text)
        if match[1] in known and _ends_something(block.text, match)
    )


def _ends_something(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip()
    return bool(before) and (before[-1] in '.?!»”’")' or not text[match.end() :].strip())


def _is_mark(text: str, match: re.Match[str]) -> bool:
    """Whether "2)" is a mark: not at the start of a line, and not the end of "(zie antwoord 2)"."""
    before = text[: match.start()]
    if match.start() == 0:
        return False
    if "(" in match[0] or before.rstrip()[-1:] in tuple(".?!»”’"):
        return True
    depth = 0
    for character in before:
        depth = depth + 1 if character == "(" else max(depth - 1, 0) if character == ")" else depth
    return depth == 0


def _unnumbered_list(blocks: list[TextBlock]) -> tuple[list[TextBlock], list[Footnote]]:
    """Marks "1)" in the text and, behind the last answer, as many lines that cite but do not speak."""
    if not any(read_heading(block.text) for block in blocks):
        return blocks, []
    expected = 1
    for block in blocks:
        for match in _ROUND.finditer(block.text) if ")" in block.text else ():
            if int(match[1]) == expected and "(" not in match[0] and _is_mark(block.text, match):
                expected += 1
    count = expected - 1
    tail = blocks[len(blocks) - count :] if count else []
    if not tail or not tail[0].gap or len(tail) != count:
        return blocks, []
    if not all(_CITATION.search(b.text) and not b.text.endswith((".", "?")) and len(b.text) < 400 for b in tail):
        return blocks, []
    notes = [
        Footnote("source", str(number), block.text, block.line.start, block.line.end)
        for number, block in enumerate(tail, 1)
    ]
    known = frozenset(note.mark for note in notes)
    return _lift_marks(blocks[: len(blocks) - count], known, known), notes
