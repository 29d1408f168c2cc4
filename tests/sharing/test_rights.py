"""Schema and rights on the server: what each role may, and what nobody may."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import pytest
from support.bank_samples import make_document
from support.postgres import TestServer

from answers_bank.sharing import schema
from answers_bank.sharing.address import parse
from answers_bank.sharing.errors import SharingError
from answers_bank.sharing.server import Server
from drafter.tasks.together import sharing
from drafter.tasks.workspace import Workspace

pytestmark = pytest.mark.sharing

User = Callable[[str], Workspace]


def database(address: str) -> str:
    return address.rpartition("/")[2]


@pytest.fixture
def filled(user: User, shared_bank: str) -> str:
    anna = user("anna")
    anna.bank().add(make_document("een"))
    sharing.join(anna, shared_bank)
    return shared_bank


def test_making_it_twice_changes_nothing_and_two_at_once_make_one(postgres: TestServer) -> None:
    address = postgres.url(postgres.new_database())
    done: list[tuple[int, int]] = []
    threads = [threading.Thread(target=lambda: done.append(sharing.init(address))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 4
    assert {after for _, after in done} == {schema.latest()}
    rows = postgres.sql(database(address), "SELECT number FROM kamerantwoord.migration ORDER BY 1")
    assert [row[0] for row in rows] == [number for number, _, _ in schema.migrations()]
    assert len(postgres.sql(database(address), "SELECT * FROM kamerantwoord.bank")) == 1


REWRITING = (
    "UPDATE document_version SET reader = ''",
    "DELETE FROM document_version",
    "UPDATE document_version SET sent_by = 'een ander'",
    "INSERT INTO document_version (generation, id, content_hash, reader) VALUES (9, 'x', '\\x00', '')",
    "UPDATE document SET generation = generation",
    "DELETE FROM document",
    "TRUNCATE document_version CASCADE",
    "DELETE FROM vector",
    "UPDATE member SET name = 'een ander'",
    "UPDATE bank SET identifier = gen_random_uuid()",
    "SELECT nextval('generation')",
    "SELECT setval('generation', 1)",
    "SELECT 1 FROM turn FOR UPDATE",
    "BEGIN; LOCK TABLE document_version",
    "ALTER TABLE document DROP COLUMN generation",
    "CREATE TABLE kamerantwoord.vals (x int)",
    "CREATE OR REPLACE FUNCTION kamerantwoord.seen(a text, b text, c bigint) RETURNS void LANGUAGE sql AS 'SELECT'",
    "INSERT INTO migration VALUES (99, 'x')",
    "DELETE FROM migration",
)


@pytest.mark.parametrize("role", ["lezer", "opsteller", "beheerder"])
def test_nobody_rewrites_what_was_shared(filled: str, postgres: TestServer, role: str) -> None:
    name = f"proef_{role}"
    postgres.user(name, role)
    with psycopg.connect(postgres.url(database(filled), name), autocommit=True) as connection:
        connection.execute("SET search_path = kamerantwoord")
        for statement in REWRITING:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
            connection.rollback()


def test_who_has_no_role_sees_nothing_and_a_reader_sends_nothing(filled: str, postgres: TestServer) -> None:
    postgres.user("proef_niemand", None)
    with Server.connect(parse(postgres.url(database(filled), "proef_niemand"))) as server:
        assert server.role() == ""
        with pytest.raises(SharingError, match="geen recht"):
            schema.check(server)
    postgres.user("proef_lezer", "lezer")
    with Server.connect(parse(postgres.url(database(filled), "proef_lezer"))) as server:
        assert server.role() == "lezer"
        with pytest.raises(SharingError, match="geen recht"):
            server.rows("SELECT * FROM put_documents('{}', '{}', '{}', '{}', '{}', false)")
        with pytest.raises(SharingError, match="geen recht"):
            schema.migrate(server)


def test_a_manager_lets_others_in(filled: str, postgres: TestServer) -> None:
    postgres.user("proef_beheerder", "beheerder")
    postgres.user("proef_nieuw", None)
    with psycopg.connect(postgres.url(database(filled), "proef_beheerder"), autocommit=True) as connection:
        connection.execute("GRANT kamerantwoord_opsteller TO proef_nieuw")
    with Server.connect(parse(postgres.url(database(filled), "proef_nieuw"))) as server:
        assert server.role() == "opsteller"


def test_who_sent_what_is_written_down_by_the_server(filled: str, postgres: TestServer, user: User) -> None:
    postgres.user("proef_opsteller", "opsteller")
    bram = user("bram")
    bram.bank().add(make_document("twee", number=2))
    sharing.join(bram, postgres.url(database(filled), "proef_opsteller"))
    rows = postgres.sql(database(filled), "SELECT id, sent_by FROM kamerantwoord.document_version ORDER BY generation")
    assert rows == [("een", "postgres"), ("twee", "proef_opsteller")]


@pytest.mark.parametrize("number", [99, 0])
def test_another_version_of_the_schema_is_told_and_nothing_changes(
    filled: str, postgres: TestServer, user: User, number: int
) -> None:
    if number:
        postgres.sql(database(filled), "INSERT INTO kamerantwoord.migration VALUES (%s, 'x')", number)
    else:
        postgres.sql(database(filled), "DELETE FROM kamerantwoord.migration")
    anna = user("anna")
    anna.bank().add(make_document("twee", number=2))
    before = anna.bank().generation
    with pytest.raises(SharingError, match="nieuwere versie" if number else "geen gedeelde bank"):
        sharing.sync(anna)
    assert anna.bank().generation == before
    assert postgres.sql(database(filled), "SELECT count(*) FROM kamerantwoord.document") == [(1,)]
    if number:
        with pytest.raises(SharingError, match="nieuwere versie"):
            sharing.init(filled)


def test_a_migration_that_fails_leaves_nothing(postgres: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    address = postgres.url(postgres.new_database())
    real = schema.migrations()
    broken = [*real, (len(real) + 1, "9999_stuk.sql", "CREATE TABLE kamerantwoord.half (x int); SELECT 1/0")]
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrations", lambda: broken)
        with pytest.raises(SharingError):
            sharing.init(address)
    assert postgres.sql(database(address), "SELECT to_regclass('kamerantwoord.half')") == [(None,)]
    assert sharing.init(address) == (len(real), len(real))
