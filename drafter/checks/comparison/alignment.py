"""Two documents sentence by sentence: what was taken over, what was made of what, what is new and what is gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process, utils

from answers_bank.documents import Document
from answers_bank.dutch.words import fold
from drafter.checks.text import CheckedText, TextSpan, Zone
from drafter.word_difference import alike

# Sentences are put side by side from this likeness on (rapidfuzz ratios, 0 to 100).
_ALIKE = 62.0
# From here on a neighbour need not be looked at.
_SURE = 92.0
# And from this share of common words on (of a difference by word), one was made of the other.
_MADE_OF = 0.4
# Documents of one paragraph with at most so many sentences are two versions of one statement, whatever their wording.
SHORT = 3

Range = tuple[int, int]

_MARK = re.compile(r"\s?\[\d{1,3}\s?\]|[¹²³⁰⁴-⁹]+|(?<=[a-zà-ÿ)’”»][.,;:])\d{1,3}(?=\s|$)")


@dataclass(frozen=True)
class Aligned:
    """Sentences of the new document and those of the old that they stand against; one side may be empty."""

    new: tuple[TextSpan, ...]
    old: tuple[TextSpan, ...]

    @property
    def is_same(self) -> bool:
        """Whether a sentence was taken over as it was."""
        return bool(self.new) and bool(self.old) and _key(shown(self.new)) == _key(shown(self.old))


def shown(sentences: Sequence[TextSpan]) -> str:
    """The words of neighbouring sentences of one paragraph, without the marks of notes."""
    return " ".join(_MARK.sub("", joined(sentences)).split()) if sentences else ""


def joined(sentences: Sequence[TextSpan]) -> str:
    """The text of neighbouring sentences of one paragraph."""
    return sentences[0].unit.text[sentences[0].start : sentences[-1].end]


def align(new: Document, old: Document) -> list[Aligned]:
    """All sentences of both once: those of `new` in their order, then what only `old` has.

    Questions are left out, for what is asked contradicts nothing, unless no answer was told apart from them.
    """
    news, olds = _sentences(new), _sentences(old)
    pairs = _same(news, olds)
    one_each = len({sentence.unit for sentence in (*news, *olds)}) == 2 and bool(news) and bool(olds)
    if one_each and max(len(news), len(olds)) <= SHORT and len(pairs) < len(news):
        return [Aligned(tuple(news), tuple(olds))]
    left = [at for at in range(len(news)) if at not in pairs]
    free = [at for at in range(len(olds)) if at not in pairs.values()]
    found: dict[int, Aligned] = {at: Aligned((news[at],), (olds[other],)) for at, other in pairs.items()}
    used: set[int] = set()
    for mine, theirs in aligned([news[at].text for at in left], [olds[at].text for at in free]):
        these, those = left[slice(*mine)], free[slice(*theirs)]
        if not _neighbours(these, news) or not _neighbours(those, olds):
            these, those = these[:1], those[:1]
        mine_text, old_text = (shown([of[at] for at in places]) for places, of in ((these, news), (those, olds)))
        if not alike(old_text, mine_text, _MADE_OF):
            continue
        found[these[0]] = Aligned(tuple(news[at] for at in these), tuple(olds[at] for at in those))
        used.update(those)
    taken = {sentence for one in found.values() for sentence in one.new}
    for at in left:
        if news[at] not in taken:
            found[at] = Aligned((news[at],), ())
    gone = [Aligned((), (olds[at],)) for at in free if at not in used]
    return [*(found[at] for at in sorted(found)), *gone]


def _sentences(document: Document) -> list[TextSpan]:
    units = CheckedText.of_document(document).units
    said = {Zone.ANSWER, Zone.SECTION, Zone.NOTE} | (set() if document.answers else {Zone.QUESTION})
    return [TextSpan(unit, start, end) for unit in units if unit.zone in said for start, end in unit.sentences]


def _same(news: Sequence[TextSpan], olds: Sequence[TextSpan]) -> dict[int, int]:
    """Sentences that both have, each once, in the order of both."""
    there: defaultdict[str, list[int]] = defaultdict(list)
    for at, sentence in enumerate(olds):
        there[_key(shown([sentence]))].append(at)
    pairs = {}
    for at, sentence in enumerate(news):
        if same := there[_key(shown([sentence]))]:
            pairs[at] = same.pop(0)
    return pairs


def _key(text: str) -> str:
    return fold(" ".join(text.split()))


def _neighbours(places: Sequence[int], of: Sequence[TextSpan]) -> bool:
    return all(b == a + 1 and of[a].unit is of[b].unit for a, b in pairwise(places))


def aligned(news: list[str], olds: list[str]) -> Iterator[tuple[Range, Range]]:
    """Ranges of sentences of the one that were made of ranges of the other.

    Each new sentence goes with the old one it resembles most; a neighbour joins on either side where that fits better,
    for drafters cut and join sentences.
    """
    if not news or not olds:
        return
    scores = process.cdist(
        news, olds, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=_ALIKE, dtype=np.float32
    )
    taken: set[int] = set()
    for at in range(len(news)):
        if at in taken:
            continue
        best = int(scores[at].argmax())
        score = float(scores[at, best])
        if score < _ALIKE or news[at] == olds[best]:
            continue
        ranges = [((at, at + 1), (best, best + 1))]
        if score < _SURE:
            ranges += [
                ((at, at + 1), (best - 1, best + 1)),
                ((at, at + 1), (best, best + 2)),
                ((at, at + 2), (best, best + 1)),
            ]
        mine, theirs = max(ranges, key=lambda pair: _fit(news, olds, *pair))
        taken.update(range(*mine))
        yield mine, theirs


def _fit(news: list[str], olds: list[str], mine: Range, theirs: Range) -> float:
    if mine[1] > len(news) or theirs[0] < 0 or theirs[1] > len(olds):
        return 0.0
    new, old = " ".join(news[slice(*mine)]), " ".join(olds[slice(*theirs)])
    more = mine[1] - mine[0] + theirs[1] - theirs[0] > 2
    return fuzz.token_sort_ratio(new, old, processor=utils.default_process) - (5.0 if more else 0.0)
