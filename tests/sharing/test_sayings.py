"""What people say of documents and standard passages, on its way between banks: the later one holds everywhere."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from support.bank_samples import make_document
from support.postgres import TestServer

from answers_bank.store.annotations.annotations import About, Annotation
from drafter.tasks.together import sharing
from drafter.tasks.workspace import Workspace

pytestmark = pytest.mark.sharing

User = Callable[[str], Workspace]
DAY = datetime.datetime(2031, 6, 1, 12, tzinfo=datetime.UTC)


def saying(field: str, value: str | None, by: str, hour: int = 0, subject: str = "een") -> Annotation:
    about = About.DOCUMENT if subject == "een" else About.PASSAGE
    return Annotation(about, subject, field, value, by, DAY + datetime.timedelta(hours=hour))


def said(workspace: Workspace) -> set[tuple[str, str, str, str | None, str]]:
    annotations = workspace.bank().annotations
    return {
        (about.value, one.subject, one.field, one.value, one.by)
        for about in About
        for one in annotations.all_about(about)
    }


@pytest.fixture
def pair(user: User, shared_bank: str) -> tuple[Workspace, Workspace]:
    anna, bram = user("anna"), user("bram")
    anna.bank().add(make_document("een"))
    sharing.join(anna, shared_bank)
    sharing.join(bram, shared_bank)
    return anna, bram


def test_a_correction_and_an_owner_come_to_everyone(pair: tuple[Workspace, Workspace]) -> None:
    anna, bram = pair
    anna.bank().annotate(
        [saying("title", "Andere titel", "Anna"), saying("owner", "Directie Water", "Anna", subject="meldplicht")]
    )
    report = sharing.sync(anna)
    assert report is not None
    assert (report.sayings_sent, report.sent) == (2, 0)
    report = sharing.sync(bram)
    assert report is not None
    assert report.sayings_received == 2
    assert bram.bank().document("een").subject == "Andere titel"
    assert said(bram) == said(anna)
    # Nothing goes back, and nothing is sent twice.
    for workspace in (bram, anna, bram):
        quiet = sharing.sync(workspace)
        assert quiet is not None
        assert (quiet.sayings_sent, quiet.sayings_received, quiet.changed) == (0, 0, False)


@pytest.mark.parametrize("hours", [-30, 30])
def test_of_two_the_later_holds_on_both_sides_and_both_are_kept_on_the_server(
    hours: int, pair: tuple[Workspace, Workspace], postgres: TestServer, shared_bank: str
) -> None:
    anna, bram = pair
    anna.bank().annotate([saying("title", "Van Anna", "Anna")])
    bram.bank().annotate([saying("title", "Van Bram", "Bram", hours)])
    for workspace in (anna, bram, anna):
        sharing.sync(workspace)
    assert said(anna) == said(bram) == {("document", "een", "title", "Van Bram" if hours > 0 else "Van Anna",
                                         "Bram" if hours > 0 else "Anna")}  # fmt: skip
    log = postgres.sql(shared_bank.rpartition("/")[2], "SELECT value, sent_by FROM kamerantwoord.saying ORDER BY 1")
    assert log == [("Van Anna", "postgres"), ("Van Bram", "postgres")]
    # Who has seen the other's and says something else is always right.
    anna.bank().annotate([saying("title", "Nu goed", "Anna", -99)])
    for workspace in (anna, bram):
        sharing.sync(workspace)
    assert anna.bank().document("een").subject == bram.bank().document("een").subject == "Nu goed"


def test_taking_back_travels_too_and_what_came_before_its_document_holds_later(
    pair: tuple[Workspace, Workspace],
) -> None:
    anna, bram = pair
    anna.bank().annotate([saying("title", "Andere titel", "Anna")])
    bram.bank().remove("een")
    sharing.sync(bram)
    sharing.sync(anna)
    assert "een" not in bram.bank()
    anna.bank().add(make_document("een"))
    anna.bank().annotate([saying("title", "Weer anders", "Anna", 1)])
    sharing.sync(anna)
    sharing.sync(bram)
    anna.bank().annotate([saying("title", None, "Anna", 2)])
    sharing.sync(anna)
    sharing.sync(bram)
    assert said(bram) == set()


def test_who_joins_later_gets_all_and_after_a_restore_what_is_missing_is_sent_again(
    pair: tuple[Workspace, Workspace], user: User, shared_bank: str, postgres: TestServer
) -> None:
    anna, bram = pair
    anna.bank().annotate([saying("title", "Andere titel", "Anna"), saying("kind", "letter", "Anna")])
    sharing.sync(anna)
    sharing.sync(bram)
    postgres.sql(shared_bank.rpartition("/")[2], "DELETE FROM kamerantwoord.saying")
    sharing.sync(bram)
    carla = user("carla")
    report = sharing.join(carla, shared_bank)
    assert report.sayings_received == 2
    assert said(carla) == said(anna)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject", "een\x1b[2J"),
        ("value", "\u202ekwaad"),
        ("said_by", "A\nB"),
        ("said_at", "1999-99-99T00:00:00.000000Z"),
        ("about", "passage"),
    ],
)
def test_a_hostile_saying_harms_nothing_and_the_rest_comes(
    column: str, value: str, pair: tuple[Workspace, Workspace], postgres: TestServer, shared_bank: str
) -> None:
    anna, bram = pair
    database = shared_bank.rpartition("/")[2]
    postgres.sql(
        database,
        "INSERT INTO kamerantwoord.saying (generation, about, subject, field, value, said_by, said_at) "
        "VALUES (nextval('kamerantwoord.generation'), 'document', 'een', 'title', 'x', 'y', "
        "'2030-01-01T00:00:00.000000Z')",
    )
    postgres.sql(database, f"UPDATE kamerantwoord.saying SET {column} = %s", value)  # noqa: S608 - names of our own
    anna.bank().annotate([saying("kind", "letter", "Anna")])
    sharing.sync(anna)
    report = sharing.sync(bram)
    assert report is not None
    assert bram.bank().document("een").kind == "letter"
    assert len(report.refused) == (column != "about")
    assert sharing.sync(bram).refused == ()  # type: ignore[union-attr]


def test_who_may_only_read_gets_sayings_and_sends_none(
    pair: tuple[Workspace, Workspace], user: User, postgres: TestServer, shared_bank: str
) -> None:
    anna, _ = pair
    anna.bank().annotate([saying("title", "Andere titel", "Anna")])
    sharing.sync(anna)
    postgres.user("saying_lezer", "lezer")
    reader = user("lezer")
    sharing.join(reader, postgres.url(shared_bank.rpartition("/")[2], "saying_lezer"))
    assert reader.bank().document("een").subject == "Andere titel"
    reader.bank().annotate([saying("kind", "letter", "Lezer")])
    report = sharing.sync(reader)
    assert report is not None
    assert (report.waiting, report.sayings_sent) == (1, 0)


def test_a_saying_comes_at_once_to_who_is_connected(pair: tuple[Workspace, Workspace]) -> None:
    from test_watching import following, until

    anna, bram = pair
    with following(bram) as told:
        assert until(lambda: bool(told))
        anna.bank().annotate([saying("title", "Andere titel", "Anna")])
        sharing.sync(anna)
        assert until(lambda: bram.bank().document("een").subject == "Andere titel")
