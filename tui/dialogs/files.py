"""Choosing a file or a folder with the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from embeddings.errors import UsageError
from tui.paths import here, home, is_file, is_folder, typed_path
from tui.shell import shell_of
from tui.text import plain
from tui.widgets.key_bar import KeyBar

READABLE = frozenset({".docx", ".odt", ".pdf", ".html", ".htm", ".xml", ".txt", ".jsonl", ".md"})
_MOST = 2000
"""Entries shown of one folder."""


class FileScreen(ModalScreen["Path | None"]):
    """A path to type, with the folder beneath it to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "laat maar"),
        Binding("ctrl+o", "whole_folder", "hele map", tooltip="deze hele map nemen", priority=True),
        Binding("ctrl+up", "parent", "map hoger", priority=True),
    ]

    def __init__(self, question: str, folders: bool = False) -> None:
        super().__init__()
        self.question = question
        self.folders = folders
        self.folder = home()
        self.entries: list[Path] = []

    def compose(self) -> ComposeResult:
        """Question, path, entries."""
        with Vertical(classes="ask -tall"):
            yield Static(Content.styled(self.question, "bold"))
            yield Input(placeholder="typ of plak een pad, of kies hieronder", id="path", select_on_focus=False)
            yield Static(id="folder")
            yield OptionList(id="entries")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin in the folder used last."""
        recent = shell_of(self).backend.recent_folders()
        self.recent = [folder for folder in recent if is_folder(folder)]
        self.go(self.recent[0] if self.recent else here())
        self.query_one(OptionList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A whole folder only where one is wanted."""
        return self.folders or action != "whole_folder"

    def go(self, folder: Path) -> None:
        """Show a folder."""
        self.folder = folder
        try:
            inside = sorted(folder.iterdir(), key=lambda p: (not is_folder(p), p.name.casefold()))
        except (OSError, ValueError) as error:
            self.query_one("#folder", Static).update(
                Content.styled(f"Deze map is niet te lezen: {getattr(error, 'strerror', None) or error}", "$text-error")
            )
            return
        self.entries = [folder.parent] if folder.parent != folder else []
        self.entries += [
            p for p in inside if not p.name.startswith(".") and (is_folder(p) or p.suffix.lower() in READABLE)
        ][:_MOST]
        rows = []
        for place, entry in enumerate(self.entries):
            if place == 0 and entry == folder.parent:
                rows.append(Option(Content.styled("↑ map hoger", "$foreground-muted")))
            elif is_folder(entry):
                rows.append(Option(Content.styled(f"▸ {plain(entry.name, breaks=False)}/", "bold")))
            else:
                rows.append(Option(Content(f"  {plain(entry.name, breaks=False)}")))
        others = [f for f in self.recent if f != folder][:3]
        rows += [Option(Content.styled(f"↺ laatst gebruikt: {plain(str(o))}", "$text-secondary")) for o in others]
        self.entries += others
        options = self.query_one(OptionList)
        options.set_options(rows)
        options.highlighted = 1 if len(self.entries) > 1 else 0
        files = sum(1 for entry in self.entries if is_file(entry))
        self.query_one("#folder", Static).update(
            Content.styled(f"{plain(str(folder))}  ({files} leesbare bestanden)", "$foreground-muted")
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a folder, or take a file."""
        entry = self.entries[event.option_index]
        if is_folder(entry):
            self.go(entry)
        else:
            self.take(entry)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to a typed path, or take it."""
        if not event.value.strip():
            return
        try:
            path = typed_path(event.value, self.folder)
        except UsageError as error:
            self.query_one("#folder", Static).update(Content.styled(f"{error.message} {error.hint}", "$text-error"))
            return
        if is_file(path):
            self.take(path)
        elif is_folder(path):
            event.input.value = ""
            self.go(path)
            self.query_one(OptionList).focus()
        else:
            self.query_one("#folder", Static).update(Content.styled("Dat pad bestaat niet.", "$text-error"))

    def on_key(self, event: Key) -> None:
        """Typing in the list is typing a path."""
        field = self.query_one(Input)
        # What comes here was not taken by the field; also what was typed while the focus was on its way to it.
        if event.is_printable and event.character not in (None, " "):
            event.stop()
            field.focus()
            field.insert_text_at_cursor(event.character or "")

    def action_parent(self) -> None:
        """One folder up."""
        self.go(self.folder.parent)

    def action_whole_folder(self) -> None:
        """Take the folder itself."""
        self.take(self.folder)

    def take(self, path: Path) -> None:
        """Give the path, and remember its folder."""
        shell_of(self).backend.used_folder(path if is_folder(path) else path.parent)
        self.dismiss(path)
