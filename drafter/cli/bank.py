"""`bank`: what is in the bank, and looking after it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drafter.cli import bank_document, bank_passage
from drafter.cli.shared.dutch import DutchGroup
from drafter.cli.shared.options import DATE, bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, tell, write_json
from drafter.cli.shared.sharing import sync_quietly
from embeddings.errors import UsageError

if TYPE_CHECKING:
    import datetime

    from answers_bank.store.stored import BankInfo, DocumentSummary


@click.group(cls=DutchGroup, short_help="Beheert de bank.")
def command() -> None:
    """Toont, verbetert en verwijdert stukken in de bank, maakt reservekopieën of de zoekindexen opnieuw."""


command.add_command(bank_document.show)
command.add_command(bank_document.set_details)
command.add_command(bank_passage.command)


@command.command("info", short_help="Toont hoeveel er in de bank staat.")
@bank_option
@json_option
def info(bank_folder: Path | None, as_json: bool) -> None:
    """Toont hoeveel stukken, vragen en alinea's er in de bank staan, en met welk taalmodel."""
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        found = workspace.bank().info()
        folder = workspace.bank_folder
    if as_json:
        write_json({"folder": str(folder), **_info_json(found)})
        return
    period = f", van {found.first_date} tot en met {found.last_date}" if found.first_date else ""
    say(f"Bank:      {folder} ({found.bytes / 1_000_000:.1f} MB)")
    say(f"Stukken:   {found.documents}{period}")
    for kind, count in found.kinds.items():
        say(f"           {_KINDS.get(kind, kind)}: {count}")
    say(f"Inhoud:    {found.questions} vragen, {found.answers} antwoorden, {found.passages} alinea's")
    say(f"Taalmodel: {found.model or 'nog geen'} ({found.vectors} teksten omgezet)")
    if found.to_encode:
        say(f"           {found.to_encode} teksten wachten nog; ga verder met: kamerantwoord ingest PAD")


