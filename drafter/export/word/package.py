"""A .docx file as a set of parts: opened from a template, filled, and written with the same bytes every time."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from lxml import etree

from embeddings.errors import InputError, why

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"

# What zipfile and lxml raise on files that are damaged, encrypted or packed in another way.
_UNUSABLE = (ValueError, KeyError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile, etree.XMLSyntaxError)

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
"""Word can save as "Strict Open XML": the same under other names."""

MAX_PART = 64 * 1024 * 1024
"""A part larger than this many bytes is refused: no Kamerstuk comes near it, a zip bomb does."""

MAX_TOTAL = 256 * 1024 * 1024

_NO_RELATIONS = f'<Relationships xmlns="{_RELS}"/>'.encode()

# The oldest date a zip file can hold; a real time would make two equal exports differ.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class WordPackage:
    """The parts of a .docx by name ("word/document.xml"), with their types and relationships kept in order."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.main = self._main_part()

    @classmethod
    def default(cls) -> WordPackage:
        """The program's own template: plain, accessible, Dutch."""
        return cls(dict(_tree(files("drafter.export") / "template", "")))

    @classmethod
    def open(cls, path: Path) -> WordPackage:
        """Reads a .docx or .dotx.

        Raises:
            InputError: it is absent, damaged, too large, holds macros or is no Word file.
        """
        try:
            with path.open("rb") as file:
                return cls.from_bytes(file.read(MAX_TOTAL + 1))  # a device has no end
        except OSError as error:
            raise InputError(f"Kan {path} niet lezen: {why(error)}.") from error
        except _UNUSABLE as error:
            raise InputError(
                f"{path} is geen bruikbaar Word-bestand ({error}).", "Sla het in Word opnieuw op als .docx."
            ) from error

    @classmethod
    def from_bytes(cls, data: bytes) -> WordPackage:
        """Reads the bytes of a .docx or .dotx.

        Raises:
            ValueError: a part is too large, or there is no main document of the right kind.
            zipfile.BadZipFile: it is no zip file.
            KeyError, etree.XMLSyntaxError: a part is missing or damaged.
        """
        if len(data) > MAX_TOTAL:
            raise ValueError("te groot")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if any(e.file_size > MAX_PART for e in entries) or sum(e.file_size for e in entries) > MAX_TOTAL:
                raise ValueError("te groot")
            parts = {entry.filename: archive.read(entry) for entry in entries}
        return cls(
            {
                name: _STRICT.sub(_TRANSITIONAL, data) if name.endswith((".xml", ".rels")) else data
                for name, data in parts.items()
            }
        )

    def to_bytes(self) -> bytes:
        """The file: parts in a fixed order, with fixed times."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            # Readers that sniff the kind of file look at the first entry.
            for name in sorted(self.parts, key=lambda name: (name != _CONTENT_TYPES, name)):
                entry = zipfile.ZipInfo(name, _ZIP_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, self.parts[name])
        return buffer.getvalue()

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part; external entities are never read.

        Raises:
            KeyError: there is no such part.
        """
        return parse(self.parts[name])

    def set_xml(self, name: str, root: etree._Element) -> None:
        """Stores `root` as part `name`."""
        self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def related(self, kind: str) -> str | None:
        """The part to which the main document has a relationship of `kind` ("styles", "footnotes", …)."""
        for relation in self._relations(self.main):
            if relation.get("Type") == f"{_OFFICE}/{kind}" and relation.get("TargetMode") != "External":
                return self._resolve(relation)
        return None

    def inserted_files(self) -> list[str]:
        """The parts that are whole files of another form, shown as if they stood in the text (`altChunk`)."""
        owners = {posixpath.normpath(name.replace("_rels/", "", 1).removesuffix(".rels")) for name in self.parts}
        found = {
            self._resolve(relation, owner)
            for owner in owners
            for relation in self._relations(owner)
            if relation.get("Type") == f"{_OFFICE}/aFChunk" and relation.get("TargetMode") != "External"
        }
        return sorted(found & self.parts.keys())

    def put(self, kind: str, name: str, content_type: str, data: bytes, *, of: str | None = None) -> str:
        """Puts a part with a relationship of `kind` from the main document (or from part `of`; "" is the package).

        An earlier part of that kind is replaced. Returns the relationship's id.
        """
        owner = self.main if of is None else of
        rels = self._relations(owner)
        relation_type = kind if "://" in kind else f"{_OFFICE}/{kind}"
        for relation in [r for r in rels if r.get("Type") == relation_type and kind != "customXml"]:
            self.parts.pop(self._resolve(relation, owner), None)
            rels.remove(relation)
        self.parts[name] = data
        self._set_type(name, content_type)
        taken = {relation.get("Id") for relation in rels}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        target = posixpath.relpath(name, posixpath.dirname(owner) or ".") if owner else name
        etree.SubElement(rels, f"{{{_RELS}}}Relationship", Id=f"rId{number}", Type=relation_type, Target=target)
        self.set_xml(_rels_name(owner), rels)
        return f"rId{number}"

    def link(self, url: str) -> str:
        """The id of a relationship from the main document to a web address."""
        rels = self._relations(self.main)
        kind = f"{_OFFICE}/hyperlink"
        for relation in rels:
            if relation.get("Type") == kind and relation.get("Target") == url:
                return str(relation.get("Id"))
        taken = {relation.get("Id") for relation in rels}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        etree.SubElement(
            rels, f"{{{_RELS}}}Relationship", Id=f"rId{number}", Type=kind, Target=url, TargetMode="External"
        )
        self.set_xml(_rels_name(self.main), rels)
        return f"rId{number}"

    def _main_part(self) -> str:
        for relation in self._relations(""):
            if relation.get("Type") == f"{_OFFICE}/officeDocument":
                name = self._resolve(relation, "")
                break
        else:
            raise ValueError("geen document in het bestand")
        types = self.xml(_CONTENT_TYPES)
        for override in types.iter(f"{{{_TYPES}}}Override"):
            if override.get("PartName") == f"/{name}":
                if override.get("ContentType") not in (_MAIN, _DOTX):
                    raise ValueError("geen gewoon Word-document; misschien bevat het macro's")
                # What is made from a template is a document.
                override.set("ContentType", _MAIN)
        self.set_xml(_CONTENT_TYPES, types)
        return name

    def _relations(self, owner: str) -> etree._Element:
        name = _rels_name(owner)
        if name in self.parts:
            return self.xml(name)
        return parse(_NO_RELATIONS)

    def _resolve(self, relation: etree._Element, owner: str | None = None) -> str:
        folder = posixpath.dirname(self.main if owner is None else owner)
        return posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target")))).lstrip("/")

    def _set_type(self, name: str, content_type: str) -> None:
        types = self.xml(_CONTENT_TYPES)
        for override in types.findall(f"{{{_TYPES}}}Override"):
            if override.get("PartName") == f"/{name}":
                types.remove(override)
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        self.set_xml(_CONTENT_TYPES, types)


def parse(data: bytes) -> etree._Element:
    """The root of an XML document, read without network, entities or huge trees."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _rels_name(owner: str) -> str:
    folder, name = posixpath.split(owner)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _tree(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found.extend(_tree(item, f"{prefix}{item.name}/"))
        elif not item.name.endswith((".py", ".pyc")):
            found.append((f"{prefix}{item.name}", item.read_bytes()))
    return found
