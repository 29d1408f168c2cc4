"""What sort of text a sentence or paragraph is, as far as that decides whether it can be taken over by itself."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

_YES_NO = re.compile(
    r"^(?:ja|nee|neen|zeker|jazeker|klopt|dat\s+klopt|dat\s+is\s+(?:juist|correct|onjuist|niet\s+juist)|dit\s+klopt|"
    r"die\s+mening\s+deel\s+ik(?:\s+niet)?|dat\s+ben\s+ik\s+met\s+u\s+eens|ik\s+deel\s+(?:die|deze)\s+mening(?:\s+niet)?|"
    r"(?:dat|dit|deze|die)\s+(?:bericht|artikel|berichtgeving|uitzending|rapport|onderzoek)(?:en)?\s+ken\s+ik|"
    r"(?:ja|nee|neen)[,.]?\s+(?:ik\s+(?:ben|heb)|daar|hier|dat|dit|deze|die|het)\s+.{0,70}|"
    r"ik\s+heb\s+(?:hiervan|daarvan|van\s+.{3,60})\s+kennis\s*genomen)[.!]?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;…][\"'’”»)\]]*\s*$")
_LIST_ITEM = re.compile(r"^(?:[-–—−•▪◦*]|\(?[a-z0-9]{1,2}[.)])\s")


def words(text: str) -> int:
    """Number of words."""
    return len(text.split())


def is_yes_or_no(text: str) -> bool:
    """Whether the passage says yes or no, and nothing that means something by itself."""
    return words(text) <= 14 and bool(_YES_NO.match(text.strip()))


def is_bare(text: str) -> bool:
    """Whether the passage holds nothing that belongs to one set of questions: no number, date, name or reference."""
    first, _, rest = text.strip().partition(" ")
    return words(text) <= 14 and is_yes_or_no(text) and not re.search(r"\d|[A-Z]", first[1:] + rest)


def is_list_item(text: str) -> bool:
    """Whether the text is an item of a list."""
    return bool(_LIST_ITEM.match(text.strip()))


def starts_midway(text: str) -> bool:
    """Whether the passage begins in the middle of a sentence."""
    return next((c for c in text if c.isalpha()), "").islower() and not _LIST_ITEM.match(text.strip())


def is_label(text: str) -> bool:
    """Whether the passage is a heading, a name or a caption rather than a sentence."""
    return words(text) <= 12 and not _ENDS.search(text) and not _LIST_ITEM.match(text.strip())


def breaks_off(text: str) -> bool:
    """Whether the passage stops in the middle of a sentence, as at the end of a page."""
    return not _ENDS.search(text) and not is_label(text) and not _LIST_ITEM.match(text.strip())


def announces(text: str) -> bool:
    """Whether the passage ends in a colon and so needs what follows."""
    return text.rstrip().endswith(":")


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of four words in `text` (of all words together where there are fewer)."""
    found = re.findall(r"\w+", text.lower())
    runs = [found[n : n + 4] for n in range(max(len(found) - 3, 1))]
    # crc32 and not hash(): the same in every run of the program.
    return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs if run)
