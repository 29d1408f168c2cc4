"""The tab with earlier answers: what was found and why, and the passages of the one at hand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from answers_bank.dutch.time.dates import UNKNOWN_DATE
from drafter.search.values import FoundPassage, SearchResult
from drafter.wording import age, count, question_words, short_date
from tui.text import indented, line
from tui.widgets.lists import ReadableList, SourceList, StatedPane
from tui.widgets.passage_list import PassageList, SourcePassageList


class ResultList(ReadableList):
    """Results that can be put in; with → one goes on to the sentences of the one at hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "pick", "zin kiezen", tooltip="naar de tekst van het resultaat, met de eerste zin gekozen",
                show=False),
    ]  # fmt: skip

    class Pick(Message):
        """The user wants to pick sentences of the result at hand."""

    def action_pick(self) -> None:
        """Go on to its sentences."""
        self.post_message(self.Pick())


class FoundPane(StatedPane):
    """Results above, the passages of the chosen one below."""

    @dataclass
    class Insert(Message):
        """Passages to put in the answer."""

        passages: tuple[str, ...]

    @dataclass
    class Read(Message):
        """A source to read, at a passage."""

        document: str
        passage: str

    def __init__(self, as_of: datetime.date, inserts: bool = True) -> None:
        """`inserts`: whether there is a draft to put things in."""
        super().__init__("found")
        self.as_of = as_of
        self._list = ResultList if inserts else SourceList
        self.results: tuple[SearchResult, ...] = ()
        self.used: dict[str, str] = {}
        """Passages in the draft, with the words for where."""
        self.words: frozenset[str] = frozenset()
        self._touched = False

    def compose(self) -> ComposeResult:
        """The state of the search, results, passages."""
        yield from super().compose()
        yield self._list(id="found-results")
        yield PassageList("found-passages") if self._list is ResultList else SourcePassageList("found-passages")

    @property
    def result_list(self) -> ReadableList:
        """The list of results."""
        return self.query_one("#found-results", ReadableList)

    @property
    def passage_list(self) -> PassageList:
        """The list of passages."""
        return self.query_one("#found-passages", PassageList)

    def begin(self) -> None:
        """What is shown next is for something else: nothing of what stands here needs to stay where it is."""
        self.results = ()
        self._touched = False

    def wait(self, message: str) -> None:
        """Say what is going on, and empty the lists."""
        self.begin()
        self.state(message)
        self.result_list.clear_options()
        self.passage_list.show((), frozenset(), {})

    def show(self, results: tuple[SearchResult, ...], words: frozenset[str], message: str) -> None:
        """Show results; once the user has moved among them, what is new goes below and nothing moves."""
        self.words = words
        self.state(message)
        if self._touched and self.results:
            known = {(r.document, r.numbers, r.heading) for r in self.results}
            new = tuple(r for r in results if (r.document, r.numbers, r.heading) not in known)
            self.results += new  # they get the numbers that follow
            self.result_list.add_options(Option(self._row(r)) for r in new)
            return
        self.results = results
        self.result_list.set_options(Option(self._row(r)) for r in results)
        if results:
            self.result_list.highlighted = 0

    def mark_used(self, used: dict[str, str]) -> None:
        """Show which passages are in the draft already."""
        if used == self.used:
            return
        self.used = used
        for index, result in enumerate(self.results):
            self.result_list.replace_option_prompt_at_index(index, self._row(result))

    def mark_beside(self, beside: str, differs: bool) -> None:
        """Show how the passages stand to the paragraph at hand; `differs`: by the word."""
        self.passage_list.mark(self.used, beside, differs)

    def match(self, number: int) -> tuple[str, ...]:
        """The passages of a result by its number, from 1: those that are not in the draft yet, else all."""
        if not 0 < number <= len(self.results):
            return ()
        ids = tuple(passage.id for passage in self.results[number - 1].passages)
        return tuple(one for one in ids if one not in self.used) or ids

    def take(self, index: int) -> None:
        """Take a result at hand; from now on none gets another number."""
        self._touched = True
        self.result_list.highlighted = index

    @property
    def chosen(self) -> SearchResult | None:
        """The result at hand."""
        at = self.result_list.highlighted
        return self.results[at] if at is not None and at < len(self.results) else None

    @property
    def chosen_passage(self) -> FoundPassage | None:
        """The passage at hand: in the list of passages, else the best of the result."""
        result = self.chosen
        if result is None or not result.passages:
            return None
        at = self.passage_list.highlighted
        if at is not None and at < len(result.passages):
            return result.passages[at]
        return max(result.passages, key=lambda passage: passage.score)

    def _row(self, result: SearchResult) -> Content:
        number = self.results.index(result) + 1
        taken = sum(passage.id in self.used for passage in result.passages)
        sign = "●" if taken and taken == len(result.passages) else "◐" if taken else "○"
        head = indented(result.question or result.heading or result.title, max(self.result_list.size.width - 6, 20), 2)
        place = question_words(result.numbers) if result.numbers else "brief"
        when = f"{short_date(result.date)} · {age(result.date, self.as_of)}" if result.date else UNKNOWN_DATE
        parts = count(len(result.passages), "alinea", "alinea's")
        used = f" · {taken} al gebruikt" if taken else ""
        return Content("\n").join(
            [
                Content.assemble((f"{number:>2} {sign} ", "$text-accent"), head),
                Content.styled("     ")
                + line(f"{when} · {place} · {result.portfolio or result.title}", "$text-secondary"),
                Content.styled("     ") + line(f"{result.why}; {parts}{used}", "$foreground-muted"),
            ]
        )

    def on_resize(self) -> None:
        """Fit the questions to the width."""
        for index, result in enumerate(self.results):
            self.result_list.replace_option_prompt_at_index(index, self._row(result))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the passages of the result at hand."""
        if event.option_list is not self.result_list:
            return
        event.stop()
        if event.option_list.has_focus:
            self._touched = True
        result = self.chosen
        passages = result.passages if result else ()
        self.passage_list.show(passages, self.words, self.used)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Put in a whole answer, or one passage."""
        event.stop()
        result = self.chosen
        if result is None:
            return
        if event.option_list is self.result_list:
            self.post_message(self.Insert(self.match(event.option_index + 1)))
        elif self.passage_list.chosen is not None:
            self.post_message(self.Insert((self.passage_list.chosen,)))

    def on_result_list_pick(self, event: ResultList.Pick) -> None:
        """Go to the passage at hand, with a sentence of it picked."""
        event.stop()
        self.passage_list.focus()
        self.passage_list.action_sentence(1)

    def on_readable_list_read(self, event: ReadableList.Read) -> None:
        """Read the source."""
        event.stop()
        result = self.chosen
        if result is not None:
            passage = self.chosen_passage
            self.post_message(self.Read(result.document, passage.id if passage else ""))
