"""The lists of the bank that the words in the search field narrow: documents, office holders, what is stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from answers_bank.dutch.time.dates import UNKNOWN_DATE
from answers_bank.store.stored import DocumentSummary
from drafter.bank_views.document_card import SURE_WORDS
from drafter.bank_views.doubted import DoubtfulBank, DoubtfulDocument
from drafter.bank_views.office_holders import OfficeTerm
from drafter.bank_views.stale_bank import StaleBank, StalePlace
from drafter.wording import count, sentence_case, short_date
from tui.text import line
from tui.widgets.lists import StatedPane
from tui.widgets.options import Options

_KINDS = {
    "answer": "antwoord",
    "questions": "vragen",
    "deferral": "uitstel",
    "letter": "brief",
    "oral": "mondeling",
    "other": "overig",
}
_MOST = 500
"""Rows shown at once; typing narrows them."""


def holds(typed: str, *texts: str) -> bool:
    """Whether `texts` together hold all words that were typed; filters ("na:2024") do not count."""
    hay = " ".join(texts).casefold()
    return all(word in hay for word in typed.casefold().split() if ":" not in word)


def nothing_with(typed: str) -> str:
    """What to say where nothing holds them."""
    return f"Niets met “{typed.strip()}”. Maak het zoekveld leeg (/) voor alles."


class SearchField(Input):
    """Words and filters; Enter and ↓ go to what they find."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "submit", "naar de lijst", key_display="↵ ↓"),
    ]


class EntryList(Options):
    """Documents; Enter reads one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "lezen")]


class ListPane(StatedPane):
    """What is listed in a line, and the list; each row leads to a document."""

    @dataclass
    class Chosen(Message):
        """A document to read, at a passage where that is known."""

        document: str
        passage: str

    def __init__(self, name: str) -> None:
        """`name` is the id of the list."""
        super().__init__(name)
        self._list_id = name
        self._places: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        """State and list."""
        yield from super().compose()
        yield EntryList(id=self._list_id)

    def _fill(self, rows: list[Content], places: list[tuple[str, str]]) -> None:
        """Show rows with the document and passage that each leads to, the first at hand."""
        self._places = places
        options = self.query_one(EntryList)
        options.set_options(Option(row) for row in rows)
        if rows:
            options.highlighted = 0

    @property
    def document(self) -> str:
        """The document at hand; empty where there is none."""
        return self._places[self.query_one(EntryList).highlighted or 0][0] if self._places else ""

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Read it."""
        event.stop()
        self.post_message(self.Chosen(*self._places[event.option_index]))


class DocumentPane(ListPane):
    """The documents of the bank."""

    entries: tuple[DocumentSummary, ...] = ()

    def show(self, entries: tuple[DocumentSummary, ...], typed: str) -> None:
        """Show what the bank found for what was typed."""
        self.entries = entries
        self._fill([_entry_row(one) for one in entries[:_MOST]], [(one.id, "") for one in entries[:_MOST]])
        more = f"; de nieuwste {_MOST} staan hier, typ om te zoeken" if len(entries) > _MOST else ""
        none = nothing_with(typed) if typed.strip() else "Geen stukken. a = toevoegen."
        self.state(f"{count(len(entries), 'stuk', 'stukken')}{more}" if entries else none)


class OfficePane(ListPane):
    """Who answered for which portfolio, from when to when."""

    def show(self, terms: tuple[OfficeTerm, ...], typed: str) -> None:
        """Show those that hold what was typed."""
        held = [one for one in terms if holds(typed, one.name, one.portfolio, one.office)]
        self._fill([_office_row(one) for one in held], [(one.document, "") for one in held])
        people = count(len(held), "bewindspersoon", "bewindspersonen")
        told = f"{people}, wie het laatst antwoordde bovenaan. Typ een naam of ministerie om te kiezen."
        self.state(told if held else nothing_with(typed))


