"""HTML of officielebekendmakingen, tweedekamer.nl and other pages: what a reader sees of it."""

from __future__ import annotations

import re
from typing import Any

from answers_bank.dutch.citations.identifiers import CASE, find_identifier
from answers_bank.reading.blocks import Extract, Hints
from answers_bank.reading.building import TextBuilder
from answers_bank.reading.formats.markup import local
from answers_bank.reading.mapped import Mark
from embeddings.errors import InputError

_SKIP_TAGS = (
    "script style head nav noscript template svg button form iframe object embed audio video select input textarea"
)
_SKIPPED = frozenset(_SKIP_TAGS.split())
_BLOCK_TAGS = (
    "p div h1 h2 h3 h4 h5 h6 li ul ol table tr td th tbody thead tfoot section article main header footer aside "
    "blockquote pre dl dt dd figure figcaption address body html center"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SPACE = re.compile(r"\s+")
_NOTE_CLASS = re.compile(r"\b(?:noot|voetnoot|footnote)\b")
# The notes of pages that a word processor wrote, and the links that lead to them.
_NOTE_ID = re.compile(r"(?:sdfootnote|sdendnote|ftn|edn|_ftn|_edn|fn:?)\d{1,3}")
_NOTE_LINK = re.compile(r"#(?:sd(?:foot|end)note\d{1,3}sym|_(?:ftn|edn)\d{1,3}|fn:?\d{1,3})")
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


class _HtmlReader:
    def __init__(self, root: Any) -> None:
        self.builder = TextBuilder()
        body = root.find(".//body")
        self.root = body if body is not None else root
        self.notes: list[tuple[str, str]] = []
        self.known: set[str] = set()
        self.parts: list[str] = []
        self.bold: list[int] = [0, 0]
        self.marks: list[Mark] = []

    def read(self) -> None:
        main = next((e for e in self.root.iter("div") if e.get("id") == "broodtekst"), None)
        start = main if main is not None else next(self.root.iter("main"), self.root)
        for element in start.iter("div", "li", "p"):
            if _is_note(element) and (mark := _note_number(element)):
                self.known.add(mark)
        self._walk(start, {}, False, 0)
        self._flush({})
        self.builder.gap()
        for mark, text in self.notes:
            self.builder.note("note", mark, text)

    def _walk(self, element: Any, options: dict[str, Any], bold: bool, depth: int) -> None:
        if depth > 300:
            return
        self._add(element.text, bold)
        for child in element:
            self._child(child, options, bold, depth)
            self._add(child.tail, bold)

    def _child(self, child: Any, options: dict[str, Any], bold: bool, depth: int) -> None:
        name = local(child)
        classes = child.get("class") or ""
        if not name or name in _SKIPPED or child.get("hidden") is not None:
            return
        if name == "div" and child.get("title") in ("header", "footer"):
            return  # those of the pages of a word processor
        if name == "br":
            self._flush(options)
        elif name in ("div", "li", "p") and _is_note(child) and _note_number(child):
            self._flush(options)
            self._note(child)
        elif name in ("sup", "a") and self._is_mark(child, name, classes):
            mark = _MARK.match(_SPACE.sub("", "".join(child.itertext())))
            assert mark is not None
            self.marks.append((sum(map(len, self.parts)), "note", mark[1]))
        elif name == "tr":
            self._flush(options)
            self._row(child, bold, depth)
        elif name in _BLOCKS:
            self._flush(options)
            inner = dict(options)
            if name == "li":
                inner = {"role": "list"}
            elif re.fullmatch(r"h[1-6]", name):
                inner = {"role": "heading"}
                self.builder.gap()
            elif name in ("p", "section", "article"):
                self.builder.gap()
            self._walk(child, inner, bold or re.fullmatch(r"h[1-6]|th", name) is not None, depth + 1)
            self._flush(inner)
        else:
            self._walk(child, options, bold or name in ("b", "strong"), depth + 1)

    def _is_mark(self, element: Any, name: str, classes: str) -> bool:
        shown = _MARK.match(_SPACE.sub("", "".join(element.itertext())))
        if not shown:
            return False
        if name == "a" and not (
            _NOTE_LINK.fullmatch(element.get("href") or "")
            or "noot" in classes
            or ((element.get("href") or "").startswith("#") and element.find("sup") is not None)
        ):
            return False
        return shown[1] in self.known or "noot" in classes or name == "a"

    def _add(self, text: str | None, bold: bool) -> None:
        if not text:
            return
        folded = _SPACE.sub(" ", text)
        if folded[0] == " " and (not self.parts or self.parts[-1].endswith(" ")):
            folded = folded[1:]
        if folded:
            self.parts.append(folded)
            self.bold[bold] += len(folded.replace(" ", ""))

    def _flush(self, options: dict[str, Any]) -> None:
        text = "".join(self.parts)
        if text.strip() or self.marks:
            self.builder.block(text, self.marks, bold=self.bold[1] > self.bold[0], **options)
        self.parts, self.marks, self.bold = [], [], [0, 0]

    def _row(self, row: Any, bold: bool, depth: int) -> None:
        cells = [cell for cell in row if local(cell) in ("td", "th")]
        if any(
            inner.tag in ("p", "div", "table", "ul", "h2", "h3") and len("".join(cell.itertext())) > 400
            for cell in cells
            for inner in cell.iter()
        ):
            for cell in cells:  # a table for the layout of the page
                self._walk(cell, {}, bold, depth + 1)
                self._flush({})
            return
        self.builder.row([_SPACE.sub(" ", "".join(cell.itertext())).strip() for cell in cells], role="row")

    def _note(self, element: Any) -> None:
        mark = _note_number(element)
        text = _SPACE.sub(" ", "".join(element.itertext())).strip()
        self.notes.append((mark, re.sub(rf"^[\[(]?{re.escape(mark)}[\])]?\s*", "", text)))


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
