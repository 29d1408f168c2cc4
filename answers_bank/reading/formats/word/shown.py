"""What of a Word file's markup a reader sees once its changes are accepted: the one place that reading a document and
reading back an edited draft share."""

from __future__ import annotations

from typing import Any

from answers_bank.reading.formats.symbol_fonts import bullet, shown_text, symbol_font
from answers_bank.reading.formats.word.styles import ReadStyles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
"""Elements whose content is gone once changes are accepted."""


def joins_next(paragraph: Any, styles: ReadStyles) -> bool:
    """Whether the next paragraph goes on in this one: the mark at its end was deleted, moved away or is hidden."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return styles.paragraph_hidden(None)
    mark = properties.find(f"{W}rPr")
    deleted = mark is not None and any(mark.find(tag) is not None for tag in DELETED)
    return deleted or styles.mark_hidden(properties)


def row_shown(row: Any) -> bool:
    """Whether a table row is there: neither deleted nor hidden."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return True
    hidden = properties.find(f"{W}hidden")
    switched_on = hidden is not None and hidden.get(f"{W}val", "1").lower() not in ("0", "false", "off")
    return not switched_on and properties.find(f"{W}del") is None


def symbol(element: Any, opens: bool) -> str:
    """What a `w:sym` shows; where it `opens` a line, a mark of a list. Empty where its font has no such character."""
    code = element.get(f"{W}char", "")
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    name = element.get(f"{W}font")
    font = symbol_font(name)
    if font is None and name and not 0xF000 <= ord(character) <= 0xF0FF:
        return character if character.isprintable() else ""
    return bullet(character, font) if opens else shown_text(character, font)
