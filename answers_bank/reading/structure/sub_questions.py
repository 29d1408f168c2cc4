"""What is asked inside one question: lettered parts, or its sentences that ask."""

from __future__ import annotations

import re

from answers_bank.documents import SubQuestion
from answers_bank.dutch.sentences import sentence_spans

_LETTER = re.compile(r"(?:(?<=^)|(?<=\n)|(?<=[?:;.,]\s))\(?([a-j])[.)]\s+")


def sub_questions(text: str) -> tuple[SubQuestion, ...]:
    """The parts of a question in order; empty where it asks one thing only.

    "Zo ja, …? Zo nee, …?" are parts of their own: an answer must cover the one that applies.
    """
    lettered = _lettered(text)
    if lettered:
        return lettered
    asking = [(start, end) for start, end in sentence_spans(text) if "?" in text[max(start, end - 4) : end]]
    if len(asking) < 2:
        return ()
    return tuple(SubQuestion(None, text[start:end], start, end) for start, end in asking)


def _lettered(text: str) -> tuple[SubQuestion, ...]:
    found = list(_LETTER.finditer(text))
    labels = [match[1] for match in found]
    if len(labels) < 2 or labels != [chr(ord("a") + i) for i in range(len(labels))]:
        return ()
    parts = []
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        body = text[match.end() : end].rstrip()
        parts.append(SubQuestion(match[1], body, match.end(), match.end() + len(body)))
    return tuple(parts)
