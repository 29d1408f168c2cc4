"""Parts put in order after their numbers are known: lettered halves joined, listed answers split, and what stands
behind an answer without belonging to it (an appendix, the heading of the next subject or set) set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.structure.headings import LETTERED, read_heading
from answers_bank.reading.structure.paragraphs import is_item
from answers_bank.reading.structure.segments import Segment
from answers_bank.reading.structure.unheaded import item_number

_APPENDIX = re.compile(
    r"(?:Bijlagen?|BIJLAGEN?|Annex|Appendix)(?:\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z]))?\s*(?:[:.–—-]\s*.{0,110})?$"
)
_SET = re.compile(
    r"(?:Antwoord(?:en)?|Beantwoording|(?:Schriftelijke\s+|Kamer)?[Vv]ragen)\b[^.?!]{0,60}\b(?:het\s+lid|de\s+leden)\b"
)
_ENDED = re.compile(r"[.?!:;,…][\"'’”»)\]]*$|[.?!]\d{1,3}$")
_LONGEST_TOPIC = 60
"""Characters of a heading between two questions."""


def tidy(parts: list[Segment]) -> list[Segment]:
    """The parts as they are handed on; see the module."""
    return _joined(_lists_split(_apart(_explained(parts))))


def _explained(parts: Sequence[Segment]) -> list[Segment]:
    """An explanation at the end of a set whose questions have no headings."""
    result: list[Segment] = []
    for index, part in enumerate(parts):
        result.append(part)
        if part.kind != "question" or index + 1 < len(parts):
            continue
        for at in range(1, len(part.blocks)):
            heading = read_heading(part.blocks[at].text)
            if heading and heading.kind == "explanation" and _starts(part.blocks[at - 1], part.blocks[at]):
                rest = part.blocks[at].line.cut(heading.rest).strip()
                behind = [part.blocks[at].with_line(rest)] if rest else []
                result.append(Segment("explanation", (), [*behind, *part.blocks[at + 1 :]], "Toelichting"))
                part.blocks = part.blocks[:at]
                break
    return result


def _joined(parts: Sequence[Segment]) -> list[Segment]:
    """ "Vraag 1a" and "Vraag 1b" are one question, and so are the answers to them."""
    result: list[Segment] = []
    first: dict[tuple[str, tuple[int, ...]], Segment] = {}
    for part in parts:
        letter = LETTERED.search(part.heading) if part.kind in ("question", "answer") else None
        key = (part.kind, part.numbers)
        if letter is None or not part.blocks:
            result.append(part)
            first.setdefault(key, part)
            continue
        earlier = first.get(key)
        if earlier is None:
            part.letters = [(letter[1] or letter[2], 0)]
            first[key] = part
            result.append(part)
        else:
            earlier.letters = earlier.letters or [("", 0)]
            earlier.letters.append((letter[1] or letter[2], len(earlier.blocks)))
            earlier.blocks += [replace(part.blocks[0], gap=True), *part.blocks[1:]]
    return result


def _lists_split(parts: Sequence[Segment]) -> list[Segment]:
    """Answers under one bare heading, as a list with the numbers of the questions."""
    result: list[Segment] = []
    for part in parts:
        result.append(part)
        heading = read_heading(part.heading) if part.kind == "answer" and len(part.numbers) > 1 else None
        if heading is None or heading.numbers:
            continue
        starts: list[int] = []
        for index, block in enumerate(part.blocks):
            found = item_number(block)
            if len(starts) < len(part.numbers) and found and found[0] == part.numbers[len(starts)]:
                starts.append(index)
        # Lines that name the questions and who asks may stand above the list; what is said there is an answer.
        above = part.blocks[: starts[0]] if starts else []
        if len(starts) < len(part.numbers) or len(above) > 4 or any(_ENDED.search(block.text) for block in above):
            continue
        result.pop()
        for position, number in enumerate(part.numbers):
            end = starts[position + 1] if position + 1 < len(starts) else len(part.blocks)
            first, *rest = part.blocks[starts[position] : end]
            text = first.line.cut((item_number(first) or (0, 0))[1]).strip()
            result.append(Segment("answer", (number,), [replace(first, line=text, item=None), *rest], part.heading))
    return result


def _apart(parts: Sequence[Segment]) -> list[Segment]:
    """Each answer without what stands behind it."""
    result: list[Segment] = []
    last = max((index for index, part in enumerate(parts) if part.kind == "answer"), default=-1)
    for index, part in enumerate(parts):
        result.append(part)
        if part.kind != "answer" or len(part.blocks) < 2:
            continue
        following = parts[index + 1].kind if index + 1 < len(parts) else None
        cut = _appendix(part.blocks) if index == last else _between(part.blocks) if following == "question" else None
        if cut is None:
            continue
        kind = "appendix" if index == last else "between"
        # The heading of an appendix is the section's; those between two questions say nothing by themselves.
        behind = part.blocks[cut + 1 :] if index == last else part.blocks[cut:]
        result.append(Segment(kind, (), behind, part.blocks[cut].text))
        part.blocks = part.blocks[:cut]
    return result


def _appendix(blocks: Sequence[TextBlock]) -> int | None:
    for index in range(1, len(blocks)):
        block, above = blocks[index], blocks[index - 1]
        if _APPENDIX.match(block.text) and not _ENDED.search(block.text) and _starts(above, block):
            return index
    return None


def _between(blocks: Sequence[TextBlock]) -> int | None:
    """Where the heading of the next set or subject starts, at the end of an answer."""
    for index in range(max(len(blocks) - 8, 1), len(blocks)):
        if _SET.match(blocks[index].text) and _starts(blocks[index - 1], blocks[index]):
            return index
    block, above = blocks[-1], blocks[-2]
    topic = (
        len(block.text) <= _LONGEST_TOPIC
        and block.text[:1].isupper()
        and any(c.islower() for c in block.text)
        and not _ENDED.search(block.text)
        and not any(mark[1] for mark in block.line.marks)
        and block.role is None
        and block.item is None
        and not is_item(block.text)
        and not any(c.isdigit() for c in block.text)
        and (block.bold is True or (block.bold is None and block.gap))
        and above.bold is not True
    )
    others_end = all(_ENDED.search(other.text) or other.wrapped for other in blocks[:-1])
    return len(blocks) - 1 if topic and _ENDED.search(above.text) and others_end else None


def _starts(above: TextBlock, block: TextBlock) -> bool:
    return block.gap or not block.wrapped or bool(_ENDED.search(above.text))
