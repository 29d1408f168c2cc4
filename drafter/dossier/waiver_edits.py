"""Calling findings "bewust zo", in a block, of an answer as a whole, or in the whole dossier; and taking that back."""

from __future__ import annotations

import dataclasses

from drafter.dossier import waivers as intended
from drafter.dossier.edits import change_answer, change_block
from drafter.dossier.value import Block, Dossier


def mark_intended(dossier: Dossier, block_id: str, key: str, reason: str = "") -> Dossier:
    """Mark what `key` holds for in a block (see `drafter.dossier.waivers`) as "bewust zo", with the reason if given."""
    entry = intended.entry_of(key, reason)
    return change_block(
        dossier, block_id, lambda b: dataclasses.replace(b, intended=intended.with_entry(b.intended, entry))
    )


def unmark_intended(dossier: Dossier, block_id: str, key: str) -> Dossier:
    """Take back "bewust zo"."""
    return change_block(
        dossier, block_id, lambda b: dataclasses.replace(b, intended=intended.without_key(b.intended, key))
    )


def mark_answer_intended(dossier: Dossier, number: int, key: str, reason: str = "") -> Dossier:
    """As `mark_intended`, of what is said of an answer as a whole."""
    entry = intended.entry_of(key, reason)
    return change_answer(
        dossier, number, lambda a: dataclasses.replace(a, intended=intended.with_entry(a.intended, entry))
    )


def unmark_answer_intended(dossier: Dossier, number: int, key: str) -> Dossier:
    """Take that back."""
    return change_answer(
        dossier, number, lambda a: dataclasses.replace(a, intended=intended.without_key(a.intended, key))
    )


def mark_intended_everywhere(dossier: Dossier, key: str, reason: str = "") -> Dossier:
    """Mark what `key` holds for as "bewust zo" in the whole dossier, also in what is still to be written."""
    entry = intended.entry_of(key, reason)
    return _meant_again(dataclasses.replace(dossier, intended=intended.with_entry(dossier.intended, entry)))


def unmark_intended_everywhere(dossier: Dossier, key: str) -> Dossier:
    """Take back "bewust zo" in the whole dossier and wherever it stands."""

    def freed(block: Block) -> Block:
        return dataclasses.replace(block, intended=intended.without_key(block.intended, key))

    answers = tuple(
        dataclasses.replace(
            answer, blocks=tuple(map(freed, answer.blocks)), intended=intended.without_key(answer.intended, key)
        )
        for answer in dossier.answers
    )
    return dataclasses.replace(dossier, answers=answers, intended=intended.without_key(dossier.intended, key))


def _meant_again(dossier: Dossier) -> Dossier:
    """`dossier` with what is meant so in the whole of it marked on every block and answer that it holds for."""
    answers = tuple(
        dataclasses.replace(
            answer,
            blocks=tuple(
                dataclasses.replace(block, intended=intended.meant(block.intended, block.findings, dossier.intended))
                for block in answer.blocks
            ),
            intended=intended.meant(answer.intended, answer.findings, dossier.intended),
        )
        for answer in dossier.answers
    )
    return dataclasses.replace(dossier, answers=answers)
