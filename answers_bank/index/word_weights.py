"""What words and phrases are worth as a sign of reuse, learnt from the bank itself."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from answers_bank.dutch import words as word_index
from answers_bank.dutch.patterns import word_list
from answers_bank.dutch.sentences import sentences
from answers_bank.dutch.time.dates import MONTHS
from answers_bank.index.masked_names import Names, introduced_names, masked_words
from embeddings.files import write_whole
from embeddings.sums import sealed, unsealed

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

SAMPLE = 1500
"""Passages to learn from; more of them change the weights little and cost a second."""

PHRASE_SHARE = 0.0015
"""A run of four words in more than this share of the different sentences of the sample is a set phrase …"""

PHRASE_LEAST = 8
"""… and in at least this many."""

COMMON = 2.5
"""Nats that a common word or a bare number weighs at most."""

_VERSION = 3

Gram = tuple[str, ...]


@dataclass(frozen=True)
class WordWeights:
    """How telling words are, in nats: the negative logarithm of the chance that a sentence holds the word."""

    sentences: int
    """Different sentences that it was learnt from."""

    counts: dict[str, int]
    """Stem -> sentences that hold it."""

    names: Names
    phrases: frozenset[Gram]
    """Runs of four words (masked, see `names`) that many sentences share."""

    _cache: dict[str, float] = field(default_factory=dict, compare=False)

    def weight(self, stem: str) -> float:
        """Of one stem; a stem that was never seen weighs most."""
        value = self._cache.get(stem)
        if value is None:
            value = max(0.0, math.log((self.sentences + 1) / (self.counts.get(stem, 0) + 0.5)))
            if stem in common_stems() or stem.isdigit():
                value = min(value, COMMON)
            self._cache[stem] = value
        return value

    def mass(self, stems: Iterable[str]) -> float:
        """Of several stems together."""
        return sum(map(self.weight, stems))


@cache
def common_stems() -> frozenset[str]:
    """Stems of the words that say little in any bank."""
    words = (*word_list("function_words"), *word_list("degree_words"), *word_list("genre_words"), *MONTHS)
    return frozenset(stem for word in words for stem in word_index.terms(word))


def learn(texts: Sequence[str]) -> WordWeights:
    """WordWeights from passages; a sentence that stands in several of them counts once."""
    different = sorted({" ".join(sentence.split()) for text in texts for sentence in sentences(text)})
    names = introduced_names(texts)
    counts: Counter[str] = Counter()
    grams: Counter[Gram] = Counter()
    for sentence in different:
        counts.update(set(word_index.terms(sentence)))
        masked = masked_words(sentence, names)
        grams.update({tuple(masked[i : i + 4]) for i in range(len(masked) - 3)})
    least = max(PHRASE_LEAST, PHRASE_SHARE * len(different))
    phrases = frozenset(gram for gram, count in grams.items() if count >= least)
    return WordWeights(len(different), dict(counts), names, phrases)


def load_weights(bank: Bank) -> WordWeights:
    """The weights of `bank`, learnt from an even sample, kept beside it until the bank changes."""
    folder = bank.cache_folder
    path = folder / "reuse-weights.json" if folder else None
    key = [_VERSION, SAMPLE, word_index.version(), bank.identifier, *bank.mark]
    if path is not None:
        held = _read(path, key)
        if held is not None:
            return held
    weights = learn([passage.text for passage in bank.sample(SAMPLE)])
    if path is not None:
        _write(path, key, weights)
    return weights


def _read(path: Path, key: list[object]) -> WordWeights | None:
    try:
        data = json.loads(unsealed(path.read_bytes()))
        if data["key"] != key:
            return None
        return WordWeights(
            int(data["sentences"]),
            dict(data["counts"]),
            Names(tuple(name) for name in data["names"]),
            frozenset(tuple(gram) for gram in data["phrases"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # absent, of another version or damaged: learnt again


def _write(path: Path, key: list[object], weights: WordWeights) -> None:
    data = {
        "key": key,
        "sentences": weights.sentences,
        "counts": weights.counts,
        "names": sorted(weights.names.all),
        "phrases": sorted(weights.phrases),
    }
    # A cache that cannot be kept costs a second at the next review, nothing more.
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, sealed(json.dumps(data, ensure_ascii=False)))
