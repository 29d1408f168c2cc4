"""Nearest vectors, with FAISS: ids to vectors, kept in files that many processes can read while one writes.

Vectors are normalised and stored as float16; a score is a cosine. While there are few they are all compared. From
`FLAT_LIMIT` rows on, an inverted file (IVF, 8 bits a component) proposes candidates, which are then scored with the
stored vectors; how many of its lists are visited is measured when it is made, on the vectors themselves.

The files: `ids` and `vectors` (raw rows, only ever added to), `labels` (integers of the owner, beside each row),
`removed` (rows that no longer count), `index.faiss`, and `manifest.json`, which is replaced last and says what counts.
Whatever is not in the manifest does not exist, so that an interrupted write is as if it had not begun.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import ModelIdentity, Vectors
from embeddings.files import sync_file
from embeddings.index import nearest
from embeddings.index.inverted_file import Rows, build
from embeddings.index.manifest import MANIFEST_NAME, Manifest
from embeddings.sums import CHECKED_NAME, Sum, Summed, check, sum_of, trust

if TYPE_CHECKING:
    from embeddings.index.nearest import FaissStructures

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

FLAT_LIMIT = 200_000
"""Rows up to which all are compared: some 20 ms."""

_STORED = np.dtype("<f2")
_COMPACT_SHARE = 0.2
_TAIL_SHARE = 0.1


class VectorIndex:
    """Ids with their vectors. Open it with `VectorIndex.open`; changes last after `save`.

    Reading is safe from several threads; a process that changes it must be the only one (the caller holds a lock).
    """

    def __init__(self, folder: Path | None, manifest: Manifest, part_label: int | None = None) -> None:
        self._folder = folder
        self._part_label = part_label
        self._manifest = manifest
        dimension = manifest.model.dimension
        self._ids: Ids = np.empty(0, np.int64)
        self._vectors: NDArray[np.float16] = np.empty((0, dimension), _STORED)
        self._labels: Ids = np.empty((0, manifest.labels), np.int64)
        self._alive: Mask = np.empty(0, bool)
        self._new: list[tuple[Ids, NDArray[np.float16], Ids]] = []
        """Rows added since the last save."""
        self.damaged = False
        """Whether `open` found something in its folder that is not what was written, and passed it over."""
        self._structures: FaissStructures | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls, folder: Path | None, model: ModelIdentity, owner: str, labels: int = 0, part_label: int | None = None
    ) -> VectorIndex:
        """The index in `folder`; an empty one where it is absent, damaged, or of another model, owner or format.

        Args:
            folder: None keeps the index in memory.
            model: that makes the vectors.
            owner: whose vectors they are.
            labels: how many integers stand beside each row.
            part_label: which of these tells to what part of the index a row belongs, where parts are searched apart.
        """
        empty = cls.empty(folder, model, owner, labels, part_label)
        if folder is None:
            return empty
        try:
            manifest = Manifest.read(folder)
            if (manifest.model, manifest.owner, manifest.labels) != (model, owner, labels):
                return empty
            check(folder, manifest.sums)
            index = cls(folder, manifest, part_label)
            index._load()
        except FileNotFoundError:
            empty.damaged = (folder / MANIFEST_NAME).exists()
            return empty
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
            empty.damaged = True
            return empty
        return index

    @classmethod
    def empty(
        cls, folder: Path | None, model: ModelIdentity, owner: str, labels: int = 0, part_label: int | None = None
    ) -> VectorIndex:
        """An index without rows; `save` puts it in the place of what is in `folder`. Arguments as for `open`."""
        return cls(folder, Manifest(model, owner, labels=labels), part_label)

    @property
    def model(self) -> ModelIdentity:
        """The model of the vectors."""
        return self._manifest.model

    @property
    def details(self) -> dict[str, Any]:
        """What the owner stored with the last `save`; empty for a new index."""
        return dict(self._manifest.details)

    @property
    def kind(self) -> str:
        """ "flat" while all rows are compared, "ivf" when an inverted file proposes them."""
        return "ivf" if self._manifest.index else "flat"

    @property
    def ids(self) -> Ids:
        """Id of each row, ascending; rows that were removed keep theirs until `save` clears them away."""
        return self._ids

    @property
    def labels(self) -> Ids:
        """The owner's integers, shape (rows, labels)."""
        return self._labels

    @property
    def alive(self) -> Mask:
        """Whether each row counts."""
        return self._alive

    def __len__(self) -> int:
        return int(self._alive.sum())

    @property
    def bytes(self) -> int:
        """Size on disk, or in memory for an index without a folder."""
        if self._folder is None:
            return self._ids.nbytes + self._vectors.nbytes + self._labels.nbytes
        return sum(path.stat().st_size for path in self._folder.iterdir() if path.is_file())

    def vectors(self, rows: NDArray[np.integer[Any]] | slice | None = None) -> Vectors:
        """Vectors of some rows (all when None), shape (rows, dimension)."""
        chosen = self._vectors if rows is None else self._vectors[rows]
        return np.asarray(chosen, dtype=np.float32)

    def rows(self, ids: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Row of each id; -1 where there is none."""
        wanted = np.asarray(ids, dtype=np.int64)
        if not len(self._ids):
            return np.full(len(wanted), -1, np.int64)
        place = np.minimum(np.searchsorted(self._ids, wanted), len(self._ids) - 1)
        return np.where((self._ids[place] == wanted) & self._alive[place], place, -1).astype(np.int64)

    def search(
        self, queries: Vectors, k: int, allowed: Mask | None = None, part: int | None = None
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Rows with the highest scores, best first, and those scores.

        Args:
            queries: normalised vectors, shape (queries, dimension).
            k: rows for each query.
            allowed: which rows may be found, one truth value a row; None allows all.
            part: only rows of this part (0 to 127).

        Returns:
            Two arrays of shape (queries, k); where there are fewer, row -1 with score -inf.
        """
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        with self._lock:
            if self._structures is None:
                self._structures = self._make_structures()
            structures = self._structures
        if part is not None and structures.inverted is not None:
            own = structures.parts == part
            allowed = own if allowed is None else allowed & own
        if self._alive.all() and allowed is None:
            mask = None
        else:
            mask = self._alive if allowed is None else self._alive & allowed
        return nearest.search(structures, self._vectors, queries, k, mask, part)

    # --- changing ----------------------------------------------------------------------------------------------------

    def add(self, ids: Ids, vectors: NDArray[np.floating[Any]], labels: Ids | None = None) -> None:
        """Add rows; they are found after `save`.

        Args:
            ids: ascending, and higher than any id so far.
            vectors: normalised, shape (ids, dimension).
            labels: shape (ids, labels).
        """
        if not len(ids):
            return
        last = self._new[-1][0][-1] if self._new else self._ids[-1] if len(self._ids) else -1
        if ids[0] <= last or (np.diff(ids) <= 0).any():
            raise ValueError("ids must rise")
        width = self._manifest.labels
        new_labels = np.zeros((len(ids), width), np.int64) if labels is None else np.asarray(labels, np.int64)
        if new_labels.shape != (len(ids), width) or vectors.shape != (len(ids), self.model.dimension):
            raise ValueError("arrays do not fit together")
        self._new.append((np.asarray(ids, np.int64), vectors.astype(_STORED), new_labels))

    def remove(self, ids: Ids) -> None:
        """Let rows no longer count; ids that are not there are passed over."""
        rows = self.rows(ids)
        self._remove_rows(rows[rows >= 0])

    def remove_range(self, first: int, last: int) -> None:
        """Let the rows of all ids from `first` to `last` no longer count."""
        start, stop = np.searchsorted(self._ids, [first, last + 1])
        self._remove_rows(np.arange(start, stop))

    def _remove_rows(self, rows: NDArray[np.int64]) -> None:
        if len(rows):
            self._alive = self._alive.copy()
            self._alive[rows] = False

    def save(self, details: dict[str, Any], *, finished: bool = True) -> None:
        """Make the changes last, together with the owner's `details`.

        Args:
            details: JSON values.
            finished: False when more will be added at once; the inverted file then waits.

        Raises:
            OSError: the folder cannot be written; what was there before still counts.
        """
        manifest = replace(self._manifest, details=details)
        if self._folder is None:
            self._take_new()
            self._manifest = replace(manifest, rows=len(self._ids))
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        dead = len(self._alive) - len(self)
        if not manifest.stamp or dead > max(1000, _COMPACT_SHARE * len(self._alive)):
            manifest = self._write_anew(manifest)
        else:
            manifest = self._append(manifest)
        manifest = self._write_removed(manifest)
        if finished:
            manifest = self._index(manifest)
        self._commit(manifest)
        self._load()

    def _take_new(self) -> None:
        """Put new rows behind the others, in memory."""
        keep = self._alive
        chunks = [(self._ids[keep], self._vectors[keep], self._labels[keep]), *self._new]
        self._ids, self._vectors, self._labels = (np.concatenate(column) for column in zip(*chunks, strict=True))
        self._alive = np.ones(len(self._ids), bool)
        self._new = []
        self._structures = None

    # --- files -------------------------------------------------------------------------------------------------------

    def _file(self, name: str, manifest: Manifest) -> Path:
        assert self._folder is not None
        return self._folder / f"{name}-{manifest.stamp}"

    def _columns(self) -> dict[str, NDArray[Any]]:
        return {"ids": self._ids, "vectors": self._vectors, "labels": self._labels}

    def _write_anew(self, manifest: Manifest) -> Manifest:
        """All rows that count, in new files."""
        keep = self._alive
        rows = int(keep.sum()) + sum(len(ids) for ids, _, _ in self._new)
        manifest = replace(manifest, stamp=uuid.uuid4().hex[:12], rows=rows, index="", indexed=0, visited=0)
        sums: dict[str, Sum] = {}
        for place, (name, column) in enumerate(self._columns().items()):
            path = self._file(name, manifest)
            with path.open("wb") as file:
                written = Summed(file)
                for start in range(0, len(keep), 50_000):
                    written.write(column[start : start + 50_000][keep[start : start + 50_000]].tobytes())
                for chunk in self._new:
                    written.write(chunk[place].tobytes())
                _flush(file)
            sums[path.name] = written.sum
        self._alive = np.ones(rows, bool)
        return replace(manifest, sums=sums)

    def _append(self, manifest: Manifest) -> Manifest:
        """New rows behind those that the manifest counts; what an interrupted write left there is cut off."""
        sums = dict(manifest.sums)
        for place, (name, column) in enumerate(self._columns().items()):
            row = column.dtype.itemsize * int(np.prod(column.shape[1:], dtype=np.int64))
            path = self._file(name, manifest)
            with path.open("r+b") as file:
                file.truncate(manifest.rows * row)
                file.seek(0, os.SEEK_END)
                written = Summed(file, manifest.sums[path.name])
                for chunk in self._new:
                    written.write(chunk[place].tobytes())
                _flush(file)
            sums[path.name] = written.sum
        return replace(manifest, sums=sums, rows=manifest.rows + sum(len(ids) for ids, _, _ in self._new))

    def _write_removed(self, manifest: Manifest) -> Manifest:
        assert self._folder is not None
        dead = np.flatnonzero(~self._alive).astype("<i8")
        if not len(dead):
            return replace(manifest, removed="")
        name = f"removed-{uuid.uuid4().hex[:12]}"
        with (self._folder / name).open("wb") as file:
            file.write(dead.tobytes())
            _flush(file)
        return replace(manifest, removed=name, sums={**manifest.sums, name: sum_of(self._folder / name)})

    def _index(self, manifest: Manifest) -> Manifest:
        """The inverted file, made or added to when enough rows stand outside it."""
        assert self._folder is not None
        outside = manifest.rows - manifest.indexed
        if manifest.rows <= FLAT_LIMIT or outside <= _TAIL_SHARE * manifest.rows:
            return manifest
        rows = Rows(self._file("vectors", manifest), manifest.rows, self.model.dimension)
        name = f"index-{uuid.uuid4().hex[:12]}.faiss"
        # Twice as many rows ask for other lists than those that were learnt.
        old = self._folder / manifest.index if manifest.index and manifest.rows < 2 * self._learnt() else None
        visited = build(rows, self._folder / name, old, manifest.indexed)
        learnt = self._learnt() if old else manifest.rows
        self._note_learnt(name, learnt)
        sync_file(self._folder / name)
        sums = {**manifest.sums, name: sum_of(self._folder / name)}
        return replace(manifest, index=name, indexed=manifest.rows, visited=visited, sums=sums)

    def _learnt(self) -> int:
        """Rows from which the inverted file learnt its lists."""
        assert self._folder is not None
        with contextlib.suppress(OSError, ValueError):
            return int((self._folder / f"{self._manifest.index}.learnt").read_text("ascii"))
        return 0

    def _note_learnt(self, name: str, rows: int) -> None:
        assert self._folder is not None
        (self._folder / f"{name}.learnt").write_text(str(rows), "ascii")

    def _commit(self, manifest: Manifest) -> None:
        assert self._folder is not None
        wanted = {f"{name}-{manifest.stamp}" for name in self._columns()} | {manifest.removed, manifest.index}
        manifest = replace(manifest, sums={name: sums for name, sums in manifest.sums.items() if name in wanted})
        manifest.write(self._folder)
        trust(self._folder, manifest.sums)
        self._manifest = manifest
        wanted |= {MANIFEST_NAME, CHECKED_NAME, f"{manifest.index}.learnt"}
        for path in self._folder.iterdir():
            # Another process may still read it (and hold it, on Windows); a later save clears it away.
            with contextlib.suppress(OSError):
                if path.is_dir():
                    shutil.rmtree(path)  # of a making that was cut short
                elif path.name not in wanted:
                    path.unlink()

    def _load(self) -> None:
        """Map the files into memory.

        Raises:
            ValueError: they are not what the manifest says.
        """
        assert self._folder is not None
        manifest = self._manifest
        rows = manifest.rows
        dead = np.empty(0, "<i8")
        if manifest.removed:
            dead = np.fromfile(self._folder / manifest.removed, "<i8")
        self._ids = _mapped(self._file("ids", manifest), np.dtype("<i8"), (rows,))
        self._vectors = _mapped(self._file("vectors", manifest), _STORED, (rows, self.model.dimension))
        self._labels = _mapped(self._file("labels", manifest), np.dtype("<i8"), (rows, manifest.labels))
        if rows and (np.diff(self._ids) <= 0).any():
            raise ValueError("ids do not rise")
        sample = self.vectors(np.unique(np.linspace(0, rows - 1, 64).astype(np.int64))) if rows else self.vectors()
        if not np.allclose(np.linalg.norm(sample, axis=1), 1, atol=0.02):
            raise ValueError("vectors are damaged")
        self._alive = np.ones(rows, bool)
        self._alive[dead] = False
        self._new = []
        self._structures = None
        if manifest.index and not (self._folder / manifest.index).is_file():
            raise ValueError("the inverted file is gone")

    def _make_structures(self) -> FaissStructures:
        manifest = self._manifest
        path = self._folder / manifest.index if self._folder is not None and manifest.index else None
        parts = np.zeros(len(self._ids), np.int8)
        if self._part_label is not None:
            parts[:] = self._labels[:, self._part_label]
        return nearest.FaissStructures.make(self._vectors, parts, path, manifest.indexed, manifest.visited)


def _mapped(path: Path, dtype: np.dtype[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    if path.stat().st_size < size:
        raise ValueError(f"{path.name} is cut off")
    if not size:
        return np.empty(shape, dtype)  # an empty file cannot be mapped
    return np.memmap(path, dtype, "r", shape=shape).view(np.ndarray)  # slices of a memmap cost ten times as much


def _flush(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())
