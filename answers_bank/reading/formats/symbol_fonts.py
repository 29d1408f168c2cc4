"""Fonts that draw symbols in the place of letters (Symbol, Wingdings): what a reader sees for a code."""

from __future__ import annotations

import re
from functools import cache

PRIVATE = "\ue000-\uf8ff"
"""Characters without a meaning of their own: word processors keep the codes of such fonts at U+F020 to U+F0FF."""

COMMON_BULLETS = "•◦▪■□●○‣▸➢–-"
"""Marks of a list that every reader knows; others in their place become "•"."""

_PRIVATE = re.compile(f"[{PRIVATE}]")
_FONTS = re.compile(r"(symbol|wingdings(?: ?[23])?|webdings)(?:mt|ps)?\b", re.IGNORECASE)


@cache
def symbol_font(name: str | None) -> str | None:
    """The font of symbols that a font's name stands for ("ABCDEE+Wingdings-Regular" is "wingdings"), if any."""
    found = _FONTS.match(name.rsplit("+", 1)[-1].strip("\"' ").replace("-", " ")) if name else None
    return re.sub(r"(?<=s) ?(?=\d)", " ", found[1].lower()) if found else None


def in_font(text: str, font: str | None, opens: bool) -> str:
    """`text` as it shows in a font of symbols; alone where a line `opens` it is the mark of a list."""
    if font is None:
        return text
    sign = text.strip()
    if not opens or len(sign) != 1:
        return shown_text(text, font)
    return bullet(sign, font) + (" " if text[-1:].isspace() else "")


def shown_text(text: str, font: str | None) -> str:
    """`text` as it shows in `font`, one of those that `symbol_font` gives; where that is None the text as it is."""
    return "".join(_shown(character, font) for character in text) if font else text


def bullet(character: str, font: str | None = None) -> str:
    """The mark of a list that `character` stands for."""
    shown = _shown(character, font) if font else unnamed(character)
    return shown if shown and shown in COMMON_BULLETS else "•"


def unnamed(character: str) -> str:
    """What a private character most likely shows; empty where that cannot be told."""
    code = ord(character) - 0xF000
    if not 0x20 <= code <= 0xFF:
        return ""
    font = "wingdings" if code in _tables()[1] else "symbol"
    return _tables()[0][font].get(code, "")


def _shown(character: str, font: str) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    elif code > 0xFF:
        return "" if _PRIVATE.match(character) else character  # no code of the font: another font stands in
    if code <= 0x20 or (code == 0xA0 and font != "symbol"):
        return " " if code == 0x20 else character
    return _tables()[0].get(font, {}).get(code, "")


@cache
def _tables() -> tuple[dict[str, dict[int, str]], frozenset[int]]:
    """For each font its characters by code, and the codes of Wingdings where no font is named."""
    from answers_bank.dutch.patterns import read_yaml

    data = read_yaml("symbol_fonts", "answers_bank.reading")
    codes = frozenset(int(code, 16) for code in data.pop("unnamed_wingdings").split())
    fonts = {
        str(font): {
            int(start) + place: character
            for start, row in rows.items()
            for place, character in enumerate(row)
            if character != " "
        }
        for font, rows in data.items()
    }
    return fonts, codes
