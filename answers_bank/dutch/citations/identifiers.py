"""Identifiers of official publications ("ah-tk-20242025-594", "kst-29754-774") and numbers of the Tweede Kamer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CASE = r"(?:19|20)\d\dZ\d{5}"
"""A pattern for the number of a case (zaaknummer): "2025Z03250"."""

DOCUMENT = r"(?:19|20)\d\dD\d{5}"
"""A pattern for the number of a document of the Chamber: "2025D26674"."""

_IDENTIFIER = re.compile(
    rf"(?<![\w-])(?:ah-[te]k-(?P<years>\d{{8}})-(?P<answer>\d{{1,5}})(?:-n\d)?|kv-[te]k-(?P<case>{CASE})"
    r"|kst-(?P<dossier>\d{5}(?:-\d\d(?=-))?)(?:-(?P<chapter>[A-Z]+))?-(?P<paper>[A-Z0-9]{1,5})"
    r"|h-[te]k-\d{8}-\d{1,3}-\d{1,3}|blg-\d{3,8})(?![\w-])"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """What an identifier says of its publication; None for what that sort does not have."""

    start: int
    end: int
    text: str
    session_year: str | None = None
    """ "2024-2025"."""

    aanhangsel: int | None = None
    case_number: str | None = None
    dossier: str | None = None
    """ "29754", "36410 XIII", "21501-20"."""

    dossier_number: str | None = None


def find_identifiers(text: str) -> Iterator[Identifier]:
    """The identifiers of publications in `text`, in order."""
    for match in _IDENTIFIER.finditer(text):
        years, chapter = match["years"], match["chapter"]
        yield Identifier(
            match.start(),
            match.end(),
            match[0],
            f"{years[:4]}-{years[4:]}" if years else None,
            int(match["answer"]) if match["answer"] else None,
            match["case"],
            f"{match['dossier']} {chapter}" if chapter else match["dossier"],
            match["paper"],
        )


def find_identifier(text: str) -> Identifier | None:
    """The first identifier in `text`."""
    return next(find_identifiers(text), None)


def answer_identifier(session_year: str, number: int | str, house: str = "tk") -> str:
    """The identifier of an answer in the Aanhangsel of a session year ("2024-2025") of the "tk" or the "ek"."""
    return f"ah-{house}-{session_year.replace('-', '')}-{number}"


def paper_identifier(dossier: str, number: int | str) -> str:
    """The identifier of a paper of a dossier ("29754", "36410 XIII")."""
    return f"kst-{dossier.replace(' ', '-')}-{number}"


def publication_url(identifier: str) -> str:
    """Where a publication can be read."""
    return f"https://zoek.officielebekendmakingen.nl/{identifier}.html"
