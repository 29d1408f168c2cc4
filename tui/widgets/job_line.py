"""Where waiting is shown: one line that is there only while something runs."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui.jobs import Job, foremost
from tui.shell import shell_of


class JobLine(Widget):
    """The job under way, how far it is, and how to stop it."""

    _shown = Content("")

    def on_mount(self) -> None:
        """Look ten times a second; counters of jobs may be read from here."""
        self.display = False
        self.set_interval(0.1, self._look)

    def _look(self) -> None:
        job = foremost(shell_of(self).jobs.values())
        words = job_words(job, self.screen) if job is not None else Content("")
        self.display = job is not None
        if words != self._shown:
            self._shown = words
            self.refresh()

    def render(self) -> Content:
        """Label, bar, count, and Esc."""
        return self._shown


def job_words(job: Job, screen: object = None) -> Content:
    """What runs, its stage, how far it is, and how to stop it where that can be done on `screen`."""
    stage = "" if job.title in ("", job.label) else f"{job.title} · "
    parts: list[Content] = [Content.styled(f"{stage}{job.label} ", "bold")]
    if job.total:
        width = 20
        full = min(width * job.done // job.total, width)
        parts.append(Content.styled("█" * full, "$text-primary"))
        parts.append(Content.styled("░" * (width - full), "$foreground-muted"))
        parts.append(Content(f" {job.done} van {job.total} "))
        if job.left is not None:
            parts.append(Content.styled(f"· nog {_seconds(job.left)} ", "$foreground-muted"))
    else:
        parts.append(Content("… "))
    if job.detail:
        detail = " ".join(job.detail.split())
        parts.append(Content.styled(detail if len(detail) < 40 else detail[:39] + "…", "$foreground-muted"))
    if job.cancelled() or job.stops_on(screen):
        parts.append(Content.styled("   wordt gestopt…" if job.cancelled() else "   Esc = stoppen", "$text-accent"))
    return Content("").join(parts)


def _seconds(left: float) -> str:
    """How long, as nobody counts it more exactly: "een paar seconden", "20 seconden", "3 minuten"."""
    if left < 5:
        return "een paar seconden"
    if left < 90:
        return f"{round(left / 5) * 5} seconden"
    return f"{round(left / 60)} minuten"
