"""Writers whose disk becomes full at a random point: told as such, nothing lost, and on they go once there is room."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.faults.forked import Writer, start
from benchmarks.faults.kept import lost, place
from benchmarks.faults.writers import KILLED

_WRITERS = tuple(name for name in KILLED if name != "rebuilds")  # it says nothing
_TRIES = 4
"""For each full disk that is asked for."""

_PATIENCE = 60
"""Looks of a quarter of a second at a writer whose disk is full."""


def full_disks(count: int, seed: int = 0) -> dict[str, Any]:
    """So many disks that became full under a writer; those that no writer met are begun again and not counted."""
    chance = random.Random(seed)
    problems: list[str] = []
    met: Counter[str] = Counter()
    messages: Counter[str] = Counter()
    tried = 0
    small = _can_mount()
    while met.total() < count and tried < _TRIES * count:
        name = _WRITERS[tried % len(_WRITERS)]
        tried += 1
        with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as held:
            folder = Path(scratch) / "disk"
            folder.mkdir()
            if small:
                held.enter_context(_disk(folder))
            held.enter_context(place(name, folder, seed + tried))
            writer = _filled(name, folder, chance) if small else _limited(name, folder, chance)
            (folder / "vol").unlink(missing_ok=True)
            if not writer.told and not writer.fault:
                continue
            met[name] += 1
            messages[writer.told.partition(".")[0][-60:]] += 1
            wrong = [writer.fault] if writer.fault else []
            if writer.told and not any(word in writer.told.lower() for word in ("vol", "ruimte", "space", "te groot")):
                wrong.append(f"told otherwise: {writer.told}")
            wrong += lost(name, folder, writer.words)
            again = start(name, folder, chance.randrange(10**9))
            again.watch(30.0, words=1)
            again.kill()
            if not again.words:
                wrong.append(f"does not go on: {again.told or again.fault or 'no word in 30 s'}")
            problems += [f"disk {tried}, {name}: {one}" for one in wrong]
    how = "a small disk" if small else "a limit on the size of files"
    return {
        "done": met.total(),
        "tried": tried,
        "how": how,
        "met": dict(met),
        "told": dict(messages),
        "problems": problems,
    }


def _filled(name: str, folder: Path, chance: random.Random) -> Writer:
    """A writer at work, and after some time what is left of its disk is filled, and again, until it stops."""
    writer = start(name, folder, chance.randrange(10**9))
    writer.watch(chance.expovariate(2.0))
    for _ in range(_PATIENCE):
        _fill(folder / "vol")
        writer.watch(0.25)
        if writer.ended:
            break
    writer.kill()
    return writer


def _fill(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 64, 1):
            with contextlib.suppress(OSError):
                while file.write(bytes(size)) == size:
                    pass


def _limited(name: str, folder: Path, chance: random.Random) -> Writer:
    writer = start(name, folder, chance.randrange(10**9), file_limit=chance.randrange(16, 500) * 1024)
    writer.watch(_PATIENCE / 4)
    writer.kill()
    return writer


@contextlib.contextmanager
def _disk(folder: Path, size: str = "64m") -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _can_mount() -> bool:
    if os.name != "posix" or os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(["mount", "-t", "tmpfs", "none", scratch], capture_output=True, check=False)
        if done.returncode:
            return False
        subprocess.run(["umount", "-l", scratch], check=False)
        return True
