"""`fetch`: fill the bank from the official sources."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import DATE, bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, tell, write_json
from drafter.cli.shared.sharing import sync_quietly
from drafter.tasks.fetching import KINDS, SOURCES

if TYPE_CHECKING:
    from answers_bank.sources.fetching import FetchReport


@click.command(
    cls=DutchCommand,
    help="Haalt antwoorden, vragen, uitstelberichten en brieven op bij officielebekendmakingen en de open data van de "
    "Tweede Kamer, en zet ze in de bank. Zonder --since gaat het verder waar het de vorige keer ophield. Alleen dit "
    "commando en die voor een gedeelde bank maken verbinding met een netwerk.",
)
@click.option("--source", "source", type=click.Choice(SOURCES), help="Alleen deze bron. Zonder deze optie: beide.")
@click.option("--since", type=DATE, metavar="JJJJ-MM-DD", help="Stukken vanaf deze dag.")
@click.option("--until", type=DATE, metavar="JJJJ-MM-DD", help="Stukken tot en met deze dag.")
@click.option("--kind", "kinds", metavar="SOORTEN", help=f"Alleen deze soorten, met komma's: {', '.join(KINDS)}.")
@click.option("--dossier", metavar="NUMMER", help="Alleen stukken van dit Kamerdossier, zoals 29754.")
@click.option("--portfolio", metavar="NAAM", help="Alleen stukken van dit ministerie (een deel van de naam volstaat).")
@click.option("--text", metavar="WOORDEN", help="Alleen stukken waarin de bron deze woorden vindt.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ten hoogste zoveel nieuwe stukken per bron.")
@click.option("--dry-run", is_flag=True, help="Toon alleen wat opgehaald zou worden.")
@bank_option
@json_option
def command(
    source: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    kinds: str | None,
    dossier: str | None,
    portfolio: str | None,
    text: str | None,
    limit: int | None,
    dry_run: bool,
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Fetch, then make vectors for what came."""
    from answers_bank.documents import Kind
    from answers_bank.sources.query import FETCHABLE
    from drafter.tasks.fetching import Request, collect, index_new, parse_kinds
    from drafter.tasks.workspace import Workspace

    wanted: tuple[Kind, ...] = parse_kinds(kinds) if kinds else FETCHABLE
    request = Request((source,) if source else SOURCES, wanted, since, until, dossier, portfolio, text, limit, dry_run)
    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        reports = collect(workspace, request, today=datetime.date.today(), progress=progress)
        indexed = index_new(workspace, progress) if not dry_run else None
        if not dry_run:
            sync_quietly(workspace)
    if as_json:
        value: dict[str, object] = {
            "added": sum(r.added for r in reports.values()),
            "unchanged": sum(r.unchanged for r in reports.values()),
            "updated": sum(r.updated for r in reports.values()),
            "removed": sum(r.removed for r in reports.values()),
            "failed": [{"file": f.name, "reason": f.reason} for r in reports.values() for f in r.failed],
            "passages": indexed.passages if indexed else 0,
            "embedded": indexed.embedded if indexed else 0,
            "seconds": round(indexed.seconds, 2) if indexed else 0,
        }
        if dry_run:
            value["planned"] = [
                {"source": p.source, "id": p.group_name, "kind": p.kind.value, "date": str(p.date), "title": p.title}
                for r in reports.values()
                for p in r.planned
            ]
        write_json(value)
        return
    for name, report in reports.items():
        _show(name, report, dry_run)


def _show(name: str, report: FetchReport, dry_run: bool) -> None:
    if dry_run:
        for record in report.planned:
            say(f"{record.date}  {record.kind.value:9}  {record.group_name:24}  {record.title[:70]}")
        say(f"{name}: {len(report.planned)} stukken zouden worden opgehaald, {report.unchanged} zijn al bekend.")
        return
    parts = [f"{report.added} nieuw", f"{report.updated} gewijzigd", f"{report.unchanged} ongewijzigd"]
    if report.removed:
        parts.append(f"{report.removed} verwijderd")
    if report.outside:
        parts.append(f"{report.outside} van een ander ministerie")
    say(f"{name}: {', '.join(parts)}.")
    for failure in report.failed:
        tell(f"  niet gelukt: {failure.name}: {failure.reason}")
    if report.failed:
        tell("  Een volgende keer wordt dit opnieuw geprobeerd.")
    if report.stopped:
        tell("Gestopt. Wat is opgehaald, is bewaard; de volgende keer gaat het verder.")
