"""Footnotes and comments of a Word document: the parts that hold them and the marks that point there."""

from __future__ import annotations

from lxml import etree

from drafter.dossier.judging.threads import Thread
from drafter.export.word.ooxml import W14, W15, Element, Identifiers, W, paragraph, text_run, w
from drafter.export.word.package import WordPackage
from drafter.export.word.styles import Style, WordStyles
from drafter.export.word.threads import comment_date
from drafter.export.wording import printable

_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_FIRST_NAME = 0x10000000
"""Names of paragraphs lie between 0 and 0x80000000 ([MS-DOCX] 2.2.4)."""

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
    """Comments, each with its author and date; a remark with its replies is a thread, as Word keeps them."""

    def __init__(self, styles: WordStyles, date: str) -> None:
        self._styles = styles
        self._date = date
        self._ids = Identifiers(-1)
        self._root = w("comments")
        self._extended = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15})

    def add(self, text: str, author: str) -> tuple[Element, tuple[Element, ...]]:
        """Adds a comment; returns what stands where its range begins, and what stands where it ends."""
        return self._placed(self._add(text, author, self._date))

    def add_thread(self, thread: Thread, nobody: str) -> list[tuple[Element, tuple[Element, ...]]]:
        """Adds a remark and its replies; as `add`, for each of them. `nobody` is the author of what has none.

        Which comment answers which, and what is done, stands in a part of its own (w15:commentsEx, [MS-DOCX] 2.5.40),
        which names each comment by its last paragraph.
        """
        found = []
        first = ""
        for entry in thread.entries:
            date = comment_date(entry.at) or self._date
            number = self._add(entry.text, entry.author or nobody, date)
            name = f"{_FIRST_NAME + number:08X}"
            self._root[-1][-1].set(f"{{{W14}}}paraId", name)
            told = etree.SubElement(self._extended, f"{{{W15}}}commentEx")
            told.set(f"{{{W15}}}paraId", name)
            if first:
                told.set(f"{{{W15}}}paraIdParent", first)
            told.set(f"{{{W15}}}done", "1" if thread.done else "0")
            first = first or name
            found.append(self._placed(number))
        return found

    def _add(self, text: str, author: str, date: str) -> int:
        number, author = self._ids.next(), printable(author)
        comment = w("comment", id=number, author=author, date=date, initials=_initials(author))
        for index, line in enumerate(text.split("\n")):
            mark = w("r", w("rPr", w("rStyle", val=self._styles[Style.COMMENT_MARK])), w("annotationRef"))
            runs = [mark, text_run(line)] if index == 0 else [text_run(line)]
            comment.append(paragraph(*runs, style=self._styles[Style.COMMENT_TEXT]))
        self._root.append(comment)
        return number

    def _placed(self, number: int) -> tuple[Element, tuple[Element, ...]]:
        reference = w(
            "r", w("rPr", w("rStyle", val=self._styles[Style.COMMENT_MARK])), w("commentReference", id=number)
        )
        return w("commentRangeStart", id=number), (w("commentRangeEnd", id=number), reference)

    def store(self, package: WordPackage) -> None:
        """Puts the comments in `package`, where there are any."""
        if not len(self._root):
            return
        names = {"w": W}
        if len(self._extended):
            # Word 2007 must be told that it may pass over the names of paragraphs.
            self._root.set(f"{{{_COMPATIBILITY}}}Ignorable", "w14")
            names |= {"w14": W14, "mc": _COMPATIBILITY}
            extended = _bytes(self._extended, {"w15": W15})
            package.put(_EXTENDED, "word/commentsExtended.xml", _TYPE.format("commentsExtended"), extended)
        package.put("comments", "word/comments.xml", _TYPE.format("comments"), _bytes(self._root, names))


def _separator(kind: str, number: int) -> Element:
    spacing = w("spacing", after=0, line=240, lineRule="auto")
    return w("footnote", paragraph(w("r", w(kind)), properties=[spacing]), type=kind, id=number)


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split()[:3]) or "?"


def _bytes(root: Element, names: dict[str, str] | None = None) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(names or "w"), top_nsmap=names or {"w": W})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
