"""The conservation law of reading back: every word that stands in the Word file is in the dossier, or is told.

What the program itself wrote travels in the file as the checksum of each paragraph. Whatever else stands in it, in
whatever place (under a question, in the question, in a text box, in a header, a formula, a comment), came from
somebody. It is looked for in what the dossier holds that it did not hold before; where it is not, it is told.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from answers_bank.reading.formats.word.shown import DELETED
from drafter.dossier.value import Dossier
from drafter.export.word.ooxml import Element, qn
from drafter.export.word.package import WordPackage
from drafter.export.wording import NO_SOURCE_HINT
from drafter.headings import NO_SOURCE
from embeddings.errors import InputError

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_BREAKS = frozenset({qn("tab"), qn("br"), qn("cr"), qn("ptab")})
_PART = re.compile(r"word/(document|header|footer|footnotes|endnotes|comments|glossary|diagrams/|charts/)[\w/]*\.xml$")
_LONGEST = 300
"""Characters of a paragraph that are told."""


@dataclass(frozen=True, slots=True)
class FoundWords:
    """A paragraph of the file, wherever it stands."""

    text: str
    place: str
    """In Dutch: "in een voetnoot"; empty for the running text."""


def paragraphs_in(package: WordPackage) -> list[FoundWords]:
    """Every paragraph of every part that holds text, those within others by themselves; without what was deleted."""
    found = []
    names = sorted(name for name in package.parts if _PART.match(name) or name == package.main)
    for name in names:
        place = "" if name == package.main else _place(name)
        for paragraph in _paragraphs(package.xml(name)):
            text = " ".join(_own_text(paragraph).split())
            if text:
                found.append(FoundWords(text, _boxed(paragraph) or place))
    for name in package.inserted_files():
        found += [FoundWords(text, "in een ingevoegd bestand") for text in _inserted(package.parts[name], name)]
    return found


def _inserted(data: bytes, name: str) -> list[str]:
    """The lines of a file that was inserted whole; it comes from anywhere, so it is read apart."""
    from answers_bank.apart.readers import read_bytes

    name = name.rpartition("/")[2]
    try:
        lines = read_bytes(data, name).text.splitlines()
    except InputError as error:
        return [f"{name} is niet gelezen: {error.message}"]
    return [words for line in lines if (words := " ".join(line.split()))]


def sums_of(package: WordPackage) -> tuple[str, ...]:
    """Checksums of all paragraphs, to travel in the file that the program writes."""
    return tuple(sorted(_sum(found.text) for found in paragraphs_in(package)))


def not_taken(package: WordPackage, written: Iterable[str], before: Dossier, after: Dossier) -> tuple[str, ...]:
    """Lines on what stands in the file and is not in the dossier.

    Args:
        package: the file.
        written: `sums_of` the file as the program wrote it.
        before: the dossier as it was written to the file.
        after: the dossier with the file's edits.
    """
    known = Counter(written)
    held = _Held(before, after)
    told = []
    for found in paragraphs_in(package):
        key = _sum(found.text)
        if known[key]:
            known[key] -= 1
            continue
        text = found.text.replace(NO_SOURCE_HINT, " ").replace(NO_SOURCE, " ")
        if not held.takes(text):
            shown = found.text if len(found.text) <= _LONGEST else f"{found.text[:_LONGEST]}…"
            told.append(f"{shown} ({found.place})" if found.place else shown)
    return tuple(told)


class _Held:
    """What the dossier holds that it did not hold before, each word of it to be found once."""

    def __init__(self, before: Dossier, after: Dossier) -> None:
        old = Counter(_texts(before))
        self._new: list[str] = []
        for text in _texts(after):
            if old[text]:
                old[text] -= 1
            else:
                self._new.append(f" {' '.join(_words(text))} ")

    def takes(self, text: str) -> bool:
        """Whether the words of a paragraph are there, side by side; they count no second time."""
        words = _words(text)
        if not words:
            return True
        wanted = f" {' '.join(words)} "
        for number, there in enumerate(self._new):
            if wanted in there:
                self._new[number] = there.replace(wanted, " \n ", 1)
                return True
        return False


def _texts(dossier: Dossier) -> Iterator[str]:
    for answer in dossier.answers:
        for block in answer.blocks:
            yield block.text
            yield from (note.text for note in block.notes)
            yield from (entry.text for thread in block.discussion for entry in thread.entries)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _sum(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _paragraphs(root: Element) -> Iterator[Element]:
    for element in root.iter(qn("p"), f"{_DRAWING}p", "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"):
        if not any(_gone(above) for above in element.iterancestors()):
            yield element


def _gone(element: Element) -> bool:
    if element.tag in DELETED:
        return True
    if element.tag == f"{_COMPATIBLE}Fallback":
        # The same in another form, as a rule: gone where it holds no word that the first form has not.
        around = element.getparent()
        assert around is not None
        shown = {word for choice in around.iterfind(f"{_COMPATIBLE}Choice") for word in _words(_whole_text(choice))}
        return set(_words(_whole_text(element))) <= shown
    if element.tag == qn("tr"):
        return element.find(f"{qn('trPr')}/{qn('del')}") is not None
    return False


def _whole_text(element: Element) -> str:
    return " ".join(t.text or "" for t in element.iter(qn("t"), _MATH, f"{_DRAWING}t"))


def _own_text(paragraph: Element) -> str:
    parts: list[str] = []

    def walk(element: Element) -> None:
        for child in element:
            tag: Any = child.tag
            if not isinstance(tag, str) or _gone(child):
                continue
            if tag in (qn("p"), f"{_DRAWING}p"):
                continue  # a paragraph of its own, as in a text box
            if tag in (qn("t"), _MATH, f"{_DRAWING}t"):
                parts.append(child.text or "")
            elif tag in _BREAKS:
                parts.append(" ")
            elif tag == _WORD_ART:
                parts.append(f" {child.get('string', '')} ")
            else:
                walk(child)

    if paragraph.tag.endswith("}v"):
        return paragraph.text or ""
    walk(paragraph)
    return "".join(parts)


def _boxed(paragraph: Element) -> str:
    inside = any(above.tag == qn("txbxContent") for above in paragraph.iterancestors())
    return "in een tekstvak" if inside else ""


def _place(name: str) -> str:
    kinds = {
        "header": "in een koptekst",
        "footer": "in een voettekst",
        "footnotes": "in een voetnoot",
        "endnotes": "in een eindnoot",
        "comments": "in een opmerking",
    }
    return next((words for kind, words in kinds.items() if f"/{kind}" in name), "in een tekening of bouwsteen")
