"""Dutch headings over questions and answers, as ministries write them."""

from __future__ import annotations

from collections.abc import Iterable

NO_SOURCE = "Geen bron gevonden."
"""What stands under a heading for which the bank held nothing."""

NEAR = "Mogelijk bruikbaar, niet in het concept"
"""What stands above passages that are offered beside the draft."""

# From this many consecutive numbers on a list reads worse than "2 t/m 7".
_RANGE_FROM = 5


def enumeration(items: Iterable[str]) -> str:
    """Items as a Dutch list: "2", "2 en 3", "2, 3 en 5"; empty for none."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} en {parts[-1]}"


def numbers_text(numbers: Iterable[int]) -> str:
    """Question numbers as a Dutch list, ascending, long runs shortened: "2, 3 en 5", "1 en 4 t/m 9"."""
    parts: list[str] = []
    for run in _runs(sorted(set(numbers))):
        if len(run) >= _RANGE_FROM:
            parts.append(f"{run[0]} t/m {run[-1]}")
        else:
            parts.extend(str(number) for number in run)
    return enumeration(parts)


def questions_reference(numbers: Iterable[int]) -> str:
    """How running text names questions: "vraag 2", "vragen 2, 3 en 5"."""
    known = sorted(set(numbers))
    return f"{'vraag' if len(known) == 1 else 'vragen'} {numbers_text(known)}"


def question_heading(numbers: Iterable[int]) -> str:
    """The heading over a question: "Vraag 1", "Vragen 6 en 7" where the set merges them."""
    known = tuple(numbers)
    reference = questions_reference(known)
    return reference[0].upper() + reference[1:] if known else "Vraag"


def answer_heading(numbers: Iterable[int]) -> str:
    """The heading over an answer: "Antwoord op vraag 1", "Antwoord op vragen 2, 3 en 5"."""
    known = tuple(numbers)
    return f"Antwoord op {questions_reference(known)}" if known else "Antwoord"


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
