"""Proof that rows are as they were written, and that a generation belongs to this very bank.

SQLite sees damage to its own structure, not to what stands in it. A row carries a checksum (CRC-32: against damage, not
against people who mean harm); each change of the bank is a link in a chain of hashes.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence

EMPTY_MARK = b""
"""Before the first change."""


def crc32(*values: object) -> int:
    """Checksum of the values of a row; as the SQL function `crc32` in migrations."""
    if len(values) == 1 and isinstance(values[0], bytes):
        return zlib.crc32(values[0])
    text = "\x1f".join("" if value is None else str(value) for value in values)
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def document_crc(columns: Sequence[object], people: Iterable[Sequence[object]]) -> int:
    """Of a document: its columns from `id` to `sha256`, and (role, name, party, portfolio, office) of its people."""
    proofs = "/".join(str(crc32(*person)) for person in people)
    return crc32(*columns, proofs or None)


def chained(before: bytes, salt: bytes, change: str) -> bytes:
    """The mark of a change that follows the one marked `before`."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (before, salt, change.encode("utf-8", "surrogatepass")):
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.digest()


def all_documents(hashes: Mapping[str, str]) -> str:
    """One hash of a set of documents, given as id to content hash (hexadecimal)."""
    text = json.dumps(sorted(hashes.items()))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def added(identifier: str, hash_: bytes, before: bytes | None = None) -> str:
    """The change of a document that came, in the place of one with the content hash `before` if there was one."""
    return json.dumps(["+", identifier, hash_.hex(), before.hex() if before is not None else None])


def removed(identifier: str, hash_: bytes) -> str:
    """The change of a document that went."""
    return json.dumps(["-", identifier, hash_.hex()])


def said(about: str, subject: str, field: str, value: str | None) -> str:
    """The change of what a person said of a document or standard passage; None where it was taken back."""
    return json.dumps(["s", about, subject, field, value])


def began(hashes: Mapping[str, str]) -> str:
    """The first link: what the bank held then."""
    return json.dumps(["0", all_documents(hashes)])


VECTORS = json.dumps(["v"])
"""The change of vectors that came or went."""


def faults(
    links: Sequence[tuple[int, str, bytes, bytes]],
    hashes: Mapping[str, str],
    sayings: Mapping[tuple[str, str, str], str | None],
) -> list[str]:
    """What is wrong with a history, given the documents and what people said of them now.

    Args:
        links: (generation, change, salt, mark), ascending.
        hashes: of each document (id) its content hash, recomputed.
        sayings: (about, subject, field) to value.
    """
    found = []
    before = EMPTY_MARK
    for generation, change, salt, mark in links:
        if chained(before, salt, change) != mark:
            found.append(f"wijziging {generation} sluit niet aan op die ervoor")
            break
        before = mark
    held = dict(hashes)
    unexplained = dict(sayings)
    looked_at: set[tuple[str, str, str]] = set()
    for generation, change, _, _ in reversed(links):
        try:
            kind, *rest = json.loads(change)
            if kind == "+":
                identifier, after, earlier = rest
                if held.pop(identifier, None) != after:
                    found.append(f"stuk {identifier} is niet meer zoals het bij wijziging {generation} is opgenomen")
                if earlier is not None:
                    held[identifier] = earlier
            elif kind == "-":
                held[rest[0]] = rest[1]
            elif kind == "s":
                about, subject, field, value = rest
                if (about, subject, field) not in looked_at:  # the latest holds
                    looked_at.add((about, subject, field))
                    if unexplained.pop((about, subject, field), ...) != value:
                        found.append(f"wat bij wijziging {generation} over {subject} is gezegd, staat er niet meer zo")
            elif kind == "0" and rest[0] != all_documents(held):
                found.append("de bank houdt andere stukken dan er zijn opgenomen")
        except (ValueError, TypeError, IndexError):
            found.append(f"wijziging {generation} is niet te lezen")
        if len(found) >= 20:
            break
    if unexplained and not found:
        found.append(f"wat over {next(iter(unexplained))[1]} is gezegd, is niet door het programma geschreven")
    return found
