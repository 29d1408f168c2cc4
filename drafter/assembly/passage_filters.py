"""Which passages can be taken over by themselves, and which only with what stands before them."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

from answers_bank.dutch.sentences import sentence_spans

# Every one of these is judged by its words alone; a passage that fails here still comes along with its whole answer.
_REFERENCE_ONLY = re.compile(
    r"^(?:(?:ik\s+verwijs|daarvoor|hiervoor|voor\s+(?:het|een|de|dit)\b.{0,60}?verwijs\s+ik|zie|kortheidshalve)\b)"
    r".{0,220}\b(?:vra(?:ag|gen)|antwoord(?:en)?)\b.{0,80}$",
    re.IGNORECASE | re.DOTALL,
)
_REFERS_ON = re.compile(
    r"\b(?:verwijs|verwezen|zie(?:\s+(?:ook|verder))?)\b.{0,60}?\b(?:vra(?:ag|gen)|antwoord(?:en)?)\s+(?:op\s+)?(?:\w+\s+)?"
    r"\d{1,2}(?:(?:,|\s+en|\s+t/m)\s*\d{1,2})*\W*$",
    re.IGNORECASE | re.DOTALL,
)
_YES_NO = re.compile(
    r"^(?:ja|nee|neen|zeker|jazeker|klopt|dat\s+klopt|dat\s+is\s+(?:juist|correct|onjuist|niet\s+juist)|dit\s+klopt|"
    r"die\s+mening\s+deel\s+ik(?:\s+niet)?|dat\s+ben\s+ik\s+met\s+u\s+eens|ik\s+deel\s+(?:die|deze)\s+mening(?:\s+niet)?|"
    r"(?:dat|dit|deze|die)\s+(?:bericht|artikel|berichtgeving|uitzending|rapport|onderzoek)(?:en)?\s+ken\s+ik|"
    r"(?:ja|nee|neen)[,.]?\s+(?:ik\s+(?:ben|heb)|daar|hier|dat|dit|deze|die|het)\s+.{0,70}|"
    r"ik\s+heb\s+(?:hiervan|daarvan|van\s+.{3,60})\s+kennis\s*genomen)[.!]?$",
    re.IGNORECASE,
)
# Openings that point at something named before, without which the passage cannot be understood at all.
_POINTS_BACK = re.compile(
    r"^(?:dit|deze|dat|die|zij|hij|daar(?:mee|voor|door|om|op|in|van|toe)|hier(?:mee|voor|door|op|in|toe|van)|dergelijke|"
    r"zulke|hetzelfde|dezelfde|beide|laatstgenoemde|eerstgenoemde|in\s+(?:dit|dat)\s+geval|op\s+(?:deze|die)\s+"
    r"(?:wijze|manier)|om\s+die\s+reden|ten\s+(?:tweede|derde|vierde))\b",
    re.IGNORECASE,
)
# What opens and closes a letter, and says what the letter is about: of no use in another text.
_LETTER_FRAME = re.compile(
    r"^(?:geachte\b|aan\s+de\s+(?:voorzitter|leden)\b|brief\s+van\s+de\s+(?:minister|staatssecretaris)|hoogachtend\b|"
    r"met\s+vriendelijke\s+groet|hierbij\s+(?:stuur|zend|bied|doe|informeer|ontvangt|deel)\b|"
    r"(?:met|in|door\s+middel\s+van)\s+deze\s+(?:brief|voortgangsbrief|kamerbrief)\b|bijgaand\b|bijgevoegd\b|"
    r"(?:deze|de)\s+brief\s+(?:volgt|bevat|gaat|is)\b|onderstaand(?:e)?\s+ga\s+ik|hieronder\s+ga\s+ik|"
    r"ik\s+vertrouw\s+erop|ik\s+hoop\s+u\s+hiermee)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;…][\"'’”»)\]]*\s*$")
_LIST_ITEM = re.compile(r"^(?:[-–—−•▪◦*]|\(?[a-z0-9]{1,2}[.)])\s")


def words(text: str) -> int:
    """Number of words."""
    return len(text.split())


def refers_elsewhere(text: str) -> bool:
    """Whether the passage does no more than refer to another answer."""
    return words(text) <= 45 and bool(_REFERENCE_ONLY.match(text.strip()))


def is_yes_or_no(text: str) -> bool:
    """Whether the passage says yes or no, and nothing that means something by itself."""
    return words(text) <= 14 and bool(_YES_NO.match(text.strip()))


def is_bare(text: str) -> bool:
    """Whether the passage holds nothing that belongs to one set of questions: no number, date, name or reference."""
    first, _, rest = text.strip().partition(" ")
    return words(text) <= 14 and is_yes_or_no(text) and not re.search(r"\d|[A-Z]", first[1:] + rest)


def starts_midway(text: str) -> bool:
    """Whether the passage begins in the middle of a sentence."""
    return next((c for c in text if c.isalpha()), "").islower() and not _LIST_ITEM.match(text.strip())


def points_back(text: str) -> bool:
    """Whether the passage cannot be understood without the one before it."""
    return starts_midway(text) or bool(_POINTS_BACK.match(text.strip())) or bool(_LIST_ITEM.match(text.strip()))


def frames_a_letter(text: str) -> bool:
    """Whether the passage only opens, closes or announces a letter."""
    return words(text) <= 60 and bool(_LETTER_FRAME.match(text.strip()))


def says_nothing(text: str) -> bool:
    """Whether the passage holds nothing that another answer could use."""
    return is_yes_or_no(text) or refers_elsewhere(text) or frames_a_letter(text) or is_label(text)


def is_label(text: str) -> bool:
    """Whether the passage is a heading, a name or a caption rather than a sentence."""
    return words(text) <= 12 and not _ENDS.search(text) and not _LIST_ITEM.match(text.strip())


def breaks_off(text: str) -> bool:
    """Whether the passage stops in the middle of a sentence, as at the end of a page."""
    return not _ENDS.search(text) and not is_label(text) and not _LIST_ITEM.match(text.strip())


def announces(text: str) -> bool:
    """Whether the passage ends in a colon and so needs what follows."""
    return text.rstrip().endswith(":")


def trailing_reference(text: str) -> int:
    """Length of `text` without a last sentence that refers the reader to another answer of its own set."""
    spans = sentence_spans(text)
    if len(spans) < 2 or not _REFERS_ON.search(text[slice(*spans[-1])]):
        return len(text)
    return spans[-2][1]


def leading_yes_or_no(text: str) -> int:
    """Length of a first sentence that only says yes or no, with the space behind it; 0 where there is none."""
    spans = sentence_spans(text)
    if len(spans) < 2 or not is_yes_or_no(text[slice(*spans[0])]):
        return 0
    return spans[1][0]


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of four words in `text` (of all words together where there are fewer)."""
    found = re.findall(r"\w+", text.lower())
    runs = [found[n : n + 4] for n in range(max(len(found) - 3, 1))]
    # crc32 and not hash(): the same in every run of the program.
    return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs if run)
