"""Comments of an edited Word file as the threads of a paragraph: what was said, answered, called done or taken away."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Sequence

from drafter.dossier.judging.threads import Thread, ThreadEntry, free_id
from drafter.dossier.value import Block
from drafter.export.word.accepted import WordComment
from drafter.export.wording import printable

REVIEWER = "beoordelaar"
"""Author of remarks when nobody is named."""


def threads_in_word(
    comments: Sequence[WordComment], exported: Sequence[Block], is_own: Callable[[WordComment], bool]
) -> tuple[Thread, ...]:
    """The threads that a paragraph of a file has.

    Args:
        comments: of the paragraph, as the file has them now.
        exported: the blocks that it was, with the remarks that were written to the file.
        is_own: whether a comment is one that the program wrote, such as a signal; answers to it are remarks.
    """
    left = list(comments)
    found: list[Thread] = []
    written = [one for block in exported for one in _written(block)]
    heads = [_taken(left, head) for _, head, _ in written]
    # Of what is left, words that were changed in Word: the same author at the same moment.
    heads = [there or _taken(left, head, by_date=True) for there, (_, head, _) in zip(heads, written, strict=True)]
    for (thread, head, replies), comment in zip(written, heads, strict=True):
        if comment is None:
            continue  # taken away in Word
        # A word processor that knows no threads has the answers as comments of their own.
        answers = [*comment.replies, *(loose for reply in replies if (loose := _taken(left, reply)))]
        kept = [said for said, shown in zip(thread.replies, replies, strict=True) if _taken(answers, shown) is not None]
        found.append(
            dataclasses.replace(
                thread,
                text=thread.text if _said(comment) == head[:2] else comment.text,
                replies=(*kept, *map(_reply, answers)),
                done=thread.done if comment.done is None else comment.done,
            )
        )
    for comment in left:
        if not is_own(comment):
            found.append(_thread(comment, comment.replies, found))
        elif comment.replies:
            found.append(_thread(comment.replies[0], comment.replies[1:], found))
    return tuple(found)


def comment_text(text: str) -> str:
    """A text as it comes back from a comment."""
    return "\n".join(line.strip() for line in printable(text).split("\n")).strip()


Shown = tuple[str, str, str]
"""Author, text and date of a comment."""


def comment_date(at: datetime.datetime | None) -> str:
    """A moment as Word keeps it: the time of day where it was said, although it is marked as UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def _written(block: Block) -> Iterable[tuple[Thread, Shown, list[Shown]]]:
    """Each thread with its comment and the comments of its answers."""
    if not block.threads and block.remark:
        # By an older version, which wrote the remark as it is signed.
        (thread,) = block.discussion
        yield thread, (_name(block.accepted_by), comment_text(block.remark), ""), []
        return
    for thread in block.discussion:
        head, *replies = ((_name(e.author), comment_text(e.text), comment_date(e.at)) for e in thread.entries)
        yield thread, head, replies


def _taken(among: list[WordComment], shown: Shown, *, by_date: bool = False) -> WordComment | None:
    """The comment of `among` that is `shown`, taken out of it; by its date one whose words were changed."""
    author, text, date = shown
    alike = [c for c in among if _said(c)[0] == author and (date and c.date == date if by_date else c.text == text)]
    if not alike:
        return None
    best = next((comment for comment in alike if comment.date == date), alike[0])
    del among[next(at for at, comment in enumerate(among) if comment is best)]
    return best


def _said(comment: WordComment) -> tuple[str, str]:
    return _name(comment.author), comment.text


def _name(author: str) -> str:
    return " ".join(printable(author).split()) or REVIEWER


def _thread(head: WordComment, replies: Sequence[WordComment], others: Sequence[Thread]) -> Thread:
    said = _reply(head)
    name = free_id(others, said.author, said.text, said.at)
    return Thread(name, said.author, said.text, said.at, tuple(map(_reply, replies)), bool(head.done))


def _reply(comment: WordComment) -> ThreadEntry:
    author = _name(comment.author)
    return ThreadEntry("" if author == REVIEWER else author, comment.text, moment_of(comment.date))


def moment_of(date: str) -> datetime.datetime | None:
    """The moment of a comment or change as the file has it; None where it cannot be read."""
    try:
        return datetime.datetime.fromisoformat(date).replace(tzinfo=None).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
