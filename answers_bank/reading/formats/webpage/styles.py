"""What the styles of a page say of an element: whether it is shown, and in which font of symbols.

Style sheets inside the page count with selectors of tags, classes and ids, also below one another; those of other
files and what scripts do are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from answers_bank.reading.formats.markup import local
from answers_bank.reading.formats.symbol_fonts import symbol_font

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_COMPOUND = re.compile(r"(?:[\w-]+|\*)?(?:[.#][\w-]+)*$")
_TOLD = frozenset({"display", "visibility", "mso-hide", "font-family", "font", "list-style", "list-style-type"})
_MOST_RULES = 2000


def declarations(text: str) -> dict[str, str]:
    """Property and value of each declaration in a style, lower case, without quotes."""
    found = _DECLARATION.findall(text)
    return {name.lower(): value.replace("!important", "").strip().lower().replace('"', "'") for name, value in found}


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: tuple[str, ...]
    """Compounds such as "p.weg", each below the one before."""

    values: dict[str, str]


@dataclass(slots=True)
class Sheets:
    """The style sheets of a page."""

    _by_key: dict[str, list[_Rule]] = field(default_factory=dict)
    """Rules by a class, id or tag that their last compound asks for."""

    @classmethod
    def of(cls, root: Any) -> Sheets:
        """Those in the `style` elements of a page."""
        sheets = cls()
        count = 0
        for element in root.iter("style"):
            for selectors, body in _rules(_COMMENT.sub("", "".join(element.itertext()))):
                values = {name: value for name, value in declarations(body).items() if name in _TOLD}
                for selector in selectors.split(",") if values else ():
                    parts = tuple(re.split(r"[\s>+~]+", selector.strip()))
                    if count < _MOST_RULES and parts[-1] and all(map(_COMPOUND.match, parts)):
                        sheets._by_key.setdefault(_key(parts[-1]), []).append(_Rule(parts, values))
                        count += 1
        return sheets

    def of_element(self, element: Any) -> dict[str, str]:
        """What holds for `element`: rules of the sheets in their order, then its own style."""
        values: dict[str, str] = {}
        if self._by_key:
            keys = [local(element), "*", *(f".{name}" for name in (element.get("class") or "").split())]
            for key in (*keys, f"#{element.get('id')}"):
                for rule in self._by_key.get(key, ()):
                    if _applies(rule.selector, element):
                        values |= rule.values
        own = element.get("style")
        return values | declarations(own) if own else values


def is_hidden(element: Any, values: dict[str, str]) -> bool:
    """Whether an element with these styles is not shown."""
    return (
        element.get("hidden") is not None
        or values.get("display") == "none"
        or values.get("visibility") in ("hidden", "collapse")
        or values.get("mso-hide") == "all"
    )


def font_of(element: Any, values: dict[str, str], inherited: str | None) -> str | None:
    """The font of symbols in which the text of an element shows, if it is one."""
    named = element.get("face") if local(element) == "font" else None
    named = values.get("font-family") or named
    if named is None and "font" in values:
        named = re.sub(r"^.*?(?:\d\S*(?:pt|px|em|rem|%)\S*|medium|small|large)\s+", "", values["font"])
    return symbol_font(named.split(",")[0]) if named else inherited


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations; those for print alone are left out."""
    for head, body in _braces(text):
        if not head.startswith("@"):
            yield head, body
        elif head.lower().startswith("@media") and not re.match(r"@media\s+print\b", head.lower()):
            yield from ((inner, values) for inner, values in _braces(body) if not inner.startswith("@"))


def _braces(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    while (opening := text.find("{", start)) >= 0:
        depth, at = 1, opening + 1
        while at < len(text) and depth:
            depth += (text[at] == "{") - (text[at] == "}")
            at += 1
        yield text[start:opening].rsplit(";", 1)[-1].strip(), text[opening + 1 : at - (depth == 0)]
        start = at


def _key(compound: str) -> str:
    found = re.search(r"[.#][\w-]+", compound)
    return found[0] if found else compound.lower()


def _applies(selector: tuple[str, ...], element: Any) -> bool:
    if not _matches(selector[-1], element):
        return False
    above = element.getparent()
    for compound in reversed(selector[:-1]):
        while above is not None and not _matches(compound, above):
            above = above.getparent()
        if above is None:
            return False
        above = above.getparent()
    return True


def _matches(compound: str, element: Any) -> bool:
    tag = re.match(r"[\w-]+", compound)
    if tag and tag[0].lower() != local(element):
        return False
    classes = (element.get("class") or "").split()
    return all(
        name in classes if mark == "." else name == element.get("id")
        for mark, name in re.findall(r"([.#])([\w-]+)", compound)
    )
