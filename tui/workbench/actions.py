"""What can be done to whole answers and to the dossier; the changes themselves are in `drafter.dossier.edits`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.assembly.needs import wants_separate_answers
from drafter.dossier import edits as edits
from drafter.dossier.value import Dossier
from embeddings.errors import KamerantwoordError
from tui.dialogs.ask import AskLine

if TYPE_CHECKING:
    from drafter.export.verify import Verification
    from drafter.export.word.edits import Imported
    from tui.app import KamerantwoordApp

from drafter.wording import count, question_numbers, question_words
from tui.workbench.findings import FindingActions


class WorkbenchActions(FindingActions):
    """Questions, history, and the dossier as a whole."""

    # -- questions -----------------------------------------------------------------------------------------------------

    async def action_done(self) -> None:
        """Call the answer finished, or not."""
        self.flush_editing()
        done = not self.answer.done
        await self.change(edits.set_done(self.dossier, self.number, done), "klaar" if done else "weer open")

    def action_go_to(self) -> None:
        """Go to a question by its number."""

        async def go(answer: str | None) -> None:
            numbers = question_numbers(answer)
            if numbers:
                with self.kamer.telling():
                    await self.go(edits.answer_index(self.dossier, numbers[0]))

        self.app.push_screen(AskLine("Ga naar vraag", placeholder="nummer"), go)

    def action_combine(self) -> None:
        """Answer this question together with others."""
        follow = self.answer.numbers[-1] + 1

        async def combine(answer: str | None) -> None:
            numbers = question_numbers(answer)
            if numbers:
                with self.kamer.telling():
                    dossier = edits.combine(self.dossier, (self.number, *numbers))
                    self.at = edits.answer_index(dossier, self.number)
                    await self.change(dossier, "vragen samen beantwoord")

        question = f"Vraag {self.number} samen beantwoorden met vraag…"
        if wants_separate_answers(self.dossier.questions.questions):
            question = (
                f"⚠ De leden vragen om elke vraag apart te beantwoorden. Toch {question[0].lower()}{question[1:]}"
            )
        self.app.push_screen(AskLine(question, str(follow), "nummers, zoals 7, 9 of 7-9"), combine)

    async def action_separate(self) -> None:
        """Answer the questions of a combined answer apart again."""
        with self.kamer.telling():
            await self.change(edits.separate(self.dossier, self.number), "vragen apart beantwoord")

    async def action_deferred(self) -> None:
        """A deferral was sent, or not."""
        deferred = not self.dossier.deferred
        if await self.change(
            edits.set_deferred(self.dossier, deferred), "uitstel gemeld" if deferred else "uitstel ingetrokken"
        ):
            self.kamer.say("Uitstel gemeld: zes weken." if deferred else "Geen uitstel: drie weken.")

    async def action_undo(self) -> None:
        """Take the last change back."""
        await self._step_back(forward=False)

    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._step_back(forward=True)

    async def _step_back(self, forward: bool) -> None:
        self.flush_editing()
        before = self.dossier
        try:
            step = self.session.redo() if forward else self.session.undo()
        except KamerantwoordError as error:
            self.kamer.show_error(error)
            return
        if step is None:
            self.kamer.say("Er is niets meer om opnieuw te doen." if forward else "Er is niets meer om terug te nemen.")
            return
        number = _first_changed(before, self.dossier)
        if number is not None and number not in self.answer.numbers:
            self.at = edits.answer_index(self.dossier, number)
        await self.show()
        self.kamer.say(f"{'Opnieuw' if forward else 'Ongedaan'}: {step.label}.")

    # -- the whole -----------------------------------------------------------------------------------------------------

    def action_draft_again(self) -> None:
        """Have the answers that are still empty drafted."""
        self.flush_editing()
        desk, questions = self.kamer.desk, self.dossier.questions
        self.kamer.start_job(
            "opstellen",
            "Opstellen",
            lambda job: desk.draft(questions, job),
            lambda drafted: self.app.call_later(self._drafted, drafted),
        )

    async def _drafted(self, drafted: Dossier) -> None:
        if self.is_attached:
            dossier, filled = edits.fill_empty(self.dossier, drafted)
            if not filled:
                self.kamer.say("Er was geen leeg antwoord waarvoor de bank iets heeft.")
            elif await self.change(dossier, "opgesteld"):
                self.kamer.say(f"Opgesteld: {filled} antwoorden. z = ongedaan maken.")

    def action_consistency(self) -> None:
        """Show contradictions with the bank and within the draft."""
        from tui.compare.screen import ConsistencyScreen

        self.flush_editing()
        self.app.push_screen(ConsistencyScreen(self.dossier), self._to_block)

    async def _to_block(self, block_id: str | None) -> None:
        if block_id and self.dossier.block(block_id):
            answer, _ = edits.find_block(self.dossier, block_id)
            await self.go(edits.answer_index(self.dossier, answer.numbers[0]), block_id)
            self.focus_pane("#answer")

    def action_review(self) -> None:
        """Show the draft as a reviewer sees it."""
        from tui.review.screen import ReviewScreen

        self.flush_editing()
        self.view.finish()
        self.app.push_screen(ReviewScreen(self.session, self.number), self._back_from_review)

    async def _back_from_review(self, block_id: str | None) -> None:
        await self.show()
        await self._to_block(block_id)

    def action_word_edits(self) -> None:
        """Take in what was changed in Word."""
        from tui.dialogs.files import FileScreen

        self.flush_editing()
        desk, dossier = self.kamer.desk, self.dossier

        def read(path: Path | None) -> None:
            if path is not None:
                self.kamer.start_job(
                    "teruglezen",
                    f"{path.name} teruglezen",
                    lambda _: desk.word_edits(dossier, path),
                    lambda found: self.app.call_later(self._edited_in_word, found, dossier),
                )

        self.app.push_screen(FileScreen("Welk bewerkt Word-bestand wilt u teruglezen?"), read)

    async def _edited_in_word(self, found: Imported, before: Dossier) -> None:
        if not self.is_attached:
            return
        if self.dossier.answers != before.answers:
            self.kamer.say("Het dossier is intussen veranderd; lees het bestand opnieuw terug.", "warning")
            return
        if found.dossier.answers == before.answers:
            self.kamer.say("In Word is niets veranderd.")
        elif await self.change(found.dossier, "bewerkt in Word"):
            parts = [
                count(number, one, many)
                for number, one, many in (
                    (found.edited, "alinea gewijzigd", "alinea's gewijzigd"),
                    (found.added, "erbij", "erbij"),
                    (found.removed, "weg", "weg"),
                    (found.remarks, "opmerking", "opmerkingen"),
                )
                if number
            ]
            both = f" Let op: {len(found.conflicts)} ook hier veranderd." if found.conflicts else ""
            self.kamer.say(f"Uit Word: {', '.join(parts)}.{both} z = ongedaan maken.")

    def action_verify(self) -> None:
        """Look up every quotation in the bank, to the letter."""
        self.flush_editing()
        desk, dossier = self.kamer.desk, self.dossier
        self.kamer.start_job(
            "nagaan",
            "Citaten nagaan",
            lambda _: desk.verify(dossier),
            lambda found: self.app.call_later(self._verified, found),
        )

    async def _verified(self, found: Verification) -> None:
        own = f" Eigen tekst: {count(found.own, 'alinea', 'alinea’s')}." if found.own else ""
        if not found.failed:
            self.kamer.say(f"{count(found.verified, 'citaat staat', 'citaten staan')} letterlijk in de bank.{own}")
            return
        first = found.failed[0]
        self.kamer.say(
            f"{len(found.failed)} van {len(found.failed) + found.verified} citaten kloppen niet, het eerste bij "
            f"{question_words(first.numbers)}: {first.message}{own}",
            "warning",
        )
        if self.is_attached and self.dossier.block(first.block):
            await self._to_block(first.block)

    def action_export(self) -> None:
        """Write the draft to a file."""
        self.flush_editing()
        export(self.kamer, self.dossier, changes=False)


def export(app: KamerantwoordApp, dossier: Dossier, changes: bool) -> None:
    """Ask where to, and write a dossier there."""
    folders = app.desk.recent_folders()
    folder = folders[0] if folders else Path.home()
    suggested = folder / f"{dossier.id}{' met wijzigingen' if changes else ''}.docx"

    def write(answer: str | None) -> None:
        if not answer or not answer.strip():
            return
        path = Path(answer.strip()).expanduser()
        desk = app.desk
        app.start_job(
            "uitvoer",
            f"{path.name} schrijven",
            lambda _: desk.export(dossier, path, changes),
            lambda written: app.say(f"Geschreven: {written}"),
        )

    app.push_screen(AskLine("Schrijf naar (.docx, .md of .json)", str(suggested)), write)


def _first_changed(before: Dossier, after: Dossier) -> int | None:
    for old, new in zip(before.answers, after.answers, strict=False):
        if old != new:
            return new.numbers[0]
    return None
