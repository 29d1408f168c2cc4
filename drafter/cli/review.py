"""`review`: what in a text is taken over word for word, what was edited, what is new."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import as_of_option, bank_option, json_option, output_option
from drafter.cli.shared.output import progress_bar, tell, write_json

if TYPE_CHECKING:
    from drafter.reuse.values import Review


@click.command(cls=DutchCommand, short_help="Toont wat letterlijk, bewerkt of eigen tekst is.")
@click.argument("file", metavar="BESTAND|DOSSIER", type=click.Path(path_type=Path))
@output_option("Schrijf de beoordeling naar BESTAND: .docx, .html of .json. Mag vaker dan eens.")
@click.option("--html", "html", metavar="BESTAND", type=click.Path(path_type=Path, dir_okay=False),
              help="Schrijf de beoordeling als één webpagina, om te lezen en af te drukken.")  # fmt: skip
@click.option("--words", "words", is_flag=True, help="Zoek alleen op woorden, niet op betekenis. Sneller.")
@as_of_option
@bank_option
@json_option
def command(
    file: Path,
    outputs: tuple[Path, ...],
    html: Path | None,
    words: bool,
    as_of: datetime.date,
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Beoordeel een antwoord of brief: welke zinnen komen uit de bank, en wat is eraan veranderd.

    In plaats van een bestand mag u ook de naam van een dossier geven.

    Voor elke zin staat een teken: = letterlijk overgenomen, ~ bewerkt (met het verschil per woord), + eigen tekst.
    Daaronder de bron. Een uitroepteken wijst op een verandering van betekenis of op wat verouderd kan zijn.
    """
    from drafter.export import check_review_suffix, export_review
    from drafter.tasks.review import review_any
    from drafter.tasks.workspace import Workspace

    paths = [*outputs, *([html] if html else [])]
    for path in paths:
        check_review_suffix(path)
    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        review = review_any(workspace, file, as_of, meaning=not words, progress=progress)
    for path in paths:
        export_review(review, path)
    if as_json:
        from drafter.export.json.review import review_json

        write_json(review_json(review))
        return
    if not paths:
        _show(review)
    for path in paths:
        tell(f"Geschreven: {path}")


def _show(review: Review) -> None:
    from drafter.cli.shared.review_lines import review_lines

    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(shutil.get_terminal_size().columns, 120) if terminal else None
    for line in review_lines(review, colour=colour, width=width):
        # Every text in it was made safe before the colours went in.
        click.echo(line, color=colour)
