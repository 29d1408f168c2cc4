"""The tabs with findings and with sub-questions."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from drafter.checks.finding import Coverage, Severity
from drafter.checks.titles import short_title
from drafter.dossier.value import DraftAnswer
from drafter.dossier.waivers import reason_in
from drafter.wording import question_words, short_date
from tui.text import SIGN, line
from tui.widgets.lists import FindingList, StatedPane
from tui.workbench.signal_places import SignalPlace, places


class SignalPane(StatedPane):
    """Findings on the answer at hand, then those of the other answers."""

    @dataclass
    class Go(Message):
        """Go to a finding."""

        place: SignalPlace

    def __init__(self) -> None:
        super().__init__("signal")
        self.places: list[SignalPlace] = []

    def compose(self) -> ComposeResult:
        """State and list."""
        yield from super().compose()
        yield FindingList(id="signal-list")

    @dataclass
    class Chosen(Message):
        """A finding was taken at hand in the list: the text goes along."""

        place: SignalPlace

    def show(self, answers: tuple[DraftAnswer, ...], number: int, info: bool) -> None:
        """Show the findings, those on the answer to `number` first; without `info` only the warnings."""
        here = tuple(answer for answer in answers if number in answer.numbers)
        others = tuple(answer for answer in answers if number not in answer.numbers)
        own = places(here, info=info)
        still_open = own + places(others, info=info)
        self.places = still_open + places(answers, intended=True)
        options = self.query_one(FindingList)
        at = options.highlighted
        rows: list[Option] = []
        for index, place in enumerate(self.places):
            head = None
            if index == 0 and own:
                head = f"In dit antwoord ({len(own)})"
            elif index == len(still_open):
                head = f"Bewust zo ({len(self.places) - index})"
            elif index == len(own):
                head = "In de andere antwoorden"
            rows.append(Option(_row(place, head, elsewhere=index >= len(own))))
        options.set_options(rows)
        if rows:
            options.highlighted = min(at or 0, len(rows) - 1)
        warnings = sum(place.finding.severity is Severity.WARNING for place in own)
        text = f"{warnings} te controleren in dit antwoord" if warnings else "Niets te controleren in dit antwoord."
        hidden = len(places(here)) - len(own)
        if hidden:
            text += f" Ter informatie: {hidden} (i)."
        self.state(text)

    @property
    def chosen(self) -> SignalPlace | None:
        """The finding at hand."""
        at = self.query_one(FindingList).highlighted
        return self.places[at] if at is not None and at < len(self.places) else None

    def choose(self, place: SignalPlace) -> None:
        """Take a finding at hand."""
        if place in self.places:
            self.query_one(FindingList).highlighted = self.places.index(place)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Have the text go along."""
        event.stop()
        if event.option_list.has_focus and self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the words."""
        event.stop()
        if event.option_index < len(self.places):
            self.post_message(self.Go(self.places[event.option_index]))


def _row(place: SignalPlace, head: str | None, elsewhere: bool) -> Content:
    finding = place.finding
    rows = [Content.styled(f"── {head} ", "bold $foreground-muted")] if head else []
    if place.intended:
        reason = reason_in(place.intended)
        words = f"“{finding.quote}”" if finding.quote else finding.message
        rows.append(
            Content.styled("✓ ", "$text-success")
            + line(f"{question_words((place.number,))} · {words}{f': {reason}' if reason else ''}")
        )
        return Content("\n").join(
            [*rows, Content.styled("  b = weer een gewoon signaal", "$foreground-muted"), Content("")]
        )
    where = f"{question_words((place.number,))} · " if elsewhere else ""
    said = line(finding.line)
    if finding.quote and (at := said.plain.find(words := line(f"“{finding.quote}”").plain)) >= 0:
        said = said.stylize("bold", at, at + len(words))
    style = "bold $text-warning" if finding.severity is Severity.WARNING else "$text-secondary"
    rows.append(Content.assemble((f"{SIGN[finding.severity]} ", style), where, said))
    if finding.suggestion is not None:
        rows.append(Content.assemble(("  h → ", "bold $text-accent"), line(f"“{finding.suggestion}”")))
    rows.extend(
        Content("  ")
        + line(f"zie {short_title(e.named)}{f', {short_date(e.date)}' if e.date else ''}{e.words}", "$foreground-muted")
        for e in finding.evidence[:3]
        if e.document
    )
    return Content("\n").join([*rows, Content("")])


class CoveragePane(StatedPane):
    """The sub-questions of the answer at hand, and what takes each up."""

    @dataclass
    class Go(Message):
        """Go to a block."""

        block: str

    def __init__(self) -> None:
        super().__init__("covered")
        self.coverage: tuple[Coverage, ...] = ()

    def compose(self) -> ComposeResult:
        """State and list."""
        yield from super().compose()
        yield FindingList(id="covered-list")

    def show(self, answer: DraftAnswer) -> None:
        """Show the sub-questions of `answer`."""
        self.coverage = answer.coverage
        order = {block.id: index for index, block in enumerate(answer.blocks, start=1)}
        options = self.query_one(FindingList)
        options.set_options(Option(_covered(item, order)) for item in answer.coverage)
        still_open = sum(not item.covered and not item.doubtful for item in answer.coverage)
        to_judge = sum(item.doubtful for item in answer.coverage)
        if not answer.coverage:
            text = "De deelvragen zijn nog niet bepaald (controleren: ^r)."
        elif still_open or to_judge:
            parts = [f"{still_open} niet beantwoord"] * bool(still_open) + [f"{to_judge} te beoordelen"] * bool(
                to_judge
            )
            text = f"Van {len(answer.coverage)} deelvragen: {', '.join(parts)}"
        else:
            text = "Op alle deelvragen staat een antwoord."
        self.state(text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the passage that takes it up."""
        event.stop()
        block = self.coverage[event.option_index].block
        if block:
            self.post_message(self.Go(block))


def _covered(item: Coverage, order: dict[str, int]) -> Content:
    where = f", alinea {order[item.block]}" if item.block in order else ""
    if item.covered:
        mark, style, said = "✓", "$text-success", f"beantwoord{where}"
    elif item.doubtful:
        mark, style, said = "?", "$text-warning", f"te beoordelen{where}"
    else:
        mark, style, said = "○", "bold $text-warning", "niet beantwoord"
    label = f"{item.label}) " if item.label else ""
    return Content.assemble(
        (f"{mark} ", style),
        f"{question_words((item.question,))} {label}",
        (f"— {said}\n", style),
        "  ",
        line(item.text),
        *(("\n  ", line(f"“{item.sentence}”", "$foreground-muted")) if item.sentence else ()),
        "\n",
    )
