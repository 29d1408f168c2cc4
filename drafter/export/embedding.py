"""The dossier inside the Word file, so that an edited file can be read back: a custom XML part and hidden bookmarks."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from drafter.dossier import Dossier
from drafter.dossier_format import FORMAT_VERSION, decode, encode
from drafter.export.word_package import WordPackage, parse

NAMESPACE = "urn:kamerantwoord:dossier"
BOOKMARK = "_ka_"
"""How the hidden bookmarks begin that say which paragraph is which block."""

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


def embed(package: WordPackage, dossier: Dossier, marks: Sequence[AnswerMark]) -> None:
    """Puts `dossier` with its bookmarks in `package`."""
    data = {
        "format": FORMAT_VERSION,
        "dossier": encode(dossier),
        "answers": [{"name": m.name, "numbers": list(m.numbers), "blocks": m.blocks} for m in marks],
    }
    root = etree.Element(f"{{{NAMESPACE}}}dossier", nsmap={"ka": NAMESPACE})
    # ASCII JSON holds no character that XML forbids.
    root.text = json.dumps(data, separators=(",", ":"), ensure_ascii=True)
    properties = etree.Element(f"{{{_DATA}}}datastoreItem", nsmap={"ds": _DATA})
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}:{dossier.id}")).upper()
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


def extract(package: WordPackage) -> tuple[Dossier, tuple[AnswerMark, ...]] | None:
    """The dossier that travelled in the file, wherever the word processor put it; None when there is none."""
    for name, data in sorted(package.parts.items()):
        if not name.startswith("customXml/") or NAMESPACE.encode() not in data or b"datastoreItem" in data:
            continue
        root = parse(data)
        if root.tag != f"{{{NAMESPACE}}}dossier":
            continue
        held = json.loads(root.text or "{}")
        marks = tuple(
            AnswerMark(item["name"], tuple(item["numbers"]), dict(item["blocks"])) for item in held["answers"]
        )
        return decode(Dossier, held["dossier"]), marks
    return None


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
