"""Two texts of one answer side by side, to choose from: one of them, both, or paragraph by paragraph."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.dossier.merging import Answers, ConflictParagraph, MergeConflict, Whose, composed, paragraphs
from drafter.word_difference import alike
from drafter.wording import question_words
from tui.shell import ShellScreen
from tui.text import difference, prose
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options


class ParagraphList(Options):
    """The paragraphs of one text; space takes one or leaves it out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "wel of niet", tooltip="deze alinea wel of niet overnemen"),
        Binding("enter", "screen.take", "overnemen", tooltip="wat met [x] is gekozen in het antwoord zetten"),
    ]


class ChoiceScreen(ShellScreen["Answers | None"]):
    """Mine on the left, the other's on the right; gives the answers that were chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "whole('mine')", "mijn tekst", tooltip="mijn tekst helemaal"),
        Binding("a", "whole('theirs')", "andere tekst", tooltip="de tekst van de ander helemaal"),
        Binding("b", "whole('both')", "beide", tooltip="beide teksten houden"),
        Binding("d", "difference", "verschil", tooltip="verschil tussen beide tonen of verbergen"),
        Binding("tab,left,right", "other", "andere kant", show=False),
        Binding("escape", "dismiss(None)", "later"),
    ]

    def __init__(self, conflict: MergeConflict, now: Answers, question: str) -> None:
        """`now` is what stands in the dossier; `question` what was asked."""
        super().__init__()
        self.conflict = conflict
        self.question = question
        self.paragraphs = paragraphs(conflict)
        self.chosen: set[str] = set()
        """Keys of the paragraphs that are taken over."""
        self.shows_difference = True
        standing = {block.text for answer in now for block in answer.blocks}
        for at, paragraph in enumerate(self.paragraphs):
            if paragraph.block.text in standing:
                self.chosen.add(str(at))
        if not self.chosen:
            self._choose("theirs")

    def compose(self) -> ComposeResult:
        """What was asked, both texts, what comes of it."""
        numbers = question_words(self.conflict.numbers, capital=True)
        yield Static(
            Content.styled(f"{numbers}: u en een ander wijzigden dit antwoord", "bold $text-primary"), id="head"
        )
        yield Static(prose(self.question), id="choice-question")
        with Horizontal(id="choice"):
            yield ParagraphList(id="choice-mine")
            yield ParagraphList(id="choice-theirs")
        yield Static(id="choice-state")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with mine."""
        self.query_one("#choice-mine").border_title = "Uw tekst"
        self.query_one("#choice-theirs").border_title = "Tekst van de ander (staat nu in het dossier)"
        self._show()
        self.query_one("#choice-mine", OptionList).focus()

    def _show(self) -> None:
        for side, other in ((Whose.MINE, Whose.THEIRS), (Whose.THEIRS, Whose.MINE)):
            rows = self.query_one(f"#choice-{side.value}", OptionList)
            at = rows.highlighted
            rows.set_options(
                Option(self._row(paragraph, other), id=f"{side.value}-{key}") for key, paragraph in self._of(side)
            )
            if rows.option_count:
                rows.highlighted = min(at or 0, rows.option_count - 1)
        count = len(self.chosen)
        words = "1 alinea gekozen" if count == 1 else f"{count} alinea’s gekozen"
        self.query_one("#choice-state", Static).update(
            Content.styled(f"{words}. ↵ = overnemen; daarna kunt u verder bewerken.", "$foreground-muted")
        )

    def _of(self, side: Whose) -> list[tuple[str, ConflictParagraph]]:
        return [(str(at), one) for at, one in enumerate(self.paragraphs) if one.side in (side, Whose.BOTH)]

    def _row(self, paragraph: ConflictParagraph, other: Whose) -> Content:
        key = str(self.paragraphs.index(paragraph))
        taken = key in self.chosen
        mark = Content.styled("[x] " if taken else "[ ] ", "bold $text-success" if taken else "$foreground-muted")
        text = paragraph.block.text
        if paragraph.side is Whose.BOTH:
            return mark + Content.styled("(in beide) ", "$foreground-muted") + prose(text) + Content("\n")
        words = prose(text)
        if self.shows_difference and other is Whose.THEIRS:
            others = [one.block.text for _, one in self._of(other) if one.side is other]
            near = [one for one in others if alike(one, text)]
            if near:
                words = difference(near[0], text)
        return mark + words + Content("\n")

    # -- keys ----------------------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        key = (event.option_id or "").partition("-")[2]
        self.chosen ^= {key}
        self._show()

    def _choose(self, which: str) -> None:
        sides = {"mine": (Whose.MINE, Whose.BOTH), "theirs": (Whose.THEIRS, Whose.BOTH)}.get(which, tuple(Whose))
        self.chosen = {str(at) for at, one in enumerate(self.paragraphs) if one.side in sides}

    def action_whole(self, which: str) -> None:
        """Take one of the texts, or both."""
        self._choose(which)
        self._show()

    def action_difference(self) -> None:
        """Show in mine what is other than in the other's, or the plain text."""
        self.shows_difference = not self.shows_difference
        self._show()

    def action_other(self) -> None:
        """Go to the other text."""
        mine = self.query_one("#choice-mine")
        (self.query_one("#choice-theirs") if mine.has_focus else mine).focus()

    def action_take(self) -> None:
        """Give what was chosen."""
        self.dismiss(composed(self.conflict, [one for at, one in enumerate(self.paragraphs) if str(at) in self.chosen]))
