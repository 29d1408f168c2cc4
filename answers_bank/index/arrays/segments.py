"""Caches of numpy arrays beside the bank: memory-mapped, added to in segments, replaced as a whole.

A cache can be thrown away at any time: it is made again from the bank. It is written so that a process that reads never
sees half of it: arrays first, under names that were never used, then the manifest in one rename. The manifest has the
checksum of each array, so that what is damaged counts as absent.
"""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from embeddings.files import sync_file, write_whole
from embeddings.sums import Sum, check, sealed, sum_of, trust, unsealed

Arrays = Mapping[str, NDArray[Any]]

MANIFEST = "manifest.json"
_HEADER = 128
"""Bytes before the numbers in a file of ours, so that its length can be filled in afterwards."""

_TRIES = 5
"""Times that a cache is opened anew because another process wrote it at that very moment."""

_ABANDONED = 24 * 3600.0
"""Seconds after which a file that no manifest names was left behind by a process that died."""


@dataclass(frozen=True, slots=True)
class CacheSegment:
    """Some arrays that were written together."""

    name: str
    arrays: Arrays
    """Mapped from their files, where there is a folder."""

    folder: Path | None = None

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(array.nbytes for array in self.arrays.values())

    def part(self, key: str, start: int, stop: int) -> NDArray[Any]:
        """Elements `start` to `stop` of an array.

        They are read from the file and not through its mapping: who walks through a whole index that way ends with all
        of it in memory.
        """
        array = self.arrays[key]
        if self.folder is None or stop - start <= 0:
            return np.asarray(array[start:stop])
        path = self.folder / f"{self.name}.{key}.npy"
        try:
            with path.open("rb") as file:
                file.seek(path.stat().st_size - (len(array) - start) * array.itemsize)
                return np.fromfile(file, array.dtype, stop - start)
        except FileNotFoundError:
            # Another process replaced the segment meanwhile; what was mapped before that is still there.
            return np.array(array[start:stop])


@dataclass(frozen=True, slots=True)
class CacheState:
    """What a cache holds."""

    generation: int = -1
    """Generation of the bank that it follows; -1 for an empty cache."""

    mark: str = ""
    """Of that generation, so that a cache never follows another copy of the bank (`Bank.mark`)."""

    last_key: int = 0
    """The highest row key taken up; what the bank added later has a higher one."""

    segments: tuple[CacheSegment, ...] = ()
    details: dict[str, Any] = field(default_factory=dict, hash=False)
    """What the owner of the cache wants to remember; JSON values."""


