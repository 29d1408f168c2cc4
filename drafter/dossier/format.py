"""Dossiers as JSON, see `answers_bank.json_values`.

What cannot be read by the rules there asks for a higher `FORMAT_VERSION` and a step in `dossier_store`.
"""

from __future__ import annotations

from answers_bank.json_values import decode, encode

__all__ = ["FORMAT_VERSION", "decode", "encode"]

FORMAT_VERSION = 1
"""Of the JSON made here."""
