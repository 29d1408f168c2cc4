"""A connection to the server of a shared bank: opened, bounded in time, its errors translated."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Self, TypeVar

from answers_bank.sharing.address import Address, is_local
from answers_bank.sharing.errors import SharingError, Unreachable, translated

try:
    import psycopg
except ImportError as error:  # pragma: no cover - the extra is installed where this is tested
    raise SharingError(
        "Voor een gedeelde bank ontbreekt een onderdeel (psycopg).", "Installeer het: pip install kamerantwoord[samen]"
    ) from error

T = TypeVar("T")

SILENCE = 60.0
"""Seconds without one byte from the server after which the connection counts as lost."""

_SESSION = {
    "search_path": "kamerantwoord, pg_temp",
    "client_encoding": "UTF8",
    "statement_timeout": "120s",
    "lock_timeout": "45s",
    "idle_in_transaction_session_timeout": "30s",
    "client_min_messages": "warning",
}
ROLES = ("beheerder", "opsteller", "lezer")
"""What one may be on the server, who may most first."""
WRITERS = ("beheerder", "opsteller")

_KEEPALIVE = {"keepalives": 1, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}


class _Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that does not wait for ever: one that falls silent is an error."""

    silence = SILENCE

    def wait(self, gen: Any, *arguments: Any, **named: Any) -> Any:
        return super().wait(_impatient(gen, self.silence), *arguments, **named)


def _impatient(steps: Generator[Any, Any, T], seconds: float) -> Generator[Any, Any, T]:
    """`steps` of libpq, ended when nothing came or could be sent for so many seconds."""
    try:
        asked = next(steps)
        heard = time.monotonic()
        while True:
            ready = yield asked
            if ready:
                heard = time.monotonic()
            elif time.monotonic() - heard > seconds:
                raise psycopg.OperationalError("the server fell silent")
            asked = steps.send(ready)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


class Server:
    """An open connection to a shared bank. One thread at a time; close it, or use it as a context manager.

    All methods raise `SharingError`, and `Unreachable` where the server went away.
    """

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], address: Address) -> None:
        self.connection = connection
        self.address = address

    @classmethod
    def connect(cls, address: Address, password: str | None = None, silence: float = SILENCE) -> Self:
        """Open a connection; nothing is looked up yet.

        Args:
            address: of the server.
            password: typed by the user; kept nowhere.
            silence: seconds without a byte after which the connection counts as lost.

        Raises:
            PasswordNeeded: the server asks for one.
            Unreachable: there is no server there now.
            SharingError: it refuses, or the way there is not safe.
        """
        secret = {"password": password} if password else {}
        try:
            connection = _Connection.connect(
                **{**_KEEPALIVE, **address.parameters, **secret},
                autocommit=True,
                application_name=f"kamerantwoord {program_version()}"[:60],
            )
        except psycopg.Error as error:
            raise translated(error) from None  # its text may repeat how the connection was asked for
        connection.silence = silence
        server = cls(connection, address)
        try:
            server._check_way()
            each = ", ".join(["set_config(%s, %s, false)"] * len(_SESSION))
            server.run(f"SELECT {each}", [part for setting in _SESSION.items() for part in setting])
        except BaseException:
            server.close()
            raise
        return server

    def _check_way(self) -> None:
        """What was asked for is what there is: encrypted, unless the other end is this machine."""
        other = self.connection.info.hostaddr or self.connection.info.host
        if not is_local(other) and not self.connection.pgconn.ssl_in_use:
            raise SharingError("De verbinding met de server is niet versleuteld.", "Vraag uw beheerder om TLS.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; calling it again does nothing."""
        self.connection.close()

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run one statement that gives nothing."""
        self._execute(statement, values, fetch=False)

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement, which is a transaction by itself."""
        return self._execute(statement, values, fetch=True)

    def row(self, statement: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row of one statement."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def notes(self, seconds: float) -> list[str]:
        """What the server told on the channels that are listened to, waiting for so long at most for the first."""
        try:
            found = list(self.connection.notifies(timeout=seconds, stop_after=1))
            if found:  # what comes in a burst is one change
                found += self.connection.notifies(timeout=0.02)
        except psycopg.Error as error:
            raise translated(error) from error
        return [note.payload for note in found]

    def _execute(self, statement: str, values: Sequence[object], *, fetch: bool) -> list[tuple[Any, ...]]:
        try:
            with self.connection.cursor(binary=True) as cursor:
                cursor.execute(statement.encode(), values or None)
                return cursor.fetchall() if fetch else []
        except psycopg.Error as error:
            raise translated(error) from error

    # --- the bank on it ----------------------------------------------------------------------------------------------

    def identifier(self) -> str:
        """Given to the shared bank when it was made."""
        row = self.row("SELECT identifier::text FROM bank")
        if row is None:
            raise Unreachable("De gedeelde bank is niet volledig.", "Vraag uw beheerder.")
        return str(row[0])

    def generation(self) -> int:
        """Of the last change of its documents."""
        row = self.row("SELECT coalesce(max(generation), 0) FROM document")
        return int(row[0]) if row else 0

    def read_only(self) -> bool:
        """Whether nothing can be sent to it, such as to a replica."""
        row = self.row("SELECT current_setting('transaction_read_only') = 'on'")
        return bool(row and row[0])

    def may_write(self) -> bool:
        """Whether this user can send to it, and see dossiers."""
        return not self.read_only() and self.role() in WRITERS

    def role(self) -> str:
        """What this user may do: "beheerder", "opsteller", "lezer", or "" for nothing."""
        rows = self.rows(
            "SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s) AND pg_has_role(session_user, oid, 'usage')",
            [[f"kamerantwoord_{name}" for name in ROLES]],
        )
        return next((name for name in ROLES if (f"kamerantwoord_{name}",) in rows), "")


def program_version() -> str:
    """The version of this program; "0" where it runs from its source."""
    try:
        return version("kamerantwoord")
    except PackageNotFoundError:
        return "0"
