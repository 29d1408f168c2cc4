"""Content words: what is left of a text without its grammar, in a form in which inflections and synonyms meet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from answers_bank.dutch.words import fold
from drafter.checks.comparison.statements.lexicon import fragments, words
from drafter.word_difference import Token, tokens

_STEMMER = Stemmer.Stemmer("dutch")


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word that carries meaning, with its span."""

    stem: str
    start: int
    end: int
    text: str


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The form in which two inflections of a word, or two synonyms, are the same."""
    lexicon = words()
    folded = fold(word)
    if folded in lexicon.synonyms:
        return "=" + lexicon.synonyms[folded]
    base = verb(folded)
    if base in lexicon.synonyms:
        return "=" + lexicon.synonyms[base]
    stemmed = str(_STEMMER.stemWord(base))
    return _undouble(stemmed)


def verb(folded: str) -> str:
    """The infinitive of a participle as far as its form shows it; any other word as it is."""
    lexicon = words()
    if folded in lexicon.participles:
        return lexicon.participles[folded]
    if len(folded) < 6 or not folded.endswith(("d", "t", "en", "de", "te")):
        return folded
    for prefix in ("", *sorted(fragments("prefixes"), key=len, reverse=True)):
        if folded.startswith(prefix + "ge") and len(folded) > len(prefix) + 5:
            rest = folded[len(prefix) + 2 :]
            if rest.endswith(("d", "t")) and not rest.endswith("heid"):
                return prefix + rest[:-1] + "en"
            return folded
    return folded


def _undouble(stemmed: str) -> str:
    """ "informer" of "informeren" and "informeer": long vowels single, so that all forms meet."""
    out = re.sub(r"([aeou])\1(?=[^aeiou]|$)", r"\1", stemmed)
    return out[:-1] + {"v": "f", "z": "s"}.get(out[-1], out[-1]) if out else out


def content_words(text: str, taken: list[tuple[int, int]]) -> list[ContentWord]:
    """The content words of `text` outside the spans `taken`: no stop words, no numbers."""
    stop = words().stop
    found = []
    spans = iter(sorted(taken))
    span = next(spans, None)
    for token in tokens(text):
        while span is not None and span[1] <= token.start:
            span = next(spans, None)
        if span is not None and token.end > span[0]:
            continue
        if _counts(token, stop):
            found.append(ContentWord(stem(token.text), token.start, token.end, token.text))
    return found


def _counts(token: Token, stop: frozenset[str]) -> bool:
    return token.is_word and len(token.text) > 2 and not token.text[0].isdecimal() and fold(token.text) not in stop


def is_filler(word: str) -> bool:
    """Whether the word may come and go without a change of meaning."""
    return fold(word) in words().filler


def same_word(first: str, second: str) -> bool:
    """Whether two stems may be one word: equal, one a compound of the other, or alike but for their ending."""
    if first == second:
        return True
    short, long = sorted((first.lstrip("="), second.lstrip("=")), key=len)
    if len(short) < 4:
        return False
    if short == long or long.endswith(short) or long.startswith(short):
        return True
    common = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        common += 1
    return common >= 6 and common >= 0.7 * len(short)


def unmatched(these: list[ContentWord], those: list[ContentWord]) -> list[ContentWord]:
    """The words of `these` that have no counterpart among `those`."""
    exact = {word.stem for word in those}
    return [
        word for word in these if word.stem not in exact and not any(same_word(word.stem, other) for other in exact)
    ]
