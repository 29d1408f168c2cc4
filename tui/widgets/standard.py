"""The tab with standard passages: each with its wordings over time."""

from __future__ import annotations

import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.desk import Standard, Variant
from drafter.wording import age, count, short_date
from tui.text import difference, line, prose
from tui.widgets.found import FoundPane
from tui.widgets.lists import ReadableList, SourceList


class StandardPane(Vertical):
    """Standard passages above; below, the wordings of the one at hand, newest first."""

    def __init__(self, as_of: datetime.date, inserts: bool = True) -> None:
        """`inserts`: whether there is a draft to put things in."""
        super().__init__()
        self.as_of = as_of
        self._list = ReadableList if inserts else SourceList
        self.standards: tuple[Standard, ...] = ()

    def compose(self) -> ComposeResult:
        """State, passages, wordings."""
        yield Static(id="standard-state")
        yield self._list(id="standard-list")
        yield self._list(id="standard-variants")

    def state(self, message: str) -> None:
        """What is going on."""
        self.query_one("#standard-state", Static).update(Content.styled(message, "$foreground-muted"), layout=False)

    def show(self, standards: tuple[Standard, ...]) -> None:
        """Show the standard passages in the order given."""
        chosen = self.chosen
        self.standards = standards
        self.state(
            f"{count(len(standards), 'standaardpassage', 'standaardpassages')}"
            if standards
            else "In de bank staan nog geen passages die terugkomen."
        )
        options = self.query_one("#standard-list", ReadableList)
        options.set_options(Option(self._row(standard)) for standard in standards)
        if standards:
            ids = [standard.id for standard in standards]
            options.highlighted = ids.index(chosen.id) if chosen and chosen.id in ids else 0

    @property
    def chosen(self) -> Standard | None:
        """The standard passage at hand."""
        at = self.query_one("#standard-list", ReadableList).highlighted
        return self.standards[at] if at is not None and at < len(self.standards) else None

    @property
    def chosen_variant(self) -> Variant | None:
        """The wording at hand: the newest unless another is chosen."""
        standard = self.chosen
        if standard is None or not standard.variants:
            return None
        at = self.query_one("#standard-variants", ReadableList).highlighted
        return standard.variants[at] if at is not None and at < len(standard.variants) else standard.variants[0]

    def _row(self, standard: Standard) -> Content:
        newest = standard.variants[0].last if standard.variants else None
        when = f", nieuwste {short_date(newest)}" if newest else ""
        versions = count(len(standard.variants), "versie", "versies")
        return Content("\n").join(
            [
                line(standard.name, "bold"),
                line(
                    f"{versions}{when} · in {count(standard.times, 'stuk', 'stukken')}",
                    "$text-secondary",
                ),
            ]
        )

    def _variant(self, standard: Standard, index: int) -> Content:
        variant = standard.variants[index]
        when = short_date(variant.last) if variant.last else "zonder datum"
        if variant.first and variant.last and variant.first != variant.last:
            when = f"{short_date(variant.first)} – {when}"
        old = f" · {age(variant.last, self.as_of)}" if variant.last else ""
        head = line(f"{'⟵ nieuwste  ' if index == 0 else ''}{when}{old} · {variant.times}×", "bold $text-accent")
        # An older wording shows how the one after it differs from it.
        text = difference(variant.text, standard.variants[index - 1].text) if index else prose(variant.text)
        return Content("\n").join([head, text, Content("")])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the wordings of the passage at hand."""
        if event.option_list.id != "standard-list":
            return
        event.stop()
        standard = self.chosen
        variants = self.query_one("#standard-variants", ReadableList)
        variants.set_options(
            Option(self._variant(standard, index)) for index in range(len(standard.variants) if standard else 0)
        ) if standard else variants.clear_options()
        if standard and standard.variants:
            variants.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Put the newest wording in, or the one at hand."""
        event.stop()
        variant = self.chosen_variant
        if event.option_list.id == "standard-list" and self.chosen and self.chosen.variants:
            variant = self.chosen.variants[0]
        if variant:
            self.post_message(FoundPane.Insert((variant.passage,)))

    def on_readable_list_read(self, event: ReadableList.Read) -> None:
        """Read where the wording stands."""
        event.stop()
        variant = self.chosen_variant
        if variant:
            self.post_message(FoundPane.Read(variant.passage.rpartition("#")[0], variant.passage.partition("@")[0]))
