"""The keys of where you are."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static, TextArea

from tui.widgets.key_bar import KeyBar, binding_node, key_name, own_bindings

_MOVING = (
    ("↑ ↓  PgUp PgDn  Home End", "in een lijst of tekst bewegen; dat verandert nooit iets"),
    ("Tab  ⇧Tab", "naar het volgende of vorige vak"),
    ("muis", "klikken kiest, dubbelklikken opent, slepen selecteert tekst, ^c kopieert die"),
)
_TYPING = (
    ("^← ^→", "een woord verder of terug"),
    ("⇧← ⇧→", "selecteren"),
    ("^x ^c ^v", "knippen, kopiëren, plakken"),
    ("^z ^y", "tijdens het typen: ongedaan, opnieuw"),
    ("↵  ⌫ aan het begin", "nieuwe alinea; samenvoegen met de vorige"),
    ("^w ^u", "woord weg, regel weg tot de cursor"),
    ("^k", "alinea splitsen waar de zin bij de cursor begint"),
    ("Esc", "klaar met typen; alles is al bewaard"),
)
_SIGNS = (
    ("✓ … ! ∅", "vragen: klaar, in bewerking, met waarschuwing, nog leeg"),
    ("Signalen 2  Deelvragen 1", "twee signalen in dit antwoord, één deelvraag nog open"),
    ("↥ nieuwste", "een nieuwere versie dan die in het gevonden antwoord"),
    ("○ ◐ ●", "eerdere antwoorden: niet, deels, helemaal gebruikt"),
    ("[+zo+] [-zo-]", "verschil met de bron: erbij, eruit"),
    ("letterlijk · bewerkt · eigen tekst", "hoe een alinea zich tot haar bron verhoudt"),
)


_KEYS = 26
_WORDS = 54
"""Cells for the keys and for what they do."""


class HelpScreen(ModalScreen[None]):
    """All keys of a screen, in three groups."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss", "sluiten", key_display="Esc"),
        Binding("pagedown,space", "page(1)", "verder"),
        Binding("pageup", "page(-1)", "terug"),
    ]

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__()
        self.of = of

    def compose(self) -> ComposeResult:
        """The list."""
        with VerticalScroll(id="help"):
            yield Static(self._text())
        yield KeyBar()

    def action_page(self, step: int) -> None:
        """Go a screen further or back."""
        pane = self.query_one("#help", VerticalScroll)
        pane.scroll_relative(y=step * max(pane.content_region.height - 2, 1), animate=False)

    def _text(self) -> Content:
        typing = isinstance(self.of.focused, TextArea)
        here: dict[str, tuple[list[str], str]] = {}
        everywhere: dict[str, tuple[list[str], str]] = {}
        for binding, _enabled in own_bindings(self.of):
            group = everywhere if binding_node(self.of, binding) is self.app else here
            keys, _ = group.setdefault(binding.action, ([], binding.tooltip or binding.description))
            name = key_name(binding)
            if name not in keys:
                keys.append(name)
        rows = [_group("Hier", [(" of ".join(keys), text) for keys, text in here.values()])] if here else []
        rows.append(_group("Overal", [(" of ".join(keys), text) for keys, text in everywhere.values()]))
        rows.append(_group("Bewegen", _MOVING))
        if not typing:
            rows.append(_group("Typen", _TYPING))
        rows.append(_group("Tekens", _SIGNS))
        return Content("\n\n").join(rows)


def _group(title: str, rows: Any) -> Content:
    lines = [Content.styled(title, "bold $text-primary")]
    for keys, text in rows:
        first, *rest = Content(text).wrap(_WORDS)
        lines.append(Content.assemble((f"  {keys:<{_KEYS}}", "$text-accent"), first))
        lines += [Content(" " * (_KEYS + 2)) + more for more in rest]
    return Content("\n").join(lines)
