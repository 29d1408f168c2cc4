"""Documents, both ways: what the server has that this bank has not, and what waits here.

A document of the server is not trusted: it is taken over when it is whole, of a size that a document has, and holds
together; else it is put down with the reason, and everything behind it is taken over all the same.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from answers_bank.documents import Document
from answers_bank.sharing import schema
from answers_bank.sharing.errors import SharingError
from answers_bank.sharing.server import Server, program_version
from answers_bank.store.bank import Bank
from answers_bank.store.following.shared import ChangedDocument, Following, KnownDocument, checked_content
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

_PAGE = 200
"""Documents looked at in one round; what is taken over is kept after each."""
_BYTES = 4_000_000
"""Of contents in one message, about."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of a compressed document; the server holds to the same bound."""
_LARGEST_JSON = 128 * 1024 * 1024
_READER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,300}")

MANY_REMOVALS = 25
"""Above so many removals that are also a tenth of the bank, the user is asked: perhaps this is an old copy of it."""


@dataclass(slots=True)
class Exchanged:
    """What went over the line."""

    received: int = 0
    removed_here: int = 0
    sent: int = 0
    removed_there: int = 0
    older: int = 0
    """Of ours, where the server's reading is newer: it was taken over, ours is kept on the server."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """(id, reason) of documents of the server that could not be taken over."""


class _Row(NamedTuple):
    """What the server says of a document, without its content."""

    id: str
    generation: int
    content_hash: bytes
    removed: bool
    size: int


_CHANGED = (
    "SELECT v.id, v.generation, v.content_hash, v.content IS NULL, coalesce(octet_length(v.content), 0) "
    "FROM document d JOIN document_version v USING (generation) WHERE d.generation > %s ORDER BY d.generation LIMIT %s"
)
_CONTENTS = "SELECT generation, content FROM document_version WHERE generation = ANY(%s::bigint[])"
_HELD = (
    "SELECT v.id, v.generation, v.content_hash, v.content IS NULL, coalesce(octet_length(v.content), 0) "
    "FROM document d JOIN document_version v USING (generation) WHERE d.id = ANY(%s::text[])"
)
_PUT = (
    "SELECT document_id, outcome, held FROM put_documents"
    "(%s::text[], %b::bytea[], %b::bytea[], %s::text[], %s::bigint[], %s)"
)


def receive(bank: Bank, server: Server, report: Exchanged, progress: Progress = SILENT) -> None:
    """Take over what changed on the server since the last time; each page is kept when it is done.

    Raises:
        Unreachable: the server went away; what was taken over is kept.
        Cancelled: `progress` asked to stop; likewise.
    """
    while True:
        if progress.cancelled():
            raise Cancelled
        following = bank.shared.following()
        assert following is not None, "only a bank that follows one receives"
        rows = [_Row(*row) for row in server.rows(_CHANGED, [following.generation, _PAGE])]
        if not rows:
            return
        _take_over(bank, server, rows, report, advance=True)
        progress.advance(len(rows))
        if len(rows) < _PAGE:  # what came meanwhile is told of, and taken over the next time
            return


def waiting_there(bank: Bank, server: Server) -> int:
    """How many changes of the server are not here yet."""
    following = bank.shared.following()
    row = server.row("SELECT count(*) FROM document WHERE generation > %s", [following.generation if following else 0])
    return int(row[0]) if row else 0


def _take_over(bank: Bank, server: Server, rows: Sequence[_Row], report: Exchanged, *, advance: bool) -> None:
    here = bank.shared.local_hashes([row.id for row in rows])
    known = bank.shared.known([row.id for row in rows])
    wanted = [row for row in rows if _step(row, here.get(row.id), known.get(row.id)) == "put"]
    *first, last_group = _by_size(wanted) or [[]]
    for group in first:
        contents = _contents(server, group)
        with bank.shared.writing():
            for row in group:
                _put(bank, row, contents.get(row.generation), report)
    contents = _contents(server, last_group)
    # With the rest in one transaction: of a single document, which is what mostly comes, the disk is waited for once.
    with bank.shared.writing():
        for row in last_group:
            _put(bank, row, contents.get(row.generation), report)
        for row in rows:
            local, last = here.get(row.id), known.get(row.id)
            step = _step(row, local, last)
            if step == "agree":
                bank.shared.agree(row.id, row.generation, row.content_hash, local, removed=row.removed)
            elif step == "remove" and bank.shared.local_hashes([row.id]).get(row.id) == local:
                bank.shared.remove(row.id, row.generation, row.content_hash)
                report.removed_here += local is not None
        if advance:
            bank.shared.advance(rows[-1].generation, _mark(rows[-1].id, rows[-1].content_hash))


def _step(row: _Row, local: bytes | None, known: KnownDocument | None) -> str:
    """What to do with a document that the server changed: put, remove, agree, or leave for sending to decide."""
    if known is not None and known.generation == row.generation:
        return "leave"  # our own, or seen before
    if row.removed:
        if local is None:
            return "agree"
        return "remove" if known is not None and known.local_hash == local else "leave"
    if local == row.content_hash:
        return "agree"
    changed_here = local is not None and (known is None or known.local_hash != local)
    return "leave" if changed_here else "put"


def _by_size(rows: Sequence[_Row]) -> list[list[_Row]]:
    groups: list[list[_Row]] = []
    size = 0
    for row in rows:
        if not groups or size + row.size > _BYTES:
            groups.append([])
            size = 0
        groups[-1].append(row)
        size += min(row.size, _LARGEST)
    return groups


def _contents(server: Server, rows: Sequence[_Row]) -> dict[int, bytes]:
    asked = [row.generation for row in rows if row.size <= _LARGEST]
    return dict(server.rows(_CONTENTS, [asked])) if asked else {}


def _put(bank: Bank, row: _Row, content: bytes | None, report: Exchanged) -> None:
    try:
        if content is None:
            raise ValueError("too large")
        document = checked_content(content, row.content_hash, row.id, _LARGEST_JSON)
        check_whole(document)
        bank.shared.put(document, row.generation, row.content_hash)
    except ValueError as error:
        report.refused.append((row.id, str(error)))
        bank.shared.refuse(row.id, row.generation, str(error))
        return
    report.received += 1


def check_whole(document: Document) -> None:
    """Whether the parts of a document hold together, so that nothing that reads it later can trip.

    Raises:
        ValueError: they do not.
    """
    if not _PLAIN.fullmatch(document.id):
        raise ValueError("the id holds characters that steer a terminal")
    length = len(document.text)
    places = [(p.start, p.end) for p in document.places()] + [(n.start, n.end) for n in document.footnotes]
    if any(not 0 <= start <= end <= length for start, end in places):
        raise ValueError("a place outside the text")
    for place in document.places():
        end = 0
        for at, source, size in place.runs:
            if at < end or size < 0 or at + size > len(place.text) or not 0 <= source <= length - size:
                raise ValueError("an alignment outside the text")
            end = at + size
        if any(not 0 <= note.position <= len(place.text) for note in place.notes):
            raise ValueError("a note outside its passage")
    for question in document.questions:
        if any(not 0 <= part.start <= part.end <= len(question.text) for part in question.sub_questions):
            raise ValueError("a part outside its question")
    numbers = [n for question in document.questions for n in question.numbers]
    numbers += [n for answer in document.answers for n in answer.numbers]
    if any(not -(2**31) < n < 2**31 for n in [*numbers, document.aanhangsel or 0]):
        raise ValueError("a number that no document has")


# --- sending ----------------------------------------------------------------------------------------------------------


def send(
    bank: Bank,
    server: Server,
    report: Exchanged,
    progress: Progress = SILENT,
    *,
    many_removals: bool = False,
    sent: Callable[[Sequence[str]], None] = lambda _: None,
) -> None:
    """Send what waits. `sent` is told the ids of each group that the server has from then on.

    Raises:
        SharingError: so many documents are gone here that the user must say so (`many_removals`), or no right to send.
        Unreachable: the server went away; what was sent is not sent again.
        Cancelled: `progress` asked to stop; likewise.
    """
    removed = bank.shared.removed()
    documents = int(bank.sql("SELECT count(*) FROM document").fetchone()[0])
    if len(removed) > max(MANY_REMOVALS, documents // 10) and not many_removals:
        raise SharingError(
            f"Er zijn hier {len(removed)} stukken weg die op de gedeelde bank staan. Er is niets verwijderd.",
            "Is dit een oude kopie van de bank, haal ze dan terug met: kamerantwoord share leave, en daarna "
            "kamerantwoord share join ADRES. Moeten ze echt weg, geef dan: kamerantwoord sync --allow-removals",
        )
    last = ""
    while group := bank.shared.changed(last, _BYTES):
        if progress.cancelled():
            raise Cancelled
        _send_group(bank, server, group, report)
        sent([document.id for document in group])
        last = group[-1].id
        progress.advance(len(group))
    for start in range(0, len(removed), 500):
        _send_removals(bank, server, removed[start : start + 500], report)


def send_again(bank: Bank, server: Server, identifiers: Sequence[str], report: Exchanged) -> None:
    """Share documents again that were removed on the server and still stand here."""
    for identifier in identifiers:
        row = bank.sql("SELECT content_hash, content FROM document WHERE id = ?", (identifier,)).fetchone()
        if row is not None:
            document = ChangedDocument(identifier, row[0], row[1], "", 0)
            _send_group(bank, server, [document], report, again=True)


def _send_group(
    bank: Bank, server: Server, group: Sequence[ChangedDocument], report: Exchanged, *, again: bool = False
) -> None:
    values = [
        [d.id for d in group],
        [d.content_hash for d in group],
        [d.content for d in group],
        [_reader(d.reader) for d in group],
        [d.base for d in group],
        again,
    ]
    sent = {d.id: d.content_hash for d in group}
    outcomes = server.rows(_PUT, values)
    with bank.shared.writing():
        for identifier, outcome, held in outcomes:
            if outcome in ("added", "updated", "same", "gone"):
                hash_ = sent[identifier]
                bank.shared.agree(identifier, held, hash_, hash_, removed=outcome == "gone")
                report.sent += outcome in ("added", "updated")
    older = [identifier for identifier, outcome, _ in outcomes if outcome == "older"]
    if older:
        report.older += len(older)
        _take_the_servers(bank, server, older, sent, report)


def _send_removals(bank: Bank, server: Server, removed: Sequence[tuple[str, int, bytes]], report: Exchanged) -> None:
    nothing: list[bytes | None] = [None] * len(removed)
    values = [[r[0] for r in removed], [r[2] for r in removed], nothing, [""] * len(removed), [r[1] for r in removed]]
    outcomes = server.rows(_PUT, [*values, False])
    hashes = {identifier: hash_ for identifier, _, hash_ in removed}
    with bank.shared.writing():
        for identifier, outcome, held in outcomes:
            if outcome in ("removed", "same"):
                bank.shared.agree(identifier, held or 0, hashes[identifier], None, removed=True)
                report.removed_there += outcome == "removed"
    kept = [identifier for identifier, outcome, _ in outcomes if outcome == "kept"]
    if kept:  # someone changed it meanwhile
        _take_the_servers(bank, server, kept, {}, report)


def _take_the_servers(
    bank: Bank, server: Server, identifiers: Sequence[str], sent: dict[str, bytes], report: Exchanged
) -> None:
    """Put what the server holds in the place of what is here, which the server has kept."""
    rows = [_Row(*row) for row in server.rows(_HELD, [list(identifiers)])]
    for group in _by_size([row for row in rows if not row.removed]):
        contents = _contents(server, group)
        with bank.shared.writing():
            here = bank.shared.local_hashes([row.id for row in group])
            for row in group:
                if here.get(row.id) == sent.get(row.id):  # else changed again meanwhile: that is sent next
                    _put(bank, row, contents.get(row.generation), report)


def _reader(text: str) -> str:
    return text if _READER.fullmatch(text) else ""


# --- beginning and staying together -----------------------------------------------------------------------------------


def join(bank: Bank, server: Server) -> None:
    """Let the bank follow the shared bank on `server`; nothing is exchanged yet.

    Raises:
        SharingError: it follows another one, or the server cannot be used.
    """
    schema.check(server)
    identifier = server.identifier()
    following = bank.shared.following()
    if following is not None and following.identifier != identifier:
        raise SharingError(
            "Deze bank volgt al een andere gedeelde bank.", "Stop daar eerst mee: kamerantwoord share leave"
        )
    if following is None:
        if bank.shared.left != identifier:  # on the one that was left the dossiers still are the same
            bank.shared_dossiers.clear()
        bank.shared.follow(Following(server.address.text, identifier))
    elif following.address != server.address.text:
        bank.shared.readdress(server.address.text)


def check_same(bank: Bank, server: Server) -> bool:
    """Whether the server still is where this bank left it; False where it was put back and all is compared again.

    Raises:
        SharingError: another shared bank stands there.
    """
    schema.check(server)
    following = bank.shared.following()
    if following is None:
        raise SharingError("Deze bank volgt geen gedeelde bank.", "Begin met: kamerantwoord share join ADRES")
    if server.identifier() != following.identifier:
        raise SharingError(
            "Op dit adres staat een andere gedeelde bank dan eerst. Er is niets uitgewisseld.",
            "Vraag uw beheerder. Klopt het, geef dan: kamerantwoord share leave, en daarna "
            "kamerantwoord share join ADRES",
        )
    if not following.generation:
        return True
    row = server.row("SELECT id, content_hash FROM document_version WHERE generation = %s", [following.generation])
    if row is not None and _mark(*row) == following.mark:
        return True
    bank.shared.follow(replace(following, generation=0, mark=""))
    return False


def tell_seen(bank: Bank, server: Server) -> None:
    """Tell the server how far this bank is."""
    following = bank.shared.following()
    generation = following.generation if following else 0
    server.run("SELECT seen(%s, %s, %s)", [bank.identifier[:64], program_version()[:64], generation])


def tell_left(bank: Bank, server: Server) -> None:
    """Tell the server that this bank does not follow it any more."""
    server.run("SELECT left_bank(%s)", [bank.identifier[:64]])


def behind(server: Server) -> list[tuple[str, str, int, datetime.datetime]]:
    """(name, version of the program, changes not taken over yet, last seen) of who takes part, the last seen first."""
    return server.rows(
        "SELECT name, program, (SELECT count(*) FROM document d WHERE d.generation > m.generation), seen FROM member m "
        "ORDER BY seen DESC LIMIT 1000"
    )


def _mark(identifier: str, content_hash: bytes) -> str:
    return f"{identifier} {content_hash.hex()}"
