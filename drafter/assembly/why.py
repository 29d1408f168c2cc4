"""Why a passage was put in the draft or beside it, in plain Dutch."""

from __future__ import annotations

import math
from functools import cache

from answers_bank.dutch.patterns import word_list
from answers_bank.index.unit_building import Analyser
from drafter.assembly.question_candidates import SentenceCandidate
from drafter.headings import enumeration
from drafter.search.reasons import QueryWords

MOST_WORDS = 4

NEAR_QUESTION = 0.45
"""From this nearness (cosine) on the earlier question is told to be alike, as for results of a search."""

SHARED_QUESTION = 0.5
"""The same by words: the share of the earlier question's weight that the new one holds."""

SAME_PORTFOLIO = 0.5
SAME_QUESTION = "Antwoord op een eerdere vraag die vrijwel hetzelfde vraagt."
SET_PHRASE = "Vast antwoord uit een eerder stuk."
SAME_PUBLICATION = "Eerder antwoord over dezelfde publicatie."


def why(one: SentenceCandidate, text: str, asked: QueryWords, analyser: Analyser) -> str:
    """One line: the words that the passage shares with the question, the question that it answered, where it stands.

    Args:
        one: the sentence by which the passage was found.
        text: what is offered.
        asked: the words of the question, see `query_words`.
        analyser: that made their terms.
    """
    found = []
    shared = shared_words(text, asked, analyser)
    if shared:
        found.append(f"deelt met de vraag: {enumeration(shared)}")
    if one.says["question"] >= NEAR_QUESTION or one.says["asked"] >= SHARED_QUESTION:
        found.append("de eerdere vraag lijkt erop" if one.unit.questions else "het onderwerp lijkt erop")
    again = round(math.expm1(one.says["used"]))
    if again:
        found.append(f"staat ook in {again} {'ander stuk' if again == 1 else 'andere stukken'}")
    if one.says["portfolio"] >= SAME_PORTFOLIO and one.unit.document.portfolio:
        found.append("zelfde portefeuille")
    line = "; ".join(found) or "verwant van inhoud"
    return f"{line[0].upper()}{line[1:]}."


@cache
def _empty_words() -> frozenset[str]:
    """Words that say nothing of what two texts share."""
    return frozenset(w for name in ("function_words", "degree_words", "genre_words") for w in word_list(name))


def shared_words(text: str, asked: QueryWords, analyser: Analyser) -> list[str]:
    """The most telling words of the question that the text holds, as the question writes them."""
    there = analyser.distinct(text)
    empty = _empty_words()
    weight = {
        word: max(rarity for term, rarity in telling.items() if term in there)
        for word, telling in asked.items()
        if word not in empty and there & telling.keys()
    }
    return sorted(weight, key=lambda word: (-weight[word], word))[:MOST_WORDS]
