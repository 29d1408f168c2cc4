# ruff: noqa: D102 - the name of an edit says what it is
"""What people do in a Word file, and what no one would: each edit leaves words that can be told apart."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from lxml import etree

from drafter.export.word.package import WordPackage

Element = etree._Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"


class Editor:
    """A file that is being edited, at random places."""

    def __init__(self, package: WordPackage, chance: random.Random) -> None:
        self.package = package
        self.chance = chance
        self.root = package.xml(package.main)
        body = self.root.find(f"{_W}body")
        assert body is not None
        self.body = body
        self.words: list[str] = []

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.words.append(f"zq{len(self.words)}x{self.chance.randrange(10**9)}")
        return self.words[-1]

    def paragraphs(self) -> list[Element]:
        return list(self.body.iter(f"{_W}p"))

    def some(self) -> Element:
        return self.chance.choice(self.paragraphs())

    def run(self, text: str, tag: str = "t") -> Element:
        run = etree.Element(f"{_W}r")
        etree.SubElement(run, f"{_W}{tag}").text = text
        return run

    def paragraph(self, *runs: Element) -> Element:
        p = etree.Element(f"{_W}p")
        p.extend(runs)
        return p

    # --- edits -------------------------------------------------------------------------------------------------------

    def type_paragraph(self) -> None:
        self.some().addnext(self.paragraph(self.run(f"Getypt {self.word()}.")))

    def type_at_the_front(self) -> None:
        self.body.insert(0, self.paragraph(self.run(f"Vooraan {self.word()}.")))

    def type_in_paragraph(self) -> None:
        self.some().append(self.run(f" erachter {self.word()}"))

    def type_in_a_run(self) -> None:
        texts = [t for t in self.body.iter(f"{_W}t") if t.text]
        text = self.chance.choice(texts)
        at = self.chance.randrange(len(text.text or "") + 1)
        text.text = f"{(text.text or '')[:at]} {self.word()} {(text.text or '')[at:]}"

    def retype(self) -> None:
        p = self.some()
        for child in list(p):
            if child.tag != f"{_W}pPr":
                p.remove(child)
        p.append(self.run(f"Overgetypt {self.word()}."))

    def remove(self) -> None:
        p = self.some()
        parent = p.getparent()
        assert parent is not None
        if parent.tag == f"{_W}body" or len(parent.findall(f"{_W}p")) > 1:
            parent.remove(p)

    def remove_a_stretch(self) -> None:
        rows = [p for p in self.body if p.tag == f"{_W}p"]
        first = self.chance.randrange(len(rows))
        for p in rows[first : first + self.chance.randrange(1, 6)]:
            self.body.remove(p)

    def move(self) -> None:
        rows = [p for p in self.body if p.tag == f"{_W}p"]
        one, other = self.chance.choice(rows), self.chance.choice(rows)
        if one is not other:
            other.addnext(one)

    def copy(self) -> None:
        p = self.some()
        p.addnext(etree.fromstring(etree.tostring(p)))

    def cut_in_two(self) -> None:
        p = self.some()
        runs = p.findall(f"{_W}r")
        if len(runs) > 1:
            after = self.paragraph(*runs[len(runs) // 2 :])
            after.append(self.run(f" {self.word()}"))
            p.addnext(after)

    def track(self) -> None:
        inserted = etree.Element(f"{_W}ins")
        inserted.append(self.run(f"bijgehouden {self.word()}"))
        self.some().append(inserted)
        gone = etree.Element(f"{_W}del")
        gone.append(self.run("geschrapt", "delText"))
        self.some().append(gone)

    def text_box(self) -> None:
        content = etree.Element(f"{_W}txbxContent")
        content.append(self.paragraph(self.run(f"In een vak {self.word()}.")))
        if self.chance.random() < 0.5:
            shape = etree.Element(f"{_W}pict")
            etree.SubElement(etree.SubElement(shape, f"{_V}shape"), f"{_V}textbox").append(content)
        else:
            shape = etree.Element(f"{_MC}AlternateContent")
            box = etree.SubElement(etree.SubElement(shape, f"{_MC}Choice"), f"{_WPS}txbx")
            box.append(content)
            again = etree.SubElement(etree.SubElement(shape, f"{_MC}Fallback"), f"{_W}pict")
            again.append(etree.fromstring(etree.tostring(content)))
        run = etree.Element(f"{_W}r")
        run.append(shape)
        self.some().append(run)

    def only_in_a_fallback(self) -> None:
        shape = etree.Element(f"{_MC}AlternateContent")
        etree.SubElement(shape, f"{_MC}Choice")
        etree.SubElement(shape, f"{_MC}Fallback").append(self.run(f"alleen hier {self.word()}"))
        self.some().append(shape)

    def formula(self) -> None:
        math = etree.Element(f"{_M}oMath")
        etree.SubElement(etree.SubElement(math, f"{_M}r"), f"{_M}t").text = self.word()
        self.some().append(math)

    def hidden(self) -> None:
        run = self.run(f"verborgen {self.word()}")
        properties = etree.Element(f"{_W}rPr")
        etree.SubElement(properties, f"{_W}vanish")
        run.insert(0, properties)
        self.some().append(run)

    def wrapped(self) -> None:
        kind = self.chance.choice(("hyperlink", "smartTag", "fldSimple", "sdt", "customXml", "dir"))
        outer = etree.Element(f"{_W}{kind}")
        inner = etree.SubElement(outer, f"{_W}sdtContent") if kind == "sdt" else outer
        inner.append(self.run(f"omhuld {self.word()}"))
        self.some().append(outer)

    def table(self) -> None:
        table = etree.Element(f"{_W}tbl")
        for _ in range(2):
            row = etree.SubElement(table, f"{_W}tr")
            for _ in range(2):
                cell = etree.SubElement(row, f"{_W}tc")
                cell.append(self.paragraph(self.run(f"cel {self.word()}")))
        self.chance.choice([p for p in self.body if p.tag == f"{_W}p"]).addnext(table)

    def block_of_content(self) -> None:
        outer = etree.Element(f"{_W}{self.chance.choice(('sdt', 'customXml', 'ins', 'moveTo'))}")
        inner = etree.SubElement(outer, f"{_W}sdtContent") if outer.tag == f"{_W}sdt" else outer
        inner.append(self.paragraph(self.run(f"in een besturing {self.word()}")))
        self.chance.choice([p for p in self.body if p.tag == f"{_W}p"]).addnext(outer)

    def note(self) -> None:
        name = self.package.related("footnotes")
        if name is None:
            return
        notes = self.package.xml(name)
        number = str(9000 + len(self.words))
        added = etree.SubElement(notes, f"{_W}footnote")
        added.set(f"{_W}id", number)
        added.append(self.paragraph(self.run(f"Noot {self.word()}.")))
        self.package.set_xml(name, notes)
        run = etree.Element(f"{_W}r")
        etree.SubElement(run, f"{_W}footnoteReference").set(f"{_W}id", number)
        self.some().append(run)

    def comment(self) -> None:
        name = self.package.related("comments")
        if name is None:
            return
        comments = self.package.xml(name)
        number = str(9000 + len(self.words))
        added = etree.SubElement(comments, f"{_W}comment")
        added.set(f"{_W}id", number)
        added.set(f"{_W}author", "J. Zeegras")
        added.append(self.paragraph(self.run(f"Opmerking {self.word()}.")))
        self.package.set_xml(name, comments)
        run = etree.Element(f"{_W}r")
        etree.SubElement(run, f"{_W}commentReference").set(f"{_W}id", number)
        self.some().append(run)

    def edge(self) -> None:
        names = [n for n in self.package.parts if re.match(r"word/(header|footer)\d*\.xml$", n)]
        if not names:
            return
        name = self.chance.choice(names)
        root = self.package.xml(name)
        root.append(self.paragraph(self.run(f"aan de rand {self.word()}")))
        self.package.set_xml(name, root)

    def word_art(self) -> None:
        shape = etree.Element(f"{_V}shape")
        etree.SubElement(shape, f"{_V}textpath").set("string", f"Sierletters {self.word()}")
        run = etree.Element(f"{_W}r")
        etree.SubElement(run, f"{_W}pict").append(shape)
        self.some().append(run)

    def inserted_file(self) -> None:
        name = f"word/invoegsel{len(self.words)}.htm"
        page = f"<html><body><p>Ingevoegd {self.word()}.</p></body></html>".encode()
        number = self.package.put("aFChunk", name, "text/html", page)
        chunk = etree.Element(f"{_W}altChunk")
        chunk.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", number)
        self.some().addnext(chunk)

    def tracked_within_tracked(self) -> None:
        outer = etree.Element(f"{_W}{self.chance.choice(('ins', 'moveTo'))}")
        gone = etree.SubElement(outer, f"{_W}del")
        gone.append(self.run("bedacht", "delText"))
        etree.SubElement(outer, f"{_W}ins").append(self.run(f"en toch {self.word()}"))
        self.some().append(outer)

    def joined_by_tracking(self) -> None:
        p = self.some()
        properties = p.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            p.insert(0, properties)
        etree.SubElement(etree.SubElement(properties, f"{_W}rPr"), f"{_W}del")
        p.append(self.run(f" tegen het volgende {self.word()}"))

    def field(self) -> None:
        for kind in ("begin", "separate", "", "end"):
            run = self.run(f"veld {self.word()}") if not kind else etree.Element(f"{_W}r")
            if kind:
                etree.SubElement(run, f"{_W}fldChar").set(f"{_W}fldCharType", kind)
            self.some().append(run)

    def ruby(self) -> None:
        run = etree.Element(f"{_W}r")
        both = etree.SubElement(run, f"{_W}ruby")
        for name in ("rt", "rubyBase"):
            etree.SubElement(both, f"{_W}{name}").append(self.run(f"letters {self.word()}"))
        self.some().append(run)

    def into_a_table(self) -> None:
        rows = [p for p in self.body if p.tag == f"{_W}p"][:-1]
        if not rows:
            return
        first = self.chance.choice(rows)
        table = etree.Element(f"{_W}tbl")
        cell = etree.SubElement(etree.SubElement(table, f"{_W}tr"), f"{_W}tc")
        first.addprevious(table)
        cell.extend([first, self.paragraph(self.run(f"in de cel {self.word()}"))])

    def without_bookmarks(self) -> None:
        p = self.some()
        for mark in [*p.iter(f"{_W}bookmarkStart")]:
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)


EDITS: tuple[Callable[[Editor], None], ...] = (
    Editor.type_paragraph,
    Editor.type_at_the_front,
    Editor.type_in_paragraph,
    Editor.type_in_a_run,
    Editor.retype,
    Editor.remove,
    Editor.remove_a_stretch,
    Editor.move,
    Editor.copy,
    Editor.cut_in_two,
    Editor.track,
    Editor.text_box,
    Editor.only_in_a_fallback,
    Editor.formula,
    Editor.hidden,
    Editor.wrapped,
    Editor.table,
    Editor.block_of_content,
    Editor.note,
    Editor.comment,
    Editor.edge,
    Editor.word_art,
    Editor.inserted_file,
    Editor.tracked_within_tracked,
    Editor.joined_by_tracking,
    Editor.field,
    Editor.ruby,
    Editor.into_a_table,
    Editor.without_bookmarks,
)
