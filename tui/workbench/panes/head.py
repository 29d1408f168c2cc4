"""The first line of the workbench: what the dossier is about, and until when. What matters most stays longest."""

from __future__ import annotations

import datetime

from textual.content import Content
from textual.widget import Widget

from answers_bank.dutch.time.dates import dutch_date
from drafter.dossier.set_state import SetState
from drafter.dossier.summary import DossierSummary
from drafter.wording import sentence_case, short_date, term
from tui.text import line

_LEAST = 24
"""Cells that the subject keeps in any case."""


class DossierHead(Widget):
    """Subject and people at the left, the term at the right."""

    def __init__(self) -> None:
        super().__init__(id="head")
        self._summary: DossierSummary | None = None
        self._as_of = datetime.date.min

    def show(self, summary: DossierSummary, as_of: datetime.date) -> None:
        """Show a dossier as it stands on a day."""
        if (summary, as_of) != (self._summary, self._as_of):
            self._summary, self._as_of = summary, as_of
            self.refresh()

    def render(self) -> Content:
        """As much as the width holds."""
        if self._summary is None:
            return Content("")
        return head_line(self._summary, self._as_of, self.content_size.width)


def head_line(summary: DossierSummary, as_of: datetime.date, width: int) -> Content:
    """First the people go, then the words for the day, and only then the end of the subject."""
    subject = line(sentence_case(summary.subject), "bold")
    state = summary.state if summary.state not in ("", SetState.AT_WORK) else ""
    people = line(" · ".join(filter(None, (state, ", ".join(summary.askers), summary.portfolio))), "$foreground-muted")
    dues, style = [""], ""
    if summary.due is not None and summary.state != SetState.SENT:
        days = summary.days_left(as_of) or 0
        left = term(summary, as_of)
        dues = [f"uiterlijk {dutch_date(summary.due)} · {left}", f"{short_date(summary.due)} · {left}", left]
        style = "bold $text-error" if days < 0 else "bold $text-warning" if days <= 5 else "$foreground-muted"
    fits = [due for due in dues if subject.cell_length + 2 + len(due) <= width]
    due = fits[0] if fits else dues[-1]
    room = width - len(due) - 2
    if subject.cell_length > room:
        shown = subject.truncate(max(room, _LEAST), ellipsis=True)
    else:
        shown = subject
        room -= subject.cell_length + 2
        if people.cell_length <= room:
            shown += Content("  ") + people
        elif room > _LEAST:
            shown += Content("  ") + people.truncate(room, ellipsis=True)
    gap = max(width - shown.cell_length - len(due), 2)
    return shown + Content(" " * gap) + Content.styled(due, style)
