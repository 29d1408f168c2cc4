"""Which kinds of findings speak."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.checks.rules import Rule, rules
from tui.text import line
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options

_CHECKS = {
    "staleness": "Verouderd",
    "citations": "Verwijzingen",
    "coverage": "Deelvragen",
    "consistency": "Samenhang",
}


class RuleList(Options):
    """Kinds of findings; Enter and space switch one on or off."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "select", "aan of uit")]


class RulesScreen(Screen["tuple[str, ...] | None"]):
    """All kinds of findings with an example; gives those that are off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "bewaren"),
        Binding("escape", "dismiss(None)", "laat maar"),
    ]

    def __init__(self, off: tuple[str, ...]) -> None:
        super().__init__()
        self.rules: tuple[Rule, ...] = rules()
        whole = {name for name in off if "/" not in name}
        self.off = {rule.id for rule in self.rules if rule.id in off or rule.check in whole}

    def compose(self) -> ComposeResult:
        """Title, list."""
        yield Static(Content.styled("Signalen: wat wordt gemeld", "bold"), id="head")
        yield Static(id="rules-state")
        yield RuleList(id="rules")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show all."""
        options = self.query_one(RuleList)
        options.set_options(Option(self._row(index)) for index in range(len(self.rules)))
        options.highlighted = 0
        options.focus()
        self._state()

    def _state(self) -> None:
        words = f"{len(self.rules) - len(self.off)} van {len(self.rules)} soorten aan"
        self.query_one("#rules-state", Static).update(Content.styled(words, "$foreground-muted"))

    def _row(self, index: int) -> Content:
        rule = self.rules[index]
        rows = []
        if index == 0 or self.rules[index - 1].check != rule.check:
            rows.append(Content.styled(f"── {_CHECKS.get(rule.check, rule.check)} ", "bold $foreground-muted"))
        off = rule.id in self.off
        sign = Content.styled("○ uit ", "$foreground-muted") if off else Content.styled("● aan ", "$text-success")
        rows.append(sign + line(rule.title, "$foreground-muted" if off else "bold"))
        rows.append(Content("      ") + line(f"zoals: {rule.example}", "$foreground-muted"))
        return Content("\n").join(rows)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Switch it."""
        event.stop()
        self.off ^= {self.rules[event.option_index].id}
        self.query_one(RuleList).replace_option_prompt_at_index(event.option_index, self._row(event.option_index))
        self._state()

    def action_keep(self) -> None:
        """Give what is off; a check of which all is off by its own name."""
        self.dismiss(tuple(rule.id for rule in self.rules if rule.id in self.off))
