"""The lexicons of the comparison: package data in YAML, read strictly and once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from answers_bank.dutch.patterns import Patterns, WordPattern, group, read_yaml, word_list
from answers_bank.dutch.words import fold, unaccented


class LexiconError(ValueError):
    """A lexicon that ships with the program is not in order; never seen by users, caught by the tests."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of meaning, see data/comparison/dimensions.yaml."""

    name: str
    kind: str
    classes: dict[str, tuple[str, ...]]
    """Class to its phrases."""

    lost: frozenset[str]
    """Classes whose disappearance alone is a change."""

    gained: bool
    ladder: tuple[str, ...]
    apart: frozenset[tuple[str, str]] | None
    """Pairs that exclude each other; None for every two."""

    compounds: bool
    """Whether a phrase counts before a hyphen too."""

    def excludes(self, old: str, new: str) -> bool:
        """Whether a text that says `old` and one that says `new` differ in meaning."""
        if old == new:
            return False
        return self.apart is None or (old, new) in self.apart or (new, old) in self.apart


@dataclass(frozen=True, slots=True)
class Words:
    """Stop words, fillers, synonyms and participles."""

    stop: frozenset[str]
    filler: frozenset[str]
    synonyms: dict[str, str]
    """Folded word to the first of its row."""

    participles: dict[str, str]
    matters: tuple[str, ...]
    """Nouns for what has a course of its own, longest first."""

    generic: frozenset[str]
    """Words that tell no two matters apart."""


@cache
def dimensions() -> tuple[Dimension, ...]:
    """All dimensions, in the order of the file."""
    return tuple(
        _dimension(name, entry) for name, entry in read_yaml("comparison/dimensions", "drafter.checks").items()
    )


def _dimension(name: str, entry: dict[str, Any]) -> Dimension:
    unknown = set(entry) - {"kind", "lost", "gained", "ladder", "apart", "classes", "compounds"}
    if unknown or not entry.get("classes"):
        raise LexiconError(f"{name}: {unknown or 'no classes'}")
    # YAML 1.1 reads "yes" and "no" as truth values; the classes are called so on purpose.
    classes = {{True: "yes", False: "no"}.get(key, key): value for key, value in entry["classes"].items()}
    names = tuple(classes)
    apart = entry.get("apart")
    for pair in apart or []:
        if len(pair) != 2 or not set(pair) <= set(names):
            raise LexiconError(f"{name}: apart names unknown classes {pair}")
    lost = entry.get("lost", False)
    return Dimension(
        name,
        entry["kind"],
        {str(cls): tuple(str(phrase) for phrase in phrases) for cls, phrases in classes.items()},
        frozenset(names) if lost is True else frozenset(lost or ()),
        bool(entry.get("gained", False)),
        tuple(entry.get("ladder", ())),
        frozenset((a, b) for a, b in apart) if apart is not None else None,
        bool(entry.get("compounds", False)),
    )


@cache
def phrases() -> Patterns[tuple[Dimension, str]]:
    """All phrases, each with its dimension and class."""
    found: Patterns[tuple[Dimension, str]] = Patterns()
    for dimension in dimensions():
        for name, texts in dimension.classes.items():
            for text in texts:
                found.add(WordPattern(unaccented(text), {}, whole=not dimension.compounds), (dimension, name))
    return found


@cache
def words() -> Words:
    """The word lists."""
    data = _file()
    synonyms = {fold(word): fold(row[0]) for row in data["synonyms"] for word in row}
    matters = (fold(word) for word in data["matters"].split())
    return Words(
        frozenset(fold(word) for word in word_list("function_words")),
        frozenset(fold(word) for word in data["filler"].split()),
        synonyms,
        {fold(key): fold(value) for key, value in data["participles"].items()},
        tuple(sorted(matters, key=lambda word: -len(word))),
        frozenset(fold(word) for word in data["generic"].split()),
    )


@cache
def fragments(name: str) -> tuple[str, ...]:
    """A list of fragments of patterns."""
    return tuple(_file()["lists"][name])


def any_of(name: str) -> str:
    """A list of fragments as a group of a regular expression."""
    return group(fragments(name))


@cache
def table(name: str) -> dict[str, tuple[str, Fraction]]:
    """ "lengths", "frequencies" or "units": each word with its base and how many of that it is."""
    rows = _file()[name].items()
    return {word: (base, Fraction(str(value))) for base, row in rows for word, value in row.items()}


def prepositions() -> dict[str, str]:
    """What a preposition makes of whom it binds."""
    found: dict[str, str] = _file()["prepositions"]
    return found


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml("comparison/words", "drafter.checks")
    return loaded
