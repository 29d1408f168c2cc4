"""Remarks on a paragraph on screen: who said what and when, what was answered, what is done."""

from __future__ import annotations

from textual.content import Content

from drafter.dossier.judging.threads import Thread, ThreadEntry
from drafter.wording import entry_words
from tui.text import line


def thread_rows(thread: Thread) -> list[Content]:
    """A thread, a line for each thing said."""
    style = "$foreground-muted" if thread.done else ""
    sign = Content.styled(" ✓ ", "$text-success") if thread.done else Content.styled(" ✎ ", "bold $text-accent")
    rows = [sign + _said(thread.entries[0], style)]
    rows += [Content.styled("   ↳ ", "$text-accent") + _said(reply, style) for reply in thread.replies]
    if thread.done:
        rows[-1] += Content.styled(" (afgedaan)", "$foreground-muted")
    return rows


def _said(entry: ThreadEntry, style: str) -> Content:
    return (
        line(entry_words(entry), "$foreground-muted" if style else "$text-primary")
        + Content(" ")
        + line(entry.text, style)
    )
