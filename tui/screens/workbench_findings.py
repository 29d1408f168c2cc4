"""Findings on the workbench: have them looked for, go through them, act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import TabbedContent

from drafter import dossier_edits as edits
from drafter.dossier import Block, Dossier
from tui.screens.ask import AskLine
from tui.widgets.signals import CoveragePane, Place, SignalPane, places
from tui.widgets.tabs import go_to_tab

if TYPE_CHECKING:
    pass

from tui.screens.workbench_text import TextActions


class FindingActions(TextActions):
    """Findings."""

    # -- findings ------------------------------------------------------------------------------------------------------

    def recheck(self, block_id: str) -> None:
        """Have a block checked again; the findings come when they are there."""
        block = self.dossier.block(block_id)
        if block is None or self.session.read_only:
            return
        desk, dossier = self.kamer.desk, self.dossier
        self.kamer.fetch(
            f"controle {block_id} {hash(block.text)}",
            lambda _: desk.check_block(block, dossier),
            lambda checked: self.app.call_later(self._checked, checked),
        )

    async def _checked(self, checked: Block) -> None:
        now = self.dossier.block(checked.id) if self.is_attached else None
        # Only when the words are still those that were checked.
        if now is not None and now.text == checked.text and now.findings != checked.findings:
            self.session.amend(edits.set_findings(self.dossier, checked.id, checked.findings))
            await self.show()

    def mark_seen(self) -> None:
        """The user looks at the chosen block; that is no change of the text."""
        block = self.block
        if block is not None and not block.seen and not self.session.read_only:
            self.session.amend(edits.mark_seen(self.dossier, block.id))
            self.app.call_later(self.show)

    async def action_next_finding(self, step: int) -> None:
        """Go to the next finding, in this answer or a later one."""
        order = self.dossier.answers[self.at :] + self.dossier.answers[: self.at]
        all_places = places(order)
        if not all_places:
            self.kamer.say("Er zijn geen signalen meer.")
            return
        current = self.current_place()
        at = all_places.index(current) if current in all_places else -step
        await self._go_to(all_places[(at + step) % len(all_places)])

    def current_place(self) -> Place | None:
        """The finding at hand: the one lit up in the text, else the one chosen in the list."""
        view = self.view.view(self.view.chosen)
        if view is not None and view.chosen_finding in view.block.open_findings and view.chosen_finding is not None:
            return Place(self.number, view.block.id, view.chosen_finding)
        if self.query_one(TabbedContent).active == "signalen":
            return self.query_one(SignalPane).chosen
        return None

    async def _go_to(self, place: Place) -> None:
        await self.go(edits.answer_index(self.dossier, place.number), place.block or None)
        if place.block:
            self.view.choose(place.block, place.finding)
            self.view.focus()
        else:  # on the answer as a whole: there are no words to light up
            pane = self.query_one(SignalPane)
            pane.show(self.dossier.answers, self.number)
            pane.choose(place)
            go_to_tab(self, "signalen", lambda: self.focus_pane("#signal-list"))
        finding = place.finding
        choices = ["h = herschrijf"] if finding.suggestion is not None else ["e = bewerken"]
        self.kamer.say("  ·  ".join([finding.message, *choices, "b = bewust zo", "l = later"]))

    @on(SignalPane.Go)
    async def _go_signal(self, event: SignalPane.Go) -> None:
        event.stop()
        await self._go_to(event.place)

    @on(CoveragePane.Go)
    def _go_covered(self, event: CoveragePane.Go) -> None:
        event.stop()
        self.view.choose(event.block)
        self.focus_pane("#answer")

    async def action_rewrite(self) -> None:
        """Apply the rewrite that the finding at hand offers."""
        place = self._place_at_hand()
        if place:
            with self.kamer.telling():
                dossier = edits.apply_suggestion(self.dossier, place.block, place.finding)
                if await self.change(dossier, "herschreven", place.block):
                    self.kamer.say(f"Herschreven: “{place.finding.suggestion}”. z = ongedaan maken.")
                    self.recheck(place.block)

    def action_intended(self) -> None:
        """Mark the finding at hand as intended, with a reason if the user likes."""
        place = self._place_at_hand()
        if place is None:
            return

        async def mark(reason: str | None) -> None:
            if reason is not None:
                dossier = edits.mark_intended(self.dossier, place.block, place.finding.rule, reason)
                await self.change(dossier, "bewust zo", place.block)

        self.app.push_screen(AskLine(f"Bewust zo: “{place.finding.quote[:60]}”. Waarom? (mag leeg)"), mark)

    def _place_at_hand(self) -> Place | None:
        place = self.current_place()
        if place is None:
            # The only finding of the block needs no choosing.
            block = self.block
            if block is not None and block.open_findings:
                return Place(self.number, block.id, block.open_findings[0])
            self.kamer.say("Kies eerst een signaal (s).")
            return None
        if not place.block:
            self.kamer.say("Dit signaal gaat over het hele antwoord; pas de tekst aan.")
            return None
        return place

    def action_check(self) -> None:
        """Check the whole draft again."""
        self.flush_editing()
        desk, dossier = self.kamer.desk, self.dossier
        self.kamer.start_job(
            "controleren",
            "Controleren",
            lambda job: desk.check_dossier(dossier, job),
            lambda checked: self.app.call_later(self._all_checked, dossier, checked),
        )

    async def _all_checked(self, before: Dossier, checked: Dossier) -> None:
        if not self.is_attached:
            return
        now = self.dossier
        for answer in checked.answers:
            for block in answer.blocks:
                current = now.block(block.id)
                if current is not None and current.text == block.text:
                    now = edits.set_findings(now, block.id, block.findings)
            same = now.answer(answer.numbers[0])
            old = before.answer(answer.numbers[0])
            if same is not None and old is not None and same.numbers == answer.numbers:
                now = edits.set_checked(now, answer.numbers[0], answer.findings, answer.coverage)
        self.session.amend(now)
        await self.show()
        total = len(places(self.dossier.answers))
        self.kamer.say(f"Gecontroleerd: {total} signalen." if total else "Gecontroleerd: geen signalen.")
