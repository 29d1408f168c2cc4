"""A Word file as it reads with all tracked changes accepted: paragraphs with notes, comments and bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from drafter.dossier.value import BlockNote
from drafter.export.layout import CELL
from drafter.export.word.ooxml import Element, qn
from drafter.export.word.package import WordPackage

_GONE = frozenset({qn("del"), qn("moveFrom")})
_TEXT = {qn("br"): "\n", qn("cr"): "\n", qn("tab"): "\t", qn("noBreakHyphen"): "\u2011", qn("softHyphen"): "\u00ad"}
# Text that is shown beside the running text, or twice.
_ASIDE = frozenset({qn("pPr"), qn("rPr"), qn("instrText"), qn("txbxContent"), qn("pict")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment in the margin."""

    author: str
    text: str


@dataclass(slots=True)
class AcceptedParagraph:
    """A paragraph after accepting."""

    text: str = ""
    notes: list[BlockNote] = field(default_factory=list)
    comments: list[WordComment] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    """Names of the bookmarks that begin here."""


def accepted_paragraphs(package: WordPackage, tail: int = 0) -> list[AcceptedParagraph]:
    """The paragraphs of the body, in order; a table is one paragraph with its rows as lines ("a | b").

    Args:
        package: the file.
        tail: how many of the last parts of the body to leave out; the section's own properties do not count.
    """
    root = package.xml(package.main)
    body = root.find(qn("body"))
    if body is None:
        return []
    parts = [part for part in body if part.tag != qn("sectPr")]
    footnotes = _note_texts(package, "footnotes", "footnote") | {
        f"end {number}": text for number, text in _note_texts(package, "endnotes", "endnote").items()
    }
    comments = _comments(package)
    out: list[AcceptedParagraph] = []
    held = AcceptedParagraph()
    for p in _paragraphs(parts[: len(parts) - tail]):
        if p.tag == qn("tbl"):
            out.append(_table(p, footnotes, comments))
            continue
        _read(p, held, footnotes, comments)
        if p.find(f"{qn('pPr')}/{qn('rPr')}/{qn('del')}") is None:  # else its end was deleted: the next one joins it
            out.append(held)
            held = AcceptedParagraph()
    if held.text or held.bookmarks:
        out.append(held)
    return out


def _paragraphs(parts: list[Element]) -> Iterator[Element]:
    for part in parts:
        if part.tag in (qn("p"), qn("tbl")):
            yield part
        elif part.tag in (qn("sdt"), qn("sdtContent"), qn("ins"), qn("moveTo"), qn("customXml")):
            yield from _paragraphs(list(part))


def _table(table: Element, footnotes: dict[str, str], comments: dict[str, WordComment]) -> AcceptedParagraph:
    whole = AcceptedParagraph()
    for row_number, row in enumerate(table.findall(qn("tr"))):
        whole.text += "\n" if row_number else ""
        for cell_number, cell in enumerate(row.findall(qn("tc"))):
            whole.text += CELL if cell_number else ""
            for number, p in enumerate(cell.iter(qn("p"))):
                whole.text += " " if number else ""
                _read(p, whole, footnotes, comments)
    return whole


def _read(p: Element, into: AcceptedParagraph, footnotes: dict[str, str], comments: dict[str, WordComment]) -> None:
    for element in _kept(p):
        tag = element.tag
        number = str(element.get(qn("id"), ""))
        if tag == qn("t"):
            into.text += element.text or ""
        elif tag in _TEXT:
            into.text += _TEXT[str(tag)]
        elif tag in (qn("footnoteReference"), qn("endnoteReference")):
            key = number if tag == qn("footnoteReference") else f"end {number}"
            if key in footnotes:
                into.notes.append(BlockNote(len(into.text), footnotes[key]))
        elif tag == qn("commentReference") and number in comments:
            into.comments.append(comments[number])
        elif tag == qn("bookmarkStart"):
            into.bookmarks.append(str(element.get(qn("name"), "")))


def _kept(element: Element) -> Iterator[Element]:
    """The descendants that are there after accepting, in the order of the text."""
    for child in element:
        if child.tag in _GONE or child.tag in _ASIDE or child.tag == _FALLBACK or not isinstance(child.tag, str):
            continue
        if child.get(qn("type")) in ("page", "column"):  # a break of the page, none of the text
            continue
        yield child
        yield from _kept(child)


def _note_texts(package: WordPackage, kind: str, tag: str) -> dict[str, str]:
    name = package.related(kind)
    if name is None:
        return {}
    return {
        str(note.get(qn("id"))): " ".join(_plain(note).split())
        for note in package.xml(name).iter(qn(tag))
        if note.get(qn("type")) in (None, "normal")
    }


def _comments(package: WordPackage) -> dict[str, WordComment]:
    name = package.related("comments")
    if name is None:
        return {}
    return {
        str(comment.get(qn("id"))): WordComment(
            str(comment.get(qn("author"), "")), "\n".join(_plain(p).strip() for p in comment.iter(qn("p"))).strip()
        )
        for comment in package.xml(name).iter(qn("comment"))
    }


def _plain(element: etree._Element) -> str:
    return "".join(
        (kept.text or "") if kept.tag == qn("t") else _TEXT.get(str(kept.tag), "")
        for kept in _kept(element)
        if kept.tag == qn("t") or kept.tag in _TEXT
    )
