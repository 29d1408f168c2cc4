"""How far a set is on its way, from the questions that came in to the answers that were sent."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

from drafter.dossier.value import Dossier

_PROPERTY = "stand"


class SetState(StrEnum):
    """How far a set is; the values are what is kept and shown."""

    RECEIVED = "binnengekomen"
    AT_WORK = "in bewerking"
    IN_REVIEW = "ter beoordeling"
    APPROVED = "akkoord"
    SENT = "verzonden"


def set_state_of(dossier: Dossier) -> SetState:
    """The state that the user gave it; else whether there is any text yet."""
    given = dossier.properties.get(_PROPERTY, "")
    if given in set(SetState):
        return SetState(given)
    return SetState.AT_WORK if any(answer.blocks for answer in dossier.answers) else SetState.RECEIVED


def with_state(dossier: Dossier, state: SetState) -> Dossier:
    """`dossier` in another state."""
    return dataclasses.replace(dossier, properties=dossier.properties | {_PROPERTY: state.value})
