"""What can be done to whole answers, and the way back."""

from __future__ import annotations

from drafter.assembly.needs import wants_separate_answers
from drafter.wording import question_numbers, question_words
from embeddings.errors import KamerantwoordError, UsageError
from tui.dialogs.ask import AskLine
from tui.workbench.actions.checking import check_changed
from tui.workbench.bench import Bench


async def done(bench: Bench) -> None:
    """Call the answer at hand finished, or not."""
    bench.settled()
    waits = bench.model.done_waits()
    if waits:
        bench.shell.say(waits, "warning")
    else:
        now = "nog niet klaar." if bench.model.answer.done else "klaar. n = volgende vraag."
        question = question_words(bench.model.answer.numbers, capital=True)
        await bench.change(bench.model.toggle_done, f"{question}: {now}")


def go_to(bench: Bench) -> None:
    """Go to a question by its number."""

    async def go(answer: str | None) -> None:
        numbers = question_numbers(answer)
        if numbers:
            with bench.shell.telling():
                await bench.go_to_number(numbers[0])

    bench.shell.push_screen(AskLine("Ga naar vraag", placeholder="nummer"), go)


def combine(bench: Bench) -> None:
    """Answer this question together with others."""
    model = bench.model

    async def together(answer: str | None) -> None:
        numbers = question_numbers(answer)
        if numbers:
            await bench.change(lambda: model.combine(numbers))

    question = f"Vraag {model.number} samen beantwoorden met vraag…"
    if wants_separate_answers(model.dossier.questions.questions):
        question = f"⚠ De leden vragen om elke vraag apart te beantwoorden. Toch {question[0].lower()}{question[1:]}"
    follow = str(model.answer.numbers[-1] + 1)
    bench.shell.push_screen(AskLine(question, follow, "nummers, zoals 7, 9 of 7-9"), together)


async def separate(bench: Bench) -> None:
    """Answer the questions of a combined answer apart again."""
    await bench.change(bench.model.separate)


async def deferred(bench: Bench) -> None:
    """A deferral was sent, or not."""
    sent = not bench.model.dossier.deferred
    told = "Uitstel gemeld: zes weken." if sent else "Geen uitstel: drie weken."
    await bench.change(bench.model.toggle_deferred, told)


async def undo(bench: Bench) -> None:
    """Take the last change back."""
    await step_back(bench, forward=False)


async def redo(bench: Bench) -> None:
    """Do again what was taken back."""
    await step_back(bench, forward=True)


async def step_back(bench: Bench, forward: bool) -> None:
    """Take the last change back, or do it again."""
    before = bench.settled()
    try:
        step = bench.model.redo() if forward else bench.model.undo()
    except UsageError as error:
        bench.shell.say(str(error), "warning")
        return
    except KamerantwoordError as error:
        bench.shell.show_error(error)
        return
    if step is None:
        bench.shell.say(f"Er is niets meer om {'opnieuw te doen' if forward else 'terug te nemen'}.")
        return
    await bench.show()
    check_changed(bench, before)
    bench.shell.say(f"{'Opnieuw' if forward else 'Ongedaan'}: {step.label}.")
