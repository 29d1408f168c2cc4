"""Dossiers that several people work on: what merges by itself, what waits for a choice, and that nothing is lost."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.postgres import TestServer
from support.shared_dossiers import NAME, Person, new_dossier, text, written

from answers_bank.sharing import dossiers as room
from answers_bank.store.following.shared_dossiers import SharedLink
from drafter.checks.builder import DocumentSpan, finding
from drafter.dossier import answer_edits, edits
from drafter.dossier.merging import (
    Answers,
    MergeConflict,
    Whose,
    composed,
    essence,
    merge,
    paragraphs,
    same,
    with_answers,
)
from drafter.dossier.storage.log import packed, unpacked
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Block, Dossier, DraftAnswer
from drafter.tasks.together import history, shared_dossiers, sharing
from drafter.tasks.workspace import Workspace

User = Callable[[str], Workspace]

REWRITING = (
    b"DELETE FROM dossier_step",
    b"UPDATE dossier_step SET label = ''",
    b"DELETE FROM dossier_part",
    b"UPDATE dossier SET owner = 'x'",
    b"DELETE FROM assignment",
)


# --- merging, without a server ---------------------------------------------------------------------------------------


def test_different_answers_merge_and_the_same_one_is_kept_twice() -> None:
    base = new_dossier()
    mine = written(written(base, 1, "van mij"), 3, "ook van mij")
    theirs = written(written(base, 2, "van een ander"), 3, "ook van een ander")
    merged = merge(base, mine, theirs)
    assert [text(merged.dossier, n) for n in (1, 2, 3, 4)] == [
        "van mij", "van een ander", "ook van een ander", "Eerste tekst 4.",
    ]  # fmt: skip
    assert [(c.numbers, c.mine[0].blocks[0].text) for c in merged.conflicts] == [((3,), "ook van mij")]
    assert merged.changed_mine


def test_answers_taken_together_by_one_and_changed_by_the_other_are_kept_twice() -> None:
    base = new_dossier()
    together = DraftAnswer((1, 2), (Block("b1", "Samen."),))
    mine = dataclasses.replace(base, answers=(together, *base.answers[2:]))
    theirs = written(base, 2, "van een ander")
    merged = merge(base, mine, theirs)
    assert [c.numbers for c in merged.conflicts] == [(1, 2)]
    assert merged.conflicts[0].mine == (together,)
    assert [a.numbers for a in merged.dossier.answers] == [(1,), (2,), (3,), (4,)]
    untouched = merge(base, mine, written(base, 4, "anders"))
    assert not untouched.conflicts
    assert [a.numbers for a in untouched.dossier.answers] == [(1, 2), (3,), (4,)]


def test_what_was_found_here_stays_where_nobody_changed_the_words() -> None:
    told = tuple(finding("coverage/sub-question", DocumentSpan(0, 0, part, 1)) for part in ("a", "b"))
    two = DraftAnswer((1,), (Block("b1", "Eerste."), Block("b9", "Tweede.")))
    base = with_answers(new_dossier(), (two,))
    seen = tuple(dataclasses.replace(block, findings=told[:1], seen=True) for block in two.blocks)
    mine = with_answers(base, (dataclasses.replace(two, blocks=seen, findings=told[1:]),))
    # Another says that it is done: nothing of the words changed.
    done = merge(base, mine, with_answers(base, (dataclasses.replace(two, done=True),))).dossier.answers[0]
    assert done == dataclasses.replace(mine.answers[0], done=True)
    # Another writes one of the two paragraphs anew: of that one nothing is known here.
    anew = dataclasses.replace(two, blocks=(two.blocks[0], Block("b9", "Anders.")))
    written_anew = merge(base, mine, with_answers(base, (anew,))).dossier.answers[0]
    assert written_anew.blocks == (seen[0], Block("b9", "Anders."))
    assert written_anew.findings == ()


choices = st.lists(st.sampled_from(["Eerste tekst {}.", "a {}", "b {}", "c {}"]), min_size=4, max_size=4)


@given(choices, choices)
def test_no_word_of_either_is_lost_in_merging(ours: list[str], others: list[str]) -> None:
    base = new_dossier()
    mine = theirs = base
    for n in range(1, 5):
        mine = written(mine, n, ours[n - 1].format(n))
        theirs = written(theirs, n, others[n - 1].format(n))
    merged = merge(base, mine, theirs)
    for n in range(1, 5):
        kept = {text(merged.dossier, n)} | {
            block.text for c in merged.conflicts if n in c.numbers for a in (*c.mine, *c.theirs) for block in a.blocks
        }
        for version in (mine, theirs):
            assert text(version, n) in kept or text(version, n) == text(base, n)
    again = merge(merged.dossier, merged.dossier, theirs if not merged.changed_mine else merged.dossier)
    assert not again.conflicts
    assert merge(base, theirs, theirs).dossier.answers == theirs.answers


changes = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["insert", "split", "move", "combine", "remove"]), st.integers(1, 4)),
    max_size=6,
)


def changed(dossier: Dossier, steps: list[tuple[int, str, int]], who: str) -> Dossier:
    """A dossier with some changes by someone."""
    for count, (number, kind, other) in enumerate(steps):
        answer = dossier.answer(number)
        assert answer is not None
        blocks = answer.blocks
        if kind == "insert":
            dossier, _ = edits.insert(dossier, number, f"{who} {count}")
        elif kind == "split" and blocks and " " in blocks[0].text[1:-1]:
            dossier, _ = edits.split(dossier, blocks[0].id, blocks[0].text.index(" ", 1))
        elif kind == "move" and blocks and other not in answer.numbers:
            dossier = edits.move_to_answer(dossier, blocks[-1].id, other)
        elif kind == "combine" and other not in answer.numbers:
            dossier = answer_edits.combine(dossier, (number, other))
        elif kind == "remove" and blocks:
            dossier = edits.remove(dossier, blocks[0].id)
    return dossier


@given(changes, changes)
def test_two_who_add_paragraphs_at_the_same_time_get_a_dossier_that_can_be_read(
    ours: list[tuple[int, str, int]], others: list[tuple[int, str, int]]
) -> None:
    base = new_dossier()
    mine, theirs = changed(base, ours, "van mij"), changed(base, others, "van een ander")
    merged = merge(base, mine, theirs)
    header, parts = packed(merged.dossier)
    assert same(unpacked(header, parts, NAME), merged.dossier)
    conflicted = {number for conflict in merged.conflicts for number in conflict.numbers}
    words = [block.text for answer in merged.dossier.answers for block in answer.blocks]
    words += [block.text for c in merged.conflicts for answer in c.mine for block in answer.blocks]
    for version in (mine, theirs):
        for answer in version.answers:
            if not conflicted & set(answer.numbers):
                before = base.answer(answer.numbers[0])
                new = [block.text for block in answer.blocks if before is None or block not in before.blocks]
                assert set(new) <= set(words)
    for conflict in merged.conflicts:
        both = composed(conflict, paragraphs(conflict))
        kept = {block.text for answer in both for block in answer.blocks}
        for answers in (conflict.mine, conflict.theirs):
            assert {block.text for answer in answers for block in answer.blocks} <= kept
            chosen = [p for p in paragraphs(conflict) if p.side in (Whose.BOTH, _side_of(answers, conflict))]
            assert essence(composed(conflict, chosen)) in (essence(answers), essence(conflict.mine))
        after = with_answers(merged.dossier, both)
        unpacked(*packed(after), NAME)


def _side_of(answers: Answers, conflict: MergeConflict) -> Whose:
    return Whose.MINE if answers is conflict.mine else Whose.THEIRS


def test_what_holds_for_the_whole_set_merges_by_its_parts() -> None:
    base = dataclasses.replace(new_dossier(), intended=("a", "b"), properties={"blocks": "4"})
    mine = dataclasses.replace(base, intended=("a", "b", "c"), properties={"blocks": "9", "stand": "akkoord"})
    theirs = dataclasses.replace(base, intended=("b", "d"), properties={"blocks": "6"})
    merged = merge(base, mine, theirs)
    assert merged.dossier.intended == ("b", "d", "c")
    assert merged.dossier.properties == {"blocks": "9", "stand": "akkoord"}
    assert merged.changed_mine


def test_a_step_of_the_log_gives_the_dossier_back() -> None:
    dossier = new_dossier()
    header, parts = packed(dossier)
    assert same(unpacked(header, parts, NAME), dossier)
    assert unpacked(header, parts, "anders").questions == dossier.questions


@pytest.mark.parametrize("change", ["missing", "damaged", "another", "no answers", "no header", "list", "deep"])
def test_a_hostile_step_is_no_dossier(change: str) -> None:
    header, parts = packed(new_dossier())
    data = json.loads(header)
    key = bytes.fromhex(data["answers"][0])
    if change == "missing":
        del parts[key]
    elif change == "damaged":
        parts[key] = b"niets"
    elif change == "another":
        parts[key] = parts[bytes.fromhex(data["answers"][1])]
    elif change == "no answers":
        header = json.dumps({**data, "answers": []})
    elif change == "no header":
        header = "{}"
    elif change == "list":
        header = json.dumps({**data, "dossier": [1]})
    else:
        header = "[" * 200_000
    with pytest.raises(ValueError, match=r"."):
        unpacked(header, parts, NAME)


# --- over a real server ----------------------------------------------------------------------------------------------


@pytest.mark.sharing
def test_changes_of_different_answers_come_together_by_themselves(two: tuple[Person, Person]) -> None:
    anna, bram = two
    anna.write(1, "van Anna")
    bram.write(2, "van Bram")
    for person in (anna, bram, anna):
        person.sync()
    assert anna.texts() == bram.texts() == ["van Anna", "van Bram", "Eerste tekst 3.", "Eerste tekst 4."]
    quiet = anna.sync()
    assert (quiet.dossiers_received, quiet.dossiers_sent) == ((), ())


@pytest.mark.sharing
@pytest.mark.parametrize("which", ["mine", "theirs", "both"])
def test_of_the_same_answer_both_are_kept_and_the_second_chooses(
    two: tuple[Person, Person], which: Literal["mine", "theirs", "both"]
) -> None:
    anna, bram = two
    anna.write(3, "van Anna")
    bram.write(3, "van Bram")
    anna.sync()
    assert bram.sync().conflicts == 1
    ((stored, conflict),) = shared_dossiers.conflicts(bram.bank)
    assert (stored.local, conflict.numbers) == (NAME, (3,))
    assert (conflict.mine[0].blocks[0].text, conflict.theirs[0].blocks[0].text) == ("van Bram", "van Anna")
    assert shared_dossiers.choose(bram.bank, bram.store, NAME, 3, which)
    assert not shared_dossiers.choose(bram.bank, bram.store, NAME, 3, which)
    bram.sync()
    anna.sync()
    assert anna.texts() == bram.texts()
    assert anna.texts()[2] == {"mine": "van Bram", "theirs": "van Anna", "both": "van Annavan Bram"}[which]
    with sharing.connected(anna.workspace) as server:
        log = room.steps(server, NAME)
        found = [text(history.at_step(server, NAME, step.number, NAME), 3) for step in log]
    assert {"van Anna", "van Bram"} <= set(found)
    assert [step.by for step in log if step.aside] == ["dossier_bram"]


@pytest.mark.sharing
def test_back_to_any_state_and_who_changed_what(two: tuple[Person, Person]) -> None:
    anna, bram = two
    anna.write(1, "van Anna")
    anna.sync()
    bram.sync()
    bram.write(1, "van Bram")
    bram.sync()
    anna.sync()
    with sharing.connected(anna.workspace) as server:
        log = room.steps(server, NAME)
        assert [step.by for step in log] == ["dossier_anna", "dossier_anna", "dossier_bram"]
        changed = dict(history.answers_changed(server, NAME))
        assert changed == {1: (1, 2, 3, 4), 2: (1,), 3: (1,)}
        link = anna.bank.shared_dossiers.link_of(NAME)
        assert link is not None
        history.go_back(anna.store, server, link, 1, anna.workspace.check_new)
    anna.sync()
    bram.sync()
    assert bram.texts() == anna.texts() == [f"Eerste tekst {n}." for n in range(1, 5)]
    with sharing.connected(anna.workspace) as server:
        assert len(room.steps(server, NAME)) == 4


@pytest.mark.sharing
def test_who_was_stopped_anywhere_in_an_exchange_ends_with_the_same(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bram = two

    class Stopped(BaseException):
        pass

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    places = (
        (shared_dossiers, "keep_conflicts"), (DossierStore, "open"), ("put", None), ("link", None),
    )  # fmt: skip
    for number, (owner, name) in enumerate(places):
        anna.write(1, f"van Anna {number}")
        anna.write(2, f"ook van Anna {number}")
        bram.write(1, f"van Bram {number}")
        bram.write(3, f"ook van Bram {number}")
        anna.sync()
        with monkeypatch.context() as patch:
            if owner == "put":
                real = room.put

                def put_and_stop(*args: object, real: Callable[..., object] = real, **named: object) -> None:
                    real(*args, **named)
                    raise Stopped

                patch.setattr(room, "put", put_and_stop)
            elif owner == "link":
                patch.setattr("answers_bank.store.following.shared_dossiers.SharedDossierState.link", stop)
            else:
                patch.setattr(owner, name, stop)
            with pytest.raises(Stopped):
                bram.sync()
        bram.sync()
        anna.sync()
        assert anna.texts() == bram.texts()
        assert anna.texts()[:3] == [f"van Anna {number}", f"ook van Anna {number}", f"ook van Bram {number}"]
        found = [c for _, c in shared_dossiers.conflicts(bram.bank) if c.mine[0].blocks[0].text == f"van Bram {number}"]
        assert len(found) == 1
        shared_dossiers.choose(bram.bank, bram.store, NAME, 1, "theirs")


@pytest.mark.sharing
def test_a_dossier_that_is_open_waits(two: tuple[Person, Person]) -> None:
    anna, bram = two
    anna.write(1, "van Anna")
    anna.sync()
    with bram.store.open(NAME):
        assert bram.sync().dossiers_received == ()
    assert bram.sync().dossiers_received == (NAME,)


@pytest.mark.sharing
@pytest.mark.usefixtures("two")
def test_who_may_only_read_the_bank_sees_no_dossiers(postgres: TestServer, user: User, shared_bank: str) -> None:
    import psycopg

    from answers_bank.sharing.errors import SharingError

    postgres.user("dossier_lezer", "lezer")
    address = postgres.url(shared_bank.rpartition("/")[2], "dossier_lezer")
    reader = user("lezer")
    sharing.join(reader, address)
    with sharing.connected(reader) as server:
        for ask in (
            lambda: room.dossiers(server),
            lambda: room.steps(server, NAME),
            lambda: room.look(server, NAME, 1),
        ):
            with pytest.raises(SharingError, match="geen recht"):
                ask()
    postgres.user("dossier_ander", "opsteller")
    with psycopg.connect(postgres.url(shared_bank.rpartition("/")[2], "dossier_ander"), autocommit=True) as connection:
        connection.execute("SET search_path = kamerantwoord")
        assert connection.execute("SELECT assign(%s, '{0}', 'dossier_ander', false)", (NAME,)).fetchone() == (False,)
        assert connection.execute("SELECT give(%s, 'dossier_ander')", (NAME,)).fetchone() == (False,)
        for statement in REWRITING:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


@pytest.mark.sharing
def test_who_looks_where_is_seen_by_the_others(two: tuple[Person, Person]) -> None:
    anna, bram = two
    with sharing.connected(anna.workspace) as mine, sharing.connected(bram.workspace) as other:
        room.look(other, NAME, 3)
        assert room.looking(mine, [NAME]) == {NAME: [("dossier_bram", 3)]}
        assert room.looking(other, [NAME]) == {}
        mine.connection.execute(b"SELECT 1")


@pytest.mark.sharing
def test_a_step_that_no_program_can_read_harms_nothing(
    two: tuple[Person, Person], postgres: TestServer, shared_bank: str
) -> None:
    anna, bram = two
    with sharing.connected(bram.workspace) as server:
        room.put(server, NAME, "", 1, "kwaad", '{"answers": ["zz"]}', {})
    before = anna.texts()
    report = anna.sync()
    assert [name for name, _ in report.refused] == [NAME]
    assert anna.texts() == before


@pytest.mark.sharing
def test_another_dossier_of_the_same_name_is_not_overwritten(two: tuple[Person, Person], user: User) -> None:
    from embeddings.errors import UsageError

    anna = two[0]
    third = user("derde")
    store = DossierStore(third.bank_folder)
    following = anna.bank.shared.following()
    assert following is not None
    sharing.join(third, following.address)
    # Anna's own dossiers came along; hers is there under its name.
    assert [link.local for link in third.bank().shared_dossiers.links()] == [NAME]
    store.create(dataclasses.replace(written(new_dossier(), 1, "iets heel anders"), id="ander")).close()
    third.bank().shared_dossiers.unlink(NAME)
    with store.open(NAME) as session:
        session.record(written(session.dossier, 1, "iets heel anders"), "geschreven")
    with sharing.connected(third) as server, pytest.raises(UsageError, match="al een ander"):
        shared_dossiers.share_dossier(third.bank(), store, server, NAME)
    third.bank().shared_dossiers.link(SharedLink(NAME, NAME, 1, ""))
