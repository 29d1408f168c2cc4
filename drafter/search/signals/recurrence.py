"""Where else the passages of a unit stand: what an office repeated before, it repeats again."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from answers_bank.index.standard_passages import StandardPassages
from answers_bank.index.unit_index import UnitIndex
from answers_bank.store.bank import Bank
from answers_bank.store.stored import DocumentSummary

COUNTED = 100
"""Uses of a sentence elsewhere that are counted at most."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The other documents that hold a sentence of a unit."""

    newest: DocumentSummary
    others: int
    """Beside the newest one."""


class Recurrence:
    """How often the sentences of units stand elsewhere in the bank.

    Args:
        bank: where to look.
        units: of the bank.
        standard: its standard passages.
    """

    def __init__(self, bank: Bank, units: UnitIndex, standard: StandardPassages) -> None:
        self._bank = bank
        self._units = units
        self._standard = standard
        self.counting = lru_cache(maxsize=4)(self._counting)
        """Of each unit whether it counts: it is in the bank, and dated before a day if one is given."""

    def at_any_time(self, members: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
        """How much of each unit, given the row keys of its passages, is used elsewhere; quick, and counts what was
        taken out of the bank too. 0 for what stands here alone, 1 for a hundred times."""
        starts = np.cumsum([0, *(len(keys) for keys in members[:-1])])
        return _share(np.maximum.reduceat(self._standard.repeats(np.concatenate(members)), starts))

    def all_count(self, before: datetime.date | None) -> bool:
        """Whether `at_any_time` says the same as `until`."""
        return before is None and bool(self._units.alive.all())

    def _counting(self, before: datetime.date | None) -> NDArray[np.bool_]:
        counts = self._units.alive.copy()
        if before is not None:
            counts &= (self._units.date > 0) & (self._units.date < before.toordinal())
        return np.append(counts, False)  # where passages are that belong to no unit

    def until(self, unit: int, passages: Sequence[int], counting: NDArray[np.bool_]) -> float:
        """As `at_any_time`, for one unit, with what counts (see `counting`)."""
        return float(_share(np.array(max((len(o) for o in self._others(unit, passages, counting)), default=0))))

    def elsewhere(self, unit: int, passages: Sequence[int], counting: NDArray[np.bool_]) -> Elsewhere | None:
        """The other documents that hold a sentence of a unit, None where there are none.

        Args:
            unit: number of the unit.
            passages: row keys of its passages.
            counting: what counts, see `counting`.
        """
        found = self._others(unit, passages, counting)
        if not found:
            return None
        units = np.unique(self._units.unit_of(np.concatenate(found)))
        documents = self._units.document_key[units]
        mine = self._units.document_key[unit]
        newest = max(units[documents != mine].tolist(), key=lambda u: (int(self._units.date[u]), u), default=None)
        if newest is None:
            return None
        key = int(self._units.document_key[newest])
        summary = self._bank.summaries([key]).get(key)
        others = len(set(documents.tolist()) - {int(mine)}) - 1
        return Elsewhere(summary, others) if summary else None

    def sentences(self, key: int, counting: NDArray[np.bool_]) -> list[tuple[int, int, NDArray[np.int64]]]:
        """The sentences of a passage (row key): span, and the units that count and hold a wording of it."""
        found = []
        for start, end, others in self._standard.wordings(key, COUNTED):
            units = np.unique(self._units.unit_of(others))
            found.append((start, end, units[counting[units]]))
        return found

    def _others(self, unit: int, passages: Sequence[int], counting: NDArray[np.bool_]) -> tuple[NDArray[np.int64], ...]:
        """For each sentence of a unit, the passages of other units that hold a wording of it."""
        result = []
        for others in (others for key in passages for others in self._standard.elsewhere(key, COUNTED)):
            units = self._units.unit_of(others)
            kept = others[counting[units] & (units != unit)]
            if len(kept):
                result.append(kept)
        return tuple(result)


def _share(times: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(np.minimum(np.log1p(times) / math.log(100), 1.0))
