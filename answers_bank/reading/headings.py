"""The grammar of headings: "Vraag 1", "Antwoord op vragen 7, 8, en 9", "Antwoord vraag 9-14:" and their kin."""

from __future__ import annotations

import re
from dataclasses import dataclass

HIGHEST = 120
"""No set of questions numbers higher; keeps years and article numbers out."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was recognised at the start of a line."""

    kind: str
    """"question", "answer", "deferral" (Mededeling), "explanation" (Toelichting), "notes" (a list of sources)."""

    numbers: tuple[int, ...]
    """Empty where the heading has none ("Antwoord:")."""

    rest: int
    """Where the text behind the heading starts; the length of the line where nothing follows."""

    firm: bool
    """Nothing follows on the line, or a colon or break parts it: surely a heading. Else it may open a sentence."""


_NUMBER = re.compile(r"\(?\s*(\d{1,3})(?!\d)(?:[a-j](?![a-zà-ÿ/]))?\s*[)°]?")
_RANGE = re.compile(
    r"\s*(?:t\s?/\s?m\.?|tot\s*en\s*met|t\.?e\.?m\.?|[-–—]|tm(?=\s*\d)|tot(?=\s*\d))\s*(?=\d)", re.IGNORECASE
)
_AND = re.compile(
    r"\s*(?:en\s*/\s*of|[,;/&+]\s*(?:en|of|alsmede|alsook|&)?|(?:en|alsmede|alsook|evenals|plus)(?:\s+ook)?)\s*"
    r"(?:(?:op\s+)?(?:de\s+)?vra(?:ag|gen)\s*)?(?=\(?\s*\d)",
    re.IGNORECASE,
)
_SPACE_ONLY = re.compile(r"\s+(?=\d)")

_QUESTION = re.compile(
    r"(?:(?:Deel|Sub)?-?[Vv]ra(?:ag|gen)|VRA(?:AG|GEN))(?:\s*(?:nr\.?|nummers?|no\.?|nrs\.?))?\s*(?=\(?\d)"
)
_ANSWER = re.compile(
    r"(?:Gezamenlijk(?:e)?\s+)?(?:Antwoord(?:en)?|ANTWOORD(?:EN)?|antwoord(?:en)?|Beantwoording|Reactie)"
    r"(?:\s*(?:op|OP|van|bij|naar|aan))?(?:\s*(?:de|het|DE|uw))?"
    r"(?:\s*(?:(?:deel|sub)?-?vra(?:ag|gen)|Vra(?:ag|gen)|VRA(?:AG|GEN)))?"
    r"(?:\s*(?:nr\.?|nummers?|no\.?|nrs\.?))?\s*(?=\(?\d)"
)
_BARE_ANSWER = re.compile(r"(?:Antwoord(?:en)?|ANTWOORD(?:EN)?)\s*(?:[:.]|$)\s*")
_BARE_QUESTION = re.compile(r"(?:Vraag|VRAAG)\s*(?::|$)\s*")
_DEFERRAL = re.compile(r"(?:Mededeling(?:en)?|MEDEDELING)\s*(?:[:.]|$)\s*")
_EXPLANATION = re.compile(r"(?:Toelichting|TOELICHTING)(?:\s+(?:bij|op)\s+(?:de(?:ze)?\s+)?vragen)?\s*(?:[:.]|$)\s*")
_NOTES = re.compile(r"(?:Voetnoten|Noten|Bronnen|Bronvermelding|Eindnoten)\s*:?\s*$", re.IGNORECASE)
_CLOSE = re.compile(r"\s*(?:[:.]|[–—-](?=\s|$))?\s*")
_SEPARATED = re.compile(r"\s*[:.–—-]")
_TRAILER = re.compile(
    r"\s*(?:\([^()]{0,80}\)|gezamenlijk|tezamen|samen|van\s+(?:het\s+lid|de\s+leden)\s[^.?!]{2,80})\s*[:.]?\s*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[\"'‘“„«(\[]?[A-ZÀ-Þ]")

