"""Work processes that several programs share: a model is in memory once, however many have their screens open.

A hub is a process that carries out the calls of whoever connects to it, over a socket of this machine that only its own
user may open. It ends when the program that began it does.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from drafter.backend.worker_server import Service

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

VARIABLE = "KAMERANTWOORD_WERK"
"""Environment of a program whose work is done by hubs: their addresses by number, and a key."""

WORDS, MEANING, TOGETHER = 0, 1, 2
"""Work without the model, with it, and, where the bank follows a shared one, all that goes over the network."""


def shared_addresses() -> list[str] | None:
    """The addresses of the hubs, and their key, where this program was told of them."""
    parts = os.environ.get(VARIABLE, "").split("\n")
    return parts if len(parts) > TOGETHER else None


class Stream(io.RawIOBase):
    """A connection as a file: what `pickle` reads from and writes to."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._rest = b""
        self._sending = threading.Lock()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def writable(self) -> bool:
        """It can be written."""
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `target` as far as there is something."""
        if not self._rest:
            try:
                self._rest = self._connection.recv_bytes()
            except (EOFError, OSError):
                return 0
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Send all of `data`."""
        with self._sending:
            self._connection.send_bytes(data)
        return len(data)

    def close(self) -> None:
        """Let go of the connection."""
        with contextlib.suppress(OSError):
            self._connection.close()
        super().close()


def reach(which: int) -> tuple[BinaryIO, BinaryIO] | None:
    """A way to a hub, to read from and to write to; None where there is none or it does not answer."""
    known = shared_addresses()
    if known is None or which >= len(known) - 1:
        return None
    from multiprocessing.connection import Client

    try:
        stream = Stream(Client(known[which], authkey=bytes.fromhex(known[-1])))
    except Exception:  # the hub is gone: then there is a process of one's own
        return None
    return cast(BinaryIO, io.BufferedReader(stream)), cast(BinaryIO, stream)


class Hub:
    """A hub that this program began."""

    def __init__(self, make: Callable[[], object], key: str) -> None:
        places = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from drafter.backend.hub import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": places},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        pickle.dump((make, key), self.process.stdin)
        self.process.stdin.flush()
        self.address = self.process.stdout.readline().decode().strip()

    @property
    def alive(self) -> bool:
        """Whether it can be reached."""
        return bool(self.address) and self.process.poll() is None

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


class Hubs:
    """The hubs of a program that shows its screens to many; begun again where one has ended."""

    def __init__(self, makes: Sequence[Callable[[], object]]) -> None:
        """`makes` make what each works with, in the order of their numbers."""
        self._makes = makes
        self._key = secrets.token_hex(32)
        self._hubs: list[Hub] = []
        self._lock = threading.Lock()

    def environment(self) -> dict[str, str]:
        """What a program needs to know to have its work done by them."""
        with self._lock:
            for number, make in enumerate(self._makes):
                if number >= len(self._hubs):
                    self._hubs.append(Hub(make, self._key))
                elif not self._hubs[number].alive:
                    self._hubs[number].close()
                    self._hubs[number] = Hub(make, self._key)
            return {VARIABLE: "\n".join([*(hub.address for hub in self._hubs), self._key])}

    @property
    def processes(self) -> list[int]:
        """Their numbers."""
        return [hub.process.pid for hub in self._hubs]

    def close(self) -> None:
        """End them."""
        for hub in self._hubs:
            hub.close()
        self._hubs.clear()


def main() -> None:
    """Be a hub: what it works with and the key come in over a pipe, which stays open for as long as it must live."""
    from multiprocessing.connection import Listener

    make, key = pickle.load(sys.stdin.buffer)
    if hasattr(os, "nice"):
        os.nice(5)  # the screens go first
    place = make()
    # A folder that only its own user may enter; Windows has pipes of its own for this.
    folder = tempfile.mkdtemp(prefix="kamerantwoord-") if os.name != "nt" else None
    listener = Listener(os.path.join(folder, "werk") if folder else None, authkey=bytes.fromhex(key))
    sys.stdout.buffer.write(f"{listener.address}\n".encode())
    sys.stdout.buffer.flush()
    os.dup2(2, 1)  # what libraries print goes nowhere else
    threading.Thread(target=_end_with_the_program, args=(folder,), daemon=True).start()
    while True:
        try:
            connection = listener.accept()
        except Exception:  # someone without the key, or who went away
            continue
        threading.Thread(target=_serve, args=(place, connection), daemon=True).start()


def _serve(place: object, connection: Connection[Any, Any]) -> None:
    stream = Stream(connection)
    with contextlib.suppress(OSError):
        Service(place, cast(BinaryIO, io.BufferedReader(stream)), cast(BinaryIO, stream)).run()
    with contextlib.suppress(OSError):
        stream.close()


def _end_with_the_program(folder: str | None) -> None:
    with contextlib.suppress(OSError):
        while sys.stdin.buffer.read(1):
            pass
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)
