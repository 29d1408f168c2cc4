"""`search`: earlier answers and passages."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.cli.shared.dutch import DutchCommand
from drafter.cli.shared.options import DATE, bank_option, json_option
from drafter.cli.shared.output import progress_bar, say, write_json
from embeddings.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from drafter.search.values import SearchResult

_KINDS = ("answer", "letter", "oral", "other")


@click.command(cls=DutchCommand, short_help="Zoekt eerdere antwoorden en passages.")
@click.argument("text", nargs=-1, metavar="TEKST")
@click.option(
    "--queries",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND.jsonl",
    help="Veel zoekvragen tegelijk: per regel id, text, en zo nodig before en portfolio.",
)
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, show_default=True, help="Aantal resultaten.")
@click.option(
    "--mode",
    type=click.Choice(["hybrid", "meaning", "words"]),
    default="hybrid",
    show_default=True,
    help="Op betekenis en woord, op betekenis alleen, of op woord alleen (zonder taalmodel, direct).",
)
@click.option("--before", type=DATE, metavar="JJJJ-MM-DD", help="Alleen van vóór deze datum.")
@click.option(
    "--as-of", "as_of", type=DATE, metavar="JJJJ-MM-DD", help="Peildatum: alleen van die dag of eerder, zoals elders."
)
@click.option("--after", type=DATE, metavar="JJJJ-MM-DD", help="Alleen van deze datum of later.")
@click.option("--portfolio", metavar="NAAM", help="Aan wie de vraag is gesteld: diens antwoorden gaan voor.")
@click.option("--only-portfolio", metavar="NAAM", help="Alleen antwoorden van deze portefeuille.")
@click.option("--minister", metavar="NAAM", help="Alleen antwoorden van deze bewindspersoon.")
@click.option("--party", metavar="NAAM", help="Alleen vragen van leden van deze partij.")
@click.option("--kind", multiple=True, type=click.Choice(_KINDS), help="Alleen deze soort stukken.")
@click.option("--dossier", metavar="NUMMER", help="Alleen stukken uit dit Kamerstukdossier.")
@bank_option
@json_option
def command(
    text: tuple[str, ...],
    queries: Path | None,
    count: int,
    mode: str,
    before: datetime.date | None,
    as_of: datetime.date | None,
    after: datetime.date | None,
    portfolio: str | None,
    only_portfolio: str | None,
    minister: str | None,
    party: str | None,
    kind: tuple[str, ...],
    dossier: str | None,
    bank_folder: Path | None,
    as_json: bool,
) -> int:
    """Zoekt eerdere vragen met hun antwoorden, en alinea's van brieven. TEKST is een vraag of een paar woorden.

    Elk resultaat zegt waarom het gevonden is en hoe zeker dat is (0 tot 100%).
    """
    wanted = " ".join(text).strip()
    if bool(wanted) == (queries is not None):
        raise UsageError("Geef een TEKST om te zoeken, of een bestand met --queries.", "Een van de twee.")

    # With --before all must be known to have been there; a reference date only rules out what is later.
    undated = before is None
    if as_of is not None:
        day_after = as_of + datetime.timedelta(days=1)
        before = min(before, day_after) if before is not None else day_after
    from answers_bank.documents import Kind
    from answers_bank.store.stored import Filters
    from drafter.search.requests import read_queries
    from drafter.search.values import Mode, SearchQuery
    from drafter.tasks.workspace import Workspace

    filters = Filters(after, None, only_portfolio, minister, party, frozenset(map(Kind, kind)), dossier)
    how = Mode(mode)
    with Workspace.from_settings(bank_folder) as workspace:
        asked = (
            read_queries(queries, count, how, filters, before, portfolio, undated=undated)
            if queries is not None
            else [("", SearchQuery(wanted, count, how, before, portfolio, filters, undated=undated))]
        )
        workspace.bank()  # a missing bank is told before the model is loaded
        searcher = workspace.searcher(meaning=how is not Mode.WORDS)
        with progress_bar(not as_json) as progress:
            searcher.prepare(progress)
        for (identifier, _), results in zip(asked, searcher.search_many([query for _, query in asked]), strict=True):
            if as_json:
                shown = {"results": [result.json for result in results]}
                if queries is None:
                    write_json(shown)
                else:
                    write_json({"id": identifier, **shown}, line=True)
            else:
                if queries is not None:
                    say(f"== {identifier}")
                _show(results)
    return ExitCode.OK


def _show(results: tuple[SearchResult, ...]) -> None:
    from answers_bank.documents import Role
    from answers_bank.dutch.time.dates import UNKNOWN_DATE

    if not results:
        say("Niets gevonden.")
    for result in results:
        numbers = f", vraag {', '.join(map(str, result.numbers))}" if result.numbers else ""
        heading = f", {result.heading}" if result.heading else ""
        date = result.date.isoformat() if result.date else UNKNOWN_DATE
        say(f"{result.rank}. {result.title}{numbers}{heading}  ({date}, {result.score:.0%})")
        say(f"   {result.document}" + (f"  {result.url}" if result.url else ""))
        say(f"   {result.why}")
        if result.question:
            say(f"   Vraag: {_short(result.question)}")
        best = max(result.passages, key=lambda passage: passage.score)
        say(f"   {'Vraag' if best.passage.role is Role.QUESTION else 'Antwoord'}: {_short(best.text)}")
        if best.newest:
            say(f"   Let op: van deze alinea is er een nieuwere versie: {best.newest}")
        say()


def _short(text: str, length: int = 240) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= length else folded[: length - 1].rsplit(" ", 1)[0] + " …"
