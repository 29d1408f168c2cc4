"""How the numbers of a list are written."""

from __future__ import annotations

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_FORMS = {
    "a": ("letter", False), "lower-alpha": ("letter", False), "lower-latin": ("letter", False),
    "lowerLetter": ("letter", False), "A": ("letter", True), "upper-alpha": ("letter", True),
    "upper-latin": ("letter", True), "upperLetter": ("letter", True), "i": ("roman", False),
    "lower-roman": ("roman", False), "lowerRoman": ("roman", False), "I": ("roman", True),
    "upper-roman": ("roman", True), "upperRoman": ("roman", True),
}  # fmt: skip
"""Names of HTML, OpenDocument and Word for the same thing: letters or Roman numbers, in capitals or not."""


def counted(number: int, form: str) -> str:
    """A number as `form` writes it; in figures where the form is another one."""
    kind, capitals = _FORMS.get(form, ("", False))
    if number < 1 or not kind:
        return str(number)
    written = _roman(number) if kind == "roman" else chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    return written.upper() if capitals else written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value and len(written) < 20:
            written += letters
            number -= value
    return written
