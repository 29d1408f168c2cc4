"""Edits of a Word file as people make them, and as no one would: each leaves words that can be told apart.

`edited` makes some at random places of an exported draft. Where the words ended up is then looked for: each must be in
the dossier after reading back, or in a line of the report.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.faults.word_editor import EDITS, Editor
from drafter.dossier.value import Dossier
from drafter.export import ExportOptions, Provenance, export_bytes
from drafter.export.word.accepted import accepted_paragraphs
from drafter.export.word.edits import Imported, apply_edits, left_over
from drafter.export.word.embedded_dossier import extract
from drafter.export.word.package import WordPackage

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))


def edited(dossier: Dossier, seed: int, options: ExportOptions | None = None) -> tuple[WordPackage, list[str]]:
    """An exported draft with one to six edits, and the words that they left in it."""
    chance = random.Random(seed)
    editor = Editor(WordPackage.from_bytes(export_bytes(dossier, ".docx", options or ExportOptions())), chance)
    for _ in range(chance.randint(1, 6)):
        chance.choice(EDITS)(editor)
    editor.package.set_xml(editor.package.main, editor.root)
    if chance.random() < 0.1:
        _as_strict(editor.package)
    package = WordPackage.from_bytes(editor.package.to_bytes())
    there = b"".join(package.parts[n] for n in package.parts if n.endswith((".xml", ".htm"))).decode("utf-8", "replace")
    return package, [word for word in editor.words if word in there]


def _as_strict(package: WordPackage) -> None:
    """As Word writes "Strict Open XML"."""
    for name, data in package.parts.items():
        if name.endswith((".xml", ".rels")):
            package.parts[name] = re.sub(
                rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/(?!custom)",
                rb"http://purl.oclc.org/ooxml/\1/",
                data,
            )


def type_in_word(dossier: Dossier, chance: random.Random, at: int | None = None) -> tuple[WordPackage, list[str]]:
    """An exported draft with one paragraph typed into it, at random or behind that paragraph, and the word in that."""
    editor = Editor(WordPackage.from_bytes(export_bytes(dossier, ".docx", ExportOptions())), chance)
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
