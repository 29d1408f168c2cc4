"""A Word file as it reads with all tracked changes accepted: paragraphs with notes, comments and bookmarks.

What is deleted, hidden or drawn in a font of symbols is judged as reading a document judges it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from answers_bank.reading.formats.symbol_fonts import in_font
from answers_bank.reading.formats.word.shown import DELETED, joins_next, symbol
from answers_bank.reading.formats.word.styles import ReadStyles
from answers_bank.reading.formats.word.tables import table_grid
from answers_bank.tables import BAR
from drafter.dossier.value import BlockNote
from drafter.export.word.ooxml import W14, W15, Element, W, qn
from drafter.export.word.package import WordPackage

_TEXT = {qn("br"): "\n", qn("cr"): "\n", qn("tab"): "\t", qn("noBreakHyphen"): "\u2011", qn("softHyphen"): "\u00ad"}
# Text that is shown beside the running text, or twice.
_ASIDE = frozenset({qn("pPr"), qn("rPr"), qn("instrText"), qn("txbxContent"), qn("pict")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment in the margin."""

    author: str
    text: str
    date: str = ""
    """As it stands in the file: the time of day where it was written, without its zone."""

    replies: tuple[WordComment, ...] = ()
    done: bool | None = None
    """None where the file does not tell."""


@dataclass(slots=True)
class AcceptedParagraph:
    """A paragraph after accepting."""

    text: str = ""
    notes: list[BlockNote] = field(default_factory=list)
    comments: list[WordComment] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    """Names of the bookmarks that begin here."""

    def add(self, other: AcceptedParagraph) -> None:
        """Put `other` behind what is there."""
        self.notes += [BlockNote(len(self.text) + note.position, note.text) for note in other.notes]
        self.text += other.text
        self.comments += other.comments
        self.bookmarks += other.bookmarks


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
    return list(_Accepting(package).paragraphs(parts[: len(parts) - tail]))


