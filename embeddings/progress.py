"""How long work tells how far it is, to the command line and to the screens alike."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the steps of a long task and can ask it to stop.

    Implementations must be cheap and safe to call from a worker thread.
    """

    def start(self, label: str, total: int | None) -> None:
        """Begin a stage called `label` (Dutch) of `total` steps, or of unknown length."""

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        """Count `steps` as done; `label` may name what is at hand."""

    def cancelled(self) -> bool:
        """Whether the user wants to stop; long work then raises `Cancelled` at the next safe point."""
        ...


class Silent:
    """A `Progress` that shows nothing and never stops."""

    def start(self, label: str, total: int | None) -> None:
        """Ignore the stage."""

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        """Ignore the step."""

    def cancelled(self) -> bool:
        """Never stop."""
        return False


SILENT = Silent()
