"""What a letter or paper is about, where no line says "Onderwerp" or "Betreft"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.documents import Section

_ABOUT = re.compile(
    r"\b(?:informeer|bericht|schets|meld|stuur|zend|bied|doe|ga|kom|geef|ontvangt|reageer)\s+(?:ik|wij|u)\b[^.?!]{0,160}?"
    r"\b(?:over|inzake|betreffende|(?<=ga ik )in\s+op|terug\s+op|(?:mijn|de|onze)\s+reactie\s+op)\s+"
    r"(?P<subject>(?!\d)[^.?!;\n]{4,180})"
)
_SENT = re.compile(
    r"\b(?:stuur|zend|bied|doe)\s+(?:ik|wij)\s+(?:u|uw\s+Kamer)\s+(?:hierbij\s+)?(?:het|de|een|mijn|onze)\s+"
    r"(?P<subject>[^.?!;\n,]{8,180}?)(?=\s+(?:aan|toe(?:komen)?|en\s+(?:het|de|een|mijn)|dat|die|zoals|waar\w*|conform)\b|[.;,\n])"
)
_PAPER = re.compile(
    r"(?:N[rR]\.?\s*\d{1,4}\s+)?(?P<title>(?:(?:GEWIJZIGDE?|NADERE?)\s+)*(?:MOTIE|AMENDEMENT|VERSLAG|LIJST\s+VAN|NOTA|"
    r"MEMORIE|VOORSTEL)\b.{3,200})",
    re.DOTALL,
)
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|odt|rtf)$|^(?:Microsoft|Document|Word)\b|^\d*$|^(?:Kamer)?[Bb]rief$", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"(?:BRIEF\s+VAN|Aan\s+de|Geachte|Inleiding|Aanleiding|Samenvatting|Tot\s+slot|Bijlage|De\s+[Mm]inister|N[rR]\.|\d{2}\s?\d{3}\b)"
)


def title_of(head: str, sections: Sequence[Section], title: str | None) -> str | None:
    """The name of the paper, what the letter says it informs about, the file's own `title`, or its first heading."""
    headings = [" ".join(section.heading.split()) for section in sections if section.heading]
    for heading in headings[:3]:
        paper = _PAPER.match(heading)
        if paper:
            return paper["title"].strip()
    # Lines may be wrapped; a blank line ends a sentence as well.
    running = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", head)
    spoken = _ABOUT.search(running) or _SENT.search(running)
    if spoken:
        return _tidy(spoken["subject"])
    if title and not _FILE_NAME.search(title.strip()) and len(title.strip()) > 8:
        return _tidy(title)
    first = next((heading for heading in headings[:3] if not _NO_TITLE.match(heading) and " " in heading), None)
    return first if first and len(first) < 160 else None


def _tidy(text: str) -> str | None:
    text = re.sub(r",\s+(?:zoals|die|dat|waar\w*|conform|mede|naar)\b.*$", "", " ".join(text.split()))
    text = text.strip(" .,;:")
    if text.count("(") != text.count(")"):
        text = re.sub(r"\s*\([^()]*$", "", text).strip(" .,;:()")
    return text or None
