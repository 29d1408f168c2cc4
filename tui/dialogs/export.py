"""Writing a dossier to a file of the user's choice."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from drafter.backend.workbench import export
from drafter.dossier.findings.readiness import blocking, points
from drafter.dossier.value import Dossier
from drafter.wording import open_points_words
from tui.dialogs.ask import AskLine, Choose
from tui.paths import home, typed_path
from tui.shell import Shell


def ask_export(shell: Shell, dossier: Dossier) -> None:
    """Ask for whom and where to, and write a dossier there. A text to be sent has no empty answer and no open warning,
    unless the user says so."""
    still_open = blocking(points(dossier, shell.backend.as_of))
    words = open_points_words(still_open)
    clean = f"Schone tekst om te verzenden{f': nog niet klaar, {words}' if words else ''}"

    def chosen(at: int | None) -> None:
        if at == 1 and still_open:
            question = f"Nog niet klaar om te verzenden: {words}."
            shell.push_screen(Choose(question, ("Niet schrijven, eerst afwerken (V)", "Toch schrijven")), despite)
        elif at is not None:
            ask_where(shell, dossier, clean=at == 1)

    def despite(at: int | None) -> None:
        if at == 1:
            ask_where(shell, dossier, clean=True)

    shell.push_screen(Choose("Voor wie?", ("Concept voor collega's, met bronnen en signalen", clean)), chosen)


def ask_where(shell: Shell, dossier: Dossier, changes: bool = False, clean: bool = False) -> None:
    """Ask where to, and write a dossier there.

    `changes` shows reuse as tracked changes in Word; `clean` is the text alone.
    """
    backend = shell.backend
    folders = backend.recent_folders()
    folder = folders[0] if folders else home()
    suggested = folder / f"{dossier.id}{' met wijzigingen' if changes else ' schoon' if clean else ''}.docx"

    def written(path: Path) -> None:
        if shell.is_web:  # the folders here are of another machine than the browser's: the browser gets the file
            shell.deliver_binary(io.BytesIO(path.read_bytes()), save_filename=path.name, open_method="download")
            shutil.rmtree(path.parent, ignore_errors=True)
            shell.say(f"Opgehaald: {path.name}")
            return
        backend.used_folder(path.parent)
        shell.say(f"Geschreven: {path}")

    def write(answer: str | None) -> None:
        if answer and answer.strip():
            path = typed_path(answer)
            if shell.is_web:
                path = Path(tempfile.mkdtemp(prefix="kamerantwoord-")) / path.name
            shell.start_job(
                "uitvoer",
                f"{path.name} schrijven",
                lambda _: backend.ask(export, dossier, path, changes, clean),
                written,
            )

    if shell.is_web:
        shell.push_screen(AskLine("Haal op als (.docx, .md of .json)", suggested.name), write)
    else:
        shell.push_screen(AskLine("Schrijf naar (.docx, .md of .json)", str(suggested)), write)
