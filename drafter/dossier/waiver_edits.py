"""Calling findings "bewust zo", in a block, of an answer as a whole, or in the whole dossier; and taking that back.

`where` is a block by its id, or an answer by one of its question numbers; `key` says which findings, see
`drafter.dossier.waivers`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from drafter.checks.finding import Finding
from drafter.dossier import waivers
from drafter.dossier.edits import change_answer, change_block
from drafter.dossier.value import Dossier

Entries = tuple[str, ...]


def waive(dossier: Dossier, where: str | int, key: str, reason: str = "") -> Dossier:
    """Call what `key` holds for "bewust zo", with the reason if given."""
    entry = waivers.entry_of(key, reason)
    return _change(dossier, where, lambda entries: waivers.with_entry(entries, entry))


def unwaive(dossier: Dossier, where: str | int, key: str) -> Dossier:
    """Take that back."""
    return _change(dossier, where, lambda entries: waivers.without_key(entries, key))


def _change(dossier: Dossier, where: str | int, change: Callable[[Entries], Entries]) -> Dossier:
    if isinstance(where, str):
        return change_block(dossier, where, lambda b: dataclasses.replace(b, intended=change(b.intended)))
    return change_answer(dossier, where, lambda a: dataclasses.replace(a, intended=change(a.intended)))


def waive_everywhere(dossier: Dossier, key: str, reason: str = "") -> Dossier:
    """The same in the whole dossier, also in what is still to be written."""
    everywhere = waivers.with_entry(dossier.intended, waivers.entry_of(key, reason))

    def meant(findings: tuple[Finding, ...]) -> Callable[[Entries], Entries]:
        return lambda entries: waivers.meant(entries, findings, everywhere)

    for answer in dossier.answers:
        for block in answer.blocks:
            dossier = _change(dossier, block.id, meant(block.findings))
        dossier = _change(dossier, answer.numbers[0], meant(answer.findings))
    return dataclasses.replace(dossier, intended=everywhere)


def unwaive_everywhere(dossier: Dossier, key: str) -> Dossier:
    """Take that back wherever it stands."""
    for answer in dossier.answers:
        for block in answer.blocks:
            dossier = unwaive(dossier, block.id, key)
        dossier = unwaive(dossier, answer.numbers[0], key)
    return dataclasses.replace(dossier, intended=waivers.without_key(dossier.intended, key))
