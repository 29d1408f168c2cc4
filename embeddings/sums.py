"""Checksums of files that are mapped into memory: damage is found before anything is read through the mapping.

Reading all of a large index at each start would take seconds. What was checked once is checked again when the file is
not the same any more: another size, time of change or place on the disk, none of which can stay when it is written to.
"""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from embeddings.files import write_whole

Sum = tuple[int, int]
"""Bytes from the beginning of the file, and their CRC-32."""

CHECKED_NAME = "checked.json"
_BLOCK = 1 << 20


def sum_of(path: Path, size: int | None = None) -> Sum:
    """Of a file, or of its first `size` bytes.

    Raises:
        OSError: it cannot be read.
        ValueError: it is shorter.
    """
    crc = read = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK if size is None else min(_BLOCK, size - read)):
            crc = zlib.crc32(block, crc)
            read += len(block)
    if size is not None and read < size:
        raise ValueError(f"{path.name} is cut off")
    return read, crc


class Summed:
    """Writes to a file and keeps the checksum of all that it holds."""

    def __init__(self, file: BinaryIO, before: Sum = (0, 0)) -> None:
        """`before` is of what the file holds already."""
        self._file = file
        self.sum = before

    def write(self, data: bytes) -> None:
        """Put `data` behind the rest."""
        self._file.write(data)
        self.sum = (self.sum[0] + len(data), zlib.crc32(data, self.sum[1]))


def check(folder: Path, sums: Mapping[str, Sum]) -> None:
    """Compare files of `folder` with what was written.

    Args:
        folder: of the files; what was found whole is remembered in it, where that can be written.
        sums: by name.

    Raises:
        OSError: one cannot be read.
        ValueError: one is damaged.
    """
    known = _known(folder)
    fresh = dict[str, list[int]]()
    for name, (size, crc) in sums.items():
        stamp = [*_stamp(folder / name), size, crc]
        if known.get(name) == stamp:
            continue
        if sum_of(folder / name, size) != (size, crc):
            raise ValueError(f"{name} is damaged")
        fresh[name] = stamp
    if fresh:
        _remember(folder, {**{name: stamp for name, stamp in known.items() if name in sums}, **fresh})


def trust(folder: Path, sums: Mapping[str, Sum]) -> None:
    """Remember files that this process has just written as whole."""
    with contextlib.suppress(OSError):
        _remember(folder, {name: [*_stamp(folder / name), *sums[name]] for name in sums})


def seen_whole(folder: Path, path: Path) -> bool:
    """Whether `path` is as it was when `remember_whole` noted it in `folder`; that is told without reading it."""
    try:
        return _known(folder).get(path.name) == [*_stamp(path)]
    except OSError:
        return False


def remember_whole(folder: Path, path: Path) -> None:
    """Note in `folder` that `path` is whole as it is now; where nothing can be noted, it is looked at again."""
    with contextlib.suppress(OSError):
        if not seen_whole(folder, path):
            _remember(folder, {**_known(folder), path.name: [*_stamp(path)]})


def _stamp(path: Path) -> Iterable[int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _known(folder: Path) -> dict[str, list[int]]:
    try:
        known = json.loads((folder / CHECKED_NAME).read_text("ascii"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(folder: Path, stamps: Mapping[str, list[int]]) -> None:
    with contextlib.suppress(OSError):  # then they are checked again the next time
        write_whole(folder / CHECKED_NAME, json.dumps(stamps).encode("ascii"))


def sealed(text: str) -> bytes:
    """A text with its checksum before it, for a file that is read whole."""
    data = text.encode("utf-8", "surrogatepass")
    return b"%08x\n" % zlib.crc32(data) + data


def unsealed(data: bytes) -> str:
    """The text that `sealed` wrote.

    Raises:
        ValueError: it is damaged.
    """
    front, _, text = data.partition(b"\n")
    if front != b"%08x" % zlib.crc32(text):
        raise ValueError("another checksum")
    return text.decode("utf-8", "surrogatepass")
