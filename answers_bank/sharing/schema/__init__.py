"""The schema of a shared bank: numbered migrations with a ledger, and the roles of those who use it."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from answers_bank.sharing.errors import SharingError

if TYPE_CHECKING:
    from answers_bank.sharing.server import Server

_NAME = re.compile(r"^(\d{4})_\w+\.sql$")

# A reader may read, a drafter may also send, and who keeps the bank may also let others in.
_ROLES = """
DO $$
DECLARE
    name text;
BEGIN
    PERFORM pg_advisory_xact_lock(7290114);  -- roles are of the whole server: two banks may be made at once
    FOREACH name IN ARRAY ARRAY['kamerantwoord_lezer', 'kamerantwoord_opsteller', 'kamerantwoord_beheerder'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;
    IF NOT pg_has_role('kamerantwoord_opsteller', 'kamerantwoord_lezer', 'member') THEN
        GRANT kamerantwoord_lezer TO kamerantwoord_opsteller;
    END IF;
    IF NOT pg_has_role('kamerantwoord_beheerder', 'kamerantwoord_opsteller', 'member') THEN
        GRANT kamerantwoord_lezer, kamerantwoord_opsteller TO kamerantwoord_beheerder WITH ADMIN OPTION;
    END IF;
END $$
"""
_BEGINNING = (
    "CREATE SCHEMA IF NOT EXISTS kamerantwoord",
    "REVOKE ALL ON SCHEMA kamerantwoord FROM PUBLIC",
    "GRANT USAGE ON SCHEMA kamerantwoord TO kamerantwoord_lezer",
    "CREATE TABLE IF NOT EXISTS kamerantwoord.migration "
    "(number integer PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT now())",
    "GRANT SELECT ON kamerantwoord.migration TO kamerantwoord_lezer",
)
_LOCK = "SELECT pg_advisory_lock(7290113)"
_UNLOCK = "SELECT pg_advisory_unlock(7290113)"


def migrations() -> list[tuple[int, str, str]]:
    """All migrations as (number, name, SQL), in order."""
    entries = files(__name__).iterdir()
    return sorted((int(m[1]), m[0], e.read_text("utf-8")) for e in entries if (m := _NAME.match(e.name)))


def latest() -> int:
    """Number of the newest migration: the schema that this version of the program knows."""
    return migrations()[-1][0]


def version(server: Server) -> int:
    """Number of the last migration that was applied; 0 where there is no shared bank."""
    row = server.row("SELECT to_regclass('kamerantwoord.migration') IS NOT NULL")
    if not (row and row[0]):
        return 0
    found = server.row("SELECT coalesce(max(number), 0) FROM kamerantwoord.migration")
    return int(found[0]) if found else 0


def check(server: Server) -> None:
    """Refuse a server without a shared bank, or with one of another version; nothing is changed.

    Raises:
        SharingError: so it is.
    """
    found = version(server)
    if found == 0:
        raise SharingError(
            f"Op {server.address.shown} is geen gedeelde bank.",
            "Een beheerder maakt haar met: kamerantwoord share init ADRES",
        )
    if found > latest():
        raise _newer()
    if found < latest():
        raise SharingError(
            "De gedeelde bank is nog van een oudere versie van dit programma. Er is niets veranderd.",
            "Een beheerder werkt haar bij met: kamerantwoord share init ADRES",
        )


def migrate(server: Server, until: int | None = None) -> int:
    """Make the shared bank, or bring it up to date; the resulting version. Each migration is one transaction.

    Raises:
        SharingError: this user may not make it, or it is of a newer program.
    """
    import psycopg

    from answers_bank.sharing.errors import translated

    if version(server) > latest():
        raise _newer()
    server.run("SET statement_timeout = 0")
    try:
        server.run(_LOCK)
        for statement in (_ROLES, *_BEGINNING):
            server.run(statement)
        for number, name, sql in migrations():
            if until is not None and number > until:
                break
            if version(server) >= number:
                continue
            with server.connection.transaction():
                server.connection.execute(sql.encode())
                server.connection.execute(
                    b"INSERT INTO kamerantwoord.migration (number, name) VALUES (%s, %s)", (number, name)
                )
        server.run(_UNLOCK)
    except psycopg.errors.InsufficientPrivilege as error:
        raise _refused() from error
    except SharingError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise _refused() from error
        raise
    except psycopg.Error as error:
        raise translated(error) from error
    return version(server)


def _newer() -> SharingError:
    return SharingError(
        "De gedeelde bank is van een nieuwere versie van dit programma. Er is niets veranderd.",
        "Werk kamerantwoord bij.",
    )


def _refused() -> SharingError:
    return SharingError(
        "U hebt op deze server geen recht om een gedeelde bank te maken.",
        "Dat kan de eigenaar van de database die ook rollen mag maken (CREATEROLE).",
    )
