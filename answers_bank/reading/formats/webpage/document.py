"""HTML of officielebekendmakingen, tweedekamer.nl and other pages: what a reader sees of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from answers_bank.dutch.citations.identifiers import CASE, find_identifier
from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.grids import MOST_ROWS, Slot, elements_of, grid_of, holds_data, spans_of, without_rows
from answers_bank.reading.formats.list_numbers import counted
from answers_bank.reading.formats.markup import local
from answers_bank.reading.formats.symbol_fonts import bullet, in_font
from answers_bank.reading.formats.webpage.styles import Sheets, declarations, font_of, is_hidden
from answers_bank.reading.mapped import Mark
from answers_bank.reading.notes.raised import RAISED
from answers_bank.reading.structure.paragraphs import is_item
from embeddings.errors import InputError

_SKIP_TAGS = (
    "script style head nav noscript template svg button form iframe object embed audio video select input textarea"
)
_SKIPPED = frozenset(_SKIP_TAGS.split())
_BLOCK_TAGS = (
    "p div h1 h2 h3 h4 h5 h6 li ul ol table tr td th tbody thead tfoot caption section article main header footer "
    "aside blockquote pre dl dt dd figure figcaption address body html center"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SPACE = re.compile(r"\s+")
_NOTE_CLASS = re.compile(r"\b(?:noot|voetnoot|footnote)\b")
# The notes of pages that a word processor wrote, and the links that lead to them.
_NOTE_ID = re.compile(r"(?:sdfootnote|sdendnote|ftn|edn|_ftn|_edn|fn:?)\d{1,3}")
_NOTE_LINK = re.compile(r"#(?:sd(?:foot|end)note\d{1,3}sym|_(?:ftn|edn)\d{1,3}|fn:?\d{1,3})")
_HEADING = re.compile(r"h[1-6]")
_COMMENT_CLASS = re.compile(
    r"\b(?:msocomanchor|msocomtxt|msocomoff|MsoComment\w*|msoDel|msochangeprop)\b", re.IGNORECASE
)
_COMMENT_LINKS = ("#_msocom", "#cmnt")
_ASIDE = re.compile(r"mso-element:(?:comment|header|footer|(?:end|foot)note-(?:separator|continuation))")
_MARK = re.compile(r"[\[(]?(\d{1,3}|\*{1,3})[\])]?$")


def extract_html(data: bytes, shown: str) -> Extract:
    """The text and blocks of a page; raises InputError where it holds no text."""
    from lxml import etree, html

    encoding = _encoding(data)
    # Decoded here: the page's own word for its encoding may be one that the parser does not know.
    data = data.decode(encoding, errors="replace").encode("utf-8", errors="replace")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError):
        raise InputError(f"{shown} is een beschadigde webpagina.", "Bewaar de pagina opnieuw.") from None
    reader = _HtmlReader(root)
    reader.read()
    text, blocks, notes = reader.builder.finish()
    if not text.strip():
        raise InputError(f"{shown} bevat geen tekst.", "Kijk of de hele pagina is bewaard.")
    return Extract(text, blocks, notes, _hints(root))


def _encoding(data: bytes) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", data[:4096])
    for name in (declared[1].decode("ascii") if declared else "", "utf-8"):
        try:
            data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
        return name
    return "cp1252"


@dataclass(frozen=True, slots=True)
class _Style:
    """How the text at a place shows, and what its block is."""

    bold: bool = False
    font: str | None = None
    role: str | None = None


class _HtmlReader:
    def __init__(self, root: Any) -> None:
        self.builder = TextBuilder()
        self.sheets = Sheets.of(root)
        body = root.find(".//body")
        self.root = body if body is not None else root
        self.notes: list[tuple[str, str]] = []
        self.known: set[str] = set()
        self.parts: list[str] = []
        self.bold: list[int] = [0, 0]
        self.marks: list[Mark] = []
        self.item: str | None = None
        """The number or mark of the list item that begins."""
        self.in_cell = False
        """Inside a cell of a table of data: all goes on one line."""

    def read(self) -> None:
        main = next((e for e in self.root.iter("div") if e.get("id") == "broodtekst"), None)
        start = main if main is not None else next(self.root.iter("main"), self.root)
        for element in start.iter("div", "li", "p"):
            if _is_note(element) and (mark := _note_number(element)):
                self.known.add(mark)
        self._walk(start, _Style(), 0)
        self._flush(_Style())
        self.builder.gap()
        for mark, text in self.notes:
            self.builder.note("note", mark, text)

    def _walk(self, element: Any, style: _Style, depth: int) -> None:
        if depth > 300:
            return
        self._add(element.text, style)
        for child in element:
            self._child(child, style, depth)
            self._add(child.tail, style)

    def _child(self, child: Any, style: _Style, depth: int) -> None:
        name = local(child)
        if not name or name in _SKIPPED or _is_aside(child):
            return
        values = self.sheets.of_element(child)
        if is_hidden(child, values):
            return
        font = font_of(child, values, style.font)
        bold = style.bold or name in ("b", "strong", "th") or _HEADING.fullmatch(name) is not None
        if (font, bold) != (style.font, style.bold):
            style = replace(style, font=font, bold=bold)
        if name == "br":
            self._flush(style)
        elif name in ("div", "li", "p") and _is_note(child) and _note_number(child):
            self._flush(style)
            self._note(child)
        elif name in ("sup", "a") and self._is_mark(child, name):
            mark = _MARK.match(_SPACE.sub("", "".join(child.itertext())))
            assert mark is not None
            self.marks.append((sum(map(len, self.parts)), "note", mark[1]))
        elif "mso-list" in values and "ignore" in values["mso-list"]:
            self.item = _list_mark("".join(child.itertext()), style.font, child) or self.item
        elif name == "table":
            self._flush(style)
            self._table(child, style, depth)
        elif name in ("ol", "ul"):
            self._flush(style)
            self._list(child, values, style, depth)
        elif name in _BLOCKS:
            self._flush(style)
            if _HEADING.fullmatch(name):
                style = replace(style, role="heading")
                self.builder.gap()
            elif name in ("p", "section", "article"):
                self.builder.gap()
            self._walk(child, style, depth + 1)
            self._flush(style)
        else:
            self._walk(child, style, depth + 1)
            shown = (child.text or "").strip()
            if name == "sup" and shown.isdigit() and len(shown) < 4 and not len(child):
                self.marks.append((sum(map(len, self.parts)), RAISED, shown))

    def _list(self, element: Any, values: dict[str, str], style: _Style, depth: int) -> None:
        """The items of a list, each behind the number, letter or bullet that a browser sets before it."""
        form = values.get("list-style-type") or values.get("list-style") or ""
        plain = form.startswith("none") or "lijst" in (element.get("class") or "")
        number = _integer(element.get("start"), 1)
        for child in element:
            if local(child) != "li":
                self._child(child, style, depth)
                continue
            number = _integer(child.get("value"), number)
            own = self.sheets.of_element(child)
            if is_hidden(child, own):
                continue
            if _is_note(child) and _note_number(child):
                self._note(child)
                continue
            text = _SPACE.sub(" ", "".join(child.itertext())).strip()
            if not plain and not is_item(text) and not own.get("list-style-type", "").startswith("none"):
                kind = child.get("type") or element.get("type") or form
                self.item = "•" if local(element) == "ul" else f"{counted(number, kind)}."
            inner = replace(style, role="list", font=font_of(child, own, style.font))
            self._walk(child, inner, depth + 1)
            self._flush(inner)
            self.item = None
            number += 1

    def _is_mark(self, element: Any, name: str) -> bool:
        shown = _MARK.match(_SPACE.sub("", "".join(element.itertext())))
        if not shown:
            return False
        classes = element.get("class") or ""
        if name == "a" and not (
            _NOTE_LINK.fullmatch(element.get("href") or "")
            or "noot" in classes
            or ((element.get("href") or "").startswith("#") and element.find("sup") is not None)
        ):
            return False
        return shown[1] in self.known or "noot" in classes or name == "a"

    def _add(self, text: str | None, style: _Style) -> None:
        if not text:
            return
        folded = _SPACE.sub(" ", in_font(text, style.font, opens=not "".join(self.parts).strip()))
        if folded[:1] == " " and (not self.parts or self.parts[-1].endswith(" ")):
            folded = folded[1:]
        if folded:
            self.parts.append(folded)
            self.bold[style.bold] += len(folded.replace(" ", ""))

    def _flush(self, style: _Style) -> None:
        if self.in_cell:
            if self.item is not None:
                self.parts.append(f"{self.item} ")
                self.item = None
            if self.parts and not self.parts[-1].endswith(" "):
                self.parts.append(" ")
            return
        text = "".join(self.parts)
        if text.strip() or self.marks:
            options: dict[str, Any] = {"role": "list"} if self.item is not None else {"role": style.role}
            if self.item is not None and text.strip():
                options["item"] = self.item
                self.item = None
            self.builder.block(text, self.marks, bold=self.bold[1] > self.bold[0], **options)
        self.parts, self.marks, self.bold = [], [], [0, 0]

    def _table(self, table: Any, style: _Style, depth: int) -> None:
        grid = grid_of([[self._slot(cell) for cell in _cells(row)] for row in self._rows(table)])
        texts = [
            [[_SPACE.sub(" ", text).strip() for text in _paragraphs(slot.element)] if slot else [] for slot in row]
            for row in grid
        ]
        for caption in table.iter("caption"):
            self._walk(caption, style, depth + 1)
            self._flush(style)
        self.builder.gap()
        if holds_data(texts):
            number = self.builder.table()
            blank = [not any(text for cell in row for text in cell) for row in texts]
            for row in without_rows(grid, blank):
                self._row(row, style, depth, number)
        else:
            for element in elements_of(grid):
                self._walk(element, replace(style, role=None), depth + 1)
                self._flush(replace(style, role=None))
        self.builder.gap()

    def _rows(self, parent: Any) -> Iterator[Any]:
        """The rows that are shown, without those of tables inside this one."""
        for child in parent:
            name = local(child)
            if name in ("tr", "thead", "tbody", "tfoot") and not is_hidden(child, self.sheets.of_element(child)):
                if name == "tr":
                    yield child
                else:
                    yield from self._rows(child)

    def _slot(self, cell: Any) -> Slot:
        columns, rows = _integer(cell.get("colspan"), 1), _integer(cell.get("rowspan"), 1)
        return Slot(cell, columns, MOST_ROWS if rows == 0 else rows)

    def _row(self, row: list[Slot | None], style: _Style, depth: int, table: int) -> None:
        texts: list[str] = []
        marks: list[Mark] = []
        done = 0
        bold = 0
        self.in_cell = True
        for slot in row:
            element = slot.element if slot is not None else None
            if element is not None and not is_hidden(element, values := self.sheets.of_element(element)):
                cell = replace(
                    style,
                    bold=style.bold or local(element) == "th",
                    font=font_of(element, values, style.font),
                )
                self._walk(element, cell, depth + 1)
                self._flush(style)
            text = "".join(self.parts)
            marks += [(done + position, system, mark) for position, system, mark in self.marks]
            texts.append(text)
            done += len(text) + 1
            bold += self.bold[1] - self.bold[0]
            self.parts, self.marks, self.bold = [], [], [0, 0]
        self.in_cell = False
        self.builder.row(texts, marks, role="row", bold=bold > 0, table=table, spans=spans_of(row))

    def _note(self, element: Any) -> None:
        mark = _note_number(element)
        outer, self.parts = self.parts, []
        held, self.marks, self.in_cell, flat = self.marks, [], True, self.in_cell
        self._walk(element, _Style(), 1)
        text = _SPACE.sub(" ", "".join(self.parts)).strip()
        self.parts, self.marks, self.in_cell = outer, held, flat
        self.notes.append((mark, re.sub(rf"^[\[(]?{re.escape(mark)}[\])]?[.:]?\s*", "", text)))


def _is_aside(element: Any) -> bool:
    """What a word processor keeps beside the text of a page: heads, feet, deleted words, comments and their marks."""
    name = local(element)
    if name == "del" or (name == "div" and element.get("title") in ("header", "footer")):
        return True
    classes, style = element.get("class") or "", (element.get("style") or "").replace(" ", "").lower()
    links = [element, *element[:1]] if name == "p" else [element]  # a comment opens with a link to its mark
    if _COMMENT_CLASS.search(classes) or any((e.get("href") or "").startswith(_COMMENT_LINKS) for e in links):
        return True
    return ("mso-element:" in style and bool(_ASIDE.search(style))) or "mso-special-character:comment" in style


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if local(cell) in ("td", "th")]


def _paragraphs(element: Any) -> list[str]:
    """The paragraphs of a cell, to tell what kind of table it stands in."""
    if element is None:
        return []
    inner = [e for e in element.iter("p", "li", "h1", "h2", "h3", "h4") if e is not element]
    return ["".join(e.itertext()) for e in inner] or ["".join(element.itertext())]


def _list_mark(text: str, font: str | None, element: Any) -> str | None:
    """The mark of a list item that a word processor wrote as text: bullets as common ones, numbers as they are."""
    shown = "".join(text.split())
    if len(shown) == 1 and not shown.isdigit():
        inner = next(
            (found for e in element.iter() if (found := font_of(e, declarations(e.get("style") or ""), None))), font
        )
        return "◦" if shown in "oO" and inner is None else bullet(shown, inner)
    return shown or None


def _integer(text: str | None, usual: int) -> int:
    try:
        return max(0, min(int(text or ""), 9999))
    except ValueError:
        return usual


def _is_note(element: Any) -> bool:
    return bool(_NOTE_CLASS.search(element.get("class") or "") or _NOTE_ID.fullmatch(element.get("id") or ""))


def _note_number(element: Any) -> str:
    number = next((e for e in element.iter() if "nootnum" in (e.get("class") or "")), None)
    text = "".join(number.itertext()) if number is not None else "".join(element.itertext())
    found = re.match(r"\s*[\[(]?(\d{1,3}|\*{1,3})(?!\d)", text)
    return found[1] if found else ""


def _hints(root: Any) -> Hints:
    metas = {(meta.get("name") or "").lower(): meta.get("content") or "" for meta in root.iter("meta")}
    identifier = find_identifier(metas.get("dc.identifier", ""))
    case = metas.get("overheidop.vraagnummer", "")
    title = root.findtext(".//title") or ""
    properties = {"title": " ".join(title.split())} if title.strip() else {}
    return Hints(
        identifier=identifier.text if identifier else None,
        case_number=case if re.fullmatch(CASE, case) else None,
        properties=properties,
    )
