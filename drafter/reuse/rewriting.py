"""Free rewriting: sentences that say in other words what a sentence of the bank says.

Nothing here is a proof: what is found is shown as "in andere woorden", to be judged by the reader. Three things speak
for it: how telling the shared words are (a name counts as one), how much of both sentences they make up, and how near
the two are in meaning, beside what is usual between these texts. A shared amount or term with its unit counts as a very
telling word. A sentence whose neighbour comes from a passage is more likely to come from that passage as well: then it
is compared with only a few sentences, so that chance has less room.

The weights are those of a logistic regression on 56 paraphrases among 147,000 pairs of sentences of five real answers;
the line is where about as many sentences were called reused as a reader named. What it gives on other texts stands in
docs/cijfers.md (`benchmarks.review_labels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from answers_bank.index.near_sentences import MeaningCandidates
from drafter.reuse.matching import Matcher
from drafter.reuse.sources import Sources
from drafter.reuse.text import ReadSentence
from drafter.reuse.values import SentenceSource
from embeddings.progress import SILENT, Progress

Place = tuple[str, int, int]
"""A sentence of the bank: passage, start, end."""

_QUANTITY = 4.0
"""Nats of a shared quantity with its unit ("één uur", "€ 400"): a word that stands in one of some fifty sentences."""

_WORDS = (-10.8, 0.25, 16.0)
"""Constant, weight of the shared words (a nat) and of the overlap, without a model."""

_WORDS_LINE = -1.7
_MEANING = (-12.7, 0.22, 11.2, 1.28)
"""The same with the likeness in meaning, in standard deviations above what is usual between these texts."""

_MEANING_LINE = -2.1
_LEAST = 4.0
"""Nats that the shared words must weigh above chance in any case: "Dat klopt." is said everywhere."""

_FARTHEST = 6.0
"""Standard deviations above the usual that two sentences are apart at most."""

_USUAL = 100
"""Pairs of sentences from which what is usual can be told."""

_NEIGHBOURS = 8
"""Sentences that a neighbour's passage is taken to have at least."""


class Rewritings:
    """Finds what was rewritten freely in one text under review."""

    def __init__(self, matcher: Matcher, sources: Sources, meaning: MeaningCandidates | None) -> None:
        self._matcher = matcher
        self._sources = sources
        self._meaning = meaning
        self._encoded: list[str] = []
        """The sentences of the text whose meaning is known."""

    def add(
        self, sentences: Sequence[ReadSentence], found: list[list[SentenceSource]], progress: Progress = SILENT
    ) -> None:
        """Adds to `found`, the sources of each sentence, what says the same in other words.

        Raises:
            Cancelled: `progress` asked to stop.
        """
        places = [dict.fromkeys(self._sources.candidates(sentence.text)) for sentence in sentences]
        if self._meaning is not None:
            open_ = [n for n, held in enumerate(found) if not held]
            self._encoded = [sentences[n].text for n in open_]
            near = self._meaning.find(self._encoded, self._sources.exclude, progress)
            for number, there in zip(open_, near, strict=True):
                places[number].update(dict.fromkeys(there))
        self._take(sentences, found, [(n, place, 0) for n, held in enumerate(places) for place in held], progress)
        beside = []
        for number, sentence in enumerate(sentences):
            if found[number]:
                continue
            passages = dict.fromkeys(
                source.passage
                for other in (number - 1, number + 1)
                if 0 <= other < len(sentences) and sentences[other].paragraph == sentence.paragraph
                for source in found[other]
            )
            there = [place for passage in passages for place in self._sources.sentences_of(passage)]
            beside += [(number, place, max(len(there), _NEIGHBOURS)) for place in there]
        self._take(sentences, found, beside, progress)

    def _take(
        self,
        sentences: Sequence[ReadSentence],
        found: list[list[SentenceSource]],
        pairs: Iterable[tuple[int, Place, int]],
        progress: Progress,
    ) -> None:
        """Adds those of `pairs` (sentence, place, sentences it was drawn from; 0 for the bank) that are rewriting."""
        likely: list[tuple[int, Place, float, float]] = []
        for number, place, searched in pairs:
            if any((s.passage, s.start) == place[:2] for s in found[number]) or not self._sources.is_source(place[0]):
                continue
            text, there = sentences[number].text, self._sources.text_at(place)
            mine, theirs = self._matcher.prepare(text), self._matcher.prepare(there)
            above, overlap = self._matcher.alike(mine, theirs, searched)
            if self._score(*_with_quantities(above, overlap, mine.mass + theirs.mass, 1), _FARTHEST) > 0:
                shared = len(quantities_in(text) & quantities_in(there))
                above, overlap = _with_quantities(above, overlap, mine.mass + theirs.mass, shared)
                if above >= _LEAST and self._score(above, overlap, _FARTHEST) > 0:
                    likely.append((number, place, above, overlap))
        if not likely:
            return
        nearness = self._nearness(
            [(sentences[n].text, self._sources.text_at(place)) for n, place, _, _ in likely], progress
        )
        new: dict[int, list[SentenceSource]] = {}
        for (number, place, above, overlap), near in zip(likely, nearness, strict=True):
            score = self._score(above, overlap, near)
            if score > 0:
                mine = self._matcher.prepare(sentences[number].text)
                alike = self._matcher.similarity(mine, self._matcher.prepare(self._sources.text_at(place)))
                new.setdefault(number, []).append(self._sources.rewritten(place, alike, score))
        for number, held in new.items():
            found[number] += sorted(held, key=lambda source: -source.strength)

    def _score(self, above: float, overlap: float, near: float | None) -> float:
        """Positive for rewriting."""
        if near is None or self._meaning is None:
            constant, words, share = _WORDS
            return constant + words * above + share * overlap - _WORDS_LINE
        constant, words, share, meaning = _MEANING
        return constant + words * above + share * overlap + meaning * near - _MEANING_LINE

    def _nearness(self, pairs: Sequence[tuple[str, str]], progress: Progress) -> list[float | None]:
        """How near the two of each pair are; None where that cannot be told."""
        if self._meaning is None:
            return [None] * len(pairs)
        mine, theirs = (list(dict.fromkeys(side)) for side in zip(*pairs, strict=True))
        # What is usual is told by the whole text: what was likely before is nearer than that.
        mine = list(dict.fromkeys((*mine, *self._encoded)))
        if len(mine) * len(theirs) < _USUAL:
            return [None] * len(pairs)
        likeness = self._meaning.vectors(mine, progress) @ self._meaning.vectors(theirs, progress).T
        usual, spread = float(likeness.mean()), max(float(likeness.std()), 1e-6)
        rows, columns = ({text: at for at, text in enumerate(side)} for side in (mine, theirs))
        return [float((likeness[rows[a], columns[b]] - usual) / spread) for a, b in pairs]


def _with_quantities(above: float, overlap: float, mass: float, shared: int) -> tuple[float, float]:
    """What two sentences share, with some quantities that both have counted as telling words."""
    more = _QUANTITY * shared
    return above + more, (overlap * mass + 2 * more) / max(mass + 2 * more, 1e-9)


@lru_cache(maxsize=1 << 13)
def quantities_in(text: str) -> frozenset[str]:
    """The amounts, terms and shares of a sentence with their units; bare numbers say too little."""
    from drafter.checks.comparison.statements.items import ItemKind
    from drafter.checks.comparison.statements.quantities import quantities

    return frozenset(
        f"{item.kind} {item.value}"
        for item in quantities(text, [])
        if item.kind not in (ItemKind.NUMBER, ItemKind.ORDINAL)
    )
