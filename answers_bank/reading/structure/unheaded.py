"""Questions and answers whose headings are missing: numbered lines, bold type, or nothing but the question mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from answers_bank.documents import ReadWarning
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.structure.headings import read_item, roman_number
from answers_bank.reading.structure.numbered_sets import SETS
from answers_bank.reading.structure.segments import Segment

_ASKS = re.compile(r"\?[\"'’”»)\]\s]*$")
_REQUESTS = re.compile(r"(?:Kunt|Wilt|Kan)\s+u\b")
_SAYS = re.compile(r"(?:Ja|Nee|Neen)[,.;](?:\s|$)")
_ROMAN = re.compile(r"([IVX]{1,5})[.)]\s+(?=[\"'‘“«(]?[A-ZÀ-Þ])")
_ANSWERED = re.compile(
    r"\b(?:Antwoord(?:en)?|Beantwoording)\s+van\s+(?:de\s+)?(?:minister|staatssecretaris)"
    r"|\bvragen\s+en\s+antwoorden\b|\bBeantwoording\s+(?:van\s+(?:de\s+)?)?feitelijke\s+vragen",
    re.IGNORECASE,
)
_HEADED = re.compile(r"(?:Antwoord(?:en)?|Beantwoording)\b[^.?!]{0,80}\b(?:Kamer)?vragen\b")
_HEAD = re.compile(
    r"\(\s*(?:ingezonden|ontvangen)|\buw brief van\b|^(?:Onderwerp|Betreft|Geachte|Aan de Voorzitter)", re.IGNORECASE
)


def without_headings(parts: list[Segment]) -> list[Segment]:
    """Find the questions of a document that has no question headings."""
    has_answers = any(part.kind == "answer" for part in parts)
    head = "\n".join(block.text for block in parts[0].blocks)
    if not has_answers and not SETS.search(head):
        return parts  # a letter: its numbered headings are no questions
    for found in (
        _numbered(parts, has_answers),
        _bold(parts) if not has_answers else None,
        _by_turns(parts) if not has_answers else None,
        _unnumbered(parts, has_answers),
    ):
        if found is not None:
            return found
    return parts


def _numbered(parts: Sequence[Segment], has_answers: bool) -> list[Segment] | None:
    """Lines such as "1.", "1. Bent u …" or with automatic numbers, counting up from 1."""
    result: list[Segment] = []
    expected = 1
    for part in parts:
        if part.kind not in ("head", "answer"):
            result.append(part)
            continue
        current = Segment(part.kind, part.numbers, [], part.heading)
        result.append(current)
        for index, block in enumerate(part.blocks):
            found = item_number(block)
            if found and found[0] == expected and _asks_before_next(part.blocks, index, expected, has_answers):
                rest = block.line.cut(found[1]).strip()
                blocks = [_unlisted(block).with_line(rest)] if rest or rest.marks else []
                current = Segment("question", (expected,), blocks, str(expected))
                result.append(current)
                expected += 1
            else:
                current.blocks.append(block)
    return result if expected > 1 else None


def _unlisted(block: TextBlock) -> TextBlock:
    return block if block.item is None else replace(block, item=None)


def item_number(block: TextBlock) -> tuple[int, int] | None:
    """The number that the block starts with, typed or automatic, and where its text starts."""
    if block.cells:
        return None
    if block.item is not None:
        digits = re.match(r"\(?(\d{1,3})[.):]?$", block.item)
        return (int(digits[1]), 0) if digits else None
    roman = _ROMAN.match(block.text)
    number = roman_number(roman[1]) if roman else 0
    return (number, roman.end()) if roman and number else read_item(block.text)


def _asks_before_next(blocks: Sequence[TextBlock], index: int, number: int, has_answers: bool) -> bool:
    """A numbered line asks when a question mark comes before the next number, and before its own comes again.

    One that asks in other words ("Kunt u dit toelichten.") does so behind others, or above an answer.
    """
    own = blocks[index].item
    for step, block in enumerate(blocks[index : index + 30]):
        found = item_number(block) if step else None
        if found and found[0] == number:
            return False
        if found and found[0] == number + 1:
            return own is not None and block.item is not None and number > 1 and not has_answers
        if "?" in block.text:
            return True
    ends = len(blocks) - index <= 30
    return ends and (
        (has_answers and (own is not None or index + 1 >= len(blocks))) or (own is not None and number > 1)
    )


def _bold(parts: Sequence[Segment]) -> list[Segment] | None:
    """Bold questions and roman answers, by turns."""
    blocks = [block for part in parts for block in part.blocks]
    if len(parts) > 1 or not any(block.bold is False for block in blocks):
        return None
    result = [Segment("head", ())]
    starts = _paragraph_starts(blocks)
    for position, start in enumerate(starts):
        paragraph = blocks[start : _end(starts, position, blocks)]
        asks = paragraph[0].bold is True and bool(_ASKS.search(paragraph[-1].text))
        current = result[-1]
        if asks and current.kind == "question" and not any(_ASKS.search(other.text) for other in current.blocks):
            current.blocks += paragraph
        elif asks:
            result.append(Segment("question", (), paragraph))
        elif current.kind == "question" and paragraph[0].bold is False:
            result.append(Segment("answer", (), paragraph))
        else:
            current.blocks += paragraph
    return result if sum(part.kind == "answer" for part in result) > 0 else None


def _by_turns(parts: Sequence[Segment]) -> list[Segment] | None:
    """Below the heading of answers: paragraphs that ask and paragraphs that do not, by turns, in one type."""
    blocks = [block for part in parts for block in part.blocks]
    begin = max((i for i, block in enumerate(blocks) if _HEADED.match(block.text)), default=-1) + 1
    starts = _paragraph_starts(blocks)
    if len(parts) > 1 or not begin or len(starts) < 4:
        return None
    result = [Segment("head", ())]
    for position, start in enumerate(starts):
        paragraph = blocks[start : _end(starts, position, blocks)]
        asks = start >= begin and bool(_ASKS.search(paragraph[-1].text))
        current = result[-1]
        if asks and current.kind == "question" and len(result) > 1:
            return None  # two that ask on end: which of them is answered cannot be told
        if asks:
            result.append(Segment("question", (), paragraph))
        elif current.kind == "question":
            result.append(Segment("answer", (), paragraph))
        else:
            current.blocks += paragraph
    found = sum(part.kind == "question" for part in result)
    return result if found > 1 and result[-1].kind == "answer" else None


def _unnumbered(parts: Sequence[Segment], has_answers: bool) -> list[Segment] | None:
    """One question a paragraph: those that end in a question mark, above each bare "Antwoord" or at the end."""
    result: list[Segment] = []
    found = 0
    for index, part in enumerate(parts):
        answer_follows = index + 1 < len(parts) and parts[index + 1].kind == "answer"
        if part.kind not in ("head", "answer") or (has_answers and not answer_follows):
            result.append(part)
            continue
        paragraphs = _paragraph_starts(part.blocks)
        cut = len(paragraphs)
        while cut > 0 and _asks(part.blocks[paragraphs[cut - 1] : _end(paragraphs, cut - 1, part.blocks)]):
            cut -= 1
        if part.kind == "answer" and cut == 0:
            cut = 1  # an answer that asks back keeps its first paragraph
        while cut < len(paragraphs) and _HEAD.search(part.blocks[paragraphs[cut]].text) and part.kind == "head":
            cut += 1
        begin = paragraphs[cut] if cut < len(paragraphs) else len(part.blocks)
        result.append(Segment(part.kind, part.numbers, part.blocks[:begin], part.heading))
        for position in range(cut, len(paragraphs)):
            end = _end(paragraphs, position, part.blocks)
            result.append(Segment("question", (), part.blocks[paragraphs[position] : end]))
            found += 1
    return result if found else None


def _asks(paragraph: Sequence[TextBlock]) -> bool:
    """Whether a paragraph ends in a question mark, or asks without one ("Kunt u dit toelichten.")."""
    return bool(_ASKS.search(paragraph[-1].text) or _REQUESTS.match(paragraph[0].text))


def _paragraph_starts(blocks: Sequence[TextBlock]) -> list[int]:
    return [i for i, block in enumerate(blocks) if i == 0 or _starts(blocks[i - 1], block)]


def _starts(above: TextBlock, block: TextBlock) -> bool:
    """Whether a paragraph starts at `block`: white space, or a capital below a short line that ended."""
    if _ASKS.search(above.text) and _SAYS.match(block.text):
        return True  # an answer, also below a question that fills its line
    if block.breaks is not None:
        return block.breaks
    if block.gap or not block.wrapped or not block.width:
        return True
    ended = above.text.endswith((".", "?", "!", ":", ")", "”", "’"))
    return ended and len(above.text) < 0.8 * block.width and block.text[:1].isupper()


def _end(starts: Sequence[int], position: int, blocks: Sequence[TextBlock]) -> int:
    return starts[position + 1] if position + 1 < len(starts) else len(blocks)


def split_off_answers(parts: list[Segment], warnings: list[ReadWarning]) -> list[Segment]:
    """A question whose answer has no heading: the answer starts where the bold type or the asking ends."""
    answered = {number for part in parts if part.kind == "answer" for number in part.numbers}
    any_answer = any(part.kind == "answer" for part in parts) or _announces_answers(parts[0].blocks)
    mixed = _type_parts_them(part for part in parts if part.kind == "question")
    whole = any_answer and not answered
    result: list[Segment] = []
    found: list[str] = []
    for index, part in enumerate(parts):
        result.append(part)
        if part.kind != "question" or answered & set(part.numbers):
            continue
        following = parts[index + 1] if index + 1 < len(parts) else None
        if following is not None and following.kind == "answer":
            continue
        cut = _bold_end(part.blocks) if mixed else _asking_end(part.blocks, whole) if any_answer else None
        if cut is None:
            continue
        rest = part.blocks[cut:]
        part.blocks = part.blocks[:cut]
        result.append(Segment("answer", part.numbers, rest))
        found += map(str, part.numbers)
    if found:
        warnings.append(
            ReadWarning(
                "no-answer-heading",
                f"Geen kopje boven het antwoord op vraag {', '.join(found)}: het begint waar de vraag ophoudt.",
            )
        )
    return result


def _announces_answers(head: Sequence[TextBlock]) -> bool:
    """Whether the head says that a minister answers, or is the heading of answers."""
    return bool(_ANSWERED.search(" ".join(block.text for block in head))) or any(
        _HEADED.match(block.text) for block in head
    )


def _type_parts_them(questions: Iterable[Segment]) -> bool:
    """Whether bold questions and roman answers are told apart by their type."""
    for part in questions:
        kinds = [block.bold for block in part.blocks if block.text]
        if kinds and kinds[0] is True and False in kinds:
            return True
    return False


def _bold_end(blocks: Sequence[TextBlock]) -> int | None:
    if not blocks or not blocks[0].bold:
        return None
    roman = (i for i, block in enumerate(blocks) if i and block.text and block.bold is False)
    # The end of a question ("waarom" / "niet? 3)") may stand in roman type for its mark.
    return next((i for i in roman if not _goes_on(blocks[i - 1], blocks[i])), None)


def _goes_on(above: TextBlock, block: TextBlock) -> bool:
    return block.wrapped and block.text[:1].islower() and not above.text.endswith((".", "?", "!", ":"))


def _asking_end(blocks: Sequence[TextBlock], whole: bool) -> int | None:
    """Behind the paragraphs that ask, where the first one that does not ask follows.

    Where the set has no headings of answers at all (`whole`), a paragraph that asks in other words ("Kunt u dit
    toelichten.") is a question of one paragraph.
    """
    starts = _paragraph_starts(blocks)
    if whole and (behind := _all_asked(blocks)) is not None and behind not in starts:
        return behind
    asks = [bool(_ASKS.search(blocks[_end(starts, i, blocks) - 1].text)) for i in range(len(starts))]
    first = next((i for i, asking in enumerate(asks) if asking), 0 if whole else None)
    if first is None:
        return None
    while first + 1 < len(asks) and asks[first + 1]:
        first += 1
    if first + 1 >= len(starts) or (not whole and any(asks[first + 1 :])):
        return None
    return starts[first + 1]


def _all_asked(blocks: Sequence[TextBlock]) -> int | None:
    """The line below the last one that ends in a question mark, where nothing behind it asks: a question that fills
    its line does not show that a paragraph ends with it."""
    last = max((i for i, block in enumerate(blocks) if _ASKS.search(block.text)), default=-1)
    if last < 0 or last + 1 >= len(blocks) or any("?" in block.text for block in blocks[last + 1 :]):
        return None
    return last + 1 if blocks[last + 1].text[:1].isupper() else None
