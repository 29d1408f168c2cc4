"""Text from documents made safe for a terminal."""

from __future__ import annotations

import unicodedata

_KEEP = frozenset("\n\t")


def plain(text: str) -> str:
    """`text` without control and formatting characters that could steer a terminal or hide what is shown.

    Escape sequences lose their escape character, so that what is left of them can be seen; line breaks and tabs stay.
    """
    return "".join(
        c for c in text if c in _KEEP or unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c in "\u200d\u00ad"
    )
