"""What a letter or paper is about, where no line says "Onderwerp" or "Betreft"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers_bank.documents import Section
from answers_bank.dutch.time.dates import DATE

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
    r"(?:\d+(?:\.\d+)*\.?\s+|[IVX]+\.\s+)?(?:BRIEF\s+VAN|Aan\s+de|Geachte|Inleiding|Aanleiding|Samenvatting|Tot\s+slot|Bijlage|De\s+[Mm]inister|N[rR]\.|\d{2}\s?\d{3}\b)"
)


_LETTERHEAD = re.compile(
    r"[>\d(\[*-]|(?:Aan|Van|Datum|Betreft|Onderwerp|Kenmerk|Ons|Uw|Bijlagen?|Pagina|Contact\w*|Telefoon|Tel|Fax|E-?mail|"
    r"https?:|www\.|Post(?:bus|adres)|Bezoekadres|Retouradres|Ministerie|Directi\w+|Directoraat\w*|Afdeling|"
    r"(?:Tweede|Eerste)\s+Kamer|Staten|Kamer|Den\s+Haag|['’]s-|Binnenhof|Plein|Dossier|Versie|Concept|Vertrouwelijk|Cc|T\.a\.v|N[rR]\.|L\.S\.|AH|"
    r"De\s+(?:heer|leden|voorzitter|minister|staatssecretaris|vaste|algemene)|(?:\w+\s+)?(?:minister|staatssecretaris)|"
    r"Zie\s+ook|Mededeling|Vastgesteld|Adjunct\w*|(?:Schriftelijke|Mondelinge)\s+vra(?:ag|gen)|"
    r"Vra(?:ag|gen)\b(?!.*\bover\b)|Antwoord(?:en)?\b(?!.*\bover\b)|Hoogachtend)\b"
    rf"|.*(?:@|{DATE})",
    re.IGNORECASE,
)
"""A line of a letterhead, or one that names a part of a document and not what it is about."""

_DOSSIER = re.compile(r"\d{2}\s?\d{3}(?:\s+[IVX]+)?\s+(?P<title>[A-Z][^\n]{3,150})$")
"""The name of a dossier of papers, behind its number."""

_SALUTATION = re.compile(r"(?:Geachte|Beste|Hoogachtende|Excellentie)\b", re.IGNORECASE)
_LOOKED_AT = 25
"""Lines from the beginning among which a title is looked for."""
_LONGEST = 160


def leading_line(head: str) -> str | None:
    """The line before the text that reads as its title; None where there is none.

    Args:
        head: what stands before the first question, or a whole letter.
    """
    lines = [line.strip() for line in head.split("\n")]
    dossier = next((found["title"] for line in lines[:_LOOKED_AT] if (found := _DOSSIER.match(line))), None)
    return _alone(lines) or dossier


def _alone(lines: Sequence[str]) -> str | None:
    first, *_ = [at for at, line in enumerate(lines) if line] or [0]
    for at, line in enumerate(lines[first : first + _LOOKED_AT], first):
        if _SALUTATION.match(line) or len(line) > _LONGEST or re.search(r"[a-z]{2}[.;,]$", line):
            return None  # the text itself
        if not line or _LETTERHEAD.match(line) or _NO_TITLE.match(line) or not re.search(r"[^\W\d_]{4}", line):
            continue
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if following[:1].islower() or (following and len(line) > 70):
            return None  # a paragraph that goes on in the next line
        if " " in line or len(line) > 8:
            return line.lstrip("# ").strip() or None
    return None


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
    first = next((heading for heading in headings[:3] if not _is_none(heading)), None)
    alone = leading_line(head)
    return alone or (first if first and len(first) < _LONGEST else None)


def _is_none(heading: str) -> bool:
    return bool(_NO_TITLE.match(heading) or _LETTERHEAD.match(heading) or " " not in heading)


def _tidy(text: str) -> str | None:
    text = re.sub(r",\s+(?:zoals|die|dat|waar\w*|conform|mede|naar)\b.*$", "", " ".join(text.split()))
    text = text.strip(" .,;:")
    if text.count("(") != text.count(")"):
        text = re.sub(r"\s*\([^()]*$", "", text).strip(" .,;:()")
    return text or None
