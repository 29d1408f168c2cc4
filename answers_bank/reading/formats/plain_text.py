"""Plain text, in any encoding, as typed or as some other program extracted it."""

from __future__ import annotations

import itertools
import re

from answers_bank.documents import Footnote, ReadWarning
from answers_bank.reading.blocks import Extract, TextBlock
from answers_bank.reading.formats.markdown_marks import markdown_marks
from answers_bank.reading.mapped import Mapped, Mark, join

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OTHER_ENDS = re.compile("\r(?!\n)|[\u2028\u2029\x85]")
_NOTE_REF = re.compile(r"\[(?:footnote|endnote)Ref:\s*(\d+|[ivx]+)\s*\]", re.IGNORECASE)
_DASHED_REF = re.compile(r"-{2,4}(?:foot|end)note(\d{1,3})-{2,4}")
_DASHED_BODY = re.compile(r"^(?:foot|end)note(\d{1,3})\)[ \t]*(.*)$", re.MULTILINE)
# A heading that lost the line break before it: "bericht?Antwoord 1".
_GLUED_HEADING = re.compile(
    r"(?:Vra(?:ag|gen)|Antwoord(?:en)?)(?: ?op ?(?:de ?)?vra(?:ag|gen))? ?\d{1,2}"
    r"(?:(?:, ?| en | t/m |, en )\d{1,2})*:?\s?(?:\n|$|[A-Z«‘“])"
)
# The foot or letterhead of a page that runs into the text: "Pagina 3 van 4Een kleinere", "kenmerk530Vraag 3",
# "Aanhangsel 2moeten pompen".
_GLUED_FURNITURE = re.compile(
    r"(?:Pagina ?\d{1,2} ?van ?\d{1,2}|kenmerk ?\d{5,8})(?=[A-ZÀ-Þ«‘“])"
    r"|Kamer, ?vergaderjaar ?\d{4} ?[-–/] ?\d{4}, ?Aanhangsel ?\d{1,2}(?=[^\W\d_]|[«‘“(])"
)
_ENDED_BEFORE = re.compile(r"[.?!:»”’)\]]$|[.?!»”’)]\d{1,2}$")
_SENTENCE_BEFORE = re.compile(r"[.?!»”’)]$|[.?!»”’)]\d$")
_BULLET = re.compile(r"[•▪◦●○■□➢➤►‣⁃∙·*–—-]")
_NOTE_BODY = re.compile(r"\[(\d{1,3}):\s")
_BOOKMARK = re.compile(r"\[(?:bookmark|image|comment|shape|picture)(?::[^\]\n]{0,200})?\]", re.IGNORECASE)


