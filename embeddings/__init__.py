"""Text to vector to nearest vectors: encoders, the packaged model, and the FAISS index.

The lowest room of the house: it knows nothing of documents, SQLite or screens. What a script needs can be imported from
here, and is loaded when it is used.
"""

from typing import TYPE_CHECKING

from embeddings.lazy import lazy_names

if TYPE_CHECKING:
    from embeddings.encoder import Encoder as Encoder
    from embeddings.errors import KamerantwoordError as KamerantwoordError
    from embeddings.models import load_encoder as load_encoder
    from embeddings.progress import Progress as Progress
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "embeddings.encoder": "Encoder",
            "embeddings.errors": "KamerantwoordError",
            "embeddings.models": "load_encoder",
            "embeddings.progress": "Progress",
        },
    )
