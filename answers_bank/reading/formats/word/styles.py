"""Which styles of a Word document are bold or numbered."""

from __future__ import annotations

from typing import Any

_OFF = ("0", "false", "off", "none")


class Styles:
    """Looks through the chain of styles a paragraph or run is based on."""

    def __init__(self, root: Any, w: str) -> None:
        self._w = w
        self._bold: dict[str, bool | None] = {}
        self._parent: dict[str, str] = {}
        self._numbered: dict[str, Any] = {}
        self._default: str | None = None
        self._known: dict[str | None, bool | None] = {}
        for style in root.iter(f"{w}style") if root is not None else ():
            name = style.get(f"{w}styleId", "")
            base = style.find(f"{w}basedOn")
            if base is not None:
                self._parent[name] = base.get(f"{w}val", "")
            self._bold[name] = self._own_bold(style.find(f"{w}rPr"))
            properties = style.find(f"{w}pPr")
            numbered = properties.find(f"{w}numPr") if properties is not None else None
            if numbered is not None:
                self._numbered[name] = numbered
            if style.get(f"{w}type") == "paragraph" and style.get(f"{w}default") in ("1", "true"):
                self._default = name

    def _own_bold(self, properties: Any) -> bool | None:
        element = properties.find(f"{self._w}b") if properties is not None else None
        return None if element is None else element.get(f"{self._w}val", "1").lower() not in _OFF

    def _chain(self, name: str | None) -> list[str]:
        chain: list[str] = []
        while name and name not in chain and len(chain) < 20:
            chain.append(name)
            name = self._parent.get(name)
        return chain

    @property
    def numbered(self) -> bool:
        """Whether any style numbers its paragraphs."""
        return bool(self._numbered)

    def _style_bold(self, name: str | None) -> bool | None:
        if name not in self._known:
            values = (self._bold.get(style) for style in self._chain(name))
            self._known[name] = next((value for value in values if value is not None), None)
        return self._known[name]

    def paragraph_style(self, properties: Any) -> str | None:
        """The id of the paragraph's style."""
        element = properties.find(f"{self._w}pStyle") if properties is not None else None
        return element.get(f"{self._w}val") if element is not None else self._default

    def paragraph_bold(self, properties: Any) -> bool:
        """Whether the paragraph's style makes it bold."""
        return bool(self._style_bold(self.paragraph_style(properties)))

    def run_bold(self, properties: Any, inherited: bool) -> bool:
        """Whether a run is bold: its own word first, then its character style, then its paragraph's."""
        if properties is None:
            return inherited
        own = self._own_bold(properties)
        if own is not None:
            return own
        style = properties.find(f"{self._w}rStyle")
        styled = self._style_bold(style.get(f"{self._w}val")) if style is not None else None
        return inherited if styled is None else styled

    def numbering(self, properties: Any) -> Any:
        """The numPr element that the paragraph's style gives, if any."""
        if not self._numbered:
            return None
        return next(
            (self._numbered[s] for s in self._chain(self.paragraph_style(properties)) if s in self._numbered), None
        )
