"""Exports: what leaves the program, in Word, Markdown, HTML and JSON, and the proof of its quotations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.dossier.value import Dossier
from drafter.export.options import ExportOptions, Provenance
from embeddings.errors import UsageError, why
from embeddings.files import write_whole

if TYPE_CHECKING:
    from drafter.reuse.values import Review

__all__ = [
    "REVIEW_SUFFIXES",
    "SUFFIXES",
    "ExportOptions",
    "Provenance",
    "check_review_suffix",
    "export_bytes",
    "export_dossier",
    "export_review",
]

SUFFIXES = (".docx", ".md", ".json", ".html")
"""The kinds of file that can be made, by the ending of the name."""

REVIEW_SUFFIXES = (".docx", ".html", ".json")
"""The kinds of file that a review can be written to."""

_DEFAULT = ExportOptions()


def export_dossier(dossier: Dossier, path: Path, options: ExportOptions = _DEFAULT) -> Path:
    """Writes `dossier` to `path` in the format of its suffix, whole or not at all.

    The same dossier and options give the same bytes.

    Raises:
        UsageError: the suffix names no format, or the place cannot be written to.
        InputError: the template cannot be used.
    """
    _write(path, export_bytes(dossier, path.suffix, options))
    return path


def export_bytes(dossier: Dossier, suffix: str, options: ExportOptions = _DEFAULT) -> bytes:
    """The file for `suffix` (".docx", ".md", ".json", ".html") as bytes.

    Raises:
        UsageError: the suffix names no format.
        InputError: the template cannot be used.
    """
    # Each format is imported where it is chosen: Word needs lxml, the others do not.
    match suffix.lower():
        case ".docx":
            from drafter.export.word.draft import word_bytes

            return word_bytes(dossier, options)
        case ".md" | ".markdown":
            from drafter.export.markdown import markdown_text

            return markdown_text(dossier, options).encode()
        case ".html" | ".htm":
            from drafter.export.html.draft import draft_html

            return draft_html(dossier, options).encode()
        case ".json":
            from drafter.export.json.draft import draft_bytes

            return draft_bytes(dossier)
    raise _unknown(suffix, SUFFIXES)


def export_review(review: Review, path: Path) -> Path:
    """Writes `review` to `path` in the format of its suffix, whole or not at all.

    Raises:
        UsageError: the suffix names no format for reviews, or the place cannot be written to.
    """
    check_review_suffix(path)
    match path.suffix.lower():
        case ".docx":
            from drafter.export.word.review import review_word

            data = review_word(review)
        case ".html":
            from drafter.export.html.review import review_html

            data = review_html(review).encode()
        case _:
            from drafter.export.json.review import review_bytes

            data = review_bytes(review)
    _write(path, data)
    return path


def check_review_suffix(path: Path) -> None:
    """Refuses a file that `export_review` cannot write, before the work is done.

    Raises:
        UsageError: the suffix names no format for reviews.
    """
    if path.suffix.lower() not in REVIEW_SUFFIXES:
        raise _unknown(path.suffix, REVIEW_SUFFIXES)


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise UsageError(
            f"Kan {path} niet schrijven: {why(error)}.",
            "Controleer of de map bestaat, of u er mag schrijven en of het bestand niet in Word openstaat.",
        ) from error


def _unknown(suffix: str, known: tuple[str, ...]) -> UsageError:
    return UsageError(
        f"Onbekend soort uitvoerbestand: “{suffix or 'geen achtervoegsel'}”.",
        f"Kies een naam die eindigt op {', '.join(known[:-1])} of {known[-1]}.",
    )
