"""A file to a `Document`: which reader, then segmentation, notes and metadata."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from answers_bank.documents import Document
from answers_bank.reading.blocks import Extract
from answers_bank.reading.composition import compose
from answers_bank.reading.formats import LARGEST, sniffing
from embeddings.errors import InputError, why

LONGEST_TEXT = 8_000_000
"""Characters of extracted text: some three thousand pages."""


def read_file(path: Path) -> Document:
    """The document in the file at `path`; raises InputError with a message in Dutch that names the file."""
    shown = sniffing.printable(path.name)
    try:
        if path.is_dir():
            raise InputError(
                f"{shown} is een map, geen bestand.", "Noem een bestand, of gebruik `ingest` voor een map."
            )
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a device or pipe may have no end
            raise InputError(f"{shown} is geen gewoon bestand.", "Bewaar de inhoud eerst in een bestand.")
        if status.st_size > LARGEST:
            raise _too_large(shown)
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"Het bestand {shown} bestaat niet.", "Kijk de naam en de map na.") from None
    except PermissionError:
        raise InputError(f"Het bestand {shown} mag niet worden gelezen.", "Vraag leesrechten op het bestand.") from None
    except OSError as error:
        raise InputError(f"Het bestand {shown} kan niet worden gelezen ({why(error)}).", "") from None
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in `data`; `name` is shown and may give an identifier. Raises InputError."""
    if len(data) > LARGEST:
        raise _too_large(sniffing.printable(name))
    extract = extract_bytes(data, name)
    if not extract.text.strip():
        raise InputError(f"{sniffing.printable(name)} bevat geen tekst.", "Kijk of het juiste bestand is gekozen.")
    if len(extract.text) > LONGEST_TEXT:
        raise _too_large(sniffing.printable(name))
    # A name in another encoding than the system's holds what no text can: it is kept written out.
    named = os.fsencode(name).decode("utf-8", "backslashreplace")
    return compose(extract, named, hashlib.sha256(data).hexdigest())


def extract_bytes(data: bytes, name: str) -> Extract:
    """The text and blocks of `data` by the reader that fits its content, whatever its name says."""
    shown = sniffing.printable(name)
    if not data.strip():
        raise InputError(f"{shown} is leeg.", "Kijk of het juiste bestand is gekozen.")
    kind = sniffing.sniff(data, shown)
    # Each reader brings its own libraries; only the one that is needed is loaded.
    if kind == "docx":
        from answers_bank.reading.formats.word.document import extract_docx

        return extract_docx(data, shown)
    if kind == "pdf":
        from answers_bank.reading.formats.pdf.pages import extract_pdf

        return extract_pdf(data, shown)
    if kind == "html":
        from answers_bank.reading.formats.webpage.document import extract_html

        return extract_html(data, shown)
    if kind == "xml":
        from answers_bank.reading.formats.official_xml import extract_xml

        return extract_xml(data, shown)
    if kind == "odt":
        from answers_bank.reading.formats.opendocument.document import extract_odt

        return extract_odt(data, shown)
    if kind in ("doc", "rtf"):
        from answers_bank.reading.formats.old_word import extract_old

        return extract_old(data, shown, kind)
    from answers_bank.reading.formats.plain_text import decode, extract_text

    text, warnings = decode(data)
    return extract_text(text, warnings)


def _too_large(shown: str) -> InputError:
    return InputError(
        f"{shown} is groter dan {LARGEST // 1_000_000} MB.", "Splits het bestand, of bewaar het zonder afbeeldingen."
    )
