"""What stands around the text of PDF pages: the numbers of its lines, and what every page has at its head or foot."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answers_bank.reading.formats.pdf.lines import Counted, Line, Word, without_words

_NUMBER = re.compile(r"\d{1,4}$")
_FIRST, _LAST = re.compile(r"^\d{1,4}(?!\S)"), re.compile(r"(?<!\S)\d{1,4}$")
_STEPS = (1, 2, 3, 4, 5, 10)
"""Each how many lines the margin may have a number."""

_FEWEST = 3
"""Numbers on a page from which they are believed to count its lines."""


_FEW = ([5, 10], [10, 20])
"""The numbers of a page with few lines."""

_COLUMN = 8.0
"""Points within which the numbers of two pages stand in one column."""


@dataclass(frozen=True, slots=True)
class _Number:
    line: Line
    word: Word
    value: int
    alone: bool
    """Nothing else stands in its line, as the text layer has it."""


def without_line_numbers(
    lines: list[Line], words_of: Callable[[Line], list[Word]], before: Counted | None = None
) -> tuple[list[Line], Counted | None]:
    """The lines of a page without the numbers in its margin that count them, and what is known of these numbers.

    They stand in a column of their own, left or right of all text, count up by one step from the top down, and there
    is one for (nearly) each line, or each fifth line, of the text. A page with few lines has few numbers: there they
    are believed where they go on from those of the page `before`.
    """
    for last in (False, True):
        edged = sum(bool((_LAST if last else _FIRST).search(line.text)) for line in lines)
        if edged < 2 and not (edged and before is not None):
            continue
        numbers = _outermost(lines, words_of, last)
        if numbers and (_counts_lines(numbers, lines) or (before is not None and _go_on(numbers, before))):
            ordered = sorted(numbers, key=lambda number: -number.line.y)
            steps = [after.value - one.value for one, after in itertools.pairwise(ordered)]
            step = steps[0] if steps else before.step if before else 1
            counted = Counted(step, ordered[-1].value, max(number.word.x1 for number in numbers))
            return _without(lines, numbers, words_of, last), counted
    return lines, before


def _go_on(numbers: Sequence[_Number], before: Counted) -> bool:
    """Whether numbers go on from those of the page before, or start again, in the same column."""
    values = [number.value for number in sorted(numbers, key=lambda number: -number.line.y)]
    steps = [after - one for one, after in itertools.pairwise(values)]
    return (
        all(step == before.step for step in steps)
        and values[0] in (before.last + before.step, before.step)
        and all(abs(number.word.x1 - before.x1) < _COLUMN for number in numbers)
    )


def _outermost(lines: Sequence[Line], words_of: Callable[[Line], list[Word]], last: bool) -> list[_Number]:
    """The numbers that stand in the margin: on the left, or where `last` on the right."""
    found = []
    texts: list[float] = []
    for line in lines:
        words = words_of(line) if (_LAST if last else _FIRST).search(line.text) else []
        edge = words[-1 if last else 0] if words else None
        if edge is None or not _NUMBER.match(line.text[edge.start : edge.end]):
            texts.append(line.x1 if last else line.x0)
            continue
        beside = words[-2 if last else 1] if len(words) > 1 else None
        room = abs(edge.x0 - beside.x1 if last else beside.x0 - edge.x1) if beside else 0.0
        if beside is not None and room < 0.5 * line.size:
            texts.append(line.x1 if last else line.x0)
            continue
        found.append(_Number(line, edge, int(line.text[edge.start : edge.end]), beside is None))
        if beside is not None:
            texts.append(beside.x1 if last else beside.x0)
    if not texts:
        return []
    border = max(texts) if last else min(texts)
    return [n for n in found if (n.word.x0 > border if last else n.word.x1 < border)]


def _counts_lines(numbers: Sequence[_Number], lines: Sequence[Line]) -> bool:
    ordered = sorted(numbers, key=lambda number: -number.line.y)
    if len(numbers) < _FEWEST and [number.value for number in ordered] not in _FEW:
        return False
    steps = {after.value - before.value for before, after in itertools.pairwise(ordered)}
    if len(steps) != 1 or (step := steps.pop()) not in _STEPS:
        return False
    marks = {id(number.line) for number in numbers if number.alone}
    heights = sorted(
        round(line.y)
        for line in lines
        if id(line) not in marks and ordered[-1].line.y - 2 < line.y < ordered[0].line.y + 2
    )
    count = sum(after - before > 2 for before, after in itertools.pairwise(heights)) + bool(heights)
    needed = (len(numbers) - 1) * step + 1
    return 0.85 * count <= needed <= 1.15 * count + 1 if step == 1 else 0.6 * count <= needed <= 1.4 * count + step


def _without(
    lines: list[Line], numbers: Sequence[_Number], words_of: Callable[[Line], list[Word]], last: bool
) -> list[Line]:
    gone = {id(number.line) for number in numbers if number.alone}
    for number in numbers:
        if not number.alone:
            words = words_of(number.line)
            first, stop = (words[0], words[-2]) if last else (words[1], words[-1])
            without_words(number.line, first.start, stop.end, first.x0, stop.x1)
    return [line for line in lines if id(line) not in gone]


# Heads and feet.

_HIGH = 2.5
"""Points by which the same line may stand higher or lower on another page."""

_DEEPEST = 8
"""Lines at the head or foot of a page that are looked at."""


def running_lines(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The `id` of each line that the pages share at their heads or feet.

    Such a line stands at one height on (nearly) all pages, or on all even or all odd ones; it says the same there but
    for the number of the page, is not said again in the text, stands apart from the text, and has nothing but such
    lines beyond it.
    """
    if len(pages) < 2:
        return set()
    said = Counter(_said(line) for page in pages for line in page)
    leading = leading_of(pages)
    found: set[int] = set()
    for foot in (False, True):
        edges = [sorted(page, key=lambda line: line.y if foot else -line.y)[:_DEEPEST] for page in pages]
        shared = _shared(edges, said, foot)
        for edge in edges:
            run = next((index for index, line in enumerate(edge) if id(line) not in shared), len(edge))
            # What reaches into the text is cut back to the last line that stands apart from what follows it.
            while run and not _apart(edge, run, leading, len(pages), shared):
                run -= 1
            found |= {id(line) for line in edge[:run]}
    return found


