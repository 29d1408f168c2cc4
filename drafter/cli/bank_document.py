"""`bank show` and `bank set`: one document of the bank, and correcting it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import bank_option, json_option
from drafter.cli.shared.output import say, tell, write_json
from drafter.cli.shared.sharing import sync_quietly
from embeddings.errors import KamerantwoordError, UsageError

if TYPE_CHECKING:
    from answers_bank.documents import Detail
    from drafter.bank_views.document_card import DocumentCard
    from drafter.tasks.workspace import Workspace

_ALL = "alles"


@click.command("show", cls=DutchCommand, short_help="Toont wat van één stuk bekend is.")
@click.argument("identifier", metavar="ID")
@bank_option
@json_option
def show(identifier: str, bank_folder: Path | None, as_json: bool) -> None:
    """Toont wat de bank van een stuk weet, wat is verbeterd, hoe zeker het lezen was en wat u kunt nakijken."""
    from drafter.bank_views.document_card import document_card
    from drafter.tasks.workspace import Workspace

    with Workspace.from_settings(bank_folder) as workspace:
        card = document_card(workspace.bank(), identifier)
    _show(card, as_json)


@click.command("set", cls=DutchCommand, short_help="Verbetert wat van een stuk bekend is.")
@click.argument("identifier", metavar="ID")
@click.option("--date", "date", metavar="JJJJ-MM-DD", help="Datum van het antwoord of de brief.")
@click.option("--title", "title", metavar="TEKST", help="Onderwerp.")
@click.option("--signer", "signer", metavar="NAAM", help="Wie ondertekende; meer namen met ; ertussen.")
@click.option("--portfolio", "portfolio", metavar="NAAM", help="Portefeuille; meer met ; ertussen.")
@click.option("--kind", "kind", metavar="SOORT", help="answer, questions, deferral, letter, oral, other.")
@click.option(
    "--terug",
    "back",
    multiple=True,
    metavar="GEGEVEN",
    help="Terug naar wat is gelezen: date, title, signer, portfolio, kind of alles.",
)
@bank_option
@json_option
def set_details(
    identifier: str,
    date: str | None,
    title: str | None,
    signer: str | None,
    portfolio: str | None,
    kind: str | None,
    back: tuple[str, ...],
    bank_folder: Path | None,
    as_json: bool,
) -> None:
    """Verbetert datum, onderwerp, ondertekenaar, portefeuille of soort van een stuk.

    Wat u verbetert, blijft zo als het stuk opnieuw wordt gelezen. Met --terug geldt weer wat is gelezen. Het bestand
    zelf verandert niet.
    """
    from answers_bank.documents import Detail
    from drafter.bank_views.document_card import document_card
    from drafter.tasks.upkeep.corrections import correct
    from drafter.tasks.workspace import Workspace

    typed = {
        Detail.DATE: date,
        Detail.TITLE: title,
        Detail.SIGNER: signer,
        Detail.PORTFOLIO: portfolio,
        Detail.KIND: _kind(kind) if kind is not None else None,
    }
    values = {detail: value for detail, value in typed.items() if value is not None}
    taken_back = _details(back) - values.keys()
    if not values and not taken_back:
        raise UsageError(
            "Zeg wat er moet veranderen.", f"Bijvoorbeeld: kamerantwoord bank set {identifier} --date 2026-03-31"
        )
    with Workspace.from_settings(bank_folder) as workspace:
        now = datetime.datetime.now(datetime.UTC)
        correct(workspace.bank(), identifier, values, taken_back, workspace.settings.naam, now)
        card = document_card(workspace.bank(), identifier)
        _encode(workspace)
        sync_quietly(workspace)
    _show(card, as_json)


def _encode(workspace: Workspace) -> None:
    """A new subject is found by meaning at once, where the bank is searched so."""
    from answers_bank.filling.filling import encode

    bank = workspace.bank()
    if bank.vectors.model() is None or not bank.vectors.waiting():
        return
    try:
        encode(bank, workspace.encoder)
    except KamerantwoordError as error:
        tell(f"Verbeterd. Op betekenis wordt ermee gezocht na de volgende ingest: {error.message}")


def _kind(typed: str) -> str:
    """A kind as it is kept, also where it was typed in Dutch."""
    from drafter.search.typed_query import KINDS

    return KINDS[typed.lower()].value if typed.lower() in KINDS else typed.lower()


def _details(names: tuple[str, ...]) -> set[Detail]:
    from answers_bank.documents import Detail

    if _ALL in names:
        return set(Detail)
    try:
        return {Detail(name) for name in names}
    except ValueError:
        wrong = next(name for name in names if name not in set(Detail))
        raise UsageError(f"Onbekend gegeven: {wrong}.", f"Kies uit: {', '.join(Detail)}, {_ALL}.") from None


def _show(card: DocumentCard, as_json: bool) -> None:
    from drafter.bank_views import document_card as views
    from drafter.bank_views.document_words import DETAIL_WORDS
    from drafter.wording import count

    if as_json:
        write_json(card.json)
        return
    document = card.document
    say(f"{document.title}")
    passages = len(list(document.places())) - len(document.questions)
    corrected = {one.detail: one for one in document.corrections}
    say(f"  {'id':<14} {document.id}")
    for detail, value in card.details:
        line = f"  {DETAIL_WORDS[detail]:<14} {views.detail_text(detail, value)}"
        say(line + (f"  ({views.correction_line(corrected[detail])})" if detail in corrected else ""))
    rows = [
        ("zaaknummer", document.case_number),
        ("aanhangsel", document.aanhangsel and f"{document.aanhangsel} ({document.session_year})"),
        ("dossier", document.dossier and " nr. ".join(filter(None, (document.dossier, document.dossier_number)))),
        ("vragen van", ", ".join(f"{a.name} ({a.party})" if a.party else a.name for a in document.askers)),
        ("inhoud", f"{count(len(document.questions), 'vraag', 'vragen')}, {count(passages, 'alinea', 'alinea’s')}"),
        ("vindplaats", document.url),
        *(("bestand", file) for file in card.files),
        ("zekerheid", views.SURE_WORDS[card.confidence]),
    ]
    for name, known in rows:
        if known:
            say(f"  {name:<14} {known}")
    for one in card.uncertainties:
        say(f"  ! {one.message}" + (f" Wat te doen: {one.advice}." if one.advice else ""))
    wanted = tuple(dict.fromkeys(one.detail for one in card.uncertainties if one.detail))
    if wanted:
        say(f"  Verbeteren: {views.command_for(document.id, wanted)}")
