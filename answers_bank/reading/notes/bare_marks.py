"""Marks whose notes are not in the text: taken out where they count up from 1, and told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from answers_bank.documents import ReadWarning
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.structure.headings import read_heading

_DIGIT = re.compile(r"\d")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d[.,]?$")
# What a number belongs to even where the space between them was lost ("vraag3", "CO2", "5.2").
_NO_MARK = re.compile(
    r"(?:\d[.,:]|(?-i:\b[A-Z]{1,4})|\b[a-z]|vra(?:ag|gen)|\b(?:antwoord(?:en)?|artikel|lid|nummer|bijlage|tabel|figuur|punt|versie"
    r"|paragraaf|hoofdstuk|pijler|fase|type|box|in|op|van|tot|met|en|of|de|per|na|nr|circa|is|het|om|uit|ca))\.?$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"(?:(?<=[.?!»”’\"])\s?|(?<=[\w»”’])\s)(\d{1,2})\)(?=\s*$|[.,;:?!]|\s+[A-ZÀ-Þ])"  # "stil» 1)?", "kost dat? 2)"
)
_NAMED = re.compile(r"\b(?:punt|onder|lid|sub|onderdeel|nr\.?|nummer|vra(?:ag|gen)|en|of|\))\s*$", re.IGNORECASE)


def bare_marks(blocks: list[TextBlock]) -> tuple[list[TextBlock], tuple[ReadWarning, ...]]:
    """Marks without bodies ("netwerk).1 Dit", "plaatsvindt.2"): believed where they count up from 1, and told.

    One of them must stand behind a sentence or clause: "zaak1, perron2 en gebouw3" are names.
    """
    found: list[tuple[int, int, int, str]] = []
    sure = True
    form = re.compile(r"(?:(?<=[^\W\d_])|(?<=[.,;:?!)»”’\"']))(\d{1,3})(?=$|[\s.,;:?!)»”’\"'–-])")
    for index, block in enumerate(blocks):
        if not _DIGIT.search(block.text):
            continue
        heading = read_heading(block.text)
        for match in form.finditer(block.text, heading.rest if heading else 0):
            before = block.text[max(match.start() - 40, 0) : match.start()]
            listed = before[-1:] in (":", ";") and block.text[match.end() : match.end() + 1] == "."
            last = int(found[-1][3]) if found else 0
            # A mark may have got lost between others; behind a year one is believed where the row has come so far.
            follows = int(match[1]) == last + 1 or (len(found) >= 3 and last < int(match[1]) <= last + 3)
            dated = len(found) >= 3 and int(match[1]) == last + 1 and bool(_YEAR_BEFORE.search(before))
            if follows and not listed and (dated or not _NO_MARK.search(before[-14:])):
                found.append((index, match.start(), match.end(), match[1]))
                sure = sure and bool(re.search(r"[a-zà-ÿ]{4}$|[a-z)][.?!:;,]$|[»”’]$", before))
    behind = any(not blocks[index].text[start - 1].isalpha() for index, start, _, _ in found)
    if not found or not behind or (len(found) < 3 and (not sure or blocks[0].page)):
        return blocks, ()
    return _taken_out(blocks, found, "note")


def bracketed_marks(blocks: list[TextBlock]) -> tuple[list[TextBlock], tuple[ReadWarning, ...]]:
    """Marks such as "1)" behind a sentence or quotation; "punt 1) en 2)" stays."""
    found: list[tuple[int, int, int, str]] = []
    for index, block in enumerate(blocks):
        for match in _BRACKETED.finditer(block.text) if ")" in block.text else ():
            before = block.text[: match.start()]
            if before.count("(") > before.count(")") or _NAMED.search(before) or not before.strip():
                continue
            if int(match[1]) != len(found) + 1:
                return blocks, ()
            found.append((index, match.start(), match.end(), match[1]))
    sure = any(blocks[index].text[:start].rstrip()[-1:] in '.?!»”’"' for index, start, _, _ in found)
    return _taken_out(blocks, found, "source") if sure else (blocks, ())


def _taken_out(
    blocks: list[TextBlock], found: Sequence[tuple[int, int, int, str]], system: str
) -> tuple[list[TextBlock], tuple[ReadWarning, ...]]:
    for index, here in itertools.groupby(found, key=lambda place: place[0]):
        places = list(here)
        spans = [(start, end) for _, start, end, _ in places]
        line = blocks[index].line.without(spans, [(start, system, mark) for _, start, _, mark in places])
        blocks[index] = blocks[index].with_line(line)
    shown = ", ".join(mark for _, _, _, mark in found[:12]) + (", …" if len(found) > 12 else "")
    told = f"De cijfers {shown} zijn opgevat als nootverwijzingen, en staan niet in de tekst; noten zijn er niet bij."
    return blocks, (ReadWarning("bare-marks", told),)
