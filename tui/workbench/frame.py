"""The panes beside each other: how wide each is, and which are seen."""

from __future__ import annotations

from textual.events import MouseDown, MouseMove, MouseUp
from textual.screen import Screen
from textual.widget import Widget

from tui.shell import shell_of
from tui.workbench.layout import BESIDE, TINY, Shares, wider, widths

_SETTLED = 1.5
"""Seconds after a change of width until it is kept."""


class PaneFrame:
    """Lays out the three panes of the workbench; what the user chose is kept in the settings."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._shares: Shares | None = None
        self._kept = Shares()
        self._at_hand = "questions"
        self._zoomed = False
        self._held = ""

    @property
    def _panes(self) -> dict[str, Widget]:
        names = {"questions": "#questions", "text": "#middle", "side": "#side"}
        return {name: self._screen.query_one(selector) for name, selector in names.items()}

    @property
    def _chosen(self) -> Shares:
        if self._shares is None:
            kept = shell_of(self._screen).backend.settings.scherm
            self._shares = self._kept = Shares(kept.vragen or 0, kept.zijkant or 0)
        return self._shares

    def fit(self) -> None:
        """Fit the panes to the screen as it is."""
        total = self._screen.size.width
        if not total or not self._screen.query("#side"):
            return
        panes = self._panes
        beside = total >= BESIDE
        for name, pane in panes.items():
            alone = self._zoomed or ((name == "side" or self._at_hand == "side") and not beside)
            pane.display = name == self._at_hand or not alone
        now = widths(total, self._chosen)
        panes["questions"].styles.width = "1fr" if self._zoomed or total < TINY else now.questions
        panes["side"].styles.width = "1fr" if self._zoomed or not beside else now.side

    def show(self, pane: str) -> None:
        """A pane gets the focus: it must be seen."""
        if pane != self._at_hand:
            self._at_hand = pane
            self.fit()

    def zoom(self, pane: str) -> None:
        """Give a pane the whole width, or let the others be there again."""
        self._zoomed, self._at_hand = not self._zoomed, pane
        self.fit()
        if self._zoomed:
            shell_of(self._screen).say("Dit vak heeft nu het hele scherm. F8 = weer naast elkaar.")

    def widen(self, pane: str, cells: int) -> None:
        """Make a pane wider or, with fewer cells, narrower."""
        total = self._screen.size.width
        if (total < BESIDE and pane == "side") or self._zoomed or total < TINY:
            shell_of(self._screen).say("Hier staat dit vak alleen: het is al zo breed als het scherm.")
            return
        self._choose(wider(total, self._chosen, "questions" if total < BESIDE else pane,
                           -cells if total < BESIDE and pane == "text" else cells))  # fmt: skip

    def _choose(self, shares: Shares) -> None:
        self._shares = shares
        self.fit()
        self._screen.set_timer(_SETTLED, self.keep)

    def keep(self) -> None:
        """Keep the widths that the user chose for the next time."""
        chosen, shell = self._chosen, shell_of(self._screen)
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

    # -- the mouse -----------------------------------------------------------------------------------------------------

    def take_hold(self, event: MouseDown) -> None:
        """Take hold of a border, if that is where the mouse is."""
        panes, x = self._panes, event.screen_x
        if self._zoomed or self._screen.size.width < TINY:
            return
        middle = panes["middle" if "middle" in panes else "text"].region
        if x in (middle.x - 1, middle.x) and panes["questions"].display:
            self._held = "questions"
        elif x in (middle.right - 1, middle.right) and panes["side"].display:
            self._held = "side"
        if self._held:
            event.stop()
            self._screen.capture_mouse()

    def drag(self, event: MouseMove) -> None:
        """Move the border that is held to where the mouse is."""
        if not self._held:
            return
        event.stop()
        region = self._panes[self._held].region
        change = event.screen_x + 1 - region.right if self._held == "questions" else region.x - event.screen_x
        if change:
            self._shares = wider(self._screen.size.width, self._chosen, self._held, round(change))
            self.fit()

    def let_go(self, event: MouseUp) -> None:
        """Let go of the border, and keep where it is."""
        if self._held:
            event.stop()
            self._held = ""
            self._screen.release_mouse()
            self._choose(self._chosen)
