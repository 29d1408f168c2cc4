"""Remarks as threads: who said what, what was answered, what is done; and what an older version makes of them."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.dossier_samples import MOMENT, dossier

from answers_bank.json_values import decode, encode
from drafter.dossier import edits
from drafter.dossier.judging.thread_edits import add_thread, remove_thread, reply, set_thread_done
from drafter.dossier.judging.threads import Thread, merged_threads, remark_of, threads_in
from drafter.dossier.merging import merge
from drafter.dossier.value import Block, Dossier
from embeddings.errors import UsageError

LATER = MOMENT + datetime.timedelta(hours=3)


def block(value: Dossier, block_id: str = "b1") -> Block:
    found = value.block(block_id)
    assert found is not None
    return found


def remarked() -> tuple[Dossier, str]:
    value = add_thread(dossier(), "b1", "Anna Dijk", "Klopt dit nog?", MOMENT)
    return value, block(value).discussion[0].id


def test_a_thread_holds_who_when_and_what_was_answered() -> None:
    value, name = remarked()
    value = reply(value, "b1", name, "Bas Veer", "Ja, nagegaan.", LATER)
    (thread,) = block(value).discussion
    assert [(entry.author, entry.text, entry.at) for entry in thread.entries] == [
        ("Anna Dijk", "Klopt dit nog?", MOMENT),
        ("Bas Veer", "Ja, nagegaan.", LATER),
    ]
    assert block(value).remark == "Klopt dit nog? (Anna Dijk)\nJa, nagegaan. (Bas Veer)"


def test_a_thread_that_is_done_is_kept_and_no_open_remark() -> None:
    value, name = remarked()
    value = set_thread_done(value, "b1", name, True)
    assert block(value).discussion[0].done
    assert block(value).remark == ""
    assert not block(reply(value, "b1", name, "Bas Veer", "Toch niet.")).discussion[0].done
    assert block(remove_thread(value, "b1", name)).discussion == ()


def test_a_remark_takes_acceptance_away_and_calling_it_done_does_not_give_it_back() -> None:
    value = edits.accept(dossier(), "b1", "Anna Dijk")
    value = add_thread(value, "b1", "Bas Veer", "Wacht even.")
    assert block(value).accepted_by == ""
    value = edits.accept(value, "b1", "Anna Dijk")
    done = set_thread_done(value, "b1", block(value).discussion[0].id, True)
    assert block(done).accepted_by == "Anna Dijk"


def test_what_is_no_thread_any_more_is_told() -> None:
    value, name = remarked()
    with pytest.raises(UsageError):
        reply(value, "b2", name, "Bas Veer", "Ja.")


def test_paragraphs_that_become_one_keep_all_threads_and_parts_share_none() -> None:
    value = add_thread(remarked()[0], "b2", "Anna Dijk", "Klopt dit nog?", MOMENT)
    joined = block(edits.merge(value, "b1"))
    assert [thread.text for thread in joined.discussion] == ["Klopt dit nog?"] * 2
    assert len({thread.id for thread in joined.discussion}) == 2
    parts, second = edits.split(value, "b1", 21)
    assert block(parts).discussion
    assert not block(parts, second).discussion
    assert block(edits.replace(value, "b1", "Nieuw.")).discussion == block(value).discussion


def test_a_dossier_of_an_older_version_shows_its_remark_as_a_thread() -> None:
    (thread,) = Block("b1", "Tekst.", remark="Klopt dit? (Anna Dijk)").discussion
    assert (thread.author, thread.text, thread.done) == ("Anna Dijk", "Klopt dit?", False)
    assert Block("b1", "Tekst.", remark="Klopt dit?").discussion[0].author == ""


def test_what_an_older_version_leaves_of_a_thread_is_still_a_thread() -> None:
    value, name = remarked()
    kept = encode(block(set_thread_done(add_thread(value, "b1", "Bas Veer", "En dit?"), "b1", name, True)))
    kept.pop("threads")  # it does not know them
    assert [(t.author, t.text) for t in decode(Block, kept).discussion] == [("Bas Veer", "En dit?")]


def test_a_remark_that_an_older_version_changed_goes_before_the_threads() -> None:
    done = Thread("1", "Anna Dijk", "Oud.", done=True)
    held = (done, Thread("2", "Bas Veer", "Open."))
    assert threads_in(held, "Open. (Bas Veer)") == held
    assert threads_in(held, "") == (done,)
    assert [t.text for t in threads_in(held, "Iets anders.")] == ["Oud.", "Iets anders."]


def test_two_people_who_remark_on_one_answer_do_not_conflict() -> None:
    base, name = remarked()
    mine = reply(base, "b1", name, "Bas Veer", "Ja.", LATER)
    theirs = add_thread(set_thread_done(base, "b1", name, True), "b3", "Cor Mast", "Taalfout.", LATER)
    found = merge(base, mine, theirs)
    assert not found.conflicts
    assert found.changed_mine
    (thread,) = block(found.dossier).discussion
    assert (thread.done, [r.text for r in thread.replies]) == (True, ["Ja."])
    assert [t.text for t in block(found.dossier, "b3").discussion] == ["Taalfout."]
    both = merge(base, edits.edit_text(base, "b1", "Andere woorden."), theirs)
    assert not both.conflicts
    assert block(both.dossier).text == "Andere woorden."
    assert block(both.dossier, "b3").discussion
    words = merge(base, edits.edit_text(base, "b1", "Zo."), edits.edit_text(theirs, "b1", "Of zo."))
    assert len(words.conflicts) == 1


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
_THREADS = st.lists(
    st.builds(Thread, id=st.sampled_from("abcd"), author=_WORDS, text=_WORDS, done=st.booleans()),
    max_size=4,
    unique_by=lambda thread: thread.id,
).map(tuple)


@given(_THREADS)
def test_the_remark_follows_from_the_threads_and_they_from_it(threads: tuple[Thread, ...]) -> None:
    assert threads_in(threads, remark_of(threads)) == threads
    value = dataclasses.replace(Block("b1", "Tekst."), threads=threads, remark=remark_of(threads))
    assert decode(Block, encode(value)) == value


@given(_THREADS, _THREADS, _THREADS)
def test_merging_keeps_what_was_added_and_no_thread_twice(
    was: tuple[Thread, ...], mine: tuple[Thread, ...], theirs: tuple[Thread, ...]
) -> None:
    merged = merged_threads(was, mine, theirs)
    names = [thread.id for thread in merged]
    assert len(names) == len(set(names))
    before = {thread.id for thread in was}
    assert set(names) >= {thread.id for thread in (*mine, *theirs)} - before
    assert merged_threads(was, was, theirs) == theirs
    assert set(merged_threads(was, mine, was)) == set(mine)
