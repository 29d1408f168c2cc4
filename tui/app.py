"""The program on screen: themes, the way from screen to screen, errors and leaving."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual._dispatch_key import dispatch_key
from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent, Key
from textual.screen import Screen
from textual.widgets import Input, TextArea

from drafter.backend.local import Backend
from drafter.dossier.session import DossierSession
from drafter.dossier.storage.disk import refuge
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier
from embeddings.errors import BankError, KamerantwoordError
from tui.paths import home, typed_path
from tui.shell import Shell, ShellScreen
from tui.terminal_signals import go_on_only_when_stopped, leave_when_told
from tui.themes import SIXTEEN, THEMES
from tui.tidying import Tidying
from tui.widgets.block_text import BlockText, send_key

_LOOK = 0.5
"""Seconds between two looks whether the user pauses."""


def unsaved(session: DossierSession) -> KamerantwoordError:
    """What to say of a dossier that could not be saved in its place."""
    where = f"in {session.rescued}" if session.rescued else "nergens"
    return BankError(
        f"De laatste wijzigingen konden niet worden bewaard: {session.problem}. Het dossier staat nu {where}.",
        f"Zet dat bestand als {session.path.name} in {session.path.parent} zodra dat weer kan."
        if session.rescued
        else "Ook de map van de gebruiker en de tijdelijke map weigeren. Maak ruimte op de schijf.",
    )


class KamerantwoordApp(Shell):
    """The screens on one bank."""

    CSS_PATH = Path(__file__).with_name("kamerantwoord.tcss")
    TITLE = "kamerantwoord"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (80, "-narrow"), (100, "-normal"), (160, "-broad")]  # noqa: RUF012 - as the toolkit declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 - as the toolkit declares it

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "hulp", key_display="?", show=True),
        Binding("ctrl+p", "palette", "opdrachten", show=True, priority=True),
        Binding("f2", "dossiers", "dossiers", show=False),
        Binding("f3", "bank", "bank", show=False),
        Binding("f4", "compare", "twee stukken vergelijken", show=False),
        Binding("f9", "settings", "instellingen", show=False),
        Binding("f10", "next_theme", "ander thema", show=False),
        Binding("ctrl+q", "quit", "stoppen", show=False, priority=True),
        Binding("escape", "stop_job", "stoppen", tooltip="lopend werk stoppen", show=False, priority=True),
        Binding("ctrl+s", "save_elsewhere", "elders bewaren", tooltip="een kopie van het dossier elders bewaren"),
        Binding("ctrl+c", "copy_or_hint", "kopiëren", show=False, system=True),
    ]

    def __init__(self, backend: Backend, dossier: str | None = None) -> None:
        super().__init__(backend)
        self.animation_level = "none"  # calm, and quicker
        self._first_dossier = dossier
        self.crash: Exception | None = None
        self.unsaved: list[KamerantwoordError] = []
        """What could not be saved in its place, to be told when the screens are gone."""
        self._tidying = Tidying()
        for theme in THEMES:
            self.register_theme(theme)
        wanted = backend.settings.thema
        self.theme = wanted if wanted in {theme.name for theme in THEMES} else THEMES[0].name

    def on_mount(self) -> None:
        """Show the dossiers, and load the model once they are on screen."""
        # Work in threads is pure Python at times: let go of it ten times sooner than by default, for a quick screen.
        sys.setswitchinterval(0.0005)
        if not self.is_headless and self.console.color_system in ("standard", "windows"):
            self.theme = SIXTEEN.name  # F10 still gives the others
        if not self.is_headless:
            leave_when_told(lambda: self.call_later(self.action_quit))
            go_on_only_when_stopped()
        self._tidying.begin()
        self.set_interval(_LOOK, self._tidy)
        from tui.dossiers.screen import DossiersScreen

        self.push_screen(DossiersScreen())
        if self._first_dossier:
            self.call_after_refresh(self.open_dossier, self._first_dossier)
        self.call_after_refresh(self._load_model)

    def _tidy(self) -> None:
        self._tidying.forget(self)
        self._tidying.look()

    def _load_model(self) -> None:
        self.start_job(
            "model", "Zoeken op betekenis wordt klaargezet", lambda _: self.backend.load_model(), self._model_ready
        )

    def _model_ready(self, _: object) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ShellScreen):
                screen.model_ready()

    # -- messages ------------------------------------------------------------------------------------------------------

    def show_error(self, error: BaseException) -> None:
        """See `Shell.show_error`."""
        from tui.dialogs.error import ErrorScreen

        if isinstance(self.screen, ErrorScreen) and str(self.screen.error) == str(error):
            return  # one fault, met by several at once
        self.push_screen(ErrorScreen(error))

    # -- going places --------------------------------------------------------------------------------------------------

    def open_dossier(self, dossier_id: str) -> None:
        """Open a dossier on the workbench."""
        try:
            session = self.backend.store.open(dossier_id)
        except KamerantwoordError as error:
            self.show_error(error)
            return
        self.open_session(session)

    def open_session(self, session: DossierSession, drafts: bool = False) -> None:
        """Show an open dossier on the workbench, in place of one that was open; `drafts`: have its answers drafted."""
        from tui.workbench.screen import WorkbenchScreen

        self.action_dossiers()
        self.push_screen(WorkbenchScreen(session, drafts))

    def create_dossier(self, dossier: Dossier, drafts: bool = False) -> None:
        """See `Shell.create_dossier`."""
        try:
            session = self.backend.store.create_free(dossier)
        except KamerantwoordError as error:
            self._create_elsewhere(dossier, error, drafts)
            return
        self.open_session(session, drafts)

    def _create_elsewhere(self, dossier: Dossier, why: KamerantwoordError, drafts: bool) -> None:
        """A new dossier that its folder refuses is not thrown away."""
        store = DossierStore(refuge())
        try:
            session = store.create_free(dossier)
        except KamerantwoordError:
            self.show_error(why)
            return
        self.open_session(session, drafts)
        self.show_error(
            BankError(
                f"{why.message} U werkt nu in {session.path}.",
                f"Zet dat bestand in {self.backend.store.folder} zodra dat kan. {why.hint}",
            )
        )

    def close_session(self, session: DossierSession) -> None:
        """Let go of a dossier; when it could not be saved in its place, say where it is."""
        session.close()
        if session.problem:
            error = unsaved(session)
            self.unsaved.append(error)
            if self.is_running and not self._exit:
                self.call_later(self.show_error, error)  # once the dossiers are there again

    def action_save_elsewhere(self) -> None:
        """Ask where to, and write a copy of the dossier there."""
        from tui.dialogs.ask import AskLine

        session = self._session
        assert session is not None

        def save(answer: str | None) -> None:
            if answer and answer.strip():
                path = typed_path(answer)
                self.start_job(
                    "elders",
                    f"{path.name} schrijven",
                    lambda _: session.save_copy(path),
                    lambda written: self.say(f"Kopie bewaard: {written}"),
                )

        self.push_screen(AskLine("Schrijf een kopie van het dossier naar", str(home() / session.path.name)), save)

    def action_stop_job(self) -> None:
        """Stop what runs, wherever the user is."""
        self.stop_job()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys work only at times; stopping comes before going back."""
        if action == "stop_job":
            return self.can_stop
        if action == "save_elsewhere":
            session = self._session
            return session is not None and bool(session.problem)
        return True

    @property
    def _session(self) -> DossierSession | None:
        """The dossier that the screen is about."""
        session = getattr(self.screen, "session", None)
        return session if isinstance(session, DossierSession) else None

    async def action_quit(self) -> None:
        """Keep what is being typed, and leave."""
        for screen in self.screen_stack:
            if isinstance(screen, ShellScreen):
                screen.leave()
        self.exit()

    def action_dossiers(self) -> None:
        """Go to the dossiers; screens above it close, and keep what was being typed."""
        while len(self.screen_stack) > 2:
            if isinstance(self.screen, ShellScreen):
                self.screen.leave()
            self.pop_screen()

    def _toggle(self, kind: type[Screen[Any]], make: Callable[[], Screen[Any]]) -> None:
        if not isinstance(self.screen, kind):
            self.push_screen(make())

    def action_bank(self) -> None:
        """Open the bank."""
        from tui.bank.screen import BankScreen

        self._toggle(BankScreen, BankScreen)

    def action_compare(self) -> None:
        """Open the comparison of two documents."""
        from tui.compare.screen import CompareScreen

        self._toggle(CompareScreen, CompareScreen)

    def action_settings(self) -> None:
        """Open the settings."""
        from tui.settings.screen import SettingsScreen

        self._toggle(SettingsScreen, SettingsScreen)

    def action_help(self) -> None:
        """Show the keys of this place."""
        from tui.dialogs.help import HelpScreen

        self._toggle(HelpScreen, lambda: HelpScreen(self.screen))

    def action_palette(self) -> None:
        """Show all commands."""
        from tui.dialogs.palette import PaletteScreen, commands_of

        if isinstance(self.screen, PaletteScreen):
            self.screen.dismiss(None)
            return
        self.push_screen(PaletteScreen(commands_of(self.screen)), self._perform)

    def _perform(self, command: Any) -> None:
        if command is not None:
            self.call_later(command.run)

    def action_next_theme(self) -> None:
        """Go to the next theme."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def action_copy_or_hint(self) -> None:
        """Copy what is selected with the mouse, or tell how to leave."""
        text = self.screen.get_selected_text()
        if text:
            self.copy_to_clipboard(text)
            self.say("Gekopieerd.")
        else:
            self.say("Stoppen doet u met ^q. Alles is al bewaard.")

    async def _on_key(self, event: Key) -> None:
        """Carry out a key that no widget took; keys are carried out in the order in which they were pressed.

        What was pressed while a field was being opened belongs in that field, and is no command.
        """
        event.prevent_default()
        sent_to, focused = getattr(event, "sent_to", None), self.focused
        if self._typing and focused is not None and sent_to not in (None, focused):
            event.stop()
            send_key(focused, event)
            return
        if not await self._check_bindings(event.key):
            await dispatch_key(self, event)
        if isinstance(sent_to, BlockText):
            sent_to.resume(self.focused or self.screen)

    async def on_event(self, event: Event) -> None:
        """Note that the user does something, and where a key goes."""
        if isinstance(event, InputEvent):
            self._tidying.key()
        if isinstance(event, Key) and not event.is_forwarded:
            event.sent_to = self.focused  # type: ignore[attr-defined]
            if isinstance(self.screen, ShellScreen) and self.screen.KEYS_ARE_COMMANDS and not self._typing:
                # Carried out at once: on its way to the widget and back it would be overtaken by the next.
                if not await self._check_bindings(event.key, priority=True):
                    await self._check_bindings(event.key)
                return
        await super().on_event(event)

    @property
    def _typing(self) -> bool:
        return isinstance(self.focused, Input | TextArea) and not getattr(self.focused, "read_only", False)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours: leave without a traceback on screen; the command line says what happened and keeps it."""
        self.crash = error
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Nothing here: see `_handle_exception`."""
        self._exit_renderables.clear()

    def on_unmount(self) -> None:
        """Ask what still runs to stop."""
        self._tidying.end()
        for job in self.jobs.values():
            job.stop()
