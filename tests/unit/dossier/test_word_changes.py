"""What came back from Word: listed paragraph by paragraph, let stand or put back one by one."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.dossier_samples import MOMENT, dossier

from answers_bank.json_values import decode, encode
from drafter.dossier import answer_edits, edits
from drafter.dossier.judging.word_changes import accept_change, changes_of, undo_change, with_changes
from drafter.dossier.merging import merge
from drafter.dossier.value import ChangeKind, Decision, Dossier, DraftAnswer
from embeddings.errors import UsageError


def came_back() -> Dossier:
    """The sample with a paragraph changed, one taken out, and a new one."""
    before = dossier()
    after = edits.edit_text(before, "b1", "De windmeting is klaar.")
    after = edits.remove(after, "b2")
    after, _ = edits.insert(after, 1, "Nieuw uit Word.")
    return with_changes(before, after, "concept.docx", {"b1": ("Anna Dijk", MOMENT)}, ("Bas Veer", None))


def texts(value: Dossier) -> list[str]:
    return [block.text for block in value.answers[0].blocks]


def test_every_paragraph_that_changed_is_listed_with_who_and_both_texts() -> None:
    listed = {change.kind: change for _, change in changes_of(came_back())}
    edited, added, removed = (listed[kind] for kind in ChangeKind)
    assert (edited.author, edited.at, edited.after) == ("Anna Dijk", MOMENT, "De windmeting is klaar.")
    assert edited.before.startswith("De windmeting loopt.")
    assert (added.before, added.after, added.author) == ("", "Nieuw uit Word.", "Bas Veer")
    assert (removed.before, removed.after, removed.behind) == ("Eigen woorden.", "", "b1")
    assert {change.id for change in listed.values()} == {"1.1", "1.2", "1.3"}
    assert {change.file for change in listed.values()} == {"concept.docx"}


def test_what_is_accepted_stands_and_is_open_no_more() -> None:
    value = came_back()
    for _, change in changes_of(value):
        value = accept_change(value, change.id)
    assert texts(value) == texts(came_back())
    assert not list(changes_of(value, open_only=True))
    assert len(list(changes_of(value))) == 3


def test_each_can_be_put_back_by_itself() -> None:
    for _, change in changes_of(came_back()):
        value = undo_change(came_back(), change.id)
        now = {block.id: block.text for block in value.answers[0].blocks}
        assert now.get(change.block, "") == change.before
        others = [c for _, c in changes_of(value, open_only=True)]
        assert all(now.get(c.block, "") == c.after for c in others)
        with pytest.raises(UsageError):
            undo_change(value, change.id)
        with pytest.raises(UsageError):
            accept_change(value, change.id)


@settings(max_examples=30, deadline=None)
@given(st.permutations(["1.1", "1.2", "1.3"]))
def test_all_put_back_in_any_order_is_the_dossier_as_it_was(order: list[str]) -> None:
    value = came_back()
    for name in order:
        value = undo_change(value, name)
    assert [dataclasses.replace(a, changes=()) for a in value.answers] == list(dossier().answers)


def test_what_was_changed_since_is_put_back_only_when_it_is_said_twice() -> None:
    value = edits.edit_text(came_back(), "b1", "De windmeting is bijna klaar.")
    name = next(c.id for _, c in changes_of(value) if c.block == "b1")
    with pytest.raises(UsageError):
        undo_change(value, name)
    assert texts(undo_change(value, name, anyway=True))[0].startswith("De windmeting loopt.")
    gone = edits.remove(value, "b1")
    with pytest.raises(UsageError):
        undo_change(gone, name, anyway=True)
    with pytest.raises(UsageError):
        accept_change(value, "9.9")


def test_numbers_are_never_used_again() -> None:
    once = came_back()
    twice = with_changes(once, edits.edit_text(once, "b3", "Nog eens."), "later.docx", {}, ("", None))
    names = [change.id for _, change in changes_of(twice)]
    assert len(names) == len(set(names)) == 4


def test_changes_go_with_their_answer_and_through_the_file() -> None:
    value = came_back()
    together = answer_edits.combine(value, (1, 2))
    assert len(list(changes_of(together))) == 3
    assert len(list(changes_of(answer_edits.separate(together, 1)))) == 3
    (answer,) = [a for a in value.answers if a.changes]
    assert decode(DraftAnswer, encode(answer)) == answer


def test_two_who_decide_at_once_do_not_conflict() -> None:
    base = came_back()
    mine = accept_change(base, "1.1")
    theirs = accept_change(base, "1.2")
    found = merge(base, mine, theirs)
    assert not found.conflicts
    decided = {change.id: change.decision for _, change in changes_of(found.dossier)}
    assert decided == {"1.1": Decision.ACCEPTED, "1.2": Decision.ACCEPTED, "1.3": Decision.OPEN}
