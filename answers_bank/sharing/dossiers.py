"""Dossiers on the server as logs of steps: what a step holds is not looked at here.

Optimistic concurrency: a step is added after the one it was made of, and refused where another one came first.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from answers_bank.sharing.errors import SharingError
from answers_bank.sharing.server import Server

_LARGEST = 32 * 1024 * 1024
LOOKING_SECONDS = 60
"""For so long someone who looked at a question counts as looking."""


@dataclass(frozen=True, slots=True)
class SharedDossier:
    """A dossier on the server."""

    id: str
    owner: str
    title: str
    step: int
    """The present one."""

    assigned: tuple[tuple[int, str], ...] = ()
    """(question, name); question 0 is the whole set."""

    mine: bool = False
    """Whether this user owns it or is assigned to it."""

    state: str = ""
    """How far it is, in Dutch, as whoever changed it last saw it."""


@dataclass(frozen=True, slots=True)
class LogStep:
    """One step in the log of a dossier."""

    number: int
    after: int | None
    aside: bool
    """Whether it is the text of who came second where two changed the same."""

    label: str
    header: str
    by: str
    at: datetime.datetime


def dossiers(server: Server, identifiers: Sequence[str] | None = None) -> list[SharedDossier]:
    """The dossiers on the server, the last changed first: all, or these and those of the user."""
    rows = server.rows(
        "SELECT d.id, d.owner, d.title, d.step, d.state, session_user::text FROM dossier d "
        "JOIN dossier_step s ON s.dossier = d.id AND s.number = d.step WHERE %s::text[] IS NULL OR d.id = ANY(%s) "
        "OR d.owner = session_user OR EXISTS (SELECT 1 FROM assignment a WHERE a.dossier = d.id "
        "AND a.name = session_user) ORDER BY s.taken_at DESC",
        [None if identifiers is None else list(identifiers)] * 2,
    )
    given: dict[str, list[tuple[int, str]]] = {}
    for dossier, question, name in server.rows(
        "SELECT dossier, question, name FROM assignment WHERE dossier = ANY(%s) ORDER BY 1, 2, 3",
        [[row[0] for row in rows]],
    ):
        given.setdefault(dossier, []).append((question, name))
    found = []
    for identifier, owner, title, step, state, me in rows:
        assigned = tuple(given.get(identifier, ()))
        mine = owner == me or any(name == me for _, name in assigned)
        found.append(SharedDossier(identifier, owner, title, step, assigned, mine, state))
    return found


def put(
    server: Server,
    identifier: str,
    title: str,
    expected: int,
    label: str,
    header: str,
    parts: dict[bytes, bytes],
    *,
    aside: bool = False,
) -> tuple[bool, int]:
    """Add a step after step `expected` (0: a new dossier); whether that was accepted, and the present step.

    Args:
        server: to add it on.
        identifier: of the dossier.
        title: of a new one.
        expected: the step that this one was made of.
        label: what was done, in Dutch.
        header: what the step consists of.
        parts: contents by hash; those that the server has are not sent.
        aside: keep it beside the others; the present step stays.
    """
    there = _hashes(server, identifier, list(parts))
    new = [hash_ for hash_ in parts if hash_ not in there]
    row = server.row(
        "SELECT accepted, present FROM put_step(%s, %s, %s, %s, %s, %b::bytea[], %b::bytea[], %s)",
        [identifier, title[:1000], expected, label[:200], header, new, [parts[hash_] for hash_ in new], aside],
    )
    if row is None or row[1] is None:
        raise SharingError(
            f"Dossier {identifier} staat niet op de gedeelde bank.",
            "Deel het eerst: kamerantwoord share dossier DOSSIER",
        )
    return bool(row[0]), int(row[1])


def steps(server: Server, identifier: str, after: int = 0) -> list[LogStep]:
    """The log of a dossier, oldest first: the whole of it, or what came after a step."""
    rows = server.rows(
        "SELECT number, after, aside, label, header, taken_by, taken_at FROM dossier_step WHERE dossier = %s "
        "AND number > %s ORDER BY number",
        [identifier, after],
    )
    return [LogStep(*row) for row in rows]


def header(server: Server, identifier: str, number: int) -> str:
    """What a step consists of.

    Raises:
        SharingError: there is no such step.
    """
    row = server.row("SELECT header FROM dossier_step WHERE dossier = %s AND number = %s", [identifier, number])
    if row is None:
        raise SharingError(
            f"Dossier {identifier} heeft geen stap {number}.",
            "Bekijk ze met: kamerantwoord share history DOSSIER",
        )
    return str(row[0])


def parts(server: Server, identifier: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
    """Contents by hash; one that is too large is left out."""
    rows = server.rows(
        "SELECT hash, content FROM dossier_part WHERE dossier = %s AND hash = ANY(%b::bytea[]) "
        "AND octet_length(content) <= %s",
        [identifier, list(hashes), _LARGEST],
    )
    return dict(rows)


def _hashes(server: Server, identifier: str, hashes: Sequence[bytes]) -> set[bytes]:
    rows = server.rows(
        "SELECT hash FROM dossier_part WHERE dossier = %s AND hash = ANY(%b::bytea[])", [identifier, list(hashes)]
    )
    return {row[0] for row in rows}


def assign(server: Server, identifier: str, questions: Sequence[int], name: str, *, gone: bool = False) -> bool:
    """Assign someone to questions (0: the whole set), or not any more; False where this user may not."""
    row = server.row("SELECT assign(%s, %s::integer[], %s, %s)", [identifier, list(questions), name, gone])
    return bool(row and row[0])


def give(server: Server, identifier: str, name: str) -> bool:
    """Make someone else the owner; False where this user may not."""
    row = server.row("SELECT give(%s, %s)", [identifier, name])
    return bool(row and row[0])


def look(server: Server, identifier: str, question: int | None) -> None:
    """Tell that this user looks at a question; None: at none any more."""
    server.run("SELECT look(%s, %s)", [identifier, question])


def looking(server: Server, identifiers: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """For each of these dossiers (name, question) of the others who look at it now, by the clock of the server."""
    found: dict[str, list[tuple[str, int]]] = {}
    for identifier, name, question in server.rows(
        "SELECT dossier, name, question FROM looking WHERE dossier = ANY(%s) AND name <> session_user "
        "AND seen > clock_timestamp() - make_interval(secs => %s) ORDER BY 1, 3, 2",
        [list(identifiers), LOOKING_SECONDS],
    ):
        found.setdefault(identifier, []).append((name, question))
    return found


def put_state(server: Server, identifier: str, words: str) -> None:
    """Tell how far a dossier is."""
    server.run("SELECT put_state(%s, %s)", [identifier, words[:100]])


def me(server: Server) -> str:
    """The name of this user on the server."""
    row = server.row("SELECT session_user::text")
    return str(row[0]) if row else ""


def people(server: Server) -> list[str]:
    """Names of all who may work on dossiers."""
    return [
        row[0]
        for row in server.rows(
            "SELECT rolname::text FROM pg_roles WHERE rolcanlogin AND (rolname = session_user OR (NOT rolsuper "
            "AND pg_has_role(oid, 'kamerantwoord_opsteller', 'usage'))) ORDER BY 1"
        )
    ]


def hear(server: Server, identifier: str) -> None:
    """Be told from now on of what happens with a dossier; see `heard`."""
    server.run(f"LISTEN {_channel(identifier)}")


def unhear(server: Server, identifier: str) -> None:
    """Be told of it no more."""
    server.run(f"UNLISTEN {_channel(identifier)}")


def _channel(identifier: str) -> str:
    """The same as `channel_of` on the server."""
    return f"kamerantwoord_{hashlib.md5(identifier.encode(), usedforsecurity=False).hexdigest()}"


def heard(server: Server) -> bool:
    """Whether something happened since the last time; does not wait."""
    return bool(server.notes(0))
