"""Findings on the workbench: have them looked for, go through them, act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import TabbedContent

from drafter.checks.rules import rules
from drafter.dossier import edits as edits
from drafter.dossier import waiver_edits as intended_edits
from drafter.dossier.value import Dossier, DraftAnswer
from drafter.dossier.waivers import key_in, key_of
from tui.dialogs.ask import AskLine, Choose
from tui.widgets.tabs import go_to_tab
from tui.workbench.widgets.signals import CoveragePane, Place, SignalPane, places

if TYPE_CHECKING:
    pass

from tui.workbench.text import TextActions


class FindingActions(TextActions):
    """Findings."""

    # -- findings ------------------------------------------------------------------------------------------------------

    def recheck(self, block_id: str) -> None:
        """Have a block checked again, and what its answer covers; what comes of it is shown when it is there."""
        block = self.dossier.block(block_id)
        if block is None or self.session.read_only:
            return
        desk, dossier = self.kamer.desk, self.dossier
        answer, _ = edits.find_block(dossier, block_id)
        self.kamer.fetch(
            f"controle {block_id} {hash(block.text)}",
            lambda _: desk.check_answer(answer, dossier, block_id),
            lambda checked: self.app.call_later(self._checked, checked, block_id),
        )

    async def _checked(self, checked: DraftAnswer, block_id: str) -> None:
        if not self.is_attached:
            return
        # Only where the words are still those that were checked.
        texts = {block.id: block.text for block in checked.blocks}
        now, block = self.dossier, self.dossier.block(block_id)
        if block is None or block.text != texts[block_id]:
            return
        found = next(b.findings for b in checked.blocks if b.id == block_id)
        if found != block.findings:
            now = edits.set_findings(now, block_id, found)
        answer, _ = edits.find_block(now, block_id)
        if answer.numbers == checked.numbers and {b.id: b.text for b in answer.blocks} == texts:
            now = edits.set_checked(now, answer.numbers[0], checked.findings, checked.coverage)
        if now != self.dossier:
            self.session.amend(now)
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
            chosen = self.query_one(SignalPane).chosen
            # What was called intended is at hand only in the list itself.
            if chosen is not None and (not chosen.intended or self.query_one("#signal-list").has_focus):
                return chosen
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
        if place and not place.block:
            self.kamer.say("Dit signaal gaat over het hele antwoord; pas de tekst aan.")
        elif place:
            with self.kamer.telling():
                dossier = edits.apply_suggestion(self.dossier, place.block, place.finding)
                if await self.change(dossier, "herschreven", place.block):
                    self.kamer.say(f"Herschreven: “{place.finding.suggestion}”. z = ongedaan maken.")
                    self.recheck(place.block)

    async def action_intended(self) -> None:
        """Mark the finding at hand as intended, with a reason if the user likes; of one that is, take that back."""
        place = self._place_at_hand()
        if place is None:
            return
        if place.intended:
            await self._free(place)
            return

        async def mark(reason: str | None) -> None:
            if reason is not None:
                key = key_of(place.finding)
                if place.block:
                    dossier = intended_edits.mark_intended(self.dossier, place.block, key, reason)
                else:
                    dossier = intended_edits.mark_answer_intended(self.dossier, place.number, key, reason)
                await self.change(dossier, "bewust zo", place.block or None)

        self.app.push_screen(AskLine(f"Bewust zo: {_named(place)}. Waarom? (mag leeg)"), mark)

    async def _free(self, place: Place) -> None:
        key = key_in(place.intended)
        if key in map(key_in, self.dossier.intended):
            dossier = intended_edits.unmark_intended_everywhere(self.dossier, key)
        elif place.block:
            dossier = intended_edits.unmark_intended(self.dossier, place.block, key)
        else:
            dossier = intended_edits.unmark_answer_intended(self.dossier, place.number, key)
        if await self.change(dossier, "niet meer bewust zo", place.block or None):
            self.kamer.say("Weer een gewoon signaal. z = ongedaan maken.")

    def action_intended_everywhere(self) -> None:
        """Mark what the finding at hand speaks of, or all that its rule says, as intended in the whole dossier."""
        place = self._place_at_hand()
        if place is None:
            return
        finding = place.finding
        title = next((r.title for r in rules() if (r.check, r.rule) == (finding.check, finding.rule)), finding.rule)
        keys = (key_of(finding), finding.rule)
        options = (f"{_named(place)}, overal waar dit staat", f"alle signalen van deze soort: {title.lower()}")

        def ask(chosen: int | None) -> None:
            if chosen is None:
                return

            async def mark(reason: str | None) -> None:
                if reason is not None:
                    dossier = intended_edits.mark_intended_everywhere(self.dossier, keys[chosen], reason)
                    if await self.change(dossier, "bewust zo in het hele dossier", place.block or None):
                        self.kamer.say("Bewust zo in het hele dossier. z = ongedaan maken.")

            self.app.push_screen(AskLine("In het hele dossier bewust zo. Waarom? (mag leeg)"), mark)

        self.app.push_screen(Choose("Wat is in het hele dossier bewust zo?", options), ask)

    def _place_at_hand(self) -> Place | None:
        place = self.current_place()
        if place is None:
            # The only finding of the block needs no choosing.
            block = self.block
            if block is not None and block.open_findings:
                return Place(self.number, block.id, block.open_findings[0])
            self.kamer.say("Kies eerst een signaal (s).")
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


def _named(place: Place) -> str:
    """What a finding speaks of, on a line."""
    words = f"“{place.finding.quote}”" if place.finding.quote else place.finding.message
    return words if len(words) <= 70 else words[:69] + "…"
