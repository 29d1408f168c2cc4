"""Vectors, both ways: by what the text says and by the model, so that a text is encoded once for all."""

from __future__ import annotations

from answers_bank.sharing.server import Server
from answers_bank.store.bank import Bank
from embeddings.encoder import ModelIdentity
from embeddings.errors import Cancelled
from embeddings.progress import SILENT, Progress

_AT_ONCE = 4000
"""Vectors in one message: some 3 MB."""
_LONGEST = 1.05
"""Of an L2-normalised vector in half precision; shortest is the rest."""

_HELD = (
    "SELECT v.hash, v.data FROM vector v JOIN model m ON m.key = v.model WHERE m.name = %s AND m.source = %s "
    "AND m.dimension = %s AND octet_length(v.data) = 2 * m.dimension AND v.hash = ANY(%b::bytea[])"
)
_MISSING = (
    "SELECT h FROM unnest(%b::bytea[]) AS h WHERE NOT EXISTS (SELECT 1 FROM vector v JOIN model m ON m.key = v.model "
    "WHERE m.name = %s AND m.source = %s AND m.dimension = %s AND v.hash = h)"
)


def receive_vectors(bank: Bank, server: Server, model: ModelIdentity | None, progress: Progress = SILENT) -> int:
    """Take over the vectors of texts that wait to be encoded; their number.

    Args:
        bank: that follows the shared bank.
        server: of the shared bank.
        model: that makes vectors here; None is the one that the bank holds vectors of, if any.
        progress: told how far it is.

    Raises:
        Unreachable: the server went away; what was taken over is kept.
        Cancelled: `progress` asked to stop; likewise.
    """
    model = bank.vectors.model() or model
    if model is None:
        return 0
    count = last = 0
    while page := bank.shared.hashes_waiting(last, _AT_ONCE):
        if progress.cancelled():
            raise Cancelled
        last = page[-1][0]
        keys = {hash_: key for key, hash_ in page}
        found = server.rows(_HELD, [model.name, model.source, model.dimension, list(keys)])
        good = [(keys[hash_], data) for hash_, data in found if hash_ in keys and _usable(data)]
        if good:
            bank.vectors.put(good, model, received=True)
        count += len(good)
        progress.advance(len(page))
    return count


def send_vectors(bank: Bank, server: Server, progress: Progress = SILENT) -> int:
    """Send the vectors that the server has not; their number.

    Raises:
        Unreachable: the server went away; what was sent is not sent again.
        Cancelled: `progress` asked to stop; likewise.
    """
    count = 0
    while True:
        if progress.cancelled():
            raise Cancelled
        model, page = bank.shared.unsent_vectors(_AT_ONCE)
        if not page or model is None:
            return count
        named = [model.name, model.source, model.dimension]
        missing = {row[0] for row in server.rows(_MISSING, [[hash_ for _, hash_, _ in page], *named])}
        lacking = [(hash_, data) for _, hash_, data in page if hash_ in missing]
        if lacking:
            server.run(
                "SELECT put_vectors(%s, %s, %s, %b::bytea[], %b::bytea[])",
                [*named, [hash_ for hash_, _ in lacking], [data for _, data in lacking]],
            )
        bank.shared.sent_vectors(key for key, _, _ in page)
        count += len(lacking)
        progress.advance(len(page))


def _usable(data: bytes) -> bool:
    """Whether this is a vector as the encoder makes them: of finite numbers, its length about one."""
    import numpy as np

    vector = np.frombuffer(data, "<f2").astype(np.float32)
    length = float(np.dot(vector, vector)) ** 0.5
    return bool(2 - _LONGEST < length < _LONGEST)  # false for what is no number
