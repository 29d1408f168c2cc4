"""Writing one document to the bank's tables, and reading it back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable
from typing import Any

from answers_bank import json_values
from answers_bank.documents import Document, OfficeHolder, Role
from answers_bank.dutch import words as word_index
from answers_bank.store.proof import crc32, document_crc
from answers_bank.store.stored import units

_COLUMNS = (
    "id, sha256, source, kind, title, date, submitted, received, case_number, document_number, aanhangsel, "
    "session_year, dossier, dossier_number, url, content, content_hash, generation, crc"
)


def packed(document: Document) -> tuple[bytes, bytes]:
    """The whole document as compressed JSON, and the hash by which a change is seen."""
    text = json.dumps(json_values.encode(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    data = text.encode("utf-8", "surrogatepass")
    return zlib.compress(data, 6), hashlib.blake2b(data, digest_size=16).digest()


def unpacked(content: bytes, hash_: bytes) -> Document:
    """The document that `packed` wrote.

    Raises:
        ValueError: the content is damaged, or not what its hash says.
    """
    try:
        data = zlib.decompress(content)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if hashlib.blake2b(data, digest_size=16).digest() != hash_:
        raise ValueError("another content than was written")
    return json_values.decode(Document, json.loads(data.decode("utf-8", "surrogatepass")))


def unpacked_at_most(content: bytes, hash_: bytes, most: int) -> Document:
    """The document that `packed` wrote elsewhere, with that hash, its JSON of `most` bytes at most.

    Raises:
        ValueError: the content is damaged, too large, no document, or its hash is another one.
    """
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(content, most + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(data) > most or not reader.eof:
        raise ValueError("too large, or cut off")
    if hashlib.blake2b(data, digest_size=16).digest() != hash_:
        raise ValueError("the hash is another one")
    try:
        return json_values.decode(Document, json.loads(data.decode("utf-8", "surrogatepass")))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def insert(connection: sqlite3.Connection, document: Document, content: bytes, hash_: bytes, generation: int) -> int:
    """Write all rows of a document that is not in the bank, and return its key.

    Args:
        connection: in a transaction.
        document: as it is known, what people corrected included.
        content: the document as it was read, see `packed`.
        hash_: of `content`.
        generation: of the bank.
    """
    iso = [day.isoformat() if day else None for day in (document.date, document.submitted, document.received)]
    values = (
        document.id, document.sha256, document.source, document.kind.value, document.title, *iso,
        document.case_number, document.document_number, document.aanhangsel, document.session_year,
        dossier_key(document.dossier), document.dossier_number, document.url, content, hash_, generation,
    )  # fmt: skip
    known = (document.id, document.kind.value, document.title, document.source, *iso, *values[8:15], document.sha256)
    own = sorted(people(0, document), key=lambda row: (str(row[1]), int(str(row[2]))))
    crc = document_crc(known, [(row[1], *row[3:]) for row in own])
    key = _insert(connection, "document", _COLUMNS, (*values, crc))
    connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", people(key, document))
    connection.executemany(
        "INSERT INTO see_also VALUES (?, ?, ?, ?)",
        [(key, i, see.session_year, see.number) for i, see in enumerate(document.see_also)],
    )
    connection.executemany(
        "INSERT INTO footnote VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(key, i, n.system, n.mark, n.text, n.start, n.end) for i, n in enumerate(document.footnotes)],
    )
    _insert_units(connection, key, document)
    return key


def delete(connection: sqlite3.Connection, key: int, generation: int) -> frozenset[int]:
    """Take out a document with all that hangs on it, and log it for the caches.

    Returns:
        The texts that it had encoded, for `drop_unused`: what comes in its place may have the same.
    """
    for passage, text in connection.execute("SELECT key, text FROM passage WHERE document = ?", (key,)).fetchall():
        # A table without content needs the words themselves to take them out.
        connection.execute(
            "INSERT INTO words (words, rowid, stems) VALUES ('delete', ?, ?)",
            (passage, " ".join(word_index.terms(text))),
        )
    span = "SELECT min(key), max(key) FROM {} WHERE document = ?"
    passages = connection.execute(span.format("passage"), (key,)).fetchone()
    pieces = connection.execute(span.format("piece"), (key,)).fetchone()
    texts = [row[0] for row in connection.execute("SELECT encoded_text FROM piece WHERE document = ?", (key,))]
    connection.execute("DELETE FROM document WHERE key = ?", (key,))
    connection.execute("INSERT INTO removal VALUES (?, ?, ?, ?, ?)", (generation, *passages, *pieces))
    return frozenset(texts)


def drop_unused(connection: sqlite3.Connection, texts: Iterable[int]) -> None:
    """Drop those of these encoded texts that no document has any more."""
    connection.executemany(
        "DELETE FROM encoded_text WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM piece WHERE encoded_text = ?1)",
        [(text,) for text in texts],
    )


def index_words(connection: sqlite3.Connection, passages: Iterable[tuple[int, str]]) -> None:
    """Add (key, text) of passages to the word index."""
    connection.executemany(
        "INSERT INTO words (rowid, stems) VALUES (?, ?)",
        ((key, " ".join(word_index.terms(text))) for key, text in passages),
    )


def _insert(connection: sqlite3.Connection, table: str, columns: str, values: tuple[object, ...]) -> int:
    marks = ", ".join("?" * len(values))
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own
    key = connection.execute(sql, values).lastrowid
    assert key is not None
    return key


def _insert_units(connection: sqlite3.Connection, document_key: int, document: Document) -> None:
    rows: list[tuple[Any, ...]] = []
    for position, unit in enumerate(units(document)):
        value = unit.heading if unit.role is Role.SECTION else json.dumps(unit.numbers, separators=(",", ":"))
        column = "heading" if unit.role is Role.SECTION else "numbers"
        key = _insert(connection, unit.role.value, f"document, position, {column}", (document_key, position, value))
        owner = tuple(key if unit.role is role else None for role in (Role.QUESTION, Role.ANSWER, Role.SECTION))
        marks = tuple(value if unit.role is role else None for role in (Role.QUESTION, Role.ANSWER, Role.SECTION))
        rows += [
            (p.position, *owner, p.text, p.start, p.end, crc32(p.position, p.text, p.start, p.end, *marks))
            for p in unit.passages
        ]
    keys = []
    for row in sorted(rows, key=lambda r: r[0]):  # keys rise with the order of the text
        columns = 'document, position, question, answer, section, text, start, "end", crc'
        keys.append((_insert(connection, "passage", columns, (document_key, *row)), str(row[4])))
    index_words(connection, keys)


def people(key: int, document: Document) -> list[tuple[object, ...]]:
    """Rows of everyone named in the heading of a document: (its key, role, place, name, party, portfolio, office)."""
    rows: list[tuple[object, ...]] = [
        (key, "asker", i, asker.name, asker.party, None, None) for i, asker in enumerate(document.askers)
    ]
    groups: dict[str, tuple[OfficeHolder, ...]] = {
        "addressee": document.addressees,
        "minister": document.ministers,
        "on_behalf_of": document.on_behalf_of,
    }
    for role, holders in groups.items():
        rows += [(key, role, i, h.name, None, h.portfolio, h.office) for i, h in enumerate(holders)]
    return rows


def dossier_key(dossier: str | None) -> str | None:
    """A dossier number as it is looked up, without spaces: "29 754" is "29754", "36410 XIII" is "36410XIII"."""
    return "".join(dossier.split()).upper() if dossier else None
