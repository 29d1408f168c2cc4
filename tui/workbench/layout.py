"""How wide the panes of the workbench are: the text first, what stands beside it with what is left."""

from __future__ import annotations

from dataclasses import dataclass

BESIDE = 100
"""Cells of the screen from which questions, text and side stand beside each other."""

TINY = 80
"""Cells below which the questions stand above the text."""

RAIL = 10
"""Cells of the list of questions where it shows no more than their numbers and signs."""

AROUND_TEXT = 7
"""Cells of the pane of the answer that are not for words: frame, bar, spaces, and one for the cursor."""

_LEAST_TEXT = 40
_LEAST_SIDE = 28
_MOST = 70


@dataclass(frozen=True, slots=True)
class Shares:
    """What the user chose of the width of the screen, in hundredths; 0 where nothing was chosen."""

    questions: int = 0
    side: int = 0


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells for the list of questions and for the side; the text has the rest."""

    questions: int
    side: int


def widths(total: int, chosen: Shares = Shares()) -> Widths:
    """The widths on a screen of `total` cells. On one too narrow for three panes the side is as wide as the screen."""
    questions, side = _usual(total)
    if chosen.questions:
        questions = max(total * chosen.questions // 100, RAIL)
    if total < BESIDE:
        return Widths(min(questions, total - _LEAST_TEXT - AROUND_TEXT), total)
    if chosen.side:
        side = total * chosen.side // 100
    room = total - _LEAST_TEXT - AROUND_TEXT
    questions = min(questions, max(room - _LEAST_SIDE, RAIL))
    return Widths(questions, max(min(side, room - questions), _LEAST_SIDE))


def _usual(total: int) -> tuple[int, int]:
    if total < BESIDE:
        return RAIL, total
    if total < 140:  # at least 50 characters of text at 100 cells, 60 at 120
        return RAIL, total - RAIL - (50 + (total - BESIDE) // 2) - AROUND_TEXT
    if total < 160:
        return 20, 46 + (total - 140) // 3
    return min(total * 18 // 100, 36), min(total * 34 // 100, 76)


def wider(total: int, chosen: Shares, pane: str, cells: int) -> Shares:
    """`chosen` with one of the panes ("questions", "side", else the text) so many cells wider, or narrower."""
    now = widths(total, chosen)
    if pane == "questions":
        return Shares(_share(now.questions + cells, total), chosen.side)
    # What the text gains the side gives.
    return Shares(chosen.questions, _share(now.side + (cells if pane == "side" else -cells), total))


def _share(cells: int, total: int) -> int:
    # Rounded up: as many cells come back from it.
    return min(max(-(-cells * 100 // total), 1), _MOST)