class SegmentCache:
    """A folder of segments with a manifest.

    Args:
        folder: where it is kept; None keeps it in memory, for a bank that cannot be written to.
        version: of the way the arrays are made; a cache of another version counts as empty.
    """

    def __init__(self, folder: Path | None, version: str) -> None:
        self.folder = folder
        self.version = version
        self.damaged = False
        """Whether there was something at the last `load` that is not what was written."""
        self._memory = CacheState()
        self._written: set[str] = set()
        self._sums: dict[str, Sum] = {}
        """Of the files of segments that were opened or written."""

    def load(self) -> CacheState:
        """What is there; an empty state where it is absent, damaged or of another version."""
        if self.folder is None:
            return self._memory
        self.damaged = False
        for _ in range(_TRIES):
            manifest = self._manifest()
            state = self._named_in(manifest)
            if state.generation >= 0 or self._manifest() == manifest:
                break
            # Another process replaced segments between the reading of their names and their opening.
        return state

    def _manifest(self) -> bytes:
        assert self.folder is not None
        try:
            return (self.folder / MANIFEST).read_bytes()
        except OSError:
            return b""

    def _named_in(self, data: bytes) -> CacheState:
        if not data and not (self.folder and (self.folder / MANIFEST).exists()):
            return CacheState()
        try:
            manifest = json.loads(unsealed(data))
            if manifest["version"] != self.version:
                return CacheState()
            sums = {name: (size, crc) for name, (size, crc) in manifest["sums"].items()}
            if self.folder is not None:
                check(self.folder, sums)
            self._sums.update(sums)
            segments = tuple(self._open(name, arrays) for name, arrays in manifest["segments"].items())
            state = CacheState(
                manifest["generation"], manifest["mark"], manifest["last_key"], segments, manifest["details"]
            )
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError):
            self.damaged = True
            return CacheState()
        self.damaged = False
        return state

    def write(self, name: str, arrays: Arrays) -> CacheSegment:
        """Put a segment on disk; it counts only once `commit` names it."""
        if self.folder is None:
            return CacheSegment(name, dict(arrays))
        self.folder.mkdir(parents=True, exist_ok=True)
        unique = f"{name}-{uuid.uuid4().hex[:12]}"
        self._written.add(unique)
        for key, array in arrays.items():
            path = self.folder / f"{unique}.{key}.npy"
            np.save(path, array, allow_pickle=False)
            self._settled(path)
        return self._open(unique, {key: len(array) for key, array in arrays.items()})

    def _settled(self, path: Path) -> None:
        """A file that was written, on disk and with its checksum."""
        sync_file(path)
        self._sums[path.name] = sum_of(path)

    def writer(self, name: str, types: Mapping[str, DTypeLike]) -> SegmentWriter:
        """Puts a segment on disk block by block, for one that is too large to hold."""
        return SegmentWriter(self, name, {key: np.dtype(kind) for key, kind in types.items()})

    def discard(self, segments: tuple[CacheSegment, ...]) -> None:
        """Delete segments that were written since the last `commit` and will not be in it."""
        for segment in segments:
            if segment.name in self._written:
                self._written.discard(segment.name)
                self._unlink(segment.name)

    def commit(self, state: CacheState) -> None:
        """Make `state` what the cache holds, and clear away segments that are in it no longer."""
        if self.folder is None:
            self._memory = state
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        names = [f"{s.name}.{key}.npy" for s in state.segments for key in s.arrays]
        sums = {name: self._sums[name] for name in names}
        manifest = {
            "version": self.version,
            "generation": state.generation,
            "mark": state.mark,
            "sums": sums,
            "last_key": state.last_key,
            "details": state.details,
            "segments": {s.name: {key: len(array) for key, array in s.arrays.items()} for s in state.segments},
        }
        old = self._written | self._present()
        write_whole(self.folder / MANIFEST, sealed(json.dumps(manifest, indent=1)))
        trust(self.folder, sums)
        self._written = set()
        self._sums = sums
        wanted = {segment.name for segment in state.segments}
        for name in old - wanted:
            self._unlink(name)
        self._sweep(wanted)

    def _present(self) -> set[str]:
        """Names of the segments that count until now."""
        try:
            return set(json.loads(unsealed(self._manifest()))["segments"])
        except (ValueError, KeyError, TypeError):
            return set()

    def _unlink(self, name: str) -> None:
        assert self.folder is not None
        for path in self.folder.glob(f"{name}.*.npy"):
            # Another process may still read it (and hold it, on Windows); then it stays until it is swept away.
            with contextlib.suppress(OSError):
                path.unlink()

    def _sweep(self, wanted: set[str]) -> None:
        """Clear away what a process that was killed left behind."""
        assert self.folder is not None
        for path in self.folder.iterdir():
            name = path.name.partition(".")[0]
            if path.suffix in (".npy", ".tmp") and name not in wanted:
                with contextlib.suppress(OSError):
                    if time.time() - path.stat().st_mtime > _ABANDONED:
                        path.unlink()

    def _open(self, name: str, lengths: Mapping[str, int]) -> CacheSegment:
        assert self.folder is not None
        arrays: dict[str, NDArray[Any]] = {}
        for key, length in lengths.items():
            path = self.folder / f"{name}.{key}.npy"
            # An empty array cannot be memory-mapped.
            array = np.load(path, mmap_mode="r" if length else None, allow_pickle=False)
            if len(array) != length:
                raise ValueError(f"{path}: {len(array)} elements where the manifest says {length}")
            arrays[key] = array.view(np.ndarray)  # slices of a memmap cost ten times as much
        return CacheSegment(name, arrays, self.folder)


class SegmentWriter:
    """A segment in the making; see `SegmentCache.writer`."""

    def __init__(self, cache: SegmentCache, name: str, types: Mapping[str, np.dtype[Any]]) -> None:
        self._cache = cache
        self._types = types
        self._name = f"{name}-{uuid.uuid4().hex[:12]}"
        self._lengths = dict.fromkeys(types, 0)
        self._blocks: dict[str, list[NDArray[Any]]] = {key: [] for key in types}
        self._files: dict[str, IO[bytes]] = {}
        if cache.folder is not None:
            cache.folder.mkdir(parents=True, exist_ok=True)
            cache._written.add(self._name)
            for key, kind in types.items():
                self._files[key] = (cache.folder / f"{self._name}.{key}.npy").open("w+b")
                self._files[key].write(_header(kind, 0))

    def append(self, key: str, block: NDArray[Any]) -> None:
        """Add elements to one of the arrays."""
        block = np.ascontiguousarray(block, dtype=self._types[key])
        self._lengths[key] += len(block)
        if self._files:
            self._files[key].write(block.data)
        else:
            self._blocks[key].append(block)

    def finish(self) -> CacheSegment:
        """The segment; it counts only once `SegmentCache.commit` names it."""
        if not self._files:
            empty = {key: np.empty(0, kind) for key, kind in self._types.items()}
            return CacheSegment(
                self._name, {key: np.concatenate([empty[key], *self._blocks[key]]) for key in self._types}
            )
        assert self._cache.folder is not None
        for key, file in self._files.items():
            file.seek(0)
            file.write(_header(self._types[key], self._lengths[key]))
            file.close()
            self._cache._settled(self._cache.folder / f"{self._name}.{key}.npy")
        return self._cache._open(self._name, self._lengths)


def _header(kind: np.dtype[Any], length: int) -> bytes:
    """The head of a `.npy` file (format 1.0) of always the same size."""
    text = repr({"descr": kind.str, "fortran_order": False, "shape": (length,)})
    body = text.ljust(_HEADER - 11).encode("ascii") + b"\n"
    return b"\x93NUMPY\x01\x00" + len(body).to_bytes(2, "little") + body
