"""Dossiers that several people work on: their changes merged over the log on the server.

The order of writing makes an interruption harmless: what is mine is first on the server, then what waits for a choice
is in the bank, then the merged text is in the dossier, and last the note that both sides agree. Whatever is missing of
it is done again the next time, with the same outcome.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from answers_bank.json_values import decode, encode
from answers_bank.store.following.shared_dossiers import SharedLink, StoredConflict
from drafter.dossier.merging import MERGED, MergeConflict, composed, merge, paragraphs, same, with_answers
from drafter.dossier.set_state import set_state_of
from drafter.dossier.storage.log import hashes, packed
from drafter.dossier.store import DossierStore
from drafter.dossier.value import Dossier, DraftAnswer
from drafter.tasks.together.history import BACK, Check, at_step, numbers_of
from embeddings.errors import BankError, KamerantwoordError, UsageError

if TYPE_CHECKING:
    from answers_bank.sharing.server import Server
    from answers_bank.store.bank import Bank

_TRIES = 20


@dataclass(slots=True)
class DossiersExchanged:
    """What came of exchanging dossiers."""

    received: list[str] = field(default_factory=list)
    """Names of those that were changed here."""

    new: list[str] = field(default_factory=list)
    """Names of those of them that were not here: they are this user's, or assigned."""

    sent: list[str] = field(default_factory=list)
    conflicts: int = 0
    """New ones."""

    busy: list[str] = field(default_factory=list)
    """Open in another program, which exchanges itself, or the next time."""

    refused: list[tuple[str, str]] = field(default_factory=list)
    """(name, reason)."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A dossier after an exchange."""

    dossier: Dossier
    step: int
    conflicts: tuple[MergeConflict, ...] = ()
    received: bool = False
    sent: bool = False


def share_dossier(bank: Bank, store: DossierStore, server: Server, local: str) -> SharedLink:
    """Put a dossier on the server; the user is its owner.

    Raises:
        BankError: there is none of that name.
        UsageError: it is shared already, or there is another one of that name on the server.
    """
    from answers_bank.sharing import dossiers

    if (known := bank.shared_dossiers.link_of(local)) is not None:
        there = "" if known.id == local else f"Het heet daar {known.id}. "
        raise UsageError(
            f"Dossier {local} wordt al gedeeld.", f"{there}Wijs het toe met: kamerantwoord share assign {local} NAAM"
        )
    dossier = store.load(local)
    header, parts = packed(dossier)
    accepted, step = dossiers.put(server, local, dossier.questions.title, 0, "gedeeld", header, parts)
    dossiers.put_state(server, local, state_words(dossier))
    if not accepted and not same(at_step(server, local, step, local), dossier):
        raise UsageError(
            f"Op de gedeelde bank staat al een ander dossier {local}.",
            f"Haal dat op met: kamerantwoord share open {local}",
        )
    link = SharedLink(local, local, step, dossier.changed.isoformat())
    bank.shared_dossiers.link(link)
    return link


def open_dossier(bank: Bank, store: DossierStore, server: Server, identifier: str, check: Check) -> SharedLink:
    """Bring a dossier of the server here, and follow it from now on.

    Raises:
        SharingError: there is none of that name.
        BankError: it cannot be read or kept.
    """
    from answers_bank.sharing import dossiers
    from answers_bank.sharing.errors import SharingError

    for link in bank.shared_dossiers.links():
        if link.id == identifier:
            return link
    found = next((d for d in dossiers.dossiers(server, [identifier]) if d.id == identifier), None)
    if found is None:
        raise SharingError(
            f"Op de gedeelde bank staat geen dossier {identifier}.", "Bekijk ze met: kamerantwoord share dossiers"
        )
    try:
        dossier = at_step(server, identifier, found.step, identifier)
    except ValueError as error:
        raise BankError(f"Dossier {identifier} is niet te lezen: {error}.", "Meld dit aan wie het deelde.") from error
    with store.create_free(check(dossier), "gedeeld dossier opgehaald") as session:
        link = SharedLink(identifier, session.dossier.id, found.step, session.dossier.changed.isoformat())
    bank.shared_dossiers.link(link)
    return link


