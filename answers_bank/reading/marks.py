"""Note marks in the running text: found, bound to their place, and taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.reading.blocks import Block
from answers_bank.reading.headings import read_heading
from answers_bank.reading.mapped import Mapped, join

_CHEMISTRY = re.compile(r"(?:^|[^A-Za-z])(?:C?O|NO?|S?O|H|CH|NH|PM|SF|H2S?O|m|km|dm|cm)$")
_STOPS = ".,;:?!)»”’\"'"
_OWN_LINE = re.compile(r"\d{1,3}(?:\s*(?:,|en|\s)\s*\d{1,3})*\s*[.,;:?!)»”’]{0,2}$")


def lift(blocks: list[Block], system: str, marks: Sequence[str], start: int = 0) -> list[str]:
    """Take the `marks` (in the order of their notes) out of `blocks`, each behind the one before it.

    Returns the marks that were not found. Changes `blocks` in place.
    """
    missing: list[str] = []
    at = (start, 0)
    for mark in marks:
        found = _find(blocks, mark, at)
        if found is None:
            missing.append(mark)
            continue
        at = _take(blocks, found, system, mark)
    return missing


def _find(blocks: Sequence[Block], mark: str, at: tuple[int, int]) -> tuple[int, int, int] | None:
    """Block, start and end of the likeliest place of `mark` from `at` on: on a line of its own or at the start of
    one, glued to a word, glued to a year, behind a closing mark and a space."""
    number = re.escape(mark)
    forms = (
        re.compile(rf"^{number}(?=[\s.,;:?!)»”’]|$)"),
        re.compile(
            rf"(?<=[^\W\d_]){number}(?=$|[\s.,;:?!)»”’\"'–-])|(?<=[.,;:?!)»”’\"'%\]]){number}(?=$|[\s.,;:)»”’])"
        ),
        re.compile(rf"(?<=(?:19|20)\d\d){number}(?!\d)"),
        re.compile(rf"(?<=[.?!,;:)»”’\"'])\s{number}(?=$|[\s.,;:])"),
        re.compile(rf"(?<=[^\W\d_])\s{number}(?=$|[.,;:)])"),
    )
    for kind, form in enumerate(forms):
        for index in range(at[0], len(blocks)):
            text = blocks[index].text
            for match in form.finditer(text, at[1] if index == at[0] else 0):
                if kind == 0 and not _may_start_line(blocks, index, match):
                    continue
                before = text[: match.start()] if match.start() else blocks[index - 1].text if index else ""
                if not _CHEMISTRY.search(before[-6:]):
                    return index, match.start(), match.end()
    return None


def _may_start_line(blocks: Sequence[Block], index: int, match: re.Match[str]) -> bool:
    """A superscript that lost its line stands at the start of the next one; so do list items, years and headings."""
    if index == 0 or not blocks[index].wrapped:
        return False
    text = blocks[index].text
    if re.match(r"[.)]\s+[A-ZÀ-Þ]", text[match.end() :]) and not blocks[index - 1].text.endswith((" ", "-")):
        # "1. De eerste" is an item, unless the line before breaks off: there the stop closes that sentence.
        ended = blocks[index - 1].text.rstrip()[-1:] in ".?!:;"
        if ended:
            return False
    above = read_heading(blocks[index - 1].text)
    return not (above is not None and above.rest >= len(blocks[index - 1].text))


def _take(blocks: list[Block], found: tuple[int, int, int], system: str, mark: str) -> tuple[int, int]:
    """Cut the mark out and note its place; returns where to look for the next one."""
    index, start, end = found
    block = blocks[index]
    if start:
        line = block.line.without([(start, end)], [(start, system, mark)])
        blocks[index] = block.with_line(line)
        return index, start
    above = blocks[index - 1]
    rest = block.line.cut(end)
    stripped = rest.strip()
    behind = Mapped(above.line.text, above.line.at, (*above.line.marks, (len(above.line), system, mark)))
    glue = "" if not stripped or stripped.text[0] in _STOPS else " "
    merged = join([behind, stripped], glue) if stripped else behind
    blocks[index - 1] = above.with_line(merged)
    del blocks[index]
    if glue:
        # What follows the mark goes on in the same line.
        return index - 1, len(behind)
    return index - 1, len(behind)


def split_marks(blocks: list[Block], known: frozenset[str]) -> None:
    """Split lines such as "2 3" or "2, 3 en 4", all of them known marks, into lines of one mark each."""
    index = 1
    while index < len(blocks):
        block = blocks[index]
        numbers = list(re.finditer(r"\d{1,3}", block.text))
        if (
            block.wrapped
            and len(numbers) > 1
            and _OWN_LINE.fullmatch(block.text)
            and all(number[0] in known for number in numbers)
        ):
            last = len(numbers) - 1
            parts = [block.line.cut(n.start(), n.end() if i < last else None) for i, n in enumerate(numbers)]
            blocks[index : index + 1] = [replace(block, line=part) for part in parts]
            index += len(parts)
        else:
            index += 1
