"""Which styles of a Word document are bold, hidden or numbered, and which draw symbols."""

from __future__ import annotations

from typing import Any

from answers_bank.reading.formats.symbol_fonts import symbol_font

_OFF = ("0", "false", "off", "none")


class Properties:
    """The children of a run's properties, looked up once."""

    __slots__ = ("find",)

    def __init__(self, element: Any) -> None:
        self.find = {child.tag: child for child in element.iterchildren(reversed=True)}.get


class ReadStyles:
    """Looks through the chain of styles a paragraph or run is based on."""

    def __init__(self, root: Any, w: str) -> None:
        self._w = w
        self._own: dict[str, dict[str, bool]] = {}
        """For each style the properties "b" and "vanish" that it sets itself."""
        self._fonts: dict[str, str | None] = {}
        self._parent: dict[str, str] = {}
        self._numbered: dict[str, Any] = {}
        self._default: str | None = None
        self._known: dict[tuple[str, str | None], bool | None] = {}
        for style in root.iter(f"{w}style") if root is not None else ():
            name = style.get(f"{w}styleId", "")
            base = style.find(f"{w}basedOn")
            if base is not None:
                self._parent[name] = base.get(f"{w}val", "")
            run = style.find(f"{w}rPr")
            if run is not None:
                self._own[name] = {tag: on for tag in ("b", "vanish") if (on := self._set(run, tag)) is not None}
                font = self._font(run)
                if font is not None:
                    self._fonts[name] = symbol_font(font)
            properties = style.find(f"{w}pPr")
            numbered = properties.find(f"{w}numPr") if properties is not None else None
            if numbered is not None:
                self._numbered[name] = numbered
            if style.get(f"{w}type") == "paragraph" and style.get(f"{w}default") in ("1", "true"):
                self._default = name
        defaults = root.find(f"{w}docDefaults/{w}rPrDefault/{w}rPr") if root is not None else None
        self._hidden_by_default = bool(self._set(defaults, "vanish"))

    def _set(self, properties: Any, tag: str) -> bool | None:
        """Whether `properties` switch `tag` on or off; None where they say nothing."""
        element = properties.find(f"{self._w}{tag}") if properties is not None else None
        return None if element is None else element.get(f"{self._w}val", "1").lower() not in _OFF

    def _font(self, properties: Any) -> str | None:
        fonts = properties.find(f"{self._w}rFonts") if properties is not None else None
        return fonts.get(f"{self._w}ascii") or fonts.get(f"{self._w}hAnsi") if fonts is not None else None

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

    def _styled(self, tag: str, name: str | None) -> bool | None:
        if (tag, name) not in self._known:
            values = (self._own.get(style, {}).get(tag) for style in self._chain(name))
            self._known[tag, name] = next((value for value in values if value is not None), None)
        return self._known[tag, name]

    def paragraph_style(self, properties: Any) -> str | None:
        """The id of the paragraph's style."""
        element = properties.find(f"{self._w}pStyle") if properties is not None else None
        return element.get(f"{self._w}val") if element is not None else self._default

    def paragraph_bold(self, properties: Any) -> bool:
        """Whether the paragraph's style makes it bold."""
        return bool(self._styled("b", self.paragraph_style(properties)))

    def paragraph_hidden(self, properties: Any) -> bool:
        """Whether the paragraph's style hides its text."""
        hidden = self._styled("vanish", self.paragraph_style(properties))
        return self._hidden_by_default if hidden is None else hidden

    def mark_hidden(self, properties: Any) -> bool:
        """Whether the mark at the paragraph's end is hidden, so that the next paragraph goes on in it."""
        mark = properties.find(f"{self._w}rPr") if properties is not None else None
        if mark is not None and (self._set(mark, "specVanish") or self._set(mark, "vanish")):
            return True
        return mark is None and self.paragraph_hidden(properties)

    def run_bold(self, properties: Any, inherited: bool) -> bool:
        """Whether a run is bold: its own word first, then its character style, then its paragraph's."""
        return self._of_run("b", properties, inherited)

    def run_hidden(self, properties: Any, inherited: bool) -> bool:
        """Whether a run is hidden text, likewise; text that only web pages leave out is shown."""
        return self._of_run("vanish", properties, inherited)

    def _of_run(self, tag: str, properties: Any, inherited: bool) -> bool:
        if properties is None:
            return inherited
        own = self._set(properties, tag)
        if own is not None:
            return own
        style = properties.find(f"{self._w}rStyle")
        styled = self._styled(tag, style.get(f"{self._w}val")) if style is not None else None
        return inherited if styled is None else styled

    def run_raised(self, properties: Any) -> bool:
        """Whether a run is set as superscript, by itself."""
        element = properties.find(f"{self._w}vertAlign") if properties is not None else None
        return element is not None and element.get(f"{self._w}val") == "superscript"

    def run_symbols(self, properties: Any) -> str | None:
        """The font of symbols that a run is set in, if it is; see `symbol_font`."""
        if properties is None:
            return None
        own = self._font(properties)
        if own is not None:
            return symbol_font(own)
        style = properties.find(f"{self._w}rStyle")
        if style is None or not self._fonts:
            return None
        return next((self._fonts[s] for s in self._chain(style.get(f"{self._w}val")) if s in self._fonts), None)

    def numbering(self, properties: Any) -> Any:
        """The numPr element that the paragraph's style gives, if any."""
        if not self._numbered:
            return None
        return next(
            (self._numbered[s] for s in self._chain(self.paragraph_style(properties)) if s in self._numbered), None
        )
