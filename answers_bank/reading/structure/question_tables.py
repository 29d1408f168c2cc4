"""Tables that hold the questions: a row for each, its answer in the last column or on the row below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped
from answers_bank.reading.structure.headings import HIGHEST, is_plain_number, read_heading, read_item

_TITLES = re.compile(
    r"(?P<number>nr|nummer|no|#|volgnr|volgnummer)|(?P<question>vra(?:ag|gen))|(?P<answer>antwoord(?:en)?)"
)
_ASKS = re.compile(r"\?[\"'’”»)\]\s\d]*$")


def lay_out(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The blocks with each such table as questions and answers; untouched where headings tell the questions."""
    if any(
        (heading := read_heading(block.text)) and heading.kind == "question" for block in blocks if not _is_row(block)
    ):
        return list(blocks)
    blocks = [part for block in blocks for part in _headed_row(block)]
    result: list[TextBlock] = []
    count = 0
    index = 0
    while index < len(blocks):
        end = index
        while end < len(blocks) and _is_row(blocks[end]):
            end += 1
        rows = [block.cells for block in blocks[index:end]]
        laid, count = _questions(rows, blocks[index:end], count) if len(rows) > 1 else ([], count)
        following = max(end, index + 1)
        result += laid or blocks[index:following]
        index = following
    return result


def holds_questions(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table, as the texts of its cells, has a row for each question with the answer in its last column."""
    cells = [[Mapped.of(text) for text in row] for row in rows if any(text.strip() for text in row)]
    if len(cells) < 2:
        return False
    columns = _columns(cells[0])
    return columns is not None or _guessed(cells) is not None


def _is_row(block: TextBlock) -> bool:
    return bool(block.cells)


def _headed_row(block: TextBlock) -> list[TextBlock]:
    """ "Vraag 1" in the first cell of a row is the heading of the others."""
    cells = block.cells
    heading = read_heading(cells[0].text) if cells else None
    if heading is None or not heading.numbers or heading.rest < len(cells[0].text):
        return [block]
    return [_plain(block, cell) for cell in cells if cell]


def _plain(block: TextBlock, line: Mapped) -> TextBlock:
    """The text of one cell as a block of its own."""
    return replace(block, line=line, role=None, item=None, gap=True, wrapped=False, table=0, cells=(), spans=())


def _questions(
    rows: Sequence[Sequence[Mapped]], blocks: Sequence[TextBlock], count: int
) -> tuple[list[TextBlock], int]:
    """The rows as questions and answers, counting on from `count`; empty where the table is another one."""
    columns = _columns(rows[0])
    body = list(zip(rows, blocks, strict=True))[1 if columns else 0 :]
    columns = columns or _guessed([row for row, _ in body])
    if columns is None:
        return [], count
    result: list[TextBlock] = []
    for cells, block in body:
        if len(cells) <= max(columns):
            return [], count
        asked, answer = (_headed(cells[column]) for column in columns)
        number = asked[0] or _number(cells[: columns[0]]) or count + 1
        if not 0 < number <= HIGHEST or not asked[1].text:
            return [], count
        count = number
        result += _part("question", number, asked[1], block)
        if answer[1].text:
            result += _part("answer", answer[0] or number, answer[1], block)
    return result, count


def _columns(titles: Sequence[Mapped]) -> tuple[int, int] | None:
    """Where question and answer stand, by the titles of the columns."""
    found: dict[str, int] = {}
    for index, cell in enumerate(titles):
        match = _TITLES.match(cell.text.strip().lower())
        if match and len(cell.text) < 40 and not any(c.isdigit() for c in cell.text) and match.lastgroup:
            found.setdefault(match.lastgroup, index)
    if "question" in found and "answer" in found and found["question"] < found["answer"]:
        return found["question"], found["answer"]
    return None


def _guessed(rows: Sequence[Sequence[Mapped]]) -> tuple[int, int] | None:
    """Without titles: the column before the last asks on each row, and the last nowhere does on all."""
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or min(widths) not in (2, 3):
        return None
    last = widths.pop() - 1
    asks = all(_ASKS.search(row[last - 1].text) for row in rows)
    if any(read_heading(row[last].text) for row in rows):
        return None  # "Antwoord 1" in a cell of its own: the headings tell
    numbered = last == 1 or all(is_plain_number(row[0].text) for row in rows)
    return (last - 1, last) if asks and numbered and not all(_ASKS.search(row[last].text) for row in rows) else None


def _headed(cell: Mapped) -> tuple[int | None, Mapped]:
    """The number that the cell itself begins with ("1. Kent u …", "Vraag 1: …") and the rest."""
    heading = read_heading(cell.text)
    if heading and heading.numbers:
        return heading.numbers[0], cell.cut(heading.rest).strip()
    item = read_item(cell.text)
    if item and cell.text[: item[1]].rstrip()[-1:] in ".)" and item[1] < len(cell.text):
        return item[0], cell.cut(item[1]).strip()
    return None, cell


def _number(cells: Sequence[Mapped]) -> int | None:
    for cell in cells:
        digits = re.search(r"\d{1,3}", cell.text)
        if digits and len(cell.text) < 12:
            return int(digits[0])
    return None


def _part(kind: str, number: int, text: Mapped, block: TextBlock) -> list[TextBlock]:
    """A heading that the table implies, and the cell below it."""
    title = f"{'Vraag' if kind == 'question' else 'Antwoord'} {number}"
    return [_plain(block, Mapped(title, [-1] * len(title))), _plain(block, text)]
