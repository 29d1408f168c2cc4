"""What can be done to the blocks of an answer: write, change, move, and put in what stands at the side."""

from __future__ import annotations

from textual.geometry import Offset

from drafter.backend.workbench import passages
from drafter.dossier.value import Block
from drafter.wording import question_numbers, question_words, short_date
from tui.dialogs.ask import AskLine
from tui.reading import ReadingScreen
from tui.widgets.block_text import BlockText
from tui.workbench.bench import Bench
from tui.workbench.model import inserted_words


async def edit(bench: Bench, cell: Offset | None = None) -> None:
    """Edit the block at hand in its place, from a cell of it or where the cursor was; where there is none, begin one.

    With a finding at hand the cursor stands behind its words.
    """
    block = bench.model.block
    if bench.model.read_only:
        return
    if block is None:
        await write(bench)
    else:
        lit = bench.text.lit
        await bench.text.edit(block.id, lit.end if lit is not None else bench.model.cursor, cell)


async def write(bench: Bench) -> None:
    """Begin a block in the drafter's own words, behind the one at hand."""
    bench.settled()
    if await bench.change(bench.model.write):
        await edit(bench)


async def split(bench: Bench) -> None:
    """Cut the block at hand at a sentence: the one of the cursor, else the second."""
    block = bench.needs_block()
    if block:
        await bench.change(lambda: bench.model.split_sentence(block.id, bench.model.cursor or 0))


async def merge(bench: Bench) -> None:
    """Join the block at hand with the next."""
    block = bench.needs_block()
    if block:
        await bench.change(lambda: bench.model.merge(block))


async def remove(bench: Bench) -> None:
    """Take the block at hand out."""
    block = bench.needs_block()
    if block:
        await bench.change(lambda: bench.model.remove(block), "Alinea weggehaald. z = ongedaan maken.")


async def move(bench: Bench, steps: int) -> None:
    """Move the block at hand up or down."""
    block = bench.needs_block()
    if block:
        await bench.change(lambda: bench.model.move(block, steps))


def move_to(bench: Bench) -> None:
    """Move the block at hand to another answer."""
    block = bench.needs_block()
    if block is None:
        return

    async def to_answer(answer: str | None) -> None:
        numbers = question_numbers(answer)
        if numbers:
            await bench.change(lambda: bench.model.move_to(block, numbers[0]))

    bench.shell.push_screen(AskLine("Naar welke vraag moet deze alinea?", placeholder="nummer"), to_answer)


def replace(bench: Bench) -> None:
    """Put what is chosen at the side in the place of the block at hand."""
    block = bench.needs_block()
    if block is None:
        return
    passage = bench.side.chosen_passage
    if passage is None:
        bench.shell.say("Kies rechts eerst een alinea in Eerder of Standaard.")
    else:
        insert_passages(bench, (passage,), replacing=block.id)


def insert_match(bench: Bench, number: int) -> None:
    """Put in a match by its number, where the cursor stands; one that is not in view is shown first."""
    side, frame = bench.side, bench.frame
    named = side.match(number)
    if not named:
        waits = side.match_tab == "eerder" and side.searching
        bench.shell.say("Er wordt nog gezocht." if waits else f"Er is geen resultaat {number}.")
    elif side.sees_match(number):
        alone = frame.alone
        insert_passages(bench, named)
        if alone:
            frame.focus_pane("#answer")
    else:
        if frame.pane_at_hand == "side" or frame.alone:
            bench.text.finish()  # the cursor stays where it was
            bench.go_to_tab(side.match_tab)
        else:
            side.active = side.match_tab
        side.take_match(number)
        typing = isinstance(bench.shell.focused, BlockText)
        bench.shell.say(f"Resultaat {number}. {'Alt ' * typing}{number} = invoegen.")


def insert_near(bench: Bench) -> None:
    """Put in the first of what is offered beside the answer."""
    near = bench.model.near
    if near:
        insert_passages(bench, (near[0].origin.passage,))
    else:
        bench.shell.say("Bij dit antwoord staat niets als mogelijk bruikbaar.")


def insert_passages(bench: Bench, named: tuple[str, ...], replacing: str | None = None) -> None:
    """Fetch passages from the bank and put them behind the block at hand, or in the place of one."""
    if bench.model.read_only:
        return
    backend, number = bench.shell.backend, bench.model.number

    async def put_in(found: tuple[Block, ...]) -> None:
        if found:
            typing = isinstance(bench.shell.focused, BlockText)
            bench.text.finish()  # the cursor stays where it was
            told = f"{told_of(found, replacing)} bij vraag {number}. z = ongedaan maken."
            await bench.change(lambda: bench.model.put_in(found, number, replacing), told)
            if typing and bench.model.block is not None:
                await bench.text.edit(bench.model.block.id, bench.model.cursor)

    bench.shell.fetch("invoegen", lambda _: backend.ask(passages, named), lambda found: bench.later(put_in, found))


def told_of(found: tuple[Block, ...], replacing: str | None) -> str:
    """What was put in, and from where: "2 alinea's ingevoegd uit vraag 5 van 10 dec 2025"."""
    words = inserted_words(len(found), replacing).capitalize()
    words = words if len(found) == 1 or replacing else f"{len(found)} {words.lower()}"
    origin = found[0].origin
    if origin is None:
        return words
    place = question_words(origin.numbers) if origin.numbers else "een brief"
    return f"{words} uit {place}{f' van {short_date(origin.date)}' if origin.date else ''}"


def read_source(bench: Bench) -> None:
    """Read the source of the block at hand."""
    block = bench.needs_block()
    if block is not None and block.origin is None:
        bench.shell.say("Deze alinea is eigen tekst; er is geen bron.")
    elif block is not None and block.origin is not None:
        read_document(bench, block.origin.document, block.origin.passage, block.why)


def read_document(bench: Bench, document: str, passage: str, why: str = "") -> None:
    """Read a document of the bank with one passage lit up; what is chosen there is put in."""

    def insert(named: tuple[str, ...] | None) -> None:
        if named:
            insert_passages(bench, named)

    bench.shell.push_screen(ReadingScreen(document, passage, not bench.model.read_only, why), insert)


def difference(bench: Bench) -> None:
    """Show the words that differ from the source in the text itself, or stop doing so."""
    shown = not bench.text.shows_difference
    bench.text.show_difference(shown)
    bench.side.show_beside(shown)
    bench.shell.say("Verschil met de bron: [+erbij+] [-eruit-]. d = weer gewoon." if shown else "Weer de gewone tekst.")


def search(bench: Bench) -> None:
    """Search with other words than the question's."""
    own, number = bench.model.own_words, bench.model.number

    def with_words(words: str | None) -> None:
        if words is None:
            return
        own.pop(number, None)
        if words.strip():
            own[number] = words.strip()
        bench.side.search_soon()
        bench.go_to_tab("eerder")

    question = "Zoeken met andere woorden (leeg = met de vraag zelf)"
    bench.shell.push_screen(AskLine(question, own.get(number, "")), with_words)
