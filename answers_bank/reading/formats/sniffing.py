"""What a file is, by its content; its name decides nothing."""

from __future__ import annotations

import io
import re
import zipfile

from embeddings.errors import InputError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|meta)[\s>]", re.IGNORECASE)
_XML = re.compile(
    rb"^\s*(?:<\?xml|<(?:officiele-publicatie|kamervragen|vraagdoc|vragen|kamerstuk)[\s>]|<!DOCTYPE\s+(?!html))",
    re.IGNORECASE,
)


_NEVER_PLAIN = frozenset({"docx", "odt", "pdf"})
"""Endings of files that are never plain text: one that is was broken off, or is what a server said instead of it."""


def printable(name: str) -> str:
    """A file name or other text from outside, safe to print: control and escape codes made visible."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)[:200]


def sniff(data: bytes, shown: str) -> str:
    """One of "docx", "odt", "pdf", "html", "xml", "rtf", "doc", "text"; raises InputError for what is none of these."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:2] == b"PK":
        return _zipped(data, shown)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return "doc"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES):
        raise InputError(f"{shown} is een afbeelding.", "Maak er met tekstherkenning (OCR) een pdf met tekst van.")
    if _XML.match(start):
        return "html" if _HTML.search(start) and b"<officiele-publicatie" not in data[:4096] else "xml"
    if start.startswith(b"<") and _HTML.search(start):
        return "html"
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x7fELF", b"MZ\x90\x00") or _binary(data):
        raise InputError(f"{shown} bevat geen tekst.", "Gelezen worden: docx, odt, pdf, html, xml, txt en doc.")
    ending = shown.lower().rpartition(".")[2]
    if ending in _NEVER_PLAIN:
        raise InputError(
            f"{shown} is geen {ending}-bestand: er staat gewone tekst in.",
            "Vraag het opnieuw op. Is het toch de bedoeling, geef het dan een naam die op .txt eindigt.",
        )
    return "text"


def _zipped(data: bytes, shown: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names or any(name.startswith("word/") for name in names):
                return "docx"
            if "content.xml" in names:
                return "odt"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError, OverflowError):
        raise InputError(
            f"{shown} is beschadigd: het ingepakte bestand kan niet worden geopend.", "Vraag het opnieuw op."
        ) from None
    raise InputError(f"{shown} is een zip-bestand zonder document.", "Pak het eerst uit.")


def _binary(data: bytes) -> bool:
    """Plain text holds hardly any control codes; UTF-16 holds its zeros in a pattern."""
    sample = data[:8192]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = sample.count(0)
    # Programs that take the text out of a PDF write a zero for a sign that they cannot name: a few are no binary file.
    if zeros > len(sample) * 0.02 and min(sample[::2].count(0), sample[1::2].count(0)) > zeros * 0.1:
        return True
    control = sum(sample.count(bytes([code])) for code in (*range(1, 8), *range(14, 27), *range(28, 32), 127))
    return control > len(sample) * 0.05
