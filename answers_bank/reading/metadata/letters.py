"""The sections of a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.metadata.signature import split_signature
from answers_bank.reading.structure.furniture import is_furniture

_ENDED = re.compile(r"[.?!:;,…][\"'’”»)\]]*$")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,4}\.|[A-Ea-e][.)])\s+\S")
_LETTERHEAD_END = re.compile(r"(?:Geachte|Hooggeachte)\b")


def letter_sections(blocks: Sequence[TextBlock]) -> list[tuple[str, list[TextBlock]]]:
    """Headings with their blocks, an empty one for what precedes the first; without signature and letterhead."""
    body = [block for block in blocks if block.role not in ("letterhead", "note") and not is_furniture(block.text)]
    end = split_signature(body)
    body = body[:end] if end is not None else body
    start = next((i for i, block in enumerate(body[:60]) if _LETTERHEAD_END.match(block.text)), None)
    body = body[start + 1 :] if start is not None else body
    full = sorted(len(block.text) for block in body if block.wrapped)
    width = full[int(len(full) * 0.8)] if full else 80
    sections: list[tuple[str, list[TextBlock]]] = [("", [])]
    for index, block in enumerate(body):
        below_heading = bool(sections[-1][0]) and not sections[-1][1]
        if block.text and _is_heading(body, index, width, below_heading):
            sections.append((block.text, []))
        elif block.text:
            sections[-1][1].append(block)
    return [(heading, group) for heading, group in sections if heading or group]


def _is_heading(blocks: Sequence[TextBlock], index: int, width: int, below_heading: bool = False) -> bool:
    """A line well short of `width` without a closing mark, above one that starts a sentence, below one that ended or
    that is a heading itself."""
    block = blocks[index]
    text = block.text
    following = next((other for other in blocks[index + 1 : index + 4] if other.text), None)
    if block.role == "heading":
        return True
    if len(text) > 110 or _ENDED.search(text) or following is None or block.role == "row" or text[0] in "•−–-*":
        return False
    if block.bold is True and following.bold is not True:
        return True
    if not (text[0].isupper() or _NUMBERED.match(text)):
        return False
    above = blocks[index - 1] if index else None
    if block.breaks is not None:
        return bool(block.breaks and following.breaks and following.text[0].isupper() and len(following.text) > 40)
    if block.wrapped:
        ended = (
            below_heading
            or above is None
            or bool(_ENDED.search(above.text))
            or block.gap
            or bool(re.search(r"\d$", above.text))
        )
        return len(text) < 0.75 * width and ended and following.text[0].isupper() and len(following.text) > len(text)
    return len(text) < 90 and len(following.text) > 90
