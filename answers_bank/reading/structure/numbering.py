"""Question and answer numbers made consistent: where a number cannot be, order decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from answers_bank.documents import ReadWarning
from answers_bank.reading.structure.headings import LETTERED
from answers_bank.reading.structure.segments import Segment

_NO_LETTERS = re.compile(r"[\W_]+")


def drop_repeats(parts: list[Segment]) -> None:
    """A document may list all questions first and repeat each above its answer: the list goes."""
    last: dict[tuple[tuple[int, ...], str], int] = {}
    keys: list[tuple[tuple[int, ...], str] | None] = []
    for index, part in enumerate(parts):
        said = _said(part) if part.kind == "question" else ""
        key = (part.numbers, said) if len(said) > 10 else None
        keys.append(key)
        if key is not None:
            last[key] = index
    for index in range(len(parts) - 1, -1, -1):
        key = keys[index]
        answered = index + 1 < len(parts) and parts[index + 1].kind == "answer"
        if key is not None and last[key] != index and not answered:
            del parts[index]


def _said(part: Segment) -> str:
    """The first letters of a part, to tell whether two say the same."""
    text = " ".join(block.text for block in part.blocks[:4])[:300]
    return _NO_LETTERS.sub("", text.lower())


def number_sets(parts: Sequence[Segment], warnings: list[ReadWarning]) -> None:
    """Several sets in one file: where numbering starts again at 1, the next set counts on from the one before."""
    offset = highest = sets = 0
    seen: set[int] = set()
    following = _next_numbers(parts)
    for index, part in enumerate(parts):
        if part.kind == "question" and part.numbers:
            lettered = LETTERED.search(part.heading)
            if (
                part.numbers[0] == 1
                and 1 in seen
                and not lettered
                and following[index] in (None, max(part.numbers) + 1)
            ):
                offset, sets = highest, sets + 1
                seen = set()
            seen.update(part.numbers)
        if part.kind in ("question", "answer"):
            part.numbers = tuple(number + offset for number in part.numbers)
            highest = max([highest, *part.numbers])
    if sets:
        message = f"Het bestand bevat {sets + 1} reeksen vragen; de nummers van de latere tellen door."
        warnings.append(ReadWarning("several-sets", message))


def _next_numbers(parts: Sequence[Segment]) -> list[int | None]:
    """For each part the first number of the question behind it; None behind the last one."""
    found: list[int | None] = []
    number: int | None = None
    for part in reversed(parts):
        found.append(number)
        if part.kind == "question":
            number = part.numbers[0] if part.numbers else 0
    return found[::-1]


def number_questions(parts: Sequence[Segment], warnings: list[ReadWarning]) -> None:
    """Questions without a number or with one that was used before."""
    questions = [part for part in parts if part.kind == "question"]
    printed = [number for part in questions for number in part.numbers]
    if not printed:
        for position, part in enumerate(questions, 1):
            part.numbers = (position,)
        return
    repeated = [number for number, count in Counter(printed).items() if count > 1]
    gaps = set(range(1, max(printed) + 1)) - set(printed)
    seen: set[int] = set()
    last = 0
    for part in questions:
        fresh = tuple(number for number in part.numbers if number not in seen)
        if not fresh and part.numbers == (last,) and LETTERED.search(part.heading):
            continue  # "Vraag 3b" goes on with question 3
        shifted = (
            bool(repeated) and not gaps and len(part.numbers) == 1 and last >= min(repeated) and fresh != (last + 1,)
        )
        if not fresh or shifted:
            # A gap further on shows which number was meant; without one, all that follow move up.
            number = next((gap for gap in sorted(gaps) if gap > last), last + 1)
            gaps.discard(number)
            if part.numbers:
                shown = ", ".join(map(str, part.numbers))
                message = f"Vraagnummer {shown} kan niet kloppen; naar de volgorde is het vraag {number}."
                warnings.append(ReadWarning("question-number", message))
            fresh = (number,)
        part.numbers = fresh
        seen.update(fresh)
        last = max(fresh)


def number_answers(parts: Sequence[Segment], warnings: list[ReadWarning]) -> None:
    """Answers without a number, or with one that cannot be: they answer the questions just asked."""
    asked = {number for part in parts if part.kind == "question" for number in part.numbers}
    given = Counter(number for part in parts if part.kind == "answer" for number in part.numbers)
    waiting: list[int] = []
    so_far: set[int] = set()
    done: set[int] = set()
    for part in parts:
        if part.kind == "question":
            waiting += part.numbers
            so_far.update(part.numbers)
        if part.kind != "answer":
            continue
        numbers = set(part.numbers)
        open_numbers = [number for number in waiting if number not in done]
        pending = tuple(n for n in open_numbers if not given[n]) or tuple(open_numbers)
        early = bool(numbers) and not numbers & so_far and all(given[number] > 1 for number in numbers)
        if numbers and LETTERED.search(part.heading) and not part.heading.startswith("Vraag"):
            pass  # "Antwoord 3b" stands beside "Antwoord 3a"
        elif not numbers:
            part.numbers = tuple(open_numbers) or tuple(sorted(asked - done))
        elif asked and pending and (numbers <= done or not asked & numbers or early):
            shown, read = " en ".join(map(str, part.numbers)), " en ".join(map(str, pending))
            message = f"Het kopje noemt antwoord {shown}, maar staat onder vraag {read}; zo is het gelezen."
            warnings.append(ReadWarning("answer-number", message))
            part.numbers = pending
        done.update(part.numbers)
        waiting = [number for number in waiting if number not in done]
