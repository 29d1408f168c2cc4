"""Documents, removals and vectors between banks, over a real server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.bank_samples import make_document, make_letter
from support.postgres import TestServer

from answers_bank.filling.filling import encode
from answers_bank.sharing.errors import SharingError
from answers_bank.store.bank import Bank
from drafter.tasks.together import sharing
from drafter.tasks.together.status import status_of
from drafter.tasks.workspace import Workspace

User = Callable[[str], Workspace]

pytestmark = pytest.mark.sharing


def contents(bank: Bank) -> dict[str, bytes]:
    return dict(bank.sql("SELECT id, content_hash FROM document"))


def database(address: str) -> str:
    return address.rpartition("/")[2]


def fill(workspace: Workspace, *documents: Any) -> None:
    for document in documents:
        workspace.bank().add(document)
    encode(workspace.bank(), workspace.encoder())


def test_two_who_join_have_the_documents_of_both_and_encode_nothing_twice(user: User, shared_bank: str) -> None:
    anna, bram = user("anna"), user("bram")
    fill(anna, make_document("een", number=1), make_document("samen", number=2))
    fill(bram, make_letter("brief"), make_document("samen", number=2))
    first = sharing.join(anna, shared_bank)
    assert (first.sent, first.received) == (2, 0)
    made = bram.encoder().encoded  # type: ignore[attr-defined]
    second = sharing.join(bram, shared_bank)
    assert (second.sent, second.received, second.encoded) == (1, 1, 0)
    assert second.vectors_received > 0
    assert bram.encoder().encoded == made  # type: ignore[attr-defined]
    report = sharing.sync(anna)
    assert report is not None
    assert (report.received, report.sent) == (1, 0)
    assert contents(anna.bank()) == contents(bram.bank())
    assert set(contents(anna.bank())) == {"een", "samen", "brief"}
    assert not anna.bank().vectors.waiting()
    assert anna.bank().document("brief") == make_letter("brief")


def test_nothing_goes_over_the_line_twice(user: User, shared_bank: str) -> None:
    anna = user("anna")
    fill(anna, make_document("een"))
    sharing.join(anna, shared_bank)
    again = sharing.sync(anna)
    assert again is not None
    assert (again.sent, again.received, again.vectors_sent, again.vectors_received) == (0, 0, 0, 0)
    assert not again.changed


def test_a_change_and_a_removal_reach_the_others(user: User, shared_bank: str) -> None:
    anna, bram = user("anna"), user("bram")
    fill(anna, make_document("een"), make_document("twee", number=2))
    sharing.join(anna, shared_bank)
    sharing.join(bram, shared_bank)
    anna.bank().remove("twee")
    fill(anna, make_document("een", questions=3))
    sharing.sync(anna)
    sharing.sync(bram)
    assert contents(bram.bank()) == contents(anna.bank())
    assert set(contents(bram.bank())) == {"een"}
    assert len(bram.bank().document("een").questions) == 3


def test_a_change_goes_before_a_removal_whoever_comes_first(user: User, shared_bank: str) -> None:
    anna, bram = user("anna"), user("bram")
    fill(anna, make_document("een"), make_document("twee", number=2))
    sharing.join(anna, shared_bank)
    sharing.join(bram, shared_bank)
    anna.bank().remove("een")
    fill(bram, make_document("een", questions=4))
    anna.bank().add(make_document("twee", number=2, questions=4))
    bram.bank().remove("twee")
    for workspace in (anna, bram, anna):
        sharing.sync(workspace)
    assert contents(anna.bank()) == contents(bram.bank())
    assert len(anna.bank().document("een").questions) == 4
    assert len(bram.bank().document("twee").questions) == 4


def test_the_newer_reading_holds_and_the_older_is_kept(user: User, shared_bank: str, postgres: TestServer) -> None:
    anna, bram = user("anna"), user("bram")
    newer, older = make_document("een", questions=3), make_document("een", questions=2)
    fill(anna, newer)
    anna.bank().set_file("/een.txt", newer.sha256, "2.10.0", "een")
    fill(bram, older)
    bram.bank().set_file("/een.txt", older.sha256, "2.9.1", "een")
    sharing.join(anna, shared_bank)
    report = sharing.join(bram, shared_bank)
    assert report.older == 1
    assert bram.bank().document("een") == newer
    versions = postgres.sql(database(shared_bank), "SELECT count(*) FROM kamerantwoord.document_version")
    assert versions == [(2,)]
    # And the other way round: a newer reading that comes later takes the place.
    fill(bram, make_document("een", questions=5))
    bram.bank().set_file("/een.txt", older.sha256, "3.0", "een")
    sharing.sync(bram)
    sharing.sync(anna)
    assert len(anna.bank().document("een").questions) == 5


def test_who_joins_with_another_reading_of_the_same_version_takes_over_what_is_shared(
    user: User, shared_bank: str
) -> None:
    anna, bram = user("anna"), user("bram")
    fill(anna, make_document("een", questions=3))
    fill(bram, make_document("een", questions=2))
    sharing.join(anna, shared_bank)
    assert sharing.join(bram, shared_bank).older == 1
    assert contents(anna.bank()) == contents(bram.bank())


def test_what_was_removed_stays_so_for_who_still_had_it_until_it_is_shared_again(user: User, shared_bank: str) -> None:
    anna, bram = user("anna"), user("bram")
    fill(anna, make_document("een"))
    fill(bram, make_document("een"))
    sharing.join(anna, shared_bank)
    anna.bank().remove("een")
    sharing.sync(anna)
    sharing.join(bram, shared_bank)
    sharing.sync(anna)
    assert "een" not in anna.bank()
    assert "een" in bram.bank()
    found = status_of(bram)
    assert found is not None
    assert found.only_here == ("een",)
    assert found.waiting == 0
    assert sharing.share_again(bram, ("een",)) == 1
    sharing.sync(anna)
    assert contents(anna.bank()) == contents(bram.bank()) != {}


def test_many_removals_at_once_are_asked_about(user: User, shared_bank: str) -> None:
    anna = user("anna")
    for number in range(40):
        anna.bank().add(make_document(f"stuk-{number}", questions=1, number=number))
    sharing.join(anna, shared_bank)
    for number in range(30):
        anna.bank().remove(f"stuk-{number}")
    with pytest.raises(SharingError, match="30 stukken weg"):
        sharing.sync(anna)
    report = sharing.sync(anna, many_removals=True)
    assert report is not None
    assert report.removed_there == 30


def test_who_may_only_read_keeps_what_is_his_and_is_told(user: User, shared_bank: str, postgres: TestServer) -> None:
    anna, bram = user("anna"), user("bram")
    fill(anna, make_document("een"))
    sharing.join(anna, shared_bank)
    postgres.user("lezer_bram", "lezer")
    fill(bram, make_document("twee", number=2))
    report = sharing.join(bram, postgres.url(database(shared_bank), "lezer_bram"))
    assert (report.received, report.sent, report.waiting) == (1, 0, 1)
    assert set(contents(bram.bank())) == {"een", "twee"}
    found = status_of(bram)
    assert found is not None
    assert found.role == "lezer"
    assert {member.name for member in found.members} == {"postgres", "lezer_bram"}


def test_leaving_keeps_the_documents_and_joining_again_finds_them(user: User, shared_bank: str) -> None:
    anna = user("anna")
    fill(anna, make_document("een"))
    sharing.join(anna, shared_bank)
    fill(anna, make_document("twee", number=2))
    assert sharing.leave(anna) == 1
    assert sharing.sync(anna) is None
    assert set(contents(anna.bank())) == {"een", "twee"}
    assert sharing.join(anna, shared_bank).sent == 1
    assert sharing.leave(user("bram")) is None


def test_a_server_put_back_from_a_backup_gets_again_what_it_lacks(
    user: User, shared_bank: str, postgres: TestServer
) -> None:
    anna = user("anna")
    fill(anna, make_document("een"))
    sharing.join(anna, shared_bank)
    copy = postgres.new_database()
    postgres.sql("postgres", f"DROP DATABASE {copy}")
    postgres.sql("postgres", f"CREATE DATABASE {copy} TEMPLATE {database(shared_bank)}")
    fill(anna, make_document("twee", number=2))
    sharing.sync(anna)
    postgres.sql("postgres", f"DROP DATABASE {database(shared_bank)} WITH (FORCE)")
    postgres.sql("postgres", f"ALTER DATABASE {copy} RENAME TO {database(shared_bank)}")
    report = sharing.sync(anna)
    assert report is not None
    assert report.compared_again
    assert report.sent == 1
    assert set(contents(anna.bank())) == {"een", "twee"}


def test_another_shared_bank_at_the_same_address_is_refused(user: User, shared_bank: str, postgres: TestServer) -> None:
    anna = user("anna")
    fill(anna, make_document("een"))
    sharing.join(anna, shared_bank)
    postgres.sql(database(shared_bank), "UPDATE kamerantwoord.bank SET identifier = gen_random_uuid()")
    with pytest.raises(SharingError, match="andere gedeelde bank"):
        sharing.sync(anna)
    assert set(contents(anna.bank())) == {"een"}


def test_a_server_that_is_away_stops_nobody(user: User, shared_bank: str) -> None:
    anna = user("anna")
    sharing.join(anna, shared_bank)
    following = anna.bank().shared.following()
    assert following is not None
    anna.bank().shared.readdress("postgresql://postgres@127.0.0.1:9/weg")
    fill(anna, make_document("een"))
    found = status_of(anna)
    assert found is not None
    assert not found.reachable
    assert found.waiting == 1
    anna.bank().shared.readdress(following.address)
    report = sharing.sync(anna)
    assert report is not None
    assert report.sent == 1


def test_vectors_of_another_model_are_not_taken_over(user: User, shared_bank: str, tmp_path: Any) -> None:
    from support.encoder import TinyEncoder

    from drafter.settings.values import Settings

    anna = user("anna")
    fill(anna, make_document("een"))
    sharing.join(anna, shared_bank)
    with Workspace(Settings(), tmp_path / "ander", TinyEncoder(32, "ander")) as bram:
        bram.bank(create=True)
        report = sharing.join(bram, shared_bank)
        assert report.vectors_received == 0
        assert report.encoded > 0
        assert report.vectors_sent == report.encoded


def test_doctor_tells_what_waits_without_asking_the_server(user: User, shared_bank: str) -> None:
    from drafter.tasks.upkeep.health import examine

    anna = user("anna")
    assert "Gedeelde bank" not in [check.name for check in examine(anna, load_model=False)]
    sharing.join(anna, shared_bank)
    anna.bank().shared.readdress("postgresql://postgres@127.0.0.1:9/weg")
    anna.bank().add(make_document("een"))
    (found,) = [check for check in examine(anna, load_model=False) if check.name == "Gedeelde bank"]
    assert "te sturen: 1 stukken" in found.message


def test_the_first_copy_may_come_from_a_replica_and_what_waits_goes_to_the_first_server(
    user: User, shared_bank: str, postgres: TestServer
) -> None:
    anna, bram = user("anna"), user("bram")
    fill(anna, make_document("een"))
    fill(bram, make_document("twee", number=2))
    sharing.join(anna, shared_bank)
    name = database(shared_bank)
    postgres.sql("postgres", f"ALTER DATABASE {name} SET default_transaction_read_only = on")  # as a replica is
    report = sharing.join(bram, shared_bank)
    assert (report.received, report.sent, report.waiting) == (1, 0, 1)
    postgres.sql("postgres", f"ALTER DATABASE {name} RESET default_transaction_read_only")
    report = sharing.join(bram, shared_bank)
    assert (report.received, report.sent) == (0, 1)
