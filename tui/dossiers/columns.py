"""The columns of the list of dossiers, and a dossier in one line for where they have no room."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from rich.text import Text

from answers_bank.dutch.time.dates import dutch_date
from drafter.dossier.set_state import SetState
from drafter.dossier.summary import DossierSummary
from drafter.wording import near_date, sentence_case, short_date, term
from tui.text import plain


@dataclass(frozen=True, slots=True)
class Column:
    """What is shown of each dossier."""

    name: str
    cell: Callable[[DossierSummary, datetime.date], Text]
    """Of a dossier, on a day."""

    width: int = 0
    """In cells; 0 is what the others leave."""

    least: int = 0
    """Width of the screen from which it is shown."""


def _cut(text: str) -> Text:
    return Text(" ".join(plain(text).split()), overflow="ellipsis", no_wrap=True)


def _subject(summary: DossierSummary, _: datetime.date) -> Text:
    return Text(f"✗ {plain(summary.id)}") if summary.problem else _cut(sentence_case(summary.subject))


def _due(summary: DossierSummary, today: datetime.date) -> Text:
    left = summary.days_left(today)
    if summary.due is None or left is None:
        return Text("" if summary.problem else "geen datum", style="dim")
    if summary.state == SetState.SENT:
        return Text(f"{near_date(summary.due, today)} · verzonden")
    late = left < 0 and summary.done < summary.total
    words = f"{near_date(summary.due, today)} · {term(summary, today)}"
    return Text(f"! {words}", style="bold red") if late else Text(words)


def _progress(summary: DossierSummary, _: datetime.date) -> Text:
    if summary.problem:
        return Text(plain(summary.problem), style="red")
    parts = [summary.state] if summary.state in (SetState.IN_REVIEW, SetState.APPROVED, SetState.SENT) else []
    parts.append(f"{summary.done}/{summary.total} klaar")
    if summary.warnings:
        parts.append(f"⚠ {summary.warnings}")
    if summary.accepted:
        parts.append(f"{summary.accepted}/{summary.blocks} akkoord")
    return _cut(" · ".join(parts))


PROGRESS = "Voortgang"

COLUMNS = (
    Column("Onderwerp", _subject),
    Column("Vragenstellers", lambda one, _: _cut(", ".join(one.askers)), 18, 110),
    Column("Portefeuille", lambda one, _: _cut(one.portfolio), 18, 180),
    Column("Ingezonden", lambda one, _: Text(short_date(one.submitted) if one.submitted else ""), 11, 155),
    Column("Uiterlijk", _due, 27),
    Column(PROGRESS, _progress, 27),
    Column(
        "Laatst bewerkt",
        lambda one, _: Text(f"{one.changed.astimezone():%d-%m-%y %H:%M}" if one.changed else ""),
        14,
        130,
    ),
)


def summary_words(summary: DossierSummary) -> str:
    """A dossier in one line."""
    parts = [sentence_case(summary.subject), ", ".join(summary.askers)]
    parts.append(f"aan {summary.portfolio}" if summary.portfolio else "")
    parts.append(f"ingezonden {dutch_date(summary.submitted)}" if summary.submitted else "")
    if summary.due is not None:
        parts.append(f"uiterlijk {dutch_date(summary.due)}{' (met uitstel)' if summary.deferred else ''}")
    return " · ".join(filter(None, parts))
