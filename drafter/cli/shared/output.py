"""What commands write: data on standard output, everything told along the way on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.plain import plain
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


def write_json(value: object, *, line: bool = False) -> None:
    """Write `value` as one JSON object; on one line when `line`, for streams of objects."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=None if line else 1))


def say(text: str = "") -> None:
    """Write a line for people on standard output, without control characters."""
    click.echo(plain(text))


def tell(text: str) -> None:
    """Write a line on standard error, without control characters."""
    click.echo(plain(text), err=True)


@contextmanager
def progress_bar(show: bool = True) -> Iterator[Progress]:
    """A progress bar on standard error; nothing where that is no terminal."""
    if not show or not sys.stderr.isatty():
        yield SILENT
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
    try:
        yield _BarProgress(bar)
    finally:
        bar.stop()


class _BarProgress:
    """Shows each stage as a bar of its own; nothing before the first, when a password may be asked."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def start(self, label: str, total: int | None) -> None:
        self._bar.start()
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(_escape(label), total=total)

    def advance(self, steps: int = 1, label: str | None = None) -> None:
        if self._task is None:
            return
        if label is None:
            self._bar.update(self._task, advance=steps)
        else:
            self._bar.update(self._task, advance=steps, description=_escape(label))

    def cancelled(self) -> bool:
        return False  # Ctrl-C raises KeyboardInterrupt by itself


def _escape(label: str) -> str:
    from rich.markup import escape

    return escape(plain(label)).replace("\n", " ")
