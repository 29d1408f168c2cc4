"""The same model in two ways: numpy alone for a query now and then, sentence-transformers for everything else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from embeddings.encoder import Encoder, ModelIdentity, Vectors
from embeddings.progress import SILENT, Progress
from embeddings.query_model import QueryModel
from embeddings.sentence_transformer import folder_prompts, folder_source, prefixes

FEW = 8
"""Queries at once up to which numpy is as quick as the library, its loading left out."""


class QuickEncoder:
    """Answers queries at once and loads the library when there is more to do. Open it with `load`.

    The two ways give the same vectors (cosine above .99999), so that a bank does not know which of them was used.
    """

    def __init__(
        self, model: QueryModel, identity: ModelIdentity, query_prefix: str, library: Callable[[], Encoder]
    ) -> None:
        self._model = model
        self._identity = identity
        self._query_prefix = query_prefix
        self._library = library
        self._loaded: Encoder | None = None
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path, library: Callable[[], Encoder], name: str | None, source: str | None) -> Self | None:
        """The model in `folder`; None where numpy alone cannot run it. `name` and `source` are of its identity."""
        model = QueryModel.load(folder)
        if model is None:
            return None
        name = name or folder.resolve().name
        identity = ModelIdentity(name, source or folder_source(folder), model.dimension)
        return cls(model, identity, prefixes(folder_prompts(folder), name)[0], library)

    @property
    def identity(self) -> ModelIdentity:
        """The model in use."""
        return self._identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of search texts, see `Encoder`."""
        if self._loaded is not None or len(texts) > FEW:
            return self._full().encode_queries(texts)
        found = [self._model.encode(self._query_prefix + text) for text in texts]
        return np.stack(found) if found else np.empty((0, self._identity.dimension), np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress = SILENT) -> Vectors:
        """Vectors of texts to be found, see `Encoder`.

        Raises:
            ModelError: sentence-transformers cannot load the model.
        """
        return self._full().encode_passages(texts, progress)

    def _full(self) -> Encoder:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._library()
            return self._loaded
