"""What every Word export has around its text: the place in the template, settings, properties, notes and comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from drafter.export.word.notes import Comments, Footnotes
from drafter.export.word.ooxml import Element, qn, w
from drafter.export.word.package import WordPackage

PLACE = "{{antwoorden}}"
"""A paragraph of a template with only this text is where the content goes; without it the content replaces the body."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What goes into a package."""

    title: str
    author: str
    date: str
    """ISO date and time in UTC, of everything that carries a date."""

    body: Sequence[Element]
    footnotes: Footnotes
    comments: Comments

    def fill(self, package: WordPackage) -> int:
        """Puts the content in `package`; returns how many parts of the template's body follow it."""
        tail = _place(package, self.body)
        self.footnotes.store(package)
        self.comments.store(package)
        _settings(package)
        _properties(package, self.title, self.author, self.date)
        return tail


def _place(package: WordPackage, content: Sequence[Element]) -> int:
    root = package.xml(package.main)
    body = root.find(qn("body"))
    if body is None:
        body = etree.SubElement(root, qn("body"))
    holder = next((p for p in body.findall(qn("p")) if _text(p).strip() == PLACE), None)
    if holder is None:
        last = body[-1] if len(body) and body[-1].tag == qn("sectPr") else None
        for child in list(body):
            if child is not last:
                body.remove(child)
        at = 0
    else:
        at = body.index(holder)
        body.remove(holder)
    for offset, element in enumerate(content):
        body.insert(at + offset, element)
    package.set_xml(package.main, root)
    return sum(part.tag != qn("sectPr") for part in list(body)[at + len(content) :])


def _settings(package: WordPackage) -> None:
    """Names the footnote separators, as Word asks."""
    name = package.related("settings")
    if name is None:
        name = "word/settings.xml"
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
        package.put("settings", name, kind, etree.tostring(w("settings")))
    root = package.xml(name)
    for old in root.findall(qn("footnotePr")):
        root.remove(old)
    after = [i for i, child in enumerate(root) if etree.QName(child).localname in _AFTER_FOOTNOTES]
    root.insert(after[0] if after else len(root), w("footnotePr", w("footnote", id=-1), w("footnote", id=0)))
    package.set_xml(name, root)


def _properties(package: WordPackage, title: str, author: str, date: str) -> None:
    """The core properties: title, author, language, and the dates of the dossier instead of the clock's."""
    dc, cp, terms = (
        "http://purl.org/dc/elements/1.1/",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "http://purl.org/dc/terms/",
    )
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    root = etree.Element(f"{{{cp}}}coreProperties", nsmap={"cp": cp, "dc": dc, "dcterms": terms, "xsi": instance})
    for namespace, tag, text in (
        (dc, "title", title),
        (dc, "creator", author),
        (dc, "language", "nl-NL"),
        (cp, "lastModifiedBy", author),
    ):
        etree.SubElement(root, f"{{{namespace}}}{tag}").text = text
    for tag in ("created", "modified"):
        element = etree.SubElement(root, f"{{{terms}}}{tag}")
        element.set(f"{{{instance}}}type", "dcterms:W3CDTF")
        element.text = date
    package.put(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
        of="",
    )


# What follows w:footnotePr among the children of w:settings (ECMA-376 part 1, 17.15.1.78).
_AFTER_FOOTNOTES = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
                    "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade",
                    "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults",
                    "doNotEmbedSmartTags", "decimalSymbol", "listSeparator", "docId")  # fmt: skip


def _text(element: Element) -> str:
    return "".join(str(t.text or "") for t in element.iter(qn("t")))
