"""Blocks to questions, answers and sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from answers_bank.documents import ReadWarning
from answers_bank.reading.blocks import Block
from answers_bank.reading.headings import Heading, read_heading, read_item

_ENDS_ASKING = re.compile(r"\?[\"'’”»)\]\s]*$")
_ENDS_SENTENCE = re.compile(r"[.?!:;…][\"'’”»)\]]*$")


@dataclass(slots=True)
class Segment:
    """The blocks under one heading."""

    kind: str
    """"head" (before the first heading), "question", "answer", "deferral", "explanation", "notes"."""

    numbers: tuple[int, ...]
    blocks: list[Block] = field(default_factory=list)
    heading: str = ""


def segments(blocks: Sequence[Block]) -> tuple[list[Segment], list[ReadWarning]]:
    """The document cut at its headings, with the numbers made consistent."""
    warnings: list[ReadWarning] = []
    parts = _by_role(blocks) if any(b.role in ("question", "answer") for b in blocks) else _by_heading(blocks)
    kinds = {part.kind for part in parts}
    if "question" not in kinds:
        parts = _number_items(parts, warnings)
    _number_questions(parts, warnings)
    parts = _split_off_answers(parts, warnings)
    _number_answers(parts, warnings)
    return parts, warnings


def _by_role(blocks: Sequence[Block]) -> list[Segment]:
    """Cut where the format itself names the parts."""
    parts = [Segment("head", ())]
    for block in blocks:
        if block.role in ("question", "answer", "deferral", "explanation") and block.gap:
            heading = read_heading(block.text) if block.text else None
            numbers = block.numbers or (heading.numbers if heading else ())
            parts.append(Segment(block.role, numbers, [], block.text))
        else:
            parts[-1].blocks.append(block)
    return parts


def _by_heading(blocks: Sequence[Block]) -> list[Segment]:
    parts = [Segment("head", ())]
    for index, block in enumerate(blocks):
        heading = read_heading(block.text)
        if heading is None or not _believed(heading, block, blocks[index - 1] if index else None, parts):
            parts[-1].blocks.append(block)
            continue
        part = Segment(heading.kind, heading.numbers, [], block.text[: heading.rest].strip())
        if heading.rest < len(block.text):
            rest = block.line.cut(heading.rest).strip()
            part.blocks.append(block.with_line(rest))
        elif block.line.marks:
            # A mark behind the heading belongs to what follows.
            part.blocks.append(block.with_line(block.line.cut(len(block.line))))
        parts.append(part)
    return parts


def _believed(heading: Heading, block: Block, above: Block | None, parts: Sequence[Segment]) -> bool:
    """Whether what looks like a heading is one, and no sentence that happens to start so."""
    current = parts[-1]
    if heading.kind in ("deferral", "explanation", "notes"):
        if heading.kind == "explanation":
            return any(part.kind != "head" for part in parts) and (block.gap or not block.wrapped or _ended(above))
        return heading.kind == "deferral" or any(part.kind == "answer" for part in parts)
    if heading.kind == "answer" and not heading.numbers:
        return current.kind == "question" or block.bold is True
    inside = above is not None and block.wrapped and not block.gap and not _ended(above) and bool(current.blocks)
    if inside and block.text.rstrip().endswith("."):
        return False
    if heading.firm:
        return True
    # "Vraag 5 Bent u …", "Antwoord 1 Ja.": believed where the number is new and the text above has ended.
    seen = {number for part in parts if part.kind == heading.kind for number in part.numbers}
    return not inside and not seen & set(heading.numbers)


def _ended(block: Block | None) -> bool:
    return block is None or bool(_ENDS_SENTENCE.search(block.text))


def _number_items(parts: list[Segment], warnings: list[ReadWarning]) -> list[Segment]:
    """Questions without the word "Vraag": numbered lines ("1.", "1. Bent u …", automatic numbers)."""
    has_answers = any(part.kind == "answer" for part in parts)
    result: list[Segment] = []
    expected = 1
    for part in parts:
        if part.kind not in ("head", "answer"):
            result.append(part)
            continue
        current = Segment(part.kind, part.numbers, [], part.heading)
        result.append(current)
        for index, block in enumerate(part.blocks):
            found = _item_number(block)
            if found and found[0] == expected and _looks_like_question(part.blocks, index, has_answers):
                rest = block.line.cut(found[1]).strip()
                current = Segment(
                    "question", (expected,), [block.with_line(rest)] if rest or rest.marks else [], str(expected)
                )
                result.append(current)
                expected += 1
            else:
                current.blocks.append(block)
    return result if expected > 1 else parts


def _item_number(block: Block) -> tuple[int, int] | None:
    if block.item is not None:
        digits = re.match(r"\(?(\d{1,3})[.):]?$", block.item)
        return (int(digits[1]), 0) if digits else None
    return read_item(block.text)


def _looks_like_question(blocks: Sequence[Block], index: int, has_answers: bool) -> bool:
    """A numbered line asks when a question mark comes before the next number."""
    for step, block in enumerate(blocks[index : index + 30]):
        if step and _item_number(block):
            return False
        if "?" in block.text:
            return True
    return has_answers and index + 1 >= len(blocks)


def _number_questions(parts: Sequence[Segment], warnings: list[ReadWarning]) -> None:
    """Wrong or repeated numbers: order decides."""
    questions = [part for part in parts if part.kind == "question"]
    seen: set[int] = set()
    printed = {number for part in questions for number in part.numbers}
    last = 0
    for part in questions:
        fresh = tuple(number for number in part.numbers if number not in seen)
        if not fresh:
            number = last + 1
            while number in seen or number in printed:
                number += 1
            if part.numbers:
                shown = ", ".join(map(str, part.numbers))
                message = f"Vraagnummer {shown} komt twee keer voor; de tweede is gelezen als vraag {number}."
                warnings.append(ReadWarning("question-number", message))
            fresh = (number,)
        part.numbers = fresh
        seen.update(fresh)
        last = max(fresh)


def _split_off_answers(parts: list[Segment], warnings: list[ReadWarning]) -> list[Segment]:
    """A question whose answer has no heading: the answer starts where the bold type or the asking ends."""
    answered = {number for part in parts if part.kind == "answer" for number in part.numbers}
    any_answer = any(part.kind == "answer" for part in parts)
    questions = [part for part in parts if part.kind == "question"]
    mixed = _bold_parts_them(questions)
    result: list[Segment] = []
    for index, part in enumerate(parts):
        result.append(part)
        if part.kind != "question" or answered & set(part.numbers):
            continue
        after = parts[index + 1] if index + 1 < len(parts) else None
        if after is not None and after.kind == "answer" and not after.numbers:
            continue
        cut = _answer_start(part.blocks, mixed) if mixed or any_answer else None
        if cut is None:
            continue
        rest = part.blocks[cut:]
        part.blocks = part.blocks[:cut]
        result.append(Segment("answer", part.numbers, rest))
        shown = " en ".join(map(str, part.numbers))
        warnings.append(ReadWarning("no-answer-heading", f"Het antwoord op vraag {shown} heeft geen kopje."))
    return result


def _bold_parts_them(questions: Iterable[Segment]) -> bool:
    """Whether bold questions and roman answers are told apart by their type."""
    both = 0
    for part in questions:
        kinds = [block.bold for block in part.blocks if block.text]
        both += bool(kinds) and kinds[0] is True and False in kinds
    return both > 0


def _answer_start(blocks: Sequence[Block], by_type: bool) -> int | None:
    if by_type:
        for index, block in enumerate(blocks):
            if index and block.text and block.bold is False and blocks[0].bold:
                return index
        return None
    asked = [index for index, block in enumerate(blocks) if _ENDS_ASKING.search(block.text)]
    for index in asked:
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if following is None:
            return None
        if not following.wrapped or following.gap:
            rest = blocks[index + 1 :]
            if not any(_ENDS_ASKING.search(block.text) for block in rest[:2]):
                return index + 1
    return None


def _number_answers(parts: Sequence[Segment], warnings: list[ReadWarning]) -> None:
    """Answers without a number, or with one that cannot be: they answer the questions just asked."""
    asked = {number for part in parts if part.kind == "question" for number in part.numbers}
    given = [number for part in parts if part.kind == "answer" for number in part.numbers]
    open_numbers: list[int] = []
    done: set[int] = set()
    for part in parts:
        if part.kind == "question":
            open_numbers += part.numbers
        if part.kind != "answer":
            continue
        pending = tuple(number for number in open_numbers if number not in done and number not in given)
        wrong = bool(part.numbers) and (set(part.numbers) <= done or not asked & set(part.numbers)) and bool(asked)
        if not part.numbers:
            part.numbers = tuple(number for number in open_numbers if number not in done) or tuple(sorted(asked - done))
        elif wrong and pending:
            shown, read = " en ".join(map(str, part.numbers)), " en ".join(map(str, pending))
            message = f"Het kopje noemt antwoord {shown}, maar staat onder vraag {read}; zo is het gelezen."
            warnings.append(ReadWarning("answer-number", message))
            part.numbers = pending
        done.update(part.numbers)
        open_numbers = [number for number in open_numbers if number not in done]
