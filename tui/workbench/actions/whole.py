"""What can be done with the dossier as a whole: drafting, checking, reviewing, proof, and the way to Word and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.events import ScreenResume

from drafter.backend.dossiers import draft
from drafter.backend.workbench import verify, word_edits
from drafter.dossier import answer_edits
from drafter.dossier.findings.readiness import Point, PointKind
from drafter.dossier.value import Dossier
from drafter.wording import count, question_words
from embeddings.errors import InputError
from tui.compare.screen import ConsistencyScreen
from tui.dialogs.export import ask_export
from tui.dialogs.files import FileScreen
from tui.ready.screen import ReadyScreen
from tui.review.screen import ReviewScreen
from tui.review.word_changes import WordChangesScreen
from tui.workbench.actions import signals
from tui.workbench.bench import Bench
from tui.workbench.signal_places import SignalPlace

if TYPE_CHECKING:
    from drafter.export.verify import Verification
    from drafter.export.word.edits import Imported


def draft_again(bench: Bench) -> None:
    """Have the answers that are still empty drafted."""
    questions, backend = bench.settled().questions, bench.shell.backend

    path, shell = bench.model.session.path, bench.shell

    async def drafted(bench: Bench, found: Dossier) -> None:
        dossier, filled = answer_edits.take_draft(bench.model.dossier, found)
        if dossier == bench.model.dossier:
            shell.say("Er was geen leeg antwoord waarvoor de bank iets heeft.")
        else:
            words = f"Opgesteld: {count(filled, 'antwoord', 'antwoorden')}. z = ongedaan maken."
            await bench.change(lambda: bench.model.record(dossier, "opgesteld"), words)

    def ready(found: Dossier) -> None:
        opened = [screen for screen in shell.screen_stack if getattr(screen, "session", None) is not None]
        here = next((screen for screen in opened if screen.session.path == path), None)  # type: ignore[attr-defined]
        if here is not None:
            here.call_later(drafted, here, found)
            return
        with shell.telling(), backend.store.open(path.stem) as session:  # the user left it meanwhile
            dossier, filled = answer_edits.take_draft(session.dossier, found)
            session.record(dossier, "opgesteld")
            shell.say(f"Opgesteld: {count(filled, 'antwoord', 'antwoorden')} in {path.stem}.")
        shell.screen.post_message(ScreenResume())

    job = shell.start_job("opstellen", "Opstellen", lambda job: backend.work(draft, job, questions), ready)
    if job is not None:
        job.about = path.stem


def consistency(bench: Bench) -> None:
    """Show contradictions with the bank and within the draft."""
    bench.shell.push_screen(ConsistencyScreen(bench.settled()), bench.go_to_block)


def review(bench: Bench, block: str = "") -> None:
    """Show the draft as a reviewer sees it, from a block on or else from the question at hand."""
    bench.settled()
    bench.text.finish()

    async def back(block_id: str | None) -> None:
        await bench.show()
        await bench.go_to_block(block_id)

    bench.shell.push_screen(ReviewScreen(bench.model.session, bench.model.number, block), back)


def word_changes(bench: Bench) -> None:
    """Show what came back from Word, to let it stand or put it back one by one."""
    bench.settled()
    bench.text.finish()

    async def back(block_id: str | None) -> None:
        await bench.show()
        await bench.go_to_block(block_id)

    bench.shell.push_screen(WordChangesScreen(bench.model.session), back)


def ready(bench: Bench) -> None:
    """Show what is still to be done before the set is sent."""
    bench.settled()
    bench.text.finish()

    screen = ReadyScreen(bench.model.session, bench.model.ready_line)

    async def back(point: Point | None) -> None:
        await bench.show()
        if point is None:
            return
        bench.model.ready_line = screen.points.index(point)
        if point.kind is PointKind.FROM_WORD:
            word_changes(bench)
        elif point.kind is PointKind.REMARK:
            review(bench, point.block)
        elif point.finding is not None:
            await signals.go_to(bench, SignalPlace(point.numbers[0], point.block, point.finding))
        else:
            await bench.go_to_number(point.numbers[0], point.block or None)
            if point.kind is PointKind.DOUBT:
                bench.go_to_tab("deelvragen")
            else:
                bench.text.focus()

    bench.shell.push_screen(screen, back)


def export(bench: Bench) -> None:
    """Write the draft to a file."""
    ask_export(bench.shell, bench.settled())


def take_word_edits(bench: Bench) -> None:
    """Take in what was changed in Word."""
    before, backend = bench.settled(), bench.shell.backend

    async def edited(found: Imported) -> None:
        if bench.model.dossier.answers != before.answers:
            bench.shell.say("Het dossier is intussen veranderd; lees het bestand opnieuw terug.", "warning")
            return
        if found.dossier.answers != before.answers:
            await bench.change(lambda: bench.model.record(found.dossier, "bewerkt in Word"), _word_words(found))
        elif not (found.questions or found.not_taken):
            bench.shell.say("In Word is niets veranderd.")
        if found.questions or found.not_taken:
            lines = [*found.questions, *(f"Niet overgenomen: {line}" for line in found.not_taken)]
            bench.shell.show_error(
                InputError("\n".join(lines), "Wat geen plaats in een antwoord heeft, kunt u met c kopiëren.")
            )

    def read(path: Path | None) -> None:
        if path is not None:
            bench.shell.start_job(
                "teruglezen",
                f"{path.name} teruglezen",
                lambda _: backend.ask(word_edits, before, path),
                lambda found: bench.later(edited, found),
            )

    bench.shell.push_screen(FileScreen("Welk bewerkt Word-bestand wilt u teruglezen?"), read)


def _word_words(found: Imported) -> str:
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
    return f"Uit Word: {', '.join(parts)}.{both} w = alinea voor alinea bekijken. z = alles ongedaan maken."


def verify_quotations(bench: Bench) -> None:
    """Look up every quotation in the bank, to the letter."""
    dossier, backend = bench.settled(), bench.shell.backend

    async def verified(found: Verification) -> None:
        own = f" Eigen tekst: {count(found.own, 'alinea', 'alinea’s')}." if found.own else ""
        if not found.failed:
            words = count(found.verified, "citaat staat", "citaten staan")
            bench.shell.say(f"{words} letterlijk in de bank.{own}")
            return
        first = found.failed[0]
        bench.shell.say(
            f"{len(found.failed)} van {len(found.failed) + found.verified} citaten kloppen niet, het eerste bij "
            f"{question_words(first.numbers)}: {first.message}{own}",
            "warning",
        )
        await bench.go_to_block(first.block)

    bench.shell.start_job(
        "nagaan",
        "Citaten nagaan",
        lambda _: backend.ask(verify, dossier),
        lambda found: bench.shell.call_later(verified, found),
    )
