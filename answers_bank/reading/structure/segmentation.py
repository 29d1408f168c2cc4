"""Blocks to questions, answers and sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.documents import ReadWarning
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.structure.headings import HIGHEST, Heading, is_plain_number, read_heading, read_short_heading
from answers_bank.reading.structure.numbering import drop_repeats, number_answers, number_questions, number_sets
from answers_bank.reading.structure.question_tables import lay_out
from answers_bank.reading.structure.segments import Segment
from answers_bank.reading.structure.tidying import tidy
from answers_bank.reading.structure.unheaded import split_off_answers, without_headings

_ASKS = re.compile(r"\?[\"'’”»)\]\s\d]*$")
_LEADS_ON = re.compile(r"\b(?:op|de|het|zie|en|of|bij|van|in|naar|met|antwoord|antwoorden|zoals)$", re.IGNORECASE)
_ABOUT_THE_SET = re.compile(r"De(?:ze)? (?:schriftelijke )?vragen\b|Dit is een (?:vervolg|aanvulling)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.?!:;…][\"'’”»)\]]*$")


def segments(blocks: Sequence[TextBlock]) -> tuple[list[Segment], list[ReadWarning]]:
    """The document cut at its headings, with the numbers made consistent."""
    warnings: list[ReadWarning] = []
    blocks = lay_out(blocks)
    parts = _by_role(blocks) if any(b.role in ("question", "answer") for b in blocks) else _by_heading(blocks)
    if not any(part.kind == "question" for part in parts):
        parts = without_headings(parts)
    drop_repeats(parts)
    number_sets(parts, warnings)
    number_questions(parts, warnings)
    parts = split_off_answers(parts, warnings)
    number_answers(parts, warnings)
    return tidy(parts), warnings


def _by_role(blocks: Sequence[TextBlock]) -> list[Segment]:
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


def _by_heading(blocks: Sequence[TextBlock]) -> list[Segment]:
    parts = [Segment("head", ())]
    headings = _headings(blocks)
    last = max((i for i, found in enumerate(headings) if found and found.kind in ("question", "answer")), default=-1)
    taken: set[int] = set()
    for index, block in enumerate(blocks):
        if index in taken:
            continue
        heading = headings[index]
        above = blocks[index - 1] if index else None
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        if (
            heading is None
            or not _believed(heading, block, above, parts, below)
            or not _in_place(heading, index > last, below)
        ):
            parts[-1].blocks.append(block)
            continue
        part = Segment(heading.kind, heading.numbers, [], block.text[: heading.rest].strip())
        if below is not None and (number := _on_next_line(heading, below, parts)):
            part.numbers = (number,)
            taken.add(index + 1)
        if heading.rest < len(block.text):
            rest = block.line.cut(heading.rest).strip()
            part.blocks.append(block.with_line(rest))
        elif block.line.marks:
            # A mark behind the heading belongs to what follows.
            part.blocks.append(block.with_line(block.line.cut(len(block.line))))
        parts.append(part)
    return parts


def _on_next_line(heading: Heading, below: TextBlock, parts: Sequence[Segment]) -> int | None:
    """The number of a heading that stands on the line below it ("Vraag" / "1"); an answer may be a number itself."""
    if heading.numbers or heading.kind not in ("question", "answer") or not is_plain_number(below.text):
        return None
    number = int("".join(c for c in below.text if c.isdigit()))
    if number > HIGHEST or len(parts) > 3 * HIGHEST:
        return None
    asked = [part.numbers for part in parts if part.kind == "question"]
    expected = sum(map(len, asked)) + 1
    fits = number == expected if heading.kind == "question" else (number,) == (asked[-1] if asked else ())
    # Only where the questions have their numbers so: "Vraag" / "1" / "Antwoord" / "12" is an answer of twelve.
    split = heading.kind == "question" or all(part.heading[-1:].isalpha() for part in parts if part.kind == "question")
    return number if fits and split else None


def _headings(blocks: Sequence[TextBlock]) -> list[Heading | None]:
    """What heading each block starts with; "V1:" and "A1:" count where no others do."""
    found = [read_heading(block.text) for block in blocks]
    if any(heading and heading.kind in ("question", "answer") for heading in found):
        return found
    short = [read_short_heading(block.text) for block in blocks]
    if {"question", "answer"} <= {heading.kind for heading in short if heading}:
        return [plain or brief for plain, brief in zip(found, short, strict=True)]
    return found


def _believed(
    heading: Heading, block: TextBlock, above: TextBlock | None, parts: Sequence[Segment], below: TextBlock | None
) -> bool:
    """Whether what looks like a heading is one, and no sentence that happens to start so."""
    current = parts[-1]
    if heading.kind in ("deferral", "explanation", "notes"):
        if heading.kind == "explanation":
            return any(part.kind != "head" for part in parts) and (block.gap or not block.wrapped or _ended(above))
        return heading.kind == "deferral" or any(part.kind == "answer" for part in parts)
    if heading.kind == "answer" and not heading.numbers:
        asked = above is not None and bool(_ASKS.search(above.text))
        alone = (
            heading.rest >= len(block.text)
            and any(part.kind != "head" or any(b.item for b in part.blocks) for part in parts)  # something was asked
            and (block.gap or not block.wrapped or _ended(above))
            and not (below is not None and below.text[:1].islower())  # "Antwoord" / "van Minister …"
        )
        return current.kind == "question" or block.bold is True or asked or alone
    starts = block.breaks if block.breaks is not None else block.gap or not block.wrapped
    closed = _ended(above) or (current.kind == "head" and above is not None and above.text.endswith(")"))
    inside = above is not None and not starts and not closed and bool(current.blocks)
    if inside and above is not None and _LEADS_ON.search(above.text):
        return False  # "… verwijs ik naar het antwoord op" / "Vraag 3."
    if heading.firm:
        return True
    # "Vraag 5 Bent u …", "Antwoord 1 Ja.": believed where the number is new and the text above has ended.
    seen = {number for part in parts if part.kind == heading.kind for number in part.numbers}
    return not inside and not seen & set(heading.numbers)


def _in_place(heading: Heading, at_end: bool, below: TextBlock | None) -> bool:
    """The explanation of a set and its list of sources end it; elsewhere such words are headings inside an answer."""
    if heading.kind not in ("explanation", "notes") or at_end:
        return True
    return heading.kind == "explanation" and below is not None and bool(_ABOUT_THE_SET.match(below.text))


def _ended(block: TextBlock | None) -> bool:
    return block is None or bool(_ENDS_SENTENCE.search(block.text))