@command.command("list", short_help="Toont de stukken in de bank.")
@click.option(
    "--kind", "kinds", multiple=True, metavar="SOORT", help="answer, questions, deferral, letter, oral, other."
)
@click.option("--after", type=DATE, metavar="JJJJ-MM-DD", help="Vanaf deze dag.")
@click.option("--before", type=DATE, metavar="JJJJ-MM-DD", help="Voor deze dag.")
@click.option("--portfolio", metavar="TEKST", help="Deel van de naam van de portefeuille.")
@click.option("--minister", metavar="TEKST", help="Deel van de naam van de bewindspersoon.")
@click.option("--party", metavar="PARTIJ", help="Partij van een vragensteller.")
@click.option("--dossier", metavar="NUMMER", help="Kamerstukdossier.")
@bank_option
@json_option
def list_documents(
    kinds: tuple[str, ...],
    after: datetime.date | None,
    before: datetime.date | None,
    portfolio: str | None,
    minister: str | None,
    party: str | None,
    dossier: str | None,
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Toont de stukken in de bank, het nieuwste eerst."""
    from answers_bank.documents import Kind
    from answers_bank.store.stored import Filters
    from drafter.tasks.workspace import Workspace

    try:
        chosen = frozenset(Kind(kind) for kind in kinds)
    except ValueError as error:
        names = ", ".join(kind.value for kind in Kind)
        raise UsageError(f"Onbekende soort: {error.args[0].split(' ')[0]}.", f"Kies uit: {names}.") from None
    filters = Filters(after, before, portfolio, minister, party, chosen, dossier)
    with Workspace.from_settings(bank_folder) as workspace:
        documents = workspace.bank().documents(filters)
    if as_json:
        write_json({"documents": [_document_json(document) for document in documents]})
        return
    for document in documents:
        say(f"{document.date or '          '}  {document.id}  {document.title[:90]}")
    tell(f"{len(documents)} stukken.")


@command.command("remove", short_help="Haalt stukken uit de bank.")
@click.argument("identifiers", nargs=-1, required=True, metavar="ID…")
@bank_option
@json_option
def remove(identifiers: tuple[str, ...], bank_folder: Path | None, as_json: bool) -> None:
    """Haalt stukken uit de bank; de bestanden zelf blijven staan."""
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        bank = workspace.bank()
        unknown = [identifier for identifier in identifiers if identifier not in bank]
        if unknown:
            raise UsageError(
                f"Niet in de bank: {', '.join(unknown)}. Er is niets verwijderd.",
                "Bekijk de namen met: kamerantwoord bank list.",
            )
        with bank.transaction():
            for identifier in dict.fromkeys(identifiers):
                bank.remove(identifier)
        sync_quietly(workspace)
    if as_json:
        write_json({"removed": list(dict.fromkeys(identifiers))})
    else:
        say(f"Verwijderd: {len(set(identifiers))}.")


@command.command("rebuild", short_help="Maakt de zoekindexen opnieuw.")
@bank_option
@json_option
def rebuild(bank_folder: Path | None, as_json: bool) -> None:
    """Maakt de zoekindexen en de vectoren opnieuw, met het taalmodel van de instellingen.

    Nodig na een ander taalmodel. De stukken zelf blijven zoals ze zijn. Stopt u tussendoor, dan gaat
    'kamerantwoord ingest' verder waar het was gebleven.

    Is de bank beschadigd, dan wordt zij opnieuw gemaakt van de stukken die nog heel zijn. De beschadigde bank
    blijft bewaard in een map 'vervangen', en wat opnieuw moet worden opgenomen wordt genoemd. Sluit dan eerst
    andere vensters van het programma.
    """
    import datetime

    from answers_bank.filling.filling import rebuild as rebuild_bank
    from drafter.tasks.upkeep.mending import mend_if_damaged
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        mended = mend_if_damaged(workspace.bank_folder, datetime.datetime.now(), progress)
        bank = workspace.bank()
        embedded = rebuild_bank(bank, workspace.encoder, progress)
        model = bank.info().model
    if as_json:
        write_json({"embedded": embedded, "model": model, "mended": mended.json if mended else None})
        return
    if mended is not None:
        for line in mended.lines:
            say(line)
    say(f"Opnieuw gemaakt: {embedded} teksten omgezet met {model}.")


@command.command("aside", short_help="Toont wat niet gelezen kon worden en opzij is gezet.")
@bank_option
@json_option
def aside(bank_folder: Path | None, as_json: bool) -> None:
    """Toont de bestanden die bij het vullen opzij zijn gezet, en waarom.

    Zij worden overgeslagen tot zij veranderen, of tot u het vraagt: kamerantwoord ingest --opnieuw PAD.
    """
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        found = workspace.bank().all_set_aside()
    if as_json:
        write_json({"aside": [{"file": path, "reason": reason, "noted": noted} for path, reason, noted in found]})
        return
    for path, reason, noted in found:
        say(f"{noted[:10]}  {path}: {reason}")
    tell(f"{len(found)} bestanden opzij gezet.")


@command.command("reread", short_help="Leest alle opgehaalde bestanden opnieuw, zonder netwerk.")
@bank_option
@json_option
def reread(bank_folder: Path | None, as_json: bool) -> None:
    """Leest alle bestanden die met 'kamerantwoord fetch' zijn opgehaald opnieuw, zonder netwerk.

    Zinvol na een nieuwe versie van het programma, die beter leest. Wat gelijk blijft, verandert niet.
    """
    from answers_bank.sources.fetching import reread as reread_files
    from answers_bank.store.fetching.ledger import Ledger
    from drafter.tasks.fetching import index_new
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        bank = workspace.bank()
        with Ledger(workspace.bank_folder) as ledger:
            report = reread_files(bank, ledger, progress)
        indexed = index_new(workspace, progress)
    if as_json:
        write_json(
            {
                "added": report.added,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "failed": [{"file": failure.name, "reason": failure.reason} for failure in report.failed],
                "embedded": indexed.embedded,
            }
        )
        return
    say(f"Opnieuw gelezen: {report.listed}. Gewijzigd: {report.updated}, ongewijzigd: {report.unchanged}.")
    for failure in report.failed:
        tell(f"Niet gelezen: {failure.name}: {failure.reason}")


@command.command("export", short_help="Schrijft alle stukken weg als JSONL.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="BESTAND")
@bank_option
@json_option
def export(file: Path, bank_folder: Path | None, as_json: bool) -> None:
    """Schrijft alle stukken naar BESTAND, één per regel (JSON), met alle tekst, posities en noten."""
    from answers_bank.filling.filling import export as export_bank
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        count = export_bank(workspace.bank(), file)
    if as_json:
        write_json({"file": str(file), "documents": count})
    else:
        say(f"{count} stukken geschreven naar {file}.")


@command.command("backup", short_help="Maakt een reservekopie van bank en dossiers.")
@click.argument("file", type=click.Path(path_type=Path), metavar="BESTAND.zip")
@bank_option
@json_option
def backup(file: Path, bank_folder: Path | None, as_json: bool) -> None:
    """Maakt een reservekopie van de bank, wat is opgehaald en alle dossiers, en leest die na.

    U en anderen kunnen ondertussen doorwerken. Een map in plaats van een bestand krijgt een naam met de datum.
    """
    import datetime

    from drafter.tasks.upkeep.backup import backup as write_backup
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        report = write_backup(workspace.bank_folder, file, datetime.date.today(), progress)
    if as_json:
        fields = asdict(report)
        write_json({**fields, "file": str(report.file), "problems": list(report.problems)})
        return
    say(
        f"Reservekopie in {report.file}: {report.documents} stukken, {report.dossiers} dossiers, "
        f"{report.bytes / 1_000_000:.1f} MB. Nagelezen: heel."
    )
    for problem in report.problems:
        tell(f"Let op: {problem}")


@command.command("restore", short_help="Zet een reservekopie terug.")
@click.argument("file", type=click.Path(path_type=Path), metavar="BESTAND.zip")
@click.option("--opzij", "aside", is_flag=True, help="Zet wat er staat eerst opzij in een map ‘vervangen’.")
@bank_option
@json_option
def restore(file: Path, aside: bool, bank_folder: Path | None, as_json: bool) -> None:
    """Zet een reservekopie terug in de map van de bank, nadat alles erin is nagelezen.

    Wat er staat, wordt nooit overschreven. Sluit andere vensters van het programma eerst.
    """
    import datetime

    from drafter.tasks.upkeep.backup import restore as put_back
    from drafter.tasks.workspace import Workspace

    moment = datetime.datetime.now()
    with Workspace.from_settings(bank_folder) as workspace, progress_bar(not as_json) as progress:
        folder = workspace.bank_folder
        report = put_back(folder, file, moment, aside=aside, progress=progress)
    if as_json:
        write_json({**asdict(report), "aside": str(report.aside) if report.aside else None, "folder": str(folder)})
        return
    say(f"Teruggezet in {folder}: {report.documents} stukken, {report.dossiers} dossiers.")
    if report.aside:
        say(f"Wat er stond, staat in {report.aside}.")


_KINDS = {
    "answer": "antwoorden",
    "questions": "vragen zonder antwoord",
    "deferral": "uitstelberichten",
    "letter": "brieven",
    "oral": "mondelinge vragen",
    "other": "overig",
}


def _info_json(found: BankInfo) -> dict[str, Any]:
    dates = {name: str(day) if day else None for name, day in (("first", found.first_date), ("last", found.last_date))}
    return {**asdict(found), "first_date": dates["first"], "last_date": dates["last"]}


def _document_json(document: DocumentSummary) -> dict[str, Any]:
    from answers_bank.json_values import fields_of

    return {
        **fields_of(document, "id kind title date case_number aanhangsel session_year dossier dossier_number"),
        "ministers": [fields_of(person, "name portfolio") for person in document.ministers],
        "askers": [fields_of(person, "name party") for person in document.askers],
        **fields_of(document, "source url"),
        "corrected": list(document.corrected),
    }
