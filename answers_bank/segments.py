"""Caches of numpy arrays beside the bank: memory-mapped, added to in segments, replaced as a whole.

A cache can be thrown away at any time: it is made again from the bank. It is written so that a process that reads never
sees half of it: arrays first, under names that were never used, then the manifest in one rename.
"""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Segment:
    """Some arrays that were written together."""

    name: str
    arrays: Arrays

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(array.nbytes for array in self.arrays.values())


@dataclass(frozen=True, slots=True)
class CacheState:
    """What a cache holds."""

    generation: int = -1
    """Generation of the bank that it follows; -1 for an empty cache."""

    last_key: int = 0
    """The highest row key taken up; what the bank added later has a higher one."""

    segments: tuple[Segment, ...] = ()
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
        self._memory = CacheState()
        self._written: set[str] = set()

    def load(self) -> CacheState:
        """What is there; an empty state where it is absent, damaged or of another version."""
        if self.folder is None:
            return self._memory
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
            if manifest["version"] != self.version:
                return CacheState()
            segments = tuple(self._open(name, arrays) for name, arrays in manifest["segments"].items())
            return CacheState(manifest["generation"], manifest["last_key"], segments, manifest["details"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return CacheState()

    def write(self, name: str, arrays: Arrays) -> Segment:
        """Put a segment on disk; it counts only once `commit` names it."""
        if self.folder is None:
            return Segment(name, dict(arrays))
        self.folder.mkdir(parents=True, exist_ok=True)
        unique = f"{name}-{uuid.uuid4().hex[:12]}"
        for key, array in arrays.items():
            np.save(self.folder / f"{unique}.{key}.npy", array, allow_pickle=False)
        self._written.add(unique)
        return self._open(unique, {key: len(array) for key, array in arrays.items()})

    def commit(self, state: CacheState) -> None:
        """Make `state` what the cache holds, and clear away segments that are in it no longer."""
        if self.folder is None:
            self._memory = state
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        manifest = {
            "version": self.version,
            "generation": state.generation,
            "last_key": state.last_key,
            "details": state.details,
            "segments": {s.name: {key: len(array) for key, array in s.arrays.items()} for s in state.segments},
        }
        temporary = self.folder / f"manifest-{uuid.uuid4().hex}.tmp"
        temporary.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        old = self._written | {segment.name for segment in self.load().segments}
        os.replace(temporary, self.folder / "manifest.json")
        self._written = set()
        for name in old - {segment.name for segment in state.segments}:
            for path in self.folder.glob(f"{name}.*.npy"):
                # Another process may still read it (and hold it, on Windows); then it stays until the next rebuild.
                with contextlib.suppress(OSError):
                    path.unlink()

    def _open(self, name: str, lengths: Mapping[str, int]) -> Segment:
        assert self.folder is not None
        arrays: dict[str, NDArray[Any]] = {}
        for key, length in lengths.items():
            path = self.folder / f"{name}.{key}.npy"
            # An empty array cannot be memory-mapped.
            array = np.load(path, mmap_mode="r" if length else None, allow_pickle=False)
            if len(array) != length:
                raise ValueError(f"{path}: {len(array)} elements where the manifest says {length}")
            arrays[key] = array.view(np.ndarray)  # slices of a memmap cost ten times as much
        return Segment(name, arrays)
