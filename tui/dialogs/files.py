"""Choosing a file or a folder with the keyboard."""

from __future__ import annotations

import contextlib
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

from answers_bank.reading.formats import DOCUMENT_SUFFIXES
from drafter.wording import count
from embeddings.errors import UsageError, why
from tui.paths import here, home, is_file, is_folder, typed_path
from tui.shell import shell_of
from tui.text import plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options

READABLE = frozenset({*(f".{suffix}" for suffix in DOCUMENT_SUFFIXES), ".jsonl", ".md"})
"""All that the bank is filled with, and Markdown."""
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
        self.recent: list[Path] = []
        self.recent_files: list[Path] = []
        self._inside: list[Path] = []
        self._base = self.folder
        """The folder that was chosen: what is typed starts there."""

    def compose(self) -> ComposeResult:
        """Question, path, entries."""
        with Vertical(classes="ask -tall"):
            yield Static(Content.styled(self.question, "bold"))
            yield Input(placeholder="typ of plak een pad, of kies hieronder", id="path", select_on_focus=False)
            yield Static(id="folder")
            yield Options(id="entries")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin in the folder used last."""
        backend = shell_of(self).backend
        self.recent = [folder for folder in backend.recent_folders() if is_folder(folder)]
        self.recent_files = [file for file in backend.recent_files() if is_file(file)]
        self._base = self.recent[0] if self.recent else here()
        self.go(self._base)
        self.query_one(OptionList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A whole folder only where one is wanted."""
        return self.folders or action != "whole_folder"

    def go(self, folder: Path) -> None:
        """Show a folder."""
        self.folder = folder
        try:
            self._inside = sorted(folder.iterdir(), key=_order)
        except (OSError, ValueError) as error:
            self.query_one("#folder", Static).update(
                Content.styled(
                    f"Deze map is niet te lezen: {why(error) if isinstance(error, OSError) else error}", "$text-error"
                )
            )
            return
        self._show("")

    def _show(self, filtered: str) -> None:
        """Show what is in the folder, of which the name holds all words of `filtered`: the newest files first."""
        folder, words = self.folder, filtered.casefold().split()

        def fits(path: Path) -> bool:
            return all(word in path.name.casefold() for word in words)

        up = [folder.parent] if folder.parent != folder and not words else []
        used = [file for file in self.recent_files if file.parent != folder and fits(file)][:3]
        inside = [
            p
            for p in self._inside
            if fits(p) and not p.name.startswith(".") and (is_folder(p) or p.suffix.lower() in READABLE)
        ][:_MOST]
        others = [f for f in self.recent if f != folder][:3] if not words else []
        rows = [Option(Content.styled("↑ map hoger", "$foreground-muted")) for _ in up]
        rows += [Option(Content.styled(f"↺ {plain(str(o), breaks=False)}", "$text-secondary")) for o in used]
        for entry in inside:
            name = plain(entry.name, breaks=False)
            rows.append(Option(Content.styled(f"▸ {name}/", "bold") if is_folder(entry) else Content(f"  {name}")))
        rows += [Option(Content.styled(f"↺ laatst gebruikt: {plain(str(o))}", "$text-secondary")) for o in others]
        self.entries = [*up, *used, *inside, *others]
        options = self.query_one(OptionList)
        options.set_options(rows)
        if rows:
            options.highlighted = 1 if up and len(rows) > 1 else 0
        files = sum(1 for entry in inside if is_file(entry))
        found = count(files, "leesbaar bestand", "leesbare bestanden")
        if words:
            found = f"{len(inside) + len(used)} met “{plain(filtered)}”"
        self.query_one("#folder", Static).update(
            Content.styled(f"{plain(str(folder))}  ({found}; de nieuwste eerst)", "$foreground-muted")
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what is typed; of a path its last part, in the folder before it."""
        event.stop()
        typed = event.value
        if "/" in typed or "\\" in typed:
            whole = typed.endswith(("/", "\\"))
            before, last = (typed, "") if whole else (str(Path(typed).parent), Path(typed).name)
            with contextlib.suppress(UsageError):
                folder = typed_path(before, self._base)
                if is_folder(folder):
                    if folder != self.folder:
                        self.go(folder)
                    self._show(last)
        else:
            if self.folder != self._base:
                self.go(self._base)
            self._show(typed)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a folder, or take a file."""
        entry = self.entries[event.option_index]
        self._open(entry)

    def _open(self, entry: Path) -> None:
        if not is_folder(entry):
            self.take(entry)
            return
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = ""
        self._base = entry
        self.go(entry)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to a typed path, or take it."""
        if not event.value.strip():
            return
        try:
            path = typed_path(event.value, self._base)
        except UsageError as error:
            self.query_one("#folder", Static).update(Content.styled(f"{error.message} {error.hint}", "$text-error"))
            return
        at = self.query_one(OptionList).highlighted
        if is_file(path):
            self.take(path)
        elif is_folder(path):
            self._open(path)
            self.query_one(OptionList).focus()
        elif at is not None and at < len(self.entries):
            self._open(self.entries[at])  # the name was typed in part
        else:
            self.query_one("#folder", Static).update(Content.styled("Dat pad bestaat niet.", "$text-error"))

    def on_key(self, event: Key) -> None:
        """Typing in the list is typing a path."""
        field, options = self.query_one(Input), self.query_one(OptionList)
        if self.focused is field and event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            event.prevent_default()
            options.focus()
            if event.key == "down":  # the first is at hand already
                return
        # What comes here was not taken by the field; also what was typed while the focus was on its way to it.
        if event.is_printable and event.character not in (None, " "):
            event.stop()
            field.focus()
            field.insert_text_at_cursor(event.character or "")

    def action_parent(self) -> None:
        """One folder up."""
        self._open(self.folder.parent)

    def action_whole_folder(self) -> None:
        """Take the folder itself."""
        self.take(self.folder)

    def take(self, path: Path) -> None:
        """Give the path, and remember it."""
        backend = shell_of(self).backend
        backend.used_folder(path if is_folder(path) else path.parent)
        if not is_folder(path):
            backend.used_file(path)
        self.dismiss(path)


def _order(path: Path) -> tuple[bool, float, str]:
    """Folders first, by name; files the newest first."""
    if is_folder(path):
        return False, 0.0, path.name.casefold()
    try:
        return True, -path.stat().st_mtime, path.name.casefold()
    except (OSError, ValueError):
        return True, 0.0, path.name.casefold()
