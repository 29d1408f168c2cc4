"""Writing a dossier to a file of the user's choice."""

from __future__ import annotations

from pathlib import Path

from drafter.backend.workbench import export
from drafter.dossier.value import Dossier
from tui.dialogs.ask import AskLine
from tui.shell import Shell


def ask_export(shell: Shell, dossier: Dossier, changes: bool) -> None:
    """Ask where to, and write a dossier there; `changes` shows reuse as tracked changes in Word."""
    backend = shell.backend
    folders = backend.recent_folders()
    folder = folders[0] if folders else Path.home()
    suggested = folder / f"{dossier.id}{' met wijzigingen' if changes else ''}.docx"

    def written(path: Path) -> None:
        backend.used_folder(path.parent)
        shell.say(f"Geschreven: {path}")

    def write(answer: str | None) -> None:
        if answer and answer.strip():
            path = Path(answer.strip()).expanduser()
            shell.start_job(
                "uitvoer", f"{path.name} schrijven", lambda _: backend.ask(export, dossier, path, changes), written
            )

    shell.push_screen(AskLine("Schrijf naar (.docx, .md of .json)", str(suggested)), write)
