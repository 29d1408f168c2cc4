"""Oral questions: who speaks, turn by turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answers_bank.documents import Asker, OfficeHolder
from answers_bank.reading.blocks import TextBlock
from answers_bank.reading.metadata.people import read_askers

_SPEAKER = re.compile(
    r"(?P<who>De\s+voorzitter|(?P<form>Mevrouw|De\s+heer|Het\s+lid|Minister-president|Minister|Staatssecretaris)\s+"
    r"(?P<name>(?:(?:van|de|der|den|ter|ten|el|al|in|’t|'t)\s+)*[A-ZÀ-Þ][\w’'-]*(?:[\s-]+(?:van|de|der|den|ter|ten|el|al)?\s*"
    r"[A-ZÀ-Þ][\w’'-]*){0,4})\s*(?:\((?P<party>[^()\n]{1,40})\))?)\s*:\s*"
)


def speaker_turns(blocks: Sequence[TextBlock]) -> list[tuple[str, list[TextBlock]]]:
    """Each turn as its speaker and what is said; what precedes the first turn has an empty heading."""
    turns: list[tuple[str, list[TextBlock]]] = [("", [])]
    for block in blocks:
        match = _SPEAKER.match(block.text)
        if match is None:
            turns[-1][1].append(block)
            continue
        rest = block.line.cut(match.end()).strip()
        turns.append((" ".join(match["who"].split()), [replace(block, line=rest, gap=True)] if rest else []))
    return [(who, said) for who, said in turns if who or said]


def has_turns(blocks: Sequence[TextBlock]) -> bool:
    """Whether at least a member and an office holder speak by turns."""
    forms = {match["form"] for block in blocks if (match := _SPEAKER.match(block.text)) and match["form"]}
    office = {"Minister", "Staatssecretaris", "Minister-president"}
    return bool(forms & office) and bool(forms - office)


def speakers(blocks: Sequence[TextBlock]) -> tuple[tuple[Asker, ...], tuple[OfficeHolder, ...]]:
    """The members who speak, and the office holders who answer them, in the order of their first turns."""
    askers: list[Asker] = []
    holders: list[OfficeHolder] = []
    for block in blocks:
        match = _SPEAKER.match(block.text)
        if match is None or not match["form"]:
            continue
        if match["form"] in ("Mevrouw", "De heer", "Het lid"):
            party = f" ({match['party']})" if match["party"] else ""
            askers += read_askers(match["name"] + party)
        else:
            holders.append(OfficeHolder(match["name"], None, match["form"].lower()))
    return tuple(dict.fromkeys(askers)), tuple(dict.fromkeys(holders))
