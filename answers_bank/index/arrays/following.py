"""How a cache of arrays follows the bank: whose it is, one process at a time, and on when the disk refuses."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from answers_bank.index.arrays.segments import CacheState, SegmentCache
from embeddings.errors import Cancelled, why
from embeddings.notices import tell
from embeddings.progress import Progress

if TYPE_CHECKING:
    from answers_bank.store.bank import Bank

_LOOK = 0.25
"""Seconds between two looks whether the user wants to stop, while another process is at work."""


def own(state: CacheState, bank: Bank) -> CacheState:
    """The state of a cache where it follows this very bank; else an empty one.

    It follows another where a backup was put back, or where a copy of the bank went its own way.
    """
    return state if state.generation >= 0 and bank.followed(state.generation, state.mark) else CacheState()


@contextlib.contextmanager
def alone(folder: Path | None, progress: Progress) -> Iterator[None]:
    """Hold off other processes that would bring the same cache up to date; they find the work done afterwards.

    Raises:
        OSError: the folder cannot be written to.
        Cancelled: the user does not want to wait any longer.
    """
    if folder is None:
        yield
        return
    from filelock import FileLock, Timeout

    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.with_name(f"{folder.name}.lock"), timeout=_LOOK)
    while True:
        try:
            lock.acquire()
            break
        except Timeout:
            if progress.cancelled():
                raise Cancelled from None
    try:
        yield
    finally:
        lock.release()


def kept(
    cache: SegmentCache,
    bank: Bank,
    progress: Progress,
    what: str,
    build: Callable[[SegmentCache, CacheState], CacheState],
    done: Callable[[CacheState], bool],
) -> tuple[SegmentCache, CacheState]:
    """The cache and its state, brought up to date by one process at a time.

    Where the disk refuses, it is made in memory for this once. Damage is told in a line, and mended from the bank.

    Args:
        cache: where it is kept.
        bank: that it follows.
        progress: can ask to stop.
        what: its name in Dutch, as it begins a sentence.
        build: makes the next state of the present one, and commits it.
        done: whether a state is up to date.
    """
    try:
        with alone(cache.folder, progress):
            state = own(cache.load(), bank)  # another process may have brought it up to date
            if done(state):
                return cache, state
            if cache.damaged:
                tell(f"{what} was beschadigd en wordt opnieuw gemaakt uit de bank.")
            return cache, build(cache, state)
    except OSError as error:
        if cache.folder is None:
            raise
        tell(f"{what} kan niet worden bewaard ({why(error)}) en wordt nu in het geheugen gemaakt.")
        memory = SegmentCache(None, cache.version)
        return memory, build(memory, CacheState())