_ITEM = re.compile(r"\(?(\d{1,3})\s*(?:[.):]|(?=\s|$))\s*")
_PLAIN_ITEM = re.compile(r"\(?(\d{1,3})\s*[.):]?\s*$")


def read_heading(line: str) -> Heading | None:
    """The heading that `line` starts with, or None. `line` has no white space in front."""
    if not line or line[0] not in "VvAaGBRDSMTNE":
        return None
    for pattern, kind in ((_QUESTION, "question"), (_ANSWER, "answer")):
        opening = pattern.match(line)
        if opening:
            numbers, end = read_numbers(line, opening.end())
            if numbers:
                return _numbered(line, kind, numbers, end)
    for pattern, kind in (
        (_BARE_ANSWER, "answer"),
        (_BARE_QUESTION, "question"),
        (_DEFERRAL, "deferral"),
        (_EXPLANATION, "explanation"),
        (_NOTES, "notes"),
    ):
        bare = pattern.match(line)
        if bare:
            return Heading(kind, (), bare.end(), True)
    return None


def _numbered(line: str, kind: str, numbers: tuple[int, ...], end: int) -> Heading | None:
    closing = _CLOSE.match(line, end)
    rest = closing.end() if closing else end
    if rest >= len(line) or _TRAILER.match(line, end):
        return Heading(kind, numbers, len(line), True)
    separated = _SEPARATED.match(line, end)
    if separated and separated[0].strip() == ":":
        return Heading(kind, numbers, rest, True)
    if not _OPENS.match(line, rest):
        return None  # "Vraag 3 gaat over …", "Antwoord op vraag 7, waarin …"
    return Heading(kind, numbers, rest, False)


def read_numbers(line: str, start: int) -> tuple[tuple[int, ...], int]:
    """The list of numbers at `start` ("2, 3 en 5", "2 t/m 6", "4, 5, 6 7 en 8") and where it ends."""
    first = _NUMBER.match(line, start)
    if not first or not 0 < int(first[1]) <= HIGHEST:
        return (), start
    numbers = [int(first[1])]
    end = _trim(line, first)
    while True:
        ranged = _RANGE.match(line, end)
        parted = ranged or _AND.match(line, end)
        loose = None if parted else _SPACE_ONLY.match(line, end)
        separator = parted or loose
        number = _NUMBER.match(line, separator.end()) if separator else None
        if not separator or not number or not 0 < int(number[1]) <= HIGHEST:
            break
        value = int(number[1])
        if ranged:
            if not 0 < value - numbers[-1] < 60:
                break
            numbers += range(numbers[-1] + 1, value + 1)
        elif loose and not (0 < value - numbers[-1] <= 3 and _list_goes_on(line, number.end())):
            break
        else:
            numbers.append(value)
        end = _trim(line, number)
    return tuple(dict.fromkeys(numbers)), end


def _trim(line: str, number: re.Match[str]) -> int:
    """End of a number without the white space that the pattern took along."""
    end = number.end()
    while end > number.end(1) and line[end - 1].isspace():
        end -= 1
    return end


def _list_goes_on(line: str, end: int) -> bool:
    """A missing comma is believed only inside a list or at the end of the line."""
    return not line[end:].strip(" .:") or bool(_AND.match(line, end) or _RANGE.match(line, end))


def read_item(line: str) -> tuple[int, int] | None:
    """The number of a line such as "1.", "1" or "1. Bent u …" and where its text starts."""
    match = _ITEM.match(line)
    if not match or not 0 < int(match[1]) <= HIGHEST:
        return None
    if (
        match.end() < len(line)
        and line[match.end(1) : match.end(1) + 1] not in ".):"
        and not _OPENS.match(line, match.end())
    ):
        return None
    return int(match[1]), match.end()


def is_plain_number(line: str) -> bool:
    """Whether the line is nothing but one number."""
    return bool(_PLAIN_ITEM.match(line))
