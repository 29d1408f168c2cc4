"""Who changed which paragraph of a Word file: by its tracked changes, else by who saved the file last."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from drafter.dossier.judging.word_changes import Author
from drafter.dossier.value import Dossier
from drafter.export.word.embedded_dossier import Embedded
from drafter.export.word.ooxml import Element, qn
from drafter.export.word.package import WordPackage
from drafter.export.word.threads import moment_of

_TRACKED = tuple(qn(tag) for tag in ("ins", "del", "moveFrom", "moveTo"))


def authors_in(package: WordPackage, held: Embedded, after: Dossier) -> tuple[dict[str, Author], Author]:
    """Who changed each paragraph of `after`, by its id, as far as tracked changes tell; and who saved the file.

    What the program itself wrote as a tracked change is no one's.
    """
    own = (held.author, f"{held.dossier.as_of.isoformat()}T00:00:00Z")
    texts = {" ".join(block.text.split()): block.id for answer in after.answers for block in answer.blocks}
    found: dict[str, Author] = {}
    for paragraph in package.xml(package.main).iter(qn("p")):
        author = next(_authors(paragraph, own), None)
        if author is None:
            continue
        names = [str(mark.get(qn("name"), "")) for mark in paragraph.iter(qn("bookmarkStart"))]
        named = [held.blocks[name] for name in names if name in held.blocks]
        words = " ".join("".join(t.text or "" for t in paragraph.iter(qn("t"))).split())
        for block in named or ([texts[words]] if words in texts else []):
            found.setdefault(block, author)
    return found, _saved_by(package, held)


def _authors(paragraph: Element, own: tuple[str, str]) -> Iterator[Author]:
    for change in paragraph.iter(*_TRACKED):
        author, date = str(change.get(qn("author"), "")), str(change.get(qn("date"), ""))
        if (author, date) != own and (author or date):
            yield " ".join(author.split()), moment_of(date)


def _saved_by(package: WordPackage, held: Embedded) -> Author:
    """Who saved the file last, where that is not the program that wrote it."""
    try:
        root = package.xml("docProps/core.xml")
    except (KeyError, etree.XMLSyntaxError):
        return "", None
    told = {etree.QName(child).localname: " ".join((child.text or "").split()) for child in root if child.tag}
    date, name = told.get("modified", ""), told.get("lastModifiedBy", "")
    if date != f"{held.dossier.as_of.isoformat()}T00:00:00Z":
        return name, moment_of(date)
    # The day that the program wrote: there are programs that leave it as it is and put in their user's name.
    return ("" if name == held.author else name), None
