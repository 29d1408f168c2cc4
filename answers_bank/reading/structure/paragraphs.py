"""From physical lines to paragraphs, and the repair of line-end hyphens."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.mapped import Mapped, join
from answers_bank.tables import Cell, Table

_ITEM = re.compile(r"(?:[•▪◦●○■□‣⁃∙·*–—−-]|[oO](?=\s{2})|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s+(?=\S)")
_ENDED = re.compile(r"[.?!:;…][\"'’”»)\]]*$")
_HYPHENATED = re.compile(r"([^\W\d_]{2,})-$")
_LONGEST_WORD = 120
"""Characters; what stands further back cannot belong to the word at a line's end."""

_ADDRESS = re.compile(r"(?:https?:|www\.)\S*$|\S+\.\S+/\S*$")
_CLOSES = re.compile(r"[,;?!»”](?=\s|$)")
_FULL = 40
"""Characters of a line from which it may have been broken for its length."""

_LONGEST_LEAD = 12
"""Characters that a word which leads on takes at most."""

_LEADS_ON = re.compile(
    r"(?:\b(?:de|het|een|van|in|op|te|tot|voor|met|aan|en|of|dat|door|bij|om|naar|uit|circa|nr\.|artikel|er|Kamerstuk|vraag|vragen"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|€|,)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[a-zà-ÿ]")
_COORDINATION = re.compile(r"(?:en|of|dan|maar|als|noch|tot|t/m|respectievelijk)\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![-\w])")
_PARTED = re.compile(r"(?<![\w-])([^\W\d_]{2,})-([a-zà-ÿ]{2,})(?![\w-])")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# A prefix that keeps its hyphen: "niet-gouvernementeel", "oud-minister", "ex-leden".
_KEEPS = frozenset(
    {"niet", "oud", "ex", "non", "pro", "anti", "vice", "semi", "quasi", "pseudo", "kandidaat", "adjunct", "interim"}
)


def is_item(text: str) -> bool:
    """Whether a line starts a list item."""
    return bool(_ITEM.match(text))


