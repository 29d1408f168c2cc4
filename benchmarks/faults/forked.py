"""Writers in processes of their own, started in milliseconds: forked from one that has imported everything.

Each sends a word when a thing is kept, and nothing before. What it is killed in, it has not reported.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import resource
import signal
import time
import traceback
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["benchmarks.faults.writers"])

_READY, _TOLD, _FAULT = "\x01", "\x02", "\x03"


@dataclass(slots=True)
class Writer:
    """A writer at work."""

    process: ForkServerProcess
    heard: Connection
    words: list[str] = field(default_factory=list)
    """What it reported as kept."""

    told: str = ""
    """The message with which it stopped, as a user gets it."""

    fault: str = ""
    """What ended it that no message foresees."""

    ended: bool = False

    def watch(self, seconds: float, words: int | None = None) -> None:
        """Listen for so long, until it ends, or until it has reported so many words."""
        until = time.monotonic() + seconds
        while not self.ended and (words is None or len(self.words) < words):
            left = until - time.monotonic()
            if left <= 0 or not self.heard.poll(left):
                return
            self._hear()

    def kill(self) -> None:
        """SIGKILL, and what it had reported before."""
        self.process.kill()
        self.process.join()
        while not self.ended:
            self._hear()
        self.heard.close()

    def _hear(self) -> None:
        try:
            message = self.heard.recv_bytes().decode("utf-8", "surrogatepass")
        except (EOFError, OSError):  # a word that was cut off by the kill is not reported
            self.ended = True
            return
        if message.startswith(_TOLD):
            self.told = message[1:]
        elif message.startswith(_FAULT):
            self.fault = message[1:]
        elif not message.startswith(_READY):
            self.words.append(message)


def start(name: str, folder: Path, seed: int, file_limit: int | None = None) -> Writer:
    """A writer of `benchmarks.faults.writers` in `folder`, which is ready when this returns.

    `file_limit` is the size in bytes that its files may grow to, where there is no small disk to be had.
    """
    heard, mouth = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_work, args=(name, str(folder), seed, mouth, file_limit), daemon=True)
    process.start()
    mouth.close()
    writer = Writer(process, heard)
    if heard.poll(60):
        writer._hear()
    return writer


def _work(name: str, folder: str, seed: int, mouth: Connection, file_limit: int | None) -> None:
    from benchmarks.faults.writers import WRITERS
    from embeddings.errors import KamerantwoordError

    def say(word: str) -> None:
        mouth.send_bytes(word.encode("utf-8", "surrogatepass"))

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if file_limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, resource.RLIM_INFINITY))
    say(_READY)
    with contextlib.suppress(BrokenPipeError):
        try:
            WRITERS[name](Path(folder), random.Random(seed), say)
        except (KamerantwoordError, OSError) as error:  # of the latter the command line makes a message
            say(_TOLD + str(error).replace("\n", " "))
        except BaseException as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            say(f"{_FAULT}{type(error).__name__}: {error} in {Path(where.filename).name}:{where.lineno}")
