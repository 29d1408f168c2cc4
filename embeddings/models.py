"""Which model to load."""

from __future__ import annotations

from pathlib import Path

from embeddings.encoder import Encoder


def load_encoder(name_or_folder: str | None = None) -> Encoder:
    """Load an embedding model; takes seconds.

    Args:
        name_or_folder: a folder with a sentence-transformers model, or its name on the model hub when it is in the
            local cache. None: the packaged multilingual-e5-small, unpacked at first use.

    Raises:
        ModelError: the model is not on this machine or cannot be loaded.
    """
    from embeddings.sentence_transformer import SentenceTransformerEncoder

    if name_or_folder:
        return SentenceTransformerEncoder.load(
            Path(name_or_folder).expanduser() if _is_folder(name_or_folder) else name_or_folder
        )
    from embeddings.packaged_model import MODEL_NAME, unpack

    unpacked = unpack()
    return SentenceTransformerEncoder.load(unpacked.folder, name=MODEL_NAME, source=unpacked.source)


def _is_folder(name: str) -> bool:
    return Path(name).expanduser().is_dir()
