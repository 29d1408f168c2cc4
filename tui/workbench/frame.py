"""The panes beside each other: how wide each is, and which are seen."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.content import Content
from textual.events import MouseDown, MouseMove, MouseUp
from textual.widget import Widget

from tui.shell import shell_of
from tui.workbench.layout import BESIDE, TINY, Shares, wider, widths

_SETTLED = 1.5
"""Seconds after a change of width until it is kept."""


class PaneFrame(Horizontal):
    """Holds the three panes of the workbench and lays them out; what the user chose is kept in the settings."""

    def __init__(self) -> None:
        super().__init__(id="work")
        self._shares: Shares | None = None
        self._kept = Shares()
        self._seen = "questions"
        self.zoomed = False
        """Whether the pane at hand has the whole width."""
        self._held = ""
        self._question = Content("")

    @property
    def _panes(self) -> dict[str, Widget]:
        names = {"questions": "#questions", "text": "#middle", "side": "#side"}
        return {name: self.query_one(selector) for name, selector in names.items()}

    @property
    def _chosen(self) -> Shares:
        if self._shares is None:
            kept = shell_of(self).backend.settings.scherm
            self._shares = self._kept = Shares(kept.vragen or 0, kept.zijkant or 0)
        return self._shares

    def fit(self) -> None:
        """Fit the panes to the screen as it is."""
        total = self.screen.size.width
        if not total or not self.query("#side"):
            return
        panes = self._panes
        beside = total >= BESIDE
        for name, pane in panes.items():
            alone = self.zoomed or ((name == "side" or self._seen == "side") and not beside)
            pane.display = name == self._seen or not alone
        now = widths(total, self._chosen)
        self._name_side()
        panes["questions"].styles.width = "1fr" if self.zoomed or total < TINY else now.questions
        panes["side"].styles.width = "1fr" if self.zoomed or not beside else now.side

    def show_question(self, words: Content) -> None:
        """Name the question at hand above the side, where the text is not seen beside it."""
        self._question = words
        self._name_side()

    def _name_side(self) -> None:
        self._panes["side"].border_title = self._question if self.alone else None

    def reveal(self, pane: str) -> None:
        """A pane gets the focus: it must be seen."""
        if pane != self._seen:
            self._seen = pane
            self.fit()

    def zoom(self) -> None:
        """Give the pane at hand the whole width, or let the others be there again."""
        self.zoomed, self._seen = not self.zoomed, self.pane_at_hand
        self.fit()
        if self.zoomed:
            shell_of(self).say("Dit vak heeft nu het hele scherm. F8 = weer naast elkaar.")

    def widen(self, cells: int) -> None:
        """Make the pane at hand wider or, with fewer cells, narrower."""
        pane = self.pane_at_hand
        total = self.screen.size.width
        if (total < BESIDE and pane == "side") or self.zoomed or total < TINY:
            shell_of(self).say("Hier staat dit vak alleen: het is al zo breed als het scherm.")
            return
        self._choose(wider(total, self._chosen, "questions" if total < BESIDE else pane,
                           -cells if total < BESIDE and pane == "text" else cells))  # fmt: skip

    def _choose(self, shares: Shares) -> None:
        self._shares = shares
        self.fit()
        self.set_timer(_SETTLED, self.keep)

    def keep(self) -> None:
        """Keep the widths that the user chose for the next time."""
        chosen, shell = self._chosen, shell_of(self)
        if chosen == self._kept or self._held:
            return
        with shell.telling():
            for key, share, before in (
                ("scherm.vragen", chosen.questions, self._kept.questions),
                ("scherm.zijkant", chosen.side, self._kept.side),
            ):
                if share != before:
                    shell.backend.set_setting(key, share or None)
            self._kept = chosen

    @property
    def alone(self) -> bool:
        """Whether the text and the side are not seen at the same time."""
        return self.zoomed or self.screen.size.width < BESIDE

    @property
    def pane_at_hand(self) -> str:
        """Where the focus is: "questions", "text" or "side"."""
        focused = self.screen.focused
        around = set(focused.ancestors_with_self) if focused is not None else set()
        panes = self._panes
        return next((name for name in ("side", "questions") if panes[name] in around), "text")

    def focus_pane(self, selector: str) -> None:
        """Give a pane the focus; on a narrow screen the side takes the whole width while it has it."""
        self.reveal({"#questions": "questions", "#answer": "text"}.get(selector, "side"))
        self.query_one(selector).focus()

    # -- the mouse -----------------------------------------------------------------------------------------------------

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of a border, if that is where the mouse is."""
        panes, x = self._panes, event.screen_x
        if self.zoomed or self.screen.size.width < TINY:
            return
        middle = panes["text"].region
        if x in (middle.x - 1, middle.x) and panes["questions"].display:
            self._held = "questions"
        elif x in (middle.right - 1, middle.right) and panes["side"].display:
            self._held = "side"
        if self._held:
            event.stop()
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Move the border that is held to where the mouse is."""
        if not self._held:
            return
        event.stop()
        region = self._panes[self._held].region
        change = event.screen_x + 1 - region.right if self._held == "questions" else region.x - event.screen_x
        if change:
            self._shares = wider(self.screen.size.width, self._chosen, self._held, round(change))
            self.fit()

    def on_mouse_up(self, event: MouseUp) -> None:
        """Let go of the border, and keep where it is."""
        if self._held:
            event.stop()
            self._held = ""
            self.release_mouse()
            self._choose(self._chosen)
