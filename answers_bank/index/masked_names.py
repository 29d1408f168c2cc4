"""Names of institutions, laws and publications: sharing one is no sign of reuse, so that it counts as one word.

Names are known by their form alone (capitals, an abbreviation that is introduced in brackets), never from a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from answers_bank.dutch.names.abbreviations import definitions
from answers_bank.index.repeated_text import words

_SMALL = frozenset("aan bij de den der des en het in inzake met of op te ten ter tot uit van voor".split())
# Capitalised at the start of a sentence, and no part of the name that may follow.
_OPENING = _SMALL | frozenset(
    "als daarnaast dat deze die dit door een mijn na namens ook sinds volgens zo zoals".split()
)
_TOKEN = re.compile(r"[\w’'&-]+|[^\w\s]")
MARK = "\u00a7"
"""What a name begins with among the words."""

Name = tuple[str, ...]


class Names:
    """A set of names, each as its words (see `reuse_index.words`)."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self.all = frozenset(name for name in names if len(name) > 1)
        self._by_first: dict[str, tuple[Name, ...]] = {}
        for name in sorted(self.all, key=len, reverse=True):
            self._by_first[name[0]] = (*self._by_first.get(name[0], ()), name)

    def __len__(self) -> int:
        return len(self.all)

    def at(self, tokens: list[str], place: int) -> Name | None:
        """The longest name that begins at `place`."""
        for name in self._by_first.get(tokens[place], ()):
            if tuple(tokens[place : place + len(name)]) == name:
                return name
        return None


def introduced_names(texts: Iterable[str]) -> Names:
    """Names that are introduced with their abbreviation: "Autoriteit Wind en Water (AWW)"."""
    return Names(tuple(words(one.full)) for text in texts for one in definitions(text) if one.spelled)


def masked_words(text: str, names: Names) -> list[str]:
    """The words of `text` with every name as one word.

    A name is a run of at least two capitalised words, small words between them allowed ("Ministerie van Wind en
    Water"), or one of `names`, however it is written. The same name gives the same word.
    """
    plain = _capitalised(_TOKEN.findall(text))
    if not len(names):
        return plain
    out: list[str] = []
    at = 0
    while at < len(plain):
        name = names.at(plain, at)
        if name is None:
            out.append(plain[at])
            at += 1
        else:
            out.append(MARK + "".join(name))
            at += len(name)
    return out


def _capitalised(tokens: list[str]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(tokens):
        if _begins_name(tokens[at]) and not (at == 0 and tokens[at].lower() in _OPENING):
            end = _run_end(tokens, at)
            if end > at + 1:
                out.append(MARK + "".join(word for token in tokens[at:end] for word in _words(token)))
                at = end
                continue
        out.extend(_words(tokens[at]))
        at += 1
    return out


def _begins_name(token: str) -> bool:
    return token[0].isupper() or token[0].isdigit()


def _run_end(tokens: list[str], start: int) -> int:
    """End of the run of capitalised words that begins at `start`."""
    end, capitals = start + 1, 1
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if _begins_name(token) and not token.isdigit():
            capitals += 1
            end = at + 1
        elif token not in _SMALL and not (token == "," and tokens[at + 1 : at + 2] and tokens[at + 1][0].isupper()):
            break  # a comma goes on with a name: "Wind, Water en Bodem"
    return end if capitals > 1 else start + 1


@lru_cache(maxsize=1 << 17)
def _words(token: str) -> tuple[str, ...]:
    return tuple(words(token))
