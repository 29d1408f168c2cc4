"""Long work: one thread at a time for each name, with progress that the screens can show, and Esc to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from textual.message import Message

from drafter.backend.worker_client import AT_HAND
from embeddings.errors import Cancelled

NOTICED = 1.5
"""Seconds after which work that is over in a moment as a rule is shown too, and can be stopped where it was begun."""

_UNASKED = frozenset(("controle", "bronnen"))
"""Quiet work that nobody asked for and nobody waits for, by the first word of its name: it takes no line and no key."""

_SAID_FROM = 2.0
"""Seconds of a stage before anything is said of how long it will take."""

_LABELS = {
    "bankregel": "Bank openen",
    "bewaren": "Opnieuw proberen te bewaren",
    "zoeken": "Zoeken",
    "lees": "Stuk openen",
    "invoegen": "Invoegen",
    "standaard": "Standaardpassages opzoeken",
}
"""What to call quiet work, by the first word of its name."""


def label_of(name: str) -> str:
    """What a quiet job is called once it is shown."""
    return _LABELS.get(name.partition(" ")[0], "Bezig")


@dataclass
class Job:
    """A task under way; it is a `Progress` for the work itself. Counters may be read from any thread."""

    name: str
    label: str
    quiet: bool = False
    """Whether it is over in a moment, or shown where its result will come."""
    done: int = 0
    total: int | None = None
    detail: str = ""
    started: float = field(default_factory=time.monotonic)
    about: str = ""
    """Id of the dossier that it is done for, where it is for one."""
    stage_began: float = field(default_factory=time.monotonic)
    otherwise: Callable[[], object] | None = None
    """What to do on the screens when it was stopped or failed."""
    title: str = ""
    """What it is as a whole, where `label` names one of its stages."""
    place: object = None
    """The screen where it was begun, for quiet work: Esc on another one is not for it."""
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def left(self) -> float | None:
        """Seconds that it will take from now on, by the pace so far; None where that cannot be said."""
        spent = time.monotonic() - self.stage_began
        if not self.total or not self.done or self.done >= self.total or spent < _SAID_FROM:
            return None
        return spent / self.done * (self.total - self.done)

    @property
    def shown(self) -> bool:
        """Whether it has a line on screen."""
        if not self.quiet:
            return True
        return self.name.partition(" ")[0] not in _UNASKED and time.monotonic() - self.started > NOTICED

    def stops_on(self, screen: object) -> bool:
        """Whether Esc stops it on that screen."""
        return self.shown and self.name != "model" and not self.cancelled() and self.place in (None, screen)

    def start(self, label: str, total: int | None) -> None:
        """Begin a stage."""
        self.title = self.title or self.label
        self.label, self.total, self.done = label, total, 0
        self.stage_began = time.monotonic()

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        """Count steps."""
        self.done += steps
        if label is not None:
            self.detail = label

    def cancelled(self) -> bool:
        """Whether the user wants to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to stop at the next safe point."""
        self._stop.set()


@dataclass
class JobEnded(Message):
    """A job came to an end, in one way or another; handled by the app."""

    job: Job
    result: Any = None
    error: BaseException | None = None
    then: Callable[[Any], object] | None = None


def foremost(jobs: Iterable[Job]) -> Job | None:
    """The job to show, which is also the one that Esc stops: the youngest that the user asked for, else any shown."""
    shown = [job for job in jobs if job.shown]
    asked = [job for job in shown if not job.quiet and job.name != "model"]
    return next(reversed(asked or shown), None)


def run(job: Job, work: Callable[[Job], Any], then: Callable[[Any], object] | None) -> JobEnded:
    """Do `work` here and now; how it ended. Nothing that goes wrong in it may reach the screens as a crash."""
    AT_HAND.set(job)  # so that also work that takes no progress can be stopped
    try:
        return JobEnded(job, work(job), then=then)
    except Cancelled as error:
        return JobEnded(job, error=error)
    except Exception as error:
        return JobEnded(job, error=error)
