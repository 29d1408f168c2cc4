"""Word-level differences between two texts.

One tokeniser and one differ for every room: reuse review, tracked changes in Word and the comparison of sentences
must agree on what a word is. Method: the shortest insert/delete script over tokens (bit-parallel longest common
subsequence, Hyyrö 2004, as in rapidfuzz), then one clean-up that makes it readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

Operation = Literal["equal", "insert", "delete"]

# A word keeps its inner hyphens, apostrophes and slashes ("TOI-verordening", "zo'n", "en/of"), a number its separators
# ("1.100.000", "2.7.59"); every other mark stands alone; white space is a token too, so that nothing is lost.
_TOKEN = re.compile(r"\w+(?:(?:[-'’/]|(?<=\d)[.,:](?=\d))\w+)*|\s+|[^\w\s]")
_SENTENCE_END = frozenset(".!?…;")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a punctuation mark or a run of white space, with its span."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.text[0].isalnum() or self.text[0] == "_"

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of the difference: in both texts for "equal", in the new for "insert", in the old for "delete"."""

    op: Operation
    text: str


def tokens(text: str) -> list[Token]:
    """Cuts `text` into tokens; their texts joined give `text` again."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


def word_diff(old: str, new: str) -> tuple[Change, ...]:
    """What changed from `old` to `new`, by whole words.

    Lossless: "equal" and "insert" joined give `new`, "equal" and "delete" joined give `old`, to the character. A
    deletion precedes the insertion that takes its place. Two edits with at most one unchanged word between them are
    one edit, for a reader follows "~~de wet~~ het besluit" more easily than its separate words; edits of white space
    alone are not joined, nor edits across the end of a sentence.

    Time grows with the product of the lengths: 0.02 ms for two sentences, under a second for two long answers.
    """
    if old == new:
        return (Change("equal", old),) if old else ()
    old_tokens, new_tokens = tokens(old), tokens(new)
    stretches = list(_stretches(old_tokens, new_tokens))
    return tuple(_changes(_joined(stretches, old_tokens, new_tokens), old, new, old_tokens, new_tokens))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens old[i:j] against new[k:l]: the same, or edited."""

    same: bool
    i: int
    j: int
    k: int
    l: int  # noqa: E741


def edit_count(changes: tuple[Change, ...]) -> int:
    """How many places were changed: words that came in the place of others are one change."""
    return sum(
        change.op != "equal" and (index == 0 or changes[index - 1].op == "equal")
        for index, change in enumerate(changes)
    )


def alike(old: str, new: str, least: float = 0.5) -> bool:
    """Whether so large a part of two texts is the same that their difference is worth reading."""
    same = sum(len(change.text) for change in word_diff(old, new) if change.op == "equal")
    return bool(old or new) and 2 * same / (len(old) + len(new)) >= least


def _stretches(old: list[Token], new: list[Token]) -> Iterator[_Stretch]:
    """Equal and edited stretches in turn.

    Words and marks are aligned first and white space after them: else a line that is broken elsewhere would pull words
    apart, since a space is as good a match as a word.
    """
    old_solid = [at for at, token in enumerate(old) if not token.is_space]
    new_solid = [at for at, token in enumerate(new) if not token.is_space]
    i = k = begun_i = begun_k = 0  # equal so far: from begun to (i, k)
    for p, q in [*_matches([old[at].text for at in old_solid], [new[at].text for at in new_solid]), (None, None)]:
        stop_i = len(old) if p is None else old_solid[p]
        stop_k = len(new) if q is None else new_solid[q]
        while i < stop_i and k < stop_k and old[i].text == new[k].text:
            i, k = i + 1, k + 1
        j, m = stop_i, stop_k
        while j > i and m > k and old[j - 1].text == new[m - 1].text:
            j, m = j - 1, m - 1
        if j > i or m > k:
            if i > begun_i:
                yield _Stretch(True, begun_i, i, begun_k, k)
            yield _Stretch(False, i, j, k, m)
            begun_i, begun_k = j, m
        i, k = (stop_i, stop_k) if p is None else (stop_i + 1, stop_k + 1)
    if i > begun_i:
        yield _Stretch(True, begun_i, i, begun_k, k)


def _matches(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            yield from zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True)


def _joined(stretches: list[_Stretch], old: list[Token], new: list[Token]) -> list[_Stretch]:
    """The clean-up: an equal stretch of at most one word between two edits of words becomes part of one edit."""
    out: list[_Stretch] = []
    for stretch in stretches:
        if (
            len(out) >= 2
            and not stretch.same
            and out[-1].same
            and not out[-2].same
            and _is_bridge(old[out[-1].i : out[-1].j])
            and _edits_words(out[-2], old, new)
            and _edits_words(stretch, old, new)
        ):
            first = out[-2]
            out[-2:] = [_Stretch(False, first.i, stretch.j, first.k, stretch.l)]
        else:
            out.append(stretch)
    return out


def _is_bridge(between: Iterable[Token]) -> bool:
    words = 0
    for token in between:
        words += token.is_word
        if words > 1 or token.text in _SENTENCE_END or "\n\n" in token.text:
            return False
    return True


def _edits_words(stretch: _Stretch, old: list[Token], new: list[Token]) -> bool:
    return any(not token.is_space for token in [*old[stretch.i : stretch.j], *new[stretch.k : stretch.l]])


def _changes(
    stretches: list[_Stretch], old: str, new: str, old_tokens: list[Token], new_tokens: list[Token]
) -> Iterator[Change]:
    old_edges = [token.start for token in old_tokens] + [len(old)]
    new_edges = [token.start for token in new_tokens] + [len(new)]
    for stretch in stretches:
        a, b = old_edges[stretch.i], old_edges[stretch.j]
        c, d = new_edges[stretch.k], new_edges[stretch.l]
        if stretch.same:
            yield Change("equal", old[a:b])
            continue
        if b > a:
            yield Change("delete", old[a:b])
        if d > c:
            yield Change("insert", new[c:d])
