"""What the screens ask about others: who looks, what came into an open dossier, who has it, and what was before."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from support.postgres import TestServer, until
from support.shared_dossiers import NAME, Person, new_dossier, text, written

from drafter.dossier.session import DossierSession
from drafter.tasks.together.companion import Companion
from drafter.tasks.together.standing import Others
from drafter.tasks.workspace import Workspace
from embeddings.errors import UsageError

pytestmark = pytest.mark.sharing


@contextmanager
def at_screen(person: Person) -> Iterator[Companion]:
    companion = Companion(person.workspace)
    try:
        yield companion
    finally:
        companion.stop()


@pytest.fixture
def desks(two: tuple[Person, Person]) -> Iterator[tuple[Companion, Companion]]:
    with ExitStack() as stack:
        anna, bram = (stack.enter_context(at_screen(person)) for person in two)
        yield anna, bram


def see(companion: Companion, session: DossierSession, number: int | None = 1) -> Others:
    found = companion.others(NAME, number, session.dossier.changed.isoformat())
    assert found is not None
    return found


def merged(companion: Companion, session: DossierSession) -> tuple[str, ...]:
    """What the workbench does with what comes in."""
    found = companion.merge(NAME, session.dossier, "De Vries")
    assert found is not None
    result, names = found
    session.record(result.dossier, "samengevoegd")
    companion.agree(NAME, result.step, session.dossier.changed.isoformat())
    return names


def test_who_looks_where_is_seen_at_once_and_gone_when_they_leave(
    two: tuple[Person, Person], desks: tuple[Companion, Companion]
) -> None:
    anna, bram = desks
    with two[0].store.open(NAME) as hers, two[1].store.open(NAME) as his:
        first = see(anna, hers)
        assert (first.owner, first.assigned, first.looking) == ("dossier_anna", ((0, "dossier_bram"),), ())
        assert first.state == "in bewerking, 0 van 4 klaar"
        see(bram, his, 3)
        assert until(lambda: see(anna, hers).looking == (("dossier_bram", 3),))
        see(bram, his, 4)
        assert until(lambda: see(anna, hers).looking == (("dossier_bram", 4),))
        assert until(lambda: see(bram, his, 4).looking == (("dossier_anna", 1),))
        bram.left(NAME)
        assert until(lambda: see(anna, hers).looking == ())
    assert anna.others("een-ander", 1, "") is None


def test_what_others_do_comes_into_an_open_dossier_and_what_is_mine_goes_out(
    two: tuple[Person, Person], desks: tuple[Companion, Companion]
) -> None:
    anna, bram = desks
    with two[0].store.open(NAME) as hers, two[1].store.open(NAME) as his:
        assert not see(anna, hers).newer
        his.record(written(his.dossier, 2, "van Bram"), "geschreven")
        assert see(bram, his).unsent
        assert merged(bram, his) == ()
        assert not see(bram, his).unsent
        hers.record(written(hers.dossier, 1, "van Anna"), "geschreven")
        assert until(lambda: see(anna, hers).newer)
        assert see(anna, hers).unsent
        assert merged(anna, hers) == ("dossier_bram",)
        assert [text(hers.dossier, n) for n in (1, 2)] == ["van Anna", "van Bram"]
        found = see(anna, hers)
        assert (found.newer, found.unsent) == (False, False)
        merged(bram, his)
        assert [text(his.dossier, n) for n in (1, 2)] == ["van Anna", "van Bram"]
    assert two[0].sync().dossiers_received == ()


def test_the_same_answer_changed_by_two_waits_for_a_choice(
    two: tuple[Person, Person], desks: tuple[Companion, Companion]
) -> None:
    anna, bram = desks
    with two[0].store.open(NAME) as hers, two[1].store.open(NAME) as his:
        his.record(written(his.dossier, 2, "van Bram"), "geschreven")
        merged(bram, his)
        hers.record(written(hers.dossier, 2, "van Anna"), "geschreven")
        merged(anna, hers)
        assert see(anna, hers).conflicts == (2,)
        assert anna.standing().conflicts == 1
        assert text(hers.dossier, 2) == "van Bram"
        ((stored, conflict),) = anna.choices(NAME)
        assert (conflict.mine[0].blocks[0].text, conflict.theirs[0].blocks[0].text) == ("van Anna", "van Bram")
        anna.chosen(stored)
        assert see(anna, hers).conflicts == ()
        anna.keep_choice(NAME, conflict)
        assert see(anna, hers).conflicts == (2,)


def test_nothing_comes_under_what_is_being_typed(
    two: tuple[Person, Person], desks: tuple[Companion, Companion]
) -> None:
    anna, bram = desks
    with two[0].store.open(NAME) as hers, two[1].store.open(NAME) as his:
        his.record(written(his.dossier, 2, "van Bram"), "geschreven")
        merged(bram, his)
        hers.record(written(hers.dossier, 1, "half"), "geschreven")
        assert anna.merge(NAME, hers.dossier, "", typing=2) is None
        assert see(anna, hers).unsent  # and nothing of hers was sent: typed on, it would be in conflict with itself
        hers.record(written(hers.dossier, 1, "half af"), "geschreven")
        assert merged(anna, hers) == ("dossier_bram",)
        assert see(anna, hers).conflicts == ()
        assert [text(hers.dossier, n) for n in (1, 2)] == ["half af", "van Bram"]


def test_all_that_an_answer_ever_was(two: tuple[Person, Person], desks: tuple[Companion, Companion]) -> None:
    anna, bram = desks
    with two[0].store.open(NAME) as hers, two[1].store.open(NAME) as his:
        his.record(written(his.dossier, 2, "van Bram"), "geschreven")
        merged(bram, his)
        hers.record(written(hers.dossier, 1, "iets anders"), "geschreven")
        hers.record(written(hers.dossier, 2, "van Anna"), "geschreven")
        merged(anna, hers)
        versions = anna.history(NAME, 2)
    assert [(v.by, v.answers[0].blocks[0].text, v.aside) for v in versions] == [
        ("dossier_anna", "van Anna", True),
        ("dossier_bram", "van Bram", False),
        ("dossier_anna", "Eerste tekst 2.", False),
    ]
    assert versions[1].label == "gewijzigd: vraag 2 (De Vries)"
    assert versions[0].step > versions[1].step > versions[2].step


def test_people_are_assigned_and_only_by_who_may(
    two: tuple[Person, Person], desks: tuple[Companion, Companion], postgres: TestServer
) -> None:
    anna, bram = desks
    postgres.user("dossier_carla", "opsteller")
    assert {"dossier_anna", "dossier_bram", "dossier_carla"} <= set(anna.people())
    found = anna.assign(NAME, (2, 4), "dossier_carla")
    assert found.assigned == ((0, "dossier_bram"), (2, "dossier_carla"), (4, "dossier_carla"))
    assert bram.assign(NAME, (4,), "dossier_carla", True).assigned == ((0, "dossier_bram"), (2, "dossier_carla"))
    with pytest.raises(UsageError, match="Alleen de eigenaar"):
        bram.give(NAME, "dossier_bram")
    assert anna.give(NAME, "dossier_bram").owner == "dossier_bram"


def test_dossiers_are_listed_shared_and_brought_here(
    two: tuple[Person, Person],
    desks: tuple[Companion, Companion],
    user: Callable[[str], Workspace],
    postgres: TestServer,
    shared_bank: str,
) -> None:
    anna, _ = desks
    two[0].store.create(dataclasses.replace(new_dossier(), id="los")).close()
    with pytest.raises(UsageError, match="wordt niet gedeeld"):
        anna.history("los", 1)
    anna.share("los")
    assert [(one.id, one.local) for one in anna.listed()] == [("los", "los"), (NAME, NAME)]
    postgres.user("dossier_dirk", "opsteller")
    dirk = Person(user("dirk"), postgres.url(shared_bank.rpartition("/")[2], "dossier_dirk"))
    with at_screen(dirk) as his:
        assert [(one.id, one.local) for one in his.listed()] == [("los", ""), (NAME, "")]
        assert his.fetch("los") == "los"
        assert [one.local for one in his.listed()] == ["los", ""]


def test_who_is_given_a_dossier_has_it_at_once(
    two: tuple[Person, Person],
    desks: tuple[Companion, Companion],
    user: Callable[[str], Workspace],
    postgres: TestServer,
    shared_bank: str,
) -> None:
    import threading

    from test_watching import until

    postgres.user("dossier_eva", "opsteller")
    eva = Person(user("eva"), postgres.url(shared_bank.rpartition("/")[2], "dossier_eva"))
    with at_screen(eva) as hers:
        thread = threading.Thread(target=hers.follow)
        thread.start()
        assert until(lambda: hers.standing().connected)
        assert eva.store.list() == ()
        desks[0].assign(NAME, (2,), "dossier_eva")
        assert until(lambda: [one.id for one in eva.store.list()] == [NAME], 5)
        hers.stop()
        thread.join(10)
    assert not thread.is_alive()


def test_without_the_server_work_goes_on_and_says_so(
    two: tuple[Person, Person], desks: tuple[Companion, Companion], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = desks
    with two[0].store.open(NAME) as hers:
        see(anna, hers)
        monkeypatch.setattr("drafter.tasks.together.companion._AGAIN", 0.0)
        real = two[0].bank.shared.following()
        assert real is not None
        assert anna._server is not None
        anna._server.connection.close()
        two[0].bank.shared.readdress(real.address.replace("/proef", "/geen"))
        found = see(anna, hers)
        assert found.problem
        assert (found.owner, found.looking) == ("dossier_anna", ())
        hers.record(written(hers.dossier, 1, "onderweg"), "geschreven")
        assert see(anna, hers).unsent
        assert anna.standing().waiting == 1
        two[0].bank.shared.readdress(real.address)
        assert see(anna, hers).problem == ""
        merged(anna, hers)
        assert anna.standing().waiting == 0
