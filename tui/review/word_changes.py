"""What came back from Word, paragraph by paragraph: who wrote it, both texts; let it stand, or put it back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drafter.dossier.judging.word_changes import accept_change, changes_of, undo_change
from drafter.dossier.session import DossierSession
from drafter.dossier.value import ChangeKind, Decision, Dossier, DraftAnswer, WordChange
from drafter.wording import change_words, count, question_words
from embeddings.errors import KamerantwoordError
from tui.shell import ShellScreen
from tui.text import difference, line, prose
from tui.widgets.key_bar import KeyBar
from tui.widgets.options import Options

_SIGN = {Decision.OPEN: "?", Decision.ACCEPTED: "✓", Decision.UNDONE: "↶"}
_DECIDING = frozenset("accept accept_all put_back undo".split())


class WordChangesScreen(ShellScreen["str | None"]):
    """The changes on the left, both texts of the one at hand on the right; gives the block to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "akkoord", tooltip="deze wijziging laten staan"),
        Binding("x", "put_back", "terugzetten", tooltip="de alinea terug zoals zij was"),
        Binding("A", "accept_all", "alles akkoord", tooltip="alle open wijzigingen laten staan", show=False),
        Binding("u", "open_only", "nog te doen", tooltip="alleen wat nog niet is besloten, of alles"),
        Binding("e,enter", "to_block", "naar de werkbank", tooltip="naar deze alinea op de werkbank", priority=True),
        Binding("z,ctrl+z", "undo", "ongedaan", tooltip="laatste keuze ongedaan maken", show=False),
        Binding("escape", "dismiss(None)", "terug"),
    ]

    def __init__(self, session: DossierSession) -> None:
        super().__init__()
        self.session = session
        self.rows: list[tuple[DraftAnswer, WordChange]] = []
        self._open_only = any(changes_of(session.dossier, open_only=True))
        self._anyway = ""
        """The change of which the user was told that its paragraph was changed again since."""

    def compose(self) -> ComposeResult:
        """Head, list, texts, keys."""
        yield Static(id="head")
        yield Static(id="review-summary")
        with Horizontal(id="review"):
            yield Options(id="review-draft")
            with VerticalScroll(id="review-source", can_focus=False):
                yield Static(id="review-source-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Name the panes, and show."""
        self.query_one("#head", Static).update(Content.styled("Uit Word", "bold $text-primary"))
        self.query_one(OptionList).border_title = "Wijzigingen"
        self.query_one("#review-source").border_title = "Beide teksten"
        self.query_one(OptionList).focus()
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Deciding is off when the dossier is open read-only."""
        return None if action in _DECIDING and self.session.read_only else True

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self.call_after_refresh(self._show)

    @property
    def change(self) -> WordChange | None:
        """The change at hand."""
        at = self.query_one(OptionList).highlighted
        return self.rows[at][1] if at is not None and at < len(self.rows) else None

    def _show(self) -> None:
        if not self.is_attached:
            return
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        dossier = self.session.dossier
        self.rows = list(changes_of(dossier, open_only=self._open_only))
        width = max(options.scrollable_content_region.width - 2, 20)
        options.set_options(Option(self._row(answer, change, width)) for answer, change in self.rows)
        if self.rows:
            options.highlighted = min(at, len(self.rows) - 1)
        else:
            words = "Er staat geen wijziging uit Word open. u = alles tonen." if self._open_only else (
                "Er is nog niets uit Word teruggekomen. Op de werkbank leest ^o een bewerkt Word-bestand terug."
            )  # fmt: skip
            options.set_options([Option(Content.styled(words, "$foreground-muted"), disabled=True)])
        left = sum(1 for _ in changes_of(dossier, open_only=True))
        told = f"{count(left, 'wijziging', 'wijzigingen')} nog te bekijken" if left else "✓ Alles is besloten."
        self.query_one("#review-summary", Static).update(Content.styled(told, "bold"))
        self._show_texts()

    def _row(self, answer: DraftAnswer, change: WordChange, width: int) -> Content:
        style = "$foreground-muted" if change.decision is not Decision.OPEN else ""
        where = question_words(answer.numbers, capital=True)
        head = line(f"{_SIGN[change.decision]} {where} · {change_words(change)}", style or "bold")
        words = line(change.after or change.before, style)
        rows = [part.truncate(width, ellipsis=True) if part.cell_length > width else part for part in (head, words)]
        return Content("\n").join([*rows, Content("")])

    def on_option_list_option_highlighted(self) -> None:
        """Show both texts of the change at hand."""
        self._anyway = ""
        self._show_texts()

    def _show_texts(self) -> None:
        change = self.change
        parts: list[Content] = []
        if change is not None:
            parts += [line(change_words(change), "bold $text-primary"), Content("")]
            if change.kind is ChangeKind.EDITED:
                parts += [
                    Content.styled("Wat veranderde:", "bold"),
                    difference(change.before, change.after),
                    Content(""),
                ]
            if change.before:
                parts += [Content.styled("Zo stond het er:", "bold"), prose(change.before), Content("")]
            if change.after:
                parts += [Content.styled("Zo kwam het uit Word:", "bold"), prose(change.after), Content("")]
            block = self.session.dossier.block(change.block)
            if block is not None and change.decision is Decision.OPEN and block.text != change.after:
                parts += [Content.styled("⚠ Zo staat het er nu:", "bold $text-warning"), prose(block.text)]
        self.query_one("#review-source-text", Static).update(Content("\n").join(parts))
        self.query_one("#review-source").scroll_home(animate=False)

    # -- deciding ------------------------------------------------------------------------------------------------------

    def _record(self, dossier: Dossier, label: str) -> None:
        self._anyway = ""
        try:
            self.session.record(dossier, label)
        except KamerantwoordError as error:
            self.shell.show_error(error)
        self._show()

    def action_accept(self) -> None:
        """Let the change at hand stand."""
        change = self.change
        if change is not None:
            with self.shell.telling():
                dossier = accept_change(self.session.dossier, change.id)
                self._record(dossier, "wijziging uit Word akkoord")

    def action_accept_all(self) -> None:
        """Let all that is open stand."""
        dossier = self.session.dossier
        for _, change in changes_of(dossier, open_only=True):
            dossier = accept_change(dossier, change.id)
        self._record(dossier, "alle wijzigingen uit Word akkoord")

    def action_put_back(self) -> None:
        """Put the paragraph of the change at hand back as it was; where it was changed again, at the second time."""
        change = self.change
        if change is None:
            return
        block = self.session.dossier.block(change.block)
        changed = block is not None and change.kind is not ChangeKind.REMOVED and block.text != change.after
        if changed and change.decision is not Decision.UNDONE and self._anyway != change.id:
            self._anyway = change.id
            self.shell.say("Deze alinea is daarna nog veranderd. Nog eens x zet haar toch terug.", "warning")
            return
        with self.shell.telling():
            dossier = undo_change(self.session.dossier, change.id, anyway=True)
            self._record(dossier, "wijziging uit Word teruggezet")

    def action_undo(self) -> None:
        """Take the last step back."""
        step = None
        with self.shell.telling():
            step = self.session.undo()
        self._show()
        self.shell.say(f"Ongedaan: {step.label}." if step else "Er is niets meer om terug te nemen.")

    def action_open_only(self) -> None:
        """Show only what is open, or all."""
        self._open_only = not self._open_only
        self._show()

    def action_to_block(self) -> None:
        """Go to the paragraph on the workbench."""
        change = self.change
        self.dismiss(change.block if change else None)
