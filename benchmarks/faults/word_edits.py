"""Edits of a Word file as people make them, and as no one would: each leaves words that can be told apart.

`edited` makes some at random places of an exported draft. Where the words ended up is then looked for: each must be in
the dossier after reading back, or in a line of the report.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from drafter.dossier.value import Dossier
from drafter.export import ExportOptions, Provenance, export_bytes
from drafter.export.word.accepted import accepted_paragraphs
from drafter.export.word.edits import Imported, apply_edits, left_over
from drafter.export.word.embedded_dossier import extract
from drafter.export.word.package import WordPackage

Element = etree._Element

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"


class _Editor:
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

    def without_bookmarks(self) -> None:
        p = self.some()
        for mark in [*p.iter(f"{_W}bookmarkStart")]:
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)


EDITS: tuple[Callable[[_Editor], None], ...] = (
    _Editor.type_paragraph,
    _Editor.type_at_the_front,
    _Editor.type_in_paragraph,
    _Editor.type_in_a_run,
    _Editor.retype,
    _Editor.remove,
    _Editor.remove_a_stretch,
    _Editor.move,
    _Editor.copy,
    _Editor.cut_in_two,
    _Editor.track,
    _Editor.text_box,
    _Editor.only_in_a_fallback,
    _Editor.formula,
    _Editor.hidden,
    _Editor.wrapped,
    _Editor.table,
    _Editor.block_of_content,
    _Editor.note,
    _Editor.comment,
    _Editor.edge,
    _Editor.without_bookmarks,
)


def edited(dossier: Dossier, seed: int, options: ExportOptions | None = None) -> tuple[WordPackage, list[str]]:
    """An exported draft with one to six edits, and the words that they left in it."""
    chance = random.Random(seed)
    editor = _Editor(WordPackage.from_bytes(export_bytes(dossier, ".docx", options or ExportOptions())), chance)
    for _ in range(chance.randint(1, 6)):
        chance.choice(EDITS)(editor)
    editor.package.set_xml(editor.package.main, editor.root)
    package = WordPackage.from_bytes(editor.package.to_bytes())
    there = b"".join(package.parts[n] for n in package.parts if n.endswith(".xml")).decode("utf-8", "replace")
    return package, [word for word in editor.words if word in there]


def type_in_word(dossier: Dossier, chance: random.Random, at: int | None = None) -> tuple[WordPackage, list[str]]:
    """An exported draft with one paragraph typed into it, at random or behind that paragraph, and the word in that."""
    editor = _Editor(WordPackage.from_bytes(export_bytes(dossier, ".docx", ExportOptions())), chance)
    if at is None:
        editor.type_paragraph()
    else:
        editor.paragraphs()[at].addnext(editor.paragraph(editor.run(f"Getypt {editor.word()}.")))
    editor.package.set_xml(editor.package.main, editor.root)
    return WordPackage.from_bytes(editor.package.to_bytes()), editor.words


def read_back(package: WordPackage) -> Imported:
    """The file as `import-edits` reads it."""
    import dataclasses

    held = extract(package)
    assert held is not None
    found = apply_edits(accepted_paragraphs(package, held.tail), held, held.dossier)
    return dataclasses.replace(found, not_taken=left_over(package, held, found.dossier))


def unaccounted(found: Imported, words: list[str]) -> list[str]:
    """Words that are neither in the dossier nor in a line of the report."""
    blocks = [block for answer in found.dossier.answers for block in answer.blocks]
    held = [*(b.text for b in blocks), *(b.remark for b in blocks), *(n.text for b in blocks for n in b.notes)]
    everything = "\n".join([*held, *found.not_taken, *found.questions])
    return [word for word in words if word not in everything]


def lost_answers(before: Dossier, found: Imported, package: WordPackage) -> list[str]:
    """Blocks that are gone although the heading of their answer is not in the file."""
    held = extract(package)
    assert held is not None
    names = {p for paragraph in accepted_paragraphs(package, held.tail) for p in paragraph.bookmarks}
    there = {block.id for answer in found.dossier.answers for block in answer.blocks}
    whole = " ".join(block.text for answer in found.dossier.answers for block in answer.blocks)
    return [
        block
        for mark in held.answers
        if mark.name not in names
        for block in mark.blocks.values()
        # One that was joined with another paragraph has its words there.
        if block not in there and (held_block := before.block(block)) is not None and held_block.text not in whole
    ]


def run(count: int, seed: int = 0) -> dict[str, Any]:
    """So many drafts edited, each exported with options of its own, and read back."""
    from support.dossiers import dossier

    problems: list[str] = []
    told: Counter[str] = Counter()
    for number in range(count):
        own = seed * 1_000_000 + number
        options = ExportOptions(
            provenance=random.Random(own).choice((frozenset(), frozenset(Provenance))),
            track_changes=own % 3 == 0,
            remarks=own % 2 == 0,
        )
        package, words = edited(dossier(), own, options)
        back = read_back(package)
        gone = unaccounted(back, words)
        problems += [f"seed {own}: {gone}"] if gone else []
        problems += [f"seed {own}: answers gone"] if lost_answers(dossier(), back, package) else []
        told["words"] += len(words)
        told["lines of the report"] += len(back.not_taken) + len(back.questions)
    return {"done": count, **told, "problems": problems}
