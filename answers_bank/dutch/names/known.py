"""Names that are known beforehand: bodies of the official register, ministries, laws, places, and common nouns for
who acts; each found in a text in any of its spellings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from answers_bank.dutch.patterns import read_yaml
from answers_bank.dutch.words import fold

COMMON = ("actor", "role")
"""Sorts that are common nouns, no names."""

_WORD = re.compile(r"[^\W_]+(?:[&’'][^\W_]+)*")
_BETWEEN = re.compile(r",?[\s-]{1,3}|\s&\s")
_TWO_LETTERS = frozenset({"AP", "OM", "EK", "TK"})
"""Abbreviations of two letters that mean a body; others of the register (KB, HR, NA) stand for much else."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """Someone or something with all that it is called."""

    sort: str
    """ "ministry", "body", "law", "place", "actor" or "role"."""

    key: str
    """The first of its names."""

    names: tuple[str, ...]


@cache
def known_names() -> tuple[KnownName, ...]:
    """All names that are known: those in use, with what the registers add."""
    in_use: dict[str, list[list[str]]] = read_yaml("names", _DUTCH)["known"]
    official = {"ministry": _ministries(), "body": _bodies()}
    nouns = {squeezed(name) for sort in COMMON for row in in_use[sort] for name in row}
    return tuple(
        KnownName(sort, row[0], tuple(row))
        for sort, rows in in_use.items()
        for row in _joined(rows, official.get(sort, []))
        if sort in COMMON or not nouns.issuperset(map(squeezed, row))
    )


_DUTCH = "answers_bank.dutch"


def _ministries() -> list[list[str]]:
    by_short: dict[str, list[str]] = {}
    for entry in read_yaml("ministries", _DUTCH)["entries"]:
        short, name = entry["short"], entry["name"]
        # "JenV" and "J&V" are one. One word alone ("Justitie") means a ministry only while it is called so.
        names = [
            short,
            re.sub(r"(?<=[A-Z])en(?=[A-Z])", "&", short),
            *([name] if " " in name or "until" not in entry else []),
        ]
        by_short[short] = list(dict.fromkeys([*by_short.get(short, []), *names]))
    return list(by_short.values())


def _bodies() -> list[list[str]]:
    entries: list[dict[str, Any]] = read_yaml("bodies", _DUTCH)["entries"]
    shorts = [entry.get("short") for entry in entries]
    rows: dict[str, list[str]] = {}
    for entry in entries:
        name, short = entry["name"], str(entry.get("short", ""))
        usable = shorts.count(short) == 1 and (len(short) > 2 or short in _TWO_LETTERS)
        row = rows.setdefault(entry.get("next", name), [])
        row += [short, name] if usable and "next" not in entry else [name]
        bare = re.sub(r"^(?:Stichting|De|agentschap)\s+", "", name)
        row += [bare] if bare != name and " " in bare else []
    return list(rows.values())


def _joined(in_use: list[list[str]], official: list[list[str]]) -> Iterator[list[str]]:
    """The names in use, each with those of the registers that share one, and then what the registers have more."""
    left = [(row, set(map(_as_compared, row))) for row in official]
    for row in in_use:
        here = set(map(_as_compared, row))
        shared = [names for names, compared in left if here & compared]
        left = [(names, compared) for names, compared in left if not here & compared]
        yield list(dict.fromkeys([*row, *(name for names in shared for name in names)]))
    yield from (names for names, _ in left)


def _as_compared(name: str) -> str:
    return name if _is_exact(name) else squeezed(name)


def squeezed(text: str) -> str:
    """A name in lower case without accents, hyphens as spaces: the form in which spellings are compared."""
    return re.sub(r"[\s-]+", " ", fold(text)).strip()


class _Index:
    """Names by their first word."""

    def __init__(self, known: Iterable[KnownName]) -> None:
        self.by_name: dict[str, KnownName] = {}
        rows: dict[str, list[tuple[tuple[str, ...], str | None, KnownName]]] = defaultdict(list)
        for one in known:
            for name in one.names:
                exact = _is_exact(name) or (one.sort == "ministry" and " " not in name)
                self.by_name.setdefault(_as_compared(name), one)
                if exact:
                    self.by_name.setdefault(squeezed(name) if one.sort == "ministry" else name, one)
                words = tuple(fold(word[0]) for word in _WORD.finditer(name))
                rows[words[0]].append((words, name if exact else None, one))
        self.rows = {first: sorted(row, key=lambda one: -len(one[0])) for first, row in rows.items()}

    def find(self, text: str) -> Iterator[tuple[int, int, KnownName]]:
        row = list(_WORD.finditer(text))
        folded = [fold(word[0]) for word in row]
        at = 0
        while at < len(row):
            found = self._at(text, row, folded, at)
            if found is not None:
                length, one = found
                yield row[at].start(), row[at + length - 1].end(), one
                at += length
            else:
                at += 1

    def _at(self, text: str, row: list[re.Match[str]], folded: list[str], at: int) -> tuple[int, KnownName] | None:
        start = row[at].start()
        if start and (text[start - 1] == "-" or text[start - 1] == "_"):
            return None
        for words, exact, one in self.rows.get(folded[at], ()):
            last = at + len(words) - 1
            if last >= len(row) or tuple(folded[at : last + 1]) != words:
                continue
            if not all(_BETWEEN.fullmatch(text, row[n].end(), row[n + 1].start()) for n in range(at, last)):
                continue
            end = row[last].end()
            if re.match(r"\w|-[A-Z]", text[end : end + 2]) or (exact and not _same(text[start:end], exact)):
                continue
            return len(words), one
        return None


def _same(text: str, name: str) -> bool:
    """Whether `text` is `name`, a hyphen as good as a space."""
    return re.sub(r"[\s-]+", " ", text) == re.sub(r"[\s-]+", " ", name)


def _is_exact(name: str) -> bool:
    """Whether only this very spelling counts: abbreviations such as "AP", "OM", "Sv"."""
    return " " not in name and (len(name) <= 3 or any(c.isupper() for c in name[1:]))


@cache
def _index() -> _Index:
    return _Index(known_names())


def find_known(text: str) -> Iterator[tuple[int, int, KnownName]]:
    """The known names in `text`, in order and apart, the longest where several begin together."""
    return _index().find(text)


def known(name: str) -> KnownName | None:
    """Who or what is called `name`."""
    return _index().by_name.get(name) or _index().by_name.get(squeezed(name))


@cache
def parties() -> frozenset[str]:
    """Parties in the Chamber, as they stand in brackets behind a name."""
    return frozenset(read_yaml("names", _DUTCH)["words"]["parties"])


def spellings(key: str) -> tuple[str, ...]:
    """All names of what has this key; the key itself for what is not known."""
    one = known(key)
    return one.names if one is not None else (key,)
