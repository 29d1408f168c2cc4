"""The dossier inside the Word file, so that an edited file can be read back: a custom XML part and hidden bookmarks."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from lxml import etree

from answers_bank.json_values import decode, encode
from drafter.dossier.storage.database import FORMAT_VERSION
from drafter.dossier.value import Dossier
from drafter.export.word.package import WordPackage, parse
from embeddings.errors import InputError

NAMESPACE = "urn:kamerantwoord:dossier"
_DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PART = "customXml/kamerantwoord.xml"
_PROPERTIES = "customXml/kamerantwoordProps.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """The bookmarks of one answer."""

    name: str
    """On its heading."""

    numbers: tuple[int, ...]
    blocks: dict[str, str]
    """Bookmark -> block id, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What travels in the file."""

    dossier: Dossier
    """As it was exported."""

    answers: tuple[AnswerMark, ...]
    fixed: frozenset[str]
    """Bookmarks on what is no answer: cover, questions, annex."""

    tail: int
    """How many parts of the template's body follow the content."""

    author: str
    """Of the program's own comments."""

    remarks: bool = True
    """Whether the remarks of reviewers stand in it."""

    written: tuple[str, ...] | None = None
    """Checksums of the paragraphs that the program wrote (`accounting.sums_of`); None in a file of an older version."""

    @property
    def blocks(self) -> dict[str, str]:
        """Bookmark -> block id, of all answers."""
        return {name: block for mark in self.answers for name, block in mark.blocks.items()}


def embed(package: WordPackage, held: Embedded) -> None:
    """Puts `held` in `package`."""
    data = {
        "format": FORMAT_VERSION,
        "dossier": encode(held.dossier),
        "answers": [{"name": m.name, "numbers": list(m.numbers), "blocks": m.blocks} for m in held.answers],
        "fixed": sorted(held.fixed),
        "tail": held.tail,
        "author": held.author,
        "remarks": held.remarks,
        "written": list(held.written or ()),
    }
    root = etree.Element(f"{{{NAMESPACE}}}dossier", nsmap={"ka": NAMESPACE})
    # ASCII JSON holds no character that XML forbids.
    root.text = json.dumps(data, separators=(",", ":"), ensure_ascii=True)
    properties = etree.Element(f"{{{_DATA}}}datastoreItem", nsmap={"ds": _DATA})
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}:{held.dossier.id}")).upper()
    properties.set(f"{{{_DATA}}}itemID", f"{{{identifier}}}")
    references = etree.SubElement(properties, f"{{{_DATA}}}schemaRefs")
    etree.SubElement(references, f"{{{_DATA}}}schemaRef").set(f"{{{_DATA}}}uri", NAMESPACE)
    package.put("customXml", _PART, "application/xml", _bytes(root))
    package.put(
        f"{_OFFICE}/customXmlProps",
        _PROPERTIES,
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        _bytes(properties),
        of=_PART,
    )


def extract(package: WordPackage) -> Embedded | None:
    """What travelled in the file, wherever the word processor put it; None when there is nothing.

    Raises:
        InputError: it is damaged, or made by a newer version of the program.
    """
    for name, data in sorted(package.parts.items()):
        if not name.startswith("customXml/") or NAMESPACE.encode() not in data or b"datastoreItem" in data:
            continue
        try:
            root = parse(data)
            if root.tag == f"{{{NAMESPACE}}}dossier":
                return _decoded(json.loads(root.text or "{}"))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, etree.XMLSyntaxError) as error:
            raise InputError(
                "Het dossier in het Word-bestand is beschadigd.",
                "Schrijf het dossier opnieuw met: kamerantwoord export",
            ) from error
    return None


def _decoded(data: dict[str, Any]) -> Embedded:
    if data["format"] > FORMAT_VERSION:
        raise InputError("Het Word-bestand is gemaakt met een nieuwere versie.", "Werk kamerantwoord bij.")
    marks = tuple(AnswerMark(item["name"], tuple(item["numbers"]), dict(item["blocks"])) for item in data["answers"])
    return Embedded(
        decode(Dossier, data["dossier"]),
        marks,
        frozenset(data["fixed"]),
        int(data["tail"]),
        str(data["author"]),
        bool(data["remarks"]),
        tuple(map(str, data["written"])) if "written" in data else None,
    )


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
