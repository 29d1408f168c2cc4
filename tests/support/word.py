"""Reads a .docx the way a word processor does: its text, with all tracked changes accepted or rejected."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> etree._Element:
    """The root of an XML part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(data: bytes, *, accept: bool = True) -> list[str]:
    """Text of the body's paragraphs outside tables after accepting (or rejecting) all tracked changes."""
    body = part(data, "word/document.xml").find(f"{W}body")
    assert body is not None
    out: list[str] = []
    carried = ""
    for p in body.findall(f"{W}p"):
        carried += text(p, accept=accept)
        gone = p.find(f"{W}pPr/{W}rPr/{W}{'del' if accept else 'ins'}")
        if gone is None:
            out.append(carried)
            carried = ""
    return out


def text(p: etree._Element, *, accept: bool = True) -> str:
    """Text of one paragraph."""
    dropped = f"{W}{'del' if accept else 'ins'}"
    out: list[str] = []
    for element in p.iter(f"{W}t", f"{W}delText", f"{W}br", f"{W}tab"):
        if any(parent.tag == dropped for parent in element.iterancestors()):
            continue
        if element.get(f"{W}type") in ("page", "column"):
            continue
        local = etree.QName(element).localname
        out.append({"br": "\n", "tab": "\t"}.get(local, element.text or ""))
    return "".join(out)


def notes(data: bytes, kind: str = "footnote") -> list[str]:
    """Texts of the footnotes or comments, separators left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if f"word/{kind}s.xml" not in archive.namelist():
            return []
    found = part(data, f"word/{kind}s.xml").findall(f"{W}{kind}")
    return ["\n".join(text(p).strip() for p in note.findall(f"{W}p")) for note in found if note.get(f"{W}type") is None]
