"""Abbreviations that a text itself explains: "Autoriteit Wind en Molens (AWM)", "de WIM-verordening".

A short form in brackets is matched with the words before it, letter by letter from the right (Schwartz & Hearst 2003,
"A simple algorithm for identifying abbreviation definitions in biomedical text"); most letters must begin a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from answers_bank.dutch.words import fold

_BRACKETS = re.compile(
    r"\s*\((?:(?:hierna|verder|ook(?:\s+wel)?|afgekort|kortweg)(?:\s+te\s+noemen)?[:,]?\s+)?(?:de|het|een)?\s*[‘'\"“«]?"
    r"(?P<short>[A-Z][\w&/]*(?:[-’']\w+)*)[’'\"”»]?\s*\)|\s[-–]\s(?P<dash>[A-Z]{3,8}s?)\b"
)
_WORD = re.compile(r"[\w’']+")
_LONGEST = 12
"""Letters of a short form at most."""

# "Federaal Kenniscentrum voor de Zorg": words with a capital, and small ones between them.
_CAPITALS = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'-]*|[a-z]+-(?=\s)|van|de|der|den|het|voor|en|op|tot|of|inzake|tegen|for|the)"
    r"(?:[\s,]+(?:[A-ZÀ-Þ][\w’'-]*|[a-z]+-(?=\s)|van|de|der|den|het|voor|en|op|tot|of|inzake|tegen|for|the))*$"
)
_SMALL = re.compile(r"^(?:(?:van|de|der|den|het|voor|en|op|tot|of|inzake|tegen|for|the|in|door)[\s,]+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Definition:
    """A full name with its short form behind it in brackets, or behind a dash."""

    short: str
    full: str
    start: int
    end: int
    """Span of full name and short form in the text."""

    spelled: bool
    """Whether the letters of the short form spell the full name; else capitals alone tell where it begins."""


@lru_cache(maxsize=4096)
def definitions(text: str) -> tuple[Definition, ...]:
    """The abbreviations that `text` explains, in order."""
    return tuple(found for match in _BRACKETS.finditer(text) if (found := _definition(text, match)))


def _definition(text: str, match: re.Match[str]) -> Definition | None:
    short = match["short"] or match["dash"]
    letters, _, noun = short.partition("-")
    first = max(0, match.start() - 40 - 25 * len(letters))
    before = text[first : match.start()]
    begin = len(before) - len(re.split(r"[.;:!?()]\s", before)[-1])
    capitals = sum(c.isupper() for c in letters)
    if 2 <= len(letters) <= _LONGEST and capitals >= 2 and 2 * capitals >= len(letters):
        place = _spelled(before[begin:].rstrip(), letters, noun)
        if place is not None:
            full = " ".join(before[begin + place :].split())
            if 2 <= len(_WORD.findall(full)) <= 2 * len(letters) + 4 and letters not in _WORD.findall(full):
                return Definition(short, full, first + begin + place, match.end(), spelled=True)
    run = _CAPITALS.search(before[begin:].rstrip())
    if run is None:
        return None
    place = begin + run.start() + (small.end() if (small := _SMALL.match(run[0])) else 0)
    full = " ".join(before[place:].split())
    if len(full.split()) < 2 or not full[0].isupper():
        return None
    # Of more words with capitals than the name has, those that the letters can be made of.
    row = [word.start() for word in _WORD.finditer(full) if full[word.start()].isupper()]
    full = full[next((at for at in reversed(row) if " " in full[at:] and abbreviates(short, full[at:])), 0) :]
    start = first + place + before[place:].find(full.split()[0])
    return Definition(short, full, start, match.end(), spelled=False)


def _spelled(sentence: str, letters: str, noun: str) -> int | None:
    """Where the full name begins whose letters are `letters`; None where they do not spell one."""
    place = len(sentence)
    begins = 0
    for letter in reversed(letters.lower()):
        place -= 1
        while place >= 0 and sentence[place].lower() != letter:
            place -= 1
        if place < 0:
            return None
        start = place
        while not _begins(sentence, start):
            start -= 1
        if sentence[start].lower() == letter:
            place = start  # the beginning of this word is meant, not a letter inside it
        begins += _begins(sentence, place)
    # The first letter must begin a word.
    while place >= 0 and not (sentence[place].lower() == letters[0].lower() and _begins(sentence, place)):
        place -= 1
    if place < 0 or 3 * begins < 2 * len(letters) - 1:
        return None
    if noun:
        # "Verordening Wind en Molens (WIM-verordening)": the noun may stand just before.
        words = list(_WORD.finditer(sentence, 0, place))
        place = next((w.start() for w in words[-3:] if w[0].lower() == noun.lower()), place)
    return place


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


def short_form_behind(text: str, place: int) -> tuple[str, int] | None:
    """The short form in brackets right behind `place`, and where the bracket ends; None where none stands there."""
    match = _BEHIND.match(text, place)
    return (match["short"], match.end()) if match else None


_BEHIND = re.compile(
    r"\s*\((?:(?:hierna|verder|afgekort|ook)(?:\s+te\s+noemen)?:?\s*)?(?:[\w\s-]+,\s*)?"
    r"[‘'«\"“]?(?P<short>[A-Za-z][\w&/ -]{1,24}?)[’'»\"”]?\)"
)


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` may be made of the initials of `full`, in order, from its first letter on."""
    letters = re.sub(r"[^a-z]", "", fold(short))
    words = re.findall(r"[a-z]+", fold(full))
    if not 2 <= len(letters) <= 8 or not words or letters[0] != words[0][0]:
        return False
    text = "".join(words)
    starts = set()
    at = 0
    for word in words:
        starts.add(at)
        at += len(word)
    # In order through the text, most of them at the start of a word.
    position, at_start = -1, 0
    for letter in letters:
        following = [p for p in range(position + 1, len(text)) if text[p] == letter]
        if not following:
            return False
        position = next((p for p in following if p in starts), following[0])
        at_start += position in starts
    return at_start >= max(2, (len(letters) + 1) // 2)
