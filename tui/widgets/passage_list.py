"""The passages of an earlier answer, of which single sentences can be picked."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widgets.option_list import Option

from answers_bank.dutch.sentences import sentence_spans
from drafter.search.values import FoundPassage
from drafter.word_difference import tokens
from tui.text import difference, highlighted, line
from tui.widgets.lists import ReadableList, SourceList

_ALIKE = 0.5
"""Share of the words that two paragraphs have in common from which one is shown as a version of the other."""

_META = "sentence"


class PassageList(ReadableList):
    """Passages, each whole; with → and ⇧↓, or a click, sentences of the one at hand are picked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "sentence(1)", "volgende zin", tooltip="één zin kiezen, de volgende", show=False),
        Binding("left", "sentence(-1)", "vorige zin", tooltip="de vorige zin kiezen", show=False),
        Binding("shift+down,shift+right", "extend(1)", "zinnen", tooltip="een zin erbij kiezen"),
        Binding("shift+up,shift+left", "extend(-1)", "zin eraf", tooltip="een zin minder kiezen", show=False),
    ]

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.passages: tuple[FoundPassage, ...] = ()
        self.picked: tuple[int, int] | None = None
        """First and last sentence of the passage at hand; None where it is meant whole."""
        self._used: dict[str, str] = {}
        self._words: frozenset[str] = frozenset()
        self._beside = ("", False)

    def show(self, passages: tuple[FoundPassage, ...], words: frozenset[str], used: dict[str, str]) -> None:
        """Show passages with `words` lit up, the best at hand."""
        self.passages, self._words, self._used, self.picked = passages, words, used, None
        self.set_options(Option(self._row(index)) for index in range(len(passages)))
        if passages:
            self.highlighted = max(range(len(passages)), key=lambda index: passages[index].score)

    def mark(self, used: dict[str, str], beside: str, differs: bool) -> None:
        """Show what is in the draft already, and how each stands to the paragraph at hand; `differs`: by the word."""
        if (used, (beside, differs)) != (self._used, self._beside):
            self._used, self._beside = used, (beside, differs)
            self._show_again(range(len(self.passages)))

    @property
    def chosen(self) -> str | None:
        """What is at hand, as the bank is asked for it: a passage, or the sentences of it that are picked."""
        at = self.highlighted
        if at is None or at >= len(self.passages):
            return None
        passage = self.passages[at]
        if self.picked is None:
            return passage.id
        spans = sentence_spans(passage.text)
        return f"{passage.id}@{spans[self.picked[0]][0]}-{spans[self.picked[1]][1]}"

    def action_sentence(self, step: int) -> None:
        """Pick one sentence; beyond the first or last the passage is meant whole again."""
        last = self._sentences - 1
        if last < 1:
            return
        to = (0 if step > 0 else last) if self.picked is None else self.picked[0 if step < 0 else 1] + step
        self._pick((to, to) if 0 <= to <= last else None)

    def action_extend(self, step: int) -> None:
        """Pick a sentence more, or one less."""
        last = self._sentences - 1
        if last < 0:
            return
        if self.picked is None:
            self._pick((0, 0) if step > 0 else None)
        else:
            first, end = self.picked
            self._pick((first, min(end + step, last)) if end + step >= first else None)

    @property
    def _sentences(self) -> int:
        at = self.highlighted
        return len(sentence_spans(self.passages[at].text)) if at is not None and at < len(self.passages) else 0

    def _pick(self, picked: tuple[int, int] | None) -> None:
        if picked != self.picked and self.highlighted is not None:
            self.picked = picked
            self._show_again((self.highlighted,))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Another passage is meant whole."""
        before, self.picked = self.picked, None
        if before is not None:
            self._show_again(range(len(self.passages)))
        super().watch_highlighted(highlighted)

    async def _on_click(self, event: Click) -> None:
        """A click picks a sentence, with Shift up to there; a double click puts it in."""
        event.prevent_default()
        option, sentence = event.style.meta.get("option"), event.style.meta.get(_META)
        if option is None or option >= len(self.passages):
            return
        if option != self.highlighted:
            self.highlighted = option
        if sentence is not None:
            first = min(self.picked[0], sentence) if event.shift and self.picked else sentence
            self._pick((first, sentence))
        if event.chain > 1:
            self.action_select()

    def _show_again(self, indexes: range | tuple[int, ...]) -> None:
        for index in indexes:
            if index < self.option_count:
                self.replace_option_prompt_at_index(index, self._row(index))

    def _row(self, index: int) -> Content:
        passage = self.passages[index]
        rows, marks = [self._text(index)], []
        if passage.id in self._used:
            marks.append(f"● al gebruikt: {self._used[passage.id]}")
        if passage.newest and passage.newest != passage.id:
            marks.append("↥ er is een nieuwere versie (tab Standaard)")
        beside, differs = self._beside
        if beside and beside != passage.text and alike(beside, passage.text):
            if differs:
                rows = [difference(beside, passage.text)]
            marks.append(f"≠ {'verschil met' if differs else 'lijkt op'} de gekozen alinea (d)")
        if marks:
            rows.append(line(" · ".join(marks), "$text-accent"))
        return Content("\n").join([*rows, Content("")])

    def _text(self, index: int) -> Content:
        passage = self.passages[index]
        text = highlighted(passage.text, self._words)
        for number, (start, end) in enumerate(sentence_spans(passage.text)):
            text = text.stylize(Style.from_meta({_META: number}), start, end)
        if index == self.highlighted and self.picked is not None:
            spans = sentence_spans(passage.text)
            text = text.stylize("reverse", spans[self.picked[0]][0], spans[self.picked[1]][1])
        return text


class SourcePassageList(PassageList, SourceList):
    """The same where there is no draft to put things in."""


def alike(one: str, other: str) -> bool:
    """Whether two paragraphs look like versions of one."""
    first, second = ({t.text.lower() for t in tokens(text) if t.is_word} for text in (one, other))
    return bool(first and second) and len(first & second) >= _ALIKE * max(len(first), len(second))
