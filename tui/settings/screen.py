"""What is set, and changing it: each with a list, a picker or a line to type, and what cannot be used is refused."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from answers_bank.dutch.time.dates import dutch_date, typed_day
from drafter.backend.local import ModelState
from drafter.settings.usable import AFTER_RESTART
from drafter.settings.values import settings_path
from drafter.wording import count
from embeddings.errors import KamerantwoordError
from tui.dialogs.ask import AskLine, Choose
from tui.dialogs.files import FileScreen
from tui.settings.rules import RulesScreen
from tui.shell import ShellScreen
from tui.text import line
from tui.themes import NAMES
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options

_MODEL = {
    ModelState.ABSENT: "nog niet geladen",
    ModelState.LOADING: "wordt geladen…",
    ModelState.READY: "geladen",
    ModelState.FAILED: "laadt niet; er wordt alleen op woorden gezocht",
}


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting on screen."""

    key: str
    name: str
    value: str
    about: str
    picker: str = ""
    """The question of the picker, where a file or folder is to be chosen."""

    default: str = ""
    """What the default is called."""


class SettingsScreen(ShellScreen[None]):
    """The settings, each on a line; Enter changes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "wijzigen", priority=True),
        Binding("escape", "dismiss", "terug"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.waiting: dict[str, str] = {}
        """What was chosen and holds from the next start on."""

    def compose(self) -> ComposeResult:
        """Title and list."""
        yield Static(Content.styled("Instellingen", "bold"), id="head")
        with VerticalScroll(id="settings-body", can_focus=False):
            yield Options(id="settings")
            yield Static(id="settings-file")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is set."""
        self.show()
        self.query_one(OptionList).focus()
        self.set_interval(1, self.show)

    def rows(self) -> list[SettingRow]:
        """The settings as they are now."""
        backend = self.shell.backend
        settings = backend.settings
        today = " (vandaag)" if backend.as_of == datetime.date.today() else " (tot u het programma sluit)"
        off = settings.signalen.uit
        return [
            SettingRow(
                "peildatum",
                "Peildatum",
                f"{dutch_date(backend.as_of)}{today}",
                "de dag waarop het concept moet kloppen",
            ),
            SettingRow("thema", "Thema", NAMES.get(self.app.theme, self.app.theme), "donker, licht of hoog contrast"),
            SettingRow("naam", "Uw naam", settings.naam or "(nog niet ingevuld)", "staat bij akkoord en opmerkingen"),
            SettingRow(
                "model",
                "Taalmodel",
                f"{backend.model_name} · {_MODEL[backend.model]}",
                "waarmee op betekenis wordt gezocht; een map met sentence-transformers",
                "In welke map staat het model? (^o = deze map)",
                "het meegeleverde model",
            ),
            SettingRow(
                "bank",
                "Bank",
                str(backend.bank_folder),
                "de map met de stukken en dossiers",
                "Welke map wordt de bank? (^o = deze map)",
                "de gewone plaats",
            ),
            SettingRow(
                "signalen.uit",
                "Signalen uit",
                f"{count(len(off), 'soort', 'soorten')}: {', '.join(off)}" if off else "geen: alles wordt gemeld",
                "soorten signalen die u niet wilt zien",
            ),
            SettingRow(
                "signalen.registers",
                "Eigen registers",
                settings.signalen.registers or "geen",
                "een map met eigen lijsten voor de signalen, naast de meegeleverde",
                "In welke map staan uw registers? (^o = deze map)",
                "geen eigen registers",
            ),
            SettingRow(
                "uitvoer.sjabloon",
                "Word-sjabloon",
                settings.uitvoer.sjabloon or "het meegeleverde",
                "een .docx met de stijlen van uw ministerie",
                "Welk Word-bestand is het sjabloon?",
                "het meegeleverde sjabloon",
            ),
            SettingRow(
                "signalen.termen",
                "Vaste termen",
                settings.signalen.termen or "geen",
                "een bestand (yaml of csv) met termen en hoe u ze schrijft; eigen tekst wordt eraan gehouden",
                "Welk bestand heeft uw vaste termen?",
                "geen vaste termen",
            ),
        ]

    def show(self) -> None:
        """Show what is set now."""
        options = self.query_one(OptionList)
        prompts = [self._words(row) for row in self.rows()]
        if options.option_count != len(prompts):
            options.set_options(Option(prompt) for prompt in prompts)
            options.highlighted = 0
        else:
            for index, prompt in enumerate(prompts):
                if options.get_option_at_index(index).prompt != prompt:
                    options.replace_option_prompt_at_index(index, prompt)
        self.query_one("#settings-file", Static).update(
            line(f"Alle instellingen staan in {settings_path()}.", "$foreground-muted")
        )

    def _words(self, row: SettingRow) -> Content:
        later = self.waiting.get(row.key)
        next_time = Content("")
        if later:
            next_time = Content(f"\n{'':<18}") + line(f"na opnieuw starten: {later}", "bold $text-warning")
        return Content.assemble(
            (f"{row.name:<18}", "bold"),
            line(row.value),
            next_time,
            (f"\n{'':<18}{row.about}", "$foreground-muted"),
            "\n",
        )

    def action_change(self) -> None:
        """Change the setting at hand."""
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        row = self.rows()[at]
        backend = self.shell.backend
        if row.key == "peildatum":
            self.app.push_screen(
                AskLine("Peildatum (JJJJ-MM-DD, leeg = vandaag)", backend.as_of.isoformat()), self._as_of
            )
        elif row.key == "thema":
            names = list(NAMES)
            at_now = names.index(self.app.theme) if self.app.theme in names else 0
            self.app.push_screen(Choose("Thema", tuple(NAMES.values()), at_now), self._theme)
        elif row.key == "naam":
            self.app.push_screen(AskLine("Uw naam", backend.settings.naam), lambda name: self._keep("naam", name))
        elif row.key == "signalen.uit":
            self.app.push_screen(RulesScreen(backend.settings.signalen.uit), self._rules)
        else:
            self._choose(row)

    def _choose(self, row: SettingRow) -> None:
        folders = row.key != "uitvoer.sjabloon"
        kind = "een andere map kiezen" if folders else "een ander bestand kiezen"

        def picked(path: Path | None) -> None:
            if path is not None:
                self._keep(row.key, str(path))

        def chosen(which: int | None) -> None:
            if which == 0:
                self.app.push_screen(FileScreen(row.picker, folders), picked)
            elif which == 1:
                self._keep(row.key, None, default=row.default)

        self.app.push_screen(Choose(row.name, (kind, row.default)), chosen)

    def _as_of(self, answer: str | None) -> None:
        if answer is None:
            return
        day = typed_day(answer) if answer.strip() else datetime.date.today()
        if day is None:
            self.shell.say("Dat is geen datum; schrijf bijvoorbeeld 31-03-2026.", "warning")
        else:
            self.shell.backend.as_of = day
        self.show()

    def _theme(self, which: int | None) -> None:
        if which is not None:
            self.app.theme = list(NAMES)[which]
            self._keep("thema", self.app.theme)

    def _rules(self, off: tuple[str, ...] | None) -> None:
        if off is not None and off != self.shell.backend.settings.signalen.uit:
            self._keep("signalen.uit", off or None)
            self.shell.say("Bewaard. ^r in een dossier bepaalt de signalen opnieuw.")

    def _keep(self, key: str, value: str | tuple[str, ...] | None, default: str = "") -> None:
        if value is None and not default and key != "signalen.uit":
            return
        if isinstance(value, str):
            value = value.strip()
        try:
            self.shell.backend.set_setting(key, value)
        except KamerantwoordError as error:
            self.shell.show_error(error)
            return
        if key in AFTER_RESTART:
            self.waiting[key] = default or str(value)
            self.shell.say("Bewaard. Dit geldt als u het programma opnieuw start.")
        self.show()
