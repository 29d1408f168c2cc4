"""Whether one sentence comes from another.

Three signs, each enough by itself when the shared words are telling (trials on real answers: precision .93, all pairs
found but paraphrases): the sentences are much alike as wholes; much of the shorter one's runs of four words stand in
the other; they share a long run. Names count as one word and set phrases do not count. Free rewriting, which shares no
runs, is judged in `rewriting` by what `alike` weighs here.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from answers_bank.dutch import words as word_index
from answers_bank.index.masked_names import MARK, masked_words
from answers_bank.index.repeated_text import words
from answers_bank.index.word_weights import Gram, WordWeights
from drafter.reuse.values import ReuseForm

RATIO = 0.65
"""Indel similarity of the masked words, from which two sentences are versions of one."""

CONTAINMENT = 0.35
"""Share of the shorter sentence's runs of four words that stand in the other."""

RUN = 7
"""Words in one run that stands in both."""

NAME = 2.5
"""Nats that a name weighs in free rewriting, however long it is: it says what a sentence is about, not what it says."""

CLOSE_LINE = 2.0
"""What the shared words must weigh above the logarithm of the sentences searched (nats).

In a larger bank a chance likeness is as much likelier as there are more sentences: hence the logarithm.
"""


_ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]\w*")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence made ready for comparison."""

    words: tuple[str, ...]
    """As the reuse index compares them."""

    masked: tuple[str, ...]
    short: str
    """The same as one text in which a name is as long as a short word: a long one is no more likeness."""

    grams: frozenset[Gram]
    stems: frozenset[str]
    plain: frozenset[str]
    """The stems of what is no name, and each name as one."""

    mass: float
    """Of `plain`, in nats."""


@dataclass(frozen=True, slots=True)
class Match:
    """What two sentences have in common, where one counts as reuse of the other."""

    similarity: float
    """Indel similarity of the words as they are, 0 to 1."""

    relation: ReuseForm
    strength: float
    """How far above the line, in nats."""


class Matcher:
    """Compares sentences with the weights of one bank."""

    def __init__(self, weights: WordWeights, searched: int) -> None:
        """`searched` is the number of sentences that candidates are drawn from."""
        self._weights = weights
        # The sample the weights come from cannot tell rarer words apart, so more sentences raise the line no further.
        self._log = math.log(max(min(searched, 4 * weights.sentences), 50))
        self._prepare = lru_cache(maxsize=1 << 14)(self._prepared)

    def prepare(self, text: str) -> Prepared:
        """`text` made ready; the same text is made ready once."""
        return self._prepare(text)

    def alike(self, mine: Prepared, theirs: Prepared, searched: int = 0) -> tuple[float, float]:
        """What two sentences share for free rewriting, names as one word.

        Returns the weight of it above chance (nats) and the weighted Dice overlap, 0 to 1. `searched` is the number of
        sentences that `theirs` was drawn from, where that is less than the whole bank.
        """
        shared = self._plain_mass(mine.plain & theirs.plain)
        chance = math.log(searched) if searched else self._log
        return shared - chance, 2 * shared / max(mine.mass + theirs.mass, 1e-9)

    def similarity(self, mine: Prepared, theirs: Prepared) -> float:
        """Indel similarity of the words as they are, 0 to 1."""
        return Indel.normalized_similarity(" ".join(mine.words), " ".join(theirs.words))

    def match(self, mine: Prepared, theirs: Prepared) -> Match | None:
        """How `mine` stands to `theirs`; None where it does not count as reuse."""
        shared = self._weights.mass(mine.stems & theirs.stems)
        above = shared - self._log
        if above < CLOSE_LINE:
            return None
        containment = len(mine.grams & theirs.grams) / max(min(len(mine.grams), len(theirs.grams)), 1)
        ratio = Indel.normalized_similarity(mine.short, theirs.short, score_cutoff=RATIO)
        close = ratio >= RATIO or containment >= CONTAINMENT
        if not close and containment:
            close = self._longest_run(mine, theirs) >= RUN
        if not close:
            return None
        similarity = self.similarity(mine, theirs)
        return Match(similarity, _relation(mine, theirs, similarity, containment), above - CLOSE_LINE)

    def _prepared(self, text: str) -> Prepared:
        masked = tuple(masked_words(text, self._weights.names))
        grams = frozenset(masked[i : i + 4] for i in range(max(len(masked) - 3, 1))) - self._weights.phrases
        abbreviations = {word.lower() for word in _ABBREVIATION.findall(text)}
        names = {
            word if word.startswith(MARK) else MARK + word
            for word in masked
            if word[0] == MARK or word in abbreviations
        }
        said = " ".join(word for word in masked if word[0] != MARK and word not in abbreviations)
        plain = frozenset(word_index.terms(said)) | names
        stems = frozenset(word_index.terms(text))
        short_words = " ".join(_short(word) if word[0] == MARK else word for word in masked)
        return Prepared(tuple(words(text)), masked, short_words, grams, stems, plain, self._plain_mass(plain))

    def _plain_mass(self, plain: Iterable[str]) -> float:
        return sum(NAME if stem[0] == MARK else self._weights.weight(stem) for stem in plain)

    def _longest_run(self, mine: Prepared, theirs: Prepared) -> int:
        """Words in the longest run that stands in both; its set phrases do not count."""
        best = 0
        lengths: dict[int, int] = {}
        places: dict[str, list[int]] = {}
        for j, word in enumerate(theirs.masked):
            places.setdefault(word, []).append(j)
        for i, word in enumerate(mine.masked):
            now: dict[int, int] = {}
            for j in places.get(word, ()):
                now[j] = lengths.get(j - 1, 0) + 1
                if now[j] > best and now[j] >= RUN:
                    run = mine.masked[i - now[j] + 1 : i + 1]
                    telling = sum(run[k : k + 4] not in self._weights.phrases for k in range(len(run) - 3))
                    best = max(best, telling + 3 if telling else 0)
            lengths = now
        return best


@lru_cache(maxsize=1 << 14)
def _short(name: str) -> str:
    return MARK + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=2).hexdigest()


def _relation(mine: Prepared, theirs: Prepared, similarity: float, containment: float) -> ReuseForm:
    if mine.words == theirs.words:
        return ReuseForm.SAME
    if containment >= 0.8 and similarity < 0.9:
        shorter, longer = sorted((len(mine.words), len(theirs.words)))
        if shorter < 0.8 * longer:
            return ReuseForm.CONTAINED if len(mine.words) == shorter else ReuseForm.CONTAINS
    return ReuseForm.EDITED
