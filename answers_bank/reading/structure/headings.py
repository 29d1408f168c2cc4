"""The grammar of headings: "Vraag 1", "Antwoord op vragen 7, 8, en 9", "Antwoord vraag 9-14:" and their kin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from answers_bank.documents import ReadWarning
from answers_bank.reading.blocks import TextBlock

LETTERED = re.compile(r"\d(?:\.?([a-j])|\.(\d{1,2}))\b")
"""The letter in "Vraag 3b", or the second number in "Vraag 3.2"."""

HIGHEST = 999
"""No set of questions numbers higher (a list of a committee may have hundreds); keeps years out."""


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


_NUMBER = re.compile(r"\(?\s*(\d{1,3})(?!\d)(?:\.?[a-j](?![a-zà-ÿ/])|\.\d{1,2}(?![\d.]))?\s*[)°]?")
_RANGE = re.compile(
    r"\s*(?:t\s?/\s?m\.?|tot\s*en\s*met|t\.?e\.?m\.?|[-–—]|tm(?=\s*\d)|tot(?=\s*\d))\s*"
    r"(?:(?:de\s+)?vra(?:ag|gen)\s*)?(?=\d)",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*(?:en\s*/\s*of|[,;/&+]\s*(?:en|of|alsmede|alsook|&)?|(?:en|alsmede|alsook|evenals|plus)(?:\s+ook)?)\s*"
    r"(?:(?:op\s+)?(?:de\s+)?vra(?:ag|gen)\s*)?(?=\(?\s*\d)",
    re.IGNORECASE,
)
_SPACE_ONLY = re.compile(r"\s+(?=\d)")
# "1. 2. en 3.", up to the end of the line.
_DOTTED = re.compile(r"(?:\.\s+(?:en\s+)?\d{1,3})+[.:]?\s*$", re.IGNORECASE)
# What typed or converted text sets before a heading: "## ", "**", "• ".
_DECORATED = re.compile(r"(?:#{1,6}\s+|[*_]{1,3}(?=\w)|[•▪–—*-]\s+)+")

_COUNT = r"(?:\s*(?:nr\.?|nummers?|no\.?|nrs\.?|#))?\s*"
_OPENS_QUESTION = (
    r"(?:(?:Deel|Sub)?-?[Vv]ra(?:ag|gen)|VRA(?:AG|GEN))(?:\s+en\s+antwoord(?:en)?|\s+&\s+antwoord)?" + _COUNT
)
_OPENS_ANSWER = (
    r"(?:(?:Gezamenlijk|Gecombineerd|Gebundeld|Samengevoegd|Gemeenschappelijk|Integraal)e?\s+)?"
    r"(?:Antwoord(?:en)?|ANTWOORD(?:EN)?|antwoord(?:en)?|Beantwoording|Reactie)"
    r"(?:\s*(?:op|OP|van|bij|naar|aan|ad))?(?:\s*(?:de|het|DE|uw))?"
    r"(?:\s*\(?(?:(?:deel|sub)?-?vra(?:ag|gen)|Vra(?:ag|gen)|VRA(?:AG|GEN)))?" + _COUNT
)
_QUESTION = re.compile(_OPENS_QUESTION + r"(?=\(?\d)")
_ANSWER = re.compile(_OPENS_ANSWER + r"(?=\(?\d)")
_SPELT_QUESTION, _SPELT_ANSWER = re.compile(_OPENS_QUESTION), re.compile(_OPENS_ANSWER)
_ROMAN = re.compile(r"(?=[IVX])(X{0,2})(IX|IV|V?I{0,3})\s*[.:)]?\s*$")
_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "één eerste", "twee tweede", "drie derde", "vier vierde", "vijf vijfde", "zes zesde", "zeven zevende",
            "acht achtste", "negen negende", "tien tiende", "elf elfde", "twaalf twaalfde",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"(\d{1,3})(?:[.):]|e|de|ste)\s+(vraag|antwoord)\s*:?\s*$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SHORT = re.compile(r"([VvQq]|[Aa])\s?(\d{1,3})?\s?[.:]\s+(?=\S)|([VQ]|A)\s?(\d{1,3})\s*[.:]?\s*$")
_BARE_ANSWER = re.compile(r"(?:Antwoord(?:en)?|ANTWOORD(?:EN)?)\s*(?:[:.]|$)\s*")
_BARE_QUESTION = re.compile(r"(?:Vraag|VRAAG)\s*(?::|$)\s*")
_DEFERRAL = re.compile(r"(?:Mededeling(?:en)?|MEDEDELING)\s*(?:[:.]|$)\s*")
_EXPLANATION = re.compile(r"(?:Toelichting|TOELICHTING)(?:\s+(?:bij|op)\s+(?:de(?:ze)?\s+)?vragen)?\s*(?:[:.]|$)\s*")
_NOTES = re.compile(r"(?:Voetnoten|Noten|Bronnen|Bronvermelding|Eindnoten)\s*:?\s*$", re.IGNORECASE)
_CLOSE = re.compile(r"\s*[*_]{0,3}\s*(?:[:.]|;\s*$|[–—-](?=\s|$))?\s*(?:[*_]{1,3}(?=\s|$)\s*)?")
_SEPARATED = re.compile(r"\s*[*_]{0,3}\s*[:.–—-]")
_TRAILER = re.compile(
    r"\s*(?:\([^()]{0,80}\)|van\s+(?:de\s+)?\d{1,3}|gezamenlijk|tezamen|samen|van\s+(?:het\s+lid|de\s+leden)\s[^.?!]{2,80})\s*[:.]?\s*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[\"'‘“„«(\[]?[A-ZÀ-Þ]")

_ITEM = re.compile(r"\(?(\d{1,3})\s*(?:[.):]|(?=\s|$))\s*")
_PLAIN_ITEM = re.compile(r"\(?(\d{1,3})\s*[.):]?\s*$")


@lru_cache(maxsize=4096)  # each line is looked at by several steps of the reading
def read_heading(line: str) -> Heading | None:
    """The heading that `line` starts with, or None. `line` has no white space in front."""
    decoration = _DECORATED.match(line)
    if decoration is None:
        return _plain_heading(line)
    found = _plain_heading(line[decoration.end() :])
    # An item of a list may start with such words; a heading has its line to itself.
    if found is None or (
        "#" not in decoration[0] and line[decoration.end() - 1].isspace() and found.rest < len(line) - decoration.end()
    ):
        return None
    return replace(found, rest=found.rest + decoration.end())


def _plain_heading(line: str) -> Heading | None:
    if not line or line[0] not in "VvAaGBRDSMTNEI0123456789":
        return None
    if line[0].isdigit():
        first = _NUMBER_FIRST.match(line)
        if first is None or not 0 < int(first[1]) <= HIGHEST:
            return None
        return Heading("question" if first[2].lower() == "vraag" else "answer", (int(first[1]),), len(line), True)
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
    return _spelt(line)


def _spelt(line: str) -> Heading | None:
    """Numbers in letters: "Vraag IV", "Antwoord op de vragen één tot en met drie"."""
    if len(line) > 90 or _DIGIT.search(line):
        return None
    for pattern, kind in ((_SPELT_QUESTION, "question"), (_SPELT_ANSWER, "answer")):
        opening = pattern.match(line)
        roman = _ROMAN.match(line, opening.end()) if opening and line[opening.end() - 1].isspace() else None
        if roman and (number := roman_number(roman[1] + roman[2])):
            return Heading(kind, (number,), len(line), True)
    if not _WORD.search(line):
        return None
    digits = re.sub(r"\s*vra(?:ag|gen)\s*[:.]?$", "", _WORD.sub(lambda word: str(_WORDS[word[0].lower()]), line))
    for pattern, kind in ((_QUESTION, "question"), (_ANSWER, "answer")):
        opening = pattern.match(digits)
        numbers, end = read_numbers(digits, opening.end()) if opening else ((), 0)
        if numbers and not digits[end:].strip(" .:"):
            return Heading(kind, numbers, len(line), True)
    return None


def roman_number(text: str) -> int:
    """The value of a number in Roman letters; 0 where it is none that a set of questions has."""
    if not _ROMAN.match(text):
        return 0
    values = {"I": 1, "V": 5, "X": 10}
    found = [values[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(found, [*found[1:], 0], strict=True))


def read_short_heading(line: str) -> Heading | None:
    """ "V1: Kent u …", "A1", "V: …": only for a document that has no other headings."""
    match = _SHORT.match(line)
    if not match:
        return None
    letter, number = match[1] or match[3], match[2] or match[4]
    if number and not 0 < int(number) <= HIGHEST:
        return None
    kind = "answer" if letter in "Aa" else "question"
    return Heading(kind, (int(number),) if number else (), match.end(), match.end() == len(line))


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
        if dotted := _DOTTED.match(line, end):
            listed = [int(number) for number in re.findall(r"\d+", dotted[0])]
            if all(0 < number <= HIGHEST for number in listed) and listed == sorted(listed):
                return tuple(dict.fromkeys([*numbers, *listed])), len(line)
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


_BEYOND = re.compile(r"(?:Vraag|Antwoord(?:\s+(?:op\s+)?vraag)?)\s+(\d{4,6})\b\s*(?:$|[.:])", re.IGNORECASE)


def numbers_beyond(blocks: Sequence[TextBlock]) -> tuple[ReadWarning, ...]:
    """What to tell of a text that numbers its questions higher than is read."""
    numbers = [int(match[1]) for block in blocks if (match := _BEYOND.match(block.text))]
    if len(numbers) < 2:
        return ()
    told = (
        f"{len(numbers)} kopjes hebben een nummer boven {HIGHEST} (het eerste {min(numbers)}) en zijn niet als vraag "
        "of antwoord gelezen. Splits het stuk."
    )
    return (ReadWarning("numbers-beyond", told),)
