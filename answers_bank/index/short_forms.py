"""Short forms that the bank itself introduces: "Autoriteit Wind en Molens (AWM)", "de WIM-verordening".

A short form in brackets is matched with the words before it, letter by letter from the right (Schwartz & Hearst 2003,
"A simple algorithm for identifying abbreviation definitions in biomedical text"); most letters must begin a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETS = re.compile(
    r"\((?:(?:hierna|verder|ook wel|afgekort|kortweg)[:,]?\s+)?(?:de|het|een)?\s*[‘'\"“]?"
    r"(?P<short>[A-Z][\w]*(?:-\w+)*)[’'\"”]?\s*\)"
)
_WORD = re.compile(r"[\w’']+")

_LONGEST = 12
"""Letters of a short form at most."""


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """(short form, long form) as they are introduced in a text."""
    for match in _BRACKETS.finditer(text):
        short = match["short"]
        letters, _, noun = short.partition("-")
        capitals = sum(c.isupper() for c in letters)
        if not 2 <= len(letters) <= _LONGEST or 2 * capitals < len(letters) or capitals < 2:
            continue
        long = _long_form(text[max(0, match.start() - 40 - 25 * len(letters)) : match.start()], letters, noun)
        if long and letters not in _WORD.findall(long):
            yield short, long


def _long_form(before: str, letters: str, noun: str) -> str | None:
    sentence = re.split(r"[.;:!?()]\s", before)[-1].rstrip()
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
    long = " ".join(sentence[place:].split())
    count = len(_WORD.findall(long))
    return long if 2 <= count <= 2 * len(letters) + 4 else None


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