class StalePane(ListPane):
    """What no longer holds in the bank."""

    def show(self, stale: StaleBank, typed: str) -> None:
        """Show what holds what was typed, under a heading for each group."""
        held = [place for place in stale.places if holds(typed, place.label, place.quote, place.kind)]
        rows = []
        last = None
        for place in held[:_MOST]:
            group = "In standaardpassages" if place.times else "In de stukken: wat zeker voorbij is"
            rows.append(_stale_row(place, group if group != last else None))
            last = group
        self._fill(rows, [(place.document, place.passage) for place in held[:_MOST]])
        seen = f"{stale.looked_through} van {count(stale.documents, 'stuk', 'stukken')} nagelopen"
        if stale.looked_through == stale.documents:
            seen = f"{count(stale.documents, 'stuk', 'stukken')} nagelopen"
        more = f"; hier staan de eerste {_MOST}" if len(held) > _MOST else ""
        found = f"{len(held)} te controleren, {sum(place.times > 0 for place in held)} in standaardpassages"
        none = nothing_with(typed) if stale.places else "Niets gevonden."
        self.state(f"{seen}: {found}{more}" if held else f"{seen}. {none}")


class DoubtPane(ListPane):
    """What had better be looked at after reading."""

    def show(self, doubtful: DoubtfulBank, typed: str) -> None:
        """Show what holds what was typed, the least certain first."""
        held = [one for one in doubtful.documents if holds(typed, one.title, *(d.message for d in one.doubts))]
        self._fill([_doubt_row(one) for one in held[:_MOST]], [(one.id, "") for one in held[:_MOST]])
        seen = f"{doubtful.looked_through} van {count(doubtful.all, 'stuk', 'stukken')} nagelopen"
        if doubtful.looked_through == doubtful.all:
            seen = f"{count(doubtful.all, 'stuk', 'stukken')} nagelopen"
        none = nothing_with(typed) if doubtful.documents else "Niets om na te kijken."
        self.state(f"{seen}: {len(held)} om na te kijken. e = verbeteren" if held else f"{seen}. {none}")


def _doubt_row(one: DoubtfulDocument) -> Content:
    rows = [
        line(f"{sentence_case(one.title)}", "bold")
        + Content.styled(f" · {short_date(one.date) if one.date else UNKNOWN_DATE}", "$text-secondary")
        + Content.styled(f" · zekerheid {SURE_WORDS[one.confidence]}", "$foreground-muted")
    ]
    for doubt in one.doubts[:_DOUBTS]:
        told = f"{doubt.message} {sentence_case(doubt.advice)}." if doubt.advice else doubt.message
        rows.append(Content.styled("! ", "bold $text-warning") + line(told))
    if len(one.doubts) > _DOUBTS:
        rows.append(line(f"  en nog {len(one.doubts) - _DOUBTS}", "$foreground-muted"))
    return Content("\n").join([*rows, Content("")])


_DOUBTS = 3
"""Doubts that are shown of a document."""


def _entry_row(entry: DocumentSummary) -> Content:
    people = (person.name or person.portfolio or "" for person in (*entry.ministers, *entry.askers))
    who = next(filter(None, people), "")
    return Content.assemble(
        (f"{short_date(entry.date) if entry.date else UNKNOWN_DATE:<13}", "$text-secondary"),
        (f"{_KINDS.get(entry.kind, entry.kind):<10}", "$foreground-muted"),
        line(sentence_case(entry.title)),
        " · " if who else "",
        line(who, "$foreground-muted"),
        Content.styled(" · verbeterd" if entry.corrected else "", "$text-accent"),
    )


def _office_row(one: OfficeTerm) -> Content:
    span = short_date(one.first) if one.first == one.last else f"{short_date(one.first)} – {short_date(one.last)}"
    return Content.assemble(line(one.name, "bold"), "  ", line(one.portfolio or ""), "\n  ") + line(
        f"{one.office + ' · ' if one.office else ''}{span} · {count(one.times, 'stuk', 'stukken')}", "$foreground-muted"
    )


def _stale_row(place: StalePlace, group: str | None) -> Content:
    rows = [Content.styled(f"── {group} ", "bold $foreground-muted")] if group else []
    often = f" · staat in {count(place.times, 'stuk', 'stukken')}" if place.times else ""
    rows += [
        Content.styled("⚠ ", "bold $text-warning") + line(f"“{place.quote}”", "bold"),
        Content("  ") + line(place.message),
        Content("  ") + line(f"{place.label}{often}", "$foreground-muted"),
        Content(""),
    ]
    return Content("\n").join(rows)