def breaks_off_before(above: str, text: str) -> bool:
    """Whether a line ends in a word that leads on to the next one ("op 15 februari" / "2024", "er" / "4. De …"), which
    is then no item of a list."""
    return text[:1].isalnum() and len(above) > _FULL and bool(_LEADS_ON.search(above, len(above) - _LONGEST_LEAD))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a list or a table in the reading view."""

    text: Mapped
    table: Table | None = None


def paragraphs(blocks: Sequence[TextBlock], words: frozenset[str] = frozenset()) -> list[Paragraph]:
    """The paragraphs of consecutive blocks; the items of a list are one, and so are the rows of a table.

    `words` are the lower-case words of the whole document: a line-end hyphen stays where the document writes the word
    with a hyphen elsewhere.
    """
    groups: list[list[TextBlock]] = []
    for block in blocks:
        if not block.text:
            continue
        if groups and _continues(groups[-1], block) and not _list_ended(groups, block):
            groups[-1].append(block)
        else:
            groups.append([block])
    result: list[Paragraph] = []
    for kind, alike in itertools.groupby(groups, key=lambda group: _together(group[0])):
        parts = list(alike)
        texts = [_lines(group, words) for group in parts]
        if kind is None:
            result += [Paragraph(text) for text in texts]
        else:  # one passage, a line for each item or row
            result.append(Paragraph(join(texts, "\n"), table_of([group[0] for group in parts]) if kind > 0 else None))
    return result


def table_of(rows: Sequence[TextBlock]) -> Table | None:
    """The table that these blocks are the rows of; None where they have no cells."""
    if not all(row.cells for row in rows):
        return None
    found = []
    for number, row in enumerate(rows):
        spans = row.spans or ((1, 1),) * len(row.cells)
        cells = [
            Cell(text.text, columns, min(below, len(rows) - number))
            for text, (columns, below) in zip(row.cells, spans, strict=True)
            if columns
        ]
        found.append(tuple(cells))
    return Table(tuple(found))


def _together(block: TextBlock) -> int | None:
    """What its neighbours share with a block whose passage they are part of: the table, or 0 for a list."""
    if block.role == "row":
        return block.table or -1
    return 0 if _own_line(block) else None


def _list_ended(groups: Sequence[Sequence[TextBlock]], block: TextBlock) -> bool:
    """Whether the last item of a list ended above: its full stop closes a list whose other items end in semicolons."""
    last, before = groups[-1], groups[-2] if len(groups) > 1 else ()
    return (
        bool(before)
        and is_item(last[0].text)
        and is_item(before[0].text)
        and last[-1].text.endswith(".")
        and before[-1].text.rstrip(" enof").endswith(";")
        and block.text[:1].isupper()
    )


def _own_line(block: TextBlock) -> bool:
    return block.role == "list" or block.item is not None or is_item(block.text)


def _continues(group: list[TextBlock], block: TextBlock) -> bool:
    last = group[-1]
    if not (block.wrapped and last.wrapped) or block.role == "row" or last.role == "row":
        return False
    if breaks_off_before(last.text, block.text) and not block.gap:
        return True
    if is_item(block.text):
        return False
    if block.breaks is not None:
        return not block.breaks
    ended = bool(_ENDED.search(last.text))
    goes_on = bool(_GOES_ON.match(block.text))
    if block.gap:
        # White space inside a sentence: a page break.
        return not ended and goes_on and len(last.text) > 25
    if not block.width:
        # On a published page a line of that length is a full one.
        return not ended and (goes_on or len(last.text) > (60 if last.page else 150))
    if not ended:
        # A short line without a closing mark is a heading of its own, unless the sentence goes on.
        return goes_on or len(last.text) > 0.6 * block.width
    if last.text.endswith((":", ";")):
        # An item whose mark was lost begins in lower case, below a line that was not full.
        return len(last.text) >= 0.8 * block.width and (goes_on or last.text.endswith(";"))
    return len(last.text) >= 0.8 * block.width or goes_on


def _lines(group: Sequence[TextBlock], words: frozenset[str]) -> Mapped:
    # Line by line and put together once: time grows with the length of the text, however long the paragraph.
    parts = [_item_text(group[0])]
    for block in group[1:]:
        drops, between = _junction(parts[-1].text[-_LONGEST_WORD:], block.text, words)
        if drops:
            parts[-1] = parts[-1].cut(0, len(parts[-1]) - 1)
        if between:
            parts.append(Mapped(between, [-1] * len(between)))
        parts.append(block.line)
    text = join(parts, "")
    if group[0].page and group[0].breaks is None:
        text = _mend_parted(text, words)
    return text


def _mend_parted(text: Mapped, words: frozenset[str]) -> Mapped:
    """Lines that were glued together ("maatrege-len"): the hyphen goes where the whole word stands elsewhere."""
    found = [
        (match.end(1), match.end(1) + 1)
        for match in _PARTED.finditer(text.text)
        if (match[1] + match[2]).lower() in words and match[1].lower() not in _KEEPS
    ]
    return text.without(found) if found else text


def _item_text(block: TextBlock) -> Mapped:
    if block.item is None:
        return block.line
    label = f"{block.item} "
    return join([Mapped(label, [-1] * len(label)), block.line], "")


def join_lines(text: Mapped, following: Mapped, words: frozenset[str]) -> Mapped:
    """One line behind another: a hyphen at the line end goes where it surely parts one word."""
    drops, between = _junction(text.text[-_LONGEST_WORD:], following.text, words)
    return join([text.cut(0, len(text) - 1) if drops else text, following], between)


def _junction(ending: str, following: str, words: frozenset[str]) -> tuple[bool, str]:
    """Whether the hyphen that ends a line goes, and what comes between that line and the `following` one."""
    hyphen = _HYPHENATED.search(ending)
    if hyphen and _ADDRESS.search(ending):
        return False, ""  # the hyphen of a web address is its own
    if hyphen and _GOES_ON.match(following):
        head = ending[: hyphen.start()].rsplit(" ", 1)[-1] + hyphen[1]
        tail_match = _FIRST_WORD.match(following)
        if _COORDINATION.match(following):
            return False, " "
        return parts_one_word(head, tail_match[0] if tail_match else "", words), ""
    if _CLOSES.match(following):
        return False, ""  # "ligt stil»" / "?": a note mark stood between them
    glued = ending.endswith(("-", "/", "–")) and not ending.endswith((" -", " –", " /")) and following[:1].isalnum()
    return False, "" if glued else " "


def parts_one_word(head: str, tail: str, words: frozenset[str]) -> bool:
    """Whether "head-tail" at a line end is one word "headtail"."""
    head, tail = head.lower(), tail.lower()
    if head + tail in words:
        return True
    if f"{head}-{tail}" in words or head in _KEEPS or len(tail) < 2:
        return False
    # "sociale-" + "mediaplatformen": what stands before another hyphen of the same word keeps its own.
    return "-" not in head


def document_words(text: str) -> frozenset[str]:
    """All words of a document that stand inside a line, lower case, hyphenated ones whole."""
    return frozenset(_WORD.findall(text.lower()))
