"""Who else has to do with a dossier, and how the bank stands to the shared one, in words."""

from __future__ import annotations

from textual.content import Content

from drafter.tasks.together.standing import Others, Standing, assigned_words
from drafter.wording import count, question_words
from tui.text import plain


def looking_words(others: Others) -> str:
    """Who looks where now: "bram bij vraag 3, carla kijkt mee"; empty where nobody does."""
    return ", ".join(
        f"{plain(name, breaks=False)} {f'bij vraag {number}' if number else 'kijkt mee'}"
        for name, number in others.looking
    )


def owner_words(others: Others) -> str:
    """Whose it is and who works on it: "van u, met bram, carla (vraag 2)"."""
    owner = "u" if others.owner == others.me else others.owner
    given = tuple((number, "u" if name == others.me else name) for number, name in others.assigned)
    words = assigned_words(given)
    return plain(f"van {owner}{f', met {words}' if words else ''}", breaks=False)


def looked_at(others: Others) -> dict[int, tuple[str, ...]]:
    """Names of those who look at each question."""
    found: dict[int, tuple[str, ...]] = {}
    for name, number in others.looking:
        found[number] = (*found.get(number, ()), name)
    return found


def dossier_words(others: Others, width: int, choose_key: str = "K") -> Content:
    """The line of a shared dossier: what asks for something first, and as much of the rest as there is room for."""
    parts: list[Content] = []
    if others.conflicts:
        numbers = question_words(tuple(sorted(set(others.conflicts))))
        parts.append(Content.styled(f"≠ {numbers}: twee teksten, kies ({choose_key})", "bold $text-warning"))
    if words := looking_words(others):
        parts.append(Content.styled(f"● {words}", "$text-accent"))
    parts.append(Content(owner_words(others)))
    if others.problem:
        state = Content.styled("○ geen verbinding; wat u doet, gaat later mee", "$text-warning")
    elif others.unsent or others.newer:
        state = Content.styled("↕ wordt uitgewisseld", "$foreground-muted")
    else:
        state = Content.styled("✓ gedeeld", "$text-success")
    shown = Content.styled("Samen: ", "bold") + Content(" · ").join(parts)
    if shown.cell_length + state.cell_length + 2 > width:
        if others.problem:  # rather the state than all names
            room = max(width - state.cell_length - 2, 0)
            return shown.truncate(room, ellipsis=True) + Content("  ") + state if room > 20 else state
        return shown.truncate(width, ellipsis=True)
    return shown + Content(" " * (width - shown.cell_length - state.cell_length)) + state


def standing_words(standing: Standing, width: int) -> Content:
    """The line of the whole bank: whether it follows, what waits, and what asks for a choice."""
    waits = count(standing.waiting, "wijziging wacht", "wijzigingen wachten") if standing.waiting else ""
    parts: list[Content] = []
    if standing.conflicts:
        words = count(standing.conflicts, "antwoord wacht", "antwoorden wachten")
        parts.append(Content.styled(f"≠ {words} op uw keuze", "bold $text-warning"))
    if standing.connected:
        parts.append(Content.styled("✓ volgt de gedeelde bank", "$text-success"))
        parts.append(Content(waits or "alles is verstuurd"))
    elif standing.needs_password:
        parts.append(Content.styled("○ de server vraagt uw wachtwoord (y)", "$text-warning"))
    elif standing.problem:
        since = f" sinds {standing.since:%H:%M}" if standing.since else ""
        parts.append(Content.styled(f"○ geen verbinding{since}", "$text-warning"))
        parts.append(Content(f"{waits}, u kunt doorwerken" if waits else "u kunt doorwerken"))
        parts.append(Content.styled(plain(standing.problem, breaks=False), "$foreground-muted"))
    else:
        parts.append(Content.styled("verbinden…", "$foreground-muted"))
    parts.append(Content.styled("(s)", "$text-accent"))
    shown = Content.styled("Samen: ", "bold") + Content(" · ").join(parts[:-1])
    if shown.cell_length + 4 > width:
        shown = shown.truncate(max(width - 4, 0), ellipsis=True)
    return shown + Content(" ") + parts[-1]
