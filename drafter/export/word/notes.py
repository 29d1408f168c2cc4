"""Footnotes and comments of a Word document: the parts that hold them and the marks that point there."""

from __future__ import annotations

from lxml import etree

from drafter.export.word.ooxml import Element, Identifiers, Stamp, W, paragraph, text_run, w
from drafter.export.word.package import WordPackage
from drafter.export.word.styles import Style, WordStyles

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


class Footnotes:
    """Real footnotes, numbered by Word in the order of the text."""

    def __init__(self, styles: WordStyles) -> None:
        self._styles = styles
        self._ids = Identifiers()
        self._root = w("footnotes", _separator("separator", -1), _separator("continuationSeparator", 0))

    def add(self, text: str) -> Element:
        """Adds a note and returns the run that refers to it."""
        number = self._ids.next()
        mark = w("r", w("rPr", w("rStyle", val=self._styles[Style.FOOTNOTE_MARK])), w("footnoteRef"))
        body = paragraph(mark, text_run(" " + " ".join(text.split())), style=self._styles[Style.FOOTNOTE_TEXT])
        self._root.append(w("footnote", body, id=number))
        return w("r", w("rPr", w("rStyle", val=self._styles[Style.FOOTNOTE_MARK])), w("footnoteReference", id=number))

    def store(self, package: WordPackage) -> None:
        """Puts the notes in `package`."""
        package.put("footnotes", "word/footnotes.xml", _TYPE.format("footnotes"), _bytes(self._root))


class Comments:
    """Comments, each with its author and date."""

    def __init__(self, styles: WordStyles, date: str) -> None:
        self._styles = styles
        self._date = date
        self._ids = Identifiers(-1)
        self._root = w("comments")

    def add(self, text: str, author: str) -> tuple[Element, tuple[Element, ...]]:
        """Adds a comment; returns what stands where its range begins, and what stands where it ends."""
        number = self._ids.next()
        stamp = Stamp(author, self._date)
        comment = w("comment", id=number, author=stamp.author, date=stamp.date, initials=_initials(author))
        for index, line in enumerate(text.split("\n")):
            mark = w("r", w("rPr", w("rStyle", val=self._styles[Style.COMMENT_MARK])), w("annotationRef"))
            runs = [mark, text_run(line)] if index == 0 else [text_run(line)]
            comment.append(paragraph(*runs, style=self._styles[Style.COMMENT_TEXT]))
        self._root.append(comment)
        reference = w(
            "r", w("rPr", w("rStyle", val=self._styles[Style.COMMENT_MARK])), w("commentReference", id=number)
        )
        return w("commentRangeStart", id=number), (w("commentRangeEnd", id=number), reference)

    def store(self, package: WordPackage) -> None:
        """Puts the comments in `package`, where there are any."""
        if len(self._root):
            package.put("comments", "word/comments.xml", _TYPE.format("comments"), _bytes(self._root))


def _separator(kind: str, number: int) -> Element:
    spacing = w("spacing", after=0, line=240, lineRule="auto")
    return w("footnote", paragraph(w("r", w(kind)), properties=[spacing]), type=kind, id=number)


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split()[:3]) or "?"


def _bytes(root: Element) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w"], top_nsmap={"w": W})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
