"""The process that reads: one file at a time, until its input ends. Started by `answers_bank.apart.readers`.

What it needs beyond its limits it does not get: the system ends it, and the parent says which file it was.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import IO, Any


def main() -> None:
    """Answer each request on standard input until that ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not come between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    ready = False
    while (request := receive(sys.stdin.buffer)) is not None:
        _limit(seconds, memory)
        ready = ready or _ready()
        send(answers, _answer(*request))


def _ready() -> bool:
    """Load the reader, once. What it holds is never given up: Python's search for circles need not go over it."""
    import answers_bank.reading.reader  # noqa: F401

    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # a tenth of the time of reading went into that search
    return True


def _answer(path: str | None, data: bytes | None, name: str) -> tuple[str, Any]:
    from answers_bank.reading import read_bytes, read_file
    from embeddings.errors import InputError

    try:
        if path is not None:
            return "document", read_file(Path(path))
        return "document", read_bytes(data or b"", name)
    except InputError as error:
        return "refused", (error.message, error.hint)
    except MemoryError:
        return "memory", ""
    except RecursionError:
        return "fault", "te diep genest"
    except Exception as error:  # a file can be broken in ways that no reader foresees
        return "fault", f"{type(error).__name__}: {str(error)[:200]}"


def _limit(seconds: float, memory: int) -> None:
    """What this process may use from now on, where the system can hold it to that."""
    try:
        import resource
    except ImportError:  # Windows: the parent still counts the seconds
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))


def receive(source: IO[bytes]) -> Any:
    """The next message; None at the end of the stream."""
    head = source.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "little")
    body = source.read(size)
    return pickle.loads(body) if len(body) == size else None


def send(sink: IO[bytes], message: Any) -> None:
    """Write one message."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    sink.write(len(body).to_bytes(8, "little") + body)
    sink.flush()


if __name__ == "__main__":
    main()
