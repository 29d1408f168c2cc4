"""Which model to load."""

from __future__ import annotations

from pathlib import Path

from embeddings.encoder import Encoder


def load_encoder(name_or_folder: str | None = None) -> Encoder:
    """Load an embedding model, or as much of it as a query needs; what is left is loaded when it is needed.

    Args:
        name_or_folder: a folder with a sentence-transformers model, or its name on the model hub when it is in the
            local cache. None: the packaged multilingual-e5-small, unpacked at first use.

    Raises:
        ModelError: the model is not on this machine or cannot be loaded.
    """
    if name_or_folder and not _is_folder(name_or_folder):
        return _by_library(name_or_folder)
    if name_or_folder:
        folder, name, source = Path(name_or_folder).expanduser(), None, None
    else:
        from embeddings.packaged.model import MODEL_NAME, unpack

        unpacked = unpack()
        folder, name, source = unpacked.folder, MODEL_NAME, unpacked.source
    from embeddings.quick_encoder import QuickEncoder

    quick = QuickEncoder.load(folder, lambda: _by_library(folder, name, source), name, source)
    return quick or _by_library(folder, name, source)


def _by_library(name_or_folder: str | Path, name: str | None = None, source: str | None = None) -> Encoder:
    from embeddings.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder.load(name_or_folder, name=name, source=source)


def _is_folder(name: str) -> bool:
    return Path(name).expanduser().is_dir()