class _Accepting:
    def __init__(self, package: WordPackage) -> None:
        styles = package.related("styles")
        self._styles = ReadStyles(package.xml(styles) if styles else None, f"{{{W}}}")
        self._footnotes: dict[tuple[str, str], str] = {}
        # Read while there are none: a note that cites a note, itself even, ends there.
        self._footnotes |= {**self._note_texts(package, "footnote"), **self._note_texts(package, "endnote")}
        self._comments = _comments(package)

    def paragraphs(self, parts: list[Element]) -> Iterator[AcceptedParagraph]:
        held = AcceptedParagraph()
        for element in _blocks(parts):
            if element.tag == qn("tbl"):
                if held.text or held.bookmarks:
                    yield held
                    held = AcceptedParagraph()
                yield self._table(element)
                continue
            self._read(element, held)
            if not joins_next(element, self._styles):
                yield held
                held = AcceptedParagraph()
        if held.text or held.bookmarks:
            yield held

    def _table(self, table: Element) -> AcceptedParagraph:
        whole = AcceptedParagraph()
        for row_number, row in enumerate(table_grid(table)):
            begin = len(whole.text) + bool(row_number)
            whole.text += "\n" if row_number else ""
            # A last cell that covers more columns stands for a row that is shorter than the others.
            last = max((column for column, slot in enumerate(row) if slot), default=0)
            for column, slot in enumerate(row[: last + 1]):
                if column:
                    spaced = len(whole.text) > begin and not whole.text.endswith(" ")
                    whole.text += f" {BAR}" if spaced else BAR
                cell = self._cell(slot.paragraphs(qn("p"))) if slot else AcceptedParagraph()
                whole.text += " " if column and cell.text and not cell.text.startswith(" ") else ""
                whole.add(cell)
        return whole

    def _cell(self, paragraphs: list[Element]) -> AcceptedParagraph:
        whole = AcceptedParagraph()
        joined = True
        for p in paragraphs:
            own = AcceptedParagraph()
            self._read(p, own)
            whole.text += "" if joined or not own.text else " "
            whole.add(own)
            joined = joins_next(p, self._styles) or not whole.text
        return whole

    def _read(self, p: Element, into: AcceptedParagraph) -> None:
        self._inside(p, into, self._styles.paragraph_hidden(p.find(qn("pPr"))))

    def _inside(self, element: Element, into: AcceptedParagraph, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in DELETED or tag in _ASIDE or tag == _FALLBACK:
                continue
            if tag == qn("r"):
                properties = child.find(qn("rPr"))
                if not self._styles.run_hidden(properties, hidden):
                    self._run(child, into, self._styles.run_symbols(properties))
            elif tag == qn("bookmarkStart"):
                into.bookmarks.append(str(child.get(qn("name"), "")))
            else:
                self._inside(child, into, hidden)

    def _run(self, run: Element, into: AcceptedParagraph, font: str | None) -> None:
        for element in run:
            tag = str(element.tag)
            number = str(element.get(qn("id"), ""))
            opens = not into.text or into.text.endswith("\n")
            if tag == qn("t"):
                into.text += in_font(element.text or "", font, opens)
            elif tag == qn("sym"):
                into.text += symbol(element, opens)
            elif tag in _TEXT and element.get(qn("type")) not in ("page", "column"):
                into.text += _TEXT[tag]
            elif tag in (qn("footnoteReference"), qn("endnoteReference")):
                key = (tag.rsplit("}", 1)[-1].removesuffix("Reference"), number)
                if key in self._footnotes:
                    into.notes.append(BlockNote(len(into.text), self._footnotes[key]))
            elif tag == qn("commentReference") and number in self._comments:
                into.comments.append(self._comments[number])

    def _note_texts(self, package: WordPackage, tag: str) -> dict[tuple[str, str], str]:
        name = package.related(f"{tag}s")
        if name is None:
            return {}
        return {
            (tag, str(note.get(qn("id")))): " ".join(self._cell(list(note.iter(qn("p")))).text.split())
            for note in package.xml(name).iter(qn(tag))
            if note.get(qn("type")) in (None, "normal")
        }


def _blocks(parts: list[Element]) -> Iterator[Element]:
    for part in parts:
        if part.tag in (qn("p"), qn("tbl")):
            yield part
        elif part.tag in (qn("sdt"), qn("sdtContent"), qn("ins"), qn("moveTo"), qn("customXml")):
            yield from _blocks(list(part))


def _comments(package: WordPackage) -> dict[str, WordComment]:
    """The comments by number; what answers another stands with that one and not by itself."""
    name = package.related("comments")
    if name is None:
        return {}
    parents, done = _threads(package)
    read: dict[str, WordComment] = {}
    names: dict[str, str] = {}
    for comment in package.xml(name).iter(qn("comment")):
        number = str(comment.get(qn("id")))
        lines = list(comment.iter(qn("p")))
        text = "\n".join(_plain(p).strip() for p in lines).strip()
        names[number] = str(lines[-1].get(f"{{{W14}}}paraId", "")).upper() if lines else ""
        author, date = str(comment.get(qn("author"), "")), str(comment.get(qn("date"), ""))
        read[number] = WordComment(author, text, date, done=done.get(names[number]))
    numbers = {name: number for number, name in names.items() if name}
    above = {number: numbers[parents[name]] for number, name in names.items() if parents.get(name) in numbers}
    replies: dict[str, list[WordComment]] = {}
    for number in above:
        replies.setdefault(_first(number, above), []).append(read[number])
    return {
        number: replace(comment, replies=tuple(one for one in replies.get(number, ()) if one is not comment))
        for number, comment in read.items()
        if _first(number, above) == number
    }


def _first(number: str, above: dict[str, str]) -> str:
    """The comment that a thread began with; of comments that answer each other in a circle each is its own."""
    at, seen = number, {number}
    while at in above:
        at = above[at]
        if at in seen:
            return number
        seen.add(at)
    return at


def _threads(package: WordPackage) -> tuple[dict[str, str], dict[str, bool]]:
    """Which comment answers which, and whether each is done, named by its last paragraph."""
    parents: dict[str, str] = {}
    done: dict[str, bool] = {}
    for part in sorted(name for name in package.parts if name.rsplit("/", 1)[-1].startswith("commentsExtended")):
        try:
            root = package.xml(part)
        except etree.XMLSyntaxError:
            continue  # the comments themselves are still there
        for told in root.iter(f"{{{W15}}}commentEx"):
            name = str(told.get(f"{{{W15}}}paraId", "")).upper()
            above = str(told.get(f"{{{W15}}}paraIdParent", "")).upper()
            if above:
                parents[name] = above
            done[name] = told.get(f"{{{W15}}}done") in ("1", "true", "on")
    return parents, done


def _plain(element: etree._Element) -> str:
    """The words of a comment, which has no changes of its own."""
    return "".join(
        (part.text or "") if part.tag == qn("t") else _TEXT[str(part.tag)] for part in element.iter(qn("t"), *_TEXT)
    )
