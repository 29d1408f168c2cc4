"""One matter once, and the worst first."""

from __future__ import annotations

import dataclasses

from drafter.checks.finding import Evidence, Finding, Grade, Severity
from drafter.checks.matters import gravity, matters, one_a_matter

ONE = Finding("staleness", "ongoing", Severity.WARNING, 10, 15, "thans", "“thans”: ga na.", grade=Grade.UNCERTAIN)


def test_the_same_words_are_told_once_with_their_places() -> None:
    later = dataclasses.replace(ONE, start=80, end=85, quote="Thans", message="“Thans”: ga na.")
    other = dataclasses.replace(ONE, start=40, end=45, quote="vooralsnog", message="“vooralsnog”: ga na.")
    assert [matter.findings for matter in matters([later, other, ONE])] == [(ONE, later), (other,)]


def test_the_same_words_of_which_something_else_is_said_are_two() -> None:
    known = dataclasses.replace(ONE, start=80, end=85, message="“thans”: daarna is hierover bericht.")
    assert len(matters([ONE, known])) == 2


def test_the_worst_is_first() -> None:
    info = dataclasses.replace(ONE, severity=Severity.INFO)
    passed = dataclasses.replace(ONE, grade=Grade.EXPIRED, message="voorbij")
    adapt = dataclasses.replace(ONE, grade=Grade.ADAPT, message="aanpassen")
    open_question = dataclasses.replace(ONE, check="coverage")
    ordered = [matter.finding for matter in matters([info, ONE, adapt, passed, open_question])]
    assert ordered == [open_question, passed, adapt, ONE, info]
    assert [gravity(finding) for finding in ordered] == sorted(gravity(finding) for finding in ordered)


SENTENCE = "Nog voor het einde van de zomer zal ik in de voortgangsbrief daarop ingaan, zie het antwoord op vraag 3."


def on(words: str, check: str, rule: str, *documents: str) -> Finding:
    start = SENTENCE.index(words)
    evidence = tuple(Evidence(document, None, "Dat is gebeurd.") for document in documents)
    return Finding(check, rule, Severity.WARNING, start, start + len(words), words, "m", SENTENCE, evidence=evidence)


def test_what_the_bank_knows_of_a_matter_is_told_once_and_the_rest_of_the_sentence_stays() -> None:
    date = on("einde van de zomer", "consistency", "date", "brief-2")
    sent = on("voortgangsbrief", "consistency", "timeline", "brief-2", "brief-3")
    stale = on("Nog voor het einde van de zomer zal ik", "staleness", "promise")
    reference = on("het antwoord op vraag 3", "staleness", "internal-reference")
    (kept, told) = one_a_matter([date, sent, stale, reference])
    assert kept == reference
    assert (told.rule, [item.document for item in told.evidence]) == ("timeline", ["brief-2", "brief-3"])


def test_another_contradiction_in_the_sentence_is_another_matter() -> None:
    number = on("vraag 3", "consistency", "number", "brief-9")
    stale = on("Nog voor het einde van de zomer zal ik", "staleness", "promise")
    assert one_a_matter([number, stale]) == [number, stale]


def test_a_reference_that_leads_nowhere_is_told_once() -> None:
    nowhere = on("antwoord op vraag 3", "coverage", "points-nowhere")
    reference = on("het antwoord op vraag 3", "staleness", "internal-reference")
    elsewhere = on("in de voortgangsbrief", "staleness", "internal-reference")
    assert one_a_matter([nowhere, reference, elsewhere]) == [nowhere, elsewhere]
