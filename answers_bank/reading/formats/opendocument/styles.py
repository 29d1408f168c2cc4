"""Which styles of an OpenDocument text are bold or hidden, which draw symbols, and how lists count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from answers_bank.reading.formats.markup import local
from answers_bank.reading.formats.symbol_fonts import symbol_font

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_BOLD = ("bold", "600", "700", "800", "900")


class OpenDocumentStyles:
    """Looks through the chain of styles that a paragraph or a stretch of text is based on."""

    def __init__(self, sources: Iterable[Any]) -> None:
        self._parent: dict[str, str] = {}
        self._own: dict[str, dict[str, Any]] = {}
        """For each style what it sets itself: "bold", "hidden", "raised", "symbols"."""
        self._forms: dict[tuple[str, int], tuple[str, str]] = {}
        self._known: dict[tuple[str, str], Any] = {}
        fonts: dict[str, str] = {}
        for source in sources:
            for face in source.iter(f"{_STYLE}font-face"):
                fonts[face.get(f"{_STYLE}name", "")] = face.get(f"{_SVG}font-family", "")
            for style in source.iter(f"{_STYLE}style"):
                self._add(style, fonts)
            for listing in source.iter(f"{TEXT}list-style"):
                for level in listing:
                    depth = level.get(f"{TEXT}level", "1")
                    form = level.get(f"{_STYLE}num-format", "") if local(level) == "list-level-style-number" else "•"
                    key = (listing.get(f"{_STYLE}name", ""), int(depth) if depth.isdigit() else 1)
                    self._forms[key] = (form, level.get(f"{_STYLE}num-suffix", "."))

    def _add(self, style: Any, fonts: dict[str, str]) -> None:
        name = style.get(f"{_STYLE}name", "")
        self._parent[name] = style.get(f"{_STYLE}parent-style-name", "")
        properties = style.find(f"{_STYLE}text-properties")
        if properties is None:
            return
        own = self._own.setdefault(name, {})
        if weight := properties.get(f"{_FO}font-weight"):
            own["bold"] = weight in _BOLD
        if display := properties.get(f"{TEXT}display"):
            own["hidden"] = display in ("none", "condition")
        if position := properties.get(f"{_STYLE}text-position"):
            own["raised"] = position.startswith("super") or bool(re.match(r"[1-9]\d*%", position))
        if font := properties.get(f"{_STYLE}font-name") or properties.get(f"{_FO}font-family"):
            own["symbols"] = symbol_font(font) or symbol_font(fonts.get(font))

    def _value(self, name: str, key: str, inherited: Any) -> Any:
        """What the first style of the chain that sets `key` says; `inherited` where none does."""
        if (name, key) not in self._known:
            at, steps = name, 0
            while at and key not in self._own.get(at, {}) and steps < 20:
                at, steps = self._parent.get(at, ""), steps + 1
            self._known[name, key] = self._own.get(at, {}) or None
        own = self._known[name, key]
        return own[key] if own is not None and key in own else inherited

    def bold(self, name: str, inherited: bool = False) -> bool:
        """Whether text in this style is bold."""
        return bool(self._value(name, "bold", inherited))

    def hidden(self, name: str, inherited: bool = False) -> bool:
        """Whether text in this style is hidden."""
        return bool(self._value(name, "hidden", inherited))

    def raised(self, name: str) -> bool:
        """Whether text in this style is set as superscript."""
        return bool(self._value(name, "raised", False))

    def symbols(self, name: str, inherited: str | None = None) -> str | None:
        """The font of symbols of text in this style, if it has one; see `symbol_font`."""
        font = self._value(name, "symbols", inherited)
        return str(font) if font else None

    def list_form(self, style: str, level: int) -> tuple[str, str]:
        """How a list counts on a level ("1", "a", "•") and what stands behind the number."""
        return self._forms.get((style, level), ("•", ""))
