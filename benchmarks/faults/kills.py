"""Writers that are killed at random, storms of them, and writers on a disk that is full at a random point."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.faults.writers import WRITERS, lost

ROOT = Path(__file__).resolve().parents[2]


def _start(name: str, folder: Path, seed: int, before: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.faults.writers", name, str(folder), str(seed)]
    if before:
        command = ["bash", "-c", f'{before}; exec "$@"', "bash", *command]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def _words(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines(keepends=True) if line.endswith("\n") and line != "ready\n"]


def kills(count: int, seed: int = 0) -> dict[str, Any]:
    """So many kills over all writers; nothing that was reported may be lost."""
    chance = random.Random(seed)
    problems: list[str] = []
    done: Counter[str] = Counter()
    reports = 0
    with tempfile.TemporaryDirectory() as scratch:
        kept: dict[str, list[str]] = {name: [] for name in WRITERS}
        for number in range(count):
            name = chance.choice(sorted(WRITERS))
            folder = Path(scratch) / name
            folder.mkdir(exist_ok=True)
            process = _start(name, folder, seed + number)
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            time.sleep(chance.expovariate(3.0))
            process.send_signal(signal.SIGKILL)
            said, told = process.communicate()
            words = _words(said)
            reports += len(words)
            kept[name] += words
            if told.strip():
                problems.append(f"kill {number}, {name}: {told.strip()[-300:]}")
            problems += [f"kill {number}, {name}: {problem}" for problem in lost(name, folder, kept[name])]
            done[name] += 1
            if len(kept[name]) > 400:  # a fresh one: looking takes longer than killing
                shutil.rmtree(folder)
                kept[name] = []
    return {"done": count, "by_writer": dict(done), "reports": reports, "problems": problems[:50]}


def storm(seconds: float, seed: int = 0) -> dict[str, Any]:
    """Four fill, two search, one types, one rebuilds, on one bank, each killed at random and begun again."""
    chance = random.Random(seed)
    problems: list[str] = []
    killed: Counter[str] = Counter()
    kept: list[str] = []
    typed: list[str] = []
    guard = threading.Lock()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        until = time.monotonic() + seconds

        def one(name: str, own: random.Random) -> None:
            while time.monotonic() < until:
                process = _start(name, folder, own.randrange(10**9))
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(min(own.expovariate(0.5), max(until - time.monotonic(), 0.1)))
                process.send_signal(signal.SIGKILL)
                said, told = process.communicate()
                with guard:
                    killed[name] += 1
                    (typed if name == "dossier" else kept).extend(w for w in _words(said) if w != "rebuilt")
                    if told.strip():
                        problems.append(f"{name}: {told.strip()[-300:]}")

        names = ["bank"] * 4 + ["caches"] * 2 + ["dossier", "rebuilds"]
        threads = [threading.Thread(target=one, args=(n, random.Random(chance.random()))) for n in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        problems += lost("bank", folder, kept) + lost("dossier", folder, typed)
    return {"seconds": seconds, "kills": dict(killed), "reports": len(kept) + len(typed), "problems": problems[:50]}


def full_disks(count: int, seed: int = 0) -> dict[str, Any]:
    """Writers on a disk of a random size: what was reported is there once there is room, and the reason is told."""
    chance = random.Random(seed)
    problems: list[str] = []
    told: Counter[str] = Counter()
    how = "a small disk" if _can_mount() else "a limit on the size of files"
    for number in range(count):
        name = chance.choice(["bank", "dossier", "settings", "fetch", "caches"])
        kilobytes = chance.randrange(16, 500)
        with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as disk:
            folder = Path(scratch) / "disk"
            folder.mkdir()
            before = f"trap '' XFSZ; ulimit -f {kilobytes}"
            if how == "a small disk":
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)], check=True)
                disk.callback(subprocess.run, ["umount", "-l", str(folder)], check=False)
                before = ""
            process = _start(name, folder, seed + number, before)
            try:
                said, wrong = process.communicate(timeout=25)
            except subprocess.TimeoutExpired:
                process.kill()
                said, wrong = process.communicate()
            told["told" if wrong.startswith("told:") else "nothing to tell" if not wrong.strip() else "other"] += 1
            if wrong.strip() and not wrong.startswith("told:"):
                problems.append(f"disk {number}, {name}: {wrong.strip()[-300:]}")
            if how == "a small disk":
                grow = f"remount,size={kilobytes + 200_000}k"
                subprocess.run(["mount", "-o", grow, str(folder)], check=True)
            problems += [f"disk {number}, {name}: {one}" for one in lost(name, folder, _words(said))]
    return {"done": count, "how": how, "told": dict(told), "problems": problems[:50]}


def _can_mount() -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(["mount", "-t", "tmpfs", "none", scratch], capture_output=True, check=False)
        if done.returncode:
            return False
        subprocess.run(["umount", "-l", scratch], check=False)
        return True
