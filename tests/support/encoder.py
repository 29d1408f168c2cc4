"""A tiny deterministic encoder, so that tests need no model."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from embeddings.encoder import ModelIdentity, Vectors
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress


class TinyEncoder:
    """Counts hashed words and their beginnings: texts that share words are near each other. Needs no model."""

    def __init__(self, dimension: int = 64, name: str = "tiny") -> None:
        self._identity = ModelIdentity(name, f"test {name} {dimension}", dimension)
        self.encoded = 0
        """How many texts were encoded as passages so far."""

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts]) if texts else self._none()

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        if progress.cancelled():
            raise Cancelled
        self.encoded += len(texts)
        progress.advance(len(texts))
        return self.encode_queries(texts)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self._identity.dimension, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            for piece in (word, word[:5]):
                vector[zlib.crc32(piece.encode()) % self._identity.dimension] += 1.0 if len(word) > 3 else 0.1
        norm = float(np.linalg.norm(vector))
        if norm == 0.0:
            vector[0] = norm = 1.0
        return vector / np.float32(norm)

    def _none(self) -> Vectors:
        return np.zeros((0, self._identity.dimension), dtype=np.float32)