def exchange_dossiers(bank: Bank, store: DossierStore, server: Server, check: Check) -> DossiersExchanged:
    """Bring the user's dossiers here, and merge both ways those that are here."""
    from answers_bank.sharing import dossiers

    done = DossiersExchanged()
    links = {link.id: link for link in bank.shared_dossiers.links()}
    there = {found.id: found for found in dossiers.dossiers(server, list(links))}
    for identifier, found in there.items():
        link = links.get(identifier)
        try:
            if link is None:
                done.new.append(open_dossier(bank, store, server, identifier, check).local)
                done.received.append(done.new[-1])
                continue
            summary = store.summary(link.local)
            if summary is None:
                bank.shared_dossiers.unlink(link.local)  # deleted here: it stays on the server
                continue
            if found.step < link.step:  # the server was put back: what it holds is what both once had
                link = dataclasses.replace(link, step=found.step, changed="")
            changed = summary.changed.isoformat() if summary.changed else ""
            if summary.problem or (changed == link.changed and found.step == link.step):
                continue
            _exchange(bank, store, server, link, done, check)
        except (KamerantwoordError, ValueError) as error:
            if is_unreachable(error):
                raise
            done.refused.append((link.local if link else identifier, str(error).partition("\n")[0]))
    return done


def unsent_dossiers(bank: Bank, store: DossierStore) -> list[str]:
    """Names of shared dossiers that were changed here since they were exchanged."""
    found = []
    for link in bank.shared_dossiers.links():
        summary = store.summary(link.local)
        if summary is not None and summary.changed is not None and summary.changed.isoformat() != link.changed:
            found.append(link.local)
    return found


def _exchange(
    bank: Bank, store: DossierStore, server: Server, link: SharedLink, done: DossiersExchanged, check: Check
) -> None:
    with store.open(link.local) as session:
        if session.read_only:
            done.busy.append(link.local)
            return
        step = session.can_undo
        back = step.label if step is not None and step.label.startswith(BACK) else ""
        result = reconcile(server, link, session.dossier, what=back)
        assert result is not None, "nobody types in it"
        keep_conflicts(bank, link.local, result)
        stored = session.record(check(result.dossier), MERGED) if result.received else session.dossier
        if not session.retry():
            raise BankError(f"Dossier {link.local} kan niet worden bewaard: {session.problem}.", "Probeer het opnieuw.")
    bank.shared_dossiers.link(dataclasses.replace(link, step=result.step, changed=stored.changed.isoformat()))
    done.conflicts += len(result.conflicts)
    if result.received:
        done.received.append(link.local)
    if result.sent:
        done.sent.append(link.local)


def reconcile(
    server: Server, link: SharedLink, mine: Dossier, name: str = "", typing: int | None = None, what: str = ""
) -> Reconciled | None:
    """`mine`, made of the state that both had last, merged with what the server holds now; sends what is mine.

    `name` is put down beside the account on the server: several may work under one; `what` is what was done, where
    that is more than that answers were changed. Where the answer to question
    `typing` would become another one under what is being typed, nothing is done: None.

    Raises:
        ValueError: what the server holds cannot be read; nothing was changed.
        SharingError: as all that asks the server.
    """
    from answers_bank.sharing import dossiers

    base = at_step(server, link.id, link.step, mine.id)
    for _ in range(_TRIES):
        found = next((d for d in dossiers.dossiers(server, [link.id]) if d.id == link.id), None)
        if found is None:
            raise ValueError("it is not on the server any more")
        theirs = base if found.step == link.step else at_step(server, link.id, found.step, mine.id)
        merged = merge(base, mine, theirs)
        if typing is not None and _texts(merged.dossier, typing) != _texts(mine, typing):
            return None
        header, parts = packed(merged.dossier)
        if merged.conflicts:
            # Mine goes to the server as well, beside the other's: whatever happens here, it is there.
            own_header, own_parts = packed(mine)
            label = f"andere tekst bij {_questions(merged.conflicts)}{f' ({name})' if name else ''}"
            dossiers.put(server, link.id, "", found.step, label, own_header, own_parts, aside=True)
        step = found.step
        if merged.changed_mine:
            label = f"{what or _what_changed(theirs, merged.dossier)}{f' ({name})' if name else ''}"
            accepted, step = dossiers.put(server, link.id, "", found.step, label, header, parts)
            if not accepted:
                continue  # someone was first: merge with that as well
            dossiers.put_state(server, link.id, state_words(merged.dossier))
        received = not same(mine, merged.dossier)
        return Reconciled(merged.dossier, step, merged.conflicts, received, merged.changed_mine)
    raise BankError("Het dossier wordt te druk gewijzigd om samen te voegen.", "Probeer het straks opnieuw.")


