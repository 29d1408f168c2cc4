"""Words from which an extraction parted a letter ("W ind", "o vertochten"): made whole where that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.documents import ReadWarning
from answers_bank.dutch.patterns import one_of
from answers_bank.reading.blocks import TextBlock

_PARTED = re.compile(r"(?<![\w’'.\-/&@])(?P<letter>[A-Za-zÀ-ÿ]) (?P<rest>[a-zà-ÿ]{2,})(?![\w@.-]*@)")
_WORD = re.compile(r"[^\W\d_]+")
# Words of letterheads: that they are parted shows what the extraction did.
_KNOWN = frozenset(
    "afdeling antwoord antwoorden betreft bijlage bijlagen contactpersoon datum directie geachte kamer kenmerk "
    "minister ministerie nederland onderwerp pagina postbus retouradres staatssecretaris telefoon tweede voorzitter "
    "vraag vragen".split()
)
_LONE_WORDS = frozenset("uUàÀ")
"""Letters that are words by themselves."""

_FEWEST = 3
"""Different words that are parted, from which a text counts as broken."""


def mended(blocks: Sequence[TextBlock], text: str) -> tuple[list[TextBlock], tuple[ReadWarning, ...]]:
    """The blocks with their words whole, and the doubt that goes with it; untouched where words are whole.

    Args:
        blocks: of a plain text.
        text: the whole extracted text, whose other words tell which are whole.
    """
    suspect = [match for match in _PARTED.finditer(text) if match["letter"] not in _LONE_WORDS]
    if len({match[0] for match in suspect}) < _FEWEST:
        return list(blocks), ()
    words = frozenset(word.lower() for word in _WORD.findall(_PARTED.sub(" ", text)))
    surely = {match[0] for match in suspect if _whole(match) in words or _whole(match) in _KNOWN}
    if len(surely) < 2:
        return list(blocks), ()
    labelled = re.compile(rf"{one_of('named_by_letter')}\s$", re.IGNORECASE)
    result = list(blocks)
    for index, block in enumerate(blocks):
        spans = [
            (match.end("letter"), match.start("rest"))
            for match in _PARTED.finditer(block.text)
            if match["letter"] not in _LONE_WORDS
            and (_whole(match) in words or _whole(match) in _KNOWN or match["rest"] not in words)
            and not labelled.search(block.text, max(match.start() - 24, 0), match.start())
        ]
        if spans:
            result[index] = block.with_line(block.line.without(spans))
    examples = ", ".join(f"“{example}”" for example in list(dict.fromkeys(match[0] for match in suspect))[:3])
    message = (
        f"Een eerdere omzetting brak letters van woorden af ({examples}), en niet alles is te herstellen. "
        "Lees liever het bestand zelf."
    )
    return result, (ReadWarning("broken-words", message),)


def _whole(match: re.Match[str]) -> str:
    return f"{match['letter']}{match['rest']}".lower()
