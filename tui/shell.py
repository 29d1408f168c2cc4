"""What every screen has of the program: the backend, jobs, messages, and going to places.

Screens import this and never `tui.app`, which holds them together.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import TextArea

from drafter.backend.local import Backend
from drafter.dossier.session import DossierSession
from drafter.dossier.value import Dossier
from embeddings.errors import Cancelled, KamerantwoordError
from tui.jobs import Job, JobEnded, foremost, label_of, run

T = TypeVar("T")


class Shell(App[None]):
    """The program as the screens know it."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self.jobs: dict[str, Job] = {}

    # -- jobs ----------------------------------------------------------------------------------------------------------

    def start_job(
        self,
        name: str,
        label: str,
        work: Callable[[Job], T],
        then: Callable[[T], object] | None = None,
        quiet: bool = False,
        otherwise: Callable[[], object] | None = None,
    ) -> Job | None:
        """Do `work` in a thread of its own, and `then` with its value here; one job of a name at a time.

        A `quiet` job is over in a moment: it gets a line of its own only when it is not. What must be done here when
        it was stopped or failed is `otherwise`.

        What goes wrong is shown to the user and leaves the rest alive.
        """
        if name in self.jobs:
            if self.jobs[name].shown:
                self.say(f"Even wachten: {self.jobs[name].label.lower()}. Esc = stoppen.")
            return None
        job = Job(name, label or label_of(name), quiet, otherwise=otherwise, place=self.screen if quiet else None)
        self.jobs[name] = job

        def in_thread() -> None:
            self.post_message(run(job, work, then))

        self.run_worker(in_thread, name=name, group=name, thread=True, exit_on_error=False)
        return job

    def fetch(
        self,
        name: str,
        work: Callable[[Job], T],
        then: Callable[[T], object],
        otherwise: Callable[[], object] | None = None,
    ) -> None:
        """Do quick `work` in a thread, without a line of its own on screen unless it takes long."""
        self.start_job(name, "", work, then, quiet=True, otherwise=otherwise)

    def on_job_ended(self, event: JobEnded) -> None:
        """Carry on with the value, or say what went wrong."""
        self.jobs.pop(event.job.name, None)
        if event.error is None and not (event.job.quiet and event.job.cancelled()):
            if event.then is not None:
                try:
                    event.then(event.result)
                except Exception as error:
                    self.show_error(error)
            return
        if event.job.otherwise is not None:
            event.job.otherwise()
        if event.error is None or isinstance(event.error, Cancelled):
            self.say("Gestopt. Wat al klaar was, is bewaard.")
        else:
            self.show_error(event.error)

    def stop_job(self) -> bool:
        """Ask the job that is shown to stop; whether there was one."""
        job = self._stoppable()
        if job is not None:
            job.stop()
        return job is not None

    def _stoppable(self) -> Job | None:
        return foremost(job for job in self.jobs.values() if job.stops_on(self.screen))

    @property
    def can_stop(self) -> bool:
        """Whether Esc is for stopping: only while something runs and nobody types."""
        over = isinstance(self.screen, ModalScreen) or isinstance(self.focused, TextArea)
        return not over and self._stoppable() is not None

    # -- what goes wrong -----------------------------------------------------------------------------------------------

    def push_screen(self, screen: Any, callback: Any = None, *rest: Any, **options: Any) -> Any:
        """As in the toolkit; what goes wrong with an answer that was typed is shown, and ends nothing."""
        return super().push_screen(screen, callback and self._shown(callback), *rest, **options)

    def _shown(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        async def guarded(answer: Any) -> None:
            try:
                result = callback(answer)
                if inspect.isawaitable(result):
                    await result
            except Exception as error:
                self.show_error(error)

        return guarded

    async def _dispatch_action(self, *arguments: Any) -> bool:
        """As in the toolkit; what goes wrong with a key is shown, and ends nothing: all is saved at each change."""
        try:
            return await super()._dispatch_action(*arguments)
        except Exception as error:
            self.show_error(error)
            return True

    # -- messages ------------------------------------------------------------------------------------------------------

    def say(self, message: str, severity: str = "information") -> None:
        """A line that goes away by itself, or for the next one."""
        self.clear_notifications()
        self.notify(message, severity=severity, markup=False, timeout=4)  # type: ignore[arg-type]

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong and what next; the user can copy it."""
        raise NotImplementedError

    @contextlib.contextmanager
    def telling(self) -> Iterator[None]:
        """Show a `KamerantwoordError` as a line instead of letting it through."""
        try:
            yield
        except KamerantwoordError as error:
            self.say(str(error), severity="warning")

    # -- going places --------------------------------------------------------------------------------------------------

    def open_dossier(self, dossier_id: str) -> None:
        """Open a dossier on the workbench."""
        raise NotImplementedError

    def create_dossier(self, dossier: Dossier, drafts: bool = False) -> None:
        """Keep a new dossier and open it; `drafts`: its answers are drafted then."""
        raise NotImplementedError

    def close_session(self, session: DossierSession) -> None:
        """Let go of a dossier; when it could not be saved in its place, say where it is."""
        raise NotImplementedError


def shell_of(node: DOMNode) -> Shell:
    """The program that a screen or widget is part of."""
    app = node.app
    assert isinstance(app, Shell)
    return app


class ShellScreen(Screen[ScreenResultType]):
    """A screen of this program."""

    KEYS_ARE_COMMANDS: ClassVar[bool] = False
    """Whether each key is one that is bound, while nobody types; then no widget of the screen looks at keys itself."""

    @property
    def shell(self) -> Shell:
        """The program."""
        return shell_of(self)

    def leave(self) -> None:
        """Keep what is being typed; the program ends, or the screen is closed from elsewhere."""

    def model_ready(self) -> None:
        """Meaning can be searched from now on."""
