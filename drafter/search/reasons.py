"""Why something was found, in plain Dutch."""

from __future__ import annotations

import re

from answers_bank.documents import Kind
from answers_bank.unit_building import Analyser
from drafter.dutch_dates import dutch_date
from drafter.headings import questions_reference
from drafter.search.candidates import Candidate, WeighedTerms
from drafter.search.recurrence import Elsewhere
from drafter.search.values import SearchQuery

MOST_WORDS = 6
NEAR_QUESTION = 0.45
NEAR_ANSWER = 0.4
SAME_QUESTION = 0.8

LONGEST_TITLE = 60
"""Characters of the title of another document that are shown."""

SET_PHRASE = 10
"""Other documents from which a passage is told as a set phrase."""

_SORTS = {Kind.ANSWER: "het antwoord", Kind.LETTER: "de brief", Kind.ORAL: "het mondelinge antwoord"}

_WORD = re.compile(r"[\w-]*\w")


def why(
    candidate: Candidate, terms: WeighedTerms, analyser: Analyser, query: SearchQuery, elsewhere: Elsewhere | None
) -> str:
    """One line: the near question, the matching words, where else it stands, who answered.

    Args:
        candidate: what was found.
        terms: of the query.
        analyser: that made them.
        query: what was asked.
        elsewhere: the other documents that hold a passage of it.
    """
    found = []
    question = candidate.signals.get("question", 0.0)
    if question >= NEAR_QUESTION and candidate.questions:
        found.append(_near_question(candidate, question))
    if candidate.signals.get("answer", 0.0) >= NEAR_ANSWER:
        found.append("het antwoord gaat hierover")
    words = matching_words(candidate, terms, analyser, query.text)
    if words:
        found.append(f"zelfde woorden: {', '.join(words)}")
    if elsewhere:
        found.append(_elsewhere(elsewhere, len(candidate.passages) > 1))
    if candidate.signals.get("portfolio", 0.0) >= 0.5:
        found.append("zelfde portefeuille")
    line = "; ".join(found) or "verwant van inhoud"
    return line[0].upper() + line[1:]


def _near_question(candidate: Candidate, question: float) -> str:
    numbers = {number for asked in candidate.questions for number in asked.numbers}
    near = "vraagt vrijwel hetzelfde" if question >= SAME_QUESTION else "lijkt erop"
    if len(numbers) > 1:
        near = "vragen vrijwel hetzelfde" if question >= SAME_QUESTION else "lijken erop"
    return f"{'de eerdere vraag' if numbers == {1} else f'eerdere {questions_reference(numbers)}'} {near}"


def _elsewhere(elsewhere: Elsewhere, many: bool) -> str:
    newest = elsewhere.newest
    sort = _SORTS.get(newest.kind, "het stuk")
    dated = f" van {dutch_date(newest.date)}" if newest.date else ""
    title = newest.title if len(newest.title) <= LONGEST_TITLE else newest.title[: LONGEST_TITLE - 1].rstrip() + "…"
    place = f"{'een alinea hiervan' if many else 'deze alinea'} staat ook in"
    if elsewhere.others >= SET_PHRASE:
        # What stands everywhere says nothing about the one document that happens to be the last.
        return f"{place} {elsewhere.others + 1} andere stukken" + (f", het laatst{dated}" if dated else "")
    place += f" {sort}{dated} ({title})"
    if elsewhere.others:
        place += f" en in nog {elsewhere.others} {'stuk' if elsewhere.others == 1 else 'stukken'}"
    return place


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
