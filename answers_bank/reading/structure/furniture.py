"""Lines of an extracted text that belong to the page, not to what is said on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.structure.headings import is_plain_number

_YEAR = r"\d{4}\s*[-–/]\s*\d{4}"
_CHAMBER = r"(?:Tweede|Eerste)\s*Kamer"
_LINES = re.compile(
    r"(?:"
    rf"{_CHAMBER}\s*der\s*Staten-?\s*Generaal\s*[12]?"
    rf"|Vergaderjaar\s*{_YEAR}(?:\s*Aanhangsel\s*van\s*de\s*Handelingen)?"
    r"|Aanhangsel\s*van\s*de\s*Handelingen"
    r"|Vragen\s*gesteld\s*door\s*de\s*leden\s*der\s*Kamer,?\s*met\s*de\s*daarop\s*door\s*de"
    r"(?:\s*regering\s*gegeven\s*antwoorden)?|regering\s*gegeven\s*antwoorden"
    r"|(?:ah|kst|kv|blg|h)-(?:tk|ek)?-?[\dA-Z][\w-]*"
    r"|ISSN\s*0921\s*-\s*73\d\d.*"
    r"|[’'‘]s-?\s*Gravenhage\s*\d{4}.*"
    rf"|{_CHAMBER},\s*vergaderjaar\s*{_YEAR}.*"
    r"|(?:\d{0,2}\s*Pagina\s*\d*\s*(?:van|/)\s*\d*\s*)+|(?:Ons|Uw)\s?kenmerk\s?\d{5,9}|VERTROUWELIJK|Vertrouwelijk|>\s*Retouradres.*"
    r"|[-_=*]{4,}"
    r")",
    re.IGNORECASE,
)
_PAGE_END = re.compile(
    rf"(?:.{{0,80}}{_CHAMBER},\s*vergaderjaar\s*{_YEAR}.*|Pagina\s*\d*\s*(?:van|/)\s*\d+)", re.IGNORECASE
)
_LETTERHEAD = re.compile(
    r"(?:Datum|Ons kenmerk|Onze referentie|Uw kenmerk|Kenmerk|Directoraat[- ]|"
    r"Directie\b|Afdeling\b|Ministerie van\b|Bestuursdepartement)",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether the line is a page header or footer of the Chamber's publications or of a letter."""
    return bool(_LINES.fullmatch(text))


def pages(blocks: Sequence[TextBlock]) -> list[list[TextBlock]]:
    """The blocks without page furniture, page by page as far as the text shows its pages."""
    result: list[list[TextBlock]] = [[]]
    numbered = any(_PAGE_END.fullmatch(block.text) for block in blocks)
    repeated = _repeated_letterhead(blocks)
    after_end = False
    for index, block in enumerate(blocks):
        text = block.text
        if block.leaf and result[-1]:
            result.append([])
        if _PAGE_END.fullmatch(text):
            after_end = not text[-1:].isdigit()
            result.append([])
            continue
        if is_furniture(text) or index in repeated:
            continue
        if is_plain_number(text) and (after_end or (index < 12 and _between_furniture(blocks, index))):
            after_end = False
            continue  # the page's number, or the Chamber's
        after_end = False
        result[-1].append(replace(block, page=len(result)) if numbered else block)
    return result


def _between_furniture(blocks: Sequence[TextBlock], index: int) -> bool:
    """Whether a lone number in the head is the Chamber's "2" and not the number of the publication."""
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    return blocks[index].text in ("1", "2") and is_furniture(following)


def _repeated_letterhead(blocks: Sequence[TextBlock]) -> set[int]:
    """The letterhead that a letter repeats on its later pages: "Datum", "Ons kenmerk" and what stands below them."""
    counts = Counter(block.text for block in blocks if len(block.text) < 80)
    found: set[int] = set()
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        text = block.text
        if counts[text] < 2 or not text or not block.wrapped:
            continue
        below = index - 1 in found and len(text) < 40 and not text.endswith((".", "?", ":"))
        if text in seen and (_LETTERHEAD.match(text) or below):
            found.add(index)
        seen.add(text)
    return found