def decode(data: bytes) -> tuple[str, tuple[ReadWarning, ...]]:
    """The text of `data`: by its byte order mark, as UTF-8, else as what it most looks like."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if data[:400].count(0) > 50:
        encoding = "utf-16-le" if data[1:400:2].count(0) > data[:400:2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), ()
    # Windows-1252 holds for all Dutch prose that is not UTF-8 or UTF-16; DOS code pages put letters elsewhere.
    dos = sum(data.count(bytes([code])) for code in (0x82, 0x89, 0x8A, 0x94, 0x84, 0x81))
    windows = sum(
        data.count(bytes([code])) for code in (0xE9, 0xEB, 0xE8, 0xF6, 0xE4, 0xFC, 0xEF, 0x91, 0x92, 0x93, 0x94)
    )
    encoding = "cp850" if dos > windows else "cp1252"
    warning = ReadWarning(
        "encoding", f"De tekst is geen UTF-8; gelezen als {encoding}. Kijk of letters met accenten kloppen."
    )
    return data.decode(encoding, errors="replace"), (warning,)


def extract_text(text: str, warnings: tuple[ReadWarning, ...] = ()) -> Extract:
    """The lines of `text` as blocks; notes of earlier extractions in square brackets are lifted out."""
    whole = text
    # Other line ends than those of Unix and Windows become such ones, place for place.
    text = _OTHER_ENDS.sub("\n", text)
    cuts, marks, notes = _bracketed(text)
    blocks: list[TextBlock] = []
    gap = True
    leaf = False
    start = 0
    first_cut = next_mark = 0
    width = line_width(text)
    breaks = [m.end() for m in _GLUED_FURNITURE.finditer(text)]
    headings = {match.start() for match in _GLUED_HEADING.finditer(text) if _breaks_off(text, match.start())}
    breaks += headings
    breaks.sort()
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        while breaks and breaks[0] <= start:
            breaks.pop(0)
        glued = bool(breaks) and breaks[0] < end
        end = breaks[0] if glued else end
        # A note body may run over several lines: what is cut never ends up in a block.
        inside, here = [], []
        while first_cut < len(cuts) and cuts[first_cut][1] <= start:
            first_cut += 1
        for a, b in itertools.islice(cuts, first_cut, None):
            if a >= end:
                break
            inside.append((max(a, start) - start, min(b, end) - start))
        while next_mark < len(marks) and (marks[next_mark][0] < end or marks[next_mark][0] == start):
            position, system, mark = marks[next_mark]
            here.append((position - start, system, mark))
            next_mark += 1
        gap = gap or start in headings
        line = Mapped.of(text, start, end)
        if inside or here:
            line = line.without(inside, here)
        fresh = text[start : start + 1] in ("\f", " ") and text[start + 1 : start + 2] not in (" ", "\n", "")
        leaf = leaf or "\f" in line.text
        line = line.fold()
        if line or line.marks:
            blocks.append(TextBlock(line, wrapped=True, width=width, gap=gap, fresh=fresh, leaf=leaf))
            gap = leaf = False
        elif not inside:
            gap = True
        start = end if glued else end + 1
    return Extract(whole, tuple(_with_bullets(blocks)), tuple(notes), warnings=warnings, plain=True)


def _with_bullets(blocks: list[TextBlock]) -> list[TextBlock]:
    """Marks of a list that stand on lines of their own, put before their items."""
    result: list[TextBlock] = []
    for block in blocks:
        above = result[-1] if result else None
        if above is not None and len(above.text) == 1 and _BULLET.match(above.text) and block.text and not block.leaf:
            result[-1] = above.with_line(join([above.line, block.line], " "))
        else:
            result.append(block)
    return result


def _breaks_off(text: str, start: int) -> bool:
    """Whether what stands before a heading inside a line has ended; behind a space only where it surely has."""
    before = text[max(start - 4, 0) : start]
    if before.endswith(" "):
        return bool(_SENTENCE_BEFORE.search(before.rstrip(" ")))
    return bool(_ENDED_BEFORE.search(before))


def _bracketed(text: str) -> tuple[list[tuple[int, int]], list[Mark], list[Footnote]]:
    """What earlier extractions put in brackets or dashes: spans to leave out, marks, note bodies."""
    cuts = [match.span() for match in _BOOKMARK.finditer(text)]
    marks: list[Mark] = []
    notes: list[Footnote] = []
    referred: set[str] = set()
    for match in _NOTE_REF.finditer(text):
        cuts.append(match.span())
        marks.append((match.start(), "note", match[1]))
        referred.add(match[1])
    for match in _DASHED_REF.finditer(text):
        cuts.append(match.span())
        marks.append((match.start(), "note", match[1]))
    for match in _DASHED_BODY.finditer(text):
        cuts.append(match.span())
        body = Mapped.of(text, match.start(2), match.end()).fold()
        notes.append(Footnote("note", match[1], body.text, body.start, body.end))
    if referred:
        for match in _NOTE_BODY.finditer(text):
            end = _closing(text, match.start())
            if match[1] in referred and end:
                cuts.append((match.start(), end))
                body = Mapped.of(text, match.end(), end - 1).fold()
                notes.append(Footnote("note", match[1], body.text, body.start, body.end if body else body.start))
    found = markdown_marks(text)
    cuts, marks, notes = cuts + found[0], marks + found[1], notes + found[2]
    cuts.sort()
    apart: list[tuple[int, int]] = []
    for span in cuts:
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart, sorted(marks), notes


def _closing(text: str, start: int, longest: int = 4000) -> int | None:
    """Behind the bracket that closes the one at `start`."""
    depth = 0
    for index in range(start, min(len(text), start + longest)):
        if text[index] == "[":
            depth += 1
        elif text[index] == "]":
            depth -= 1
            if depth == 0:
                return index + 1
    return None


def line_width(text: str) -> int:
    """The length of a full line where the text was broken to a width; 0 where each line is a paragraph or longer."""
    lines = [line.rstrip() for line in text.splitlines()]
    lengths = sorted(len(line) for line in lines if len(line) >= 30)
    if len(lengths) < 6:
        return 0
    usual, longest = lengths[len(lengths) // 2], lengths[int(len(lengths) * 0.95)]
    full = [line for line in lines if len(line) > 0.8 * usual]
    unfinished = sum(1 for line in full if not line.endswith((".", "?", "!", ":", ";", "”", "’", ")", "»")))
    # Lines may have grown after they were broken, where notes were taken out: most of them still have one length.
    alike = sum(1 for length in lengths if 0.85 * usual <= length <= 1.12 * usual)
    broken = longest < 140 or (usual < 120 and alike > 0.6 * len(lengths))
    return usual if broken and unfinished > 0.4 * len(full) else 0
