"""Words as the bank keeps them: lower case, without accents, brought back to their Dutch stem.

One function for what is stored and what is asked, so that both always agree.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from answers_bank.dutch.patterns import word_list

if TYPE_CHECKING:
    from Stemmer import Stemmer

# A number with its separators; or words joined by hyphens, slashes or apostrophes ("TOI-verordening", "foto's").
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![\w])|\w+(?:[-‐‑'’]\w+)*")
_JOINT = re.compile(r"[-‐‑]")
_MOST = 24
_APOSTROPHE = re.compile(r"['’]")


@cache
def version() -> str:
    """Changes whenever `terms` would give other words for the same text: the word index is then made again."""
    import Stemmer

    return f"1 pystemmer {Stemmer.version()}"


def terms(text: str) -> list[str]:
    """The words of `text` in order, as stems.

    A word with a hyphen gives its parts and then the whole ("TOI-verordening": toi, verorden, toiverorden), so that it
    is found however it is written. A number loses its separators ("1.250,5": 1250 5).
    """
    found: list[str] = []
    for token in _TOKEN.findall(fold(text)):
        found += _stems(token)
    return found


def fold(text: str) -> str:
    """Lower case without accents; ligatures and such made plain."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    if any(map(unicodedata.combining, set(decomposed))):
        decomposed = "".join(c for c in decomposed if not unicodedata.combining(c))
    return decomposed.lower()


_ACCENTS = {code: base[0] for code in range(0xC0, 0x180) if len(base := unicodedata.normalize("NFD", chr(code))) > 1}


def unaccented(text: str) -> str:
    """`text` without accents, character by character: what stands at a place still stands there."""
    return text.translate(_ACCENTS)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(
        stem for word in (*word_list("function_words"), *word_list("degree_words")) for stem in _stems(word)
    )


@lru_cache(maxsize=1 << 17)
def _stems(token: str) -> tuple[str, ...]:
    if token[0].isdigit():
        whole, _, fraction = token.partition(",")
        if whole.replace(".", "").isdigit():
            return (whole.replace(".", ""), *filter(None, re.split(r"[.,]", fraction)))
    parts = [part for part in _JOINT.split(_APOSTROPHE.sub("", token)) if part]
    stem = _stemmer().stemWord
    if len(parts) < 2:
        return tuple(stem(part) for part in parts)
    return (*(stem(part) for part in parts), stem("".join(parts)))


@cache
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("dutch", 0)  # no cache of its own: `_stems` keeps whole tokens


def phrase_query(words: list[str]) -> str:
    """FTS5 query for these stems as one phrase."""
    return '"' + " ".join(words) + '"'


def any_query(words: list[str]) -> str:
    """FTS5 query for any of these stems: of many, the longest `_MOST` that are no function words.

    Every passage holds "de" and "van": asking for them reads the whole index and changes no order that matters.
    """
    distinct = list(dict.fromkeys(words))
    telling = [word for word in distinct if word not in _function_words()] or distinct
    return " OR ".join(f'"{word}"' for word in sorted(telling, key=len, reverse=True)[:_MOST])


def all_query(words: list[str]) -> str:
    """FTS5 query for all of these stems."""
    return " AND ".join(f'"{word}"' for word in dict.fromkeys(words))
