"""The bank's vectors as an index that is searched: a cache beside the bank that follows it.

It is made again when it is missing, damaged, or of another bank or model, and else only added to.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from answers_bank.index.arrays.following import alone
from embeddings.encoder import Vectors
from embeddings.errors import why
from embeddings.index.vector_index import Mask, VectorIndex
from embeddings.notices import tell
from embeddings.progress import SILENT, Progress

if TYPE_CHECKING:
    from pathlib import Path

    from answers_bank.store.bank import Bank
    from answers_bank.store.database import BankMark

KINDS = ("question", "passage")
_COLUMNS = ("document", "kind", "first", "last")
_BATCH = 20_000


class MeaningIndex:
    """The vectors of a bank with what each stands for; one row a piece. Open it with `MeaningIndex.open`."""

    def __init__(self, index: VectorIndex) -> None:
        self.index = index

    @classmethod
    def open(cls, bank: Bank, progress: Progress = SILENT) -> MeaningIndex | None:
        """The index of a bank, brought up to date; None while the bank holds no vectors."""
        model = bank.vectors.model()
        if model is None:
            return None
        folder = bank.cache_folder
        place = folder / "vectors" if folder else None

        def stored(place: Path | None) -> VectorIndex:
            index = VectorIndex.open(place, model, bank.identifier, len(_COLUMNS), _COLUMNS.index("kind"))
            if index.details and not bank.followed(*_followed(index)):
                # An older copy of this bank was put back, or it is of another copy.
                return VectorIndex.empty(place, model, bank.identifier, len(_COLUMNS), _COLUMNS.index("kind"))
            return index

        index = stored(place)
        if index.details and _followed(index) == bank.mark:
            return cls(index)
        try:
            with alone(place, progress):
                index = stored(place)  # another process may have brought it up to date
                if index.damaged:
                    tell("De index van betekenissen was beschadigd en wordt opnieuw gemaakt uit de bank.")
                _follow(index, bank, progress)
        except OSError as error:
            if place is None:
                raise
            told = f"De index van betekenissen kan niet worden bewaard ({why(error)})"
            tell(f"{told} en wordt nu in het geheugen gemaakt.")
            index = stored(None)
            _follow(index, bank, progress)
        return cls(index)

    def __len__(self) -> int:
        return len(self.index)

    @property
    def keys(self) -> NDArray[np.int64]:
        """Row key of each piece, ascending."""
        return self.index.ids

    @property
    def alive(self) -> Mask:
        """Whether each row counts; the others belong to documents that were taken out."""
        return self.index.alive

    # Columns of their own in memory: a search looks at all of a column, and in the file they lie row by row.

    @cached_property
    def documents(self) -> NDArray[np.int64]:
        """Row key of each piece's document (`DocumentSummary.key`)."""
        return np.ascontiguousarray(self.index.labels[:, 0])

    @cached_property
    def kinds(self) -> NDArray[np.int8]:
        """Index into `KINDS` of each piece's kind."""
        return self.index.labels[:, 1].astype(np.int8)

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """Row key of the first passage that each piece covers (`StoredPassage.key`)."""
        return np.ascontiguousarray(self.index.labels[:, 2])

    @cached_property
    def last(self) -> NDArray[np.int64]:
        """Row key of the last passage that each piece covers."""
        return np.ascontiguousarray(self.index.labels[:, 3])

    def vectors(self, rows: NDArray[np.integer[Any]] | slice | None = None) -> Vectors:
        """Vectors of some rows, or of all."""
        return self.index.vectors(rows)

    def search(
        self, queries: Vectors, k: int, allowed: Mask | None = None, kind: int | None = None
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Rows with the highest cosine for each query, and those, of one kind or of all; see `VectorIndex.search`."""
        return self.index.search(queries, k, allowed, kind)


def _follow(index: VectorIndex, bank: Bank, progress: Progress) -> None:
    """Bring the index up to date with the bank and save it."""
    mark = bank.mark  # first: what changes while this works is taken up the next time
    followed = _followed(index) if index.details else bank.first_mark
    if index.details and followed == mark:
        return
    for _, pieces in bank.removed_since(followed.generation) if len(index.ids) else ():
        if pieces is not None:
            index.remove_range(*pieces)
    last = int(index.ids[-1]) if len(index.ids) else 0
    limit = bank.vectors.encoded_until()
    progress.start("Zoekindex bijwerken", None)
    ids: list[int] = []
    labels: list[tuple[int, ...]] = []
    data: list[bytes] = []

    def flush() -> None:
        if ids:
            vectors = np.frombuffer(b"".join(data), "<f2").reshape(len(ids), -1)
            index.add(np.array(ids, np.int64), vectors, np.array(labels, np.int64))
            index.save(followed._asdict(), finished=False)  # memory stays bounded
            progress.advance(len(ids))
            for column in (ids, labels, data):
                column.clear()

    for piece, vector in bank.vectors.pieces_after(last):
        if piece.key > limit:
            break
        ids.append(piece.key)
        labels.append((piece.document, KINDS.index(piece.kind), piece.first, piece.last))
        data.append(vector)
        if len(ids) >= _BATCH:
            flush()
    flush()
    index.save(mark._asdict())


def _followed(index: VectorIndex) -> BankMark:
    from answers_bank.store.database import BankMark

    return BankMark(index.details.get("generation", -1), index.details.get("mark", ""))
