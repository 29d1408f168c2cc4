"""Remarks on a paragraph as threads: who said what and when, who replied, and whether it is done.

A block also keeps the open threads as one plain text, `Block.remark`: what an older version of the program shows, and
what a dossier of such a version has of its remarks.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SIGNED = re.compile(r"(?P<text>.+) \((?P<author>[^()\n]{1,80})\)", re.DOTALL)
"""How a version without threads signed a remark."""


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """What somebody answered to a remark."""

    author: str
    """Empty where nobody is named."""

    text: str
    at: datetime.datetime | None = None
    """When, where that is known."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark on a paragraph, with what was answered."""

    id: str
    """Unique within its block; the same wherever the dossier goes."""

    author: str
    """Empty where nobody is named."""

    text: str
    at: datetime.datetime | None = None
    replies: tuple[ThreadEntry, ...] = ()
    """In the order in which they came."""

    done: bool = False
    """Whether nothing is left to do about it."""

    @property
    def entries(self) -> tuple[ThreadEntry, ...]:
        """The remark itself and then the replies."""
        return (ThreadEntry(self.author, self.text, self.at), *self.replies)


def threads_in(threads: Sequence[Thread], remark: str) -> tuple[Thread, ...]:
    """The threads of a block; of one that only has its `remark`, written by an older version, the thread it makes.

    Where an older version changed the remark of a block, that text is what holds.
    """
    if remark_of(threads) == remark:
        return tuple(threads)
    done = tuple(thread for thread in threads if thread.done)
    if not remark:
        return done
    signed = _SIGNED.fullmatch(remark)
    author, text = (signed["author"], signed["text"]) if signed else ("", remark)
    return (*done, Thread(free_id(done, author, text), author, text))


def remark_of(threads: Iterable[Thread]) -> str:
    """The open threads as one text: what was said, each with its author behind it, a line an entry."""
    return "\n".join(
        f"{entry.text} ({entry.author})" if entry.author else entry.text
        for thread in threads
        if not thread.done
        for entry in thread.entries
    )


def free_id(threads: Iterable[Thread], author: str, text: str, at: datetime.datetime | None = None) -> str:
    """An id for a new thread, made of what it says: two that are made at once are the same only where they say it."""
    import hashlib

    used = {thread.id for thread in threads}
    said = f"{author}\0{at or ''}\0{text}"
    names = (hashlib.blake2b(f"{n}\0{said}".encode(), digest_size=4).hexdigest() for n in range(len(used) + 1))
    return next(name for name in names if name not in used)


def joined_threads(first: Sequence[Thread], second: Sequence[Thread]) -> tuple[Thread, ...]:
    """The threads of two blocks that become one, each under an id of its own."""
    result = list(first)
    for thread in second:
        taken = any(other.id == thread.id for other in result)
        name = free_id(result, thread.author, thread.text, thread.at) if taken else thread.id
        result.append(dataclasses.replace(thread, id=name))
    return tuple(result)


def merged_threads(was: Sequence[Thread], mine: Sequence[Thread], theirs: Sequence[Thread]) -> tuple[Thread, ...]:
    """Two changed versions of one block's threads as one: all that was added, without what either took away.

    A thread is done where either called it done since, and open again where either opened it.
    """
    before = {thread.id: thread for thread in was}
    held = {thread.id: thread for thread in theirs}
    own = {thread.id: thread for thread in mine}
    result = []
    for name in dict.fromkeys((*held, *own)):
        old, one, other = before.get(name), own.get(name), held.get(name)
        if one is None or other is None:
            left = one or other
            # Taken away by one of them: it stays only where the other had something to add to it.
            if left is not None and (old is None or left.replies != old.replies):
                result.append(left)
            continue
        mine_alone = [r for r in one.replies if r not in other.replies and (old is None or r not in old.replies)]
        done = one.done if old is None or one.done != old.done else other.done
        result.append(
            dataclasses.replace(one if other == old else other, replies=(*other.replies, *mine_alone), done=done)
        )
    return tuple(result)
