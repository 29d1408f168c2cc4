"""The history of a shared dossier, by its log: who changed what, what an answer ever was, and back to any step."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers_bank.json_values import decode
from drafter.dossier.merging import Answers
from drafter.dossier.storage.log import hashes, part_of, unpacked
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier, DraftAnswer
from embeddings.errors import BankError

if TYPE_CHECKING:
    from answers_bank.sharing.server import Server
    from answers_bank.store.following.shared_dossiers import SharedLink

Check = Callable[[Dossier], Dossier]
"""Puts into a dossier what the program finds in it: what comes from the server comes without."""

BACK = "terug naar stap"
"""How the step begins in which a dossier was put back."""


@dataclass(frozen=True, slots=True)
class AnswerVersion:
    """What an answer was at a step of the log that changed it."""

    step: int
    at: datetime.datetime
    by: str
    label: str
    aside: bool
    """Whether it is the text of who came second where two changed the same."""

    answers: Answers


def go_back(store: DossierStore, server: Server, link: SharedLink, number: int, check: Check) -> None:
    """Put a dossier back to a step of its log, as a new step: nothing of the log goes away.

    Raises:
        BankError: the dossier is open elsewhere; or that step cannot be read.
    """
    try:
        then = at_step(server, link.id, number, link.local)
    except ValueError as error:
        raise BankError(f"Stap {number} is niet te lezen: {error}.", "Kies een andere stap.") from error
    with store.open(link.local) as session:
        then = check(dataclasses.replace(then, created=session.dossier.created))
        session.record(then, f"{BACK} {number}")


def versions_of(server: Server, identifier: str, number: int) -> tuple[AnswerVersion, ...]:
    """All that the answer to a question ever was, by the log of a dossier, the newest first.

    A step that no program can read is left out.
    """
    from answers_bank.sharing import dossiers

    found: list[AnswerVersion] = []
    seen: set[tuple[bool, tuple[bytes, ...]]] = set()
    contents: dict[bytes, bytes] = {}
    before: tuple[bytes, ...] = ()
    log = dossiers.steps(server, identifier)
    wanted = sorted({key for step in log for key in _keys(step.header)})
    for start in range(0, len(wanted), 200):
        contents |= dossiers.parts(server, identifier, wanted[start : start + 200])
    for step in log:
        keys = tuple(key for key in _keys(step.header) if number in numbers_of(contents, key))
        if not keys or keys == before or (step.aside and (True, keys) in seen):
            continue
        try:
            answers = tuple(decode(DraftAnswer, part_of(contents, key)) for key in keys)
        except ValueError:
            continue
        found.append(AnswerVersion(step.number, step.at, step.by, step.label, step.aside, answers))
        seen.add((step.aside, keys))
        before = before if step.aside else keys
    return tuple(reversed(found))


def _keys(header: str) -> list[bytes]:
    try:
        return hashes(header)[0]
    except ValueError:
        return []


def answers_changed(server: Server, identifier: str) -> list[tuple[int, tuple[int, ...]]]:
    """For each step of the log the numbers of the questions whose answer it changed, in one round."""
    from answers_bank.sharing import dossiers

    log = dossiers.steps(server, identifier)
    by_number = {step.number: _keys(step.header) for step in log}
    wanted = sorted({key for keys in by_number.values() for key in keys})
    numbers: dict[bytes, tuple[int, ...]] = {}
    for start in range(0, len(wanted), 200):
        found_parts = dossiers.parts(server, identifier, wanted[start : start + 200])
        numbers |= {key: numbers_of(found_parts, key) for key in found_parts}
    found = []
    for step in log:
        before = set(by_number.get(step.after or 0, []))
        changed = {n for key in by_number[step.number] if key not in before for n in numbers.get(key, ())}
        found.append((step.number, tuple(sorted(changed))))
    return found


def numbers_of(parts: dict[bytes, bytes], key: bytes) -> tuple[int, ...]:
    """The questions of the answer that a part is; none where it is another part, or cannot be read."""
    try:
        return tuple(int(n) for n in part_of(parts, key).get("numbers", ()))
    except (ValueError, TypeError, AttributeError):
        return ()


def at_step(server: Server, identifier: str, step: int, local: str) -> Dossier:
    """The dossier as it was at a step of its log.

    Raises:
        ValueError: it cannot be read.
    """
    from answers_bank.sharing import dossiers

    header = dossiers.header(server, identifier, step)
    answers, questions = hashes(header)
    return unpacked(header, dossiers.parts(server, identifier, [*answers, questions]), local)
