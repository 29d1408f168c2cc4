"""How a bank and a dossier stand among others, as values: what the screens show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from drafter.wording import question_words


@dataclass(frozen=True, slots=True)
class Standing:
    """How this bank stands to the shared one."""

    connected: bool = False
    problem: str = ""
    """Why it does not follow now; empty while it does, or is about to."""

    since: datetime.datetime | None = None
    """When it went well for the last time."""

    waiting: int = 0
    """Documents, removals and dossiers that wait to be sent."""

    conflicts: int = 0
    """Answers in any dossier that wait for a choice."""

    needs_password: bool = False


@dataclass(frozen=True, slots=True)
class Others:
    """Who else has to do with a dossier."""

    me: str
    owner: str
    assigned: tuple[tuple[int, str], ...] = ()
    """(question, name); question 0 is the whole set."""

    looking: tuple[tuple[str, int], ...] = ()
    """(name, question) of the others who look at it now; question 0 is none in particular."""

    state: str = ""
    newer: bool = False
    """Whether the server holds a step that is not here."""

    unsent: bool = False
    """Whether there is a change here that the server has not."""

    conflicts: tuple[int, ...] = ()
    """Questions that wait for a choice."""

    problem: str = ""
    """Why nothing of this is sure now."""


@dataclass(frozen=True, slots=True)
class ListedDossier:
    """A dossier on the server, in a list."""

    id: str
    title: str
    others: Others
    local: str = ""
    """Its name here; empty where it is not."""


def assigned_words(assigned: tuple[tuple[int, str], ...]) -> str:
    """Who works on a dossier: "bram, carla (vraag 2, vraag 4)"; empty where nobody is assigned."""
    given: dict[str, list[int]] = {}
    for question, name in assigned:
        given.setdefault(name, []).append(question)
    return ", ".join(
        name if 0 in questions else f"{name} ({question_words(tuple(sorted(questions)))})"
        for name, questions in given.items()
    )
