"""The watcher of a shared bank: a process of its own beside the screens, so that they never wait for it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from answers_bank.store.following.follows import follows
from drafter.settings.values import load_settings


@contextlib.contextmanager
def watching(bank_folder: Path | None) -> Iterator[subprocess.Popen[bytes] | None]:
    """Exchange with the shared bank while this is open, where the bank follows one; None where it does not.

    The process ends with this program, also when that is killed: it reads from a pipe that closes then.
    """
    folder = bank_folder or load_settings().bank_folder
    if not follows(folder):
        yield None
        return
    places = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from drafter.tasks.together.watcher import main; main()", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": places},
    )
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main() -> None:
    """Be the watcher of the bank in the folder that was named, until the pipe closes."""
    import threading

    from drafter.tasks.together import sharing
    from drafter.tasks.workspace import Workspace
    from embeddings.errors import KamerantwoordError

    stop = threading.Event()

    def end_with_the_program() -> None:
        sys.stdin.buffer.read()
        stop.set()
        # What is under way is a transaction on either side: it is done or not.
        threading.Timer(4.0, os._exit, (0,)).start()

    threading.Thread(target=end_with_the_program, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)
    with Workspace.from_settings(Path(sys.argv[1])) as workspace, contextlib.suppress(KamerantwoordError):
        sharing.follow_along(workspace, stop)
    os._exit(0)
