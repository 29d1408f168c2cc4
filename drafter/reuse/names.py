"""Names of institutions, laws and publications: sharing one is no sign of reuse, so that it counts as one word.

Names are known by their form alone (capitals, an abbreviation that is introduced in brackets), never from a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from answers_bank.reuse_index import words

_INTRODUCED = re.compile(r"((?:[\w’'&.-]+[ \n]+){1,12})[(‘“'\"]{1,2}(?:de |het |hierna:? )*([A-Z][\w&-]*)[)’”'\"]{1,2}")
_SMALL = frozenset("aan bij de den der des en het in inzake met of online op te ten ter tot uit van voor".split())
_CAPITAL = re.compile(r"[A-Z0-9À-Þ]")
_TOKEN = re.compile(r"[\w’'&-]+|[^\w\s]")
_MARK = "\u00a7"

Names = frozenset[tuple[str, ...]]
"""Names as their words (see `reuse_index.words`)."""


def introduced_names(texts: Iterable[str]) -> Names:
    """Names that are introduced with their abbreviation: "Autoriteit Wind en Water (AWW)"."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        for match in _INTRODUCED.finditer(text):
            name = _expansion(match[1].split(), match[2])
            if name:
                found.add(tuple(words(name)))
    return frozenset(name for name in found if len(name) > 1)


def _expansion(before: list[str], abbreviation: str) -> str | None:
    """The shortest run of words before the bracket whose initials spell the abbreviation's capitals, in order."""
    letters = [c for c in abbreviation.split("-")[0] if c.isupper()] or [abbreviation[0]]
    for start in range(len(before) - 1, -1, -1):
        if before[start][0].lower() != letters[0].lower():
            continue
        # Compounds hold several initials: "Online-Inhoud".
        initials = [part[0].lower() for word in before[start:] for part in word.split("-") if part]
        remaining = iter(initials)
        if all(any(letter.lower() == initial for initial in remaining) for letter in letters):
            return " ".join(before[start:])
    return None


def masked_words(text: str, names: Names) -> list[str]:
    """The words of `text` with every name as one word.

    A name is a run of at least two capitalised words, small words between them allowed ("Ministerie van Wind en
    Water"), or one of `names`, however it is written. The same name gives the same word.
    """
    plain = list(_capitalised(text))
    return _known(plain, names) if names else plain


def _capitalised(text: str) -> Iterator[str]:
    tokens = _TOKEN.findall(text)
    at = 0
    while at < len(tokens):
        end = _run_end(tokens, at)
        if end > at + 1:
            yield _MARK + "".join(words(" ".join(tokens[at:end])))
            at = end
        else:
            yield from words(tokens[at])
            at += 1


def _run_end(tokens: list[str], start: int) -> int:
    """End of the run of capitalised words that begins at `start`; `start` where there is none."""
    if not _CAPITAL.match(tokens[start]):
        return start
    end, at, capitals = start + 1, start + 1, 1
    while at < len(tokens):
        if _CAPITAL.match(tokens[at]) and not tokens[at].isdigit():
            capitals += 1
            end = at + 1
        elif tokens[at] not in _SMALL:
            break
        at += 1
    return end if capitals > 1 else start


def _known(tokens: list[str], names: Names) -> list[str]:
    longest = max(map(len, names), default=0)
    beginnings = {name[0] for name in names}
    out: list[str] = []
    at = 0
    while at < len(tokens):
        if tokens[at] in beginnings:
            for length in range(min(longest, len(tokens) - at), 1, -1):
                if tuple(tokens[at : at + length]) in names:
                    out.append(_MARK + "".join(tokens[at : at + length]))
                    at += length
                    break
            else:
                out.append(tokens[at])
                at += 1
        else:
            out.append(tokens[at])
            at += 1
    return out
