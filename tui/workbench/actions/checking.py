"""Having the draft checked: all of it at once, and what was changed at each change."""

from __future__ import annotations

from drafter.backend.workbench import check_again, check_dossier, source_doubts
from drafter.dossier.value import Dossier
from tui.workbench.bench import Bench
from tui.workbench.changes import Touched
from tui.workbench.signal_places import places

_AFTER = 1.0
"""Seconds after which it is looked up how sure the reading of new sources is: searching goes first."""


def check(bench: Bench) -> None:
    """Check the whole draft again."""
    dossier, backend = bench.settled(), bench.shell.backend

    async def checked(found: Dossier) -> None:
        bench.model.take_checked(found)
        total = len(places(bench.model.dossier.answers))
        await bench.show()
        bench.shell.say(f"Gecontroleerd: {total} signalen." if total else "Gecontroleerd: geen signalen.")

    bench.shell.start_job(
        "controleren",
        "Controleren",
        lambda job: backend.work(check_dossier, job, dossier),
        lambda found: bench.later(checked, found),
    )


def look_up_sources(bench: Bench) -> None:
    """Have looked up how sure the reading of the sources is that were not here before."""
    new, backend = bench.model.reasons.unknown(bench.model.dossier), bench.shell.backend
    if not new or not backend.has_bank:
        return

    def found(doubts: dict[str, str]) -> None:
        bench.model.reasons.learn(doubts)
        if doubts:
            bench.later(bench.show)

    def ask() -> None:
        bench.shell.fetch(f"bronnen {hash(new)}", lambda _: backend.ask(source_doubts, new), found)

    bench.shell.set_timer(_AFTER, ask)


def check_changed(bench: Bench, before: Dossier) -> None:
    """Have checked again what is not as it was in `before`."""
    changed = bench.model.changed_since(before)
    if changed is not None:
        check_blocks(bench, changed)


def check_blocks(bench: Bench, changed: Touched) -> None:
    """Have blocks checked again, and the whole; what comes of it is shown when it is there."""
    dossier, backend = bench.model.dossier, bench.shell.backend
    if bench.model.read_only:
        return

    async def checked(found: Dossier) -> None:
        if bench.model.take_checked(found):
            await bench.show()

    bench.shell.fetch(
        f"controle {' '.join(changed)} {hash(dossier.text)}",
        lambda _: backend.ask(check_again, dossier, changed),
        lambda found: bench.later(checked, found),
    )
