"""`ingest`: files and folders into the bank."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, tell, write_json
from drafter.cli.shared.sharing import sync_quietly
from embeddings.errors import ExitCode

MOST_DOUBTS = 12
"""Documents whose doubts are shown; of a whole archive there may be hundreds."""

_SURE = {"high": "zekerheid hoog", "medium": "zekerheid redelijk", "low": "zekerheid laag"}


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
        for file, sure, doubts in report.doubted[:MOST_DOUBTS]:
            more = f" (en nog {len(doubts) - 1})" if len(doubts) > 1 else ""
            tell(f"Kijk na ({_SURE[sure]}): {Path(file).name}: {doubts[0]}{more}")
        if len(report.doubted) > MOST_DOUBTS:
            tell(f"Nog {len(report.doubted) - MOST_DOUBTS} stukken om na te kijken; `ingest --json` noemt ze alle.")
    read = report.added + report.updated + report.unchanged
    missing = any(not path.exists() for path in paths)
    return ExitCode.INPUT if missing or (report.failed and not read) else ExitCode.OK
