"""A dossier as a step of a log: a header that names its parts by their hash, and the parts as compressed JSON."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from typing import Any

from answers_bank.documents import Document
from answers_bank.json_values import decode, encode
from drafter.dossier.merging import essence
from drafter.dossier.value import Dossier, DraftAnswer

_LARGEST = 64 * 1024 * 1024
"""Bytes of the JSON of one part."""


def packed(dossier: Dossier) -> tuple[str, dict[bytes, bytes]]:
    """The header of a dossier and its parts; without what the program found and noted in it."""
    parts: dict[bytes, bytes] = {}

    def put(value: object) -> str:
        text = json.dumps(encode(value), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        key = hashlib.sha256(text).digest()
        parts[key] = zlib.compress(text, 6)
        return key.hex()

    answers = [put(answer) for answer in essence(dossier.answers)]
    outline = encode(dataclasses.replace(dossier, answers=()))
    outline.pop("questions")
    header = {"dossier": outline, "questions": put(dossier.questions), "answers": answers}
    return json.dumps(header, ensure_ascii=False, sort_keys=True), parts


def hashes(header: str) -> tuple[list[bytes], bytes]:
    """The hashes of the answers that a header names, and that of the questions.

    Raises:
        ValueError: it is no header.
    """
    data = _json(header)
    try:
        return [bytes.fromhex(key) for key in data["answers"]], bytes.fromhex(data["questions"])
    except (KeyError, TypeError) as error:
        raise ValueError("no header of a dossier") from error


def unpacked(header: str, parts: dict[bytes, bytes], identifier: str) -> Dossier:
    """The dossier of a header, under the id that it has here.

    Raises:
        ValueError: a part is missing, damaged, too large or not what it says, or they do not go together.
    """
    data = _json(header)
    answers, questions = hashes(header)
    outline = data.get("dossier")
    if not isinstance(outline, dict):
        raise ValueError("no header of a dossier")
    # The questions are read apart: what stands in the outline in their place is never used.
    empty = {"id": "", "sha256": "", "source": "", "kind": "questions", "text": ""}
    dossier = decode(Dossier, outline | {"questions": empty, "answers": [], "id": identifier})
    document = decode(Document, part_of(parts, questions))
    given = tuple(decode(DraftAnswer, part_of(parts, key)) for key in answers)
    asked = sorted(number for question in document.questions for number in question.numbers)
    if sorted(number for answer in given for number in answer.numbers) != asked:
        raise ValueError("the answers are not those of the questions")
    names = [block.id for answer in given for block in answer.blocks]
    if len(set(names)) != len(names):
        raise ValueError("two paragraphs of one name")
    return dataclasses.replace(dossier, questions=document, answers=given)


def part_of(parts: dict[bytes, bytes], key: bytes) -> Any:
    """The JSON of a part.

    Raises:
        ValueError: it is missing, damaged, too large or not what it says.
    """
    content = parts.get(key)
    if content is None:
        raise ValueError("a part is missing")
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(content, _LARGEST + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(text) > _LARGEST or not reader.eof or hashlib.sha256(text).digest() != key:
        raise ValueError("a part is not what it says")
    return _json(text.decode("utf-8", "surrogatepass"))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
