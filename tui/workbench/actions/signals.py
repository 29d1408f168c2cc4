"""What can be done about the finding at hand."""

from __future__ import annotations

from drafter.checks.rules import title_of
from drafter.dossier.waivers import key_of
from tui.dialogs.ask import AskLine, Choose
from tui.workbench.bench import Bench
from tui.workbench.panes.signals import SignalPane
from tui.workbench.signal_places import SignalPlace


async def next_finding(bench: Bench, step: int) -> None:
    """Go to the next finding, in this answer or a later one."""
    place = bench.model.next_signal(_current(bench), step)
    if place is None:
        bench.shell.say("Er zijn geen signalen meer.")
    else:
        await go_to(bench, place)


async def go_to(bench: Bench, place: SignalPlace) -> None:
    """Go to a finding: its words are lit up, or it is chosen in the list where it is on the answer as a whole."""
    await bench.go_to_number(place.number, place.block or None)
    if place.block:
        bench.text.choose(place.block, place.finding)
        bench.text.focus()
        if bench.side.active == "signalen":
            bench.side.query_one(SignalPane).choose(place)  # the list goes along
    else:
        pane = bench.side.query_one(SignalPane)
        pane.show(bench.model.dossier.answers, bench.model.number, bench.model.shows_info)
        pane.choose(place)
        bench.go_to_tab("signalen")


async def toggle_info(bench: Bench) -> None:
    """Show what is only worth a look beside the warnings, or the warnings alone."""
    bench.model.shows_info = not bench.model.shows_info
    await bench.show()
    bench.shell.say("Ook wat ter informatie is." if bench.model.shows_info else "Alleen de waarschuwingen.")


def _current(bench: Bench) -> SignalPlace | None:
    """The finding at hand: the one lit up in the text, else the one chosen in the list."""
    block, lit = bench.model.block, bench.text.lit
    if block is not None and lit is not None:
        return SignalPlace(bench.model.number, block.id, lit)
    if bench.side.active == "signalen":
        pane = bench.side.query_one(SignalPane)
        # What was called intended is at hand only in the list itself.
        if pane.chosen is not None and (not pane.chosen.intended or pane.has_pseudo_class("focus-within")):
            return pane.chosen
    return None


def _at_hand(bench: Bench) -> SignalPlace | None:
    """As `_current`; the only finding of the block needs no choosing."""
    place, block = _current(bench), bench.model.block
    if place is None and block is not None and block.open_findings:
        return SignalPlace(bench.model.number, block.id, block.open_findings[0])
    if place is None:
        bench.shell.say("Kies eerst een signaal (s).")
    return place


async def rewrite(bench: Bench) -> None:
    """Apply the rewrite that the finding at hand offers."""
    place = _at_hand(bench)
    if place and not place.block:
        bench.shell.say("Dit signaal gaat over het hele antwoord; pas de tekst aan.")
    elif place:
        words = f"Herschreven: “{place.finding.suggestion}”. z = ongedaan maken."
        await bench.change(lambda: bench.model.rewrite(place), words)


async def intended(bench: Bench) -> None:
    """Mark the finding at hand as intended, with a reason if the user likes; of one that is, take that back."""
    place = _at_hand(bench)
    if place is None:
        return
    if place.intended:
        await bench.change(lambda: bench.model.unwaive(place), "Weer een gewoon signaal. z = ongedaan maken.")
        return

    async def mark(reason: str | None) -> None:
        if reason is not None:
            await bench.change(lambda: bench.model.waive(place, reason))

    bench.shell.push_screen(AskLine(f"Bewust zo: {place.words}. Waarom? (mag leeg)"), mark)


def intended_everywhere(bench: Bench) -> None:
    """Mark what the finding at hand speaks of, or all that its rule says, as intended in the whole dossier."""
    place = _at_hand(bench)
    if place is None:
        return
    finding = place.finding
    keys = (key_of(finding), finding.rule)
    options = (f"{place.words}, overal waar dit staat", f"alle signalen van deze soort: {title_of(finding).lower()}")

    def ask(chosen: int | None) -> None:
        if chosen is None:
            return

        async def mark(reason: str | None) -> None:
            if reason is not None:
                await bench.change(
                    lambda: bench.model.waive_everywhere(keys[chosen], reason),
                    "Bewust zo in het hele dossier. z = ongedaan maken.",
                )

        bench.shell.push_screen(AskLine("In het hele dossier bewust zo. Waarom? (mag leeg)"), mark)

    bench.shell.push_screen(Choose("Wat is in het hele dossier bewust zo?", options), ask)
