"""How marks of notes and their list are written where the format has no notes of its own."""

from __future__ import annotations

from benchmarks.generated.model import Drawn, Layout

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def mark_shown(mark: str, layout: Layout, raised: bool = False) -> str:
    """The mark behind a word; a raised one as characters of its own where asked."""
    if layout.mark_style == "1":
        return mark.translate(_RAISED) if raised else mark
    return {"1)": f" {mark})", "[1]": f" [{mark}]"}[layout.mark_style]


def note_lines(drawn: Drawn) -> list[str]:
    """The list of notes behind all text; empty where they stand at the foot of their pages."""
    if drawn.layout.note_style == "page":
        return []
    forms = {"1": "{} {}", "1)": "{}) {}", "[1]": "[{}] {}"}
    return [forms[drawn.layout.mark_style].format(mark, text) for mark, text in drawn.notes]
