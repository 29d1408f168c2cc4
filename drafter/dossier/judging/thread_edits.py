"""Changes to the remarks on a paragraph; see `drafter.dossier.edits` for what holds of all changes."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

from drafter.dossier.edits import change_block
from drafter.dossier.judging.threads import Thread, ThreadEntry, free_id, remark_of
from drafter.dossier.value import Block, Dossier
from embeddings.errors import UsageError


def with_threads(block: Block, threads: tuple[Thread, ...]) -> Block:
    """`block` with these remarks; one with an open remark that it did not have before is not accepted any more."""
    remark = remark_of(threads)
    if remark and remark != block.remark:
        block = dataclasses.replace(block, accepted_by="", accepted_at=None)
    return dataclasses.replace(block, threads=threads, remark=remark)


def set_threads(dossier: Dossier, block_id: str, threads: tuple[Thread, ...]) -> Dossier:
    """Put remarks in the place of those of a block."""
    return change_block(dossier, block_id, lambda block: with_threads(block, threads))


def add_thread(dossier: Dossier, block_id: str, author: str, text: str, at: datetime.datetime | None = None) -> Dossier:
    """A new remark on a block."""

    def change(block: Block) -> Block:
        held = block.discussion
        return with_threads(block, (*held, Thread(free_id(held, author, text, at), author, text, at)))

    return change_block(dossier, block_id, change)


def reply(
    dossier: Dossier, block_id: str, thread_id: str, author: str, text: str, at: datetime.datetime | None = None
) -> Dossier:
    """An answer to a remark, which is open again by it.

    Raises:
        UsageError: there is no such remark.
    """
    said = ThreadEntry(author, text, at)
    return _change_thread(
        dossier, block_id, thread_id, lambda t: dataclasses.replace(t, replies=(*t.replies, said), done=False)
    )


def set_thread_done(dossier: Dossier, block_id: str, thread_id: str, done: bool) -> Dossier:
    """Call a remark done, or open again.

    Raises:
        UsageError: there is no such remark.
    """
    return _change_thread(dossier, block_id, thread_id, lambda thread: dataclasses.replace(thread, done=done))


def remove_thread(dossier: Dossier, block_id: str, thread_id: str) -> Dossier:
    """Take a remark away with its replies.

    Raises:
        UsageError: there is no such remark.
    """
    return _change_thread(dossier, block_id, thread_id, lambda thread: None)


def _change_thread(
    dossier: Dossier, block_id: str, thread_id: str, change: Callable[[Thread], Thread | None]
) -> Dossier:
    def changed(block: Block) -> Block:
        held = block.discussion
        if all(thread.id != thread_id for thread in held):
            raise UsageError("Deze opmerking staat niet meer bij de alinea.")
        new = (change(thread) if thread.id == thread_id else thread for thread in held)
        return with_threads(block, tuple(thread for thread in new if thread is not None))

    return change_block(dossier, block_id, changed)
