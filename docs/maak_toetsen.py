"""Makes `docs/toetsen.md`, the keys on one page, from what the screens declare: ``python -m docs.maak_toetsen``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.binding import Binding

from tui.app import KamerantwoordApp
from tui.bank.screen import BankScreen
from tui.compare.screen import CompareScreen, ConsistencyScreen
from tui.dialogs.files import FileScreen
from tui.dossiers.screen import DossiersScreen
from tui.reading import ReadingScreen
from tui.ready.screen import ReadyScreen
from tui.review.screen import ReviewScreen
from tui.review.word_changes import WordChangesScreen
from tui.together.choice import ChoiceScreen, ParagraphList
from tui.together.history import HistoryScreen, VersionList
from tui.together.people import PeopleList, PeopleScreen
from tui.widgets.block_text import BlockText
from tui.widgets.found import ResultList
from tui.widgets.key_bar import spell
from tui.widgets.passage_list import PassageList
from tui.workbench.panes.answer import AnswerPane
from tui.workbench.screen import WorkbenchScreen

TARGET = Path(__file__).resolve().parent / "toetsen.md"

PLACES: tuple[tuple[str, tuple[type[Any], ...]], ...] = (
    ("Overal", (KamerantwoordApp,)),
    ("Werkbank", (WorkbenchScreen, AnswerPane)),
    ("Gevonden alinea's: losse zinnen kiezen", (ResultList, PassageList)),
    ("Onder het typen", (BlockText,)),
    ("Klaar om te verzenden?", (ReadyScreen,)),
    ("Beoordelen", (ReviewScreen,)),
    ("Wat uit Word kwam", (WordChangesScreen,)),
    ("Een stuk lezen", (ReadingScreen,)),
    ("Bank", (BankScreen,)),
    ("Dossiers", (DossiersScreen,)),
    ("Samen: kiezen tussen twee teksten", (ParagraphList, ChoiceScreen)),
    ("Samen: geschiedenis", (VersionList, HistoryScreen)),
    ("Samen: wie werkt eraan", (PeopleList, PeopleScreen)),
    ("Samenhang en vergelijken", (ConsistencyScreen, CompareScreen)),
    ("Een bestand kiezen", (FileScreen,)),
)

_HEAD = """# Toetsen, op één blad

Gemaakt uit het programma zelf. ^ is Ctrl, ⇧ is Shift, ↵ is Enter. Op elk scherm toont **?** de toetsen van waar u bent,
en vindt **^p** elke opdracht door te typen.
"""


def keys_of(kinds: Iterable[type[Any]]) -> list[tuple[str, str]]:
    """Keys with what they do, in the order in which they are declared; the nine digits are one line."""
    rows: dict[str, tuple[list[str], str]] = {}
    for kind in kinds:
        for binding in Binding.make_bindings(kind.__dict__.get("BINDINGS", ())):
            if not binding.description:
                continue
            action = "match" if binding.action.startswith("match(") else binding.action
            keys, _ = rows.setdefault(action, ([], binding.tooltip or binding.description))
            name = spell(binding.key)
            if name not in keys:
                keys.append(name)
    if "match" in rows:
        rows["match"] = (
            ["1 tot 9", "Alt 1 tot Alt 9"],
            "resultaat met dat nummer invoegen; met Alt ook onder het typen",
        )
    return [(" of ".join(keys), words) for keys, words in rows.values()]


def page() -> str:
    """The page as it must be."""
    parts = [_HEAD]
    for title, kinds in PLACES:
        rows = "\n".join(f"| `{keys}` | {words} |" for keys, words in keys_of(kinds))
        parts.append(f"## {title}\n\n| toets | doet |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
