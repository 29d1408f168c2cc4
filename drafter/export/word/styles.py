"""Which styles the Word export uses: the template's own by name, else copies of the program's."""

from __future__ import annotations

import copy
from enum import Enum

from lxml import etree

from drafter.export.word.ooxml import qn, w
from drafter.export.word.package import WordPackage

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"


class Style(Enum):
    """What a style is for; the names that a template may use for it, in order of preference.

    Word stores its built-in styles under their English names, whatever language its screens have.
    """

    TITLE = ("Antwoorden titel", "Title")
    QUESTION_HEADING = ("Vraagkop", "heading 1")
    ANSWER_HEADING = ("Antwoordkop", "heading 2")
    QUESTION = ("Vraagtekst",)
    ANSWER = ("Antwoordtekst",)
    LIST_ITEM = ("Opsomming",)
    NO_SOURCE = ("Geen bron",)
    TABLE_TEXT = ("Tabeltekst",)
    TABLE = ("Gegevens",)
    FOOTNOTE_TEXT = ("footnote text",)
    FOOTNOTE_MARK = ("footnote reference",)
    COMMENT_TEXT = ("annotation text",)
    COMMENT_MARK = ("annotation reference",)
    LINK = ("Hyperlink",)
    VERBATIM = ("Letterlijk overgenomen",)
    EDITED = ("Bewerkt overgenomen",)


class WordStyles:
    """The style ids for each role in one package."""

    def __init__(self, package: WordPackage) -> None:
        name = package.related("styles")
        if name is None:
            name = "word/styles.xml"
            empty = etree.tostring(w("styles"), encoding="UTF-8", xml_declaration=True)
            package.put("styles", name, _STYLES_TYPE, empty)
        root = package.xml(name)
        own = {_name(style): style for style in WordPackage.default().xml("word/styles.xml").iter(qn("style"))}
        self._ids: dict[Style, str] = {}
        for role in Style:
            self._ids[role] = _find(root, role) or _add(root, own[role.value[-1].lower()])
        package.set_xml(name, root)

    def __getitem__(self, role: Style) -> str:
        return self._ids[role]


def _find(root: etree._Element, role: Style) -> str | None:
    by_name = {_name(style): str(style.get(qn("styleId"))) for style in root.iter(qn("style"))}
    return next((by_name[name.lower()] for name in role.value if name.lower() in by_name), None)


def _add(root: etree._Element, style: etree._Element) -> str:
    added = copy.deepcopy(style)
    taken = {item.get(qn("styleId")) for item in root.iter(qn("style"))}
    wanted = identifier = str(added.get(qn("styleId")))
    while identifier in taken:
        identifier = f"{wanted}Ka"
        wanted = identifier
    added.set(qn("styleId"), identifier)
    based = added.find(qn("basedOn"))
    if based is not None:
        # The template's own base, so that its font and spacing come through.
        kind = str(added.get(qn("type")))
        default = next(
            (s for s in root.iter(qn("style")) if s.get(qn("type")) == kind and s.get(qn("default")) in ("1", "true")),
            None,
        )
        if based.get(qn("val")) not in taken:
            if default is None:
                added.remove(based)
            else:
                based.set(qn("val"), str(default.get(qn("styleId"))))
    following = added.find(qn("next"))
    if following is not None and following.get(qn("val")) not in taken:
        added.remove(following)
    root.append(added)
    return identifier


def _name(style: etree._Element) -> str:
    name = style.find(qn("name"))
    return "" if name is None else str(name.get(qn("val"), "")).lower()
