"""The tab with standard passages: each with its wordings over time."""

from __future__ import annotations

import datetime

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from answers_bank.dutch.time.dates import UNKNOWN_DATE
from drafter.bank_views.passage_list import StandardPassage, Wording
from drafter.bank_views.passage_timelines import care_line
from drafter.wording import age, count, short_date
from tui.text import difference, line, prose
from tui.widgets.found import FoundPane
from tui.widgets.lists import ReadableList, SourceList, StatedPane


class StandardPane(StatedPane):
    """Standard passages above; below, the wordings of the one at hand, newest first."""

    def __init__(self, as_of: datetime.date, inserts: bool = True) -> None:
        """`inserts`: whether there is a draft to put things in."""
        super().__init__("standard")
        self.as_of = as_of
        self._inserts = inserts
        self._list = ReadableList if inserts else SourceList
        self.standards: tuple[StandardPassage, ...] = ()
        self._fitting: int | None = None

    def compose(self) -> ComposeResult:
        """State, passages, wordings."""
        yield from super().compose()
        yield self._list(id="standard-list")
        yield Static(id="standard-timeline")
        yield self._list(id="standard-variants")

    def show(self, standards: tuple[StandardPassage, ...], fitting: int | None = None) -> None:
        """Show the standard passages in the order given; the first so many fit the question at hand."""
        if (standards, fitting) == (self.standards, self._fitting) and standards:
            return
        chosen = self.chosen
        self.standards, self._fitting = standards, fitting
        words = count(len(standards), "standaardpassage", "standaardpassages")
        if fitting is not None and standards:
            words += f", {fitting} bij deze vraag" if fitting else ", geen bij deze vraag gevonden"
        self.state(words if standards else "In de bank staan nog geen passages die terugkomen.")
        options = self.query_one("#standard-list", ReadableList)
        options.set_options(Option(self._row(index, standard)) for index, standard in enumerate(standards))
        if standards:
            ids = [standard.id for standard in standards]
            # What the user has at hand stays so; else the best comes first.
            keep = chosen is not None and chosen.id in ids and options.has_focus
            options.highlighted = ids.index(chosen.id) if keep and chosen else 0
            self.call_after_refresh(options.scroll_to_highlight)

    @property
    def chosen(self) -> StandardPassage | None:
        """The standard passage at hand."""
        at = self.query_one("#standard-list", ReadableList).highlighted
        return self.standards[at] if at is not None and at < len(self.standards) else None

    @property
    def chosen_wording(self) -> Wording | None:
        """The wording at hand: the newest unless another is chosen."""
        standard = self.chosen
        if standard is None or not standard.wordings:
            return None
        at = self.query_one("#standard-variants", ReadableList).highlighted
        return standard.wordings[at] if at is not None and at < len(standard.wordings) else standard.wordings[0]

    def _row(self, index: int, standard: StandardPassage) -> Content:
        newest = standard.wordings[0].last if standard.wordings else None
        when = f", nieuwste {short_date(newest)}" if newest else ""
        versions = count(len(standard.wordings), "versie", "versies")
        rows = []
        if self._fitting and index in (0, self._fitting):
            rows.append(Content.styled(f"── {'Andere' if index else 'Bij deze vraag'} ", "bold $foreground-muted"))
        number = f"{index + 1:>2} " if self._inserts else ""
        rows.append(Content.styled(number, "$text-accent") + line(standard.name, "bold"))
        rows.append(line(f"{versions}{when} · in {count(standard.times, 'stuk', 'stukken')}", "$text-secondary"))
        if told := care_line(standard.care, self.as_of):
            due = standard.care is not None and standard.care.is_due(self.as_of)
            rows.append(line(f"{'⚠ ' if due else ''}{told}", "$text-warning" if due else "$foreground-muted"))
        return Content("\n").join(rows)

    def _wording(self, standard: StandardPassage, index: int) -> Content:
        wording = standard.wordings[index]
        when = short_date(wording.last) if wording.last else UNKNOWN_DATE
        if wording.first and wording.last and wording.first != wording.last:
            when = f"{short_date(wording.first)} – {when}"
        old = f" · {age(wording.last, self.as_of)}" if wording.last else ""
        often = f"{wording.times} keer gebruikt"
        head = line(f"{'⟵ nieuwste  ' if index == 0 else ''}{when}{old} · {often}", "bold $text-accent")
        # An older wording shows how the one after it differs from it.
        text = difference(wording.text, standard.wordings[index - 1].text) if index else prose(wording.text)
        return Content("\n").join([head, text, Content("")])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the wordings of the passage at hand."""
        event.stop()
        if event.option_list.id != "standard-list":
            self._show_timeline()
            return
        standard = self.chosen
        options = self.query_one("#standard-variants", ReadableList)
        count_of = len(standard.wordings) if standard else 0
        options.set_options(Option(self._wording(standard, index)) for index in range(count_of) if standard)
        if count_of:
            options.highlighted = 0
        self._show_timeline()

    def _show_timeline(self) -> None:
        standard, bar = self.chosen, self.query_one("#standard-timeline", Static)
        at = self.query_one("#standard-variants", ReadableList).highlighted or 0
        bar.update(timeline(standard.wordings, at, bar.size.width) if standard else Content(""), layout=False)

    def on_resize(self) -> None:
        """Fit the timeline."""
        self.call_after_refresh(self._show_timeline)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Put the newest wording in, or the one at hand."""
        event.stop()
        wording = self.chosen_wording
        if event.option_list.id == "standard-list" and self.chosen and self.chosen.wordings:
            wording = self.chosen.wordings[0]
        if wording:
            self.post_message(FoundPane.Insert((wording.passage,)))

    def on_readable_list_read(self, event: ReadableList.Read) -> None:
        """Read where the wording stands."""
        event.stop()
        wording = self.chosen_wording
        if wording:
            self.post_message(FoundPane.Read(wording.passage.rpartition("#")[0], wording.passage.partition("@")[0]))


def timeline(wordings: tuple[Wording, ...], at: int, width: int) -> Content:
    """When each wording was used last: ○ on a line from the oldest to the newest, ● for the one at hand."""
    dated = [(index, wording.last) for index, wording in enumerate(wordings) if wording.last]
    days = [day for _, day in dated]
    if len(set(days)) < 2:
        return Content("")
    first, last = min(days), max(days)
    begin, end = f"{short_date(first)} ", f" {short_date(last)}"
    room = width - len(begin) - len(end)
    if room < 8:
        return Content("")
    marks = ["─"] * room
    for index, day in sorted(dated, key=lambda pair: pair[0] == at):
        marks[round((day - first).days / (last - first).days * (room - 1))] = "●" if index == at else "○"
    words = (
        Content.styled(begin, "$foreground-muted") + Content("".join(marks)) + Content.styled(end, "$foreground-muted")
    )
    return words.stylize("$text-accent", len(begin), len(begin) + room)
