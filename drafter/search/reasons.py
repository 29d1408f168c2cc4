"""Why something was found, in plain Dutch."""

from __future__ import annotations

import re

from answers_bank.documents import Kind
from answers_bank.dutch.time.dates import dutch_date
from answers_bank.index.unit_building import Analyser
from drafter.headings import questions_reference
from drafter.search.candidates import DescribedUnit, WeighedTerms
from drafter.search.signals.recurrence import Elsewhere

MOST_WORDS = 6
NEAR_QUESTION = 0.45
NEAR_ANSWER = 0.4
SAME_QUESTION = 0.8

LONGEST_TITLE = 60
"""Characters of the title of another document that are shown."""

SET_PHRASE = 10
"""Other documents from which a passage is told as a set phrase."""

_SORTS = {Kind.ANSWER: "het antwoord", Kind.LETTER: "de brief", Kind.ORAL: "het mondelinge antwoord"}

BY_NUMBER = "Dit is het stuk met dit nummer"
UNANSWERED = {
    Kind.QUESTIONS: f"{BY_NUMBER}; het zijn vragen zonder antwoord",
    Kind.DEFERRAL: f"{BY_NUMBER}; het is een uitstelbericht",
}

QueryWords = dict[str, dict[str, float]]
"""Words of a query, each with its terms and their rarity."""

_WORD = re.compile(r"[\w-]*\w")


def why(candidate: DescribedUnit, words: QueryWords, analyser: Analyser, elsewhere: Elsewhere | None) -> str:
    """One line: the near question, the matching words, where else it stands, who answered.

    Args:
        candidate: what was found.
        words: of the query, see `query_words`.
        analyser: that made its terms.
        elsewhere: the other documents that hold a passage of it.
    """
    found = []
    question = candidate.signals.get("question", 0.0)
    if question >= NEAR_QUESTION and candidate.questions:
        found.append(_near_question(candidate, question))
    if candidate.signals.get("subject", 0.0) >= NEAR_QUESTION:
        found.append("het onderwerp lijkt erop")
    if candidate.signals.get("answer", 0.0) >= NEAR_ANSWER:
        found.append("het antwoord gaat hierover")
    shared = matching_words(candidate, words, analyser)
    if shared:
        found.append(f"zelfde woorden: {', '.join(shared)}")
    if elsewhere:
        found.append(_elsewhere(elsewhere, len(candidate.passages) > 1))
    if candidate.signals.get("portfolio", 0.0) >= 0.5:
        found.append("zelfde portefeuille")
    line = "; ".join(found) or "verwant van inhoud"
    return line[0].upper() + line[1:]


def _near_question(candidate: DescribedUnit, question: float) -> str:
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


def query_words(terms: WeighedTerms, analyser: Analyser, text: str) -> QueryWords:
    """The words of a query as it writes them, each with its terms that count and their rarity."""
    found: QueryWords = {}
    for word in _WORD.findall(text):
        telling = {term: terms.rarity[term] for term in analyser.terms(word) if term in terms.rarity}
        if telling and len(word) > 2:
            found.setdefault(word.lower(), telling)
    return found


def matching_words(candidate: DescribedUnit, words: QueryWords, analyser: Analyser) -> list[str]:
    """The most telling words of the query that the unit holds, as the query writes them."""
    texts = [candidate.document.title, *(p.text for p in (*candidate.questions, *candidate.passages))]
    there = set().union(*map(analyser.distinct, texts))
    weight = {
        word: max(telling[t] for t in telling if t in there)
        for word, telling in words.items()
        if there & telling.keys()
    }
    return sorted(weight, key=lambda word: (-weight[word], word))[:MOST_WORDS]
