"""The lists of the bank, and how what is in them looks."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from drafter.backend.protocol import BankEntry, Signed
from drafter.bank_views.stale_bank import StalePlace
from drafter.wording import count, sentence_case, short_date
from tui.text import line

_KINDS = {
    "answer": "antwoord",
    "questions": "vragen",
    "deferral": "uitstel",
    "letter": "brief",
    "oral": "mondeling",
    "other": "overig",
}
MOST = 500
"""Rows shown at once; typing narrows them."""


class SearchField(Input):
    """Words and filters; Enter and ↓ go to what they find."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "submit", "naar de lijst", key_display="↵ ↓"),
    ]


class EntryList(OptionList):
    """Documents; Enter reads one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "lezen")]


def entry_row(entry: BankEntry) -> Content:
    """A document on a line."""
    when = short_date(entry.date) if entry.date else "zonder datum"
    return Content.assemble(
        (f"{when:<13}", "$text-secondary"),
        (f"{_KINDS.get(entry.kind, entry.kind):<10}", "$foreground-muted"),
        line(sentence_case(entry.title)),
        " · " if entry.who else "",
        line(entry.who, "$foreground-muted"),
    )


def signed_row(one: Signed) -> Content:
    """An office holder."""
    span = short_date(one.first) if one.first == one.last else f"{short_date(one.first)} – {short_date(one.last)}"
    return Content.assemble(line(one.name, "bold"), "  ", line(one.portfolio or ""), "\n  ") + line(
        f"{one.office + ' · ' if one.office else ''}{span} · {count(one.times, 'stuk', 'stukken')}", "$foreground-muted"
    )


def stale_row(place: StalePlace, group: str | None) -> Content:
    """What no longer holds, under the heading of its group where it is the first."""
    rows = [Content.styled(f"── {group} ", "bold $foreground-muted")] if group else []
    often = f" · staat in {count(place.times, 'stuk', 'stukken')}" if place.times else ""
    rows += [
        Content.styled("⚠ ", "bold $text-warning") + line(f"“{place.quote}”", "bold"),
        Content("  ") + line(place.message),
        Content("  ") + line(f"{place.label}{often}", "$foreground-muted"),
        Content(""),
    ]
    return Content("\n").join(rows)


def fill_list(options: OptionList, rows: list[Content]) -> None:
    """Show `rows`, the first at hand."""
    options.set_options(Option(row) for row in rows)
    if rows:
        options.highlighted = 0
