"""Why a passage is in the draft, and whether its source was read with doubts."""

from __future__ import annotations

from drafter.dossier.value import Block, Dossier


class Reasons:
    """What is known of the sources of a dossier; grows as it is looked up."""

    def __init__(self) -> None:
        self._doubts: dict[str, str] = {}

    def unknown(self, dossier: Dossier) -> tuple[str, ...]:
        """The sources of which it was not asked yet how sure their reading is; from now on they were."""
        found = {origin.document: "" for _, _, block in dossier.places() for origin in block.origins}
        new = tuple(one for one in found if one not in self._doubts)
        self._doubts.update(dict.fromkeys(new, ""))
        return new

    def learn(self, doubts: dict[str, str]) -> None:
        """Take in what was in doubt when sources were read, by their id."""
        self._doubts.update(doubts)

    def of(self, block: Block | None) -> str:
        """Why a block is there, and that its source is in doubt; empty where neither is known."""
        if block is None:
            return ""
        doubted = any(self._doubts.get(origin.document) for origin in block.origins)
        why = f"waarom: {block.why[:1].lower()}{block.why[1:]}" if block.why else ""
        return " · ".join(filter(None, ("⚠ bron onzeker gelezen (o)" if doubted else "", why)))
