"""What is encoded: the one place that decides which texts of a document get a vector.

A question is one text, with the subject of its document before it. What answers no question in its document, such as a
section of a letter, has its subject and heading in that place. An answer or section is cut into pieces: a
paragraph is a piece where it can be, so that a recurring paragraph is encoded once for all documents (vectors are kept
by content); short ones go with their neighbour, since "Ja." means nothing by itself; long ones are cut at sentence
ends, since a model reads no further than its window and one vector cannot stand for many subjects. docs/zoeken.md has
the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from answers_bank.documents import Role
from answers_bank.dutch.sentences import sentence_spans
from answers_bank.store.stored import StoredPassage

SHORT = 200
"""Characters below which a paragraph is joined with its neighbour."""

LONG = 900
"""Characters above which a paragraph is cut."""

AIM = 500
"""Characters of a part of a cut paragraph, about."""

QUESTION_LIMIT = 1800
"""Characters of a question text that are encoded: about what the default model reads."""


_GLUED = re.compile(r"(?<=[a-z0-9)%][.?!;])(?=[A-Z-])")
"""Sentence ends whose space was lost, as in old extractions."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text to encode, and the passages it stands for."""

    kind: Literal["question", "passage"]
    """"question" for what an answer or section is about, also where that is no question."""

    first: int
    last: int
    """Index, from 0, of the first and last passage it is made of, in the order given."""

    text: str


def pieces(passages: Sequence[StoredPassage], subject: str | None) -> tuple[TextPiece, ...]:
    """The texts to encode of one document.

    Args:
        passages: the stored passages of one document, in order.
        subject: of the document; it stands before every question.
    """
    found: list[TextPiece] = []
    asked = {number for passage in passages if passage.role is Role.QUESTION for number in passage.numbers}
    for start, end in _runs(passages):
        first = passages[start]
        if first.role is Role.QUESTION:
            for n in range(start, end):
                text = f"{subject} {passages[n].text}" if subject else passages[n].text
                found.append(TextPiece("question", n, n, text[:QUESTION_LIMIT]))
        else:
            if asked.isdisjoint(first.numbers):
                about = " ".join(filter(None, (subject, first.heading)))
                found.append(TextPiece("question", start, start, about[:QUESTION_LIMIT]))
            found.extend(_answer_pieces([p.text for p in passages[start:end]], start))
    return tuple(piece for piece in found if piece.text.strip())


def cut(text: str, aim: int = AIM) -> list[str]:
    """`text` in parts of about equal length, near `aim` characters, that end where sentences end."""
    count = max(round(len(text) / aim), 1)
    ends = sorted({end for _, end in sentence_spans(text)} | {m.end() for m in _GLUED.finditer(text)} | {len(text)})
    parts: list[str] = []
    begin = 0
    for n in range(1, count + 1):
        # Each part ends at the sentence end nearest its share of the whole.
        end = len(text) if n == count else min(ends, key=lambda e: abs(e - len(text) * n / count))
        if end > begin:
            parts.append(text[begin:end].strip())
            begin = end
    return [part for part in parts if part]


def _runs(passages: Sequence[StoredPassage]) -> Iterator[tuple[int, int]]:
    """Index ranges of consecutive passages of one answer or section."""
    start = 0
    for n in range(1, len(passages) + 1):
        if n == len(passages) or _unit(passages[n]) != _unit(passages[start]):
            yield start, n
            start = n


def _unit(passage: StoredPassage) -> tuple[Role, tuple[int, ...], str]:
    return passage.role, passage.numbers, passage.heading


def _answer_pieces(texts: Sequence[str], offset: int) -> Iterator[TextPiece]:
    groups: list[list[int]] = []
    size = 0
    for n, text in enumerate(texts):
        # A short paragraph opens a group that the next one joins; a short last one goes with what precedes it.
        joins = (
            bool(groups) and size + len(text) <= LONG and (size < SHORT or (n + 1 == len(texts) and len(text) < SHORT))
        )
        if joins:
            groups[-1].append(n)
            size += len(text)
        else:
            groups.append([n])
            size = len(text)
    for group in groups:
        text = "\n".join(texts[n] for n in group)
        for part in cut(text) if len(text) > LONG else [text]:
            yield TextPiece("passage", offset + group[0], offset + group[-1], part)
