"""Why something was found, in plain Dutch."""

from __future__ import annotations

import re

from answers_bank.unit_building import Analyser
from drafter.search.candidates import Candidate, WeighedTerms
from drafter.search.values import SearchQuery

MOST_WORDS = 6
NEAR_QUESTION = 0.45
NEAR_ANSWER = 0.4

_WORD = re.compile(r"[\w-]*\w")


def why(candidate: Candidate, terms: WeighedTerms, analyser: Analyser, query: SearchQuery) -> str:
    """One line: the near question, the matching words, who answered."""
    found = []
    question = candidate.signals.get("question", 0.0)
    if question >= NEAR_QUESTION:
        found.append("de eerdere vraag lijkt erop" if question < 0.8 else "vrijwel dezelfde vraag")
    if candidate.signals.get("answer", 0.0) >= NEAR_ANSWER:
        found.append("het antwoord gaat hierover")
    words = matching_words(candidate, terms, analyser, query.text)
    if words:
        found.append(f"zelfde woorden: {', '.join(words)}")
    others = round(100 ** candidate.signals.get("repeated", 0.0)) - 1
    if others > 0:
        found.append(f"{'een alinea hiervan' if len(candidate.passages) > 1 else 'deze alinea'} staat ook elders")
    if candidate.signals.get("portfolio", 0.0) >= 0.5:
        found.append("zelfde portefeuille")
    line = "; ".join(found) or "verwant van inhoud"
    return line[0].upper() + line[1:]


def matching_words(candidate: Candidate, terms: WeighedTerms, analyser: Analyser, text: str) -> list[str]:
    """The most telling words of the query that the unit holds, as the query writes them."""
    there = set(analyser.terms(candidate.document.title))
    for passage in (*candidate.questions, *candidate.passages):
        there.update(analyser.terms(passage.text))
    weight: dict[str, float] = {}
    for word in _WORD.findall(text):
        shared = [terms.rarity[t] for t in analyser.terms(word) if t in there and t in terms.rarity]
        if shared and len(word) > 2 and word.lower() not in weight:
            weight[word.lower()] = max(shared)
    return sorted(weight, key=lambda word: (-weight[word], word))[:MOST_WORDS]
