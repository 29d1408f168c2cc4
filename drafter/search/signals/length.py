"""What the length of an answer says, before anything of it is known.

The best of many pieces lies nearer to any question than the best of few, so that long answers come too high; and an
answer of a line ("Ja, dat bericht ken ik.") shares what it says with every question. docs/zoeken.md has the figures.
"""

from __future__ import annotations

import math

USUAL = 150
"""Words of an answer whose length speaks neither for nor against it."""

SHORT = 30
"""Words below which an answer rather says too little: measured on Dutch pairs and on months of a register."""

FEW, MANY = 100, 500
"""Units in a bank up to which being long costs nothing, and from which it costs all. In nine banks of thirty to sixty
units, from which real answers took sentences, the source was as often a long answer: 120 of 167 such sentences were
among the first ten results with the whole cost, 125 without."""

STEEPNESS = 3.0
"""How much faster what is too short loses than what is long."""


def length(words: int, size: int) -> float:
    """What an answer of so many words loses for its length: 0 at the usual one, below 0 for one that is shorter but
    not too short.

    Args:
        words: of the answer.
        size: units in the bank.
    """
    count = max(words, 1)
    crowd = min(max(math.log(max(size, 1) / FEW) / math.log(MANY / FEW), 0.0), 1.0)
    return crowd * math.log(count / USUAL) + STEEPNESS * max(math.log(SHORT / count), 0.0)
