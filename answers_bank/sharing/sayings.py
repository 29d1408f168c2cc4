"""What people say of documents and standard passages, both ways; the later saying holds, and no saying is ever lost.

A row of the server is not trusted: one that is no saying is put down with the reason, and the rest is taken over.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from answers_bank.sharing.server import Server
from answers_bank.store.annotations.annotations import About, Annotation
from answers_bank.store.bank import Bank
from answers_bank.store.following.sayings import SayingsKnown

_AT_ONCE = 500
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]*")
_FIELD = re.compile(r"[a-z_-]{1,60}")
_LONGEST = {"subject": 300, "value": 4000, "by": 200}
_LAST_YEAR = 2999

_NEW = (
    "SELECT generation, about, subject, field, value, said_by, said_at FROM saying WHERE generation > %s "
    "ORDER BY generation LIMIT %s"
)


def receive_sayings(bank: Bank, server: Server, refused: list[tuple[str, str]]) -> int:
    """Take over what was said elsewhere since the last time; how many hold here from now on.

    Raises:
        Unreachable: the server went away; what was taken over is kept.
    """
    _check_same(bank, server)
    count = 0
    while rows := server.rows(_NEW, [bank.shared_sayings.known().received, _AT_ONCE]):
        sayings = []
        for generation, *values in rows:
            try:
                sayings.append(_checked(*values))
            except ValueError as error:
                refused.append((f"opmerking {generation}", str(error)))
        count += bank.shared_sayings.take_over(sayings, rows[-1][0], _mark(rows[-1]))
    return count


def send_sayings(bank: Bank, server: Server) -> int:
    """Send what was said here; how many the server did not have.

    Raises:
        Unreachable: the server went away; what was sent is not sent again.
    """
    _check_same(bank, server)
    count = 0
    while waiting := bank.shared_sayings.unsent()[:_AT_ONCE]:
        # What is too long for the server stays here: nothing of ours is that long.
        good = [one for _, one in waiting if _fits(one)]
        columns = [
            [one.about.value for one in good],
            [one.subject for one in good],
            [one.field for one in good],
            [one.value for one in good],
            [one.by for one in good],
            [one.moment for one in good],
        ]
        sql = "SELECT put_sayings(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])"
        row = server.row(sql, columns) if good else None
        count += int(row[0]) if row else 0
        with bank.transaction():
            bank.shared_sayings.know(replace(bank.shared_sayings.known(), sent=waiting[-1][0]))
    return count


def _check_same(bank: Bank, server: Server) -> None:
    """Begin anew where the server was put back from a backup."""
    known = bank.shared_sayings.known()
    if known.received:
        sql = "SELECT generation, about, subject, field, value, said_by, said_at FROM saying WHERE generation = %s"
        row = server.row(sql, [known.received])
        if row is None or _mark(row) != known.mark:
            bank.shared_sayings.know(SayingsKnown(bank=known.bank))


def _mark(row: tuple[object, ...]) -> str:
    return " ".join(str(value) for value in row[1:4]) + f" {row[6]}"


def _checked(about: str, subject: str, field: str, value: str | None, by: str, at: str) -> Annotation:
    try:
        kind, moment = About(about), datetime.datetime.fromisoformat(at)
    except (ValueError, TypeError):
        raise ValueError("no saying") from None
    saying = Annotation(kind, subject, field, value, by, moment)
    if moment.tzinfo is None or moment.year > _LAST_YEAR or not _fits(saying):
        raise ValueError("no saying")
    return saying


def _fits(one: Annotation) -> bool:
    texts = {"subject": one.subject, "value": one.value or "", "by": one.by}
    return (
        bool(one.subject)
        and _FIELD.fullmatch(one.field) is not None
        and all(len(text) <= _LONGEST[name] and _PLAIN.fullmatch(text) is not None for name, text in texts.items())
    )
