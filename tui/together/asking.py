"""Asking the companion beside all else: nothing on screen waits for it, and a server that is away is no error here."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TypeVar

from drafter.backend.worker_client import CannotBeginError
from embeddings.errors import Cancelled, KamerantwoordError
from tui.jobs import Job, JobEnded
from tui.shell import Shell

T = TypeVar("T")

_numbers = itertools.count()


def ask_aside(shell: Shell, work: Callable[[], T], then: Callable[[T | None], object]) -> None:
    """Do `work` in a thread, and `then` with its value on the screens' own turn; None where it did not succeed."""
    job = Job(f"samen {next(_numbers)}", "", quiet=True)

    def in_thread() -> None:
        try:
            value: T | None = work()
        except (KamerantwoordError, CannotBeginError, Cancelled):
            value = None
        shell.post_message(JobEnded(job, value, then=then))

    shell.run_worker(in_thread, name=job.name, group=job.name, thread=True, exit_on_error=False)
