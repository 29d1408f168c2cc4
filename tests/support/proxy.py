"""A proxy before PostgreSQL that cuts or stalls a connection at a message of choice."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["cut", "half", "stall"]
"""Before the message; in the middle of it; or nothing goes on any more, and nobody hangs up."""


@dataclass
class FaultyProxy:
    """Passes messages on, notes their kinds, and does `fault` at message number `at` (from 0), counted both ways."""

    port: int
    """Of the server."""

    fault: Fault | None = None
    at: int = -1
    kinds: list[str] = field(default_factory=list)
    """What went by: ">Q" from the client, "<Z" from the server; ">start" begins a connection."""

    def __enter__(self) -> FaultyProxy:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._hang_up()
        for thread in self._threads:
            thread.join(5)
        for one in self._open:
            one.close()

    def address(self, database: str, user: str = "postgres") -> str:
        """The address of a database behind it."""
        port = self._listener.getsockname()[1]
        return f"postgresql://{user}@127.0.0.1:{port}/{database}?sslmode=disable&connect_timeout=2"

    def begin(self, fault: Fault | None, at: int) -> None:
        """Count anew, and do `fault` at message `at`."""
        with self._lock:
            self.kinds.clear()
            self.fault, self.at = fault, at

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.port))
            self._open += [client, server]
            for source, sink, mark in ((client, server, ">"), (server, client, "<")):
                thread = threading.Thread(target=self._pass, args=(source, sink, mark), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _pass(self, source: socket.socket, sink: socket.socket, mark: str) -> None:
        first = mark == ">"
        with contextlib.suppress(OSError):
            while (message := _message(source, first)) is not None:
                kind = "start" if first else chr(message[0])
                first = False
                with self._lock:
                    number = len(self.kinds)
                    self.kinds.append(mark + kind)
                    here = self.fault if number == self.at else None
                    if here:
                        self.fault = None if here != "stall" else here
                if here == "stall" or (self.fault == "stall" and number > self.at):
                    continue  # swallowed, for ever
                if here in ("cut", "half"):
                    if here == "half":
                        sink.sendall(message[: max(len(message) // 2, 1)])
                    break
                sink.sendall(message)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _hang_up(self) -> None:
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def _message(source: socket.socket, first: bool) -> bytes | None:
    head = _exactly(source, 4 if first else 5)
    if head is None:
        return None
    (length,) = struct.unpack(">I", head[-4:])
    body = _exactly(source, length - 4)
    return None if body is None else head + body


def _exactly(source: socket.socket, count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        more = source.recv(count - len(data))
        if not more:
            return None
        data += more
    return data
