"""Lines of an extracted text that belong to the page, not to what is said on it."""

from __future__ import annotations

import re

_YEAR = r"\d{4}\s*[-–/]\s*\d{4}"
_LINES = re.compile(
    r"\s*(?:"
    r"(?:Tweede|Eerste)\s*Kamer\s*der\s*Staten-?\s*Generaal\s*[12]?"
    rf"|Vergaderjaar\s*{_YEAR}(?:\s*Aanhangsel\s*van\s*de\s*Handelingen)?"
    r"|Aanhangsel\s*van\s*de\s*Handelingen"
    r"|Vragen\s*gesteld\s*door\s*de\s*leden\s*der\s*Kamer,?\s*met\s*de\s*daarop\s*door\s*de"
    r"(?:\s*regering\s*gegeven\s*antwoorden)?|regering\s*gegeven\s*antwoorden"
    r"|(?:ah|kst|kv|blg|h)-(?:tk|ek)?-?[\dA-Z][\w-]*"
    r"|ISSN\s*0921\s*-\s*73\d\d.*"
    r"|[’'‘]s-?\s*Gravenhage\s*\d{4}.*"
    rf"|(?:Tweede|Eerste)\s*Kamer,\s*vergaderjaar\s*{_YEAR}.*"
    r"|Pagina\s*\d+\s*(?:van|/)\s*\d+"
    r")\s*",
    re.IGNORECASE,
)
PAGE_END = re.compile(rf"\s*(?:.*’s-?\s*Gravenhage\s*\d{{4}}\s*)?(?:Tweede|Eerste)\s*Kamer,\s*vergaderjaar\s*{_YEAR}.*")
IDENTIFIER = re.compile(r"\s*(?:ah-tk-\d{8}-\d+|kst-[\w-]+-\d+|kv-tk-\d{4}Z\d+)\s*$")


def is_furniture(line: str) -> bool:
    """Whether the line is a page header or footer of the Chamber's publications or of a letter."""
    return bool(_LINES.fullmatch(line))
