"""What is set, and where to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.desk import ModelState
from drafter.settings import settings_path
from drafter.wording import long_date
from embeddings.errors import KamerantwoordError
from tui.screens.ask import AskLine
from tui.text import line
from tui.themes import NAMES
from tui.widgets.job_line import JobLine
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.app import KamerantwoordApp

_MODEL = {
    ModelState.ABSENT: "nog niet geladen",
    ModelState.LOADING: "wordt geladen…",
    ModelState.READY: "geladen",
    ModelState.FAILED: "laadt niet; er wordt alleen op woorden gezocht",
}


class SettingsScreen(Screen[None]):
    """The settings, each on a line; Enter changes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "wijzigen", priority=True),
        Binding("escape", "dismiss", "terug"),
    ]

    @property
    def kamer(self) -> KamerantwoordApp:
        """The app, by its own type."""
        return cast("KamerantwoordApp", self.app)

    def compose(self) -> ComposeResult:
        """Title and list."""
        yield Static(Content.styled("Instellingen", "bold"), id="head")
        with VerticalScroll(id="settings-body", can_focus=False):
            yield OptionList(id="settings")
            yield Static(id="settings-file")
        yield JobLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is set."""
        self.show()
        self.query_one(OptionList).focus()
        self.set_interval(1, self.show)

    def show(self) -> None:
        """Show what is set now."""
        desk = self.kamer.desk
        settings = desk.settings
        off = ", ".join(settings.signalen.uit) or "geen"
        rows = [
            ("Peildatum", long_date(desk.as_of), "de dag waarop het concept moet kloppen"),
            ("Thema", NAMES.get(self.app.theme, self.app.theme), "donker, licht of hoog contrast"),
            ("Uw naam", settings.naam or "(nog niet ingevuld)", "staat bij akkoord en opmerkingen"),
            ("Model", f"{desk.model_name} · {_MODEL[desk.model]}", "waarmee op betekenis wordt gezocht"),
            ("Bank", str(desk.bank_folder), "waar de stukken en dossiers staan"),
            ("Signalen uit", off, "regels die niets meer zeggen"),
            ("Eigen registers", settings.signalen.registers or "geen", "map met eigen lijsten voor de signalen"),
            ("Word-sjabloon", settings.uitvoer.sjabloon or "geen", "een .docx met eigen stijlen"),
        ]
        options = self.query_one(OptionList)
        prompts = [
            Content.assemble((f"{name:<18}", "bold"), line(value), (f"\n{'':<18}{about}", "$foreground-muted"), "\n")
            for name, value, about in rows
        ]
        if options.option_count != len(prompts):
            options.set_options(Option(prompt) for prompt in prompts)
            options.highlighted = 0
        else:
            for index, prompt in enumerate(prompts):
                if options.get_option_at_index(index).prompt != prompt:
                    options.replace_option_prompt_at_index(index, prompt)
        self.query_one("#settings-file", Static).update(
            line(
                f"Alle instellingen staan in {settings_path()}.",
                "$foreground-muted",
            )
        )

    def action_change(self) -> None:
        """Change the setting at hand."""
        at = self.query_one(OptionList).highlighted
        desk = self.kamer.desk
        if at == 0:
            self.app.push_screen(AskLine("Peildatum (JJJJ-MM-DD)", desk.as_of.isoformat()), self._as_of)
        elif at == 1:
            self.kamer.action_next_theme()
            self._keep("thema", self.app.theme)
        elif at == 2:
            self.app.push_screen(AskLine("Uw naam", desk.settings.naam), lambda name: self._keep("naam", name))
        else:
            self.kamer.say("Dit wijzigt u in het instellingenbestand; het pad staat onderaan.")
        self.show()

    def _as_of(self, answer: str | None) -> None:
        import datetime

        if answer is None:
            return
        try:
            self.kamer.desk.as_of = datetime.date.fromisoformat(answer.strip())
        except ValueError:
            self.kamer.say("Dat is geen datum; schrijf bijvoorbeeld 2026-03-31.", "warning")
        self.show()

    def _keep(self, key: str, value: str | None) -> None:
        if value is None:
            return
        try:
            self.kamer.desk.set_setting(key, value.strip())
        except KamerantwoordError as error:
            self.kamer.show_error(error)
        self.show()
