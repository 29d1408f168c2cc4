"""What is "bewust zo", in a block and in a whole dossier."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st
from support.dossier_samples import MOMENT, questions

from drafter.checks.finding import Finding, Severity
from drafter.dossier import answer_edits, edits, waiver_edits
from drafter.dossier.value import Block, Dossier, DraftAnswer
from drafter.dossier.waivers import entry_for, entry_of, key_in, key_of, reason_in, still_open, words_in


def finding(rule: str = "ongoing", quote: str = "nog steeds") -> Finding:
    return Finding("staleness", rule, Severity.WARNING, 0, len(quote), quote, f"“{quote}” beschrijft de stand.")


def dossier(*blocks: Block) -> Dossier:
    return Dossier("d", questions(), (DraftAnswer((1,), blocks),), MOMENT.date(), MOMENT, MOMENT)


@given(st.text(min_size=1), st.text())
def test_an_entry_gives_back_its_key_and_reason(quote: str, reason: str) -> None:
    key = key_of(finding(quote=quote))
    entry = entry_of(key, reason)
    assert key_in(entry) == key
    assert reason_in(entry) == " ".join(reason.split())
    assert entry_for(finding(quote=quote), (entry,)) == entry


def test_a_reader_sees_words_or_a_dutch_title_and_no_name_of_a_rule() -> None:
    assert words_in(entry_of(key_of(finding(quote="op dit moment")), "")) == "“op dit moment”"
    assert words_in("ongoing: mag") == "stand van dat moment"


def test_other_words_of_the_same_rule_stay_open() -> None:
    found = (finding(), finding(quote="op dit moment"))
    assert still_open(found, (key_of(found[0]),)) == (found[1],)
    assert still_open(found, ("ongoing: mag",)) == ()


def test_in_the_whole_dossier_it_holds_for_what_is_there_and_what_comes() -> None:
    value = dossier(Block("b1", "nog steeds", findings=(finding(),)), Block("b2", "nog steeds"))
    value = waiver_edits.waive_everywhere(value, key_of(finding()), "staat in de wet")
    assert value.answers[0].blocks[0].open_findings == ()
    value = edits.set_findings(value, "b2", (finding(), finding(quote="op dit moment")))
    assert [f.quote for f in value.answers[0].blocks[1].open_findings] == ["op dit moment"]
    value = waiver_edits.unwaive_everywhere(value, key_of(finding()))
    assert all(block.open_findings for block in value.answers[0].blocks)
    assert value.intended == ()


def test_what_is_said_of_an_answer_as_a_whole_can_be_meant_so() -> None:
    whole = dataclasses.replace(finding("sub-question", ""), message="Niets gevonden over: “Waarom niet?”")
    value = answer_edits.set_checked(dossier(), 1, (whole,), ())
    value = waiver_edits.waive(value, 1, key_of(whole), "is geen vraag")
    assert value.answers[0].open_findings == ()
    assert waiver_edits.unwaive(value, 1, key_of(whole)).answers[0].open_findings == (whole,)