def _shared(edges: Sequence[Sequence[Line]], said: Counter[str], foot: bool) -> dict[int, int]:
    """For the `id` of each line at the edge of a page that returns at its height: on how many pages."""
    same: dict[str, list[tuple[int, Line]]] = {}
    for number, edge in enumerate(edges):
        for line in edge:
            same.setdefault(_said(line), []).append((number, line))
    found: dict[int, int] = {}
    for words, places in same.items():
        for number, line in places:
            twins = {
                other
                for other, twin in places
                if other != number and abs(twin.y - line.y) < _HIGH and _same_words(line, twin, other - number, foot)
            } | {number}
            if len(twins) > 1 and said[words] - len(twins) < 2 and _on_most(twins, len(edges)):
                found[id(line)] = len(twins)
    return found


def _on_most(pages: set[int], count: int) -> bool:
    """Whether the pages are most of all but the first, or most of the even or the odd ones."""
    if len(pages) >= max(2, 0.6 * (count - 1)):
        return True
    sides = [range(side, count, 2) for side in (0, 1)]
    return count >= 4 and any(len(pages & set(side)) >= max(2, 0.6 * (len(side) - 1)) for side in sides)


def _said(line: Line) -> str:
    """What a line says but for its figures, which are a "#"; one that stood there is something else."""
    words = "".join(line.text.lower().replace("#", "♯").split())
    return "#" if _ROMAN.match(words) else re.sub(r"\d+", "#", words)


def _same_words(line: Line, twin: Line, pages: int, foot: bool) -> bool:
    """Whether two lines, the second so many `pages` further on, say the same but for a number that counts the pages."""
    ours, theirs = _numbers(line), _numbers(twin)
    if ours == theirs:
        return True
    changed = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    words = _said(line)
    return (
        len(changed) == 1
        and changed[0][1] - changed[0][0] == pages
        and not _COUNTED.match(words)
        and (foot or words.strip("-–—#.)(|") != "" or words.strip(".)(") != "#")
    )


def _numbers(line: Line) -> list[int]:
    words = "".join(line.text.lower().split())
    if _ROMAN.match(words):
        values = [_VALUES[letter] for letter in words]
        return [sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))]
    return [int(digits[:9]) for digits in re.findall(r"\d+", words)]


_VALUES = {"i": 1, "v": 5, "x": 10}
_ROMAN = re.compile(r"[ivx]{1,6}$")
# Numbered headings count up too, and stand where they stand by chance.
_COUNTED = re.compile(r"(?:vra(?:ag|gen)|antwoord(?:en)?|tabel|figuur|bijlage|artikel|onderdeel)\w*#|#[.)]\w")


def _apart(edge: Sequence[Line], run: int, leading: float, pages: int, shared: dict[int, int]) -> bool:
    """Whether the line at `run` - 1 does not run on into the text within it."""
    last = edge[run - 1]
    within = next((line for line in edge[run:] if abs(line.y - last.y) > 1), None)
    if within is None or abs(last.y - within.y) > 1.35 * leading or abs(last.size - within.size) > 0.6:
        return True
    return pages > 2 and shared[id(last)] >= 0.8 * pages


def leading_of(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance between two lines of a paragraph, in points.

    Where paragraphs are short, the distance between two of them is more common than that within one.
    """
    steps: Counter[float] = Counter()
    least: dict[float, float] = {}
    for page in pages:
        for above, line in itertools.pairwise(page):
            step = round(above.y - line.y, 1)
            if 4 < step < 40:
                steps[step] += 1
                least[step] = min(least.get(step, 40.0), max(above.size, line.size))
    if not steps:
        return 12.0
    common = steps.most_common(1)[0]
    # Notes and cells stand closer than the text by their smaller type; lines of one type do not come closer than it is.
    tight = [s for s, count in steps.items() if count >= 0.3 * common[1] and s >= least[s] and s > 0.5 * common[0]]
    return min([common[0], *tight])
