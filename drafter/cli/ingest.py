"""`ingest`: files and folders into the bank."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, tell, write_json
from drafter.cli.shared.sharing import sync_quietly
from embeddings.errors import ExitCode

if TYPE_CHECKING:
    from answers_bank.filling.intake import DoubtedDocument

MOST_DOUBTS = 12
"""Documents whose doubts are shown; of a whole archive there may be hundreds."""

MOST_OF_ONE = 3
"""Doubts about one document that are shown."""


@click.command(cls=DutchCommand, short_help="Zet bestanden en mappen in de bank.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PAD…")
@click.option("--opnieuw", "again", is_flag=True, help="Probeer ook wat eerder opzij is gezet.")
@bank_option
@json_option
def command(paths: tuple[Path, ...], again: bool, bank_folder: Path | None, as_json: bool) -> int:
    """Zet bestanden en mappen in de bank: docx, odt, pdf, html, xml, txt, doc, of een register als .jsonl.

    Wat er al in staat, wordt overgeslagen; een gewijzigd bestand komt in de plaats van het oude. U kunt altijd stoppen
    (Ctrl-C): wat klaar is, is bewaard, en de volgende keer gaat het verder. Een bestand dat niet gelezen kan worden,
    houdt de rest niet tegen. Wat te veel tijd of geheugen vraagt, wordt opzij gezet: `bank aside` toont het.
    """
    from answers_bank.filling.filling import ingest
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        report = ingest(workspace.bank(create=True), paths, workspace.encoder, progress, again=again)
        sync_quietly(workspace)
    if as_json:
        write_json(report.json)
    else:
        say(
            f"Toegevoegd: {report.added}, bijgewerkt: {report.updated}, ongewijzigd: {report.unchanged}. "
            f"Alinea's: {report.passages}, teksten omgezet: {report.embedded}, seconden: {report.seconds:.1f}."
        )
        for file, reason in report.failed:
            tell(f"Niet gelezen: {file}: {reason}")
        _tell_doubts(report.doubted)
    read = report.added + report.updated + report.unchanged
    missing = any(not path.exists() for path in paths)
    return ExitCode.INPUT if missing or (report.failed and not read) else ExitCode.OK


def _tell_doubts(doubted: tuple[DoubtedDocument, ...]) -> None:
    """What was taken up and had better be looked at, the least certain first, with what to do."""
    from drafter.bank_views.document_card import SURE_WORDS, command_for

    if not doubted:
        return
    tell(f"Om na te kijken: {len(doubted)} van de stukken.")
    for one in sorted(doubted, key=lambda one: ("low", "medium", "high").index(one.confidence))[:MOST_DOUBTS]:
        tell(f"{Path(one.file).name} (zekerheid {SURE_WORDS[one.confidence]})")
        for doubt in one.doubts[:MOST_OF_ONE]:
            tell(f"  - {doubt.message}" + (f" Wat te doen: {doubt.advice}." if doubt.advice else ""))
        if len(one.doubts) > MOST_OF_ONE:
            tell(f"  - En nog {len(one.doubts) - MOST_OF_ONE}: kamerantwoord bank show {shlex.quote(one.id)}")
        if details := tuple(dict.fromkeys(doubt.detail for doubt in one.doubts if doubt.detail)):
            tell(f"  Verbeteren: {command_for(one.id, details)}")
    if len(doubted) > MOST_DOUBTS:
        tell(f"Nog {len(doubted) - MOST_DOUBTS} stukken om na te kijken; `ingest --json` noemt ze alle.")
