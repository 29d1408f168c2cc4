"""Lines for the user about what the program mended or went round by itself; nothing is shown where nobody listens."""

from __future__ import annotations

import logging

LOGGER = logging.getLogger("kamerantwoord")
"""The command line shows what is told here on standard error."""

LOGGER.addHandler(logging.NullHandler())


def tell(text: str) -> None:
    """Tell the user one line in Dutch."""
    LOGGER.warning("%s", text)