def keep_conflicts(bank: Bank, local: str, result: Reconciled) -> None:
    """Keep what waits for a choice, before the other's text takes the place of mine."""
    keep(bank, local, result.conflicts)


def keep(bank: Bank, local: str, conflicts: tuple[MergeConflict, ...]) -> None:
    """Keep what waits for a choice."""
    if conflicts:
        bank.shared_dossiers.keep(
            [
                StoredConflict(local, json.dumps(c.numbers), json.dumps(encode(c.mine)), json.dumps(encode(c.theirs)))
                for c in conflicts
            ]
        )


def conflicts(bank: Bank, local: str | None = None) -> list[tuple[StoredConflict, MergeConflict]]:
    """What waits for a choice, as it is kept and as values."""
    return [
        (
            stored,
            MergeConflict(
                tuple(json.loads(stored.numbers)),
                decode(tuple[DraftAnswer, ...], json.loads(stored.mine)),
                decode(tuple[DraftAnswer, ...], json.loads(stored.theirs)),
            ),
        )
        for stored in bank.shared_dossiers.conflicts(local)
    ]


def choose(bank: Bank, store: DossierStore, local: str, number: int, which: Literal["mine", "theirs", "both"]) -> bool:
    """Choose between both texts at a question, or keep both; whether there was something to choose.

    Raises:
        BankError: the dossier is open elsewhere, or cannot be written.
    """
    for stored, conflict in conflicts(bank, local):
        if number in conflict.numbers:
            if which != "theirs":
                answers = conflict.mine if which == "mine" else composed(conflict, paragraphs(conflict))
                label = "eigen tekst gekozen" if which == "mine" else "beide teksten gehouden"
                with store.open(local) as session:
                    session.record(with_answers(session.dossier, answers), f"{label} bij vraag {number}")
            bank.shared_dossiers.chosen(stored)
            return True
    return False


def _texts(dossier: Dossier, number: int) -> list[tuple[str, str]]:
    answer = dossier.answer(number)
    return [(block.id, block.text) for block in answer.blocks] if answer else []


def state_words(dossier: Dossier) -> str:
    """How far a dossier is, for who does not have it."""
    done = sum(len(answer.numbers) for answer in dossier.answers if answer.done)
    return f"{set_state_of(dossier).value}, {done} van {sum(len(a.numbers) for a in dossier.answers)} klaar"


def _what_changed(before: Dossier, after: Dossier) -> str:
    there = set(packed(before)[1])
    header, parts = packed(after)
    numbers = sorted({n for key in hashes(header)[0] if key not in there for n in numbers_of(parts, key)})
    return f"gewijzigd: {_named(numbers)}" if numbers else "gewijzigd"


def _questions(found: tuple[MergeConflict, ...]) -> str:
    return _named([number for conflict in found for number in conflict.numbers])


def _named(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:12])) + (" …" if len(numbers) > 12 else "")
    return f"vraag {shown}" if len(numbers) == 1 else f"vragen {shown}"


def is_unreachable(error: Exception) -> bool:
    """Whether the server is away for now."""
    from answers_bank.sharing.errors import Unreachable

    return isinstance(error, Unreachable)
